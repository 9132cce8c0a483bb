"""Rich Text Format: striprtf turns control words into text; what it passes over or stumbles on is prepared here.

Beforehand, headings are marked by style or outline level, Japanese characters that writers spell half as ``\\'xx`` and half as a letter are
completed, and notes, text boxes, headers, footers and hidden letters are taken out, to be read on their own; what a tracked change deleted goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpuskit.errors import ReadError
from corpuskit.ingest.document import SectionKind
from corpuskit.ingest.outline import Outline, clean, row_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_BEGIN = re.compile(rb"\s*\{\s*\\rtf")
_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\[^a-zA-Z]|[{}]")
_APART = re.compile(
    r"\{(?:\\\*)?\s*\\(stylesheet|info|footnote|annotation|header[lrf]?|footer[lrf]?|shptxt|listtable|latentstyles|datastore|themedata"
    r"|nonshppict|pict|objdata)(?![a-zA-Z])"
)
_KINDS: dict[str, SectionKind] = {"header": "header", "footer": "footer", "footnote": "notes", "annotation": "comment", "shptxt": "body"}
_ORDER: tuple[str, ...] = ("shptxt", "footnote", "annotation", "header", "footer")
_STYLE = re.compile(r"\{(?:\\\*)?\s*\\s(\d+)(?!\d)([^{};]*(?:\{[^{}]*\}[^{};]*)*);\}")
_HEADING_NAME = re.compile(r"(?:heading|見出し)\s*([1-9])$", re.IGNORECASE)
_LEVEL = re.compile(r"\\outlinelevel([0-8])(?!\d)")
_INFO = re.compile(r"\{\\(title|author|subject|creatim|revtim)(?![a-zA-Z])([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_DATE = re.compile(r"\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_NAMES = {"title": "title", "author": "author", "subject": "subject", "creatim": "created", "revtim": "modified"}
_HEX_RUN = re.compile(r"((?:\\'[0-9a-fA-F]{2})+)(\\[\\{}]|[@-\[\]-z|~])?")
_ACROSS_LINES = re.compile(r"(\\'[0-9a-fA-F]{2})[\r\n]+(?=\\'[0-9a-fA-F]{2})")
_JAPANESE = re.compile(r"\\ansicpg932|\\fcharset(?:128|78)(?!\d)")
_END_OF_CELL = re.compile(r"\\par\s*((?:\}\s*)*)\\cell(?![a-zA-Z])")
_BULLET = re.compile(r"\s*[\uf020-\uf0ff•·▪◦‣–]\t")
_MARK = "\ue010"
"""A private-use character before a heading; a digit follows."""


def _read_rtf(file: RawFile) -> Extraction:
    if not _BEGIN.match(file.data[:64]):
        raise ReadError("broken", "Not a Rich Text file: its first bytes are not those of one.")
    text = file.data.decode("latin-1").replace(_MARK, "")
    groups, body = _take_apart(_prepared(text))
    head = _head(body)
    levels = _heading_styles(head, groups.get("stylesheet", []))
    _, body = _take_stretches(body, "deleted")
    hidden, body = _take_stretches(body, "v")
    outline = Outline()
    lost = _write(_to_text(_marked(body, levels)), outline)
    for name in _ORDER:
        found = dict.fromkeys(_to_text(_inner(head, group)).strip() for group in groups.get(name, []))
        for told in found:
            outline.add(told, _KINDS[name])
            lost += told.count("\ufffd")
    for veiled in hidden:
        outline.add_hidden(_to_text(_inner(head, veiled)))
    sections = outline.finish()
    if not sections:
        raise ReadError("no_text", "The document holds no text; pages made of pictures need text recognition first.")
    counted = ((f"hidden_text: {len(hidden)}", len(hidden)), (f"undecodable_bytes: {lost}", lost))
    metadata = _metadata(head, groups.get("info", []))
    return Extraction(sections, metadata, tuple(warning for warning, count in counted if count))


def _prepared(text: str) -> str:
    """Write what programs write in several ways in the one way that striprtf reads."""
    text = _ACROSS_LINES.sub(r"\1", text)
    text = _END_OF_CELL.sub(r"\1\\cell", text)  # a paragraph that ends with its cell would end the row for striprtf
    text = text.replace("\\fcharset78", "\\fcharset128").replace("{\\field{", "{\\field {")  # no regular expression over whole lines for links
    return _HEX_RUN.sub(_completed, text) if _JAPANESE.search(text) else text


def _completed(match: re.Match[str]) -> str:
    """Spell the second byte of a character in Shift_JIS as the first is, where it stands as a letter: ``\\'83e`` is ``\\'83\\'65``.

    In one-byte fonts the letter stays the same letter, so that the font need not be known.
    """
    run, following = match[1], match[2] or ""
    double = False
    for place in range(2, len(run), 4):
        byte = int(run[place : place + 2], 16)
        double = not double and (0x81 <= byte <= 0x9F or 0xE0 <= byte <= 0xFC)
    return f"{run}\\'{ord(following[-1]):02x}" if double and following else run + following


def _take_apart(text: str) -> tuple[dict[str, list[str]], str]:
    """Cut out the groups that are read on their own, outermost ones; give them by name, and what is left."""
    groups: dict[str, list[str]] = {}
    left: list[str] = []
    position = 0
    while (match := _APART.search(text, position)) is not None:
        end = _end_of_group(text, match.end())
        name = match[1][:6] if match[1].startswith(("header", "footer")) else match[1]
        groups.setdefault(name, []).append(text[match.end() : end - 1])
        left.append(text[position : match.start()])
        position = end
    left.append(text[position:])
    return groups, "".join(left)


def _end_of_group(text: str, position: int) -> int:
    """Find the place after the brace that closes the group; the end of the text if it is cut off."""
    depth = 1
    for token in _TOKEN.finditer(text, position):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if not depth:
                return token.end()
    return len(text)


def _take_stretches(text: str, name: str) -> tuple[list[str], str]:
    """Cut out the letters between a control word, such as ``\\v``, and the same with a 0, ``\\plain`` or the end of their group."""
    hidden: list[str] = []
    left: list[str] = []
    position = 0
    for begin, end in _stretches(text, name):
        hidden.append(text[begin:end])
        left.append(text[position:begin])
        position = end
    left.append(text[position:])
    return [stretch for stretch in hidden if _to_text(f"{{\\rtf1 {stretch}}}").strip()], "".join(left)


def _stretches(text: str, name: str) -> Iterator[tuple[int, int]]:
    depth, begin, at = 0, -1, 0
    for token in _TOKEN.finditer(text):
        word, argument = token[1], token[2]
        if token[0] == "{":
            depth += 1
        elif begin < 0 and word == name and argument != "0":
            begin, at = token.end(), depth
        elif begin >= 0 and depth == at and (token[0] == "}" or word == "plain" or (word == name and argument == "0")):
            yield begin, token.start()
            begin = -1
        if token[0] == "}":
            depth -= 1
    # a stretch that never ends is taken for damage: its text is no less read for it


def _head(body: str) -> str:
    """Give code page and fonts: what any group needs to be read on its own."""
    code_page = re.search(r"\\ansicpg\d+", body)
    fonts = re.search(r"\{(?:\\\*)?\s*\\fonttbl", body)
    default = re.search(r"\\deff(\d+)", body)
    table = body[fonts.start() : _end_of_group(body, fonts.end())] if fonts else ""
    font = f"\\f{default[1]} " if default else ""
    return f"{{\\rtf1{code_page[0] if code_page else ''}{table}{font}"


def _inner(head: str, group: str) -> str:
    return f"{head}{{{group}}}}}"


def _to_text(rtf: str) -> str:
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]  # the package has no types
    # characters beyond the basic plane are written as two halves
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _heading_styles(head: str, stylesheets: list[str]) -> dict[str, int]:
    """Number the styles that are headings: by their name, in English or Japanese, or by their outline level."""
    levels: dict[str, int] = {}
    for sheet in stylesheets:
        for number, definition in _STYLE.findall(sheet):
            level = _LEVEL.search(definition)
            name = _HEADING_NAME.search(clean(_to_text(_inner(head, definition))))
            if name or level:
                levels[number] = int(name[1]) if name else int(level[1]) + 1 if level else 1
    return levels


def _marked(body: str, levels: dict[str, int]) -> str:
    """Put a mark where a paragraph turns into a heading; every ``\\pard`` turns it back."""

    def mark(match: re.Match[str]) -> str:
        level = levels.get(match[1]) if match[1] else int(match[2]) + 1
        return f"{match[0]}{{\\uc0\\u{ord(_MARK)} {level}}}" if level else match[0]

    return re.sub(r"\\s(\d+)(?!\d) ?|\\outlinelevel([0-8])(?!\d) ?", mark, body)


def _write(text: str, outline: Outline) -> int:
    """Write lines to the outline; give the number of characters that were undecodable."""
    for line in text.split("\n"):
        plain = _BULLET.sub("", re.sub(f"{_MARK}[0-9]", "", line), count=1) if "\t" in line else re.sub(f"{_MARK}[0-9]", "", line)
        level = re.search(f"{_MARK}([0-9])", line)
        if level and plain.strip():
            outline.add_heading(int(level[1]), plain)
        elif plain.rstrip().endswith("|"):  # how striprtf ends the cells of a row
            outline.add(row_text(plain.rstrip().removesuffix("|").split("|")), "table")
        else:
            outline.add(plain)
    return text.count("\ufffd")


def _metadata(head: str, infos: list[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for name, value in (pair for info in infos for pair in _INFO.findall(info)):
        if name in ("creatim", "revtim"):
            date = _DATE.search(value)
            text = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else ""
        else:
            text = clean(_to_text(_inner(head, value))).replace("\n", " ")
        if text:
            found.setdefault(_NAMES[name], text)
    return tuple(found.items())


RTF = Reader("rtf", (".rtf",), "Rich Text", _read_rtf, version=2, packages=("striprtf",))
