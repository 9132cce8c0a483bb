"""Jensen-Shannon divergence of two mixes, with the band that the documents themselves make when nothing has moved."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import xlogy

Floats = NDArray[np.float64]

PERMUTATIONS = 1_999
"""Deals of the units on two sides; because the smallest p, .0005, is then below the 1 % at which one of twenty measures held together alarms."""

AT_ONCE = 200
"""Deals that are counted at once, because so many of 20,000 units take 32 MB."""

FEWEST_UNITS = 8
"""Units of a side below which nothing is compared; because eight and eight can be dealt in 12,870 ways, seven and seven in 3,432 and too coarsely."""


class Divergence(NamedTuple):
    """How far two mixes lie apart.

    Attributes
    ----------
    value : float
        Jensen-Shannon divergence in bits, 0 to 1.
    band : float
        What 95 in 100 random deals of the same units stay below.
    p : float
        Share of the deals, the real one included, that lie as far apart.
    n_first, n_second : int
        Units.
    contributions : array of float, shape (V,)
        What each column adds to the value; they sum to it. Positive where the second side has more of it, else negative.
    """

    value: float
    band: float
    p: float
    n_first: int
    n_second: int
    contributions: Floats


def jensen_shannon(first: Floats, second: Floats) -> Floats:
    """Give the divergence of columns of counts, in bits.

    Formula: ``sum_i (p_i ln(p_i / m_i) + q_i ln(q_i / m_i)) / (2 ln 2)`` with ``m = (p + q) / 2``. Reference: Lin 1991.

    Parameters
    ----------
    first, second : array, shape (V, B)
        Counts of two sides; a side without any counts is at divergence 0 from everything.

    Returns
    -------
    array, shape (V, B)
        Its terms; a column's divergence is their sum.
    """
    p, q = (side / np.maximum(side.sum(axis=0), 1.0) for side in (first, second))
    m = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = xlogy(p, np.where(m > 0, p / m, 1.0)) + xlogy(q, np.where(m > 0, q / m, 1.0))
    return np.asarray(parts / (2 * np.log(2)), dtype=float)


def divergence(counts: csr_matrix, first: int, seed: int = 0, permutations: int = PERMUTATIONS) -> Divergence | None:
    """Compare the mix of the first units with that of the others.

    The p-value is that of a permutation test over units: exact when all of them could as well have stood on the other side. It does not know that
    units of one author or day are alike, so for those it is too small.

    Parameters
    ----------
    counts : csr_matrix, shape (m, V)
        What each unit holds.
    first : int
        Units of the first side, in the first rows.
    seed : int
    permutations : int

    Returns
    -------
    Divergence or None
        None with fewer than eight units on a side.
    """
    m = int(counts.shape[0])
    if min(first, m - first) < FEWEST_UNITS:
        return None
    total = np.asarray(counts.sum(axis=0), dtype=float).reshape(-1, 1)
    real = np.zeros((m, 1))
    real[:first] = 1.0
    one = np.asarray(counts.T @ real, dtype=float)
    parts = jensen_shannon(one, total - one).ravel()
    value = float(parts.sum())
    generator = np.random.default_rng(seed)
    sizes = [min(AT_ONCE, permutations - done) for done in range(0, permutations, AT_ONCE)]
    by_chance = np.concatenate([_of_deals(counts, first, total, generator, size) for size in sizes])
    share_first, share_second = (side / max(float(side.sum()), 1.0) for side in (one.ravel(), (total - one).ravel()))
    return Divergence(
        value=value,
        band=float(np.quantile(by_chance, 0.95)),
        p=float((1 + (by_chance >= value - 1e-12).sum()) / (1 + permutations)),
        n_first=first,
        n_second=m - first,
        contributions=np.where(share_second >= share_first, parts, -parts),
    )


def _of_deals(counts: csr_matrix, first: int, total: Floats, generator: np.random.Generator, deals: int) -> Floats:
    """Give the divergences of random deals."""
    m = int(counts.shape[0])
    dealt = np.zeros((m, deals))
    for deal in range(deals):
        dealt[generator.permutation(m)[:first], deal] = 1.0
    one = np.asarray(counts.T @ dealt, dtype=float)
    return np.asarray(jensen_shannon(one, total - one).sum(axis=0), dtype=float)
