"""How passages are scored against cues: by words (BM25), by the co-occurrence space, and without the cue's own words.

Scores are made for a few cues against all passages at a time, so that memory does not grow with the number of cues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_matrix

from corpuskit.counts import choose_columns
from corpuskit.estimators.document_groups import blocks_of_rows
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf
from corpuskit.estimators.retrieval.retrieval_cues import Cues

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Scorer = Callable[[csr_matrix], Floats]
"""Takes cues by terms, gives scores of shape (cues, passages)."""

SATURATION, LENGTH = 1.2, 0.75
"""The usual constants k1 and b of BM25."""

DIMENSIONS = 100
"""Directions of the co-occurrence space, because recall still rose up to 300 in the folder it was tried on, and the cost rises in proportion."""

LANDMARKS = 1000
"""Passages that its axes are fitted on at most, because the exact decomposition of so many takes under a second."""

LEARNED = 5_000
"""Passages that the places of terms are learned from at most, because with more the space of a large folder takes longer than all the rest."""

SMALLEST = 1e-9
"""Squared length of a direction, relative to the longest, below which it is rounding and is left out."""

DIGITS = 9
"""Decimals of scores in the space, because beyond them equal passages differ by the order in which numbers were added."""

SHORTEST = 1e-6
"""Length, or squared length, of what is left of a passage, at least; because a passage of the cue's words alone has no rest to score."""

BATCH_CELLS = 4_000_000
"""Scores held at a time: 32 MB."""


def bm25_weights(counts: csr_matrix) -> csr_matrix:
    """Weigh terms in passages so that the product with a cue's term set is its BM25 score.

    Formula: ``idf (k1+1) tf / (tf + k1 (1 - b + b length/mean length))``, ``idf = log(1 + (S - df + 1/2)/(df + 1/2))``.
    Reference: Robertson and Zaragoza 2009.

    Parameters
    ----------
    counts : csr_matrix, shape (passages, terms)
        Term counts.
    """
    passages = counts.shape[0]
    present = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p((passages - present + 0.5) / (present + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    scale = SATURATION * (1 - LENGTH + LENGTH * lengths / max(float(lengths.mean()), 1.0)) if passages else lengths
    data = np.empty(counts.nnz)
    for first, stop, entries, rows in blocks_of_rows(counts):
        seen = counts.data[entries]
        data[entries] = idf[counts.indices[entries]] * (SATURATION + 1) * seen / (seen + scale[first:stop][rows])
    return csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)


def weights_by_term(weights: csr_matrix, terms: Integers) -> csr_matrix:
    """Turn the weights of some terms, shape (terms, passages): those of all others are left out, which is most of a large folder.

    Parameters
    ----------
    weights : csr_matrix, shape (passages, terms)
        From :func:`bm25_weights`.
    terms : int64 array
        Terms that stand in any of the cues to come, in any order, with or without repeats.
    """
    asked = np.unique(terms)
    part = csr_matrix(choose_columns(weights, asked).T)
    starts = np.zeros(weights.shape[1] + 1, np.int64)
    starts[asked + 1] = np.diff(part.indptr)
    return csr_matrix((part.data, part.indices, np.cumsum(starts)), shape=(weights.shape[1], weights.shape[0]))


def by_words(by_term: csr_matrix) -> Scorer:
    """Score by BM25, with :func:`weights_by_term`."""
    return lambda cues: np.asarray((cues @ by_term).todense(), dtype=float)


@dataclass(frozen=True, eq=False)
class Weighted:
    """TF-IDF weights of passages, each passage of length 1: shape (passages, terms); and the weight of each term in a cue."""

    passages: csr_matrix
    idf: Floats


def weigh(counts: csr_matrix) -> Weighted:
    """Weigh term counts, shape (passages, terms)."""
    idf = inverse_document_frequency(counts)
    return Weighted(tf_idf(counts, idf), idf)


def place_terms(weighted: Weighted, learned: Integers, dimensions: int = DIMENSIONS) -> Floats:
    """Place terms in a space of few directions, the co-occurrence space: those near each other stand in the same passages.

    Formula: with X the weights of the passages learned from and X_l those of the first thousand of them, the landmarks, ``X_l = U D V'`` cut at k
    (truncated singular value decomposition); terms stand at ``T = X' P``, ``P = X V / sum of its squares``, which is V where all are landmarks, and
    else one step of subspace iteration away from it. Any passage stands at its weights times T.
    Reference: Deerwester and others 1990; landmarks: Williams and Seeger 2001.

    Parameters
    ----------
    weighted : Weighted
    learned : int64 array, shape (at least 1,)
        Passages that the space is learned from, in an order without meaning.
    dimensions : int
        At most as many directions.

    Returns
    -------
    array, shape (terms, k)
        Terms that none of the passages learned from holds are at the origin.
    """
    sample = weighted.passages[np.sort(learned[:LANDMARKS])]
    most = sample.shape[0]
    alike = np.asarray((sample @ sample.T).todense())
    squares, left = eigh(alike, subset_by_index=(max(most - dimensions, 0), most - 1), check_finite=False, overwrite_a=True)
    kept = squares > SMALLEST * squares[-1]
    axes = np.asarray(sample.T @ (left[:, kept] / np.sqrt(squares[kept])))
    part = weighted.passages[np.sort(learned[:LEARNED])]
    first = np.asarray(part @ axes)
    return np.asarray(part.T @ (first / (first**2).sum(axis=0)))


def by_space(weighted: Weighted, terms: Floats) -> Scorer:
    """Score by the cosine of cue and passage in the co-occurrence space, with terms placed by :func:`place_terms`."""
    turned = np.asarray(weighted.passages @ terms).T
    turned /= np.maximum(np.sqrt((turned**2).sum(axis=0)), SHORTEST)
    return lambda cues: np.round((csr_matrix(cues.multiply(weighted.idf)) @ terms) @ turned, DIGITS)


def by_rest(weighted: Weighted, terms: Floats, used: Integers, chosen: Integers) -> Scorer:
    """Score some of the passages by the co-occurrence space without the cue's own words.

    The cue's words are taken out of every passage alike; what is left of it is compared with the place of these words, which other passages have
    given them. The passages chosen must not be among those that the space was learned from: they would have had a say in that place.

    Formula: with w the cue's weights, ``Q . (Z_s - sum_t x_st T_t) / sqrt(1 - sum_t x_st^2)``, ``Q = sum_t w_t T_t``, sums over the cue's terms.

    Parameters
    ----------
    weighted : Weighted
    terms : array, shape (terms, k)
        From :func:`place_terms`.
    used : int64 array
        Terms that stand in any of the cues to come.
    chosen : int64 array
        Passages to score.
    """
    passages = weighted.passages[chosen]
    held, idf, places = csr_matrix(passages.tocsc()[:, used].T), weighted.idf[used], terms[used]
    squared = csr_matrix((held.data**2, held.indices, held.indptr), shape=held.shape)
    turned = np.asarray(passages @ terms).T

    def scores(cues: csr_matrix) -> Floats:
        present = csr_matrix(cues[:, used])
        centre = np.asarray(csr_matrix(present.multiply(idf)) @ places)
        which = np.repeat(np.arange(present.shape[0]), np.diff(present.indptr))
        toward = np.einsum("ij,ij->i", centre[which], places[present.indices])
        found = centre @ turned
        found -= np.asarray((csr_matrix((toward, present.indices, present.indptr), shape=present.shape) @ held).todense())
        gone = (present @ squared).tocoo()
        found[gone.row, gone.col] /= np.sqrt(np.maximum(1 - gone.data, SHORTEST))
        return np.asarray(np.round(found, DIGITS))

    return scores


def batches(cues: int, passages: int) -> Iterator[slice]:
    """Cut the cues so that a batch of scores has at most :data:`BATCH_CELLS` cells."""
    size = max(1, BATCH_CELLS // max(passages, 1))
    return (slice(start, min(start + size, cues)) for start in range(0, cues, size))


def ranks_of_own(cues: Cues, scorer: Scorer, passages: int, starts: Integers | None = None) -> Floats:
    """Rank each cue's own passage among all passages, or its own document by the best passage of each.

    Parameters
    ----------
    cues : Cues
    scorer : callable
    passages : int
        Number of passages.
    starts : int64 array, optional
        First passage of each document; given, documents are ranked.

    Returns
    -------
    array of float, shape (cues,)
        1 is best; ties count half; infinite where the own one scores nothing.
    """
    ranks = np.full(cues.n, np.inf)
    for part in batches(cues.n, passages):
        scores = scorer(csr_matrix(cues.terms[part]))
        if starts is not None:
            scores = np.maximum.reduceat(scores, starts, axis=1)
        own = cues.own[part]
        mine = scores[np.arange(len(own)), own][:, None]
        above = (scores > mine).sum(axis=1)
        level = (scores == mine).sum(axis=1) - 1
        ranks[part] = np.where(mine[:, 0] > 0, 1 + above + level / 2, np.inf)
    return ranks
