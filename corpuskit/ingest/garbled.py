"""Pages whose text layer is there and says nothing: fonts without a table of characters, wrong tables, characters shifted by a constant.

A person sees the right letters on such a page, and every program reads others. Its words would be counted as rare words, so it is left out
and reported. Each sign below has its threshold; a page is garbled when one of them is passed, and pages too short to tell are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from corpuskit.ingest.plausibility import half_width_score, level_1_kanji

LEAST_CHARACTERS = 20
"""Characters without blanks; because a page with fewer, such as a number and an ornament, shows no pattern."""

MOST_UNREADABLE = 0.2
"""Share of private-use, unassigned, control and replacement characters; because bullets and logos in symbol fonts stay below a tenth of a page."""

MOST_GLYPH_NUMBERS = 0.2
"""Share of characters inside ``(cid:123)``; because a page about PDF may quote some, and a page without a character table is made of them."""

LEAST_LETTERS = 80
"""Latin letters in different words; because a few abbreviations break every rule of spelling, and a paragraph has more letters."""

LONGEST_CODE = 4
"""Letters; because words in capitals up to this length are codes of currencies, parts and places as often as words."""

LEAST_VOWELS = 0.2
"""Share of vowels among Latin letters; because European languages have .35 to .5, code listings .3 and shifted text about .15."""

MOST_IMPOSSIBLE = 0.25
"""Share of pairs of letters that English does not have; because English has .01, code and German below .1, shifted text .4 or more."""

MOST_CAPITALS_INSIDE = 0.1
"""Share of neighbouring letters with a capital behind a small letter that begins no name like ``GetCart``; in a shuffled table it is a sixth."""

LEAST_KANA = 60
"""Kana; because the proportions of a few say nothing."""

LEAST_USUAL_KANA = 0.6
"""Share of the 30 commonest hiragana; because they make up .91 of running text, .8 of any page, and a third of shifted text."""

LEAST_KANJI = 30
"""Kanji; because a list of a few names may hold rare ones only."""

LEAST_USUAL_KANJI = 0.6
"""Share of kanji that Japanese or Chinese people use; because real pages have .95 or more, and random ones of the block about .3."""

MOST_ACCENT_ROWS = 0.3
"""Share of characters in rows of three or more from U+0080 to U+00FF; because no language writes so, and UTF-8 read as Latin-1 does."""

MOST_OTHER_SCRIPTS = 0.2
"""Share of letters of scripts beside Latin, Japanese and the page's main one; because even a list of languages has a few words of each."""

LEAST_SCRIPTS = 5
"""How many scripts must meet on such a page; because a page in three languages is written on purpose."""

LEAST_HALF_WIDTH_SCORE = 0.07
"""Mean of the order of half-width kana; because names and words have .1 or more, and noise has about 0."""

_GLYPH_NUMBER = re.compile(r"\(cid:\d{1,6}\)")
_LAYOUT = frozenset("\t\n\r\f\x02\ufffe\u200b\ufeff\xad")  # \x02 and \ufffe are how pdfium writes a hyphen at a line end
_UNREADABLE = frozenset({"Co", "Cn", "Cc", "Cs"})
_WORD = re.compile(r"[A-Za-z]{3,}")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_CAPITAL_INSIDE = re.compile(r"[a-z](?=[A-Z](?![a-z]{2}))")
_ACCENT_ROW = re.compile(r"[\x80-\xff]{3,}")
_HALF_WIDTH = re.compile(r"[\uff61-\uff9f]+")
_USUAL_KANA = frozenset("のすをしまにるはでていたれがとなさこかありらきうもよつっくだ")
_FOLLOWERS = dict(
    pair.split(":")
    for pair in re.findall(
        r"\S+",
        "a:bcdfgiklmnprstuvwxyzehoj b:aeilmorsubjty c:acdehiklorstuynq d:adegijlmnorsuvywbc e:abcdefghiklmnopqrstuvwxyzj f:aefilortuys "
        "g:aeghilnorsuymt h:acdeinortuymlws i:abcdefgklmnoprstvxzuq j:aeoui k:aefinslouyw l:acdefiklmoprstuvybgnw m:abeilmoprsuyn "
        "n:acdefghiklmnostuvyjbprxz o:abcdefgijklmnoprstuvwxyhz p:adehilmnoprstuyw q:u r:abcdefgiklmnoprstuvwyhz s:acdefhiklmnopqstuwyb "
        "t:acefhilmoprstuwybnz u:abcdegilmnprstfkz v:aeioyr w:aehinorswlk x:aceiptyu y:aeilmnopstcdbr z:aeoizuy",
    )
)
"""The letters that follow each letter in English, from frequencies above one in ten thousand, and the rest that names and other languages add."""


def is_garbled(text: str) -> bool:
    """Tell whether the text layer of a page is unreadable.

    Parameters
    ----------
    text : str
        As the PDF gives it, with control characters.
    """
    visible = [character for character in text if not character.isspace() and character not in _LAYOUT]
    if len(visible) < LEAST_CHARACTERS:
        return False
    return _unmapped(text, visible) or _no_latin_words(text) or _no_japanese(visible) or _wrong_table(text, visible) or _many_scripts(visible)


def _unmapped(text: str, visible: list[str]) -> bool:
    """Look for characters that stand for nothing: private use, U+FFFD, control characters, numbers of glyphs."""
    doubtful = (character for character in visible if not " " <= character <= "~")
    strange = sum(character == "\ufffd" or unicodedata.category(character) in _UNREADABLE for character in doubtful)
    numbers = sum(len(match) for match in _GLYPH_NUMBER.findall(text))
    return strange > MOST_UNREADABLE * len(visible) or numbers > MOST_GLYPH_NUMBERS * len(visible)


def _no_latin_words(text: str) -> bool:
    """Look for Latin letters in no order of any language, where they are most of the page's letters."""
    if _capitals_inside(text):
        return True
    # each word once, and no short codes in capitals: a table of currencies or parts repeats what is no word of any language
    words = {word.casefold() for word in _WORD.findall(text) if len(word) > LONGEST_CODE or not word.isupper()}
    letters = sum(map(len, words))
    if letters < LEAST_LETTERS or len("".join(_WORD.findall(text))) < 0.5 * sum(character.isalpha() for character in text):
        return False
    vowels = sum(character in "aeiouy" for word in words for character in word)
    pairs = [pair for word in words for pair in pairwise(word)]
    impossible = sum(second not in _FOLLOWERS[first] for first, second in pairs)
    return vowels < LEAST_VOWELS * letters or impossible > MOST_IMPOSSIBLE * len(pairs)


def _capitals_inside(text: str) -> bool:
    pairs = sum(len(word) - 1 for word in _LETTERS.findall(text))
    return pairs >= LEAST_LETTERS // 2 and len(_CAPITAL_INSIDE.findall(text)) > MOST_CAPITALS_INSIDE * pairs


def _no_japanese(visible: list[str]) -> bool:
    """Look for hiragana in unusual proportions, kanji that nobody uses, and half-width kana in impossible orders."""
    hiragana = [character for character in visible if "\u3041" <= character <= "\u3096"]
    if len(hiragana) >= LEAST_KANA and sum(character in _USUAL_KANA for character in hiragana) < LEAST_USUAL_KANA * len(hiragana):
        return True
    kanji = [character for character in visible if "\u3400" <= character <= "\u9fff"]
    if len(kanji) >= LEAST_KANJI and sum(character in _usual_kanji() for character in kanji) < LEAST_USUAL_KANJI * len(kanji):
        return True
    rows = _HALF_WIDTH.findall("".join(visible))
    half = sum(map(len, rows))
    return half >= LEAST_KANA and half > 0.3 * len(visible) and sum(map(half_width_score, rows)) < LEAST_HALF_WIDTH_SCORE * half


@cache
def _usual_kanji() -> frozenset[str]:
    """Give the first levels of the Japanese, simplified and traditional Chinese standards, so that Chinese pages pass."""
    simplified = (bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    traditional = (bytes((lead, trail)).decode("big5", "ignore") for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return level_1_kanji() | frozenset("".join((*simplified, *traditional)))


def _wrong_table(text: str, visible: list[str]) -> bool:
    """Look for rows of accents and signs, different ones: UTF-8 or Shift_JIS read as Latin-1. Leaders and rules repeat one sign."""
    rows = [row for row in _ACCENT_ROW.findall(text) if len(set(row)) > 1]
    return sum(map(len, rows)) > MOST_ACCENT_ROWS * len(visible) and len(set("".join(rows))) >= 8


def _many_scripts(visible: list[str]) -> bool:
    """Look for letters of many scripts in one page, as a table shifted by thousands gives."""
    letters = [character for character in visible if character.isalpha()]
    if len(letters) < LEAST_CHARACTERS:
        return False
    counts: dict[str, int] = {}
    for character in letters:
        script = "LATIN" if character < "\u0250" else _script(character)
        counts[script] = counts.get(script, 0) + 1
    others = len(letters) - max(counts.values()) - sum(counts.get(name, 0) for name in ("CJK", "HIRAGANA", "KATAKANA", "LATIN"))
    return len(counts) >= LEAST_SCRIPTS and others > MOST_OTHER_SCRIPTS * len(letters)


@cache
def _script(character: str) -> str:
    name = unicodedata.name(character, "NONE").split()[0].split("-")[0]
    return {"FULLWIDTH": "LATIN", "HALFWIDTH": "KATAKANA", "KATAKANA": "KATAKANA", "MATHEMATICAL": "LATIN", "IDEOGRAPHIC": "CJK"}.get(name, name)
