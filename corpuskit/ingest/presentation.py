"""PowerPoint files: slides in the order shown, with title, text, tables, diagrams, comments and speaker notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import Package, core_properties, local, parse_events
from corpuskit.ingest.document import Section, SectionKind
from corpuskit.ingest.outline import Outline, row_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_TITLES = frozenset({"title", "ctrTitle"})
_NUMBERS = frozenset({"sldNum", "dt"})
_SKIPPED = frozenset({"Fallback", "rt"})
_SHAPES = frozenset({"sp", "graphicFrame", "cxnSp", "pt", "cm"})
_BREAKS = {"br": "\n", "tab": "\t"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class _Shape:
    """Text of one shape: its placeholder type, its paragraphs, and the rows if it is a table."""

    placeholder: str = ""
    paragraphs: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def _read_pptx(file: RawFile) -> Extraction:
    package = Package(file.data, file.options)
    main = package.main_part()
    if main.casefold().startswith(("xl/", "word/")):
        raise ReadError("broken", f"Not a PowerPoint file although its suffix says so: its main part is {main!r}. Give it its right suffix.")
    sections: list[Section] = []
    hidden: list[str] = []
    for number, part in enumerate(_slides(package, main), start=1):
        slide, shown = _slide(package, part, f"slide {number}")
        sections.extend(slide)
        if not shown:
            hidden.append(str(number))
    if not sections:
        raise ReadError("no_text", "The slides hold no text; slides made of pictures need text recognition first.")
    warnings = (f"hidden_slides: {', '.join(hidden)}",) if hidden else ()
    return Extraction(tuple(sections), core_properties(package), warnings)


def _slides(package: Package, main: str) -> list[str]:
    """Name the slide parts in the order of the show."""
    targets = {relation.id: relation.target for relation in package.relations(main)}
    parts = []
    for _, element in parse_events(package.open(main), ("end",)):
        if local(element.tag) == "sldId":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "")
            if target and target in package:
                parts.append(target)
    return parts


def _slide(package: Package, part: str, locator: str) -> tuple[tuple[Section, ...], bool]:
    found = _shapes(package, part)
    shapes = found.shapes
    outline = Outline()
    title = " ".join(text for shape in shapes if shape.placeholder in _TITLES for text in shape.paragraphs)
    outline.add_heading(1, " ".join(title.split()))
    for shape in shapes:
        if shape.placeholder in _TITLES or shape.placeholder in _NUMBERS:
            continue
        for row in shape.rows:
            outline.add(row_text(row), "table", locator)
        kind: SectionKind = "footer" if shape.placeholder == "ftr" else "body"
        outline.add("\n".join(shape.paragraphs), kind, locator)
    for diagram in package.related(part, "diagramData"):
        for shape in _shapes(package, diagram).shapes:
            outline.add("\n".join(shape.paragraphs), "body", locator)
    for notes in package.related(part, "notesSlide"):
        for shape in _shapes(package, notes).shapes:
            if shape.placeholder == "body":
                outline.add("\n".join(shape.paragraphs), "notes", locator)
    for comments in package.related(part, "comments"):
        for shape in _shapes(package, comments).shapes:
            outline.add("\n".join(shape.paragraphs), "comment", locator)
    # a slide with nothing but a title is text with a place, too
    return tuple(Section(s.text, s.heading, s.kind, s.locator or locator) for s in outline.finish()), found.shown


class _Shapes:
    """Collects the text of a slide, notes page, diagram or list of comments, shape by shape in document order."""

    def __init__(self) -> None:
        self.shapes = [_Shape()]
        self.shown = True
        self._pieces: list[str] = []
        self._cell: list[str] = []
        self._tables = 0

    def start(self, name: str, element: etree._Element) -> None:
        if name == "sld":
            self.shown = (element.get("show") or "1").casefold() not in ("0", "false")
        elif name in _SHAPES:
            self.shapes.append(_Shape())
        elif name == "ph":
            self.shapes[-1].placeholder = element.get("type") or "obj"
        elif name == "tbl":
            self._tables += 1
        elif name == "tr" and self._tables:
            self.shapes[-1].rows.append([])
        elif name == "tc":
            self._cell = []
        elif name == "p":
            self._pieces = []

    def end(self, name: str, element: etree._Element) -> None:
        if name == "t":
            self._pieces.append(element.text or "")
        elif name in _BREAKS:
            self._pieces.append(_BREAKS[name])
        elif name == "text" and local(getattr(element.getparent(), "tag", "")) == "cm":
            self.shapes[-1].paragraphs.append(element.text or "")
        elif name == "p":
            (self._cell if self._tables else self.shapes[-1].paragraphs).append("".join(self._pieces))
            self._pieces = []
        elif name == "tc" and self._tables and self.shapes[-1].rows:
            self.shapes[-1].rows[-1].append("\n".join(self._cell))
        elif name == "tbl":
            self._tables -= 1
        _forget(element, name)


def _shapes(package: Package, part: str) -> _Shapes:
    found = _Shapes()
    skipping = 0
    for event, element in parse_events(package.open(part), ("start", "end")):
        name = local(element.tag)
        if name in _SKIPPED:
            skipping += 1 if event == "start" else -1
        elif not skipping and event == "start":
            found.start(name, element)
        elif not skipping:
            found.end(name, element)
    return found


def _forget(element: etree._Element, name: str) -> None:
    """Free what has been read."""
    if name in ("p", "sp", "tr", "graphicFrame"):
        element.clear()


PPTX = Reader("pptx", (".pptx", ".pptm", ".ppsx", ".potx"), "PowerPoint", _read_pptx, packages=("lxml",))
