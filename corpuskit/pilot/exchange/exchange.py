"""The specification of a format that cases go out in and answers come back in, and the canonical row that all of them speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpuskit.errors import RecordError
from corpuskit.pilot.sampling import Case, digest_of_cases
from corpuskit.pilot.sheet import Sheet

Row = Mapping[str, str]
"""One case or answer, by canonical column."""

CANONICAL = (
    "id",
    "task_id",
    "doc_id",
    "input",
    "truth",
    "truth_by",
    "truth_at",
    "truth1",
    "truth1_by",
    "truth2",
    "truth2_by",
    "prediction",
    "confidence",
    "score",
    "abstained",
    "model",
    "model_version",
    "prompt_hash",
    "run_id",
    "repeat",
    "weight",
    "inclusion_probability",
    "copies",
    "recorded_label",
    "review_decision",
    "error_class",
    "note",
)
"""Columns in their order; ``slice.<name>`` stand behind them, and whatever else a file holds behind those. ``truth1`` is the first person's blind
label once ``truth`` is a settled one."""


@dataclass(frozen=True)
class Exchange:
    """A format.

    Attributes
    ----------
    name : str
        On the command line.
    title : str
        Of the tool, with the version that the format was checked against.
    write : callable or None
        Takes rows and the labels that can be given, and gives files by the ending of their names; None where the tool takes no cases.
    read : callable or None
        Takes a file and the encoding that the user named (empty: found), and gives a sheet of canonical columns.
    """

    name: str
    title: str
    write: Callable[[Sequence[Row], Sequence[str]], dict[str, bytes]] | None
    read: Callable[[Path, str], Sheet] | None


def rows_of(cases: Sequence[Case], task: str) -> list[dict[str, str]]:
    """Give the canonical rows of cases that were drawn."""
    return [
        {
            "id": case.id,
            "task_id": task,
            "doc_id": case.doc_id,
            "input": case.input,
            "weight": repr(case.weight),
            "inclusion_probability": repr(case.inclusion_probability),
            "copies": str(case.copies),
            "recorded_label": case.recorded_label,
            **{f"slice.{name}": value for name, value in case.slices.items()},
        }
        for case in cases
    ]


def check_cases(rows: Sequence[Row], digest: str, where: str) -> None:
    """Check that cases are those that were drawn: the same ids, texts, weights and parts.

    Raises
    ------
    RecordError
        They are not.
    """
    try:
        same = digest_of_cases([_case(row) for row in rows]) == digest
    except (KeyError, ValueError):
        same = False
    if not same:
        raise RecordError(
            f"{where}: not as it was drawn: a case, a text or a weight was changed since. Take the file that `pilot sample` wrote; labels go into "
            "the sheets of those who label."
        )


def _case(row: Row) -> Case:
    return Case(
        id=row["id"],
        doc_id=row["doc_id"],
        input=row["input"],
        weight=float(row["weight"]),
        inclusion_probability=float(row["inclusion_probability"]),
        copies=int(row["copies"]),
        recorded_label=row["recorded_label"],
        slices={name.removeprefix("slice."): value for name, value in slices_of_row(row).items()},
    )


def rows_of_sheet(sheet: Sheet) -> list[dict[str, str]]:
    """Give the rows of a sheet."""
    return [{name: cells[row] for name, cells in sheet.columns.items()} for row in range(sheet.height)]


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Give the columns that any row has, in canonical order."""
    seen = dict.fromkeys(name for row in rows for name in row)
    known = [name for name in CANONICAL if name in seen]
    slices = sorted(name for name in seen if name.startswith("slice."))
    return [*known, *slices, *(name for name in seen if name not in CANONICAL and name not in slices)]


def slices_of_row(row: Row) -> dict[str, str]:
    """Give the parts a row belongs to."""
    return {name: value for name, value in row.items() if name.startswith("slice.") and value}
