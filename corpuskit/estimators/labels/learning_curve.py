"""Learning curves of a classifier in the space of a table's own messages, and where they lead with more labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix
from scipy.special import ndtri

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DIMENSIONS = 150
"""Directions of the space, because the many labels of clinc150 lose a tenth from 50, and sib200_ja and unfair_tos move by under .03 up to 300."""

PENALTY = 1.0
"""Ridge penalty on messages of length 1; because with 180 labels .3 gave larger errors on seven of eleven development tasks, and .05 on eight."""

SHARES = (0.2, 0.4, 0.6, 0.8, 0.9)
"""Shares of the labelled messages that are learned from; the rest is predicted."""

REPEATS = 10
"""Random orders of the messages; because the mean over ten moves less from order to order (by .01 to .03) than from sample to sample."""

FLOOR_SHARE = 0.2
"""Share of the present error that more labels leave; because with a pure power law tasks with noisy labels came out at half their error."""

EXPONENT, EXPONENT_SPREAD = 0.6, 0.1
"""How errors fall beyond the labels at hand before anything is seen of the task, as mean and standard deviation. Errors of parametric classifiers
fall about with the root of the number (Amari 1993); because these two ranked the eleven development tasks best."""

LOCAL_EXPONENT, LOCAL_SPREAD = 0.3, 0.3
"""The same for the error at the labels at hand; so wide that a curve that has come to rest is followed and not continued."""

CURVE_SPREAD = 0.1
"""Standard deviation of the logarithm of a measured error beyond the number of messages it rests on: a curve is no exact power law."""

LOCAL_CURVE_SPREAD = 0.05
"""The same where only the error at the labels at hand is read off: there the curve is followed more closely."""

REREAD = 0.1
"""Share of a rate's sampling variance that differs from point to point; because all points rest on the same messages, in ten orders."""

DISTANCE_SPREAD = 0.15
"""Standard deviation of the logarithm of the extrapolated error for each e-fold of labels beyond those at hand, towards less error. The
.1 that fitted the development tasks was widened when 90 % intervals held in 73 % of the draws from other tasks, because a task with one or two labels
for each class does not show how fast its errors will fall (reports/validation/attainable_error.md). Towards more error see :data:`END`."""

TASK_SPREAD = 0.15
"""The same once for each task; because with it, and none chosen finer than .05, intervals hold nine tenths on the development tasks, each left out in
turn (reports/validation/attainable_error.md)."""

END = float(ndtri(0.95))
"""Standard deviations at which two things lie that are seen of a task and have no distribution: a curve that falls no further, and the kind of
classifier that is furthest off. Because so they are the ends of an interval of 90 %; weights of .75 to 1.5 for the kinds were hardly to be told
apart on the development tasks."""


class Extrapolated(NamedTuple):
    """Where a learning curve leads: the error, its interval, and how fast errors fall at the labels at hand (exponent of the power law)."""

    error: float
    interval: tuple[float, float]
    exponent: float


def message_space(features: csr_matrix, dimensions: int = DIMENSIONS, seed: int = 0) -> Floats:
    """Place messages in the space of their own co-occurring features.

    Truncated singular value decomposition of TF-IDF weights, features of a single message left out; every message scaled to length 1. No label is
    used, so messages without one help. Reference: latent semantic analysis, Deerwester and others 1990; Halko, Martinsson and Tropp 2011.

    Parameters
    ----------
    features : csr_matrix, shape (n, features)
        Feature counts, of labelled and other messages.
    dimensions : int
        Directions wanted; fewer when there are fewer messages or features.
    seed : int
        Seed of the randomised decomposition.

    Returns
    -------
    array, shape (n, d)
        A message without a shared feature is all zero. With fewer than two messages or features there is one direction, all zero.
    """
    from sklearn.decomposition import TruncatedSVD

    present = np.bincount(features.indices, minlength=features.shape[1])
    shared = csr_matrix(features[:, np.flatnonzero(present > 1)])
    most = min(shared.shape) - 1
    if most < 1:
        return np.zeros((features.shape[0], 1))
    weighted = tf_idf(shared, inverse_document_frequency(shared))
    placed: Floats = TruncatedSVD(min(dimensions, most), n_iter=3, random_state=seed).fit_transform(weighted)
    lengths = np.linalg.norm(placed, axis=1, keepdims=True)
    return np.where(lengths > 1e-9, placed / np.maximum(lengths, 1e-9), 0.0)


def ridge_labels(known: Floats, labels: Integers, asked: Floats, classes: int, penalty: float = PENALTY) -> Integers:
    """Predict labels by ridge regression on indicator variables; one system of equations for any number of classes.

    Reference: Hoerl and Kennard 1970; as a classifier Hastie, Tibshirani and Friedman 2009, section 4.2. A class without a known message is never
    predicted.

    Parameters
    ----------
    known, asked : arrays, shapes (m, d) and (k, d)
    labels : array of int, shape (m,)
        Class 0 .. classes-1 of each known message.
    classes : int
    penalty : float

    Returns
    -------
    array of int, shape (k,)
    """
    centre, shares = known.mean(axis=0), np.bincount(labels, minlength=classes) / len(labels)
    moved = known - centre
    targets = np.eye(classes)[labels] - shares
    if len(known) < known.shape[1]:  # the smaller of two systems with the same solution
        inner = moved @ moved.T
        inner[np.diag_indices_from(inner)] += penalty
        slopes = moved.T @ cho_solve(cho_factor(inner), targets)
    else:
        inner = moved.T @ moved
        inner[np.diag_indices_from(inner)] += penalty
        slopes = cho_solve(cho_factor(inner), moved.T @ targets)
    scores = (asked - centre) @ slopes + shares
    scores[:, shares == 0] = -np.inf
    return np.asarray(scores.argmax(axis=1), np.int64)


def learning_curve(points: Floats, labels: Integers, groups: Integers, repeats: int = REPEATS, seed: int = 0) -> tuple[Floats, Floats]:
    """Measure the error of :func:`ridge_labels` at growing shares of the labelled messages.

    In each random order the first share is learned from and the rest predicted; groups of copies and near copies are never parted.

    Parameters
    ----------
    points : array, shape (n, d)
    labels, groups : arrays of int, shape (n,)
    repeats : int
    seed : int

    Returns
    -------
    (array, array), shapes (s,)
        Mean number of messages learned from, and mean share of the others that got a wrong label, for each of :data:`SHARES`.
    """
    random = np.random.default_rng(seed)
    _, of_group = np.unique(groups, return_inverse=True)
    classes, n = int(labels.max()) + 1, len(labels)
    sizes, errors = np.zeros((repeats, len(SHARES))), np.zeros((repeats, len(SHARES)))
    for repeat in range(repeats):
        order = np.argsort(random.permutation(int(of_group.max()) + 1)[of_group], kind="stable")
        ends = np.flatnonzero(np.diff(of_group[order], append=-1)) + 1
        for step, share in enumerate(SHARES):
            # the last place that parts no group and leaves messages on either side
            cut = int(ends[max(int(np.searchsorted(ends, share * n, side="right")) - 1, 0)])
            cut = int(ends[0]) if cut >= n else cut
            known, asked = order[:cut], order[cut:]
            sizes[repeat, step] = cut
            errors[repeat, step] = np.mean(ridge_labels(points[known], labels[known], points[asked], classes) != labels[asked])
    return sizes.mean(axis=0), errors.mean(axis=0)


def extrapolate(
    sizes: Floats,
    errors: Floats,
    n: int,
    target: int,
    independent: float | None = None,
    level: float = 0.95,
    kinds: Sequence[float] = (),
) -> Extrapolated:
    """Give the error that a classifier would reach with ``target`` labelled messages.

    ``log e(m) = a - b log(m / n)`` is fitted twice, each point weighted by its variance: with hardly any prior on b for the error at hand e(n), and
    with a narrow one for the b beyond. Then ``e(target) = e(n) r`` with ``r = f + (1 - f) (target / n)^-b``, f the share that more labels do not
    remove. References: power laws of learning curves, Amari 1993, Hestness and others 2017; the constants were set on the development data only.

    The interval is ``e exp(-L)`` to ``e exp(U)``. L and U are the roots of summed squares, each part reaching as far as its own interval does on that
    side (method of variance estimates recovery, Zou and Donner 2008): the exact interval of e(n) (Clopper and Pearson 1934), what the fits leave
    open, and the spread between tasks; downwards, what grows with the logarithm of target / n, and the kind of classifier that errs least; upwards,
    a curve that has come to rest, ``log 1/r``, and the kind that errs most. With less than one expected error among the n the lower end is 0.

    Parameters
    ----------
    sizes, errors : arrays, shape (s,)
        From :func:`learning_curve`.
    n : int
        Labelled messages at hand.
    target : int
        Labelled messages asked about; fewer than n count as n.
    independent : float, optional
        How many independent messages the n are worth.
    level : float
        Confidence level.
    kinds : sequence of float
        Errors of other kinds of classifiers over that of this one, at the labels at hand. Without any, the interval speaks of this one alone.
    """
    worth = independent or float(n)
    lowest = 0.5 / worth
    at_hand, at_hand_variance = fit_power_law(sizes / n, np.maximum(errors, lowest), worth, (LOCAL_EXPONENT, LOCAL_SPREAD), LOCAL_CURVE_SPREAD)
    beyond, beyond_variance = fit_power_law(sizes / n, np.maximum(errors, lowest), worth, (EXPONENT, EXPONENT_SPREAD), CURVE_SPREAD)
    present, exponent = min(float(np.exp(at_hand[0])), 1.0), float(beyond[1])
    further = max(target / n, 1.0)
    removed = (1 - FLOOR_SHARE) * further**-exponent
    left = FLOOR_SHARE + removed
    by_exponent = removed / left * np.log(further)  # d log e(target) / d b
    spread = float(np.sqrt(at_hand_variance[0] + by_exponent**2 * beyond_variance[1] + TASK_SPREAD**2))
    deviations = float(ndtri((1 + level) / 2))
    least, most = clopper_pearson(present * worth, worth, level)
    ends = deviations / END
    up = [np.log(most / present), deviations * spread, ends * np.log(1 / left), ends * np.log(max((1.0, *kinds)))]
    error = present * left
    high = min(error * float(np.exp(np.linalg.norm(up))), 1.0)
    if present * worth < 1:
        return Extrapolated(error, (0.0, high), exponent)
    down = [np.log(present / least), deviations * spread, deviations * DISTANCE_SPREAD * np.log(further), ends * np.log(min((1.0, *kinds)))]
    return Extrapolated(error, (error * float(np.exp(-np.linalg.norm(down))), high), exponent)


def fit_power_law(shares: Floats, errors: Floats, worth: float, prior: tuple[float, float], spread: float) -> tuple[Floats, Floats]:
    """Fit ``log e = a - b log share`` with a normal prior (mean, standard deviation) on b; give a and b, and their variances."""
    noise = spread**2 + REREAD * (1 - errors) / (errors * worth)
    design = np.stack([np.ones(len(shares)), -np.log(shares)], axis=1)
    precision = design.T @ (design / noise[:, None])
    right = design.T @ (np.log(errors) / noise)
    precision[1, 1] += 1 / prior[1] ** 2
    right[1] += prior[0] / prior[1] ** 2
    covariance = np.linalg.inv(precision)
    return covariance @ right, np.diag(covariance)
