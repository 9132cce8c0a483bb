"""What independent words would fill: cells and their concentration when rows and columns of a joint table have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DRAWS = 20
"""Tables drawn under the null, because their mean is then known to a quarter of their spread, and one costs some milliseconds."""

DISTINCT = 1000
"""Distinct margins that are all told apart; of more those are pooled that differ by less than one or two hundredths, because the expected cells are
nearly linear in a margin over so short a way: measured, they then move by less than one part in 100,000."""


def independent_cells(row_totals: Floats, column_totals: Floats, size: float, sample: float = np.inf) -> float:
    """Give the number of non-empty cells to expect when rows and columns are independent.

    Formula: ``sum_ij 1 - exp(-size p_i q_j)`` with p and q the shares of the margins, known exactly. Margins that were counted in a sample are
    themselves too concentrated, so the sum would be too small; with ``sample`` the cells of a random matching of these very margins are
    expected, whose counts have the mean ``l = size p_i q_j`` and the variance ``l (1 - v)``, ``v = size/sample (p_i + q_j - p_i q_j)``: then
    ``sum_ij 1 - (1 - v)^(l/v)``. Equal margins are grouped: the cost is the product of the numbers of distinct margins, of which :func:`pooled`
    leaves a thousand or so.

    Parameters
    ----------
    row_totals, column_totals : arrays
        Margins; only their shares p and q count.
    size : float
        Observations.
    sample : float
        Observations the margins were counted in, at least ``size``.
    """
    p, p_times = pooled(*np.unique(row_totals[row_totals > 0], return_counts=True))
    q, q_times = pooled(*np.unique(column_totals[column_totals > 0], return_counts=True))
    if len(p) == 0 or len(q) == 0:
        return 0.0
    p, q = p / (p @ p_times), q / (q @ q_times)
    return float(sum(times * (q_times @ _filled(share, q, size, sample)) for share, times in zip(p, p_times, strict=True)))


def pooled(values: Floats, times: Integers) -> tuple[Floats, Integers]:
    """Pool neighbouring margins where there are more than :data:`DISTINCT`: each pool has their number and their mean, so no observation is lost.

    Parameters
    ----------
    values, times : arrays, shape (s,)
        Distinct margins, ascending, and how many rows have each.
    """
    if len(values) <= DISTINCT:
        return values, times
    width = np.log(values[-1] / values[0]) / DISTINCT
    pool = np.unique((np.log(values / values[0]) / width).astype(np.int64), return_inverse=True)[1]
    number = np.bincount(pool, weights=times)
    return np.bincount(pool, weights=values * times) / number, number.astype(np.int64)


def independent_pairs(occurrences: Floats, size: float, sample: float = np.inf) -> float:
    """Give the number of different unordered pairs to expect when the members of a pair are independent.

    Formula: ``sum_{i<j} 1 - exp(-2 size p_i p_j) + sum_i 1 - exp(-size p_i^2)`` with p the share of each term among pair members; with ``sample``,
    the number of pairs the occurrences were counted in, the first sum as in :func:`independent_cells`.
    """
    share = occurrences[occurrences > 0] / max(occurrences.sum(), 1.0)
    ordered = independent_cells(occurrences, occurrences, 2 * size, 2 * sample)
    doubled = float(_filled(share, share, 2 * size, 2 * sample).sum())
    return (ordered - doubled) / 2 + float(-np.expm1(-size * share**2).sum())


def _filled(p: float | Floats, q: Floats, size: float, sample: float) -> Floats:
    """Give the probability that a cell is not empty."""
    mean, less = size * p * q, size / sample * (p + q - p * q)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.where(less > 0, np.log1p(-less) / less, -1.0)
    return np.asarray(-np.expm1(mean * power), dtype=float)


def draw_independent(rows: Floats, columns: Floats, size: int, unordered: bool, random: np.random.Generator) -> tuple[Integers, Integers, Integers]:
    """Draw a table of ``size`` observations whose rows and columns are independent.

    Parameters
    ----------
    rows, columns : arrays
        Margins; of unordered pairs both are the occurrences of each term in pairs.
    size : int
        Observations.
    unordered : bool
        Whether (i, j) and (j, i) are one cell, kept in the upper triangle.
    random : numpy Generator
        Source of the draws.

    Returns
    -------
    rows, columns, counts : arrays of int, shape (cells,)
        The non-empty cells.
    """
    first, second = (_draw(margin, size, random) for margin in (rows, columns))
    if unordered:
        first, second = np.minimum(first, second), np.maximum(first, second)
    keys, counts = np.unique(first * len(columns) + second, return_counts=True)
    return keys // len(columns), keys % len(columns), counts.astype(np.int64)


def _draw(margin: Floats, size: int, random: np.random.Generator) -> Integers:
    reach = np.cumsum(margin)
    return np.asarray(np.searchsorted(reach, random.random(size) * reach[-1], side="right"), dtype=np.int64)


def null_values(
    statistic: Callable[[Integers, Integers, Integers], Floats], rows: Floats, columns: Floats, size: int, unordered: bool, seed: int
) -> Floats:
    """Compute a statistic on tables drawn under the null.

    Parameters
    ----------
    statistic : callable
        Takes rows, columns and counts of the non-empty cells, gives an array of shape (s,).
    rows, columns, size, unordered
        See :func:`draw_independent`.
    seed : int
        Seed of the draws.

    Returns
    -------
    array, shape (20, s)
        One row per table. Their spread is that of independent observations, narrower than that of observations which cluster in documents: it
        tells how exactly the null is known and is no test.
    """
    random = np.random.default_rng(seed)
    return np.array([statistic(*draw_independent(rows, columns, size, unordered, random)) for _ in range(DRAWS)])


def null_range(values: Floats, level: float = 0.95) -> tuple[float, tuple[float, float]]:
    """Give the mean of the drawn values and the normal range in which single draws fall. ``values``: shape (draws,)."""
    mean, count = float(values.mean()), len(values)
    half = float(stdtrit(count - 1, (1 + level) / 2)) * float(values.std(ddof=1)) * float(np.sqrt(1 + 1 / count))
    return mean, (mean - half, mean + half)
