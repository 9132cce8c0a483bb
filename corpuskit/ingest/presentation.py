"""PowerPoint files: slides in the order shown, with title, text, tables, diagrams, comments and speaker notes.

Letters of no size are kept apart, and white letters where nothing can stand behind them: a reader does not see them, a model does.
"""

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
_FILLS = frozenset({"solidFill", "gradFill", "blipFill", "pattFill"})
_SMALLEST_SEEN = 100  # hundredths of a point
_BREAKS = {"br": "\n", "tab": "\t"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class _Shape:
    """Text of one shape: its placeholder type, its paragraphs, and the rows if it is a table."""

    placeholder: str = ""
    paragraphs: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def _read_pptx(file: RawFile) -> Extraction:
    package = Package(file.data, file.options)
    main = package.main_part()
    if main.casefold().startswith(("xl/", "word/")):
        raise ReadError("broken", f"Not a PowerPoint file although its suffix says so: its main part is {main!r}. Give it its right suffix.")
    sections: list[Section] = []
    hidden: list[str] = []
    slides = _slides(package, main)
    for number, part in enumerate(slides[: file.options.max_pages], start=1):
        slide, shown = _slide(package, part, f"slide {number}")
        sections.extend(slide)
        if not shown:
            hidden.append(str(number))
    if not sections:
        raise ReadError("no_text", "The slides hold no text; slides made of pictures need text recognition first.")
    left_out = max(0, len(slides) - file.options.max_pages)
    unseen = sum(section.kind == "hidden" for section in sections)
    counted = (
        (f"hidden_slides: {', '.join(hidden)}", len(hidden)),
        (f"pages_left_out: {left_out}", left_out),
        (f"hidden_text: {unseen}", unseen),
    )
    return Extraction(tuple(sections), core_properties(package), tuple(warning for warning, count in counted if count))


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
    if found.white and _is_bare(package, part):
        found = _shapes(package, part, bare=True)
    shapes = found.shapes
    outline = Outline()
    title = " ".join(text for shape in shapes if shape.placeholder in _TITLES for text in shape.paragraphs)
    outline.add_heading(1, " ".join(title.split()))
    for shape in shapes:
        outline.add_hidden("\n".join(shape.hidden), locator)
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


def _is_bare(package: Package, part: str) -> bool:
    """Tell a slide on white on which nothing is drawn: no picture, no filled shape, on the slide itself or on the layout and master below."""
    layout = next(iter(package.related(part, "slideLayout")), "")
    master = next(iter(package.related(layout, "slideMaster")), "") if layout else ""
    theme = next(iter(package.related(master, "theme")), "") if master else ""
    return bool(theme) and all(_draws_nothing(package, one) for one in (part, layout, master)) and _is_white_theme(package, theme)


def _draws_nothing(package: Package, part: str) -> bool:
    for _, element in parse_events(package.open(part), ("start",)):
        name, parent = local(element.tag), local(getattr(element.getparent(), "tag", ""))
        if name in ("pic", "bgPr", "overrideClrMapping", "graphicFrame") or (name in _FILLS and parent in ("spPr", "grpSpPr")):
            return False
        if (name == "fillRef" and element.get("idx") != "0") or (name == "clrMap" and element.get("bg1") != "lt1"):
            return False
        if name == "schemeClr" and parent == "bgRef" and element.get("val") not in ("bg1", "lt1"):
            return False
    return True


def _is_white_theme(package: Package, theme: str) -> bool:
    for _, element in parse_events(package.open(theme), ("start",)):
        if local(getattr(element.getparent(), "tag", "")) == "lt1":
            return (element.get("lastClr") or element.get("val") or "").casefold() in ("ffffff", "window")
    return False


class _Shapes:
    """Collects the text of a slide, notes page, diagram or list of comments, shape by shape in document order.

    ``bare``: nothing stands behind the letters, so that white ones are not seen.
    """

    def __init__(self, bare: bool = False) -> None:
        self.shapes = [_Shape()]
        self.shown = True
        self.white = False
        self._bare = bare
        self._unseen = False
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
        elif name in ("r", "fld"):
            self._unseen = False
        elif name == "rPr":
            size = element.get("sz") or ""
            self._unseen = size.isdigit() and int(size) <= _SMALLEST_SEEN
        elif name == "srgbClr" and (element.get("val") or "").casefold() == "ffffff":
            self._white_letters(element)

    def _white_letters(self, colour: etree._Element) -> None:
        fill = colour.getparent()
        owner = fill.getparent() if fill is not None else None
        if fill is None or owner is None or self._tables:
            return
        if local(owner.tag) == "rPr" and local(fill.tag) == "solidFill":
            self.white = True
            self._unseen = self._unseen or self._bare

    def end(self, name: str, element: etree._Element) -> None:
        if name == "t" and self._unseen:
            self.shapes[-1].hidden.append(element.text or "")
        elif name == "t":
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


def _shapes(package: Package, part: str, bare: bool = False) -> _Shapes:
    found = _Shapes(bare)
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


PPTX = Reader("pptx", (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), "PowerPoint", _read_pptx, version=2, packages=("lxml",))
