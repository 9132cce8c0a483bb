"""Intervals by leaving out groups of whole documents.

Documents drawn with replacement are never used for statistics that rest on rare types: duplicates destroy singletons.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

MINIMUM_GROUPS = 8
"""Fewer groups give no interval, because the standard error of seven or fewer values is itself off by a third or more."""


def jackknife_error(left_out: NDArray[np.float64]) -> float | None:
    """Give the delete-a-group jackknife standard error.

    Formula: ``sqrt((g-1)/g * sum (T_(-j) - mean T_(-j))^2)``. Reference: Quenouille 1956, Tukey 1958; groups of documents: Wolter 2007.

    Parameters
    ----------
    left_out : array, shape (g,)
        The statistic computed without group j.

    Returns
    -------
    float or None
        None when there are fewer than 8 groups or one of the values is not finite.
    """
    groups = len(left_out)
    if groups < MINIMUM_GROUPS or not np.all(np.isfinite(left_out)):
        return None
    spread = left_out - left_out.mean()
    return float(np.sqrt((groups - 1) / groups * (spread @ spread)))


def jackknife_interval(
    value: float, left_out: NDArray[np.float64], level: float = 0.95, factor: float = 1.0, bounds: tuple[float, float] = (-np.inf, np.inf)
) -> tuple[float, float] | None:
    """Give ``value -+ t(g-1) * factor * standard error``, cut at the bounds of the statistic.

    Parameters
    ----------
    value : float
        The statistic on all groups.
    left_out : array, shape (g,)
        The statistic without group j.
    level : float
        Confidence level.
    factor : float
        Widening of the standard error where simulation shows that it is short.
    bounds : tuple of float
        Smallest and largest possible value.

    Returns
    -------
    tuple of float, or None
        None where :func:`jackknife_error` gives none.
    """
    error = jackknife_error(left_out)
    if error is None:
        return None
    half = float(stdtrit(len(left_out) - 1, (1 + level) / 2)) * factor * error
    return min(max(value - half, bounds[0]), value), max(min(value + half, bounds[1]), value)


def effective_size(weights: NDArray[np.float64]) -> float:
    """Give the number of independent items that clusters of these sizes (or items of these weights) are worth: ``(sum w)^2 / sum w^2``.

    Reference: Kish 1965. Full dependence inside a cluster is assumed, so it errs on the safe side. Zero when there are none.
    """
    squares = float(weights @ weights)
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def design_effect(errors: NDArray[np.float64], clusters: NDArray[np.int64]) -> float:
    """Give the factor by which clustering widens the variance of a share, at least 1.

    Formula: variance of the ratio ``sum e / n`` from cluster totals of residuals, over ``p(1-p)/n`` (Kish 1965, linearised ratio).

    Parameters
    ----------
    errors : array of 0 and 1, shape (n,)
        Outcome of each item.
    clusters : array of int, shape (n,)
        Cluster (document) of each item.

    Returns
    -------
    float
        1 when all outcomes are equal or there is one cluster: nothing can be learned about the dependence then.
    """
    n = len(errors)
    rate = float(errors.mean()) if n else 0.0
    totals = np.bincount(np.unique(clusters, return_inverse=True)[1], weights=errors - rate) if n else np.zeros(0)
    count = len(totals)
    if count < 2 or rate in (0.0, 1.0):
        return 1.0
    clustered = count / (count - 1) * float(totals @ totals) / n**2
    return max(1.0, clustered / (rate * (1 - rate) / n))
