"""Intervals by leaving out groups of whole documents.

Documents drawn with replacement are never used for statistics that rest on rare types: duplicates destroy singletons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

MINIMUM_GROUPS = 8
"""Fewer groups give no interval, because the standard error of seven or fewer values is itself off by a third or more."""


@dataclass(frozen=True, slots=True)
class Excess:
    """What a jackknife variance holds of words seen once or twice, and which part of it is variance: see ``jackknife_excess.py``.

    Attributes
    ----------
    counted : float
        Variance that the jackknife tells of types as independent of each other.
    part : float
        Part of it that is variance, 0 to 1.
    """

    counted: float
    part: float

    def times(self, factor: float) -> Excess:
        """Give the excess of the statistic times a factor."""
        return Excess(self.counted * factor**2, self.part)

    def taken_from(self, variance: float) -> float:
        """Give ``variance - (1 - part) counted``, but at least ``part counted`` and at most the variance.

        Subtracted, not multiplied: what documents have in common adds to the jackknife variance and stays whole.
        """
        return min(variance, max(variance - (1 - self.part) * self.counted, self.part * self.counted))


def jackknife_error(left_out: NDArray[np.float64], excess: Excess | None = None) -> float | None:
    """Give the delete-a-group jackknife standard error.

    Formula: ``sqrt((g-1)/g * sum (T_(-j) - mean T_(-j))^2)``. Reference: Quenouille 1956, Tukey 1958; groups of documents: Wolter 2007.

    Parameters
    ----------
    left_out : array, shape (g,)
        The statistic computed without group j.
    excess : Excess, optional
        What is to be taken from the variance.

    Returns
    -------
    float or None
        None when there are fewer than 8 groups or one of the values is not finite.
    """
    groups = len(left_out)
    if groups < MINIMUM_GROUPS or not np.all(np.isfinite(left_out)):
        return None
    spread = left_out - left_out.mean()
    return _error((groups - 1) / groups * float(spread @ spread), excess)


def _error(variance: float, excess: Excess | None) -> float:
    return float(np.sqrt(variance if excess is None else excess.taken_from(variance)))


def jackknife_interval(
    value: float,
    left_out: NDArray[np.float64],
    level: float = 0.95,
    factor: float = 1.0,
    bounds: tuple[float, float] = (-np.inf, np.inf),
    excess: Excess | None = None,
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
    excess : Excess, optional
        What the jackknife counts too often, to be taken from its variance.

    Returns
    -------
    tuple of float, or None
        None where :func:`jackknife_error` gives none.
    """
    error = jackknife_error(left_out, excess)
    return None if error is None else _around(value, factor * error, len(left_out), level, bounds)


def unequal_jackknife_error(value: float, left_out: NDArray[np.float64], sizes: NDArray[np.int64], excess: Excess | None = None) -> float | None:
    """Give the jackknife standard error for groups of different sizes and a statistic that moves with the size of the sample.

    Formula: with ``h_j = n / m_j`` and pseudo-values ``P_j = h_j T - (h_j - 1) T_(-j)``, ``sqrt(mean((P_j - P)^2 / (h_j - 1)))``, P their mean
    weighted by size. A bias that falls as 1/n is the same in all P_j, so it does not show as spread; in ``T_(-j)`` it does, since the larger group
    takes more of the sample away. Reference: Busing, Meijer and van der Leeden 1999.

    Parameters
    ----------
    value : float
        The statistic on all groups, T.
    left_out : array, shape (g,)
        The statistic without group j.
    sizes : int array, shape (g,)
        Documents of group j, m_j.
    excess : Excess, optional
        What is to be taken from the variance.

    Returns
    -------
    float or None
        None for fewer than 8 groups or a value that is not finite.
    """
    groups, n = len(left_out), float(sizes.sum())
    if groups < MINIMUM_GROUPS or not np.all(np.isfinite(left_out)):
        return None
    times = n / sizes
    pseudo = times * value - (times - 1) * left_out
    return _error(float(np.mean((pseudo - np.average(pseudo, weights=sizes)) ** 2 / (times - 1))), excess)


def unequal_jackknife_interval(
    value: float,
    left_out: NDArray[np.float64],
    sizes: NDArray[np.int64],
    level: float = 0.95,
    bounds: tuple[float, float] = (-np.inf, np.inf),
    excess: Excess | None = None,
) -> tuple[float, float] | None:
    """Give ``T -+ t(g-1)`` times :func:`unequal_jackknife_error`; parameters as there and in :func:`jackknife_interval`."""
    error = unequal_jackknife_error(value, left_out, sizes, excess)
    return None if error is None else _around(value, error, len(left_out), level, bounds)


def _around(value: float, error: float, groups: int, level: float, bounds: tuple[float, float]) -> tuple[float, float]:
    half = float(stdtrit(groups - 1, (1 + level) / 2)) * error
    return min(max(value - half, bounds[0]), value), max(min(value + half, bounds[1]), value)


def ratio_without_each(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give ``sum a / sum b`` without each group in turn; nan where nothing is left."""
    left = below.sum() - below
    found: NDArray[np.float64] = np.divide(above.sum() - above, left, out=np.full(len(above), np.nan), where=left > 0)
    return found


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
