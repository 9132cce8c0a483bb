"""Text files: plain text, Markdown with its headings and front matter, reStructuredText."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import Decoded, decode
from corpuskit.ingest.markup import IN_COMMENT, shows_text, words_of_comment
from corpuskit.ingest.outline import Outline, join, row_text, width
from corpuskit.ingest.reader import Extraction, RawFile, Reader

WRAP_WIDTHS = (50, 100)
"""Cells; because editors and mail programs wrap lines at 60 to 80, and lines outside this range were ended by a person."""

LEAST_FILL = 0.75
"""Share of the longest line that every line but the last must reach; because a wrapped line breaks within its last word or two."""

_ITEM = re.compile(r"\s*(?:[-*+•●■□◆◇○◎・※→>|#]|[(（]?(?:\d{1,3}|[a-zA-Z])[)）.．、:]|[①-⑳]|【|〔|［|\[)")

_RULED = re.compile(r"\s*([^\w\s])\1{2,}\s*|\s*_{3,}\s*")
"""A drawn line: one sign repeated; it ends a paragraph and is no text."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_DEFINITION = re.compile(r" {0,3}\[[^\]^][^\]]*\]:\s*\S+")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]+\]:\s*")
# code comes first, fenced or in a line: a comment in it is shown
_COMMENT = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*$.*?^ {0,3}(?P=fence)|(?P<tick>`+)[^`\n]+(?P=tick))|<!--(?P<comment>.*?)-->",
    re.DOTALL | re.MULTILINE,
)
_TEMPLATE = re.compile(r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,1000})?/?>|<(?=(?:https?|mailto):)|(?<=\S)>(?=\s|$)")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(?<!\\)(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"\s*\{[#.:][^{}]*\}\s*$"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
)
_METADATA_NAMES = {"title": "title", "author": "author", "date": "created", "created": "created", "modified": "modified", "updated": "modified"}
_METADATA_NAMES |= {"last_modified_at": "modified", "subject": "subject", "description": "subject"}
_CATEGORIES = ("category", "categories", "document_type", "doc_type", "kind", "type", "topic", "department")
_JAPANESE_CATEGORIES = ("分類", "カテゴリ", "カテゴリー", "種別", "文書種別", "区分", "部署", "部門")
_CATEGORY_NAMES = (*_CATEGORIES, *_JAPANESE_CATEGORIES)
"""Entries of a front matter that say what kind a document is of, the plainest first."""


def reflow(lines: Sequence[str]) -> list[str]:
    """Undo hard wrapping.

    A run of lines without a blank line is one wrapped paragraph when it is as wide as wrapped text is, every line but the last is
    about full, and none but the first starts like a list item. Everything else keeps its line ends.
    """
    result: list[str] = []
    block: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            block.append(line.rstrip())
            continue
        if _is_wrapped(block):
            joined = ""
            for part in block:
                joined = join(joined, part.strip())
            result.append(joined)
        else:
            result.extend(block)
        block = []
    return result


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2:
        return False
    widths = [width(line) for line in block]
    longest = max(widths)
    if not WRAP_WIDTHS[0] <= longest <= WRAP_WIDTHS[1] or min(widths[:-1]) < LEAST_FILL * longest:
        return False
    return not any(_ITEM.match(line) for line in block[1:])


def _nothing_in(decoded: Decoded) -> ReadError:
    return ReadError("empty" if not decoded.text.strip() else "no_text", "The file holds no text.")


def _read_text(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    outline = Outline()
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    outline.add("\n".join(reflow(["" if _RULED.fullmatch(line) else line for line in lines])))
    sections = outline.finish()
    if not sections:
        raise _nothing_in(decoded)
    return Extraction(sections, (), decoded.warnings, decoded.encoding, decoded.basis)


def _read_markdown(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    text = decoded.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    metadata, text = front_matter(text)
    outline = Outline()
    write_markdown(text, outline)
    sections = outline.finish()
    if not shows_text(sections):
        raise ReadError("no_text", "The file holds front matter or markup and no text.") if decoded.text.strip() else _nothing_in(decoded)
    return Extraction(sections, metadata, decoded.warnings, decoded.encoding, decoded.basis)


def write_markdown(text: str, outline: Outline) -> None:
    """Write Markdown to an outline: headings become the path, markup goes, comments are hidden text: a page does not show them, its source does."""
    comments: list[str] = []

    def apart(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        comments.append(words_of_comment(match["comment"]))
        return ""

    shown = _COMMENT.sub(apart, text.replace("\r\n", "\n").replace("\r", "\n"))
    for words in filter(None, comments):
        outline.add_hidden(words, IN_COMMENT)
    _Markdown(outline).write(shown.split("\n"))


def front_matter(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Split off a YAML or TOML front matter and take title, author, dates, subject and category from its plain lines.

    Several categories, in brackets or one on a line, come joined by ``; ``.
    """
    match = re.match(r"(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match or not re.search(r"^[\w-]+\s*[:=]", match[2], re.MULTILINE):
        return (), text
    found: dict[str, str] = {}
    for line in match[2].split("\n"):
        pair = re.match(r"([\w-]+)\s*[:=]\s*(.+)$", line)
        name = _METADATA_NAMES.get(pair[1].casefold().replace("-", "_"), "") if pair else ""
        if pair and name and name not in found:
            value = pair[2].strip().strip("\"'").strip()
            if name in ("created", "modified"):
                date = re.match(r"\d{4}-\d{2}-\d{2}", value)
                value = date[0] if date else ""
            if value and value not in ("|", ">", ">-", "|-"):
                found[name] = value
    if category := _category(match[2]):
        found["category"] = category
    return tuple(found.items()), text[match.end() :]


def _category(front: str) -> str:
    """Give the category that a front matter names; lines are read one by one, because front matter that no YAML parser takes is common."""
    values: dict[str, list[str]] = {}
    last = ""
    for line in front.split("\n"):
        if pair := re.match(r"([\w-]+)\s*[:=]\s*(.*)$", line):
            last = pair[1].casefold().replace("-", "_")
            value = pair[2].strip()
            listed = re.fullmatch(r"\[(.*)\]", value)
            values.setdefault(last, [_bare(part) for part in (listed[1].split(",") if listed else [value])])
        elif last and (item := re.match(r"\s*-\s+(.+)$", line)):
            values[last].append(_bare(item[1]))
    for name in _CATEGORY_NAMES:
        if named := [part for part in values.get(name, ()) if part and not part.startswith(("|", ">", "{"))]:
            return "; ".join(named)
    return ""


def _bare(value: str) -> str:
    return value.strip().strip("\"'").strip()


class _Markdown:
    """Writes the lines of a Markdown file to an outline: markup goes, headings become the path, tables become rows."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._paragraph: list[str] = []

    def write(self, lines: Sequence[str]) -> None:
        """Go through the lines once."""
        fence = ""
        for line, following in zip(lines, (*lines[1:], ""), strict=True):
            mark = _FENCE.match(line)
            if fence:
                if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                    fence = ""
                elif line.strip():
                    self.outline.add(line)
            elif mark:
                self._end()
                fence = mark[1]
            else:
                self._line(re.sub(r"^\s*(?:>\s?)+", "", line), following)
        self._end()

    def _line(self, line: str, following: str) -> None:
        if not line.strip():
            self._end()
        elif heading := _ATX.match(line):
            self._end()
            self.outline.add_heading(len(heading[1]), inline(heading[2] or ""))
        elif self._paragraph and (rule := _SETEXT.match(line)):
            title = self._paragraph.pop()
            self._end()
            self.outline.add_heading(1 if rule[1].startswith("=") else 2, inline(title))
        elif _RULE.match(line) or _DEFINITION.match(line):
            self._end()
        elif "|" in line and (line.lstrip().startswith("|") or (_TABLE_RULE.match(following) and "|" in following)):
            self._end()
            self._row(line)
        else:
            self._text(line)

    def _row(self, line: str) -> None:
        if not _TABLE_RULE.match(line):
            cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
            self.outline.add(row_text([inline(cell.strip()) for cell in cells]), "table")

    def _text(self, line: str) -> None:
        item = _BULLET.match(line)
        if item or _FOOTNOTE.match(line) or line.lstrip().startswith(":::"):
            self._end()
        if line.lstrip().startswith(":::"):
            return
        ended = line.endswith(("  ", "\\"))  # a hard line break
        self._paragraph.append(_FOOTNOTE.sub("", line[item.end() :] if item else line).strip().removesuffix("\\"))
        if ended:
            self._end()

    def _end(self) -> None:
        joined = ""
        for line in self._paragraph:
            joined = join(joined, line)
        self._paragraph = []
        self.outline.add(inline(joined))


def inline(text: str) -> str:
    """Remove Markdown's inline markup, HTML tags and template tags; keep what a reader would see."""
    text = _TAG.sub("", _BREAK_TAG.sub("\n", _TEMPLATE.sub(" ", text)))
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return html.unescape(text) if "&" in text else text


_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*$")
_DIRECTIVE = re.compile(r"(\s*)\.\.\s+(?:\|[^|]+\|\s+)?([\w:+-]+)::\s*(.*)$")
_RST_COMMENT = re.compile(r"\s*\.\.(?:\s+(?!\[)|$)")
_RST_OPTION = re.compile(r"\s+:[\w-]+:(?:\s|$)")
_RST_INLINE = (
    (re.compile(r":[\w:+-]+:`([^`<]+?)\s*<[^`>]*>`"), r"\1"),
    (re.compile(r":[\w:+-]+:`~?([^`]+)`"), r"\1"),
    (re.compile(r"`([^`<]+?)\s*<[^`>]*>`__?"), r"\1"),
    (re.compile(r"``(.+?)``"), r"\1"),
    (re.compile(r"`([^`]+)`_{0,2}"), r"\1"),
    (re.compile(r"\*\*(\S.*?)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)\*(\S.*?)\*(?!\w)"), r"\1"),
    (re.compile(r"\|([^|\s][^|]*)\|"), r"\1"),
    (re.compile(r"(?<=\w)__?(?=\W|$)"), ""),
)
_WITHOUT_TEXT = frozenset({"image", "figure", "include", "toctree", "contents", "raw", "meta", "index", "literalinclude", "highlight"})


def _read_rst(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    outline = Outline()
    for kind, text in _rst_blocks(decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        for pattern, kept in _RST_INLINE:
            text = pattern.sub(kept, text)
        if kind:
            outline.add_heading(kind, text)
        else:
            outline.add(text)
    sections = outline.finish()
    if not sections:
        raise _nothing_in(decoded)
    return Extraction(sections, (), decoded.warnings, decoded.encoding, decoded.basis)


def _rst_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (heading level or 0, text); levels are numbered in the order in which their adornments first appear."""
    levels: dict[str, int] = {}
    paragraph: list[str] = []
    skipped: int | None = None  # indentation of a comment or picture whose content is no text
    number = 0
    while number < len(lines):
        line = lines[number]
        following = lines[number + 1] if number + 1 < len(lines) else ""
        number += 1
        indent = len(line) - len(line.lstrip())
        if skipped is not None and (not line.strip() or indent > skipped):
            continue
        skipped = None
        directive = _DIRECTIVE.match(line)
        over = bool(_ADORNMENT.match(line) and following.strip() and number + 1 < len(lines) and _ADORNMENT.match(lines[number + 1]))
        under = bool(
            line.strip()
            and not _ADORNMENT.match(line)
            and _ADORNMENT.match(following)
            and not paragraph
            and width(following.rstrip()) >= 0.5 * width(line)
        )
        new_item = bool(_BULLET.match(line)) or directive or _RST_COMMENT.match(line) or _RST_OPTION.match(line)
        if paragraph and (not line.strip() or over or new_item):
            yield 0, _joined(paragraph)
            paragraph = []
        if over or under:
            title, mark = (following, line.strip()[0] + "'") if over else (line, following.strip()[0])
            yield levels.setdefault(mark, len(levels) + 1), title.strip()
            number += 2 if over else 1
        elif directive:
            if directive[2] in _WITHOUT_TEXT:
                skipped = indent
            elif directive[3]:
                paragraph.append(directive[3])
        elif _RST_COMMENT.match(line):
            skipped = indent
        elif line.strip() and not _ADORNMENT.match(line) and not _RST_OPTION.match(line):
            paragraph.append(_BULLET.sub("", line.strip(), count=1).removesuffix("::"))
    if paragraph:
        yield 0, _joined(paragraph)


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        text = join(text, line.strip())
    return text


TXT = Reader("txt", (".txt", ".text"), "Plain text", _read_text, version=2, packages=("resiliparse",))
MARKDOWN = Reader("md", (".md", ".markdown"), "Markdown", _read_markdown, version=3, packages=("resiliparse",))
RST = Reader("rst", (".rst",), "reStructuredText", _read_rst, version=2, packages=("resiliparse",))
