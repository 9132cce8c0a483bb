"""Geometry of curves: points over two axes, with a band around them and a line to read them against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.report.blocks import Chart
from corpuskit.report.charts.axes import NARROW, WIDE, Axis, Tick, axis, finite, text_of

LEFT, NARROW_LEFT, TOP, HEIGHT, NARROW_HEIGHT = 70, 62, 12, 220, 180
MOST_POINTS = 400


@dataclass(frozen=True)
class Level:
    """A horizontal line with its words."""

    y: float
    text: str


@dataclass(frozen=True)
class Place:
    """A vertical line with its words and, where there is one, the interval of its place."""

    x: float
    low: float | None
    high: float | None
    text: str
    at_end: bool


@dataclass(frozen=True)
class PlanePicture:
    """A chart over two axes: points as positions, the path through them, the outline of a band."""

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
    band: str = ""
    limit: Level | None = None
    reach: Place | None = None


def plane_picture(chart: Chart) -> PlanePicture:
    """Place the points of a line or log-log chart; points that are not finite, or not positive on a logarithmic axis, are left out.

    A band, a limit and a reach are placed on the same axes, which are made to hold them.
    """
    logarithmic = chart.kind == "loglog"
    points = _thin([(x, y) for x, y in chart.points if finite(x, y) and (not logarithmic or (x > 0 and y > 0))])
    band = [(x, low, high) for x, low, high in chart.band if finite(x, low, high)]
    reach = chart.reach if points and not logarithmic else None
    far = [value for value in (reach.x, reach.high) if value is not None and finite(value)] if reach is not None else []
    # a reach far beyond the curve would press the curve against the left edge: it is cut at twice the last point
    far = [min(value, 2 * max(x for x, _ in points)) for value in far]
    x_axis = axis([*(x for x, _ in points), *far], logarithmic, chart.percent_x)
    heights = [y for _, y in points] + [high for _, _, high in band] + ([chart.limit.value] if chart.limit is not None else [])
    y_axis = axis(heights, logarithmic, chart.percent)
    width, left, height = (NARROW, NARROW_LEFT, NARROW_HEIGHT) if chart.narrow else (WIDE, LEFT, HEIGHT)
    right, bottom = width - 20, TOP + height
    placed = tuple((x_axis.place(x, left, right), y_axis.place(y, bottom, TOP)) for x, y in points)
    return PlanePicture(
        width=width,
        height=bottom + 48,
        left=left,
        right=right,
        top=TOP,
        bottom=bottom,
        points=placed,
        path=_path(placed),
        x_ticks=tuple(Tick(x_axis.place(value, left, right), text_of(value, chart.percent_x)) for value in x_axis.ticks),
        y_ticks=tuple(Tick(y_axis.place(value, bottom, TOP), text_of(value, chart.percent)) for value in y_axis.ticks),
        band=_outline(band, x_axis, y_axis, (left, right), (bottom, TOP)),
        limit=Level(y_axis.place(chart.limit.value, bottom, TOP), chart.limit.label) if chart.limit is not None and points else None,
        reach=_reach(chart, x_axis, left, right) if reach is not None else None,
    )


def _reach(chart: Chart, x_axis: Axis, left: float, right: float) -> Place | None:
    if chart.reach is None:
        return None
    low, high = (x_axis.place(value, left, right) if value is not None else None for value in (chart.reach.low, chart.reach.high))
    x = x_axis.place(chart.reach.x, left, right)
    return Place(x, low, high, chart.reach.label, at_end=x > (left + right) / 2)


def _outline(band: Sequence[tuple[float, float, float]], x_axis: Axis, y_axis: Axis, across: tuple[float, float], upward: tuple[float, float]) -> str:
    """Give the outline of a band: along the upper ends and back along the lower ones."""
    if len(band) < 2:
        return ""
    upper = [(x_axis.place(x, *across), y_axis.place(high, *upward)) for x, _, high in band]
    lower = [(x_axis.place(x, *across), y_axis.place(low, *upward)) for x, low, _ in reversed(band)]
    return _path(upper + lower) + "Z"


def _path(placed: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in placed) if placed else ""


def _thin(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Keep at most :data:`MOST_POINTS`, evenly by place, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return points
    return [points[round(step * (len(points) - 1) / (MOST_POINTS - 1))] for step in range(MOST_POINTS)]
