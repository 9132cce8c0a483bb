"""Builds the sections of a document from headings and paragraphs met in reading order."""

from __future__ import annotations

import re
import unicodedata

from corpuskit.ingest.document import Section, SectionKind

LONGEST_HEADING = 200
"""Characters; because a longer "heading" is body text that somebody styled as one (a heading path of it would be no name of anything)."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n\t]+")
_CJK = re.compile(r"[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def clean(text: str) -> str:
    """Remove control characters, unify line ends and runs of blanks, strip every line; blank lines go.

    The ideographic space U+3000 counts as a blank. Lone surrogates go too: they cannot be written as UTF-8.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def join(left: str, right: str) -> str:
    """Join two lines of one paragraph: without a space where both sides are Chinese, Japanese or full-width, else with one.

    A line end cuts Japanese words anywhere, so a space there would split them.
    """
    if not left or not right:
        return left + right
    between = "" if _CJK.match(left[-1]) and _CJK.match(right[0]) else " "
    return left + between + right


def width(text: str) -> int:
    """Give the width in cells of a terminal: wide East Asian characters count 2."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Outline:
    """Collects headings and paragraphs and gives sections.

    Text of one kind and place under one heading becomes one section. A heading with nothing below it becomes text under its parent,
    so that no heading is lost.
    """

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []
        self._lines: list[str] = []
        self._kind: SectionKind = "body"
        self._locator = ""
        self._bare = False  # the last heading has had no text and no heading below it yet
        self._hidden: dict[tuple[tuple[str, ...], str], list[str]] = {}
        self.sections: list[Section] = []

    @property
    def heading(self) -> tuple[str, ...]:
        """The heading path in force, outermost first."""
        return tuple(title for _, title in self._path)

    def add_heading(self, level: int, title: str) -> None:
        """Start a part: headings of the same or a deeper level end."""
        title = clean(title).replace("\n", " ").replace("\t", " ")
        if not title:
            return
        if len(title) > LONGEST_HEADING:
            self.add(title)
            return
        self._flush()
        if self._bare and self._path and level <= self._path[-1][0]:
            self._keep_bare_heading()
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, title))
        self._bare = True

    def add(self, text: str, kind: SectionKind = "body", locator: str = "") -> None:
        """Add one or more paragraphs; blank text is nothing."""
        text = clean(text)
        if not text:
            return
        if (kind, locator) != (self._kind, self._locator):
            self._flush()
            self._kind, self._locator = kind, locator
        self._lines.append(text)
        self._bare = False

    def add_hidden(self, text: str, locator: str = "") -> None:
        """Keep text that a reader does not see: after everything else, under the heading at which it stands, so that it cuts no section in two."""
        if text := clean(text):
            self._hidden.setdefault((self.heading, locator), []).append(text)

    def finish(self) -> tuple[Section, ...]:
        """Give all sections."""
        self._flush()
        if self._bare:
            self._keep_bare_heading()
            self._bare = False
        self.sections += [Section("\n".join(lines), heading, "hidden", locator) for (heading, locator), lines in self._hidden.items()]
        self._hidden = {}
        return tuple(self.sections)

    def _flush(self) -> None:
        if self._lines:
            self.sections.append(Section("\n".join(self._lines), self.heading, self._kind, self._locator))
            self._lines = []
        self._kind, self._locator = "body", ""

    def _keep_bare_heading(self) -> None:
        *above, (_, title) = self._path
        self.sections.append(Section(title, tuple(name for _, name in above)))


def row_text(cells: list[str]) -> str:
    """Lay out one row of a table: cells separated by tabs, empty cells at the end left out."""
    flat = [clean(cell).replace("\n", " ").replace("\t", " ") for cell in cells]
    return "\t".join(flat).strip("\t") if any(flat) else ""
