"""Word files: body with headings by style, tables, text boxes, content controls, notes, comments, headers and footers.

A walker over XML events, because the libraries lose inserted text, content controls, text boxes and headers, double text boxes,
and glue furigana to the word. Deleted text, field codes, the fallback copies of drawings and tables of contents are left out. Hidden letters,
letters of no size and white letters on nothing are kept apart: a reader does not see them, a model does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import Package, attribute, core_properties, forget, local, parse_events
from corpuskit.ingest.document import SectionKind
from corpuskit.ingest.outline import Outline, row_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_SKIPPED = frozenset(
    {"rt", "Fallback", "del", "moveFrom", "instrText", "delText", "delInstrText", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tabs"}
)
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING_NAME = re.compile(r"(?:heading|見出し)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "表題"})
_CONTENTS_NAME = re.compile(r"(?:toc|目次)\s*\d", re.IGNORECASE)
_SHADINGS = frozenset({"shd", "highlight"})
_LOOKS = _SHADINGS | {"vanish", "sz", "color", "rStyle"}
_NO_SHADE = frozenset({"", "auto", "ffffff", "none", "white"})
_SMALLEST_SEEN = 2  # half-points
_OFF = frozenset({"0", "false", "off"})
_PARTS: tuple[tuple[str, SectionKind], ...] = (
    ("footnotes", "notes"),
    ("endnotes", "notes"),
    ("comments", "comment"),
    ("header", "header"),
    ("footer", "footer"),
)


@dataclass(slots=True)
class _Look:
    """What properties say about letters; None where they say nothing and the style decides."""

    vanished: bool | None = None
    tiny: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    style: str = ""

    def take(self, name: str, element: etree._Element) -> None:
        """Take one property of a run, paragraph or style."""
        value = (attribute(element, "val") or "").casefold()
        if name == "vanish":
            self.vanished = value not in _OFF
        elif name == "sz":
            self.tiny = value.isdigit() and int(value) <= _SMALLEST_SEEN
        elif name == "color":
            self.white = value == "ffffff"
        elif name in _SHADINGS:
            fill = value if name == "highlight" else (attribute(element, "fill") or "").casefold()
            self.shaded = self.shaded or fill not in _NO_SHADE
        elif name == "rStyle":
            self.style = attribute(element, "val") or ""


@dataclass(slots=True)
class _Style:
    name: str = ""
    parent: str = ""
    level: int | None = None
    look: _Look = field(default_factory=_Look)


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    style: str = ""
    level: int | None = None
    look: _Look = field(default_factory=_Look)


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


def _read_docx(file: RawFile) -> Extraction:
    package = Package(file.data, file.options)
    main = package.main_part()
    if main.casefold().startswith(("xl/", "ppt/")):
        raise ReadError("broken", f"Not a Word file although its suffix says so: its main part is {main!r}. Give it its right suffix.")
    styles = _styles(package, main)
    outline = Outline()
    body = _Walker(outline, styles)
    body.walk(package, main)
    hidden = body.hidden
    after = Outline()
    for kind_of_part, kind in _PARTS:
        told: set[str] = set()
        for part in package.related(main, kind_of_part):
            walker = _Walker(Outline(), {}, kind)
            walker.walk(package, part)
            hidden += walker.hidden
            for section in walker.outline.finish():
                if section.kind == "hidden":
                    after.add_hidden(section.text)
                elif section.text not in told:  # first page, odd and even pages often say the same
                    told.add(section.text)
                    after.add(section.text, kind)
    sections = (*outline.finish(), *after.finish())
    if not sections:
        raise ReadError("no_text", "The document holds no text; pages made of pictures need text recognition first.")
    return Extraction(sections, core_properties(package), (f"hidden_text: {hidden}",) if hidden else ())


def _styles(package: Package, main: str) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for part in package.related(main, "styles"):
        current = _Style()
        for event, element in parse_events(package.open(part), ("start", "end")):
            name = local(element.tag)
            if event == "end":
                if name == "style":
                    element.clear()
            elif name == "style":
                current = styles.setdefault(attribute(element, "styleId") or "", _Style())
            elif name == "name":
                current.name = current.name or attribute(element, "val") or ""
            elif name == "basedOn":
                current.parent = attribute(element, "val") or ""
            elif name == "outlineLvl":
                current.level = _outline_level(attribute(element, "val"))
            else:
                current.look.take(name, element)
    return styles


def _outline_level(value: str | None) -> int | None:
    """Word counts outline levels from 0; 9 is body text."""
    return int(value) + 1 if value and value.isdigit() and int(value) < 9 else None


def heading_level(style: str, styles: dict[str, _Style]) -> int | None:
    """Give the heading level of a style, following what it is based on: title 0, heading 1 is 1; None for body text."""
    seen: set[str] = set()
    while style and style not in seen:
        seen.add(style)
        known = styles.get(style, _Style(style))
        if known.level is not None:
            return known.level
        if match := _HEADING_NAME.match(known.name):
            return int(match[1])
        if known.name.casefold() in _TITLE_NAMES:
            return 0
        style = known.parent
    return None


def _styled(what: str, style: str, styles: dict[str, _Style]) -> bool | None:
    """Look up what a style says of letters, following what it is based on."""
    seen: set[str] = set()
    while style in styles and style not in seen:
        seen.add(style)
        found: bool | None = getattr(styles[style].look, what)
        if found is not None:
            return found
        style = styles[style].parent
    return None


class _Walker:
    """Follows the events of one part and writes to an outline."""

    def __init__(self, outline: Outline, styles: dict[str, _Style], kind: SectionKind = "body") -> None:
        self.outline, self.styles, self.kind = outline, styles, kind
        self.hidden = 0
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._runs: list[_Look] = []
        self._boxes = 0
        self._coloured_page = False
        self._skipping = 0

    def walk(self, package: Package, part: str) -> None:
        for event, element in parse_events(package.open(part), ("start", "end")):
            name = local(element.tag)
            if event == "start":
                self._start(name, element)
                continue
            self._end(name, element)
            if name in ("p", "tbl") and not self._tables and not self._paragraphs:
                forget(element)
            elif name in ("p", "r"):
                element.clear()

    def _start(self, name: str, element: etree._Element) -> None:
        if name in _SKIPPED:
            self._skipping += 1
        if self._skipping:
            return
        if name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "r":
            self._runs.append(_Look())
        elif name == "tbl":
            self._tables.append(_Table())
        elif name == "txbxContent":
            self._boxes += 1
        elif name == "background":
            self._coloured_page = (attribute(element, "color") or "").casefold() not in _NO_SHADE
        elif name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif name == "tc" and self._tables:
            self._tables[-1].cell = []
        elif self._paragraphs:
            self._property(name, element)

    def _property(self, name: str, element: etree._Element) -> None:
        paragraph = self._paragraphs[-1]
        if name == "pStyle":
            paragraph.style = attribute(element, "val") or ""
        elif name == "outlineLvl":
            paragraph.level = _outline_level(attribute(element, "val"))
        elif name in _BREAKS and self._runs:
            paragraph.pieces.append(_BREAKS[name])
        elif name in _LOOKS:
            holder = element.getparent()
            owner = local(getattr(holder.getparent() if holder is not None else None, "tag", ""))
            if self._runs and owner == "r":
                self._runs[-1].take(name, element)
            elif name in _SHADINGS and local(getattr(holder, "tag", "")) == "pPr":
                paragraph.look.take(name, element)

    def _is_hidden(self, run: _Look, paragraph: _Paragraph) -> bool:
        """Tell letters that nobody sees: by the run, else by the styles of run and paragraph."""

        def look(what: str) -> bool:
            own = getattr(run, what)
            return bool(own if own is not None else _styled(what, run.style, self.styles) or _styled(what, paragraph.style, self.styles))

        if look("vanished") or look("tiny"):
            return True
        # in tables and drawings anything may stand behind white letters
        return look("white") and not (look("shaded") or paragraph.look.shaded or self._tables or self._boxes or self._coloured_page)

    def _end(self, name: str, element: etree._Element) -> None:
        if name in _SKIPPED:
            self._skipping -= 1
            return
        if self._skipping:
            return
        if name == "t" and self._paragraphs:
            paragraph = self._paragraphs[-1]
            hidden = bool(self._runs) and self._is_hidden(self._runs[-1], paragraph)
            text = element.text or ""
            self.hidden += hidden and bool(text.strip())
            (paragraph.hidden if hidden else paragraph.pieces).append(text)
        elif name == "p" and self._paragraphs:
            self._emit(self._paragraphs.pop())
        elif name == "r" and self._runs:
            self._runs.pop()
        elif name == "txbxContent":
            self._boxes -= 1
        elif name == "tc" and self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append("\n".join(self._tables[-1].cell))
        elif name == "tbl" and self._tables:
            self._emit_table(self._tables.pop())

    def _emit(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.pieces)
        self.outline.add_hidden("".join(paragraph.hidden))
        if not text.strip():
            return
        if self._tables:
            self._tables[-1].cell.append(text)
            return
        style = self.styles.get(paragraph.style, _Style(paragraph.style))
        if _CONTENTS_NAME.match(style.name):
            return
        level = paragraph.level if paragraph.level is not None else heading_level(paragraph.style, self.styles)
        if level is not None and self.kind == "body":
            self.outline.add_heading(level, text)
        else:
            self.outline.add(text, self.kind)

    def _emit_table(self, table: _Table) -> None:
        filled = [row for row in table.rows if any(cell.strip() for cell in row)]
        if self._tables:  # a table inside a cell is text of that cell
            self._tables[-1].cell.extend(row_text(row) for row in filled)
        elif sum(bool(cell.strip()) for row in filled for cell in row) == 1:
            self.outline.add(next(cell for row in filled for cell in row if cell.strip()), self.kind)  # a frame around text, no table
        else:
            for row in filled:
                self.outline.add(row_text(row), "table" if self.kind == "body" else self.kind)


DOCX = Reader("docx", (".docx", ".docm", ".dotx", ".dotm"), "Word", _read_docx, version=2, packages=("lxml",))
