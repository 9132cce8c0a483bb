"""Predictability: how well each word is foretold by the word before it, learned on other documents of the same folder.

An upper bound of the entropy rate, and no ambiguity: much to choose from may be nothing but freedom of wording, and a text that is easy to foretell
may be understood in two ways. Copies that lie in two groups of documents are foretold from one another and lower the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import bigram_groups, bigrams, group_terms
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_interval, ratio_without_each
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_UNSEEN = 0.1
"""A larger share of words that the other documents do not hold gives no number, because to the model all of them are one class, so the less was
learned the easier the text looks: a handbook of 252 documents gave 5.70 nats a word, 50 of its documents (8 % unseen) 5.55, 16 (20 %) 5.03."""

REFERENCE = "Kneser and Ney 1995; Chen and Goodman 1999; Shannon 1951"
PREDICTABILITY = Measure("predictability", "tokens", "E", REFERENCE)
PERPLEXITY = Measure("perplexity", "tokens", "E", REFERENCE)
METHOD = computed("kneser_ney") + computed("groups_foretold")


@dataclass(frozen=True, eq=False)
class Tallies:
    """What Kneser-Ney smoothing needs to know of training text.

    Attributes
    ----------
    words : int64 array, shape (V,)
        Tokens of each word.
    holders : int64 array, shape (V,)
        Groups of documents that hold each word.
    times : int64 array, shape (V,)
        How often each word stands directly before another one, c(v.).
    followers : int64 array, shape (V,)
        Different words directly after each word, N1+(v.).
    precursors : int64 array, shape (V,)
        Different words directly before each word, N1+(.w).
    once, twice : int
        Bigrams seen once and twice, n1 and n2.
    """

    words: Integers
    holders: Integers
    times: Integers
    followers: Integers
    precursors: Integers
    once: int
    twice: int

    def without(self, part: _Part) -> Tallies:
        """Give the tallies of the text without one group of documents. Cost O(V + bigrams of the group)."""
        size, gone = len(self.words), part.before == part.here
        after = part.before - part.here
        return replace(
            self,
            words=self.words - part.words,
            holders=self.holders - (part.words > 0),
            times=self.times - _sums(part.rows, part.here, size),
            followers=self.followers - np.bincount(part.rows[gone], minlength=size),
            precursors=self.precursors - np.bincount(part.columns[gone], minlength=size),
            once=self.once + int((after == 1).sum()) - int((part.before == 1).sum()),
            twice=self.twice + int((after == 2).sum()) - int((part.before == 2).sum()),
        )


@dataclass(frozen=True, eq=False)
class _Part:
    """The text of one group: its bigrams with their counts here and in all groups, and its words."""

    rows: Integers
    columns: Integers
    here: Integers
    before: Integers
    words: Integers


@dataclass(frozen=True, eq=False)
class KneserNey:
    """A model of the next word given the word before it.

    Formula, for a word w of the training text: ``p(w|v) = (1-u) (max(c(vw) - D, 0) + D N1+(v.) q(w)) / c(v.)``, and ``(1-u) q(w)`` where v is
    unknown or w has none before it, with ``q(w) = max(N1+(.w) - D1, 0) / N1+(..) + D1 |{w: N1+(.w) > 0}| / N1+(..) / S`` over the S training words;
    ``p(unseen|v) = u`` for all other words as one class. u is the share of training tokens whose word only one group of documents holds, which is
    what leaving out a group has just shown to be new. Probabilities of the S words and the class add up to 1. Reference: Chen and Goodman 1999.

    Attributes
    ----------
    share : array, shape (V,)
        q, the continuation unigram over uniform; 0 for words that were not seen.
    times, followers : int64 arrays, shape (V,)
        As in :class:`Tallies`.
    discount : float
        D.
    unseen : float
        u.
    """

    share: Floats
    times: Integers
    followers: Integers
    discount: float
    unseen: float

    def after(self, before: Integers, words: Integers, counts: Integers) -> Floats:
        """Give the probability of each word after the word before it; ``counts`` are the training counts c(vw)."""
        times = self.times[before]
        known = (np.maximum(counts - self.discount, 0.0) + self.discount * self.followers[before] * self.share[words]) / np.maximum(times, 1)
        return self._or_unseen(words, np.where(times > 0, known, self.share[words]))

    def first(self, words: Integers) -> Floats:
        """Give the probability of each word with none before it: at the start of a sentence, after a comma."""
        return self._or_unseen(words, self.share[words])

    def _or_unseen(self, words: Integers, probability: Floats) -> Floats:
        return np.where(self.share[words] > 0, (1 - self.unseen) * probability, self.unseen)


WIDENING = 1.4
"""Factor on the jackknife error, because models are kept: a group that holds what others hold makes both easier to foretell, so losses of groups are
not independent. On a Markov chain of 200 words, 50 documents, the error was 1.4 times the plain one (reports/validation/estimators.md)."""


def absolute_discount(once: int, twice: int) -> float:
    """Give the discount of Ney, Essen and Kneser 1994, ``n1 / (n1 + 2 n2)``; half a count is added so that it is never 0 or 1."""
    return (once + 0.5) / (once + 2 * twice + 1.0)


def tally(total: csr_matrix, words: Integers, holders: Integers) -> Tallies:
    """Tally bigrams, shape (V, V), entry (i, j) where i stands directly before j; words and their holders, shape (V,)."""
    return Tallies(
        words=words,
        holders=holders,
        times=np.asarray(total.sum(axis=1)).ravel().astype(np.int64),
        followers=np.diff(total.indptr).astype(np.int64),
        precursors=np.bincount(total.indices, minlength=len(words)).astype(np.int64),
        once=int((total.data == 1).sum()),
        twice=int((total.data == 2).sum()),
    )


def learn(found: Tallies) -> KneserNey:
    """Make a model of the tallies of a text with at least one word."""
    total, seen = int(found.precursors.sum()), found.words > 0
    lower = absolute_discount(int((found.precursors == 1).sum()), int((found.precursors == 2).sum()))
    kept = np.maximum(found.precursors - lower, 0.0) / max(total, 1)
    # what the discounts have left, evenly over all words that were seen
    share = np.where(seen, kept + (1.0 - kept.sum()) / max(int(seen.sum()), 1), 0.0)
    alone = int(found.words[found.holders == 1].sum())
    return KneserNey(
        share=share,
        times=found.times,
        followers=found.followers,
        discount=absolute_discount(found.once, found.twice),
        unseen=(alone + 0.5) / (int(found.words.sum()) + 1.0),
    )


def held_out_losses(total: csr_matrix, groups: Iterable[csr_matrix], words: csr_matrix) -> tuple[Floats, Integers, Integers]:
    """Foretell the text of each group from that of all others.

    Parameters
    ----------
    total : csr_matrix, shape (V, V)
        Bigrams of all groups.
    groups : iterable of csr_matrix, each (V, V)
        Those of each group; asked for one after the other, so that they need not stand in memory together.
    words : csr_matrix, shape (groups, V)
        Tokens of each word in each group.

    Returns
    -------
    losses : array, shape (g,)
        ``-sum log p`` of the words of each group that has any, in nats.
    tokens, unseen : int64 arrays, shape (g,)
        Its words, and those of them that no other group holds.
    """
    size = int(words.shape[1])
    whole = tally(total, np.asarray(words.sum(axis=0)).ravel().astype(np.int64), np.bincount(words.indices[words.data > 0], minlength=size))
    keys = _keys(total)
    found = [_held_out(whole, _part(group, keys, total, words[row])) for row, group in enumerate(groups) if words[row].nnz]
    losses, tokens, unseen = (np.array(column) for column in zip(*found, strict=True)) if found else (np.zeros(0),) * 3
    return losses.astype(float), tokens.astype(np.int64), unseen.astype(np.int64)


def _part(group: csr_matrix, keys: Integers, total: csr_matrix, words: csr_matrix) -> _Part:
    own = _keys(group)
    rows, columns = np.divmod(own, max(int(group.shape[1]), 1))
    place = np.searchsorted(keys, own)
    return _Part(rows, columns, group.data.astype(np.int64), total.data[place].astype(np.int64), words.toarray().ravel().astype(np.int64))


def _held_out(whole: Tallies, part: _Part) -> tuple[float, int, int]:
    found = whole.without(part)
    model = learn(found)
    starts = part.words - _sums(part.columns, part.here, len(part.words))
    first = np.flatnonzero(starts)
    loss = -float(part.here @ np.log(model.after(part.rows, part.columns, part.before - part.here)))
    loss -= float(starts[first] @ np.log(model.first(first)))
    return loss, int(part.words.sum()), int(part.words[found.words == 0].sum())


def _keys(matrix: csr_matrix) -> Integers:
    """Number the entries of a canonical matrix row by row, ascending."""
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return rows * int(matrix.shape[1]) + matrix.indices


def _sums(places: Integers, values: Integers, size: int) -> Integers:
    # summed as floats, exact up to 2^53 tokens
    return np.bincount(places, weights=values, minlength=size).astype(np.int64)


def estimate_predictability(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure the cross-entropy of a word given the one before it, held out by groups of documents, and its exponential, for each language."""
    return Estimates(estimates=tuple(item for language in inputs.languages for item in _of_language(inputs, language, options)))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, stats = f"lang:{language}", inputs.stats
    words = group_terms(stats, language)
    n, filled = int(words.sum()), int((np.diff(words.indptr) > 0).sum())
    if filled < MINIMUM_GROUPS:
        return _refused(subject, n, "undefined_too_few_groups_to_foretell", n=filled, needed=MINIMUM_GROUPS)
    losses, tokens, unseen = held_out_losses(bigrams(stats, language), bigram_groups(stats, language), words)
    share = float(unseen.sum() / n)
    if share > MOST_UNSEEN:
        return _refused(subject, n, "undefined_mostly_unseen", share=share, most=MOST_UNSEEN)
    value = float(losses.sum() / n)
    interval = jackknife_interval(value, ratio_without_each(losses, tokens.astype(float)), options.level, WIDENING, (0.0, np.inf))
    method = METHOD + computed("unseen_words_one_class", share=share) + computed("jackknife_of_ratio", factor=WIDENING)
    ends = None if interval is None else (float(np.exp(interval[0])), float(np.exp(interval[1])))
    return (
        PREDICTABILITY.given(subject, value, n, computed("cross_entropy") + method, interval, options.level),
        PERPLEXITY.given(subject, float(np.exp(value)), n, computed("exponential_of_cross_entropy") + method, ends, options.level),
    )


def _refused(subject: str, n: int, code: str, /, **parameters: float | int | str) -> tuple[Estimate, ...]:
    return tuple(measure.undefined(subject, n, METHOD, code, **parameters) for measure in (PREDICTABILITY, PERPLEXITY))


PREDICTABLE_TEXT = Estimator(
    name="predictability",
    question="How well does a word foretell the next one, in documents that were not learned from?",
    reference=REFERENCE,
    function=estimate_predictability,
)
