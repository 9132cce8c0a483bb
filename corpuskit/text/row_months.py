"""How many rows of a table each month brought: from its column of dates, before the cells beside the messages are left behind."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from corpuskit.ingest import Section

LEAST_SHARE = 0.5
"""Share of the rows that a column of dates must date; because the rest could double the rate, and other columns hold a date now and then."""

_MONTH = re.compile(r"\s*((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})(?:\s?[-/.月]|$)")
"""A cell that begins with year and month, as exports write them: 2025-04-01 10:20, 2025/4/1, 2025年4月1日, 2025-04."""


def months_of_rows(sections: Iterable[Section]) -> str:
    """Count the rows of each month by the first column whose cells are dates.

    The first one, because tables of messages begin with the date at which a message came in; later ones say when it was answered or closed.

    Parameters
    ----------
    sections : iterable of Section
        Of one document; only rows of tables count.

    Returns
    -------
    str
        ``2025-04:12 2025-05:9``, in order; empty where there are no rows or no column dates at least half of them.
    """
    rows, found = 0, dict[str, Counter[str]]()
    for section in sections:
        if section.kind != "row":
            continue
        rows += 1
        for column, value in (*section.fields, *section.labels):
            if month := month_of(value):
                found.setdefault(column, Counter())[month] += 1
    for months in found.values():
        if months.total() >= LEAST_SHARE * rows:
            return " ".join(f"{month}:{count}" for month, count in sorted(months.items()))
    return ""


def month_of(cell: str) -> str:
    """Give year and month of a cell that begins with a date, ``YYYY-MM``; empty where it begins with none."""
    match = _MONTH.match(unicodedata.normalize("NFKC", cell[:24]))
    return f"{match[1]}-{int(match[2]):02}" if match and 1 <= int(match[2]) <= 12 else ""
