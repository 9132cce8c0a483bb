"""Which words the public writes too: a general frequency list, looked up with respect for how its words and ours are cut.

The lists are those of the package wordfreq (Speer 2022), which stand in it and need no network: words that are met at least about once in a hundred
million words of the web, books, news, subtitles and encyclopedias, as of 2021. They are read when they are first asked for (0.1 s and about 35 MB for
each language) and kept by wordfreq.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

Standing = Literal["listed", "parts", "absent"]

LONGEST_PART = 12
"""Characters of a part that are tried, because longer words stand in the list as compounds seldom, and the search stays short."""

_KANJI = re.compile(r"[\u3400-\u9fff々]")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_LATIN = re.compile(r"[a-z\u00e0-\u024f]{2}")
_KANA = re.compile(r"[\u3041-\u30ffー]+")


@dataclass(frozen=True, eq=False)
class PublicWords:
    """The list of a language.

    Attributes
    ----------
    language : str
        Of the terms that are looked up.
    listed : container of str
        Words of its list, in lower case.
    foreign : container of str
        For Japanese the English list, because Latin words in Japanese text are mostly English ones; empty for other languages.
    edition : str
        Name and version of the package, for the method.
    """

    language: str
    listed: Container[str]
    foreign: Container[str] = frozenset()
    edition: str = ""

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and (form in self.listed or form in self.foreign)

    def standing(self, form: str, units: Sequence[str] | None = None) -> Standing:
        """Tell whether a term is listed, is made of listed parts, or is absent; ``units`` are the short words its dictionary divides it into.

        Parts are tried for Japanese alone: corpuskit's terms are long units in normalised writing, and the list was cut into short ones, so
        that a common compound is not in it (請求書 stands there as 請求 and 書). Where normalising has changed a polite prefix (御願い for お願い) or
        lengthened a vowel at the end (リポジトリー for リポジトリ) the other writing counts too.
        """
        if form in self or self.language != "ja":
            return "listed" if form in self else "absent"
        if self._otherwise_written(form):
            return "listed"
        divided = bool(units) and all(unit in self or self._otherwise_written(unit) for unit in units or ())
        return "parts" if divided or made_of_parts(form, self.__contains__) else "absent"

    def _otherwise_written(self, form: str) -> bool:
        polite = (prefix + form[1:] for prefix in "おご") if form.startswith("御") else ()
        return form.removesuffix("ー") in self or any(other in self for other in polite)


def made_of_parts(form: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a Japanese word can be cut into at least two listed parts.

    A single letter is a part only where it is a Chinese character, which means something by itself, or hiragana at an end (ご請求, 日付け). Latin
    words are not cut (sbom is not sb and om). One of the parts must be long, of two characters or three kana: else any name would do (アオ, ミネ),
    and any term of two characters (軸, 封).

    Parameters
    ----------
    form : str
    known : callable
        Whether a part is in the list.
    """
    # what can be reached, without and with a long part on the way
    reached = [{False}, *(set() for _ in form)]
    for start in range(len(form)):
        if not reached[start]:
            continue
        for stop in range(start + 1, min(len(form), start + LONGEST_PART) + 1):
            part = form[start:stop]
            if part == form or not _allowed(part, at_end=start == 0 or stop == len(form)) or _LATIN.match(form, stop - 1) or not known(part):
                continue
            long = len(part) >= (3 if _KANA.fullmatch(part) else 2)
            reached[stop] |= {before or long for before in reached[start]}
    return True in reached[-1]


def _allowed(part: str, at_end: bool) -> bool:
    return len(part) > 1 or bool(_KANJI.match(part)) or (at_end and bool(_HIRAGANA.match(part)))


def public_words(language: str) -> PublicWords | None:
    """Load the list of a language; None where wordfreq has none.

    Raises
    ------
    ImportError
        wordfreq is not installed.
    """
    from importlib.metadata import version

    import wordfreq

    if language not in wordfreq.available_languages("best"):
        return None
    foreign = wordfreq.get_frequency_dict("en", "best") if language == "ja" else frozenset()
    return PublicWords(language, wordfreq.get_frequency_dict(language, "best"), foreign, f"wordfreq {version('wordfreq')}")


def standings(terms: pl.DataFrame, words: PublicWords) -> list[Standing]:
    """Look up the column ``form``: one look-up each, and of absent terms their ``units``, where that column is there, or a search for parts."""
    units = terms["units"].to_list() if "units" in terms.columns else [None] * terms.height
    return [words.standing(form, short) for form, short in zip(terms["form"].to_list(), units, strict=True)]
