"""Terms of several words, found by counting: suggestions for the user dictionary (:mod:`corpuskit.text.user_dictionary`).

Sequences of adjacent words within a sentence are counted in a pass of their own, since co-occurrence knows neither order nor neighbours exactly.
A sequence is a candidate where its words can be a term: in Japanese nouns and their affixes without a particle between them; in English words
that neither begin nor end with a function word, with no function word inside but "of", "and", "for". Then C-value ranks them: often, long, and
not merely a piece of something longer.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log2

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpuskit.counts.association import log_dice
from corpuskit.errors import UsageError
from corpuskit.text import TokenTable, normalise

_LINKS = ("of", "and", "for")
_POINTING = ("他", "前", "各", "同", "当", "本", "両", "上記", "下記", "以下")
"""Japanese nouns that begin no term; because they point to what stands elsewhere (前各号, 他費用)."""

_NUMERAL = r"^[\d.,〇一二三四五六七八九十百千万億]+$"
_LONGEST = 8
_MOST = 2_000_000
"""Different sequences that are held; because each takes about 50 bytes, and the rarest of more are not terms."""

_NONE = 2**32 - 1
"""Stands behind the last word of a sequence that is shorter than the longest."""

Sequence = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TermSuggestion:
    """A sequence of words that may be a term.

    Attributes
    ----------
    term : str
        The normalised words, in Japanese written together.
    language : str
        ``en`` or ``ja``.
    words : int
        How many.
    frequency, documents : int
        Occurrences, and documents with at least one.
    c_value : float
        :func:`c_values`.
    log_dice : float or None
        ``14 + log2(2 f(xy) / (f(x) + f(y)))`` of two words (Rychly 2008); None for more.
    known : bool
        Whether it is a spelling in the user dictionary already.
    """

    term: str
    language: str
    words: int
    frequency: int
    documents: int
    c_value: float
    log_dice: float | None
    known: bool


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions by language and falling C-value.

    ``missing``: occurrences that each frequency may lack at most; above 0 only where there were more different sequences than are held.
    """

    terms: tuple[TermSuggestion, ...]
    missing: int = 0


def suggest_terms(
    batches: Iterable[TokenTable],
    longest: int = 4,
    least_frequency: int = 3,
    least_documents: int = 2,
    known: Collection[str] = (),
    most: int = _MOST,
) -> Suggestions:
    """Suggest terms of several words.

    Parameters
    ----------
    batches : iterable of TokenTable
        From :func:`corpuskit.text.tokenize`, best without a user dictionary: its terms are single words.
    longest : int
        Words of the longest sequence, 2 to 8. What is a piece of something longer than that is not noticed.
    least_frequency, least_documents : int
        Occurrences and documents below which a sequence is no candidate.
    known : collection of str
        Spellings in the user dictionary.
    most : int
        Different sequences to hold. Beyond, the rarest are forgotten (lossy counting, Manku and Motwani 2002), and ``missing`` says
        by how much frequencies may be too low.

    Returns
    -------
    Suggestions
        Those with a C-value above 0. None for no text.

    Raises
    ------
    UsageError
        ``longest`` is not 2 to 8.
    """
    if not 2 <= longest <= _LONGEST:
        raise UsageError(f"The longest term must have 2 to {_LONGEST} words, not {longest}.")
    counted = _Sequences(longest, most)
    for batch in batches:
        counted.add(batch)
    kept = counted.total().filter((pl.col("frequency") >= least_frequency) & (pl.col("documents") >= least_documents))
    found = {tuple(word for word in row if word != _NONE): (f, n) for *row, f, n in kept.rows()}
    ranked = c_values({words: frequency for words, (frequency, _) in found.items()})
    spellings = {normalise(spelling) for spelling in known}
    terms = [counted.describe(words, *found[words], c_value, spellings) for words, c_value in ranked.items() if c_value > 0]
    return Suggestions(tuple(sorted(terms, key=lambda term: (term.language, -term.c_value, term.term))), counted.missing)


def c_values(frequencies: Mapping[Sequence, int]) -> dict[Sequence, float]:
    """Rate candidate terms by length and by how often they stand alone (Frantzi, Ananiadou and Mima 2000, sections 2.2 and 2.3).

    ``log2 |a| * (f(a) - t(a) / c(a))``, where |a| counts words, t(a) the occurrences of a inside longer candidates, those inside still
    longer ones once, and c(a) the longer candidates; ``log2 |a| * f(a)`` where there are none. Negative where f(a) is below the mean of those.

    Parameters
    ----------
    frequencies : mapping
        Words of each candidate to its occurrences, inside longer ones included.
    """
    nested: dict[Sequence, int] = defaultdict(int)
    longer: dict[Sequence, int] = defaultdict(int)
    values = {}
    for words in sorted(frequencies, key=len, reverse=True):
        frequency, size = frequencies[words], len(words)
        values[words] = log2(size) * (frequency - (nested[words] / longer[words] if words in longer else 0))
        pieces = {words[start : start + length] for length in range(2, size) for start in range(size - length + 1)}
        for piece in pieces & frequencies.keys():
            nested[piece] += frequency - nested.get(words, 0)
            longer[piece] += 1
    return values


class _Sequences:
    """Counts of sequences over all batches, at most about ``most`` different ones."""

    def __init__(self, longest: int, most: int) -> None:
        self._columns = [f"word{place}" for place in range(longest)]
        self._most = most
        self._numbers: dict[tuple[str, str], int] = {}
        self._words: list[tuple[str, str]] = []
        self._occurrences = np.zeros(0, np.int64)
        self._whole: pl.DataFrame | None = None
        self._waiting: list[pl.DataFrame] = []
        self.missing = 0

    def add(self, batch: TokenTable) -> None:
        """Count the sequences of a batch."""
        number = self._number(batch.terms)
        of_batch = number[batch.tokens["term"].to_numpy()]
        grown = np.bincount(of_batch, minlength=len(self._words))
        grown[: self._occurrences.size] += self._occurrences
        self._occurrences = grown
        self._waiting.append(_counted(batch, of_batch, self._columns))
        if sum(frame.height for frame in self._waiting) > self._most / 2:
            self._merge()

    def total(self) -> pl.DataFrame:
        """Give each sequence with its frequency and documents."""
        return self._merge()

    def describe(self, words: Sequence, frequency: int, documents: int, c_value: float, known: Collection[str]) -> TermSuggestion:
        language = self._words[words[0]][0]
        term = _written([self._words[word][1] for word in words], language)
        together = None
        if len(words) == 2:
            first, second = (int(self._occurrences[word]) for word in words)
            together = float(log_dice(frequency, first, second))
        return TermSuggestion(term, language, len(words), frequency, documents, c_value, together, normalise(term) in known)

    def _number(self, terms: pl.DataFrame) -> NDArray[np.uint32]:
        """Give the number over all batches of each term of one."""
        of_term = np.zeros(terms.height, np.uint32)
        for term, *word in terms.select("term", "language", "form").iter_rows():
            key = (word[0], word[1])
            number = self._numbers.setdefault(key, len(self._words))
            if number == len(self._words):
                self._words.append(key)
            of_term[term] = number
        return of_term

    def _merge(self) -> pl.DataFrame:
        frames = self._waiting if self._whole is None else [self._whole, *self._waiting]
        if not frames:
            return pl.DataFrame(schema=dict.fromkeys((*self._columns, "frequency", "documents"), pl.UInt32))
        whole = pl.concat(frames).group_by(self._columns).agg(pl.col("frequency", "documents").sum())
        if whole.height > self._most:
            least = int(whole["frequency"].sort(descending=True)[self._most // 2])
            whole = whole.filter(pl.col("frequency") > least)
            self.missing += least
        self._whole, self._waiting = whole, []
        return whole


def _counted(batch: TokenTable, words: NDArray[np.uint32], columns: list[str]) -> pl.DataFrame:
    """Count the sequences of a batch that can be terms: one row each, shorter ones filled up."""
    part, begin, end = _roles(batch)
    sentence = batch.tokens["sentence"].to_numpy()
    section = batch.tokens["section"].to_numpy()
    of_section = dict(batch.sections.select("section", "document").iter_rows())
    documents = {document: number for number, document in enumerate(dict.fromkeys(of_section.values()))}
    document_of = np.zeros(max(of_section, default=-1) + 1, np.uint32)
    for number, document in of_section.items():
        document_of[number] = documents[document]
    frames = []
    running = part.copy()
    for length in range(2, len(columns) + 1):
        running = running[:-1] & part[length - 1 :]  # every word from here on can be part of a term
        last = np.arange(running.size) + length - 1
        starts = np.flatnonzero(running & begin[: running.size] & end[last] & (sentence[: running.size] == sentence[last]))
        found = {column: words[starts + place] if place < length else np.full(starts.size, _NONE, np.uint32) for place, column in enumerate(columns)}
        frames.append(pl.DataFrame({**found, "document": document_of[section[starts]]}))
        if not running.size:
            break
    counts = [pl.len().cast(pl.UInt32).alias("frequency"), pl.col("document").n_unique().cast(pl.UInt32).alias("documents")]
    return pl.concat(frames).group_by(columns).agg(counts)


def _roles(batch: TokenTable) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for each token whether it can be part of a term of several words, begin one and end one."""
    form, japanese = pl.col("form"), pl.col("language") == "ja"
    marks = {
        "content": pl.col("word") & ~pl.col("stop") & form.str.contains(r"^[\p{L}\p{N}]") & form.str.contains(r"\p{L}"),
        "japanese": japanese,
        "link": ~japanese & form.is_in(_LINKS),
        "pointing": japanese & form.is_in(_POINTING),
        "numeral": japanese & form.str.contains(_NUMERAL),
    }
    terms = batch.tokens["term"].to_numpy()
    marked = batch.terms.sort("term").select(**marks)
    of = {name: marked[name].to_numpy()[terms] for name in marks}
    end = of["content"] & (batch.tokens["nominal"].to_numpy() | ~of["japanese"])
    # after a number a Japanese noun counts something: 第5条, 24時間
    sentence = batch.tokens["sentence"].to_numpy()
    counts = np.zeros(terms.size, np.bool_)
    counts[1:] = of["numeral"][:-1] & (sentence[1:] == sentence[:-1])
    return end | of["link"], end & ~of["pointing"] & ~counts, end


def _written(forms: list[str], language: str) -> str:
    """Write words as one term: with blanks, in Japanese only between two words in Latin letters."""
    text = forms[0]
    for before, form in itertools.pairwise(forms):
        text += (" " if language != "ja" or (before[-1:].isascii() and form[:1].isascii()) else "") + form
    return text
