"""XML of any kind: its text block by block, under the elements that name a title; tables of records become rows.

Feeds give their entries, and what Office programs save as XML is read by the readers of those programs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from lxml import etree

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import attribute, local, parse_tree
from corpuskit.ingest.decoding import Decoded, decode
from corpuskit.ingest.document import Section
from corpuskit.ingest.markup import HTML, html_text
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table, has_named_columns, roles
from corpuskit.ingest.office import DOCX
from corpuskit.ingest.opendocument import ODT
from corpuskit.ingest.outline import LONGEST_HEADING, Outline
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions

FEWEST_RECORDS = 5
"""Equal children of one element; because fewer are parts of a document as often as rows of a table."""

LEAST_SHARE_OF_RECORDS = 0.9
"""Share of the children that are records of the same name; because exports put a head of their own before the rows, and little else."""

LEAST_SHARE_FILLED = 0.5
"""Share of cells that are filled; because elements that share no columns are no rows of one table."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_TITLES = frozenset({"title", "head", "heading", "subtitle"} | {f"h{level}" for level in range(1, 7)})
_PARAGRAPHS = frozenset({"p", "para", "paragraph", "simpara", "li", "entry", "td", "th", "term", "title", "head", "heading", "caption"})
_DROPPED = frozenset({"rt", "rp", "script", "style", "binary", "bindata", "instrtext", "deltext"})
_FEEDS = frozenset({"rss", "feed", "rdf"})
_TEXTS_OF_ENTRY = ("encoded", "content", "description", "summary")


def _read_xml(file: RawFile) -> Extraction:
    decoded = decode(file.data, html=True)
    text = _DECLARATION.sub("", decoded.text.lstrip("\ufeff"), count=1)
    root = parse_tree(BytesIO(text.encode("utf-8", "replace")))
    name = local(root.tag).casefold()
    if name == "package" and (docx := _flat_word(root)):
        return DOCX.extract(replace(file, data=docx))
    if name == "document" and "opendocument" in root.tag:
        return ODT.extract(file)
    if name == "html":
        return HTML.extract(file)
    if name in _FEEDS:
        return _from_feed(root, decoded)
    return _from_tree(root, decoded, file.options)


def _flat_word(root: etree._Element) -> bytes:
    """Put the parts of a Word file that was saved as one XML into a package; empty if it is none."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for part in root:
            data = next((child for child in part if local(child.tag) == "xmlData"), None)
            if data is not None and len(data):
                package.writestr((attribute(part, "name") or "").lstrip("/"), etree.tostring(data[0], encoding="utf-8"))
        found = any(name.startswith("word/") for name in package.namelist())
    return stream.getvalue() if found else b""


def _from_feed(root: etree._Element, decoded: Decoded) -> Extraction:
    outline = Outline()
    channel = next((element for element in root.iter() if local(element.tag) in ("channel", "feed")), root)
    title = _child_text(channel, ("title",))
    outline.add_heading(1, title)
    outline.add(_child_text(channel, ("description", "subtitle", "tagline")))
    for entry in (element for element in root.iter() if local(element.tag) in ("item", "entry")):
        outline.add_heading(2, _plain(_child_text(entry, ("title",))))
        outline.add(_plain(_child_text(entry, _TEXTS_OF_ENTRY)))
    found = {"title": title, "author": _child_text(channel, ("creator", "author", "managingEditor"))}
    return _extraction(outline.finish(), tuple((name, value) for name, value in found.items() if value), (), decoded)


def _child_text(element: etree._Element, names: tuple[str, ...]) -> str:
    """Give the text of the first child that has one of the names, in the order of the names."""
    for name in names:
        for child in element:
            if local(child.tag) == name and (text := _text(child).strip()):
                return text
    return ""


def _plain(text: str) -> str:
    """Give the text of HTML that stands inside an element; feeds write entries so."""
    if "<" not in text and "&" not in text:
        return text
    return "\n".join("\n".join((*section.heading[-1:], section.text)) for section in html_text(text)[0].finish() if section.kind != "hidden")


def _from_tree(root: etree._Element, decoded: Decoded, options: ReadOptions) -> Extraction:
    tables = {element: table for element in root.iter() if isinstance(element.tag, str) and (table := _records(element)) is not None}
    named = {element: table for element, table in tables.items() if has_named_columns(table, options)}
    if tables and not named:
        # one table with the named columns is enough; without any, the message of the first says what there is
        roles(next(iter(tables.values())), options)
    walker = _Tree(named, options)
    walker.write(root)
    return _extraction(tuple(walker.finish()), tuple(walker.metadata), tuple(walker.warnings), decoded)


def _extraction(sections: tuple[Section, ...], metadata: tuple[tuple[str, str], ...], warnings: tuple[str, ...], decoded: Decoded) -> Extraction:
    if not sections:
        raise ReadError("no_text", "The XML holds no text between its elements.")
    return Extraction(sections, metadata, (*decoded.warnings, *warnings), decoded.encoding, decoded.basis)


class _Tree:
    """Writes a tree of elements to sections: titles by how deep they stand, paragraphs, and tables as rows."""

    def __init__(self, tables: dict[etree._Element, Table], options: ReadOptions) -> None:
        self.metadata: list[tuple[str, str]] = []
        self.warnings: list[str] = []
        self._tables, self._options = tables, options
        self._sections: list[Section] = []
        self._outline = Outline()

    def write(self, root: etree._Element) -> None:
        """Go through the tree in document order, without recursion."""
        pending: list[tuple[etree._Element, int]] = [(root, 1)]
        while pending:
            element, level = pending.pop()
            name = local(element.tag).casefold()
            if not name or name in _DROPPED:
                continue
            if element in self._tables:
                self._rows(self._tables[element], _tag_of_records(element))
                pending += [(child, level) for child in reversed(element) if local(child.tag) != _tag_of_records(element)]
            elif name in _PARAGRAPHS or _has_own_text(element) or not len(element):
                self._block(name, level, _text(element))
            else:
                deeper = level + any(local(child.tag).casefold() in _TITLES for child in element)
                pending += [(child, deeper) for child in reversed(element)]

    def _block(self, name: str, level: int, text: str) -> None:
        if name in _TITLES and len(text) <= LONGEST_HEADING:
            self._outline.add_heading(level, text)
        else:
            self._outline.add(text)

    def _rows(self, table: Table, name: str) -> None:
        self._sections += self._outline.finish()
        self._outline = Outline()
        kept = Table(table.columns, table.rows[: self._options.max_rows], table.numbers[: self._options.max_rows], name)
        found = row_sections(kept, self._options)
        self._sections += found.sections
        self.metadata += [(role, f"{name}: {columns}") for role, columns in found.metadata]
        self.warnings += [f"{warning} ({name})" for warning in found.warnings]
        if left_out := len(table.rows) - len(kept.rows):
            self.warnings.append(f"rows_left_out: {left_out}")

    def finish(self) -> Iterator[Section]:
        """Give all sections."""
        yield from self._sections
        yield from self._outline.finish()


def _has_own_text(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _text(element: etree._Element) -> str:
    """Give the text of an element and of all inside it, in order; line ends are those of the layout, and furigana are left out."""
    pieces: list[str] = []
    dropped = 0
    for event, one in etree.iterwalk(element, events=("start", "end")):
        out = local(one.tag).casefold() in _DROPPED or not isinstance(one.tag, str)
        if event == "start":
            dropped += out
            if not dropped:
                pieces.append(one.text or "")
        else:
            dropped -= out
            if not dropped and one is not element:
                pieces.append(one.tail or "")
    return " ".join("".join(pieces).split())


def _tag_of_records(element: etree._Element) -> str:
    counts = Counter(local(child.tag) for child in element)
    return counts.most_common(1)[0][0] if counts else ""


def _records(element: etree._Element) -> Table | None:
    """Recognise a table: many children of one name whose attributes and children without children are its columns."""
    if len(element) < FEWEST_RECORDS:
        return None
    tag = _tag_of_records(element)
    records = [child for child in element if local(child.tag) == tag]
    if not tag or len(records) < max(FEWEST_RECORDS, LEAST_SHARE_OF_RECORDS * len(element)):
        return None
    rows: list[dict[str, str]] = []
    for record in records:
        row = _row(record)
        if row is None:
            return None
        rows.append(row)
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    if len(columns) < 2 or sum(len(row) for row in rows) < LEAST_SHARE_FILLED * len(columns) * len(rows):
        return None
    return Table(columns, [[row.get(name, "") for name in columns] for row in rows], range(1, len(rows) + 1))


def _row(record: etree._Element) -> dict[str, str] | None:
    """Give the columns of a record; None where it is no record: text beside its children, deeper children, or a name twice."""
    if local(record.tag).casefold() in _PARAGRAPHS or (len(record) and _has_own_text(record)):
        return None
    row = {local(name): str(value) for name, value in record.attrib.items()}
    seen: set[str] = set()
    for child in record:
        name = local(child.tag)
        if not name or len(child) or name in seen:
            return None
        seen.add(name)
        if child.text and child.text.strip():
            row[name] = child.text
    if not len(record) and record.text and record.text.strip():
        return None  # a paragraph with attributes is no record
    return row


XML = Reader("xml", (".xml",), "XML", _read_xml, packages=("lxml", "resiliparse"))
