"""Rates from counted errors: exact and display intervals, posterior of a rate, and exact acceptance plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, betainc, betaincinv, betaln, gammaln, ndtri, xlog1py, xlogy

from corpuskit.errors import UsageError

Floats = NDArray[np.float64]

LARGEST_PLAN = 1_000_000
"""Acceptance plans above this many cases are refused, because nobody labels that many; the tolerance is then too near the expected error."""


def binomial_mass(k: NDArray[np.int64] | int, n: NDArray[np.int64], rate: Floats) -> Floats:
    """Give ``P(K = k) = C(n, k) rate^k (1 - rate)^(n - k)`` of K binomial, one for each of the n; 0 for more than n.

    Written out because the module of scipy that has it takes half a second to load, for which every command would wait.
    """
    rest = np.maximum(n - k, 0)
    ways = gammaln(n + 1.0) - gammaln(np.add(k, 1.0)) - gammaln(rest + 1.0)
    return np.where(np.less_equal(k, n), np.exp(ways + xlogy(k, rate) + xlog1py(rest, -rate)), 0.0)


def clopper_pearson(errors: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Give the exact two-sided interval of a rate.

    Formula: the beta quantiles ``B(a/2; k, n-k+1)`` and ``B(1-a/2; k+1, n-k)`` with a = 1 - level; the ends are 0 for k = 0 and 1 for k = n.
    Reference: Clopper and Pearson 1934. ``errors`` and ``n`` may be fractions, when ``n`` is an effective number of independent items.

    Parameters
    ----------
    errors : float
        Errors seen, 0 <= errors <= n.
    n : float
        Items looked at.
    level : float
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper end; (0, 1) when nothing was looked at.

    Raises
    ------
    UsageError
        ``errors`` is not within 0 and ``n``.
    """
    _check(errors, n)
    if n == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if errors == 0 else float(betaincinv(errors, n - errors + 1, tail))
    high = 1.0 if errors == n else float(betaincinv(errors + 1, n - errors, 1 - tail))
    return low, high


def wilson(errors: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Give the score interval of a rate, for display (shorter than the exact one, not guaranteed to cover).

    Formula: ``(p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)``. Reference: Wilson 1927.
    Parameters, return value and errors are those of :func:`clopper_pearson`.
    """
    _check(errors, n)
    if n == 0:
        return 0.0, 1.0
    z = float(ndtri((1 + level) / 2))
    rate = errors / n
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (rate * (1 - rate) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
    return (0.0 if errors == 0 else centre - half), (1.0 if errors == n else centre + half)


def probability_below(errors: float, n: float, tolerance: float) -> float:
    """Give the probability that a rate is at most the tolerance, given the errors seen.

    Formula: distribution function at the tolerance of Beta(k + 1/2, n - k + 1/2), the posterior under the prior of Jeffreys 1946.
    With ``n`` = 0 it is the prior's own answer. Raises ``UsageError`` like :func:`clopper_pearson`.
    """
    _check(errors, n)
    return float(betainc(errors + 0.5, n - errors + 0.5, tolerance))


@dataclass(frozen=True, slots=True)
class AcceptancePlan:
    """Label ``n`` cases; at most ``max_errors`` errors pass. ``power`` is the probability to pass at the expected error."""

    n: int
    max_errors: int
    power: float


def beta_binomial_quantile(probability: float, n: int, a: float, b: float) -> int:
    """Give the smallest k with ``P(K <= k) >= probability`` for K beta-binomial: the errors of n new cases when the rate is Beta(a, b).

    Formula: ``P(K = k) = C(n, k) B(k + a, n - k + b) / B(a, b)``, summed up from 0.
    """
    k = np.arange(n + 1)
    chances = np.exp(-np.log(n + 1.0) - betaln(n - k + 1.0, k + 1.0) + betaln(k + a, n - k + b) - betaln(a, b))
    return min(int(np.searchsorted(np.cumsum(chances), probability)), n)


def acceptance_size(max_errors: int, tolerance: float, alpha: float = 0.05) -> int:
    """Give the smallest number of cases at which ``max_errors`` errors still show that the error is below the tolerance.

    Formula: smallest n with ``P(Bin(n, tolerance) <= max_errors) <= alpha``; for no errors it is ceil(ln alpha / ln(1 - tolerance)).
    """
    low, high = max_errors, max_errors + 1
    while bdtr(max_errors, high, tolerance) > alpha:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if bdtr(max_errors, middle, tolerance) <= alpha:
            high = middle
        else:
            low = middle
    return high


def acceptance_plan(tolerance: float, expected: float, power: float = 0.8, alpha: float = 0.05) -> AcceptancePlan:
    """Give the smallest exact plan that accepts an error at or above the tolerance with probability at most alpha, the expected error with ``power``.

    For each acceptance number c = 0, 1, 2 ... the size is :func:`acceptance_size`, and the power ``P(Bin(n, expected) <= c)``; the first c with
    enough power gives the smallest n, because sizes rise with c. The power is not monotone in n: when another number of cases is labelled
    than planned, the acceptance number is computed anew.

    Parameters
    ----------
    tolerance : float
        Largest error rate that may be accepted, 0 < tolerance < 1.
    expected : float
        Error rate the system is believed to have, 0 <= expected < tolerance.
    power : float
        Wanted probability to accept a system with the expected error, 0 < power < 1.
    alpha : float
        Largest probability to accept a system at the tolerance, 0 < alpha < 1.

    Returns
    -------
    AcceptancePlan

    Raises
    ------
    UsageError
        A value is out of its range, or the plan would need more than a million cases.
    """
    for name, value in (("tolerance", tolerance), ("power", power), ("alpha", alpha)):
        if not 0 < value < 1:
            raise UsageError(f"The {name} must lie between 0 and 1, not {value!r}.")
    if not 0 <= expected < tolerance:
        raise UsageError(f"The expected error {expected!r} must be at least 0 and below the tolerance {tolerance!r}: otherwise no pilot can pass.")
    allowed = 0
    while True:
        n = acceptance_size(allowed, tolerance, alpha)
        if n > LARGEST_PLAN:
            raise UsageError(
                f"More than {LARGEST_PLAN:,} cases would be needed: the expected error {expected} is too near the tolerance {tolerance}."
            )
        reached = float(bdtr(allowed, n, expected))
        if reached >= power:
            return AcceptancePlan(n=n, max_errors=allowed, power=reached)
        allowed += 1


def _check(errors: float, n: float) -> None:
    if not 0 <= errors <= n:
        raise UsageError(f"{errors} errors of {n} items is impossible.")
