"""HTML: what a reader sees, under its headings; furigana, scripts and styles left out; what a reader does not see is kept apart.

Parsed by resiliparse and walked without recursion, so that deep nesting costs neither text nor the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.document import Section, SectionKind
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
_ELEMENT, _TEXT, _CDATA, _COMMENT = 1, 3, 4, 8
_INVISIBLE = re.compile(r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?)(?=[;!]|$)")
_WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,1(?:\.0+)?)?\))(?=[;!]|$)")
_NO_COMMENT_OF_A_WRITER = re.compile(r"\s*(?:\?|\[(?:if|endif|CDATA)|<!\[|/?\*?\s*$)", re.IGNORECASE)
IN_COMMENT = "comment"
"""Locator of hidden sections that are comments in the source of a page."""

_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

FARTHEST_BACKGROUND = 30
"""Elements around white letters among which a background is looked for; because few pages have more around a word, and hostile ones have millions."""

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
        self._veiled = 0  # depth inside the outermost element that a reader does not see
        self._unseen: list[str] = []

    def text(self, value: str) -> None:
        pieces = self._unseen if self._veiled else self._pieces
        pieces.append(value if self._preformatted else re.sub(r"[ \t\r\n\f]+", " ", value))

    def comment(self, value: str) -> None:
        """Keep a comment that holds words: whoever reads the page does not see it, a model that reads its source does."""
        if words := words_of_comment(value):
            self.outline.add_hidden(words, IN_COMMENT)

    def veil(self, tag: str) -> None:
        """Enter an element that a reader does not see, or one inside it."""
        self._veiled += 1
        if tag in _BLOCKS or tag in _HEADINGS or tag in ("br", "td", "th"):
            self._unseen.append("\n")

    def enter(self, tag: str) -> None:
        if self._veiled:
            self.veil(tag)
        elif tag == "br":
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
        if tag in _PLACES and not self._veiled:
            self._places.append(_PLACES[tag])

    def leave(self, tag: str) -> None:
        if self._veiled:
            self._veiled -= 1
            if not self._veiled:
                self.outline.add_hidden("".join(self._unseen))
                self._unseen = []
            return
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


def _is_unseen(node: Any, styled: bool) -> bool:
    """Tell an element whose own attributes hide its text; a rule in a style sheet that does so is not looked for."""
    if "hidden" in node.attrs:
        return True
    style = re.sub(r"\s+", "", node.getattr("style") or "").casefold()
    if style and _INVISIBLE.search(style):
        return True
    if not _WHITE.search(style) and not (node.tag == "font" and (node.getattr("color") or "").casefold() in ("#ffffff", "#fff", "white")):
        return False
    for _ in range(FARTHEST_BACKGROUND):
        names = node.attrs
        # white letters are seen on a background, and a style sheet may give one to every class and id
        if "bgcolor" in names or "background" in (node.getattr("style") or "").casefold() or "background" in names:
            return False
        if styled and ("class" in names or "id" in names):
            return False
        node = node.parent
        if node is None or node.type != _ELEMENT:
            return True
    return False


def _walk(root: Any, page: _Page, styled: bool) -> None:
    """Go through the nodes in document order, without recursion."""
    node = root
    while node is not None:
        entered = False
        if node.type == _ELEMENT:
            if node.tag not in _DROPPED:
                (page.veil if _is_unseen(node, styled) else page.enter)(node.tag)
                entered = True
        elif node.type == _COMMENT:
            page.comment(node.value or "")
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

    tree = HTMLTree.parse(_as_html(text))
    page = _Page()
    for place in (tree.document, tree.head.parent if tree.head else None, tree.head):
        _take_comments(place, page)
    if tree.body is not None:
        _walk(tree.body, page, _is_styled(tree))
    metadata = {"title": " ".join((tree.title or "").split())}
    if tree.head is not None:
        for element in tree.head.get_elements_by_tag_name("meta"):
            name = _META_NAMES.get((element.getattr("name") or "").casefold())
            value = " ".join((element.getattr("content") or "").split())
            if name and value:
                metadata.setdefault(name, value[:10] if name in ("created", "modified") else value)
    return page.outline, tuple((name, value) for name, value in metadata.items() if value)


def _as_html(text: str) -> str:
    """Write out the end of elements that XHTML closes at once: in HTML, ``<title/>`` would swallow the page."""
    if "<?xml" not in text[:100] and "http://www.w3.org/1999/xhtml" not in text[:2000]:
        return text
    return _SELF_CLOSED.sub(lambda tag: tag[0] if tag[1].casefold() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", text)


def _take_comments(parent: Any, page: _Page) -> None:
    """Keep the comments that stand directly in an element, outside of the body."""
    node = parent.first_child if parent is not None else None
    while node is not None:
        if node.type == _COMMENT:
            page.comment(node.value or "")
        node = node.next


def _is_styled(tree: Any) -> bool:
    return any(len(tree.document.get_elements_by_tag_name(tag)) > 0 for tag in ("style", "link"))


def words_of_comment(value: str) -> str:
    """Give what the writer of a comment says there; empty for conditions, closing marks and the like of a program."""
    words = re.sub(r"<[^<>]*>", " ", value)
    return words if not _NO_COMMENT_OF_A_WRITER.match(value) and re.search(r"[^\W\d_]{2}", words) else ""


def shows_text(sections: Iterable[Section]) -> bool:
    """Tell whether there is anything but comments in the source."""
    return any(section.locator != IN_COMMENT for section in sections)


def html_warnings(sections: Iterable[Section]) -> tuple[str, ...]:
    """Count the places with hidden text; comments are no doubt about a page, nearly every one has some."""
    hidden = sum(section.kind == "hidden" and section.locator != IN_COMMENT for section in sections)
    return (f"hidden_text: {hidden}",) if hidden else ()


def _read_html(file: RawFile) -> Extraction:
    decoded = decode(file.data, html=True, forced=file.options.encoding)
    outline, metadata = html_text(decoded.text)
    sections = outline.finish()
    if not shows_text(sections):
        raise ReadError("no_text", "The page holds no text; it may be built by scripts in a browser.")
    return Extraction(sections, metadata, (*decoded.warnings, *html_warnings(sections)), decoded.encoding, decoded.basis)


HTML = Reader("html", (".html", ".htm", ".xhtml"), "HTML", _read_html, version=2, packages=("resiliparse",))
