"""Volume: how many documents of a task a month brings, where dates allow to say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import polars as pl
from scipy.special import chdtri

from corpuskit.counts import CorpusStats, dates_of
from corpuskit.estimators import Estimate, computed
from corpuskit.finding import Message, Parameter

FEWEST_DATED = 5
"""Dated documents; because with fewer the exact interval spans more than a factor of four."""
FEWEST_MONTHS = 3
"""Months from the first to the last document; because a shorter time is one campaign, not a habit."""
LEAST_DATED_SHARE = 0.5
"""Share of the task's documents that have a date of their own; because the undated rest could double the rate."""
LEVEL = 0.95
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.年](0[1-9]|1[0-2])(?!\d)")


def volume(id: str, documents: Iterable[str], stats: CorpusStats, *, rows: int | None = None) -> Estimate:
    r"""Estimate the documents a month of one task, or the rows a month of its table.

    The rate is n / T, with n documents that bear a date of their own (in their name, else in their text or their metadata; a date of the file
    system says when a file was copied) and T the calendar months from the first to the last of them. Its interval is the exact one of a Poisson rate,
    :math:`[\chi^2_{\alpha/2}(2n)/2,\ \chi^2_{1-\alpha/2}(2n+2)/2] / T` (Garwood 1936). Where the counts of the months vary more than a Poisson
    process does, n and T are divided by their index of dispersion (variance over mean) first, as a quasi-Poisson model does. It describes
    the documents in the folder: what was deleted or lies elsewhere is not in it.

    Parameters
    ----------
    id : str
        Of the task.
    documents : iterable of str
        Its documents.
    stats : CorpusStats
    rows : int, optional
        Rows of the table that the task's one document is: they are counted by its first column of dates.

    Returns
    -------
    Estimate
        ``documents_per_month@task:<id>``, n in dated documents or rows, grade D. Undefined, with the reason: no column of dates; fewer than five
        dated documents or less than half of them dated; less than three months from first to last.
    """
    members = set(documents)
    if rows is not None:
        dated = _months_of_rows(members, stats)
        if not dated:
            return _estimate(id, 0, None, None, Message(code="volume_of_rows"), unit="messages")
        return _rate(id, dated, rows, "messages")
    months = [day[:7] for one in dates_of(stats) if one.document in members and len(day := day_in_name(one.document) or one.own) >= 7]
    return _rate(id, months, len(members), "documents")


def _rate(id: str, months: Sequence[str], of: int, unit: Literal["documents", "messages"]) -> Estimate:
    if len(months) < FEWEST_DATED or len(months) < LEAST_DATED_SHARE * of:
        dates: dict[str, Parameter] = {"dated": len(months), "n": of, "needed": FEWEST_DATED, "share": LEAST_DATED_SHARE}
        return _estimate(id, len(months), None, None, Message(code="volume_few_dates", parameters=dates), unit=unit)
    counts = by_month(months)
    if len(counts) < FEWEST_MONTHS:
        time: dict[str, Parameter] = {"months": len(counts), "needed": FEWEST_MONTHS, "n": len(months)}
        return _estimate(id, len(months), None, None, Message(code="volume_short_time", parameters=time), unit=unit)
    return _estimate(id, len(months), len(months) / len(counts), rate_interval(counts), None, unit=unit)


def _months_of_rows(members: set[str], stats: CorpusStats) -> list[str]:
    """Give the month of each dated row of tables."""
    held = stats.documents.filter(pl.col("document").is_in(list(members)))["row_months"].to_list()
    counted = [part.split(":") for months in held for part in (months or "").split()]
    return [month for month, count in counted for _ in range(int(count))]


def day_in_name(document: str) -> str:
    """Give the day (or month) that stands in the name of a file or, if not there, of its folders, the nearest one; ISO, empty where none does.

    People who put a day into a name say which day the document is about: the minutes of a meeting, a report of a month.
    """
    for part in reversed(document.split("/")):
        if found := _DAY.search(part) or _MONTH.search(part):
            return "-".join(one for one in found.groups() if one)
    return ""


def by_month(months: Sequence[str]) -> list[int]:
    """Count each calendar month from the first to the last, those without a document too.

    Parameters
    ----------
    months : sequence of str
        ``YYYY-MM``, not empty.
    """
    numbers = [12 * int(month[:4]) + int(month[5:7]) for month in months]
    return [int(count) for count in np.bincount(np.array(numbers) - min(numbers))]


def rate_interval(counts: Sequence[int]) -> tuple[float, float]:
    """Give the interval of a rate a month from the counts of months (:func:`volume` says how)."""
    total, months = sum(counts), len(counts)
    dispersion = max(1.0, float(np.var(counts, ddof=1)) / (total / months)) if months > 1 and total else 1.0
    events, time = total / dispersion, months / dispersion
    tail = (1 - LEVEL) / 2
    low = float(chdtri(2 * events, 1 - tail)) / 2 if events else 0.0
    return low / time, float(chdtri(2 * events + 2, tail)) / 2 / time


def _estimate(
    id: str,
    dated: int,
    rate: float | None,
    interval: tuple[float, float] | None,
    reason: Message | None,
    *,
    unit: Literal["documents", "messages"] = "documents",
) -> Estimate:
    return Estimate(
        id=f"documents_per_month@task:{id}",
        measure="documents_per_month",
        subject=f"task:{id}",
        value=rate,
        interval=interval,
        level=LEVEL if interval else None,
        n=dated,
        unit=unit,
        grade="D",
        method=computed("dated_rows_by_month" if unit == "messages" else "dated_documents_by_month") + computed("exact_poisson_widened"),
        reference="Garwood 1936",
        undefined_because=reason,
    )
