"""Review arithmetic: what a random sample of reviews protects and what it does not, and which single cases are worth a look."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.finding import Message
from corpuskit.tasks.assessment import Tier
from corpuskit.tasks.options import OwnerAnswers
from corpuskit.tasks.prices import Prices
from corpuskit.tasks.strictness import number

MINUTES = 60


def residual_error(error: float, share: float, catch: float) -> float:
    """Give the error rate that is left when a random share of the outputs is reviewed.

    Formula: ``e (1 - rho c)`` with error rate e, share reviewed rho, and share of errors that reviewers find c; all within 0 and 1.
    """
    return error * (1 - share * catch)


def share_needed(error: float, wanted: float, catch: float) -> float | None:
    """Give the random share of reviews that brings the error down to what is wanted.

    Formula: ``rho = (e - r) / (e c)``; 0 where the error is there already; None where even reviewing everything leaves more.
    """
    if error <= wanted:
        return 0.0
    share = (error - wanted) / (error * catch) if catch > 0 else 2.0
    return share if share <= 1 else None


def worth_a_look(review_cost: float, error_cost: float, catch: float) -> float:
    """Give the probability of error from which a single case is worth its review.

    Formula: ``C_rev / (c C_err)``, the reject rule of Chow 1970 with reviewers who find the share c; above 1 no case is.
    """
    return review_cost / (catch * error_cost)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is reviewed: the error rate assumed, whether it was measured, and the largest one allowed."""

    error: float
    measured: bool
    tolerance: float


def review_arithmetic(task: str, tier: Tier, case: Reviewed | None, answers: OwnerAnswers, prices: Prices) -> tuple[Message, ...]:
    """Write down the arithmetic with the figures of the task and its tier.

    ``task`` is the id of the catalogue, where the owner answers. The error is the upper end of what was measured; where nothing was, it is taken to
    be at the tolerance, as in a pilot that only just passes.

    Returns
    -------
    tuple of Message
        Nothing for T0, in which nothing runs, and for T4, in which a person decides every case.
    """
    share, catch = number("review_floor", tier), number("catch_rate", tier)
    if share is None or catch is None or tier == "T4":
        return ()
    load = _load(share, answers)
    if case is None:
        return (Message(code="review_no_rate"), *load, *_of_single_cases(task, catch, None, answers, prices))
    told = [_random(case, share, catch), *_needed(case, catch), Message(code="review_protects")]
    return (*told, *load, *_of_single_cases(task, catch, case.error, answers, prices))


def _load(share: float, answers: OwnerAnswers) -> tuple[Message, ...]:
    """Say how many hours of review a month brings, because people who review too much at a time wave through (control C10)."""
    if answers.cases_per_month is None or answers.review_minutes is None:
        return ()
    hours = answers.cases_per_month * answers.review_minutes / MINUTES
    return (Message(code="review_load", parameters={"cases": answers.cases_per_month, "every": hours, "share": share, "floor": share * hours}),)


def _random(case: Reviewed, share: float, catch: float) -> Message:
    left = residual_error(case.error, share, catch)
    code = "review_random_measured" if case.measured else "review_random_assumed"
    return Message(code=code, parameters={"error": case.error, "share": share, "catch": catch, "left": left})


def _needed(case: Reviewed, catch: float) -> tuple[Message, ...]:
    """Say what random review would have to be for half the tolerance, where the error is within it; for the tolerance, where it is not."""
    wanted = case.tolerance if case.error > case.tolerance else case.tolerance / 2
    if case.error <= wanted:
        return ()
    share = share_needed(case.error, wanted, catch)
    if share is None:
        least = residual_error(case.error, 1.0, catch)
        return (Message(code="review_never_enough", parameters={"wanted": wanted, "least": least, "catch": catch}),)
    return (Message(code="review_needed", parameters={"wanted": wanted, "share": share, "catch": catch}),)


def _of_single_cases(task: str, catch: float, error: float | None, answers: OwnerAnswers, prices: Prices) -> tuple[Message, ...]:
    """Apply the rule of Chow to the user's costs, or say which of them are missing."""
    missing = [f"tasks.answers.{task}.{name}" for name in ("review_minutes", "error_cost") if getattr(answers, name) is None]
    missing += ["tasks.prices.person_hour"] if prices.person_hour is None else []
    if missing or answers.review_minutes is None or answers.error_cost is None or prices.person_hour is None:
        return (Message(code="review_chow_open", parameters={"missing": ", ".join(missing)}),)
    threshold = worth_a_look(answers.review_minutes / MINUTES * prices.person_hour, answers.error_cost, catch)
    if threshold >= 1:
        return (Message(code="review_chow_never", parameters={"catch": catch}),)
    parameters: dict[str, str | int | float | bool] = {"threshold": threshold, "catch": catch}
    if error is None:
        return (Message(code="review_chow", parameters=parameters),)
    code = "review_chow_every" if error > threshold else "review_chow_unclear"
    return (Message(code=code, parameters={**parameters, "error": error}),)
