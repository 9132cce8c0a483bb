"""Why cues do not find their passages: copies and other versions that come first, headings that many passages share, passages that nothing finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, side_by_side, superseded_documents
from corpuskit.estimators.retrieval.retrieval_cues import Cues, Passages
from corpuskit.estimators.retrieval.retrieval_scores import Scorer, batches, ranks_of_own

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

LOOKED_AT = 500
"""Misses whose better passages are looked at, at most, because the interval of a share is then narrower than nine points."""

AHEAD = 50
"""Better passages of a miss that are compared with its own, because one with fifty ahead is not lost to copies alone."""

DISTINCTIVE = 3
"""Terms of a passage that are tried one by one, because searches have two or three words."""


@dataclass(frozen=True, eq=False)
class Displaced:
    """What stands before the own passages of cues that do not find them first.

    Attributes
    ----------
    misses : Cues
        Those that were looked at.
    copies, versions : bool arrays, shape (misses,)
        Whether the passage found first is a near copy of the own one, or belongs to another version of its document.
    mended : bool array, shape (misses,)
        Whether the own passage would come first if near copies, other versions of its document and superseded documents were left out.
    by : int64 array, shape (misses,)
        The passage found first; -1 where nothing scores.
    """

    misses: Cues
    copies: Flags
    versions: Flags
    mended: Flags
    by: Integers


def displaced(passages: Passages, cues: Cues, ranks: Floats, scorer: Scorer, alike: float, seed: int = 0) -> Displaced:
    """Look at what ranks before, or level with, the own passage of each cue that does not find it first.

    Parameters
    ----------
    passages : Passages
    cues : Cues
    ranks : array, shape (cues,)
        Ranks of the own passages by the same scorer.
    scorer : callable
    alike : float
        Likeness of word counts, ``sum min / sum max`` (Ruzicka), from which two passages are near copies.
    seed : int
        Of the draw of misses.
    """
    missed = np.flatnonzero(ranks > 1)
    if len(missed) > LOOKED_AT:
        missed = np.sort(np.random.default_rng(seed).permutation(missed)[:LOOKED_AT])
    misses = cues.take(missed)
    ahead = np.full((misses.n, min(AHEAD, passages.n)), -1, np.int64)
    for part in batches(misses.n, passages.n):
        ahead[part] = _best_before(scorer(csr_matrix(misses.terms[part])), misses.own[part], ahead.shape[1])
    miss, place = np.nonzero(ahead >= 0)
    other, own = ahead[miss, place], misses.own[miss]
    copy = likeness(passages.stats.section_terms, passages.rows[own], passages.rows[other]) >= alike
    version, replaced = _other_versions(passages.stats, passages.documents[own], passages.documents[other])
    first = place == 0
    filled = (ahead >= 0).sum(axis=1)
    left = filled - np.bincount(miss[copy | version | replaced], minlength=misses.n)
    mended = (left == 0) & (filled < ahead.shape[1]) & np.isfinite(ranks[missed])
    return Displaced(misses, _any(miss, copy & first, misses.n), _any(miss, version & first, misses.n), mended, ahead[:, 0])


def likeness(counts: csr_matrix, one: Integers, two: Integers) -> Floats:
    """Give ``sum min / sum max`` of the word counts of each pair of rows: 1 for equal ones, 0 for those without a common word (Ruzicka 1958)."""
    found = np.zeros(len(one))
    for part in batches(len(one), 1000):
        first, second = counts[one[part]], counts[two[part]]
        apart = np.asarray(abs(first - second).sum(axis=1)).ravel()
        both = np.asarray(first.sum(axis=1)).ravel() + np.asarray(second.sum(axis=1)).ravel()
        found[part] = (both - apart) / np.maximum(both + apart, 1)
    return found


def _best_before(scores: Floats, own: Integers, most: int) -> Integers:
    """Give the best other passages that score as high as the own one or higher, best first; -1 where there are no more."""
    mine = scores[np.arange(len(own)), own][:, None].copy()
    scores[np.arange(len(own)), own] = -np.inf
    best = np.argpartition(-scores, most - 1, axis=1)[:, :most]
    values = np.take_along_axis(scores, best, axis=1)
    order = np.lexsort((best, -values), axis=1)
    best, values = np.take_along_axis(best, order, axis=1), np.take_along_axis(values, order, axis=1)
    return np.where((values >= mine) & (values > 0), best, -1)


def _other_versions(stats: CorpusStats, own: Integers, other: Integers) -> tuple[Flags, Flags]:
    """Tell of pairs of documents whether the second is another version of the first, and whether a newer version has replaced it."""
    place = {name: row for row, name in enumerate(stats.documents["document"].to_list())}
    group = np.arange(stats.documents.height)
    for number, versions in enumerate(side_by_side(stats)):
        group[[place[version.document] for version in versions.newest_first]] = stats.documents.height + number
    replaced = np.zeros(stats.documents.height, bool)
    replaced[[place[name] for name in superseded_documents(stats)]] = True
    apart = own != other
    return apart & (group[own] == group[other]), apart & replaced[other]


def _any(which: NDArray[np.integer[Any]], flags: Flags, rows: int) -> Flags:
    return np.asarray(np.bincount(which[flags], minlength=rows) > 0)


def found_by_own_terms(weights: csr_matrix, depth: int) -> Flags:
    """Tell which passages are among the first for at least one of their own three most distinctive terms (of equal ones all), each tried alone.

    Parameters
    ----------
    weights : csr_matrix, shape (passages, terms)
        BM25 weights: the score of a passage for the term alone.
    depth : int
        Passages that are shown.

    Returns
    -------
    bool array, shape (passages,)
    """
    rows = np.repeat(np.arange(weights.shape[0], dtype=np.int32), np.diff(weights.indptr))
    top = _distinctive(weights, rows)
    holders = np.bincount(weights.indices, minlength=weights.shape[1])
    found = _any(rows[top], holders[weights.indices[top]] <= depth, weights.shape[0])
    top = top[~found[rows[top]]]
    needed = np.isin(weights.indices, np.unique(weights.indices[top]))
    entries = np.flatnonzero(needed)
    ranks = np.full(len(rows), np.inf)
    ranks[entries] = _ranks_within(weights.indices[entries].astype(np.int64), weights.data[entries])
    return found | _any(rows[top], ranks[top] <= depth, weights.shape[0])


def _distinctive(weights: csr_matrix, rows: NDArray[np.int32]) -> Integers:
    """Give the entries with the three largest weights of each row; of equal ones all, so that the order of words means nothing."""
    filled = np.flatnonzero(np.diff(weights.indptr))
    left, taken, chosen = weights.data.copy(), np.zeros(weights.shape[0], np.int64), np.zeros(len(rows), bool)
    for _ in range(DISTINCTIVE if len(filled) else 0):
        largest = np.zeros(weights.shape[0])
        largest[filled] = np.maximum.reduceat(left, weights.indptr[filled])
        new = (left >= largest[rows]) & (taken[rows] < DISTINCTIVE) & (left > 0)
        taken += np.bincount(rows[new], minlength=len(taken))
        left[new] = 0.0
        chosen |= new
    return np.flatnonzero(chosen)


def _ranks_within(group: Integers, values: Floats) -> Floats:
    """Rank values within their groups, the largest first, ties half."""
    if not len(group):
        return np.zeros(0)
    order = np.lexsort((-values, group))
    sorted_group, sorted_values = group[order], values[order]
    place = np.arange(len(order))
    new_group = np.concatenate(([True], sorted_group[1:] != sorted_group[:-1]))
    new_value = new_group | np.concatenate(([True], sorted_values[1:] != sorted_values[:-1]))
    starts = np.maximum.accumulate(np.where(new_group, place, 0))
    firsts = np.flatnonzero(new_value)
    lasts = np.concatenate((firsts[1:], [len(order)])) - 1
    level = np.cumsum(new_value) - 1
    ranks = np.empty(len(order))
    ranks[order] = (firsts[level] + lasts[level]) / 2 - starts + 1
    return ranks


@dataclass(frozen=True, eq=False)
class Dead:
    """Passages that nothing finds.

    Attributes
    ----------
    passages : int64 array
        Those that were found to be dead.
    tried, candidates : int
        Of so many passages that none of their terms finds, so many were tried by their headings too.
    """

    passages: Integers
    tried: int
    candidates: int


def dead_passages(passages: Passages, headings: Cues, weights: csr_matrix, scorer: Scorer, depth: int, most: int, seed: int = 0) -> Dead:
    """Find passages that are not among the first for any of their distinctive terms, nor for any heading of theirs.

    Parameters
    ----------
    passages : Passages
    headings : Cues
        All of them, not drawn.
    weights : csr_matrix, shape (passages, terms)
    scorer : callable
    depth : int
    most : int
        Passages tried by their headings at most, drawn at random.
    seed : int
    """
    candidates = np.flatnonzero(~found_by_own_terms(weights, depth))
    tried = candidates
    if len(candidates) > most:
        tried = np.sort(np.random.default_rng(seed).permutation(candidates)[:most])
    cues = headings.take(np.isin(headings.own, tried))
    reached = cues.own[ranks_of_own(cues, scorer, passages.n) <= depth]
    return Dead(np.setdiff1d(tried, reached), len(tried), len(candidates))
