"""Guarded packages: zip with Open Packaging relations, and XML that cannot reach outside.

Everything is checked before it is parsed: a small file that unpacks to gigabytes is refused by what its directory declares,
and :mod:`zipfile` never gives more bytes than declared.
"""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO, NamedTuple, Protocol
from urllib.parse import unquote

from lxml import etree

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import MIB, ReadOptions

SMALL = 16 * MIB
"""Bytes below which the ratio is not looked at; because a short sheet of equal rows may shrink a thousandfold and harms nobody."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, etree.XMLSyntaxError, EOFError, OSError, RuntimeError)
"""What zip and XML raise on damage; :mod:`zipfile` has no class of its own for a compression that it does not know."""

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse_growth(packed: int, unpacked: int, options: ReadOptions) -> None:
    """Refuse what unpacks, or declares to unpack, to more than the limits allow.

    Raises
    ------
    ReadError
        ``too_large``: more than ``max_decompressed_bytes``, or above 16 MiB more than ``max_ratio`` times the packed bytes.
    """
    if unpacked > options.max_decompressed_bytes:
        raise ReadError("too_large", f"Unpacks to more than {options.max_decompressed_bytes:,} bytes (read.max_decompressed_bytes).")
    if unpacked > SMALL and unpacked > options.max_ratio * max(packed, 1):
        raise ReadError("too_large", f"Unpacks to more than {options.max_ratio:g} times its size (read.max_ratio), as archives made to do harm do.")


def damaged(what: object) -> ReadError:
    """Give the reason of a file that is not as it was written, with what to do."""
    told = str(what).split("\n")[0][:200].rstrip(".")
    return ReadError("broken", f"Damaged or truncated: {told}. Open it in the program that made it and save it again, or fetch it once more.")


class Relation(NamedTuple):
    """A link from one part of a package to another."""

    id: str
    kind: str
    target: str


class ZippedParts:
    """A document that is a zip of parts.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Limits; only parts that are parsed count, since pictures and films are never unpacked.
    title : str
        The format in words, for errors.
    parsed : tuple of str
        Suffixes of the parts that are parsed.

    Raises
    ------
    ReadError
        ``encrypted``, ``broken`` or ``too_large``.
    """

    def __init__(self, data: bytes, options: ReadOptions, title: str, parsed: tuple[str, ...] = (".xml",)) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            if not data.startswith(b"PK"):
                told = f"Not an {title} file although its suffix says so. Give it its right suffix, or fetch it once more."
                raise ReadError("broken", told) from error
            raise damaged("its end is missing" if "not a zip" in str(error) else error) from error
        members = self._zip.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.")
        self._members = {member.filename.lstrip("/").casefold(): member for member in members}
        self._options = options
        self._guard([member for member in members if member.filename.casefold().endswith(parsed)], options)

    @staticmethod
    def _guard(parsed: list[zipfile.ZipInfo], options: ReadOptions) -> None:
        refuse_growth(sum(member.compress_size for member in parsed), sum(member.file_size for member in parsed), options)
        for member in parsed:
            refuse_growth(member.compress_size, member.file_size, options)

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._members

    def open(self, part: str) -> IO[bytes]:
        """Open a part for reading; ``broken`` if it is missing."""
        try:
            return self._zip.open(self._members[part.casefold()])
        except KeyError:
            raise damaged(f"the file lacks its part {part!r}") from None
        except _DAMAGE as error:
            raise damaged(error) from error

    def read(self, part: str) -> bytes:
        """Give a part whole, whatever its suffix, within the limits."""
        with self.open(part) as stream:
            member = self._members[part.casefold()]
            refuse_growth(member.compress_size, member.file_size, self._options)
            try:
                return stream.read()
            except _DAMAGE as error:
                raise damaged(error) from error


class Package(ZippedParts):
    """An Open Packaging file (docx, xlsx, pptx): parts and the relations between them.

    Raises
    ------
    ReadError
        As :class:`ZippedParts`.
    """

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        if data.startswith(COMPOUND_FILE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.")
            raise ReadError("broken", "An older binary Office file under a new suffix; save it again as docx, xlsx or pptx.")
        super().__init__(data, options, "Office", (".xml", ".rels"))

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
    try:
        yield from etree.iterparse(
            stream, events=events, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
        )
    except _DAMAGE as error:
        raise damaged(error) from error


def parse_tree(stream: IO[bytes]) -> etree._Element:
    """Parse a small XML part whole, with the same guards."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.parse(stream, parser).getroot()
    except _DAMAGE as error:
        raise damaged(error) from error


class Target(Protocol):
    """Takes what is met in XML: elements with mixed text, in their order."""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """Take the begin of an element."""

    def end(self, tag: str, /) -> None:
        """Take the end of an element."""

    def data(self, text: str, /) -> None:
        """Take text; one text may come in several pieces."""

    def close(self) -> None:
        """Take the end of the file."""


def parse_into(stream: IO[bytes], target: Target) -> None:
    """Parse XML without building a tree, with the same guards; internal entities are resolved up to the parser's limit of growth.

    For formats whose text stands between elements, which a stream of events does not give in time.
    """
    parser = etree.XMLParser(
        target=target,  # type: ignore[arg-type]  # the stubs ask for a method for comments, which are removed here
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        while piece := stream.read(2**16):
            parser.feed(piece)
        parser.close()
    except _DAMAGE as error:
        raise damaged(error) from error


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
    """Read title, author, subject, category and dates that an Office file gives itself."""
    names = {"title": "title", "creator": "author", "subject": "subject", "created": "created", "modified": "modified", "category": "category"}
    found: dict[str, str] = {}
    for part in package.related("", "core-properties"):
        for _, element in parse_events(package.open(part), ("end",)):
            name = names.get(local(element.tag))
            text = " ".join((element.text or "").split())
            if name and text:
                found[name] = text[:10] if name in ("created", "modified") else text
    return tuple((name, found[name]) for name in names.values() if name in found)
