"""Rows about documents of parts become those of the whole, a range of documents at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from corpuskit.counts.counting import arrange
from corpuskit.counts.merging_matrices import Part, height
from corpuskit.counts.storage import StoredStats

AT_ONCE = 250_000
"""Rows merged at a time, about; because sorting holds them about three times, with their quotes some 200 bytes each."""


def merge_rows(parts: Sequence[Part], name: str, at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Put rows below each other in the order of all their columns, the document first. Gives the table in pieces.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
    name : str
        Of a frame whose first column is ``document``.
    at_once : int
        Rows merged at a time, about.
    """
    scans = [scan(part, name) for part in parts]
    if sum(height(part, name) for part in parts) <= at_once:
        yield arrange(pl.concat([rows.collect() for rows in scans]))
        return
    counted = pl.concat([rows.group_by("document").len().collect() for rows in scans]).sort("document")
    piece = (counted["len"].cum_sum() - counted["len"]) // at_once
    for (_,), documents in counted.group_by(piece.alias("piece"), maintain_order=True):
        inside = pl.col("document").is_between(pl.lit(documents["document"][0]), pl.lit(documents["document"][-1]))
        yield arrange(pl.concat([rows.filter(inside).collect() for rows in scans]))


def scan(part: Part, name: str) -> pl.LazyFrame:
    """Give a frame of a part to be read in pieces."""
    if isinstance(part, StoredStats):
        return part.scan(name)
    frame: pl.DataFrame = getattr(part, name)
    return frame.lazy()
