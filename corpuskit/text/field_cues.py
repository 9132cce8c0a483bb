"""Fields of documents: a short cue and its value, such as "Invoice No.: INV-001", a row 合計 | 1,234円 of a table, or an article （準拠法）.

Searched while text exists. What leaves is the cue, the kind of value and a hash of it: enough to tell whether a cue leads to one value of its
document, and no text of the value. Rows of tables of messages are left out (each is a record of its own, its columns are fields already), except
tables of two columns, which hold a name and a value in each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import xxhash

from corpuskit.ingest import Section
from corpuskit.text.field_values import EMPTY, TEXT, ValueType, read_value
from corpuskit.text.normalization import fold

FieldPlace = Literal["cell", "line", "running"]
"""A cell of a table, a line of its own, or inside running text."""

LONGEST_CUE = 30
"""Characters; because names of fields are words, and what is longer before a colon is a sentence."""

MOST_WORDS = 5
"""English words of a cue, for the same reason."""

MOST_FIELDS = 100
"""Fields of one document that are kept, the first ones; because a form or an invoice holds a few dozen, and a catalogue would fill the counts."""

MOST_RECORDS = 100
"""Rows of a table of two columns that are read as names and values; because a longer one is a register or a glossary."""

_LONGEST_LINE = 600
"""Longer lines are paragraphs: only what stands at their beginning is looked at."""

_MARKER = r"(?:[-*+•●○■□◆◇▪▶※・◎☆★>]+ ?|[(（]?(?:[0-9]{1,2}|[a-zA-Z]|[ア-ン])[)）.．] ?|[①-⑳] ?)"
# Patterns of lines begin with the line end before them: searching for one sign is several times as fast as looking at every place for a beginning
_COLON = re.compile(rf"\n{_MARKER}{{0,2}}([^:：\t\n。、!?！？;；=<>]{{1,40}}+)[:：](?![/\\:])[ ]?([^\n]*)")
_NEXT = re.compile(r"(?:[,;、；|/／(（\[【 ] ?)((?:(?![,;、；|/／()（）\[\]【】:：]).){1,40}?)[:：](?![/\\]) ?")
_SPACED = re.compile(r"\n((?:[一-龠々ァ-ヶー][ ]?){2,14}[)）]?) (?=[¥￥$0-9０-９一二三四五六七八九十令平昭A-ZＡ-Ｚ金])([^\n]{1,60})(?=\n|$)")
_IS = re.compile(r" is (?=[$€£¥0-9]|USD|EUR|JPY|GBP|INR)")
_BEFORE_IS = re.compile(r"(?:^|[.,;] |\b[Tt]he )((?:[A-Za-z]+ ){0,3}[A-Za-z]+)$")
_HA = re.compile(r"は[、 ]?(?=[¥￥0-9０-９金令平昭])")
_BEFORE_HA = re.compile(r"(?:^|(?<!この)(?<=[^一-龠々ァ-ヶー]))((?:[一-龠々ァ-ヶー]){2,10})$")
_VALUE_END = re.compile(r"[。;；\n]|(?<=[円%％日])[^年月日時]|[.,] |、| (?:and|or|for|from|to|per|in|on|as)\b|です|とする|とし|であ")
_NAMED = r"[A-Z][A-Za-z'-]*"
_CLAUSE_EN = re.compile(
    r"\n(?:Article |Section )?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]? "
    rf"((?:{_NAMED}(?: |(?=[.:])))(?:(?:{_NAMED}|of|and|the|to|for|or)[ ]?){{0,4}})[.:] (\S[^\n]*)"
)
_ARTICLE = r"第[0-9０-９一二三四五六七八九十百]{1,4}条(?:の[0-9０-９一二三四五六七八九十]{1,2})? ?"
_CLAUSE_JA = re.compile(rf"\n{_ARTICLE}[(（]([^()（）\n]{{1,30}})[)）] ?([^\n]*)")
_CLAUSE_HEADING = re.compile(rf"^(?:{_ARTICLE}[(（]?|(?:Article |Section )[0-9]{{1,2}}[.:)]? )([^()（）\n]{{1,30}})[)）]?$")
_EDGES = " \t#*_`~-–—=・:：|【】「」『』[]〔〕<>《》\"'●■◆○□◇※"
_CODE = re.compile(r"[{}\[\]|*\\<>=$\"@#]|www\.|^[^()]*\)|\([^()]*$")
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN_CJK = re.compile(r"(?<=[一-龠々ぁ-んァ-ヶー]) (?=[一-龠々ぁ-んァ-ヶー])")
_SENTENCE_JA = re.compile(r"[をはがも]|です|ます|ません|ください|とおり|通り|以下|次の|した|する|して|場合|ため$")
_SENTENCE_EN = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|must|may|do|does|did|you|your|we|our|they|it|i|this|that|these|those"
    r"|following|follows|if|when|because|but|not|please|there|here|what|how|why|who)\b"
)
_NO_CUES = frozenset(
    (
        *(
            "for example",
            "for instance",
            "http",
            "https",
            "ftp",
            "mailto",
            "file",
            "note",
            "notes",
            "nb",
            "n.b",
            "e.g",
            "i.e",
            "eg",
            "ie",
            "example",
            "examples",
            "tip",
            "tips",
            "warning",
        ),
        *(
            "caution",
            "important",
            "hint",
            "q",
            "a",
            "re",
            "fw",
            "fwd",
            "question",
            "answer",
            "todo",
            "see",
            "see also",
            "figure",
            "table",
            "step",
            "image",
        ),
        *(
            "注",
            "注意",
            "例",
            "参考",
            "問",
            "答",
            "質問",
            "回答",
            "図",
            "表",
            "出典",
            "資料",
            "補足",
            "ポイント",
            "メモ",
            "課題",
            "画像",
            "理由",
            "目的",
        ),
    )
)
"""Openings that introduce a remark, a figure or a turn of a conversation, and name no field."""


class Field(NamedTuple):
    """A cue and what is known of its value.

    Attributes
    ----------
    section : int
        Place of its section in the document.
    cue : str
        Folded, without colon, marks and numbering.
    type : str
        Kind of value.
    value : int
        xxh3 hash of the value in its canonical form; 0 for an empty one.
    position : int
        Characters of the document before it, in hundredths.
    place : str
        ``cell``, ``line`` or ``running``.
    """

    section: int
    cue: str
    type: ValueType
    value: int
    position: int
    place: FieldPlace


class _Cued(NamedTuple):
    """A cue as written, its value, where it stands in the section, and how."""

    cue: str
    value: str
    start: int
    place: FieldPlace
    typed: bool = False  # True: only with a value of a known form, because the words alone do not show a field


def find_fields(sections: Sequence[Section]) -> list[Field]:
    """Find the fields of a document: each different value of a cue once, where it stands first; at most :data:`MOST_FIELDS`.

    A pure function of the sections. Text that no reader sees is left out.
    """
    total = sum(len(section.text) for section in sections) or 1
    found: dict[tuple[str, str, int], Field] = {}
    before = 0
    previous: tuple[str, ...] = ()
    records = _tables_of_two(sections)
    for number, section in enumerate(sections):
        for cued in sorted(_of_section(section, section.heading != previous, records.get(number)), key=lambda one: one.start):
            if (field := _field(number, cued, 100 * (before + cued.start) // total)) is not None:
                found.setdefault((field.cue, field.type, field.value), field)
        if len(found) >= MOST_FIELDS:
            return list(found.values())[:MOST_FIELDS]
        before, previous = before + len(section.text), section.heading
    return list(found.values())


def cue_of(written: str) -> str:
    """Bring a cue to its normal form; empty for what is none: long, without letters, a sentence, an address, or the opening of a remark."""
    cue = " ".join(fold(written).strip(_EDGES).split()).removeprefix("the ")
    if not cue.isascii():
        cue = _BETWEEN_CJK.sub("", cue)
    if not 1 < len(cue) <= LONGEST_CUE or not _LETTER.search(cue) or cue in _NO_CUES or _CODE.search(cue):
        return ""
    if sum(character.isdigit() for character in cue) > 4:
        return ""
    if cue.isascii():
        return "" if cue.count(" ") >= MOST_WORDS or _SENTENCE_EN.search(cue) else cue
    return "" if _SENTENCE_JA.search(cue) else cue


def _field(section: int, cued: _Cued, position: int) -> Field | None:
    value = read_value(cued.value)
    if cued.typed and value.type in (EMPTY, TEXT):
        return None
    cue = cue_of(cued.cue)
    if not cue or (value.type == EMPTY and not _may_be_empty(cue)) or (cue[-1].isdigit() and cued.value[:1].isdigit()):
        return None  # 10:30 is a time
    hashed = xxhash.xxh3_64_intdigest(value.canonical.encode("utf-8", "surrogatepass")) if value.type != EMPTY else 0
    return Field(section, cue, value.type, hashed, position, cued.place)


def _may_be_empty(cue: str) -> bool:
    """A field left blank; longer words before a colon at the end of a line introduce a list."""
    return len(cue) <= 10 if not cue.isascii() else cue.count(" ") < 2


def _of_section(section: Section, opens: bool, record: tuple[_Cued, ...] | None) -> Iterator[_Cued]:
    if section.kind == "hidden":
        return
    if section.kind == "row":
        yield from record or ()
        return
    if opens and section.heading and (clause := _CLAUSE_HEADING.match(section.heading[-1])):
        yield _Cued(clause[1], section.text, 0, "running")
    text = "\n" + section.text
    if "\t" in text:
        yield from _of_cells(text)
    if ":" in text or "：" in text:
        yield from _of_colons(text)
    if " is " in text:
        yield from _of_is(text)
    yield from (_Cued(match[1], match[2], match.start(), "running") for match in _CLAUSE_EN.finditer(text))
    if not text.isascii():
        yield from _of_japanese(text)


def _of_cells(text: str) -> Iterator[_Cued]:
    """Read rows of a table: a head and one value, or several heads each with a value of a known form."""
    start = 0
    for line in text.split("\n")[1:]:
        if "\t" in line:
            cells = [cell.strip() for cell in line.split("\t")]
            filled = [cell for cell in cells if cell]
            if len(filled) == 2:
                yield _Cued(filled[0], filled[1], start, "cell")
            elif len(filled) == 1 and cells[0] and len(cells) == 2:
                yield _Cued(filled[0], "", start, "cell")
            elif len(filled) % 2 == 0 and len(filled) <= 8 and _alternate(filled):
                for cue, value in zip(filled[::2], filled[1::2], strict=True):
                    yield _Cued(cue, value, start, "cell", typed=True)
        start += len(line) + 1


def _alternate(cells: Sequence[str]) -> bool:
    """Tell whether heads without and values with a known form take turns, as in forms with two fields side by side."""
    return all((read_value(cell).type == TEXT) == (place % 2 == 0) for place, cell in enumerate(cells))


def _of_colons(text: str) -> Iterator[_Cued]:
    for match in _COLON.finditer(text):
        value, start = match[2][:_LONGEST_LINE], match.start()
        if "\t" in value:
            continue
        later = list(_NEXT.finditer(value)) if (":" in value or "：" in value) else []
        later = [one for one in later if cue_of(one[1])]
        ends = [one.start() for one in later] + [len(value)]
        yield _Cued(match[1], value[: ends[0]], start, "line")
        for one, end in zip(later, ends[1:], strict=True):
            yield _Cued(one[1], value[one.end() : end], start, "running", typed=True)


def _of_is(text: str) -> Iterator[_Cued]:
    """Read "the total amount is USD 100"."""
    for match in _IS.finditer(text):
        if before := _BEFORE_IS.search(text[max(0, match.start() - 50) : match.start()].rpartition("\n")[2]):
            yield _Cued(before[1], _until(text, match.end()), match.start(), "running", typed=True)


def _of_japanese(text: str) -> Iterator[_Cued]:
    """Read 請求番号 INV-001, 合計は1,234円 and 第5条（準拠法）."""
    yield from (_Cued(match[1], match[2], match.start(), "line", typed=True) for match in _SPACED.finditer(text))
    for match in _HA.finditer(text):
        if before := _BEFORE_HA.search(text[max(0, match.start() - 12) : match.start()]):
            yield _Cued(before[1], _until(text, match.end()), match.start(), "running", typed=True)
    yield from (_Cued(match[1], match[2], match.start(), "running") for match in _CLAUSE_JA.finditer(text) if match[2])


def _until(text: str, start: int) -> str:
    """Cut a value out of running text."""
    value = text[start : start + 40]
    end = _VALUE_END.search(value)
    return value[: end.start()] if end else value


def _tables_of_two(sections: Sequence[Section]) -> dict[int, tuple[_Cued, ...]]:
    """Give the name and value of each row of the tables of two columns; their columns may be the first name and value."""
    tables: dict[tuple[str, ...], list[int]] = {}
    for number, section in enumerate(sections):
        if section.kind == "row" and not section.labels and not section.fields:
            tables.setdefault(section.heading, []).append(number)
    found: dict[int, tuple[_Cued, ...]] = {}
    for rows in tables.values():
        if len(rows) <= MOST_RECORDS and (columns := re.match(r"([^:;\n]{1,60}): [^;\n]{1,60}; ([^;\n]{1,60}?): ", sections[rows[0]].text)):
            found |= _records([(number, sections[number].text) for number in rows], columns[1], columns[2])
    return found


def _records(rows: Sequence[tuple[int, str]], name: str, value: str) -> dict[int, tuple[_Cued, ...]]:
    """Read rows "name: x; value: y"; empty where a row is another, because the table then has more columns."""
    found: dict[int, tuple[_Cued, ...]] = {}
    for number, text in rows:
        head, joined, rest = text.removeprefix(f"{name}: ").partition(f"; {value}: ")
        if not text.startswith(f"{name}: ") or "; " in head or re.search(r"; [^;:\n]{1,60}: ", rest):
            return {}
        found[number] = (_Cued(head, rest if joined else "", 0, "cell"),)
    first = rows[0][0]
    found[first] = (_Cued(name, value, 0, "cell", typed=True), *found[first])
    return found
