"""Geometry of horizontal charts: rows over one axis, with dots and whiskers or with bars."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpuskit.report.blocks import Chart
from corpuskit.report.charts.axes import NARROW, WIDE, Tick, nice, text_of
from corpuskit.report.numbers import probability_digits
from corpuskit.report.sections.section import shorten

LABEL_CELLS, NARROW_CELLS = 34, 20
LEFT, NARROW_LEFT, RIGHT, ROW, TOP, BOTTOM = 250, 150, 70, 24, 8, 40


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


def rows_picture(chart: Chart) -> RowPicture:
    """Place the marks of a dot or bar chart. The axis starts at 0; for shares it ends at 1 unless bars are all small."""
    given = [value for mark in chart.marks for value in (mark.value, mark.low, mark.high) if value is not None and math.isfinite(value)]
    largest = max(given, default=1.0)
    end = 1.0 if chart.percent and (chart.kind == "dots" or largest > 0.5) else nice(largest or 1.0)
    width, left, cells = (NARROW, NARROW_LEFT, NARROW_CELLS) if chart.narrow else (WIDE, LEFT, LABEL_CELLS)
    right = width - RIGHT

    def x(value: float | None) -> float | None:
        return None if value is None or not math.isfinite(value) else round(left + (right - left) * min(max(value / end, 0.0), 1.0), 1)

    def text(value: float | None, aside: str) -> str:
        if value is None:
            return ""
        written = f"{probability_digits(value)}%" if chart.probability else text_of(value, chart.percent)
        return f"{written} {aside}".rstrip()

    rows = tuple(
        Row(
            TOP + ROW * place + ROW / 2,
            shorten(mark.label, cells),
            x(mark.value),
            x(mark.low),
            x(mark.high),
            text(mark.value, mark.aside),
        )
        for place, mark in enumerate(chart.marks)
    )
    bottom = TOP + ROW * len(rows)
    ticks = tuple(Tick(x(end * step / 4) or left, text_of(end * step / 4, chart.percent)) for step in range(5))
    return RowPicture(width, bottom + BOTTOM, left, right, bottom, rows, ticks)
