"""How many cases a pilot must label, and how many errors may pass. Needs no corpus."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from corpuskit.estimators import acceptance_plan, acceptance_size

LISTED = 4
"""Acceptance numbers 0 to 3 are listed beside the plan: the sizes a pilot lead compares with."""


class PilotSizeForErrors(BaseModel):
    """The smallest number of cases that still passes with so many errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_errors: int
    n: int


class PilotPlan(BaseModel):
    """Exact plan of a pilot.

    Attributes
    ----------
    tolerance, expected, alpha : float
        Error that must not be accepted (except with probability ``alpha``), and the error the system is believed to have.
    n, max_errors : int
        Label ``n`` cases; at most ``max_errors`` errors pass.
    power : float
        Probability to pass at the expected error; at least what was asked for.
    zero_error_n : int
        Cases that suffice when not a single error occurs.
    sizes : tuple
        Smallest number of cases for 0, 1, 2 and 3 errors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tolerance: float
    expected: float
    alpha: float
    n: int
    max_errors: int
    power: float
    zero_error_n: int
    sizes: tuple[PilotSizeForErrors, ...]


def plan(tolerance: float = 0.05, expected: float = 0.02, power: float = 0.8, alpha: float = 0.05) -> PilotPlan:
    """Size a pilot by exact binomial probabilities.

    Parameters
    ----------
    tolerance : float
        Largest error rate that may be accepted.
    expected : float
        Error rate the system is believed to have, below the tolerance.
    power : float
        Wanted probability to accept a system with the expected error.
    alpha : float
        Largest probability to accept a system at the tolerance.

    Returns
    -------
    PilotPlan

    Raises
    ------
    UsageError
        A value is out of its range, or more than a million cases would be needed.
    """
    chosen = acceptance_plan(tolerance, expected, power, alpha)
    sizes = tuple(PilotSizeForErrors(max_errors=errors, n=acceptance_size(errors, tolerance, alpha)) for errors in range(LISTED))
    return PilotPlan(
        tolerance=tolerance,
        expected=expected,
        alpha=alpha,
        n=chosen.n,
        max_errors=chosen.max_errors,
        power=chosen.power,
        zero_error_n=sizes[0].n,
        sizes=sizes,
    )
