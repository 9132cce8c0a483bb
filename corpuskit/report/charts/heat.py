"""Geometry of heat maps: counts in cells, darker where there are more."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpuskit.report.blocks import Chart, Grid
from corpuskit.report.charts.axes import NARROW, WIDE
from corpuskit.report.numbers import number
from corpuskit.report.sections.section import shorten, width

ROW, TOP, GAP, BOTTOM, CELL = 22, 6, 8, 26, 6.9
LEFT_CELLS, HEAD_CELLS = 20, 14
SHADES = 5
WIDEST, SLANT = 76, 0.62
"""Widest column, so that two labels do not look like a bar chart; and the sine of about 38 degrees at which the names of columns rise."""


@dataclass(frozen=True)
class Cell:
    """A cell: its place, its size, its shade (0 empty to 5 fullest), its count in words, and whether it means agreement."""

    x: float
    y: float
    width: float
    shade: int
    text: str
    agrees: bool


@dataclass(frozen=True)
class Name:
    """The name of a row or column and its place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class HeatPicture:
    """A heat map."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    cells: tuple[Cell, ...]
    rows: tuple[Name, ...]
    columns: tuple[Name, ...]


def heat_picture(chart: Chart) -> HeatPicture:
    """Place the cells of a grid. Empty cells are drawn without a number, so that the pattern shows; a grid without cells gives none."""
    grid = chart.grid or Grid((), (), ())
    whole = NARROW if chart.narrow else WIDE
    rows = [shorten(name, LEFT_CELLS) for name in grid.rows]
    columns = [shorten(name, HEAD_CELLS) for name in grid.columns]
    left = round(max((width(name) for name in rows), default=0) * CELL + GAP + 22)
    longest = max((width(name) for name in columns), default=0) * CELL
    top = round(TOP + longest * SLANT + 16)
    # the last name rises to the right, beyond its column
    across = round(min(WIDEST, (whole - left - max(16.0, 0.5 * longest)) / max(len(columns), 1)), 1)
    largest = max((value for row in grid.cells for value in row), default=0.0)
    cells = tuple(
        Cell(
            round(left + across * j, 1),
            top + ROW * i,
            across,
            shade(value, largest),
            number(value) if value else "",
            grid.diagonal and grid.rows[i] == grid.columns[j],
        )
        for i, row in enumerate(grid.cells)
        for j, value in enumerate(row)
    )
    bottom = top + ROW * len(rows)
    return HeatPicture(
        width=whole,
        height=bottom + BOTTOM,
        left=left,
        right=round(left + across * len(columns), 1),
        top=top,
        bottom=bottom,
        cells=cells,
        rows=tuple(Name(left - GAP, top + ROW * i + ROW / 2 + 4, name) for i, name in enumerate(rows)),
        columns=tuple(Name(round(left + across * (j + 0.5), 1), top - 6, name) for j, name in enumerate(columns)),
    )


def shade(value: float, largest: float) -> int:
    """Give the shade of a count, from 0 (none) to :data:`SHADES` (the largest); in between by its square root, because small counts matter too.

    Examples
    --------
    >>> shade(0, 100), shade(1, 100), shade(25, 100), shade(100, 100)
    (0, 1, 3, 5)
    """
    if value <= 0 or largest <= 0:
        return 0
    return max(1, math.ceil(SHADES * math.sqrt(value / largest) - 1e-9))
