"""Rarefaction: what a random part of the data would show, exactly, for any unit that was drawn (tokens or documents).

A type that stands in ``x`` of ``total`` units is missed by a random part of ``size`` units with probability ``C(total - x, size) / C(total, size)``.
Everything here is a sum of these over the spectrum, so it needs no order of documents and no random draw.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def log_choose(total: Floats | float, chosen: Floats | float) -> Floats:
    """Give the logarithm of the binomial coefficient, elementwise."""
    return np.asarray(gammaln(np.asarray(total) + 1.0) - gammaln(np.asarray(chosen) + 1.0) - gammaln(np.asarray(total) - chosen + 1.0))


def missed(k: Integers, total: Floats | float, size: float) -> Floats:
    """Give the probability that a random part misses a type.

    Formula: ``C(total - k, size) / C(total, size)``; 0 where ``size > total - k``. Reference: Hurlbert 1971.

    Parameters
    ----------
    k : array, shape (s,)
        Units (tokens or documents) that hold the type.
    total : float, or array of shape (s,)
        Units in all.
    size : float
        Units of the part, 0 <= size <= total.
    """
    seen = np.asarray(k, dtype=float)
    possible = seen <= total - size
    without = np.where(possible, total - seen, total)
    logs = gammaln(without + 1) - gammaln(without - size + 1) - gammaln(total + 1) + gammaln(total - size + 1)
    return np.where(possible, np.exp(logs), 0.0)


def expected_types(k: Integers, f_k: Integers, total: int, size: float) -> float:
    """Give the number of types that a random part shows, without bias.

    Formula: ``sum_k f_k (1 - C(total-k, size) / C(total, size))``. Reference: Hurlbert 1971 for individuals; with documents as units it is the
    sample-based curve "Mao Tau" (Ugland, Gray and Ellingsen 2003; Colwell, Mao and Chang 2004).

    Parameters
    ----------
    k, f_k : arrays, shape (s,)
        Frequencies, and the number (or weight) of types with that frequency.
    total : int
        Units in all: tokens with frequencies of tokens, documents with document frequencies.
    size : float
        Units of the part, 0 <= size <= total.
    """
    return float(np.sum(f_k * (1.0 - missed(k, total, size))))


def expected_x_log_x(x: Integers, total: int, size: int) -> Floats:
    """Give E[K log K] where K is how often a type seen x times is seen in a random part (hypergeometric).

    Summed exactly, within ten standard deviations of the mean, up to a mean of 200. Above it by four moments, whose error is below 1/mean^2: it
    reaches the entropy divided by the size of the part, so less than 1e-7.

    Parameters
    ----------
    x : array of int, shape (s,)
        Frequencies.
    total, size : int
        Tokens of the sample and of the part, 1 <= size <= total.
    """
    share = x / total
    mean = size * share
    variance = mean * (1 - share) * (total - size) / max(total - 1, 1)
    result = np.zeros(len(x))
    large = mean > 200
    third = variance[large] * (1 - 2 * share[large]) * (total - 2 * size) / max(total - 2, 1)
    at, spread = mean[large], variance[large]
    result[large] = at * np.log(at) + spread / (2 * at) - third / (6 * at**2) + spread**2 / (4 * at**3)
    if not np.all(large):
        result[~large] = _summed(x[~large], mean[~large], variance[~large], total, size)
    return result


def _summed(x: Integers, mean: Floats, variance: Floats, total: int, size: int) -> Floats:
    """Sum k log k over the hypergeometric distribution of each frequency; the windows of all frequencies lie end to end in one array."""
    reach = 10 * np.sqrt(variance) + 10
    low = np.maximum(np.maximum(0, size - (total - x)), np.floor(mean - reach)).astype(np.int64)
    high = np.minimum(np.minimum(x, size), np.ceil(mean + reach)).astype(np.int64)
    lengths = high - low + 1
    owner = np.repeat(np.arange(len(x)), lengths)
    k = (np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + low[owner]).astype(float)
    of = x[owner].astype(float)
    logs = log_choose(of, k) + log_choose(total - of, size - k) - log_choose(float(total), float(size))
    return np.bincount(owner, weights=np.exp(logs) * k * np.log(np.maximum(k, 1.0)), minlength=len(x)).astype(np.float64)
