"""The drawn element: well formed, named, described, and free of markup from documents."""

import pytest
from lxml import etree

from corpuskit.report.blocks import Chart, Grid, Limit, Mark, Reach
from corpuskit.report.charts import draw
from tests.report.sample import HOSTILE, SCRIPT

SVG = "{http://www.w3.org/2000/svg}"
MARKS = tuple(Mark(name, 0.4, 0.1, 0.7, x=12.0) for name in HOSTILE)
CHARTS = (
    Chart("dots", "dots", SCRIPT, SCRIPT, MARKS, percent=True),
    Chart("bars", "bars", SCRIPT, SCRIPT, MARKS, x_label=SCRIPT),
    Chart("scatter", "scatter", SCRIPT, SCRIPT, MARKS, x_label=SCRIPT, y_label=SCRIPT),
    Chart(
        "line",
        "line",
        SCRIPT,
        SCRIPT,
        points=((1, 0.5), (2, 0.1)),
        band=((1, 0.4, 0.6), (2, 0, 0.2)),
        limit=Limit(0.05, SCRIPT),
        reach=Reach(1.5, 1, 2, SCRIPT),
        x_label=SCRIPT,
    ),
    Chart("loglog", "loglog", SCRIPT, SCRIPT, points=((1, 100), (10, 10)), y_label=SCRIPT),
    Chart("heat", "heat", SCRIPT, SCRIPT, grid=Grid(HOSTILE, HOSTILE, ((1.0, 0, 2),) * 3, diagonal=True), x_label=SCRIPT),
)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_picture_is_named_and_described_and_holds_no_element_from_outside(chart):
    drawn = etree.fromstring(str(draw(chart)).strip())
    assert drawn.tag == f"{SVG}svg"
    assert drawn.get("role") == "img"
    named = {element.get("id"): element.text for element in drawn if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert drawn.get("aria-labelledby").split() == list(named) == [f"{chart.anchor}-title", f"{chart.anchor}-desc"]
    assert list(named.values()) == [SCRIPT, SCRIPT]
    assert {etree.QName(element).localname for element in drawn.iter()} <= {"svg", "title", "desc", "line", "text", "rect", "circle", "path"}
    assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on") or name in ("style", "href")]


@pytest.mark.parametrize("kind", ["dots", "bars", "scatter", "line", "loglog", "heat"])
def test_what_has_no_data_is_not_drawn(kind):
    assert draw(Chart(kind, "a", "t", "d")) == ""


def test_the_same_chart_is_the_same_bytes():
    assert [draw(chart) for chart in CHARTS] == [draw(chart) for chart in CHARTS]
