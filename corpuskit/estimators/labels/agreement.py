"""How far people agree on labels beyond chance: Krippendorff's alpha, Cohen's and Fleiss' kappa, with jackknife intervals over items."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from corpuskit.errors import UsageError

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
"""How far apart two labels are: only different, by rank, by their difference, or by their difference over their sum."""

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


def fleiss_kappa(counts: Integers, groups: Integers | None = None, level: float = 0.95) -> Agreement | None:
    """Compute Fleiss' kappa of items that the same number of raters labelled, who need not be the same persons.

    Formula: with m raters and n_ic of them giving item i the label c, ``p_o = mean_i sum_c n_ic (n_ic - 1) / (m (m - 1))``, ``p_e = sum_c p_c^2``,
    ``kappa = (p_o - p_e) / (1 - p_e)``; interval by leaving out one item, or group of items, at a time. Reference: Fleiss 1971.

    Parameters
    ----------
    counts : array of int, shape (items, K)
        Raters that gave each label; every row has the same sum, at least 2.
    groups, level
        As :func:`cohen_kappa`.

    Returns
    -------
    Agreement or None
        None where one label alone was used (0 / 0), or there is no item.

    Raises
    ------
    UsageError
        Items differ in their number of raters; :func:`krippendorff_alpha` takes such data.
    """
    if len(counts) == 0:
        return None
    raters = counts.sum(axis=1)
    if raters.min() != raters.max() or raters[0] < 2:
        raise UsageError(
            f"Fleiss' kappa needs as many raters for each item, at least 2; here {raters.min()} to {raters.max()}: use Krippendorff's alpha."
        )
    given, m = counts.astype(float), float(raters[0])
    of_group = _numbered(groups, len(given))
    n = np.bincount(of_group).astype(float)
    equal = np.bincount(of_group, weights=(given * (given - 1)).sum(axis=1) / (m * (m - 1)))
    totals = _summed(of_group, given)

    def kappa(items: Floats, same: Floats, values: Floats) -> Floats:
        expected = ((values / (items * m)[..., None]) ** 2).sum(axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((same / items - expected) / (1 - expected))

    value = float(kappa(n.sum(), equal.sum(), totals.sum(axis=0)))
    if not np.isfinite(value):
        return None
    without = kappa(n.sum() - n, equal.sum() - equal, totals.sum(axis=0) - totals) if len(n) > 1 else np.array([np.nan])
    return Agreement(value, _interval(value, without, level))


def krippendorff_alpha(
    ratings: Integers, groups: Integers | None = None, level: float = 0.95, scale: Scale = "nominal", values: Floats | None = None
) -> Agreement | None:
    """Compute Krippendorff's alpha for any number of raters and missing labels.

    Formula: with n_uc the raters that gave unit u the value c, m_u their number (units with one are left out) and d_ck how far two values are apart,
    ``D_o = sum_u sum_(c,k) n_uc n_uk d_ck / (m_u - 1) / n`` and ``D_e = sum_(c,k) n_c n_k d_ck / (n (n - 1))``: ``alpha = 1 - D_o / D_e``. The
    distance is 1 between different nominal values, ``(n_c / 2 + n_(c+1) + ... + n_k / 2)^2`` between ordinal ones, ``(c - k)^2`` on an interval
    scale and ``((c - k) / (c + k))^2`` on a ratio scale. Interval by leaving out one unit, or group of units, at a time. References: Krippendorff
    2011; Tukey 1958 (jackknife).

    Parameters
    ----------
    ratings : array of int, shape (units, raters)
        Labels 0 .. K-1, -1 where a rater gave none. Of an ordinal scale in the order of the scale.
    groups : array of int, shape (units,), optional
        Equal for units that are copies of each other.
    level : float
        Confidence level.
    scale : {"nominal", "ordinal", "interval", "ratio"}
        How far two labels are apart.
    values : array, shape (K,), optional
        Number that each label stands for; needed on an interval and a ratio scale, where those of a ratio scale are not below 0.

    Returns
    -------
    Agreement or None
        None where fewer than two labels were used, or no unit has two ratings.

    Raises
    ------
    UsageError
        Numbers are missing, or below 0 on a ratio scale.
    """
    if scale in ("interval", "ratio") and values is None:
        raise UsageError(f"The scale {scale!r} needs the number that each label stands for.")
    if scale == "ratio" and values is not None and (values < 0).any():
        raise UsageError(f"A ratio scale has no numbers below 0; the lowest is {values.min()}. Use an interval scale.")
    paired = np.flatnonzero((ratings >= 0).sum(axis=1) >= 2)
    if paired.size == 0:
        return None
    given = ratings[paired]
    classes = int(given.max()) + 1
    counts = np.stack([(given == value).sum(axis=1) for value in range(classes)], axis=1).astype(float)
    of_group = _numbered(None if groups is None else groups[paired], len(paired))
    totals = _summed(of_group, counts)
    if scale == "ordinal":
        return _ordinal_alpha(counts, of_group, totals, level)
    apart = _apart(scale, classes, values)
    differing = (counts @ apart * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    observed = np.bincount(of_group, weights=differing)

    def alpha(differences: Floats, used: Floats) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(1 - (used.sum(axis=-1) - 1) * differences / (used @ apart * used).sum(axis=-1))

    value = float(alpha(observed.sum(), totals.sum(axis=0)))
    if not np.isfinite(value):
        return None
    return Agreement(value, _interval(value, alpha(observed.sum() - observed, totals.sum(axis=0) - totals), level))


def ratings_of(votes: Integers) -> Integers:
    """Write out votes as ratings, -1 behind the last; of nominal labels it does not matter who gave which. Shape (n, most votes)."""
    most = int(votes.sum(axis=1).max(initial=0))
    ratings = np.full((len(votes), most), -1, np.int64)
    for row, counts in enumerate(votes):
        given = np.repeat(np.arange(len(counts)), counts)
        ratings[row, : len(given)] = given
    return ratings


def _apart(scale: Scale, classes: int, values: Floats | None) -> Floats:
    """Give the squared distance of each two labels. Shape (K, K)."""
    if values is None or scale == "nominal":
        return 1 - np.eye(classes)
    numbers = np.asarray(values, float)[:classes]
    difference = numbers[:, None] - numbers
    if scale == "interval":
        return np.asarray(difference**2)
    together = numbers[:, None] + numbers
    return np.asarray(np.divide(difference, together, out=np.zeros_like(difference), where=together > 0) ** 2)


def _ordinal_alpha(counts: Floats, of_group: Integers, totals: Floats, level: float) -> Agreement | None:
    """Compute alpha by ranks, whose distances depend on how often each label was used and so change with every unit left out."""
    weights = 1 / (counts.sum(axis=1) - 1)
    whole, used = (counts * weights[:, None]).T @ counts, totals.sum(axis=0)

    def alpha(pairs: Floats, values: Floats) -> float:
        middles = np.cumsum(values) - values / 2
        apart = (middles[:, None] - middles) ** 2
        expected = values @ apart @ values
        return float(1 - (values.sum() - 1) * (pairs * apart).sum() / expected) if expected > 0 else float("nan")

    value = alpha(whole, used)
    if not np.isfinite(value):
        return None
    order = np.argsort(of_group, kind="stable")
    without = [
        alpha(whole - (counts[rows] * weights[rows, None]).T @ counts[rows], used - totals[group])
        for group, rows in enumerate(np.split(order, np.cumsum(np.bincount(of_group))[:-1]))
    ]
    return Agreement(value, _interval(value, np.array(without), level))


def _summed(of_group: Integers, counts: Floats) -> Floats:
    """Add up the rows of each group. Shape (groups, K)."""
    return np.stack([np.bincount(of_group, weights=counts[:, value]) for value in range(counts.shape[1])], axis=1)


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
