"""OpenDocument files: texts, slides, drawings and sheets, zipped or as flat XML.

What a file is says its content, not its suffix. The walkers are in ``opendocument_text`` and ``opendocument_sheets``.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import IO

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import Target, ZippedParts, local, parse_events, parse_into
from corpuskit.ingest.document import Section
from corpuskit.ingest.opendocument_sheets import SheetWalker
from corpuskit.ingest.opendocument_text import TextWalker
from corpuskit.ingest.reader import Extraction, RawFile, Reader
from corpuskit.ingest.sheets import sheet_sections

_MANIFEST = "META-INF/manifest.xml"
_OFFICE = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_META = {
    "title": "title",
    "initial-creator": "author",
    "creator": "author",
    "subject": "subject",
    "creation-date": "created",
    "date": "modified",
}

Open = Callable[[], IO[bytes]]


def _read_opendocument(file: RawFile) -> Extraction:
    parts = _parts(file)
    sheets = _is_spreadsheet(parts[-1])
    metadata: tuple[tuple[str, str], ...] = ()
    for part in parts:
        metadata = metadata or _metadata(part())
    if sheets:
        return _from_sheets(file, parts, metadata)
    walker = TextWalker(file.options)
    _feed(parts, walker)
    sections = walker.finish()
    if not sections:
        raise ReadError("no_text", "The document holds no text; pages made of pictures need text recognition first.")
    counted = (
        (f"hidden_slides: {', '.join(walker.hidden_slides)}", len(walker.hidden_slides)),
        (f"pages_left_out: {walker.slides_left_out}", walker.slides_left_out),
        (f"hidden_text: {walker.hidden}", walker.hidden),
    )
    return Extraction(sections, metadata, tuple(warning for warning, count in counted if count))


def _parts(file: RawFile) -> list[Open]:
    """List the XML parts to read in their order, the content last; a flat file is its own content."""
    if not file.data.startswith(b"PK"):
        if _OFFICE not in file.data[: 2**16].replace(b"\x00", b""):
            raise ReadError("broken", "Not an OpenDocument file: neither a zip nor XML of that kind.")
        return [lambda: BytesIO(file.data)]
    package = ZippedParts(file.data, file.options, "OpenDocument")
    if _MANIFEST in package and any(local(element.tag) == "encryption-data" for _, element in parse_events(package.open(_MANIFEST), ("end",))):
        raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.")
    if "content.xml" not in package:
        raise ReadError("broken", "Not an OpenDocument file: no content inside.")
    present = [name for name in ("meta.xml", "styles.xml", "content.xml") if name in package]
    return [lambda name=name: package.open(name) for name in present]  # type: ignore[misc]  # the default binds the name


def _is_spreadsheet(content: Open) -> bool:
    inside = False
    for _, element in parse_events(content(), ("start",)):
        name = local(element.tag)
        if inside:
            return name == "spreadsheet"
        inside = name == "body"
    return False


def _metadata(part: IO[bytes]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for event, element in parse_events(part, ("start", "end")):
        name = local(element.tag)
        if name in ("body", "styles", "automatic-styles") or (name == "meta" and event == "end"):
            break
        text = " ".join((element.text or "").split()) if event == "end" else ""
        if name in _META and text:
            found[name] = text
    chosen: dict[str, str] = {}
    for theirs, ours in _META.items():
        if theirs in found:
            chosen.setdefault(ours, found[theirs][:10] if ours in ("created", "modified") else found[theirs])
    return tuple(chosen.items())


def _feed(parts: list[Open], walker: Target) -> None:
    for part in parts:
        parse_into(part(), walker)


def _from_sheets(file: RawFile, parts: list[Open], metadata: tuple[tuple[str, str], ...]) -> Extraction:
    walker = SheetWalker(file.options)
    _feed(parts, walker)
    found = sheet_sections([(sheet.name, sheet.rows) for sheet in walker.sheets], file.options)
    sections: list[Section] = []
    for sheet, of_sheet in zip(walker.sheets, found.sections, strict=True):
        sections += of_sheet
        if sheet.comments:
            sections.append(Section("\n".join(dict.fromkeys(sheet.comments)), (sheet.name,), "comment", sheet.name))
    if not sections:
        raise ReadError("no_text", "The workbook holds no text.")
    hidden = (f"hidden_sheets: {walker.hidden_sheets}",) if walker.hidden_sheets else ()
    return Extraction(tuple(sections), (*metadata, *found.metadata), (*hidden, *walker.room.warnings(), *found.warnings))


ODT = Reader("odt", (".odt", ".ott", ".fodt"), "OpenDocument text", _read_opendocument, packages=("lxml",))
ODS = Reader("ods", (".ods", ".ots", ".fods"), "OpenDocument spreadsheet", _read_opendocument, packages=("lxml",))
ODP = Reader("odp", (".odp", ".otp", ".fodp", ".odg"), "OpenDocument presentation", _read_opendocument, packages=("lxml",))
