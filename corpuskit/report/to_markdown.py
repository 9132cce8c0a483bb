"""Rendering as GitHub-flavoured Markdown: text of documents stays text, pictures are SVG files beside the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never
from urllib.parse import quote

from corpuskit.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chart,
    Columns,
    Details,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Quotes,
    Report,
    Table,
)
from corpuskit.report.chart_data import chart_table
from corpuskit.report.phrasebook import phrasebook
from corpuskit.report.rendered import Rendered, folder_name
from corpuskit.report.to_svg import to_svg
from corpuskit.report.visible import visible

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$])")
_LINE_START = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\bwww\.")
_LINKED_LATER = re.compile(r"@|#(?=\d)|:(?=[a-z0-9_+-]+:)")
"""What GitHub makes links and pictures of after all escapes are resolved: addresses and mentions, numbers of issues, names of emoji."""


def to_markdown(report: Report, stem: str) -> Rendered:
    """Write the blocks as Markdown: tables for tables, folds for folds, every character of foreign text escaped.

    A picture is a link to an SVG file in the folder of companions, with the description as its alternative text and its data in a fold below.
    """
    writer = _Writer(report, stem)
    parts = [part for block in report.blocks if (part := writer.block(block))]
    return Rendered("\n\n".join(parts) + "\n", writer.pictures)


def escape(text: str) -> str:
    """Make text inert: on one line, with markup, HTML, entities, links and line starts taken their meaning, and what cannot be seen made visible.

    A comment in HTML stands where only a character in between stops GitHub from making a link; it does not show.
    """
    line = _MARKUP.sub(r"\\\1", _escaped_html(text))
    line = _AUTOLINK.sub(lambda match: match[0].replace(":", "&#58;").replace(".", "&#46;"), line)
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if not match[2].isdigit() else f"{match[1]}{match[2]}\\", line)


def _escaped_html(text: str) -> str:
    line = " ".join(visible(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKED_LATER.sub(r"\g<0><!-- -->", line)


class _Writer:
    """Writes the blocks of one report, and collects its pictures by their names."""

    def __init__(self, report: Report, stem: str) -> None:
        self.language = report.language
        self.book = phrasebook(report.language)
        self.folder = quote(folder_name(stem))
        self.pictures: dict[str, bytes] = {}

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return f"{'#' * min(block.level, 6)} {escape(block.text)}"
            case Paragraph():
                return escape(block.text)
            case Bullets():
                return "\n".join(f"{f'{place}.' if block.ordered else '-'} {escape(item)}" for place, item in enumerate(block.items, start=1))
            case Table():
                return _table(block)
            case Facts():
                return "\n".join(f"- **{escape(name)}**: {escape(what)}" for name, what in block.items)
            case Callout():
                return f"> **{escape(block.label)}**\n>\n> {escape(block.text)}"
            case Chart():
                return self._chart(block)
            case Quotes():
                return self._quotes(block)
            case Details():
                return _fold(block.summary, self._joined(block.blocks))
            case Columns():
                return self._joined([inner for side in block.sides for inner in side])
            case PageBreak():
                return "---"
            case _:
                assert_never(block)

    def _chart(self, chart: Chart) -> str:
        parts = [f"**{escape(chart.title)}**"]
        if picture := to_svg(chart, self.language):
            name = f"{self.language}-picture-{len(self.pictures) + 1:02}.svg"
            self.pictures[name] = picture
            parts.append(f"![{escape(chart.description or chart.title)}]({self.folder}/{name})")
        else:
            parts.append(escape(self.book.label("nothing_to_draw")))
        if chart.description:
            parts.append(escape(chart.description))
        return "\n\n".join([*parts, _fold(self.book.label("chart_data"), _table(chart_table(chart, self.book)))])

    def _quotes(self, quotes: Quotes) -> str:
        without = self.book.label("quote_without_text")
        return "\n".join(f"- {escape(document)}: {escape(text or without)}" for document, text in quotes.items)

    def _joined(self, blocks: Sequence[Block]) -> str:
        return "\n\n".join(part for block in blocks if (part := self.block(block)))


def _fold(summary: str, inside: str) -> str:
    """Write a fold. Its lines of HTML end at the blank lines, so that what is inside is Markdown again."""
    return f"<details>\n<summary>{_escaped_html(summary)}</summary>\n\n{inside}\n\n</details>"


def _table(table: Table) -> str:
    lines = [f"**{escape(table.caption)}**", ""] if table.caption else []
    lines.append(_row(table.columns))
    lines.append("|" + "|".join(" ---: " if index in table.numeric else " --- " for index in range(len(table.columns))) + "|")
    lines += [_row(row) for row in table.rows]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"
