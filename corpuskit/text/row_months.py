"""The month of each row of a table, and how many rows each month brought: from its column of dates, before the cells beside the messages are left
behind."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from corpuskit.ingest import Section

LEAST_SHARE = 0.5
"""Share of the rows that a column of dates must date; because the rest could double the rate, and other columns hold a date now and then."""

_MONTH = re.compile(r"\s*((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})(?:\s?[-/.月]|$)")
"""A cell that begins with year and month, as exports write them: 2025-04-01 10:20, 2025/4/1, 2025年4月1日, 2025-04."""


def row_months(sections: Sequence[Section]) -> list[int | None]:
    """Give the month of each row of a table by the first column whose cells are dates.

    The first one, because tables of messages begin with the date at which a message came in; later ones say when it was answered or closed.

    Parameters
    ----------
    sections : sequence of Section
        Of one document; only rows of tables have a month.

    Returns
    -------
    list of int or None
        Year and month of each section as one number, 202504; None for what is no row, for a cell that begins with no date, and for all where no
        column dates at least half of the rows.
    """
    column = _column_of_dates(sections)
    if column is None:
        return [None] * len(sections)
    return [_number(section, column) if section.kind == "row" else None for section in sections]


def months_counted(months: Iterable[int | None]) -> str:
    """Write how many rows each month brought, in order: ``2025-04:12 2025-05:9``; empty where no row has a month."""
    counted = Counter(month for month in months if month is not None)
    return " ".join(f"{month // 100}-{month % 100:02}:{count}" for month, count in sorted(counted.items()))


def month_of(cell: str) -> str:
    """Give year and month of a cell that begins with a date, ``YYYY-MM``; empty where it begins with none."""
    match = _MONTH.match(unicodedata.normalize("NFKC", cell[:24]))
    return f"{match[1]}-{int(match[2]):02}" if match and 1 <= int(match[2]) <= 12 else ""


def _column_of_dates(sections: Iterable[Section]) -> str | None:
    rows, dated = 0, Counter[str]()
    for section in sections:
        if section.kind == "row":
            rows += 1
            dated.update({column for column, value in (*section.fields, *section.labels) if month_of(value)})
    return next((column for column, count in dated.items() if count >= LEAST_SHARE * rows), None)


def _number(section: Section, column: str) -> int | None:
    found = (month_of(value) for name, value in (*section.fields, *section.labels) if name == column)
    month = next(filter(None, found), "")
    return int(month.replace("-", "")) if month else None
