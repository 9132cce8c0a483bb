"""Geometry of charts: numbers become positions; the templates only draw.

All positions are in the units of the picture's view box (one unit is one CSS pixel at full width).
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

from corpuskit.report.blocks import Chart
from corpuskit.report.numbers import number, percent_digits, probability_digits
from corpuskit.report.sections.section import shorten

WIDTH = 680
LABEL_CELLS = 34
LEFT, RIGHT, ROW, TOP, BOTTOM = 250, 70, 24, 8, 40
PLOT_LEFT, PLOT_HEIGHT = 70, 220
MOST_POINTS = 400


@dataclass(frozen=True)
class Tick:
    """A tick of an axis: its position and its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Row:
    """One row of a dot or bar chart. ``value``, ``low`` and ``high`` are positions; None where there is none."""

    y: float
    label: str
    value: float | None
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True)
class RowPicture:
    """A horizontal chart: rows over one axis."""

    width: float
    height: float
    left: float
    right: float
    bottom: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class PlanePicture:
    """A chart over two axes: points as positions, and the path through them."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    points: tuple[tuple[float, float], ...]
    path: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


def rows_picture(chart: Chart) -> RowPicture:
    """Place the marks of a dot or bar chart. The axis starts at 0; for shares it ends at 1 unless bars are all small."""
    given = [value for mark in chart.marks for value in (mark.value, mark.low, mark.high) if value is not None and math.isfinite(value)]
    largest = max(given, default=1.0)
    end = 1.0 if chart.percent and (chart.kind == "dots" or largest > 0.5) else nice(largest or 1.0)
    right = WIDTH - RIGHT

    def x(value: float | None) -> float | None:
        return None if value is None or not math.isfinite(value) else round(LEFT + (right - LEFT) * min(max(value / end, 0.0), 1.0), 1)

    rows = tuple(
        Row(
            TOP + ROW * place + ROW / 2,
            shorten(mark.label, LABEL_CELLS),
            x(mark.value),
            x(mark.low),
            x(mark.high),
            "" if mark.value is None else f"{probability_digits(mark.value)}%" if chart.probability else text_of(mark.value, chart.percent),
        )
        for place, mark in enumerate(chart.marks)
    )
    bottom = TOP + ROW * len(rows)
    ticks = tuple(Tick(x(end * step / 4) or LEFT, text_of(end * step / 4, chart.percent)) for step in range(5))
    return RowPicture(WIDTH, bottom + BOTTOM, LEFT, right, bottom, rows, ticks)


def plane_picture(chart: Chart) -> PlanePicture:
    """Place the points of a line or log-log chart; points that are not finite, or not positive on a logarithmic axis, are left out."""
    logarithmic = chart.kind == "loglog"
    usable = [(x, y) for x, y in chart.points if math.isfinite(x) and math.isfinite(y) and (not logarithmic or (x > 0 and y > 0))]
    points = _thin(usable)
    x_axis = _axis([x for x, _ in points], logarithmic, percent=False)
    y_axis = _axis([y for _, y in points], logarithmic, chart.percent)
    right, top, bottom = WIDTH - 20, TOP + 4, TOP + 4 + PLOT_HEIGHT

    def place(value: float, axis: _Axis, start: float, end: float) -> float:
        scaled = math.log10(value) if logarithmic else value
        return round(start + (end - start) * (scaled - axis.low) / (axis.high - axis.low), 1)

    placed = tuple((place(x, x_axis, PLOT_LEFT, right), place(y, y_axis, bottom, top)) for x, y in points)
    path = "M" + "L".join(f"{x} {y}" for x, y in placed) if placed else ""
    x_ticks = tuple(Tick(place(value, x_axis, PLOT_LEFT, right), text_of(value, False)) for value in x_axis.ticks)
    y_ticks = tuple(Tick(place(value, y_axis, bottom, top), text_of(value, chart.percent)) for value in y_axis.ticks)
    return PlanePicture(WIDTH, bottom + 48, PLOT_LEFT, right, top, bottom, placed, path, x_ticks, y_ticks)


def text_of(value: float, percent: bool) -> str:
    """Write a value of a chart."""
    return f"{percent_digits(value)}%" if percent else number(float(f"{value:.6g}"))


def nice(value: float) -> float:
    """Give the smallest of 1, 2, 4, 5 or 10 times a power of ten that is not below a positive value.

    Examples
    --------
    >>> nice(.13), nice(37), nice(100)
    (0.2, 40.0, 100.0)
    """
    value = max(value, sys.float_info.min)  # below it a float has too few digits for its power of ten
    power = 10.0 ** math.floor(math.log10(value))
    step = next(step for step in (1, 2, 4, 5, 10) if step * power >= value * (1 - 1e-9))
    return float(f"{step * power:.6g}")


@dataclass(frozen=True)
class _Axis:
    """Ends of an axis in scaled units, and its ticks in units of the data."""

    low: float
    high: float
    ticks: tuple[float, ...]


def _axis(values: list[float], logarithmic: bool, percent: bool) -> _Axis:
    if logarithmic:
        low = math.floor(math.log10(min(values, default=1.0)))
        high = max(math.ceil(math.log10(max(values, default=10.0))), low + 1)
        step = math.ceil((high - low) / 6)
        return _Axis(low, high, tuple(10.0**power for power in range(low, high + 1, step)))
    largest, smallest = max(values, default=1.0), min(values, default=0.0)
    end = 1.0 if percent and largest <= 1 else nice(largest) if largest > 0 else 1.0
    start = -nice(-smallest) if smallest < 0 else 0.0
    return _Axis(start, end, tuple(start + (end - start) * step / 4 for step in range(5)))


def _thin(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Keep at most :data:`MOST_POINTS`, evenly by place, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return points
    return [points[round(step * (len(points) - 1) / (MOST_POINTS - 1))] for step in range(MOST_POINTS)]
