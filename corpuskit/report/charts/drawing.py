"""Drawing: a chart becomes an SVG element, the same for every format."""

from __future__ import annotations

from functools import cache
from typing import Any, assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpuskit.report.blocks import Chart
from corpuskit.report.charts.heat import heat_picture
from corpuskit.report.charts.plane import plane_picture
from corpuskit.report.charts.rows import rows_picture
from corpuskit.report.charts.scatter import scatter_picture


def draw(chart: Chart) -> Markup:
    """Give the ``<svg>`` of a chart, with title and description, every name escaped; empty where there is nothing to draw.

    Colours and sizes of letters come from classes: the page's style sheet, or that of a file of its own, says what they look like.
    """
    macros = _macros()
    match chart.kind:
        case "dots" | "bars":
            drawn = macros.rows(chart, rows_picture(chart)) if chart.marks else ""
        case "line" | "loglog":
            plane = plane_picture(chart)
            drawn = macros.plane(chart, plane) if plane.points else ""
        case "scatter":
            scatter = scatter_picture(chart)
            drawn = macros.scatter(chart, scatter) if scatter.points else ""
        case "heat":
            heat = heat_picture(chart)
            drawn = macros.heat(chart, heat) if heat.cells else ""
        case _:
            assert_never(chart.kind)
    return Markup(drawn)  # macros of an autoescaping template have escaped what they were given


@cache
def _macros() -> Any:
    environment = Environment(
        loader=PackageLoader("corpuskit.report", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("charts.html.j2").module
