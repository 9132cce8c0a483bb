"""Rendering as one HTML file that needs nothing else: no script, no network, style allowed by its hash alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, assert_never

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpuskit.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Columns,
    Details,
    Heading,
    PageBreak,
    Paragraph,
    Quotes,
    Report,
    Table,
)
from corpuskit.report.chart_data import chart_table
from corpuskit.report.charts import plane_picture, rows_picture
from corpuskit.report.phrasebook import Phrasebook, phrasebook


def to_html(report: Report) -> str:
    """Write the blocks as one HTML page.

    Everything but the templates themselves is escaped. The content security policy allows nothing except the page's own style sheet, by its
    hash; there are no style attributes. What stands before the first page break is the first page, set tight enough for one sheet of A4.
    """
    book = phrasebook(report.language)
    style = files("corpuskit.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pages: list[list[Markup]] = [[]]
    for block in report.blocks:
        if isinstance(block, PageBreak):
            pages.append([])
        else:
            pages[-1].append(_block(block, book))
    contents = [heading for heading in _headings(report.blocks) if heading.level == 2 and heading.anchor]
    page = _environment().get_template("report.html.j2")
    return page.render(
        language=report.language,
        title=report.title,
        style=Markup(style),  # our own file
        digest=digest,
        pages=[Markup("\n").join(parts) for parts in pages],
        contents=contents,
        contents_title=book.label("contents"),
    )


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Columns):
            for side in block.sides:
                yield from _headings(side)


def language_of(text: str) -> str:
    """Guess the language of a quote for the ``lang`` attribute: Han characters look different in Japanese fonts. Empty where nothing tells."""
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return "ja"
    return "en" if text.isascii() and any(character.isalpha() for character in text) else ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("corpuskit.report", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["language_of"] = language_of
    return environment


@cache
def _macros(template: str) -> Any:
    return _environment().get_template(template).module


def _block(block: Block, book: Phrasebook) -> Markup:
    macros = _macros("blocks.html.j2")
    match block:
        case Heading():
            return _markup(macros.heading(block))
        case Paragraph():
            return _markup(macros.paragraph(block))
        case Bullets():
            return _markup(macros.bullets(block))
        case Table():
            return _markup(macros.table(block))
        case Callout():
            return _markup(macros.callout(block))
        case Chart():
            return _chart(block, book)
        case Quotes():
            return _markup(macros.quotes(block, book.label("quote_without_text")))
        case Details():
            return _markup(macros.details(block.summary, _joined(block.blocks, book)))
        case Columns():
            return _markup(macros.columns([_joined(side, book) for side in block.sides]))
        case PageBreak():
            return Markup("")
        case _:
            assert_never(block)


def _chart(chart: Chart, book: Phrasebook) -> Markup:
    macros = _macros("charts.html.j2")
    data = _markup(_macros("blocks.html.j2").table(chart_table(chart, book)))
    match chart.kind:
        case "dots" | "bars":
            drawn = macros.rows(chart, rows_picture(chart)) if chart.marks else macros.empty(book.label("nothing_to_draw"))
        case "line" | "loglog":
            picture = plane_picture(chart)
            drawn = macros.plane(chart, picture) if picture.points else macros.empty(book.label("nothing_to_draw"))
        case _:
            assert_never(chart.kind)
    return _markup(macros.figure(chart, drawn, book.label("chart_data"), data))


def _joined(blocks: tuple[Block, ...], book: Phrasebook) -> Markup:
    return Markup("\n").join(_block(block, book) for block in blocks)


def _markup(rendered: Any) -> Markup:
    """Mark what a macro returned: macros of an autoescaping template have escaped what they were given."""
    return Markup(rendered)  # see above
