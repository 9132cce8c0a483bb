"""HTML: what a reader sees, under its headings; furigana, scripts and styles left out.

Parsed by resiliparse and walked without recursion, so that deep nesting costs neither text nor the stack.
"""

from __future__ import annotations

import re
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.document import SectionKind
from corpuskit.ingest.outline import Outline, clean, row_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_DROPPED = frozenset({
    "rt", "rp", "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "canvas", "audio", "video", "textarea",
    "select", "datalist",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "header", "hgroup", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "ul", "legend", "caption", "tr", "option",
})  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_PLACES: dict[str, SectionKind] = {"nav": "header", "footer": "footer"}
_ELEMENT, _TEXT, _CDATA = 1, 3, 4
_META_NAMES = {"author": "author", "description": "subject", "date": "created", "dcterms.created": "created", "dcterms.modified": "modified"}


class _Page:
    """Writes the nodes of a page, met in document order, to an outline."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._pieces: list[str] = []
        self._heading = 0
        self._places: list[SectionKind] = []
        self._rows: list[list[str]] = []  # the open row of each open table
        self._cells: list[list[str]] = []  # the paragraphs of each open cell
        self._preformatted = 0

    def text(self, value: str) -> None:
        self._pieces.append(value if self._preformatted else re.sub(r"[ \t\r\n\f]+", " ", value))

    def enter(self, tag: str) -> None:
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _HEADINGS:
            self._end()
            self._heading = _HEADINGS[tag]
        elif tag in ("td", "th"):
            self._end()
            self._cells.append([])
        elif tag in _BLOCKS:
            self._end()
            if tag == "tr":
                self._rows.append([])
            elif tag == "pre":
                self._preformatted += 1
        if tag in _PLACES:
            self._places.append(_PLACES[tag])

    def leave(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BLOCKS or tag in ("td", "th"):
            self._end()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag in ("td", "th") and self._cells:
            cell = " ".join(self._cells.pop())
            if self._rows:
                self._rows[-1].append(cell)
            else:
                self.outline.add(cell, self._kind())
        elif tag == "tr" and self._rows:
            self._row(self._rows.pop())
        elif tag == "pre":
            self._preformatted -= 1
        if tag in _PLACES and self._places:
            self._places.pop()

    def _kind(self) -> SectionKind:
        return self._places[-1] if self._places else "body"

    def _row(self, cells: list[str]) -> None:
        filled = [cell for cell in cells if cell.strip()]
        if self._cells:  # a table inside a cell is text of that cell
            self._cells[-1].extend(filled)
        elif len(cells) == 1 and filled:
            self.outline.add(filled[0], self._kind())
        elif filled:
            self.outline.add(row_text(cells), "table" if self._kind() == "body" else self._kind())

    def _end(self) -> None:
        text = clean("".join(self._pieces))
        self._pieces = []
        if not text:
            return
        if self._cells:
            self._cells[-1].append(text)
        elif self._heading and self._kind() == "body":
            self.outline.add_heading(self._heading, text)
        else:
            self.outline.add(text, self._kind())


def _walk(root: Any, page: _Page) -> None:
    """Go through the nodes in document order, without recursion."""
    node = root
    while node is not None:
        entered = False
        if node.type == _ELEMENT:
            if node.tag not in _DROPPED and "hidden" not in node.attrs:
                page.enter(node.tag)
                entered = True
        elif node.type in (_TEXT, _CDATA):
            page.text(node.value or "")
        child = node.first_child if entered else None
        if child is not None:
            node = child
            continue
        if entered:
            page.leave(node.tag)
        while node is not None and node != root and node.next is None:
            node = node.parent
            if node is not None:
                page.leave(node.tag)
        node = None if node is None or node == root else node.next


def html_text(text: str) -> tuple[Outline, tuple[tuple[str, str], ...]]:
    """Read a page: the outline and what it says of itself."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(text)
    page = _Page()
    if tree.body is not None:
        _walk(tree.body, page)
    metadata = {"title": " ".join((tree.title or "").split())}
    if tree.head is not None:
        for element in tree.head.get_elements_by_tag_name("meta"):
            name = _META_NAMES.get((element.getattr("name") or "").casefold())
            value = " ".join((element.getattr("content") or "").split())
            if name and value:
                metadata.setdefault(name, value[:10] if name in ("created", "modified") else value)
    return page.outline, tuple((name, value) for name, value in metadata.items() if value)


def _read_html(file: RawFile) -> Extraction:
    decoded = decode(file.data, html=True)
    outline, metadata = html_text(decoded.text)
    sections = outline.finish()
    if not sections:
        raise ReadError("no_text", "The page holds no text; it may be built by scripts in a browser.")
    return Extraction(sections, metadata, decoded.warnings, decoded.encoding)


HTML = Reader("html", (".html", ".htm", ".xhtml"), "HTML", _read_html, packages=("resiliparse",))
