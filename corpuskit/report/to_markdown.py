"""Rendering as GitHub-flavoured Markdown: text of documents stays text."""

from __future__ import annotations

import re
from typing import assert_never

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
from corpuskit.report.phrasebook import Phrasebook, phrasebook

_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$])")
_LINE_START = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp)://|\bwww\.")


def to_markdown(report: Report) -> str:
    """Write the blocks as Markdown: tables for tables and charts, folds shown open, every character of foreign text escaped."""
    book = phrasebook(report.language)
    parts = [part for block in report.blocks if (part := _block(block, book))]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Make text inert: on one line, with markup, HTML, entities, bare links and line starts taken their meaning."""
    line = " ".join(text.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKUP.sub(r"\\\1", line)
    line = _AUTOLINK.sub(lambda match: match[0].replace(":", "&#58;").replace(".", "&#46;"), line)
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if not match[2].isdigit() else f"{match[1]}{match[2]}\\", line)


def _block(block: Block, book: Phrasebook) -> str:
    match block:
        case Heading():
            return f"{'#' * min(block.level, 6)} {escape(block.text)}"
        case Paragraph():
            return escape(block.text)
        case Bullets():
            return "\n".join(f"{f'{place}.' if block.ordered else '-'} {escape(item)}" for place, item in enumerate(block.items, start=1))
        case Table():
            return _table(block)
        case Callout():
            return f"> **{escape(block.label)}**\n>\n> {escape(block.text)}"
        case Chart():
            return "\n\n".join(
                [f"**{escape(block.title)}**", *([escape(block.description)] if block.description else []), _table(chart_table(block, book))]
            )
        case Quotes():
            return "\n".join(
                f"- {escape(document)}: {escape(quote) if quote else escape(book.label('quote_without_text'))}" for document, quote in block.items
            )
        case Details():
            return "\n\n".join([f"**{escape(block.summary)}**", *(_block(inner, book) for inner in block.blocks)])
        case Columns():
            return "\n\n".join(part for side in block.sides for inner in side if (part := _block(inner, book)))
        case PageBreak():
            return "---"
        case _:
            assert_never(block)


def _table(table: Table) -> str:
    lines = [f"**{escape(table.caption)}**", ""] if table.caption else []
    lines.append(_row(table.columns))
    lines.append("|" + "|".join(" ---: " if index in table.numeric else " --- " for index in range(len(table.columns))) + "|")
    lines += [_row(row) for row in table.rows]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"
