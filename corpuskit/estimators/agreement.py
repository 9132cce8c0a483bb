"""How far people agree on labels beyond chance: Krippendorff's alpha and Cohen's kappa, with jackknife intervals over items."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FEWEST_ITEMS = 20
"""Items, or groups of copies, below which no interval is given; because the jackknife's normal form needs a few disagreements at the least."""


class Agreement(NamedTuple):
    """A coefficient and its interval; the interval is None for too few items, or where leaving one out makes the coefficient undefined."""

    value: float
    interval: tuple[float, float] | None


def cohen_kappa(first: Integers, second: Integers, groups: Integers | None = None, level: float = 0.95) -> Agreement | None:
    """Compute Cohen's kappa of two raters, each of whom labelled every item.

    Formula: ``kappa = (p_o - p_e) / (1 - p_e)``, p_o the share of equal labels, ``p_e = sum_k p_1k p_2k``; interval by leaving out one item, or group
    of items, at a time. References: Cohen 1960; Tukey 1958 (jackknife).

    Parameters
    ----------
    first, second : arrays of int, shape (n,)
        Labels 0 .. K-1.
    groups : array of int, shape (n,), optional
        Equal for items that are copies of each other; default: each item by itself.
    level : float
        Confidence level.

    Returns
    -------
    Agreement or None
        None where both gave one and the same label to everything (0 / 0), or there is no item.
    """
    if len(first) == 0:
        return None
    classes = int(max(first.max(), second.max())) + 1
    of_group = _numbered(groups, len(first))
    n = np.bincount(of_group).astype(float)
    equal = np.bincount(of_group, weights=(first == second).astype(float))
    ones, twos = _by_group(of_group, first, classes), _by_group(of_group, second, classes)

    def kappa(items: Floats, same: Floats, one: Floats, two: Floats) -> Floats:
        expected = (one * two).sum(axis=-1) / items**2
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((same / items - expected) / (1 - expected))

    value = float(kappa(n.sum(), equal.sum(), ones.sum(axis=0), twos.sum(axis=0)))
    if not np.isfinite(value):
        return None
    without = kappa(n.sum() - n, equal.sum() - equal, ones.sum(axis=0) - ones, twos.sum(axis=0) - twos) if len(n) > 1 else np.array([np.nan])
    return Agreement(value, _interval(value, without, level))


def krippendorff_alpha(ratings: Integers, groups: Integers | None = None, level: float = 0.95) -> Agreement | None:
    """Compute Krippendorff's alpha for nominal labels, any number of raters and missing labels.

    Formula: with n_uc the raters that gave unit u the value c, m_u their number (units with one are left out), ``D_o = sum_u sum_(c != k) n_uc n_uk /
    (m_u - 1) / n`` and ``D_e = sum_(c != k) n_c n_k / (n (n - 1))``: ``alpha = 1 - D_o / D_e``. Interval by leaving out one unit, or group of units,
    at a time. References: Krippendorff 2011; Tukey 1958 (jackknife).

    Parameters
    ----------
    ratings : array of int, shape (units, raters)
        Labels 0 .. K-1, -1 where a rater gave none.
    groups : array of int, shape (units,), optional
        Equal for units that are copies of each other.
    level : float
        Confidence level.

    Returns
    -------
    Agreement or None
        None where fewer than two labels were used, or no unit has two ratings.
    """
    paired = np.flatnonzero((ratings >= 0).sum(axis=1) >= 2)
    if paired.size == 0:
        return None
    given = ratings[paired]
    classes = int(given.max()) + 1
    counts = np.stack([(given == value).sum(axis=1) for value in range(classes)], axis=1).astype(float)
    of_group = _numbered(None if groups is None else groups[paired], len(paired))
    raters = counts.sum(axis=1)
    differing = (raters**2 - (counts**2).sum(axis=1)) / (raters - 1)
    observed = np.bincount(of_group, weights=differing)
    totals = np.stack([np.bincount(of_group, weights=counts[:, value]) for value in range(classes)], axis=1)

    def alpha(differences: Floats, values: Floats) -> Floats:
        n = values.sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(1 - (n - 1) * differences / (n**2 - (values**2).sum(axis=-1)))

    value = float(alpha(observed.sum(), totals.sum(axis=0)))
    if not np.isfinite(value):
        return None
    return Agreement(value, _interval(value, alpha(observed.sum() - observed, totals.sum(axis=0) - totals), level))


def _numbered(groups: Integers | None, n: int) -> Integers:
    return np.arange(n) if groups is None else np.unique(groups, return_inverse=True)[1].astype(np.int64)


def _by_group(of_group: Integers, labels: Integers, classes: int) -> Floats:
    """Count the labels of each group. Shape (groups, classes)."""
    size = (int(of_group.max()) + 1) * classes
    return np.bincount(of_group * classes + labels, minlength=size).reshape(-1, classes).astype(float)


def _interval(value: float, without: Floats, level: float) -> tuple[float, float] | None:
    """Give the jackknife interval, cut at 1: no agreement is above it."""
    items = len(without)
    if items < FEWEST_ITEMS or not np.isfinite(without).all():
        return None
    error = float(np.sqrt((items - 1) / items * ((without - without.mean()) ** 2).sum()))
    half = float(stdtrit(items - 1, (1 + level) / 2)) * error
    return max(value - half, -1.0), min(value + half, 1.0)
