"""Since when a document says that it holds, and until when: dates beside words such as "effective date", "last updated", 施行, 改訂, 有効期限.

A date alone says little: minutes, deliveries and laws have dates too. So only a date beside such a word counts, and the word has to speak of
the document: as a label ("Effective date: ..."), in a sentence about itself (この規程は...から施行する), or under a heading "Revision history".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpuskit.ingest import Section
from corpuskit.text.dates import WrittenDate, find_dates
from corpuskit.text.normalization import fold

PAGE = 30
"""Lines of the beginning and of the end that are looked at first, because a page holds about as many and rules are dated on their first or last."""

LONGEST = 600
"""Longer lines are cut here, because a date that far into a paragraph speaks of its content."""

_LABELS_EN = (
    r"(?:effective|in force|applicable) (?:date|from|since|as of)|date effective|last (?:update|review|revision)"
    r"|last[ _-]?(?:updated|revised|modified|reviewed|changed)(?:[ _]on)?|(?:revision|revised|review|issue|release|approval|publication) date"
    r"|date of (?:last )?(?:revision|issue|review|approval)|(?:updated|revised|published|issued) on"
)
_OPENING_EN = r"effective|revised|updated|issued|as of|version date|date revised"
_EXPIRY_EN = r"valid (?:until|through|thru|to)|(?:expiry|expiration|expiring) date|(?:expires|expiring) on|date of expiry"
_BEFORE_JA = (
    r"施行(?:年月)?日|施行|(?:最終)?(?:改訂|改定|改正|更新|見直し)(?:年月)?日?|制定(?:年月)?日|制定|発効日|適用(?:開始)?日"
    r"|発行日|作成日|公開日|版の日付"
)
_EXPIRY_JA = r"有効期限|有効期間|満了日|失効日|適用期限"
_AFTER_JA = r"(?:から|より|付け?(?:で|にて)?|に|を以て|をもって)?\s?(?:一部)?(?:を)?(?:施行|改訂|改定|改正|制定|適用|発効|更新|実施|現在)"
_UNTIL_JA = r"(?:まで(?:を|に限り)?有効|まで効力|(?:を以て|をもって|限りで?)(?:失効|廃止|効力を失))"

_BETWEEN = r"[\s:|*_=()\[\]<>~・、は-]{0,12}(?:is |are |on |from |the |since |date )?[\s:|]*$"
_LABEL = re.compile(rf"(?:(?<![a-z])(?:{_LABELS_EN})|(?:^|[(\[|\t*_]\s*)(?:{_OPENING_EN})|(?:{_BEFORE_JA})){_BETWEEN}")
_EXPIRY = re.compile(rf"(?:(?<![a-z])(?:{_EXPIRY_EN})|(?:^|[(\[|\t*_]\s*)(?:expires|expired|expiry)|(?:{_EXPIRY_JA})){_BETWEEN}")
_PERIOD = re.compile(rf"(?:{_EXPIRY_JA})")
_AFTER = re.compile(_AFTER_JA)
_UNTIL = re.compile(_UNTIL_JA)
_ITSELF = re.compile(r"(?:本|この|当)(?:書|文書|規程|規定|規則|要領|要綱|細則|内規|基準|手順|契約|覚書|協定|通知|証|案内|版)")
_TO = re.compile(r"\s?まで")
_LAW = re.compile(r"(?:法律|官報|公布|政令|省令|告示|(?<![方手作用文書寸製工])法(?!人|務))[^。]{0,24}$")
_RENEWED = re.compile(r"自動|同一条件|同一の条件|延長|renew|extend")
_HISTORY = re.compile(
    r"^[\W\d_]*(?:改訂|改定|改正|変更|更新)(?:の)?(?:履歴|来歴|記録)|^[\W\d_]*(?:revision|document|change|version) (?:history|log|record)|^changelog"
)
_HISTORY_HINTS = ("履歴", "来歴", "記録", "history", "log", "record")
_HINTS = (
    *("施行", "改訂", "改定", "改正", "更新", "制定", "発効", "適用", "発行日", "作成日", "公開日", "見直し", "実施", "現在", "有効期", "満了"),
    *("失効", "廃止", "まで", "履歴", "来歴"),
    *("effective", "in force", "applicable", "updat", "revis", "review", "issue", "release", "approval", "publi", "as of", "valid", "expir"),
    *("version", "history", "change"),
)
_FIGURE = re.compile(r"[\d〇一二三四五六七八九十元]")


@dataclass(frozen=True, slots=True)
class Validity:
    """What a document says of its own validity, ISO dates; empty where it says nothing."""

    effective: str = ""
    expires: str = ""


def validity(sections: Sequence[Section]) -> Validity:
    """Find the latest date of effect or revision, and the latest end of validity, that a document names.

    The first and last :data:`PAGE` lines decide; the lines between are read only where these name nothing. Rows of a table of messages are left
    out, since their dates are those of the messages, and so is text that no reader sees. A month without a day counts from its first day and
    ends with its last.

    Returns
    -------
    Validity
        Empty dates where the document names none.
    """
    lines = list(_lines(sections))
    edges = lines if len(lines) <= 2 * PAGE else lines[:PAGE] + lines[-PAGE:]
    found = _latest(edges)
    if edges is lines or (found.effective and found.expires):
        return found
    middle = _latest(lines[PAGE:-PAGE])
    return Validity(found.effective or middle.effective, found.expires or middle.expires)


def _lines(sections: Sequence[Section]) -> Iterator[str]:
    """Give headings and lines in reading order, with an empty line before each heading: a revision history ends there."""
    previous: tuple[str, ...] = ()
    for section in sections:
        if section.kind in ("row", "hidden"):
            continue
        if section.heading != previous:
            yield ""
            yield from section.heading[-1:]
        previous = section.heading
        yield from (line for line in section.text.splitlines() if line and not line.isspace())


def _latest(lines: Iterable[str]) -> Validity:
    effective = expires = ""
    in_history = 0
    for raw in lines:
        in_history = in_history if raw else 0
        if not in_history and not _may_speak(raw):
            continue
        line = fold(raw[:LONGEST])
        dates = list(find_dates(line))
        if _HISTORY.search(line):
            in_history = 3
        elif in_history:
            in_history = 3 if dates else in_history - 1
        for before, written in zip((0, *(one.end for one in dates)), dates, strict=False):
            if _ends(line, before, written):
                expires = max(expires, written.last)
            elif in_history or _dates_the_document(line, before, written):
                effective = max(effective, written.first)
    return Validity(effective, expires)


def _may_speak(line: str) -> bool:
    """Tell in passing whether a line may hold a date beside a word of validity, or open a history: most hold neither, and are read no further."""
    lowered = line[:LONGEST].lower()
    return any(hint in lowered for hint in (_HINTS if _FIGURE.search(lowered) else _HISTORY_HINTS))


def _dates_the_document(line: str, before: int, written: WrittenDate) -> bool:
    """Tell whether the words beside a date say since when the document holds. What speaks of a law does not."""
    if _LAW.search(line, 0, written.start):
        return False
    return bool(_LABEL.search(line[before : written.start]) or _AFTER.match(line, written.end))


def _ends(line: str, before: int, written: WrittenDate) -> bool:
    """Tell whether the words beside a date say until when the document holds; not where it is renewed by itself."""
    if _RENEWED.search(line):
        return False
    of_itself = _ITSELF.search(line, 0, written.start) and _UNTIL.match(line, written.end)
    if of_itself or _EXPIRY.search(line[before : written.start]):
        # "valid from A to B": A ends nothing
        return not (_PERIOD.search(line) and line[written.end : written.end + 2] in ("から", "より"))
    return bool(_TO.match(line, written.end) and _PERIOD.search(line, 0, written.start))
