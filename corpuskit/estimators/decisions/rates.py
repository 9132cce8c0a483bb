"""The error of a pilot from a sample with weights and clusters: exact bounds at the number of independent cases it is worth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.resampling import effective_size

LEAST_CORRELATION = 0.15
"""Correlation of two cases of one cluster that is always reckoned with; because few clusters with few errors hide one of .3, and a system at the
tolerance then passed up to 17 pilots in a hundred; with this it passes six at the most (``tests/estimators/decisions/test_rates.py``)."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Rate(NamedTuple):
    """An error rate.

    Attributes
    ----------
    value : float
        Weighted share of wrong cases.
    interval : tuple of float
        Two-sided, at the level asked for.
    upper : float
        One-sided upper bound at 1 - alpha: what is held against a tolerance.
    errors, n : int
        Cases counted.
    effective_n : float
        Independent cases that they are worth; n without weights and clusters.
    """

    value: float
    interval: tuple[float, float]
    upper: float
    errors: int
    n: int
    effective_n: float


def error_rate(
    wrong: Bools, weights: Floats | None = None, clusters: Integers | None = None, level: float = 0.95, alpha: float = 0.05
) -> Rate | None:
    """Give the error rate with its exact interval and its one-sided bound.

    Formula: ``p = sum w e / sum w``; Clopper-Pearson at ``n* = p (1 - p) / v (t_(n-1) / t_(m-1))^2`` cases, at most n, of which ``p n*`` are errors,
    with ``v = m/(m-1) sum_c (sum_(i in c) w_i (e_i - p))^2 / (sum w)^2`` over m clusters, and at least what cases with a correlation of .15 within
    clusters would vary. Reference: Korn and Graubard 1998; Clopper and Pearson 1934. Where all or none are wrong, v says nothing, and each cluster
    counts as one case of its weight. Without weights and clusters it is the plain exact interval.

    Parameters
    ----------
    wrong : array of bool, shape (n,)
    weights : array, shape (n,), optional
        How many cases of the work each stands for, in any unit, all above 0.
    clusters : array of int, shape (n,), optional
        Equal for cases that are not independent, such as those of one document.

    Returns
    -------
    Rate or None
        None where there is no case.
    """
    n = len(wrong)
    if n == 0:
        return None
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    value = float(w @ wrong / w.sum())
    worth = float(n) if weights is None and clusters is None else _worth(wrong.astype(float), w, clusters, value, level)
    errors = int(wrong.sum()) if worth == n and weights is None else value * worth
    upper = 1.0 if errors >= worth else float(betaincinv(errors + 1, worth - errors, 1 - alpha))
    return Rate(value, clopper_pearson(min(errors, worth), worth, level), upper, int(wrong.sum()), n, worth)


def _worth(wrong: Floats, w: Floats, clusters: Integers | None, value: float, level: float) -> float:
    n = len(wrong)
    of_cluster = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    totals = np.bincount(of_cluster, weights=w * (wrong - value))
    count = len(totals)
    if count < 2:
        return 1.0
    variance = count / (count - 1) * float(totals @ totals) / float(w.sum()) ** 2
    heaps = np.bincount(of_cluster, weights=w).astype(float)
    if value in (0.0, 1.0) or variance <= 0:
        return effective_size(heaps)
    independent = value * (1 - value) / effective_size(w)
    alike = independent * (1 + LEAST_CORRELATION * (effective_size(w) / effective_size(heaps) - 1))
    tail = (1 + level) / 2
    wider = float(stdtrit(n - 1, tail) / stdtrit(count - 1, tail)) ** 2
    return max(1.0, min(float(n), value * (1 - value) / max(variance, alike) * wider))
