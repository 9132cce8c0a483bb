"""Which language a text is in, from its scripts alone: no model, the same answer for ever.

Japanese is the only living language written with kana, and Latin letters are taken for English. So German reads as English; a reader of
the report sees that at once, and a detector would guess wrongly on short business strings more often than this rule does.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_KANA = re.compile(r"[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]")
_ANY_LETTER = re.compile(r"[^\W\d_\u30fc\uff70]")
# Characters of simplified or spoken Chinese that Japanese does not use
_CHINESE_ONLY = re.compile("[这们说对时过还让没吗个为发从给么见问这們沒嗎]")

_JAPANESE_WORD = 2
"""Characters of an average Japanese word: 1.9 characters per Sudachi token (mode C) on business text."""
_LATIN_WORD = 5
"""Letters of an average English word."""
_SOME = 0.05
_MOST = 0.5


class ScriptCounts(NamedTuple):
    """Letters of a text by script; they add up over sections."""

    kana: int = 0
    han: int = 0
    latin: int = 0
    other: int = 0
    chinese: int = 0  # of ``han``: characters that Japanese does not use

    def plus(self, more: ScriptCounts) -> ScriptCounts:
        """Add letter by letter."""
        return ScriptCounts(*(mine + yours for mine, yours in zip(self, more, strict=True)))


def count_scripts(text: str) -> ScriptCounts:
    """Count the letters of a text by script; digits, punctuation and the prolonged sound mark belong to none."""
    if text.isascii():
        return ScriptCounts(latin=len(text) - len(text.encode().translate(None, _ASCII_LETTERS)))
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if codes.size != len(text):  # characters beyond the basic plane: rare names and emoji
        return _counted_one_by_one(text)
    found = np.bincount(_scripts()[codes], minlength=_LETTER << 1)
    kana, han, latin, chinese = (int(found[script] + found[script | _LETTER]) for script in (_IS_KANA, _IS_HAN, _IS_LATIN, _IS_CHINESE))
    letters = int(found[_LETTER:].sum())
    return ScriptCounts(kana, han + chinese, latin, max(0, letters - kana - han - chinese - latin), chinese)


_ASCII_LETTERS = string.ascii_letters.encode()
_IS_KANA, _IS_HAN, _IS_LATIN, _IS_CHINESE = 1, 2, 3, 4
_LETTER = 8


@cache
def _scripts() -> NDArray[np.uint8]:
    """Script of each character of the basic plane, and whether it is a letter."""
    every = "".join(map(chr, range(0x10000)))
    table = np.zeros(0x10000, np.uint8)
    for pattern, script in ((_KANA, _IS_KANA), (_HAN, _IS_HAN), (_LATIN, _IS_LATIN), (_CHINESE_ONLY, _IS_CHINESE)):
        table[[ord(character) for character in pattern.findall(every)]] = script
    table[[ord(character) for character in _ANY_LETTER.findall(every)]] |= _LETTER
    return table


def _counted_one_by_one(text: str) -> ScriptCounts:
    kana, han, latin = len(_KANA.findall(text)), len(_HAN.findall(text)), len(_LATIN.findall(text))
    letters = len(_ANY_LETTER.findall(text))
    return ScriptCounts(kana, han, latin, max(0, letters - kana - han - latin), len(_CHINESE_ONLY.findall(text)) if han else 0)


def language_of(counts: ScriptCounts, majority: str = "") -> str:
    """Decide ``en``, ``ja``, ``mixed`` or ``other``.

    The share of Japanese words is J / (J + L), with J = (kana + han) / 2 and L = latin / 5, the lengths of average words.
    ``ja`` from .5 on, ``en`` below .05, ``mixed`` between. Letters of other scripts outweighing both, or Chinese without kana: ``other``.

    Parameters
    ----------
    counts : ScriptCounts
        Letters of the text.
    majority : str
        Language of the whole document, which decides where the text cannot: only Chinese characters, or no letter at all.
    """
    kana, han, latin, other, chinese = counts
    if not kana + han + latin + other:
        return majority or "other"
    japanese, english = (kana + han) / _JAPANESE_WORD, latin / _LATIN_WORD
    if other / _LATIN_WORD > japanese + english:
        return "other"
    if not kana and han and (majority == "other" or chinese * 50 > han):
        return "other" if japanese > english else "en"
    share = japanese / (japanese + english)
    if share >= _MOST:
        return "ja"
    return "mixed" if share >= _SOME else "en"


def identify(text: str, majority: str = "") -> str:
    """Tell the language of a text: ``en``, ``ja``, ``mixed`` (both) or ``other`` (neither, or no letter). See :func:`language_of`."""
    return language_of(count_scripts(text), majority)


def identify_sections(texts: Iterable[str]) -> tuple[str, list[str]]:
    """Tell the language of a document, from the letters of all its sections, and of each section."""
    counts = [count_scripts(text) for text in texts]
    total = ScriptCounts()
    for one in counts:
        total = total.plus(one)
    majority = language_of(total)
    return majority, [language_of(one, majority) for one in counts]
