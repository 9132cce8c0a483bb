"""Which language a text is in, from its scripts alone: no model, the same answer for ever.

Japanese is the only living language written with kana, and Latin letters are taken for English. So German reads as English; a reader of
the report sees that at once, and a detector would guess wrongly on short business strings more often than this rule does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

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
        return ScriptCounts(latin=len(_LATIN.findall(text)))
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
