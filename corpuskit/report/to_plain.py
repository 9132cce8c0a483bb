"""Blocks as plain text for a terminal: wrapped at a number of cells, of which an East Asian wide character takes two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

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
    Table,
)
from corpuskit.report.chart_data import chart_table
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import width
from corpuskit.report.visible import visible

INDENT = 2
PARTS = 3
"""Level of the headings before which no line is left empty: those of the thing itself."""
NOT_AT_START = "、。，．・：；？！）］｝」』】〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％％,.)]}!?:;%"
"""Characters that no line begins with (JIS X 4051), as far as they occur in reports."""


def to_plain(blocks: Sequence[Block], book: Phrasebook, cells: int = 80) -> str:
    """Write blocks as lines of at most ``cells`` cells; a word that is longer than a line is cut where the line ends."""
    return "\n".join(line for block in blocks for line in _lines(block, book, cells))


def wrap(text: str, cells: int, first: str = "", later: str = "") -> list[str]:
    """Wrap a text into lines; Latin words stay whole where they fit, Japanese breaks anywhere but before closing marks.

    Examples
    --------
    >>> wrap("one two three", 8), wrap("日本語の文章です。", 8)
    (['one two', 'three'], ['日本語の', '文章です。'])
    """
    lines: list[str] = []
    line, used = first, width(first)
    blank = False
    for piece in _pieces(visible(text)):
        if piece == " ":
            blank = bool(line.strip())
            continue
        need = width(piece) + blank
        # a closing mark may hang over the edge rather than begin a line
        fits = width(piece) <= cells - width(later)
        if used + need > cells and line.strip() and fits and piece not in NOT_AT_START:
            lines.append(line.rstrip())
            line, used, blank = later, width(later), False
            need = width(piece)
        while not fits and used + blank + width(piece) > cells:
            head = _head(piece, cells - used - blank) if used + blank < cells else ""
            lines.append((line + " " * (blank and bool(head)) + head).rstrip())
            piece, line, used, blank = piece[len(head) :], later, width(later), False
            need = width(piece)
        line += " " * blank + piece
        used += need
        blank = False
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _head(text: str, cells: int) -> str:
    taken = ""
    for character in text:
        if taken and width(taken + character) > cells:
            break
        taken += character
    return taken


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into Latin words, single wide characters and blanks."""
    word = ""
    for character in text:
        if character.isspace() or width(character) == 2:
            if word:
                yield word
                word = ""
            yield " " if character.isspace() else character
        else:
            word += character
    if word:
        yield word


def _lines(block: Block, book: Phrasebook, cells: int) -> Iterator[str]:  # noqa: C901  # one case per kind of block
    match block:
        case Details():
            yield from wrap(block.summary, cells)
            yield from _joined(block.blocks, book, cells)
        case Columns():
            for side in block.sides:
                yield from _joined(side, book, cells)
        case Chart():
            yield from wrap(block.title, cells)
            yield from wrap(block.description, cells)
            yield from _table(chart_table(block, book), cells)
        case Table():
            yield from _table(block, cells)
        case Bullets():
            yield from _bullets(block, cells)
        case Facts():
            yield from _facts(block, cells)
        case Quotes():
            for document, quote in block.items:
                yield from wrap(f"{document}: {quote}" if quote else document, cells, "  ", "    ")
        case Heading():
            yield from ([""] if block.level > PARTS else [])
            yield from wrap(block.text, cells)
        case Callout():
            yield from wrap(f"{block.label}: {block.text}", cells)
        case Paragraph():
            yield from wrap(block.text, cells)
        case PageBreak():
            yield ""
        case _:
            assert_never(block)


def _joined(blocks: Sequence[Block], book: Phrasebook, cells: int) -> Iterator[str]:
    for block in blocks:
        yield from _lines(block, book, cells)


def _bullets(block: Bullets, cells: int) -> Iterator[str]:
    for place, item in enumerate(block.items, start=1):
        mark = f"{place}. " if block.ordered else "- "
        yield from wrap(item, cells, mark, " " * len(mark))


def _facts(block: Facts, cells: int) -> Iterator[str]:
    """Set names in a column of their own, at most a third of the line."""
    column = min(max((width(name) for name, _ in block.items), default=0), cells // 3) + INDENT
    for name, what in block.items:
        padding = " " * max(column - width(name), 1)
        yield from wrap(what, cells, f"{INDENT * ' '}{name}{padding}", " " * (INDENT + column))


def _table(table: Table, cells: int) -> Iterator[str]:
    """Write each row as a list of its cells under their columns: a terminal has no room for wide tables."""
    if table.caption:
        yield from wrap(table.caption, cells)
    for row in table.rows:
        told = "; ".join(f"{column}: {cell}" if column else cell for column, cell in zip(table.columns, row, strict=True) if cell)
        yield from wrap(told, cells, "- ", "  ")
