"""The parts that cases are drawn by: months as quarters, halves or years, and parts that are too small joined by one stated rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpuskit.estimators import Frame

Period = Literal["quarter", "half", "year"]

MONTHS: dict[Period, int] = {"quarter": 3, "half": 6, "year": 12}
"""Months of each period, the finest first; because work turns by quarters, halves and years, and a month holds too few cases of most pilots."""

EXPECTED_EACH = 5
"""Cases expected of a part that stands alone; because the last divisions share what the first ones leave over, and of a part of which 5 are expected
not one would be drawn in fewer than 1 of 100 draws even if cases were drawn at random (e^-5 = .007)."""

OTHER = "(other)"
"""Labels and templates that are too small to stand alone; in brackets, because a table may have a label of this name."""

TOP = "."
"""The folder that was given itself."""


@dataclass(frozen=True)
class Parts:
    """A frame whose cases are divided into parts that are large enough, and how that came about.

    Attributes
    ----------
    frame : Frame
        The same cases with the parts they are drawn by.
    period : {"quarter", "half", "year"} or None
        What months became; None where no case has one.
    joined : mapping of str to mapping of str to str
        For each division, the values that were too small and the part they joined.
    """

    frame: Frame
    period: Period | None
    joined: Mapping[str, Mapping[str, str]]


def parts_of(frame: Frame, n: int, period: Period | None = None) -> Parts:
    """Divide a frame into parts of which enough cases are expected in a draw of n.

    A part stands alone where at least :data:`EXPECTED_EACH` of the n cases are expected of it. Smaller ones join: labels and templates become one
    part where there are two or more such; a folder joins the one above it, up to the folder that was given; a period joins those after it until
    they are large enough together, and the last one those before it. Clarity and language have few values and stay as they are. A value that is not
    known ("") joins none.

    Parameters
    ----------
    frame : Frame
        With months (``YYYY-MM``) in the division ``date`` and folders or files in ``source``.
    n : int
        Cases to be drawn.
    period : {"quarter", "half", "year"}, optional
        As the plan says; default: :func:`period_for`.
    """
    fewest = EXPECTED_EACH * len(frame.cases) / n
    columns = [list(values) for values in zip(*(case.divisions for case in frame.cases), strict=True)] or [[] for _ in frame.divisions]
    joined: dict[str, Mapping[str, str]] = {}
    for place, division in enumerate(frame.divisions):
        counted = Counter(columns[place])
        if division == "date":
            period = (period or period_for(counted, n * counted_in(counted) / len(frame.cases))) if counted_in(counted) else None
            part_of = periods_joined(counted, period, fewest) if period else {}
        elif division in JOINING:
            part_of = JOINING[division](counted, fewest)
        else:
            continue
        columns[place] = [part_of.get(value, value) for value in columns[place]]
        if division != "date":
            joined[division] = {value: part for value, part in part_of.items() if part != value}
        elif period is not None:
            joined[division] = _periods_that_joined(counted, period, part_of)
    cases = tuple(replace(case, divisions=tuple(values)) for case, values in zip(frame.cases, zip(*columns, strict=True), strict=True))
    return Parts(replace(frame, cases=cases), period, {division: found for division, found in joined.items() if found})


def counted_in(counted: Mapping[str, int]) -> int:
    """Give how many cases have a value that is known."""
    return sum(count for value, count in counted.items() if value)


def period_for(months: Iterable[str], n: float) -> Period:
    """Choose the finest period of which n cases leave enough to each on average; years where none does.

    Parameters
    ----------
    months : iterable of str
        Months that cases have, ``YYYY-MM``; others are passed over.
    n : float
        Dated cases expected in the draw.
    """
    known = {month for month in months if month}
    for period, length in MONTHS.items():
        if len({_number(month) // length for month in known}) * EXPECTED_EACH <= n:
            return period
    return "year"


def period_of_span(months: float, n: int) -> Period:
    """Choose the period for n cases spread over so many months, before the cases are known."""
    for period, length in MONTHS.items():
        if months / length * EXPECTED_EACH <= n:
            return period
    return "year"


def periods_joined(counted: Mapping[str, int], period: Period, fewest: float) -> dict[str, str]:
    """Give the part of each month: its period, joined with those beside it as far as they hold too few cases."""
    length = MONTHS[period]
    sizes = Counter[int]()
    for month, count in counted.items():
        if month:
            sizes[_number(month) // length] += count
    runs: list[list[int]] = []
    waiting: list[int] = []
    for one in sorted(sizes):
        waiting.append(one)
        if sum(sizes[each] for each in waiting) >= fewest:
            runs.append(waiting)
            waiting = []
    if waiting:
        runs = [*runs[:-1], [*runs[-1], *waiting]] if runs else [waiting]
    name_of = {one: _span(run[0] * length, run[-1] * length + length - 1) for run in runs for one in run}
    return {month: name_of[_number(month) // length] for month in counted if month}


def folders_joined(counted: Mapping[str, int], fewest: float) -> dict[str, str]:
    """Give the part of each folder: itself, or the nearest folder above it that holds enough together with what joined it; at last :data:`TOP`."""
    sizes, part_of = Counter(counted), {folder: folder for folder in counted if folder}
    for depth in range(max((_depth(folder) for folder in part_of), default=0), 0, -1):
        for folder in sorted({part for part in part_of.values() if _depth(part) == depth}):
            if sizes[folder] >= fewest:
                continue
            above = folder.rpartition("/")[0] or TOP
            sizes[above] += sizes.pop(folder)
            part_of = {value: above if part == folder else part for value, part in part_of.items()}
    return part_of


def small_joined(counted: Mapping[str, int], fewest: float) -> dict[str, str]:
    """Give the part of each value: itself, or :data:`OTHER` where it is small and not the only small one."""
    small = {value for value, count in counted.items() if value and count < fewest}
    return dict.fromkeys(small, OTHER) if len(small) > 1 else {}


JOINING: dict[str, Callable[[Mapping[str, int], float], dict[str, str]]] = {
    "label": small_joined,
    "template": small_joined,
    "source": folders_joined,
}
"""How small parts of a division join, apart from dates."""

JOINABLE = (*JOINING, "date")


def _periods_that_joined(counted: Mapping[str, int], period: Period, part_of: Mapping[str, str]) -> dict[str, str]:
    length = MONTHS[period]
    own = {month: _span(first := _number(month) // length * length, first + length - 1) for month in counted if month}
    return {own[month]: part_of[month] for month in own if own[month] != part_of[month]}


def _depth(folder: str) -> int:
    return 0 if folder == TOP else folder.count("/") + 1


def _number(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7]) - 1


def _span(first: int, last: int) -> str:
    """Name the months from first to last: ``2025``, ``2023–2025``, ``2025-04–06``, ``2024-10–2025-03``."""
    (year, month), (end_year, end_month) = divmod(first, 12), divmod(last, 12)
    if (month, end_month) == (0, 11):
        return str(year) if year == end_year else f"{year}–{end_year}"
    return f"{year}-{month + 1:02}–{end_month + 1:02}" if year == end_year else f"{year}-{month + 1:02}–{end_year}-{end_month + 1:02}"


def one_part(frame: Frame) -> Sequence[str]:
    """Give the divisions in which all cases have one value."""
    return [name for place, name in enumerate(frame.divisions) if len({case.divisions[place] for case in frame.cases}) < 2]
