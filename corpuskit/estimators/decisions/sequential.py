"""Pilots that may stop early: Wald's sequential test with its expected size, and evidence that is valid whenever one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, xlog1py, xlogy

from corpuskit.errors import UsageError

Floats = NDArray[np.float64]

LONGEST = 20_000
"""Cases that are looked ahead; because nobody labels more for one pilot."""
NEGLIGIBLE = 1e-12
"""Probability of a number of errors that is dropped, because together they change no size by a case."""
ENOUGH = 1e-6
"""Share of pilots still running at which the mean is settled, because the rest adds less than a tenth of a case."""


@dataclass(frozen=True, slots=True)
class SequentialPlan:
    """Boundaries of Wald's test of two error rates.

    After n cases accept at ``slope n + accept`` errors or fewer, reject at ``slope n + reject`` or more.

    Attributes
    ----------
    accept, reject : float
        Intercepts in errors, below and above 0.
    slope : float
        Errors for each case.
    expected_n : float
        Mean number of cases when the error is the expected one, by Wald's approximation (boundaries are met without being overshot).
    """

    accept: float
    reject: float
    slope: float
    expected_n: float


def sequential_plan(tolerance: float, expected: float, power: float = 0.8, alpha: float = 0.05) -> SequentialPlan:
    """Lay out Wald's sequential test, which a system passes with probability alpha at the tolerance, with ``power`` where it errs as expected.

    Formula: with ``g = ln(t (1-e) / (e (1-t)))``, slope ``ln((1-e)/(1-t)) / g``, intercepts ``ln(alpha / power) / g`` and
    ``ln((1-alpha) / (1-power)) / g``; mean size ``(power ln(alpha/power) + (1-power) ln((1-alpha)/(1-power))) / E z`` with
    ``E z = e ln(t/e) + (1-e) ln((1-t)/(1-e))``. Reference: Wald 1947.

    Parameters
    ----------
    tolerance, expected : float
        Error that must not pass, and the one that is believed in, 0 < expected < tolerance < 1.
    power, alpha : float
        Probability to pass at the expected error, and at the tolerance; alpha < power.

    Raises
    ------
    UsageError
        A value is out of its range.
    """
    if not 0 < expected < tolerance < 1:
        raise UsageError(f"A sequential pilot needs 0 < expected < tolerance < 1, not expected {expected!r} and tolerance {tolerance!r}.")
    if not 0 < alpha < power < 1:
        raise UsageError(f"A sequential pilot needs 0 < alpha < power < 1, not alpha {alpha!r} and power {power!r}.")
    pass_at, stop_at = np.log(alpha / power), np.log((1 - alpha) / (1 - power))
    gain = np.log(tolerance * (1 - expected) / (expected * (1 - tolerance)))
    drift = expected * np.log(tolerance / expected) + (1 - expected) * np.log((1 - tolerance) / (1 - expected))
    return SequentialPlan(
        accept=float(pass_at / gain),
        reject=float(stop_at / gain),
        slope=float(np.log((1 - expected) / (1 - tolerance)) / gain),
        expected_n=float((power * pass_at + (1 - power) * stop_at) / drift),
    )


def evidence_below(errors: Floats | Sequence[bool], tolerance: float) -> Floats:
    """Give, after each case, the evidence that the error is not the tolerance: an e-process, valid at every look.

    Formula: ``e_t = B(S + 1/2, t - S + 1/2) / B(1/2, 1/2) / (tolerance^S (1 - tolerance)^(t - S))`` with S errors in t cases, the likelihood averaged
    over the prior of Jeffreys 1946 against that at the tolerance. By Ville 1939 it ever reaches 1/alpha with probability at most alpha when the error
    is the tolerance. It speaks for a *lower* error only while ``S / t`` is below the tolerance. Reference: Robbins 1970.

    Parameters
    ----------
    errors : array of 0 and 1, shape (t,)
        Outcomes in the order they came in; 1 is an error.
    tolerance : float
        Between 0 and 1.

    Returns
    -------
    array, shape (t,)
        Natural logarithm of e after each case.
    """
    found = np.cumsum(errors)
    cases = np.arange(1, len(found) + 1)
    return np.asarray(
        betaln(found + 0.5, cases - found + 0.5) - betaln(0.5, 0.5) - xlogy(found, tolerance) - xlog1py(cases - found, -tolerance), dtype=float
    )


def certified_after(errors: Floats | Sequence[bool], tolerance: float, alpha: float = 0.05) -> int | None:
    """Give the first case after which the error is shown to be below the tolerance, or None.

    Certified where ``e_t >= 1 / alpha`` and ``S / t < tolerance``; see :func:`evidence_below`.
    """
    cases = np.arange(1, len(errors) + 1)
    shown = (evidence_below(errors, tolerance) >= -np.log(alpha)) & (np.cumsum(errors) < tolerance * cases)
    return int(cases[shown][0]) if shown.any() else None


def alarmed_after(errors: Floats | Sequence[bool], tolerance: float, alpha: float = 0.05) -> int | None:
    """Give the first case after which the error is shown to be above the tolerance, or None: the other side of :func:`certified_after`."""
    cases = np.arange(1, len(errors) + 1)
    shown = (evidence_below(errors, tolerance) >= -np.log(alpha)) & (np.cumsum(errors) > tolerance * cases)
    return int(cases[shown][0]) if shown.any() else None


@dataclass(frozen=True, slots=True)
class AnytimePlan:
    """How long it takes until evidence that may be looked at after every case shows the error to be below the tolerance, if it is the expected one.

    Attributes
    ----------
    half, most : int or None
        Cases after which half of the pilots, and the share ``power`` of them, are certified; None where that takes more than :data:`LONGEST`.
    expected_n : float or None
        Mean number of cases; None where some pilots take longer than that.
    """

    half: int | None
    most: int | None
    expected_n: float | None


def anytime_plan(tolerance: float, expected: float, power: float = 0.8, alpha: float = 0.05) -> AnytimePlan:
    """Give the exact distribution of the size of a pilot that stops as soon as :func:`certified_after` says so.

    Formula: the number of errors S is followed case by case, ``P(S_t = s, not yet certified)``, with certification at every (s, t) where the evidence
    reaches 1/alpha and s/t lies below the tolerance.

    Raises
    ------
    UsageError
        A value is out of its range.
    """
    if not 0 <= expected < tolerance < 1 or not 0 < alpha < 1 or not 0 < power < 1:
        raise UsageError(f"An anytime pilot needs 0 <= expected < tolerance < 1, not expected {expected!r} and tolerance {tolerance!r}.")
    going = np.array([1.0])  # probability of s errors so far and no certificate yet
    mean, half, most = 1.0, None, None
    for case in range(1, LONGEST + 1):
        going = np.append(going * (1 - expected), 0.0) + np.append(0.0, going * expected)
        errors = np.arange(len(going))
        evidence = betaln(errors + 0.5, case - errors + 0.5) - betaln(0.5, 0.5) - xlogy(errors, tolerance) - xlog1py(case - errors, -tolerance)
        going[(evidence >= -np.log(alpha)) & (errors < tolerance * case)] = 0.0
        going = going[: int(np.flatnonzero(going > NEGLIGIBLE)[-1]) + 1] if (going > NEGLIGIBLE).any() else going[:0]
        left = float(going.sum())
        half = case if half is None and left <= 0.5 else half
        most = case if most is None and left <= 1 - power else most
        if left < ENOUGH:
            return AnytimePlan(half, most, mean)
        mean += left
    return AnytimePlan(half, most, None)
