"""Acronyms with several expansions: short terms whose letters begin the words of more than one phrase that stands near them.

Terms are counted in one case, so an acronym is known by its company, not by its capitals: the words of a phrase stand near it more often than
chance, as in "purchase order (PO)". Japanese short forms of Chinese characters (就規 for 就業規則) are found in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, bigrams, pair_group, pairs_between, vocabulary
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator
from corpuskit.estimators.words.neighbourhoods import Integers
from corpuskit.finding import Finding

SHAPE = r"^(\p{Latin}{2,5}|\p{Han}{2,4})$"
"""Acronyms: two to five Latin letters, or two to four Chinese characters; with more letters, phrases of as many words are chance."""

LINKS = ("of", "and", "for", "to", "in")
"""Function words that may stand inside a phrase and lend their letter (unit of measure, UoM)."""

MOST_CANDIDATES = 2_000
"""Candidates looked at, the most frequent ones, because each is compared with the phrases of its initials."""

FEWEST_OCCURRENCES = 3
"""Acronyms and phrases seen less often are left out, because a single case is a slip or a name."""

FEWEST_NEAR = 2
"""The first and the last word of an expansion stand near the acronym at least so often."""

FEWEST_TIMES_CHANCE = 3.0
"""And so many times as often as chance would have it, because frequent words stand near everything."""

FIXED = 10.0
"""Each word of a phrase follows the one before so many times as often as chance would have it, because words that merely meet are no name."""

MOST_PHRASES = 200
"""Phrases followed for each acronym at most, the most frequent ones."""

MOST_SHOWN = 20
"""Acronyms that are named, as many as the report shows of a table."""

REFERENCE = "Schwartz and Hearst 2003; Dunning 1993"


@dataclass(frozen=True, slots=True)
class Expansion:
    """A phrase that an acronym may stand for: its words and how often they stand so (the rarest of its pairs of neighbouring words)."""

    words: tuple[str, ...]
    count: int


@dataclass(frozen=True, eq=False)
class _Words:
    """The words of a language: forms, pairs of some of them (both directions), margins of all, and which word follows which (``known``: as asked)."""

    forms: list[str]
    rows: dict[int, int]
    together: csr_matrix
    margins: Integers
    total: float
    following: csr_matrix
    known: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, stats: CorpusStats, language: str, chosen: Integers) -> _Words:
        terms = vocabulary(stats, language)
        together = csr_matrix(pairs_between(stats, language, chosen, None) + pairs_between(stats, language, None, chosen).T)
        groups = (pair_group(stats, language, group) for group in range(stats.options.groups))
        margins = sum(np.asarray(group.sum(axis=0)).ravel() + np.asarray(group.sum(axis=1)).ravel() for group in groups)
        follows, frequency = bigrams(stats, language), terms["frequency"].to_numpy()
        often = np.flatnonzero(follows.data >= FEWEST_OCCURRENCES)
        counts, row, column = follows.data[often], np.searchsorted(follows.indptr, often, side="right") - 1, follows.indices[often]
        kept = counts >= FIXED * (frequency[row] * frequency[column] / max(float(frequency.sum()), 1.0))
        following = csr_matrix((counts[kept], (row[kept], column[kept])), shape=follows.shape)
        rows = {int(term): place for place, term in enumerate(chosen)}
        return cls(terms["form"].to_list(), rows, together, np.asarray(margins), float(np.sum(margins)), following)

    def near(self, row: int) -> frozenset[int]:
        """Give the words that stand near a word often enough, and more often than chance."""
        at = self.rows[row]
        part = slice(self.together.indptr[at], self.together.indptr[at + 1])
        places, seen = self.together.indices[part], self.together.data[part]
        expected = self.margins[row] * self.margins[places] / max(self.total, 1.0)
        kept = (seen >= FEWEST_NEAR) & (seen >= FEWEST_TIMES_CHANCE * expected)
        return frozenset(int(place) for place in places[kept] if place != row)

    def after(self, row: int) -> list[tuple[int, int]]:
        """Give the words that follow a word, and how often; asked for again and again, and so remembered."""
        if row not in self.known:
            part = slice(self.following.indptr[row], self.following.indptr[row + 1])
            self.known[row] = list(zip(self.following.indices[part].tolist(), self.following.data[part].tolist(), strict=True))
        return self.known[row]


def expansions(stats: CorpusStats, language: str) -> dict[str, tuple[Expansion, ...]]:
    """Find the phrases that the acronyms of a language may stand for.

    A phrase has one word for each letter, in order; each word follows the one before at least three times and ten times as often as chance; all but
    linking words inside stand near the acronym at least twice and three times as often as chance. Phrases that begin alike in all words, of three
    and more in all but one, are forms of one (order, orders), so the most frequent of them stands for all.

    Returns
    -------
    dict
        Acronym to its expansions, the most frequent first; acronyms without any are left out.
    """
    terms = vocabulary(stats, language).with_row_index("row")
    wanted = ~pl.col("stop") & (pl.col("frequency") >= FEWEST_OCCURRENCES) & pl.col("form").str.contains(SHAPE)
    candidates = terms.filter(wanted).sort("frequency", "form", descending=[True, False]).head(MOST_CANDIDATES)
    if candidates.height == 0:
        return {}
    words = _Words.of(stats, language, candidates["row"].to_numpy().astype(np.int64))
    content = set(terms.filter(~pl.col("stop"))["row"].to_list())
    links = set(terms.filter(pl.col("form").is_in(LINKS))["row"].to_list())
    found = {}
    for row, acronym in candidates.select("row", "form").iter_rows():
        near = words.near(int(row)) & content
        phrases = _phrases(acronym, words, near, links)
        if phrases:
            found[acronym] = phrases
    return found


def _phrases(acronym: str, words: _Words, near: frozenset[int], links: set[int]) -> tuple[Expansion, ...]:
    """Follow the words from each first word near the acronym, letter by letter; all of them stand near it, but for linking words."""
    wanted = near | links
    held: list[tuple[tuple[int, ...], int]] = [
        ((first,), 2**62) for first in sorted(near) if words.forms[first][0] == acronym[0] and len(words.forms[first]) > 1
    ]
    for letter in acronym[1:]:
        grown = [
            ((*phrase, place), min(count, seen))
            for phrase, count in held
            for place, seen in words.after(phrase[-1])
            if place in wanted and words.forms[place][0] == letter and words.forms[place] != acronym
        ]
        held = sorted(grown, key=lambda each: (-each[1], [words.forms[place] for place in each[0]]))[:MOST_PHRASES]
    ended = [(phrase, count) for phrase, count in held if phrase[-1] in near]
    return _different([Expansion(tuple(words.forms[place] for place in phrase), count) for phrase, count in ended])


def _different(phrases: list[Expansion]) -> tuple[Expansion, ...]:
    """Keep the most frequent of phrases that are forms of one: all but one of their words begin alike, as in sales order and sales orders."""
    kept: list[Expansion] = []
    for phrase in phrases:
        if all(sum(a[:4] != b[:4] for a, b in zip(phrase.words, other.words, strict=True)) > min(1, len(phrase.words) - 2) for other in kept):
            kept.append(phrase)
    return tuple(kept)


def estimate_acronyms(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Name for each language the acronyms that stand for several phrases."""
    del options
    found = [_of_language(inputs, language) for language in inputs.languages]
    return Estimates(series=tuple(item for part in found for item in part.series), findings=tuple(item for part in found for item in part.findings))


def _of_language(inputs: Inputs, language: str) -> Estimates:
    known = expansions(inputs.stats, language)
    several: dict[str, tuple[Expansion, ...]] = defaultdict(tuple, {acronym: found for acronym, found in known.items() if len(found) > 1})
    if not several:
        return Estimates()
    joint = "" if language == "ja" else " "
    order = sorted(several, key=lambda acronym: (-several[acronym][1].count, acronym))
    rows = tuple((acronym, " / ".join(joint.join(each.words) for each in several[acronym][:4]), len(several[acronym])) for acronym in order)
    subject = f"lang:{language}"
    series = Series(id=f"acronyms@{subject}", name="acronyms", subject=subject, columns=("acronym", "expansions", "number"), rows=rows[:MOST_SHOWN])
    finding = Finding(
        id=f"acronyms_with_several_expansions@{language}",
        level="note",
        code="acronyms_with_several_expansions",
        parameters={"language": language, "acronyms": len(rows), "expanded": len(known), "acronym": rows[0][0], "expansions": rows[0][1]},
    )
    return Estimates(series=(series,), findings=(finding,))


ACRONYMS = Estimator(
    name="acronyms",
    question="Which acronyms stand for more than one thing?",
    reference=REFERENCE,
    function=estimate_acronyms,
)
