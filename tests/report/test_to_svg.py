"""Pictures that stand alone: well formed, with the page's look inside, and nothing that runs or is fetched."""

import re

import pytest
from hypothesis import given
from lxml import etree

from corpuskit.report.blocks import Chart, Grid, Limit, Mark, Reach
from corpuskit.report.to_svg import style, to_svg
from corpuskit.report.visible import visible
from tests.report.hostile import any_text

SVG = "{http://www.w3.org/2000/svg}"


def charts(text: str = "a") -> dict[str, Chart]:
    """One chart of each kind, with every part that a kind can have."""
    marks = (Mark(text, 0.5, 0.25, 0.75, text, aside=text, x=10.0), Mark(text, 0.2, x=100.0), Mark(text, None))
    line = {"points": ((1.0, 0.5), (10.0, 0.3), (100.0, 0.1)), "x_label": text, "y_label": text}
    return {
        "dots": Chart("dots", "c", text, text, marks, x_label=text, percent=True),
        "bars": Chart("bars", "c", text, text, marks, x_label=text),
        "line": Chart(
            "line", "c", text, text, **line, band=((1.0, 0.4, 0.6), (100.0, 0.05, 0.2)), limit=Limit(0.2, text), reach=Reach(10, 5, 50, text)
        ),
        "loglog": Chart("loglog", "c", text, text, **line),
        "scatter": Chart("scatter", "c", text, text, marks, x_label=text, y_label=text, percent=True),
        "heat": Chart(
            "heat", "c", text, text, x_label=text, y_label=text, grid=Grid((text, "b"), (text, "b"), ((5.0, 1.0), (0.0, 9.0)), diagonal=True)
        ),
    }


@pytest.mark.parametrize("kind", list(charts()))
@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_kind_is_a_picture_with_title_description_size_and_language(kind, language):
    tree = etree.fromstring(to_svg(charts()[kind], language))
    assert tree.tag == f"{SVG}svg"
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert float(tree.get("width")) > 100
    assert [tree.find(f"{SVG}{name}").text for name in ("title", "desc")] == ["a", "a"]
    labelled = tree.get("aria-labelledby").split()
    assert labelled == [tree.find(f"{SVG}{name}").get("id") for name in ("title", "desc")]


@pytest.mark.parametrize("kind", list(charts()))
def test_everything_that_is_drawn_has_its_look_inside(kind):
    """A class without a rule would be drawn black, in the dark on black."""
    drawn = [element for element in etree.fromstring(to_svg(charts()[kind], "en")).iter(etree.Element) if element.get("class")]
    plain = [element for element in drawn[1:] if not any(re.search(rf"svg \.{re.escape(name)}\b", style()) for name in element.get("class").split())]
    assert len(drawn) > 3
    # letters have a look of their own
    assert {element.tag.removeprefix(SVG) for element in plain} <= {"text"}


def test_the_look_is_light_or_dark_and_every_colour_it_names_is_there():
    assert "prefers-color-scheme: dark" in style()
    light, dark = (part.split("}")[0] for part in re.split(r":root \{", style())[1:3])
    for name in set(re.findall(r"var\((--[a-z-]+)\)", style())):
        assert f"{name}:" in light, name
        assert f"{name}:" in dark, name


def test_nothing_to_draw_is_no_file():
    assert to_svg(Chart("dots", "c", "title", "what"), "en") == b""
    assert to_svg(Chart("line", "c", "title", "what"), "en") == b""


@pytest.mark.parametrize("kind", list(charts()))
@given(text=any_text)
def test_hostile_names_stay_names(kind, text):
    tree = etree.fromstring(to_svg(charts(text)[kind], "en"))
    assert {element.tag.removeprefix(SVG) for element in tree.iter(etree.Element)} <= {
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "line",
        "rect",
        "circle",
        "path",
        "polygon",
        "text",
        "tspan",
    }
    for element in tree.iter(etree.Element):
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
    assert (tree.find(f"{SVG}title").text or "") == visible(text)
