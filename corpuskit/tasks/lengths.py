"""How long the cases of a task are: rows of its table, else its documents."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean as mean
from statistics import median

import polars as pl

from corpuskit.tasks.evidence import TaskEvidence


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of the cases of a task.

    Attributes
    ----------
    mean, median, largest : float
        For rows of a table only the mean is known, and all three are it.
    longest : str
        The longest document; empty for rows of a table.
    n : int
        Cases.
    """

    mean: float
    median: float
    largest: float
    longest: str
    n: int


def case_lengths(evidence: TaskEvidence) -> Lengths | None:
    """Give the lengths in characters; None where no case holds any.

    A row counts as the characters of its table over the rows, because the counts do not keep the length of each row.
    """
    own = evidence.stats.documents.filter(pl.col("document").is_in(evidence.found.members)).sort("document")
    rows = evidence.table_rows()
    if rows is not None:
        characters = int(own["characters"].sum())
        return Lengths(characters / rows, characters / rows, characters / rows, "", rows) if rows and characters else None
    filled = own.filter(pl.col("characters") > 0)
    if filled.is_empty():
        return None
    ordered = sorted(int(count) for count in filled["characters"].to_list())
    longest = filled.sort("characters", "document", descending=[True, False])["document"][0]
    return Lengths(mean(ordered), float(median(ordered)), float(ordered[-1]), str(longest), len(ordered))
