"""What ranks and scores of retrieval are summed up to: recall at a depth, mean reciprocal rank, and the posterior of the own passage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.resampling import design_effect, jackknife_interval, ratio_without_each
from corpuskit.estimators.retrieval.retrieval_cues import Cues
from corpuskit.estimators.retrieval.retrieval_scores import batches

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Interval = tuple[float, float]

CALIBRATED_ON = 100
"""Cues that the sharpness of the softmax is fitted on at most in each half, because it is a single number."""

SHARPNESS = (-4.0, 4.0)
"""Bounds of its logarithm: below, all passages are as likely; above, the best takes all."""


def share_of_cues(outcome: NDArray[np.bool_], documents: Integers, level: float) -> tuple[float, Interval, float]:
    """Give the share of cues with an outcome, its exact interval at the effective number of cues, and the design effect of documents.

    Reference: Clopper and Pearson 1934; Kish 1965. At least one cue is needed.
    """
    effect = design_effect(outcome.astype(float), documents)
    share, independent = float(outcome.mean()), len(outcome) / effect
    return share, clopper_pearson(share * independent, independent, level), effect


def mean_of_cues(values: Floats, documents: Integers, level: float) -> tuple[float, Interval | None]:
    """Give the mean over cues of values between 0 and 1, and its interval by leaving out each document in turn.

    Formula: ``sum of values / number of cues`` as a ratio of sums over documents; delete-one jackknife, no interval below eight documents.
    """
    groups = np.unique(documents, return_inverse=True)[1]
    above = np.bincount(groups, weights=values).astype(np.float64)
    below: Floats = np.bincount(groups).astype(np.float64)
    mean = float(values.mean())
    return mean, jackknife_interval(mean, ratio_without_each(above, below), level, bounds=(0.0, 1.0))


def reciprocal(ranks: Floats) -> Floats:
    """Give one over each rank, 0 for what was not found; the mean is the MRR. Reference: Voorhees 1999."""
    return np.asarray(1.0 / ranks)


def self_posteriors(cues: Cues, by_term: csr_matrix, seed: int = 0) -> Floats:
    """Give for each cue the probability of its own passage under a softmax over the BM25 scores of all passages.

    Formula: ``exp(b s_own) / sum over passages of exp(b s)``. The sharpness b is the one that makes own passages likeliest (calibration by
    temperature, Guo and others 2017), fitted on the cues of the other half of the documents. It is relative to this model: what a softmax over these
    scores believes, no bound of what another system can reach.

    Parameters
    ----------
    cues : Cues
        For passages.
    by_term : csr_matrix, shape (terms, passages)
        BM25 weights of the terms in these cues (:func:`~corpuskit.estimators.retrieval.retrieval_scores.weights_by_term`).
    seed : int
        Of the halves.

    Returns
    -------
    array of float, shape (cues,)
    """
    halves = _halves(cues.documents, seed)
    found = np.empty(cues.n)
    for half in (0, 1):
        learned = cues.take(np.flatnonzero(halves != half)[:CALIBRATED_ON])
        if learned.n == 0:
            learned = cues.take(np.arange(min(cues.n, CALIBRATED_ON)))
        sharpness = _calibrated(learned, by_term)
        places = np.flatnonzero(halves == half)
        for part in batches(len(places), by_term.shape[1]):
            some = cues.take(places[part])
            found[places[part]] = np.exp(_log_posteriors(csr_matrix(some.terms @ by_term), some.own, sharpness))
    return found


def _halves(documents: Integers, seed: int) -> Integers:
    """Deal whole documents to two halves."""
    group = np.unique(documents, return_inverse=True)[1]
    dealt = np.random.default_rng(seed).permutation(int(group.max()) + 1) % 2
    return np.asarray(dealt[group])


def _calibrated(cues: Cues, by_term: csr_matrix) -> float:
    from scipy.optimize import minimize_scalar  # not at the top: every command would wait for it

    scores = csr_matrix(cues.terms @ by_term)

    def loss(logarithm: float) -> float:
        return -float(_log_posteriors(scores, cues.own, float(np.exp(logarithm))).mean())

    return float(np.exp(minimize_scalar(loss, bounds=SHARPNESS, method="bounded", options={"xatol": 0.05}).x))


def _log_posteriors(scores: csr_matrix, own: Integers, sharpness: float) -> Floats:
    """Passages without a word of the cue score 0 and are counted, not stored."""
    rows, passages = scores.shape
    filled = np.diff(scores.indptr)
    which = np.repeat(np.arange(rows), filled)
    highest = np.zeros(rows)
    some = np.flatnonzero(filled)
    if len(some):
        highest[some] = np.maximum.reduceat(scores.data, scores.indptr[some])
    sums = np.bincount(which, weights=np.exp(sharpness * (scores.data - highest[which])), minlength=rows).astype(np.float64)
    sums += (passages - filled) * np.exp(-sharpness * highest)
    mine = np.asarray(scores[np.arange(rows), own]).ravel()
    return np.asarray(sharpness * (mine - highest) - np.log(sums))
