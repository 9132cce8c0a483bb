"""What a table of the report is: typed columns, rows of values, and how a value is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook

Kind = Literal["text", "integer", "number", "date"]


class Share(float):
    """A fraction that is shown as percent."""


class Probability(float):
    """A probability that rests on a model: shown as whole percent, never nearer to certainty than 1 percent."""


Cell = str | int | float | date | None
"""A value of a table; None where there is none, and then another column of the row says why."""


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    name : str
        The same in every language; its heading is the label ``export_<name>``.
    kind : {"text", "integer", "number", "date"}
        Type of its values.
    choices : tuple of str
        What may be entered, where the reader is to choose.
    fill_in : bool
        Left to the reader.
    widths : (int, int)
        Narrowest and widest, in cells of half a Japanese character; longer text is wrapped.
    """

    name: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    fill_in: bool = False
    widths: tuple[int, int] = (7, 40)


@dataclass(frozen=True)
class DataTable:
    """Rows under typed columns; every row has as many cells as there are columns. On paper only the first ``printed`` columns fit (0: all)."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    printed: int = 0


@dataclass(frozen=True)
class TableSpec:
    """A table of the report: its name, which is that of its file and (as the label ``sheet_<name>``) of its sheet, and the function that makes it
    from a localised report."""

    name: str
    build: Callable[[AuditReport, Phrasebook], DataTable]


def day(text: str) -> date | None:
    """Read a date written in full; None for months, years and anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
