"""Texts and slides in OpenDocument: headings by level, lists, tables, notes, annotations, headers and footers.

Follows begin, text and end of the elements in their order. Furigana, deleted text, tables of contents and page numbers are left out; notes and
annotations stand after the text, so that they do not cut the paragraph in which their mark is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpuskit.ingest.archive import local
from corpuskit.ingest.document import Section, SectionKind
from corpuskit.ingest.opendocument_styles import Styles, plain
from corpuskit.ingest.outline import Outline, row_text
from corpuskit.ingest.reader import ReadOptions

SKIPPED = frozenset({
    "tracked-changes", "ruby-text", "note-citation", "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
    "alphabetical-index", "desc", "binary-data", "page-number", "forms", "scripts", "event-listeners", "settings", "font-face-decls", "meta",
})  # fmt: skip
_KINDS: dict[str, SectionKind] = {"note": "notes", "notes": "notes", "annotation": "comment", "footer-decl": "footer", "header-decl": "header"}
_KINDS |= {f"{place}{which}": place for place in ("header", "footer") for which in ("", "-left", "-first")}
_BLOCKS = frozenset({"p", "h", "footer-decl", "header-decl"})
_BARRIERS = frozenset({"note", "annotation", "frame", "custom-shape"})
_MARKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_ORDER: tuple[SectionKind, ...] = ("notes", "comment", "header", "footer")
_NO_TEXT_OF_SLIDE = frozenset({"page-number", "date-time"})


@dataclass(slots=True)
class _Block:
    """A paragraph or heading; ``level`` 0 is a paragraph. A barrier is a block whose text is nobody's."""

    level: int = 0
    barrier: bool = False
    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    depth: int  # kinds that were open when it began: a note inside a cell is no text of the cell
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element, and what ends with it."""

    name: str
    veils: bool = False
    white: bool | None = None
    shaded: bool | None = None


@dataclass(slots=True)
class _Slide:
    title: list[str] = field(default_factory=list)
    items: list[tuple[str, SectionKind]] = field(default_factory=list)


class TextWalker:
    """Takes the elements of a text document, presentation or drawing; ``finish`` gives the sections.

    Feed it the styles first. ``hidden_slides`` and ``slides_left_out`` count for the warnings; ``hidden`` counts paragraphs with hidden text.
    """

    def __init__(self, options: ReadOptions) -> None:
        self.slides_left_out = self.hidden = 0
        self.hidden_slides: list[str] = []
        self._options = options
        self._styles = Styles()
        self._outline = Outline()
        self._sections: list[Section] = []
        self._later: list[tuple[str, SectionKind]] = []
        self._open: list[_Open] = []
        self._kinds: list[SectionKind] = []
        self._blocks: list[_Block] = []
        self._tables: list[_Table] = []
        self._classes: list[str] = []  # of the open frames: what the slide uses them for
        self._slide: _Slide | None = None
        self._slides = self._skipping = self._veils = 0
        self._place = "slide"

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the begin of an element."""
        name = local(tag)
        if self._skipping or self._is_skipped(name, tag):
            self._skipping += 1
            return
        own = plain(attributes)
        self._styles.start(name, own)
        veils = self._styles.hides(name, own) and name not in ("page", "table")
        self._open.append(_Open(name, veils, *self._styles.colours(name, own)))
        self._veils += veils
        if name in _BARRIERS:
            self._blocks.append(_Block(barrier=True))
        if name in _KINDS:
            self._kinds.append(_KINDS[name])
        if name in _BLOCKS:
            self._blocks.append(_Block(_level(own) if name == "h" else 0))
        elif name in _MARKS:
            self.data(_MARKS[name])
        elif name == "frame":
            self._classes.append(own.get("class", ""))
        elif name == "page":
            self._begin_slide(own)
        elif name == "drawing":
            self._place = "page"
        else:
            self._start_table(name)

    def _is_skipped(self, name: str, tag: str) -> bool:
        if name == "page" and self._slides >= self._options.max_pages:
            self.slides_left_out += 1
            return True
        if name == "title":
            return "svg" in tag  # the description of a picture; elsewhere it is a field that shows the title
        return name in SKIPPED

    def _start_table(self, name: str) -> None:
        if name == "table":
            self._tables.append(_Table(len(self._kinds)))
        elif name == "table-row" and self._tables:
            self._tables[-1].rows.append([])
        elif name in ("table-cell", "covered-table-cell") and self._tables:
            self._tables[-1].cell = []

    def data(self, text: str) -> None:
        """Take text."""
        if self._skipping or not self._blocks or self._blocks[-1].barrier:
            return
        block = self._blocks[-1]
        text = text if text in ("\t", "\n") else text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
        (block.hidden if self._veils or self._is_white() else block.pieces).append(text)

    def _is_white(self) -> bool:
        """Tell white letters on nothing; in tables, frames and slides anything may stand behind them."""
        if self._tables or self._classes or self._slide is not None:
            return False
        white = next((one.white for one in reversed(self._open) if one.white is not None), False)
        return bool(white) and not any(one.shaded for one in self._open)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._skipping:
            self._skipping -= 1
            return
        name = local(tag)
        self._veils -= self._open.pop().veils
        if name in _BLOCKS:
            self._emit(self._blocks.pop())
        elif name == "frame":
            self._classes.pop()
        elif name == "page":
            self._end_slide()
        elif name in ("table-cell", "covered-table-cell") and self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append("\n".join(self._tables[-1].cell))
        elif name == "table":
            self._emit_table(self._tables.pop())
        if name in _KINDS:
            self._kinds.pop()
        if name in _BARRIERS:
            self._blocks.pop()

    def close(self) -> None:
        """Take the end of a part."""

    def _emit(self, block: _Block) -> None:
        if any(piece.strip() for piece in block.hidden):
            self.hidden += 1
            self._outline.add_hidden("".join(block.hidden), self._locator())
        text = "".join(block.pieces)
        if not text.strip():
            return
        if self._tables and self._tables[-1].depth == len(self._kinds):
            self._tables[-1].cell.append(text)
        elif block.level and not self._kinds and self._slide is None:
            self._outline.add_heading(block.level, text)
        else:
            self._write(text, self._kinds[-1] if self._kinds else "body")

    def _write(self, text: str, kind: SectionKind) -> None:
        use = self._classes[-1] if self._classes else ""
        if kind in _ORDER:
            if use not in _NO_TEXT_OF_SLIDE:
                self._later.append((text, kind))
        elif self._slide is None:
            self._outline.add(text, kind)
        elif use == "title":
            self._slide.title.append(text)
        elif use in ("header", "footer"):
            self._later.append((text, "footer" if use == "footer" else "header"))
        elif use not in _NO_TEXT_OF_SLIDE:
            self._slide.items.append((text, kind))

    def _emit_table(self, table: _Table) -> None:
        kind: SectionKind = self._kinds[-1] if self._kinds else "table"
        filled = [row for row in table.rows if any(cell.strip() for cell in row)]
        if self._tables and self._tables[-1].depth == len(self._kinds):  # a table inside a cell is text of that cell
            self._tables[-1].cell.extend(row_text(row) for row in filled)
        elif sum(bool(cell.strip()) for row in filled for cell in row) == 1:  # a frame around text, no table
            self._write(next(cell for row in filled for cell in row if cell.strip()), "body" if kind == "table" else kind)
        else:
            for row in filled:
                self._write(row_text(row), kind)

    def _locator(self) -> str:
        return f"{self._place} {self._slides}" if self._slide is not None else ""

    def _begin_slide(self, attributes: dict[str, str]) -> None:
        self._slides += 1
        self._slide = _Slide()
        self._outline = Outline()
        if self._styles.hides("page", attributes):
            self.hidden_slides.append(str(self._slides))

    def _end_slide(self) -> None:
        if self._slide is None:
            return
        locator, outline = self._locator(), self._outline
        written = Outline()
        written.add_heading(1, " ".join(" ".join(self._slide.title).split()))
        for text, kind in self._slide.items:
            written.add(text, kind, locator)
        self._write_later(written, locator)
        # a slide with nothing but a title is text with a place, too
        self._sections += [Section(s.text, s.heading, s.kind, s.locator or locator) for s in (*written.finish(), *outline.finish())]
        self._slide, self._outline = None, Outline()

    def _write_later(self, outline: Outline, locator: str) -> None:
        for wanted in _ORDER:
            # first, odd and even pages often repeat one header
            for text in dict.fromkeys(text for text, kind in self._later if kind == wanted):
                outline.add(text, wanted, locator)
        self._later = []

    def finish(self) -> tuple[Section, ...]:
        """Give all sections."""
        if self._sections:  # of a presentation: what is left are the headers and notes of its pages' patterns
            return tuple(self._sections)
        after = Outline()
        self._write_later(after, "")
        found = self._outline.finish()
        hidden = tuple(section for section in found if section.kind == "hidden")
        return (*(section for section in found if section.kind != "hidden"), *after.finish(), *hidden)


def _level(attributes: dict[str, str]) -> int:
    level = attributes.get("outline-level", "1")
    return max(1, int(level)) if level.isdigit() else 1
