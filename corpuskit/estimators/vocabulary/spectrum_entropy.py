"""Entropy of a frequency spectrum, in nats, corrected for the types that were not seen: for independent observations.

Every function takes the spectrum: ``k`` the frequencies that occur, ``f_k`` how many types have each, both of shape (s,). Where observations cluster
in documents, :mod:`~corpuskit.estimators.information.clustered_entropy` corrects by what they are independent in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SMALL = 1 << 16
"""Counts below this are tallied in an array, because sorting them takes ten times as long and few counts are larger."""


def spectrum_of(counts: NDArray[np.int64]) -> tuple[Integers, Integers]:
    """Group counts by value: give the frequencies above zero, ascending, and the number of types with each."""
    small, large = counts[counts < SMALL], counts[counts >= SMALL]
    dense = np.bincount(small, minlength=1)
    dense[0] = 0
    k = np.flatnonzero(dense)
    beyond, f_beyond = np.unique(large, return_counts=True)
    return np.concatenate((k, beyond)).astype(np.int64), np.concatenate((dense[k], f_beyond)).astype(np.int64)


def plug_in(k: Integers, f_k: Integers) -> float | None:
    """Give ``-sum p log p`` with p = x/n: too low by about (S-1)/2n. None for an empty sample."""
    n = float((k * f_k).sum())
    if n == 0:
        return None
    share = k / n
    return float(max(0.0, -np.sum(f_k * share * np.log(share))))


def miller_madow(k: Integers, f_k: Integers) -> float | None:
    """Give the plug-in entropy plus (S-1)/2n. Reference: Miller 1955. None for an empty sample."""
    base = plug_in(k, f_k)
    return None if base is None else base + (float(f_k.sum()) - 1) / (2 * float((k * f_k).sum()))


def chao_shen(k: Integers, f_k: Integers) -> float | None:
    """Give the Horvitz-Thompson entropy with Good-Turing coverage C: ``-sum Cp log(Cp) / (1 - (1-Cp)^n)``.

    Reference: Chao and Shen 2003. None for an empty sample or when every token is a type of its own (C = 0).
    """
    n = float((k * f_k).sum())
    singletons = float(f_k[k == 1].sum())
    if n == 0 or singletons == n:
        return None
    share = (1 - singletons / n) * k / n
    one = share >= 1  # a single type: its entropy is 0 and the logarithm of 1 - p is undefined
    inclusion = -np.expm1(n * np.log1p(-np.where(one, 0.5, share)))
    return float(max(0.0, -np.sum(f_k * share * np.log(share) / np.where(one, 1.0, inclusion))))


def grassberger(k: Integers, f_k: Integers) -> float | None:
    """Give ``log n - (1/n) sum x G(x)`` with ``G(x) = psi(x) + (-1)^x (psi((x+1)/2) - psi(x/2)) / 2``.

    Reference: Grassberger 2003. None for an empty sample.
    """
    n = float((k * f_k).sum())
    if n == 0:
        return None
    x = k.astype(float)
    correction = np.where(k % 2 == 0, 0.5, -0.5) * (digamma((x + 1) / 2) - digamma(x / 2))
    return float(np.log(n) - np.sum(f_k * x * (digamma(x) + correction)) / n)


def chao_wang_jost(k: Integers, f_k: Integers) -> float | None:
    """Estimate entropy with the unseen types; the default, best where samples are smaller than the number of types.

    Formula: ``sum (x/n)(psi(n) - psi(x)) + (f1/n) sum_{j>=0} (1-A)^(j+1) / (n+j)`` with ``A = 2 f2 / ((n-1) f1 + 2 f2)``, for f2 = 0
    ``A = 2 / ((n-1)(f1-1) + 2)``. Reference: Chao, Wang and Jost 2013; the sum is the stable form of their second term and is integrated
    here as ``integral exp(-u) / (n (1 - (1-A) exp(-u/n))) du``, so that large n cost nothing.

    Returns
    -------
    float or None
        None for fewer than two tokens. When every token is a type of its own, the value rests on A alone and is a guess: see coverage.
    """
    n = float((k * f_k).sum())
    if n < 2:
        return None
    x = k.astype(float)
    seen = float(np.sum(f_k * (x / n) * (digamma(n) - digamma(x))))
    return with_unseen(seen, n, float(f_k[k == 1].sum()), float(f_k[k == 2].sum()))


def with_unseen(seen: float, n: float, f1: float, f2: float) -> float:
    """Add the second term of :func:`chao_wang_jost`, what types that were not seen add, to its first; f1 and f2 are types seen once and twice."""
    if f1 == 0:
        return seen
    hit = 2 * f2 / ((n - 1) * f1 + 2 * f2) if f2 > 0 else 2 / ((n - 1) * (f1 - 1) + 2)
    return seen + f1 / n * float(unseen_sum(np.array(hit), np.array(n)))


def unseen_sum(hit: Floats, n: Floats) -> Floats:
    """Sum ``(1-A)^(j+1) / (n+j)`` over j >= 0, elementwise, with A = ``hit`` above 0; 0 where A is 1.

    Formula: ``(1-A) integral exp(-u) / (n (1 - (1-A) exp(-u/n))) du``, on a logarithmic axis where the integrand is smooth and falls off on both
    sides for every n, so that the trapezoidal rule is exact to 1e-12.
    """
    hit, n = np.asarray(hit, dtype=float)[..., None], np.asarray(n, dtype=float)[..., None]
    return np.asarray((1 - hit[..., 0]) * STEP * np.sum(_WEIGHTS / (n * (hit - (1 - hit) * np.expm1(-_POINTS / n))), axis=-1), dtype=float)


STEP = 0.25
"""Step of the logarithmic axis, because a half of it changes the sum by less than 1e-12."""

_POINTS = np.exp(np.arange(-60.0, 6.6, STEP))
_WEIGHTS = _POINTS * np.exp(-_POINTS)


OTHERS = {"Miller-Madow": miller_madow, "Chao-Shen": chao_shen, "Grassberger": grassberger}
"""What is shown beside the default, so that a reader sees how much the choice of estimator matters."""


def spread(k: Integers, f_k: Integers) -> tuple[tuple[str, float], tuple[str, float]] | None:
    """Give the lowest and the highest of the other estimators, each with its name; None where one of them is undefined."""
    values = {name: function(k, f_k) for name, function in OTHERS.items()}
    defined = [(name, value) for name, value in values.items() if value is not None]
    if len(defined) < len(values):
        return None
    return min(defined, key=lambda one: one[1]), max(defined, key=lambda one: one[1])
