"""Compressed containers: guarded gzip, guarded zip with Open Packaging relations, and XML that cannot reach outside.

Everything is checked before it is parsed: a small file that unpacks to gigabytes is refused by what its directory declares,
and :mod:`zipfile` never gives more bytes than declared.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, NamedTuple
from urllib.parse import unquote

from lxml import etree

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import MIB, ReadOptions

SMALL = 16 * MIB
"""Bytes below which the ratio is not looked at; because a short sheet of equal rows may shrink a thousandfold and harms nobody."""

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def unpack_gzip(data: bytes, options: ReadOptions) -> bytes:
    """Unpack a gzip file (one or more members).

    Raises
    ------
    ReadError
        ``too_large``: unpacks to more than the limits allow. ``broken``: no gzip, or cut off.
    """
    parts: list[bytes] = []
    total, rest = 0, data
    while rest:
        machine = zlib.decompressobj(wbits=31)
        try:
            part = machine.decompress(rest, options.max_decompressed_bytes - total + 1)
        except zlib.error as error:
            if parts and not rest.strip(b"\x00"):
                break  # zeros behind the last member are padding of tapes and block devices
            raise ReadError("broken", f"The gzip file cannot be unpacked: {error}.") from error
        total += len(part)
        _refuse_growth(len(data), total, options)
        if not machine.eof:
            raise ReadError("broken", "The gzip file is cut off before its end.")
        parts.append(part)
        rest = machine.unused_data
    return b"".join(parts)


def _refuse_growth(packed: int, unpacked: int, options: ReadOptions) -> None:
    if unpacked > options.max_decompressed_bytes:
        raise ReadError("too_large", f"Unpacks to more than {options.max_decompressed_bytes:,} bytes (read.max_decompressed_bytes).")
    if unpacked > SMALL and unpacked > options.max_ratio * max(packed, 1):
        raise ReadError("too_large", f"Unpacks to more than {options.max_ratio:g} times its size (read.max_ratio), as archives made to do harm do.")


class Relation(NamedTuple):
    """A link from one part of a package to another."""

    id: str
    kind: str
    target: str


class Package:
    """An Open Packaging file (docx, xlsx, pptx): parts and the relations between them.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Limits; only XML parts count, since pictures and films are never unpacked.

    Raises
    ------
    ReadError
        ``encrypted``, ``broken`` or ``too_large``.
    """

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        if data.startswith(COMPOUND_FILE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.")
            raise ReadError("broken", "An older binary Office file under a new suffix; save it again as docx, xlsx or pptx.")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise ReadError("broken", f"Not a whole Office file: {error}.") from error
        members = self._zip.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.")
        self._members = {member.filename.lstrip("/").casefold(): member for member in members}
        parsed = [member for member in members if member.filename.casefold().endswith((".xml", ".rels"))]
        _refuse_growth(sum(member.compress_size for member in parsed), sum(member.file_size for member in parsed), options)
        for member in parsed:
            _refuse_growth(member.compress_size, member.file_size, options)

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._members

    def open(self, part: str) -> IO[bytes]:
        """Open a part for reading; ``broken`` if it is missing."""
        try:
            return self._zip.open(self._members[part.casefold()])
        except KeyError:
            raise ReadError("broken", f"The file lacks its part {part!r}.") from None

    def main_part(self) -> str:
        """Name the part that holds the document itself."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return relation.target
        raise ReadError("broken", "Not an Office file: no main document inside.")

    def relations(self, part: str) -> list[Relation]:
        """List the parts that a part points to, in the order of the file; links to the outside are left out and never opened."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return []
        found = []
        for _, element in parse_events(self.open(rels), ("end",)):
            if local(element.tag) == "Relationship" and element.get("TargetMode") != "External":
                target = unquote(element.get("Target", ""))
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found.append(Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path))
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """Name the existing parts of one kind that a part points to, each once."""
        return list(dict.fromkeys(relation.target for relation in self.relations(part) if relation.kind == kind and relation.target in self))


def parse_events(stream: IO[bytes], events: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """Parse XML as a stream of events: no entity is resolved, nothing is loaded, depth and size are bounded by the parser."""
    yield from etree.iterparse(
        stream, events=events, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )


def parse_tree(stream: IO[bytes]) -> etree._Element:
    """Parse a small XML part whole, with the same guards."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True)
    return etree.parse(stream, parser).getroot()


def local(tag: object) -> str:
    """Give the name of an element without its namespace: transitional and strict Office files differ only there."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def forget(element: etree._Element) -> None:
    """Free an element that has been read, and its elder siblings: a stream of rows must not become a tree of them."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def attribute(element: etree._Element, name: str) -> str | None:
    """Give an attribute whatever its namespace."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return str(value)
    return None


def core_properties(package: Package) -> tuple[tuple[str, str], ...]:
    """Read title, author, subject and dates that an Office file gives itself."""
    names = {"title": "title", "creator": "author", "subject": "subject", "created": "created", "modified": "modified"}
    found: dict[str, str] = {}
    for part in package.related("", "core-properties"):
        for _, element in parse_events(package.open(part), ("end",)):
            name = names.get(local(element.tag))
            text = " ".join((element.text or "").split())
            if name and text:
                found[name] = text[:10] if name in ("created", "modified") else text
    return tuple((name, found[name]) for name in names.values() if name in found)
