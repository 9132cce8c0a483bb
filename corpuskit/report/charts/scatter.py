"""Geometry of named points over two axes, the horizontal one logarithmic: names stand where they cover neither points nor each other."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.report.blocks import Chart, Mark
from corpuskit.report.charts.axes import WIDE, Tick, axis, finite, text_of
from corpuskit.report.sections.section import shorten, width

LEFT, TOP, HEIGHT, RIGHT = 70, 14, 270, 20
NAME_CELLS, CELL, LINE = 36, 6.4, 14
"""Cells of a name, and the width of a cell and the height of a line at the size of letters in a chart."""
SHIFTS = (0, -16, 16, -32, 32, -48, 48, -64, 64, -80, 80)
"""Lines up or down at which a name is tried; a name that would cover something at all of them is left to the table of the data."""


@dataclass(frozen=True)
class Named:
    """A point, the whisker of its interval, and its name with the place of it; the name is empty where there is no room.

    A name that does not stand on the line of its point is ``led`` to it by a thin line.
    """

    x: float
    y: float
    low: float | None
    high: float | None
    name: str
    name_x: float
    name_y: float
    at_end: bool

    @property
    def led(self) -> bool:
        """Whether the name stands away from the line of its point."""
        return bool(self.name) and abs(self.name_y - 4 - self.y) > 1


@dataclass(frozen=True)
class ScatterPicture:
    """Named points over two axes."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    points: tuple[Named, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float

    def covers(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def scatter_picture(chart: Chart) -> ScatterPicture:
    """Place the marks by ``x`` (logarithmic) and ``value``; marks without both, or with x not above 0, are left out."""
    marks = [mark for mark in chart.marks if mark.x is not None and mark.x > 0 and finite(mark.x, mark.value)]
    right, bottom = WIDE - RIGHT, TOP + HEIGHT
    x_axis = axis([mark.x for mark in marks if mark.x is not None], logarithmic=True)
    y_axis = axis([value for mark in marks for value in (mark.value, mark.high) if value is not None], percent=chart.percent)

    def y(value: float | None) -> float | None:
        return None if value is None else y_axis.place(value, bottom, TOP)

    placed = [(mark, x_axis.place(mark.x or 1.0, LEFT, right), y(mark.value) or bottom) for mark in marks]
    taken = [_Box(x - 6, x + 6, (y(mark.high) or at) - 2, (y(mark.low) or at) + 2) for mark, x, at in placed]
    points = []
    for mark, x, at in placed:
        name, name_x, name_y, at_end = _name(mark, x, at, taken, (LEFT, right, TOP, bottom))
        points.append(Named(x, at, y(mark.low), y(mark.high), name, name_x, name_y, at_end))
    return ScatterPicture(
        width=WIDE,
        height=bottom + 48,
        left=LEFT,
        right=right,
        top=TOP,
        bottom=bottom,
        points=tuple(points),
        x_ticks=tuple(Tick(x_axis.place(value, LEFT, right), text_of(value, False)) for value in x_axis.ticks),
        y_ticks=tuple(Tick(y_axis.place(value, bottom, TOP), text_of(value, chart.percent)) for value in y_axis.ticks),
    )


def _name(mark: Mark, x: float, y: float, taken: list[_Box], frame: tuple[float, float, float, float]) -> tuple[str, float, float, bool]:
    """Find a free place for a name: right of the point, then left of it, then further up and down."""
    text = shorten(mark.label, NAME_CELLS)
    long = width(text) * CELL
    left, right, top, bottom = frame
    for shift in SHIFTS:
        for at_end in (False, True):
            start = x - 10 - long if at_end else x + 10
            box = _Box(start, start + long, y + shift - LINE / 2, y + shift + LINE / 2)
            inside = box.left >= left and box.right <= right and box.top >= top - LINE / 2 and box.bottom <= bottom
            if inside and not any(box.covers(other) for other in taken):
                taken.append(box)
                return text, x - 10 if at_end else x + 10, y + shift + 4, at_end
    return "", x, y, False
