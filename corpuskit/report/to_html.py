"""Rendering as one HTML file that needs nothing else: no network, readable without its script, style and script allowed by their hashes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never
from urllib.parse import quote

from markupsafe import Markup

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
from corpuskit.report.charts import draw
from corpuskit.report.html_division import Division, Elsewhere, LinkedFile, divide
from corpuskit.report.html_document import document, macros, markup
from corpuskit.report.phrasebook import Phrasebook, phrasebook
from corpuskit.report.rendered import Rendered, folder_name, page_name
from corpuskit.report.visible import visible

MOST_BYTES = 1_900_000
"""Bytes of the blocks of a page: a browser opens 2 MB at once and a mail server lets it pass; the rest of the 2 MB is head, style and script."""


def to_html(report: Report, stem: str) -> Rendered:
    """Write the blocks as one HTML page, and what is too much for it as linked files, which are pages of the same kind.

    Everything but the templates themselves is escaped. What stands before the first page break is the first page, set tight enough for one sheet
    of A4.
    """
    book = phrasebook(report.language)
    division = divide(report.blocks, _Sizes(book), MOST_BYTES, stem, book)
    text = document(book, report.title, _pages(report, division, stem, book))
    companions = {file.name: _linked(report, division, file, stem, book).encode() for file in division.files}
    return Rendered(text, companions)


def _lead(anchor: str, places: Mapping[str, str], folder: str) -> str:
    """Give the address of an anchor of this page or of a linked file, or of a file beside the page (``./name``)."""
    if anchor.startswith("./"):
        return quote(anchor)
    return f"{folder}/{places[anchor]}#{anchor}" if places.get(anchor) else f"#{anchor}"


def _pages(report: Report, division: Division, stem: str, book: Phrasebook) -> Markup:
    """Give the sections of the page, with the contents before the second."""
    drawn = macros("pages.html.j2", book.language)
    places, folder = division.places(), quote(folder_name(stem))
    writer = _Writer(book, leads=lambda anchor: _lead(anchor, places, folder))
    first, rest = _parted(division.blocks)
    parts = [markup(drawn.page(Markup("\n").join(writer.block(block) for block in first), True))]
    if rest:
        inside = [markup(drawn.part(Markup("\n").join(writer.block(block) for block in part))) for part in rest]
        parts.append(markup(drawn.page(Markup("\n").join(inside), False)))
    headings = [heading for heading in _headings(report.blocks) if heading.level == 2 and heading.anchor]
    notes = [{"kind": "print-only muted", "text": book.label("not_printed")}]
    if division.files:
        told = book.label("elsewhere_note", n=len(division.files), folder=folder_name(stem))
        notes.insert(0, {"kind": "caution", "text": told})
    contents = markup(drawn.contents(book.label("contents"), headings, notes))
    return Markup("\n").join([parts[0], *([contents] if parts[1:] or division.files else []), *parts[1:]])


def _linked(report: Report, division: Division, file: LinkedFile, stem: str, book: Phrasebook) -> str:
    """Give a linked file: its pieces, each with the way back to its place on the page."""
    drawn = macros("pages.html.j2", book.language)
    back = f"../{quote(page_name(stem, book.language, '.html'))}"
    places = {anchor: "" if name == file.name else name or back for anchor, name in division.places().items()}
    writer = _Writer(book, level=2, leads=lambda anchor: f"{places.get(anchor, '')}#{anchor}")
    of_part = [other.name for other in division.files if other.part == file.part]
    title = book.label("linked_title", part=file.part, title=report.title)
    if len(of_part) > 1:
        n = of_part.index(file.name) + 1
        title = book.label("linked_title_numbered", part=file.part, title=report.title, n=n, files=len(of_part))
    pieces = [
        markup(drawn.piece(piece.anchor, piece.title, f"{back}#{piece.anchor}", book.label("back_to_place"), writer.below(piece.title, piece.blocks)))
        for piece in file.pieces
    ]
    return document(book, title, markup(drawn.linked(title, back, book.label("back_to_report"), pieces)))


def _parted(blocks: Sequence[Block | Elsewhere]) -> tuple[Sequence[Block | Elsewhere], list[list[Block | Elsewhere]]]:
    """Give the blocks of the first page, and those after it in parts, each of which begins with a heading of level 2 or 3."""
    first = next((place for place, block in enumerate(blocks) if isinstance(block, PageBreak)), len(blocks))
    parts: list[list[Block | Elsewhere]] = []
    for block in blocks[first + 1 :]:
        if not parts or (isinstance(block, Heading) and block.level <= 3):
            parts.append([])
        parts[-1].append(block)
    return blocks[:first], parts


def _headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Columns):
            for side in block.sides:
                yield from _headings(side)


class _Sizes:
    """Gives the bytes of blocks as they are written, each measured once."""

    def __init__(self, book: Phrasebook) -> None:
        self.writer = _Writer(book)
        self.known: dict[int, tuple[Block | Elsewhere, int]] = {}  # the block too, so that no other takes its id

    def __call__(self, block: Block | Elsewhere) -> int:
        if id(block) not in self.known:
            self.known[id(block)] = block, len(self.writer.block(block).encode())
        return self.known[id(block)][1]


class _Writer:
    """Writes the blocks of one document in reading order: ids are counted, tables are named, no level of headings is left out."""

    def __init__(self, book: Phrasebook, level: int = 0, leads: Callable[[str], str] = "#{}".format) -> None:
        self.book = book
        self.leads = leads
        self.level = self.lowest = level
        self.name = ""
        self.tables = 0
        self.drawn = macros("blocks.html.j2", book.language)

    def below(self, name: str, blocks: Sequence[Block]) -> Markup:
        """Write blocks that stand below a name."""
        self.name, self.level = name, self.lowest
        return self._joined(blocks)

    def block(self, block: Block | Elsewhere) -> Markup:
        match block:
            case Heading():
                self.name, self.level = block.text, min(max(block.level, self.lowest + 1), self.level + 1)
                return markup(self.drawn.heading(block, self.level))
            case Paragraph() | Bullets() | Facts():
                return markup(getattr(self.drawn, type(block).__name__.lower())(block))
            case Table():
                return self._table(block)
            case Callout():
                self.name = block.label
                return markup(self.drawn.callout(block))
            case Chart():
                return self._chart(block)
            case Quotes():
                return markup(self.drawn.quotes(block, self.book.label("quote_without_text")))
            case Details():
                return self._details(block)
            case Columns():
                return markup(self.drawn.columns([self._joined(side) for side in block.sides]))
            case Elsewhere():
                return markup(macros("pages.html.j2", self.book.language).elsewhere(block))
            case PageBreak():
                return Markup("")
            case _:
                assert_never(block)

    def _table(self, table: Table) -> Markup:
        self.tables += 1
        table = replace(table, links=tuple((cell, self.leads(anchor)) for cell, anchor in table.links))
        return markup(self.drawn.table(table, f"table-{self.tables}", self.name, named_by(table)))

    def _details(self, fold: Details) -> Markup:
        around, self.name = self.name, fold.summary
        inside = self._joined(fold.blocks)
        self.name = around
        return markup(self.drawn.details(fold, inside))

    def _chart(self, chart: Chart) -> Markup:
        drawn = macros("charts.html.j2", self.book.language)
        around, self.name = self.name, chart.title
        data = self._table(chart_table(chart, self.book))
        self.name = around
        picture = Markup(visible(draw(chart))) or drawn.empty(self.book.label("nothing_to_draw"))  # an element already, all names in it escaped
        return markup(drawn.figure(chart, picture, self.book.label("chart_data"), data))

    def _joined(self, blocks: Sequence[Block]) -> Markup:
        return Markup("\n").join(self.block(block) for block in blocks)


def named_by(table: Table) -> int:
    """Give the column whose cells name the rows: the first that holds words; the first of all where none does."""
    words = (
        place
        for place in range(len(table.columns))
        if place not in table.numeric and any(len(row[place]) > 3 for row in table.rows if place < len(row))
    )
    return next(words, 0)
