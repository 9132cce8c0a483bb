"""How much a decoded text looks like Japanese or like a Western language, rather than like bytes read by the wrong table.

Both scores look at the runs of characters beyond ASCII with their neighbours, since that is where a wrong table shows: a curly quote
read as Shift_JIS becomes one kanji inside an English word, and kanji read as Latin letters become accents in a row.
"""

from __future__ import annotations

import re
from functools import cache

SCORED_CHARACTERS = 20_000
"""Characters beyond ASCII that are looked at; because the score settles within a few hundred."""

CLEARLY_JAPANESE = 0.45
"""Score from which a text is Japanese; because sentences and tables have .6 to 1, and bytes of other encodings read as Japanese stay below .3."""

UNKNOWN_SCRIPT = 0.3
"""Score given to a text in an encoding without a score of its own (Greek, Korean ...), so that only clear Japanese or Western text wins over it."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD_LETTER = re.compile(r"[A-Za-z]")
_SENTENCE_SIGNS = frozenset("、。「」『』【】・ー々〜～（）！？：〇※①②③④⑤⑥⑦⑧⑨⑩㈱㈲№○●◎■□◆◇△▲▼→←↑↓―…‥")
_WESTERN_SIGNS = frozenset("‘’“”„‚–—…•€£§©®™«»°¡¿¥·½¼¾²³×±µ¶†\xa0\xad")
_QUOTES = frozenset("‘’“”")
_RARE_LETTERS = frozenset("ŠšŽžŒœŸƒ")  # of code page 1252 where Shift_JIS has the first bytes of kanji
_VOICED = frozenset("ｳｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ")
_NEVER_FIRST = frozenset("ﾞﾟｰｧｨｩｪｫｯｬｭｮ")


@cache
def level_1_kanji() -> frozenset[str]:
    """Give the 2,965 kanji of JIS level 1 (rows 16 to 47 of JIS X 0208): nearly all that are written, since level 2 holds the rare ones."""
    cells = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 48) for cell in range(1, 95))
    return frozenset("".join(pair.decode("euc_jp", "ignore") for pair in cells))


def japanese_score(text: str) -> float:
    """Score from -1 to 1 how much the characters beyond ASCII look like Japanese; 0 where there are none.

    Kana, punctuation and level-1 kanji count for it; level-2 kanji, private use, accents, half-width kana in impossible orders and
    single kanji glued to a Latin word count against.
    """
    total, count = 0.0, 0
    for match in _BEYOND_ASCII.finditer(text):
        total += _japanese_run(match[0], text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1])
        count += len(match[0])
        if count >= SCORED_CHARACTERS:
            break
    return total / count if count else 0.0


def _japanese_run(run: str, before: str, after: str) -> float:
    kanji = level_1_kanji()
    alone = len(run) == 1
    glued = alone and ("a" <= before <= "z" or "a" <= after <= "z")
    total, previous = 0.0, ""
    for character in run:
        if "\u3041" <= character <= "\u30fa":
            total += 1.0
        elif character in kanji:
            total += -1.0 if glued else 0.5 if alone else 0.8  # because "’s" and "“c" of code page 1252 are single kanji in Shift_JIS
        elif character in _SENTENCE_SIGNS or "\u2460" <= character <= "\u2473":
            total += 0.7
        elif "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e":
            total += 0.5
        elif "\uff61" <= character <= "\uff9f":
            total += _half_width(character, previous)
        elif "\u4e00" <= character <= "\u9fff" or "\uf929" <= character <= "\ufa2d":
            total -= 1.0 if glued else 0.3
        else:
            total -= 0.2 if character in _WESTERN_SIGNS or "\u2190" <= character <= "\u25ff" else 1.0
        previous = character
    return total


def half_width_score(run: str) -> float:
    """Sum up how possible the order of a run of half-width kana is: below zero for noise."""
    return sum(_half_width(character, previous) for previous, character in zip(" " + run, run, strict=False))


def _half_width(character: str, previous: str) -> float:
    """Judge half-width kana by its order: voicing follows what can be voiced, small kana follow kana, punctuation is rare."""
    if character in "ﾞﾟ":
        return 0.3 if previous in _VOICED and previous else -1.0
    if character in _NEVER_FIRST:
        return 0.2 if "ｱ" <= previous <= "ﾟ" else -1.0
    return -0.4 if character in "｡｢｣､･" else 0.1


def western_score(text: str) -> float:
    """Score from -1 to 1 how much the characters beyond ASCII look like accents and signs of Latin text; 0 where there are none.

    One or two accented letters inside a word and usual signs count for it; rows of accents, capitals inside words, signs glued together
    and control characters count against.
    """
    total, count = 0.0, 0
    for match in _BEYOND_ASCII.finditer(text):
        run, before, after = match[0], text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        total += _western_run(run, before, after)
        count += len(run)
        if count >= SCORED_CHARACTERS:
            break
    return total / count if count else 0.0


def _quote(character: str, before: str, after: str) -> float:
    """Judge a curly quote alone by its side: an opening one stands before a word and a closing one behind it."""
    opens = character in "‘“"
    inner, outer = (after, before) if opens else (before, after)
    if character == "’":
        return 0.8 if inner.isalnum() or outer.isalnum() else 0.3
    return 0.8 if inner.strip() and not outer.isalnum() else -1.0


def _western_run(run: str, before: str, after: str) -> float:
    """Judge one run: longer ones than two are no Latin writing, except capitals and quotes next to each other."""
    in_word = bool(_WORD_LETTER.match(before) or _WORD_LETTER.match(after))
    if len(run) > 3:
        return -1.0 * len(run)
    total = 0.0
    for character in run:
        if character in _QUOTES:
            total += _quote(character, before, after) if len(run) == 1 else 0.1
        elif character in _WESTERN_SIGNS:
            total += 0.7 if len(run) == 1 else 0.1
        elif character in _RARE_LETTERS:
            total += 0.3 if in_word else -0.5
        elif not character.isalpha() or not "\xc0" <= character <= "\u017e" or (character.isupper() and "a" <= before <= "z"):
            total -= 1.0
        else:
            total += (0.9 if len(run) <= 2 else 0.1) if in_word else -0.5
    return total
