"""Doing nothing, rules only, a small model, a large model: when each fits, and what it would cost a month at the user's own prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpuskit.finding import Message
from corpuskit.tasks.assessment import Alternative, Kind, Tier
from corpuskit.tasks.options import OwnerAnswers
from corpuskit.tasks.prices import Prices
from corpuskit.tasks.strictness import number

MILLION = 1_000_000
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Work:
    """One task as a buyer sees it.

    Attributes
    ----------
    task : str
        Id of the catalogue: where the owner answers in corpuskit.toml.
    kind, tier : of the task
    language : {"en", "ja"}
    characters : float or None
        Mean characters of a case; None where no case was read.
    template_share : float or None
        Share of words in lines that recur in other documents, of the corpus.
    error, tolerance : float or None
        Upper end of the measured error, and the largest error allowed.
    pilot : int or None
        Cases that the pilot needs; None where none was sized.
    """

    task: str
    kind: Kind
    tier: Tier
    language: str
    characters: float | None
    template_share: float | None
    error: float | None
    tolerance: float | None
    pilot: int | None = None


def compare(work: Work, answers: OwnerAnswers, prices: Prices) -> tuple[Alternative, ...]:
    """Compare the four ways to do the work.

    Cost of a month: ``cases x minutes of work x price of an hour`` for people; for a model ``cases x (tokens read x price + tokens written x
    price) + cases x share reviewed x minutes of review x price of an hour``. The band runs from the share reviewed after gate G4 (control C09) to all
    outputs (gate G3). Labelling for the pilot, ``cases of the pilot x minutes of work x price of an hour``, comes once and is told apart. What the
    user has not said is named in place of an amount.

    Returns
    -------
    tuple of Alternative
        Always four, in the order of the comparison table; where nothing may run or a person decides, only doing nothing.
    """
    nothing = _priced(
        "do_nothing",
        work.task,
        Message(code="fits_do_nothing"),
        _by_people(answers, prices),
        answers,
        prices,
        ("person_hour",),
        ("minutes_per_case",),
    )
    if work.tier in ("T0", "T4") or work.kind == "decide":
        return (nothing,)
    rules = Alternative(id="rules_only", fits=_fits_rules(work), reason=Message(code="cost_rules_unknown"))
    return (nothing, rules, *(_of_model(size, work, answers, prices) for size in ("small", "large")))


def tokens_per_case(work: Work, prices: Prices) -> float | None:
    """Give the tokens read for one case: characters times tokens per character of its language, and the instructions."""
    if work.characters is None:
        return None
    each = prices.tokens_per_character_ja if work.language == "ja" else prices.tokens_per_character_en
    return work.characters * each + prices.instruction_tokens


def _by_people(answers: OwnerAnswers, prices: Prices) -> tuple[float, float, float | None] | None:
    if answers.cases_per_month is None or answers.minutes_per_case is None or prices.person_hour is None:
        return None
    cost = answers.cases_per_month * answers.minutes_per_case / MINUTES * prices.person_hour
    return cost, cost, None


def _of_model(size: Literal["small", "large"], work: Work, answers: OwnerAnswers, prices: Prices) -> Alternative:
    name: Literal["small_model", "large_model"] = "small_model" if size == "small" else "large_model"
    needed = ("person_hour", f"{size}_input", f"{size}_output")
    found = _priced(name, work.task, _fits_model(size, work), _by_model(size, work, answers, prices), answers, prices, needed, ("review_minutes",))
    if found.low is None or work.pilot is None or answers.minutes_per_case is None or prices.person_hour is None:
        return found
    return found.model_copy(update={"labelling": work.pilot * answers.minutes_per_case / MINUTES * prices.person_hour})


def _by_model(size: str, work: Work, answers: OwnerAnswers, prices: Prices) -> tuple[float, float, float | None] | None:
    model, read, share = prices.of_model(size), tokens_per_case(work, prices), number("review_floor", work.tier)
    if model is None or read is None or share is None or prices.person_hour is None:
        return None
    if answers.cases_per_month is None or answers.review_minutes is None:
        return None
    tokens = answers.cases_per_month * (read * model[0] + prices.output_tokens * model[1]) / MILLION
    review = answers.cases_per_month * answers.review_minutes / MINUTES * prices.person_hour
    high = tokens + review
    return tokens + share * review, high, review / high if high > 0 else None


def _priced(
    id: Literal["do_nothing", "small_model", "large_model"],
    task: str,
    fits: Message,
    cost: tuple[float, float, float | None] | None,
    answers: OwnerAnswers,
    prices: Prices,
    from_prices: tuple[str, ...],
    from_answers: tuple[str, ...],
) -> Alternative:
    missing = [f"tasks.prices.{name}" for name in (*from_prices, "currency", "date") if getattr(prices, name) in (None, "")]
    missing += [f"tasks.answers.{task}.{name}" for name in ("cases_per_month", *from_answers) if getattr(answers, name) is None]
    if missing:
        return Alternative(id=id, fits=fits, reason=Message(code="cost_not_told", parameters={"missing": ", ".join(missing)}))
    if cost is None:
        return Alternative(id=id, fits=fits, reason=Message(code="cost_no_case"))
    low, high, review = cost
    return Alternative(id=id, fits=fits, low=low, high=high, review_share_of_cost=review, currency=prices.currency, priced_on=prices.date)


def _fits_rules(work: Work) -> Message:
    """Rules fit closed fields and texts made from forms; how much of this corpus is form text is told where it was measured."""
    closed = work.kind in ("classify", "extract")
    if work.template_share is None:
        return Message(code=f"fits_rules_{'closed' if closed else 'free'}")
    return Message(code=f"fits_rules_{'closed' if closed else 'free'}_measured", parameters={"share": work.template_share})


def _fits_model(size: str, work: Work) -> Message:
    """Say when a model of this size is worth a pilot; ambiguity is no reason for a larger one."""
    if work.error is None or work.tolerance is None:
        return Message(code=f"fits_{size}_not_measured_{'closed' if work.kind in ('classify', 'extract') else 'open'}")
    numbers: dict[str, str | int | float | bool] = {"error": work.error, "tolerance": work.tolerance}
    if work.error > work.tolerance:
        return Message(code="fits_no_model", parameters=numbers)
    return Message(code=f"fits_{size}_{'clear' if work.error <= work.tolerance / 2 else 'cascade'}", parameters=numbers)
