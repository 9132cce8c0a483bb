"""Acceptance sampling by two points: how many cases of a lot to check so that a good lot passes and a bad one does not."""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr

from corpuskit.errors import UsageError
from corpuskit.estimators.binomial import AcceptancePlan

LARGEST_PLAN = 1_000_000
"""Plans above this many cases are refused, because nobody checks that many."""


def probability_to_pass(n: int, max_errors: int, rate: float, lot: int | None = None) -> float:
    """Give the probability that a lot passes: the operating characteristic of the plan (n, c) at an error rate.

    Formula: ``P(Bin(n, rate) <= c)``; of a finite lot of L cases the hypergeometric probability with ``round(rate L)`` errors in it.
    """
    if lot is None:
        return float(bdtr(max_errors, n, rate))
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(max_errors, lot, round(rate * lot), n))


def two_point_plan(good: float, bad: float, pass_good: float = 0.95, pass_bad: float = 0.10) -> AcceptancePlan:
    """Give the smallest (n, c) that passes a lot of error rate ``good`` with at least ``pass_good``, one of ``bad`` with at most ``pass_bad``.

    Formula: for c = 0, 1, 2 ... the smallest n with ``P(Bin(n, bad) <= c) <= pass_bad``; the first c whose n keeps ``P(Bin(n, good) <= c) >=
    pass_good``. Reference: Kiermeier 2008; the points are ISO 2859-1's producer's and consumer's risk points.

    Raises
    ------
    UsageError
        The points are out of order, or more than a million cases would be needed.
    """
    if not (0 < good < bad < 1 and 0 < pass_bad < pass_good < 1):
        raise UsageError(
            f"The good error rate must lie below the bad one and pass more often: given {good!r} passing {pass_good!r}, {bad!r} passing {pass_bad!r}."
        )
    allowed = 0
    while True:
        n = _smallest(allowed, bad, pass_bad)
        if n > LARGEST_PLAN:
            raise UsageError(f"More than {LARGEST_PLAN:,} cases would be needed: {good} and {bad} are too near each other.")
        passes = float(bdtr(allowed, n, good))
        if passes >= pass_good:
            return AcceptancePlan(n=n, max_errors=allowed, power=passes)
        allowed += 1


def rate_that_passes(n: int, max_errors: int, probability: float) -> float:
    """Give the error rate at which the plan (n, c) passes with this probability, such as the limiting quality at 10 %."""
    from scipy.special import bdtri

    return float(bdtri(max_errors, n, probability))


def _smallest(allowed: int, bad: float, pass_bad: float) -> int:
    sizes = allowed + 1
    while bdtr(allowed, sizes, bad) > pass_bad:
        sizes *= 2
    within = np.arange(max(allowed + 1, sizes // 2), sizes + 1)
    return int(within[bdtr(allowed, within, bad) <= pass_bad][0])
