"""E-books (.epub): the chapters in their reading order, under their headings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import ZippedParts, attribute, local, parse_events, parse_tree
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.document import Section
from corpuskit.ingest.markup import html_text, html_warnings, shows_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PARSED = (".xml", ".opf", ".ncx", ".xhtml", ".html", ".htm")
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_OBFUSCATIONS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts are masked with these, which locks nothing."""

_NAMES = {"title": "title", "creator": "author", "subject": "subject", "date": "created"}


class _Item(NamedTuple):
    path: str
    media_type: str
    properties: str


def _read_epub(file: RawFile) -> Extraction:
    package = ZippedParts(file.data, file.options, "EPUB", _PARSED)
    root = _package_document(package)
    folder = posixpath.dirname(root)
    tree = parse_tree(package.open(root))
    pages = [item for item in _reading_order(tree, folder) if item.path in package]
    locked = _locked(package)
    if any(page.path.casefold() in locked for page in pages):
        raise ReadError("encrypted", "Protected by a rights management system. Leave it out, or get it without.")
    sections: list[Section] = []
    warnings: list[str] = []
    for page in pages:
        # pages are XML, which says its encoding itself: what the options name for text files is none of theirs
        decoded = decode(package.read(page.path), html=True)
        found = html_text(decoded.text)[0].finish()
        sections += found
        warnings += decoded.warnings
    if not shows_text(sections):
        raise ReadError("no_text", "The book holds no text; pages made of pictures need text recognition first.")
    return Extraction(tuple(sections), _metadata(tree), (*dict.fromkeys(warnings), *html_warnings(sections)))


def _package_document(package: ZippedParts) -> str:
    """Name the part that lists the others."""
    if _CONTAINER in package:
        for _, element in parse_events(package.open(_CONTAINER), ("end",)):
            path = element.get("full-path")
            if local(element.tag) == "rootfile" and path and path in package:
                return str(path)
    raise ReadError("broken", "Not an EPUB file: it does not say where its contents are listed.")


def _reading_order(tree: etree._Element, folder: str) -> Iterator[_Item]:
    """Give the pages of the spine, each once; the table of contents is left out."""
    items: dict[str, _Item] = {}
    order: list[str] = []
    for element in tree.iter():
        name = local(element.tag)
        if name == "item":
            path = posixpath.normpath(posixpath.join(folder, unquote(element.get("href") or "")))
            items[element.get("id") or ""] = _Item(path, (element.get("media-type") or "").casefold(), element.get("properties") or "")
        elif name == "itemref":
            order.append(element.get("idref") or "")
    for item in (items[id_] for id_ in dict.fromkeys(order) if id_ in items):
        if item.media_type in _PAGES and "nav" not in item.properties.split():
            yield item


def _locked(package: ZippedParts) -> frozenset[str]:
    """Name the parts that are really encrypted, in lower case."""
    if _ENCRYPTION not in package:
        return frozenset()
    found: set[str] = set()
    algorithm = ""
    for _, element in parse_events(package.open(_ENCRYPTION), ("end",)):
        name = local(element.tag)
        if name == "EncryptionMethod":
            algorithm = element.get("Algorithm") or ""
        elif name == "CipherReference" and not algorithm.startswith(_OBFUSCATIONS):
            found.add(posixpath.normpath(unquote(element.get("URI") or "").lstrip("/")).casefold())
    return frozenset(found)


def _metadata(tree: etree._Element) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for element in tree.iter():
        text = " ".join((element.text or "").split())
        name = _NAMES.get(local(element.tag), "")
        if attribute(element, "property") == "dcterms:modified":
            name = "modified"
        if name and text:
            found.setdefault(name, text[:10] if name in ("created", "modified") else text)
    return tuple((name, found[name]) for name in ("title", "author", "subject", "created", "modified") if name in found)


EPUB = Reader("epub", (".epub",), "E-book", _read_epub, packages=("lxml", "resiliparse"))
