"""Calibrated posteriors: how far a confidence may be believed, and what is left to mistrust.

A classifier's own ``1 - max p`` is not the ambiguity of a message. Calibrated, its mean equals the classifier's error; it serves to rank messages and
for nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, stdtrit

from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.labels.cross_fitting import CrossFitted
from corpuskit.estimators.method import computed
from corpuskit.estimators.resampling import MINIMUM_GROUPS, effective_size, jackknife_error
from corpuskit.estimators.specification import Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ISOTONIC_FROM = 1000
"""Independent messages from which a step function takes the place of the single temperature, because with fewer it follows the noise
(Niculescu-Mizil and Caruana 2005 saw it lose below about a thousand)."""

MOST_BINS, MESSAGES_PER_BIN = 15, 20
"""Bins of equal numbers of messages, at most 15 as is usual, each worth 20 independent ones; because below that the correction is larger than the
error that it corrects."""

FEWEST_WRONG = 10
"""Wrong and right answers needed, because of fewer hardly anything is known of how often confidence errs, and the jackknife sees no spread."""

GROUPS = 25
"""Groups of messages that are left out one at a time for the interval: as many as the counts keep for documents."""

COOLEST, HOTTEST = -4.0, 6.0
"""Ends of the search for the logarithm of the scale; because beyond them posteriors are flat or certain to the last digit shown."""

CALIBRATION = Measure("calibration_error", "messages", "C", "Kumar, Liang and Ma 2019; Guo and others 2017; Zadrozny and Elkan 2002; Tukey 1958")


class Calibrated(NamedTuple):
    """Posteriors that may be believed on the whole.

    Attributes
    ----------
    posterior : array, shape (n, K)
        Rows sum to 1.
    confidence : array, shape (n,)
        Probability that the predicted class is right.
    way : str
        ``temperature`` or ``isotonic``.
    """

    posterior: Floats
    confidence: Floats
    way: str


class CalibrationError(NamedTuple):
    """Root of the mean squared difference between confidence and frequency, its interval if one can be given, and the number of bins."""

    value: float
    interval: tuple[float, float] | None
    bins: int


def posteriors(scores: Floats, scale: float = 1.0) -> Floats:
    """Give ``exp(scale * score)``, each row scaled to sum 1; equal shares where no class has a score. Shape as ``scores``."""
    some = np.isfinite(scores).any(axis=1, keepdims=True)
    heights = np.where(some, scores, 0.0) * scale
    return np.asarray(np.exp(heights - logsumexp(heights, axis=1, keepdims=True)))


def fit_scale(scores: Floats, labels: Integers) -> float:
    """Give the scale (one over the temperature) under which the labels are most likely.

    Formula: minimum over s of ``-mean log p_s(label)``, p of :func:`posteriors`. Reference: temperature scaling, Guo and others 2017. Messages
    whose class has no score are left out: no scale gives it to them.

    Returns
    -------
    float
        1 where there is nothing to fit.
    """
    from scipy.optimize import minimize_scalar

    own = scores[np.arange(len(labels)), labels]
    usable = np.isfinite(own)
    if not usable.any():
        return 1.0
    known, right = scores[usable], own[usable]

    def loss(log_scale: float) -> float:
        scale = float(np.exp(log_scale))
        return float(np.mean(logsumexp(scale * known, axis=1) - scale * right))

    return float(np.exp(minimize_scalar(loss, bounds=(COOLEST, HOTTEST), method="bounded", options={"xatol": 0.01}).x))


def calibrate(fitted: CrossFitted, labels: Integers, groups: Integers) -> Calibrated:
    """Calibrate the scores of each fold on the labels of the other folds.

    One temperature for all classes; from :data:`ISOTONIC_FROM` independent messages on, the confidence of the predicted class is further moved by a
    step function (isotonic regression of "right" on confidence), the other classes sharing the rest as before. References: Guo and others 2017;
    Zadrozny and Elkan 2002.

    Parameters
    ----------
    fitted : CrossFitted
        Scores of messages that were not learned from.
    labels, groups : arrays of int, shape (n,)
        Class of each message, and groups of copies.
    """
    from sklearn.isotonic import IsotonicRegression

    steps = effective_size(np.bincount(groups).astype(float)) >= ISOTONIC_FROM
    posterior = np.zeros_like(fitted.scores)
    rows = np.arange(len(labels))
    predicted = np.maximum(fitted.predicted, 0)
    correct = (fitted.predicted == labels).astype(float)
    confidence = np.zeros(len(labels))
    for number in np.unique(fitted.fold):
        others, own = np.flatnonzero(fitted.fold != number), np.flatnonzero(fitted.fold == number)
        scale = fit_scale(fitted.scores[others], labels[others])
        posterior[own] = posteriors(fitted.scores[own], scale)
        confidence[own] = posterior[own, predicted[own]]
        if steps:
            seen = posteriors(fitted.scores[others], scale)[np.arange(len(others)), predicted[others]]
            edge = 1 / (len(others) + 2)  # no number of messages makes sure
            stairs = IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip").fit(seen, correct[others])
            confidence[own] = stairs.predict(confidence[own])
    if steps:
        before = posterior[rows, predicted]
        posterior *= ((1 - confidence) / np.maximum(1 - before, 1e-12))[:, None]
        posterior[rows, predicted] = confidence
        posterior /= posterior.sum(axis=1, keepdims=True)
    return Calibrated(posterior, confidence, "isotonic" if steps else "temperature")


def bin_by_confidence(confidence: Floats, bins: int) -> Integers:
    """Put messages into at most ``bins`` bins of about equal numbers, equal confidences never apart. Shape (n,), values 0 .. b-1."""
    ends = np.quantile(confidence, np.arange(1, bins) / bins, method="inverted_cdf")
    return np.asarray(np.unique(np.searchsorted(ends, confidence, side="left"), return_inverse=True)[1], np.int64)


def calibration_error(confidence: Floats, correct: NDArray[np.bool_], groups: Integers, level: float = 0.95, seed: int = 0) -> CalibrationError:
    """Measure how far confidence and frequency lie apart, without the part that chance alone puts between them.

    Formula: over bins of equal numbers of messages ``sqrt(sum_b n_b/n ((c_b - f_b)^2 - f_b (1 - f_b) / (m_b - 1)))``, c the mean confidence, f the
    share of right answers, n_b messages worth m_b independent ones; 0 where the sum is negative. Reference: Kumar, Liang and Ma 2019. Binning can
    only hide error, so it is a lower side. Interval: of the squared error by the jackknife over 25 groups of messages, its ends under the root.

    Parameters
    ----------
    confidence : array, shape (n,)
        Probability that the answer is right.
    correct : array of bool, shape (n,)
    groups : array of int, shape (n,)
        Groups of copies, never parted and counted as one.
    level : float
    seed : int
        Seed of the deal of messages to the groups of the jackknife.

    Returns
    -------
    CalibrationError
        No interval for fewer than 8 groups of copies.
    """
    n, sizes = len(confidence), np.bincount(groups).astype(float)
    worth = effective_size(sizes)
    bins = int(np.clip(worth // MESSAGES_PER_BIN, 1, MOST_BINS))
    place = bin_by_confidence(confidence, bins)
    dealt = np.random.default_rng(seed).permutation(len(sizes)) % GROUPS
    cells = dealt[groups] * bins + place
    counts, expected, right = (
        np.bincount(cells, weights=weights, minlength=GROUPS * bins).reshape(GROUPS, bins)
        for weights in (np.ones(n), confidence, correct.astype(float))
    )

    def squared(number: Floats, hoped: Floats, hit: Floats) -> Floats:
        shown = np.maximum(number, 1.0)
        share = hit / shown
        chance = share * (1 - share) / np.maximum(number * worth / n - 1, 1.0)
        return np.asarray((number * ((hoped / shown - share) ** 2 - chance)).sum(axis=-1) / number.sum(axis=-1))

    value = float(squared(counts.sum(axis=0), expected.sum(axis=0), right.sum(axis=0)))
    root = float(np.sqrt(max(value, 0.0)))
    used = counts.sum(axis=1) > 0
    error = None
    if used.sum() >= MINIMUM_GROUPS:
        error = jackknife_error(squared(*(whole.sum(axis=0) - whole[used] for whole in (counts, expected, right))))
    if error is None:
        return CalibrationError(root, None, bins)
    half = float(stdtrit(int(used.sum()) - 1, (1 + level) / 2)) * error
    return CalibrationError(root, (float(np.sqrt(max(value - half, 0.0))), float(np.sqrt(max(value + half, 0.0)))), bins)


def calibration_estimate(subject: str, calibrated: Calibrated, correct: NDArray[np.bool_], groups: Integers, level: float, seed: int) -> Estimate:
    """Say how well the calibrated confidences of a table's messages are calibrated."""
    rarer = int(min(correct.sum(), (~correct).sum()))
    if rarer < FEWEST_WRONG:
        method = computed("calibration_error")
        return CALIBRATION.undefined(subject, len(correct), method, "undefined_too_few_errors", n=rarer, needed=FEWEST_WRONG)
    found = calibration_error(calibrated.confidence, correct, groups, level, seed)
    method = computed("calibration_error") + computed("equal_bins", bins=found.bins)
    method += computed("temperature" if calibrated.way == "temperature" else "temperature_and_isotonic") + computed("for_ranking_only")
    method += computed("jackknife_of_square") if found.interval else computed("no_interval_fewer_groups_of_messages", needed=MINIMUM_GROUPS)
    return CALIBRATION.given(subject, found.value, len(correct), method, found.interval, level)
