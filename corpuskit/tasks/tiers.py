"""The governance tier of a task: a floor from law and impact, which answers and statistics may raise and never lower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from corpuskit.finding import Message
from corpuskit.tasks.assessment import Tier
from corpuskit.tasks.catalogue import Condition, Impact, Raise, Reversible, Task
from corpuskit.tasks.options import Audience, Autonomy, Data, OwnerAnswers, PersonEffect

SEVERITY: tuple[Tier, ...] = ("T1", "T2", "T3", "T4", "T0")
"""From light to forbidden: T0 means that nothing may run."""
PERSON_LAW = ("eu_ai_act:III.", "gdpr:22")
"""Law flags that make a task a decision about persons."""


@dataclass(frozen=True, slots=True)
class CorpusRisk:
    """What the corpus itself says about risk. None: not measured, which is listed and raises nothing.

    Attributes
    ----------
    personal_data : float or None
        Share of the task's documents with personal data, when it is at or above the share that counts.
    error_high : float or None
        Upper end of the measured error, when it is above the task's tolerance.
    missing_mass : float or None
        Upper end of the unseen share of the vocabulary, when it is above what is allowed.
    contradictions : int
        Groups of documents that are looked up and of which at most one can hold: versions side by side, or past their date.
    agreement : float or None
        Kappa of two people who labelled the same cases, when it is below what is asked.
    """

    personal_data: float | None = None
    error_high: float | None = None
    missing_mass: float | None = None
    contradictions: int = 0
    agreement: float | None = None


COVERED_BY_FLOOR: dict[Tier, tuple[Audience, Data]] = {
    "T1": ("company", "internal"),
    "T2": ("customer", "personal"),
    "T3": ("public", "special"),
    "T4": ("public", "special"),
    "T0": ("public", "special"),
}
"""The widest audience and the most sensitive data that a tier is made for: what counts as long as the owner has not answered, because then every
control that an answer up to that could ask for is in place already."""
DEFAULT_AUTONOMY: Autonomy = "draft"
"""Until the owner answers, a person sends every output: the most cautious of the three."""


def severer(one: Tier, other: Tier) -> Tier:
    """Give the higher of two tiers."""
    return max(one, other, key=SEVERITY.index)


def assign_tier(task: Task, answers: OwnerAnswers, risk: CorpusRisk) -> tuple[Tier, tuple[Message, ...]]:
    """Assign the tier and list every input that had a say.

    The floor of the catalogue already weighs impact and reversibility of the task as it usually is. Answers of the owner and conditions
    that hold set the tier at least as high as the rule for them: T3 for impact I3 or I4, no way back, special data or a public text; T2 for
    customers and personal data; T4 for decisions on persons; T0 for a prohibited practice. Then any of the statistics (an error that may be
    above the tolerance, unseen words, contradictions, little agreement of two labellers), or autonomy above a draft, raises by one step in
    all, up to T3, or up to T4 where a law on decisions about persons is flagged.

    Returns
    -------
    tuple of (Tier, messages)
        The messages name the floor first, then everything that raised the tier, then what counts until the owner answers, and what only the
        owner can answer.
    """
    reasons = [_say("tier_floor", tier=task.tier_floor, impact=task.impact, reversible=task.reversible)]
    tier = task.tier_floor
    for flag in task.law_flags:
        reasons.append(_say(f"tier_law_{flag.condition}", ref=flag.ref or "-"))
    for minimum, message in (*_from_answers(answers), *_from_conditions(task, answers, risk)):
        reasons.append(message)
        tier = severer(tier, minimum)
    steps = _steps(answers, risk)
    reasons += steps
    if steps and tier in ("T1", "T2", "T3"):
        flagged = any(flag.condition == "always" and flag.ref.startswith(PERSON_LAW) for flag in task.law_flags)
        cap = "T4" if flagged else "T3"
        tier = SEVERITY[min(SEVERITY.index(tier) + 1, SEVERITY.index(cap))]
    return tier, (*reasons, *_defaults(task, answers), *_open_questions(task, answers))


def highest_open_tier(task: Task, answers: OwnerAnswers, tier: Tier) -> Tier:
    """Give the tier that the open questions of the catalogue could lead to, if every one were answered with yes."""
    for rule in _asked(task, answers):
        tier = severer(tier, rule.to)
    return tier


def assumed_answers(task: Task) -> dict[str, str]:
    """Give what counts for a task as long as its owner has not answered, by the key of the answer."""
    audience, data = COVERED_BY_FLOOR[task.tier_floor]
    return {"impact": task.impact, "reversible": task.reversible, "audience": audience, "data": data, "autonomy": DEFAULT_AUTONOMY}


def _defaults(task: Task, answers: OwnerAnswers) -> list[Message]:
    """Mark every input that the owner has not answered, with the value that counts until then."""
    values = assumed_answers(task)
    left = {name: value for name, value in values.items() if getattr(answers, name) is None}
    if len(left) == len(values):
        return [_say("tier_default_all", **left)]
    return [_say(f"tier_default_{name}", value=value) for name, value in left.items()]


def _say(code: str, **parameters: str | float | int) -> Message:
    return Message(code=code, parameters=parameters)


def _from_answers(answers: OwnerAnswers) -> list[tuple[Tier, Message]]:
    rules: list[tuple[Tier | None, str, str | None]] = [
        ("T0" if answers.prohibited else None, "prohibited", "yes"),
        (_PERSON.get(answers.person_effect or "none"), "person_effect", answers.person_effect),
        (_IMPACT.get(answers.impact or "I0"), "impact", answers.impact),
        (_REVERSIBLE.get(answers.reversible or "yes"), "reversible", answers.reversible),
        (_AUDIENCE.get(answers.audience or "team"), "audience", answers.audience),
        (_DATA.get(answers.data or "open"), "data", answers.data),
    ]
    return [(tier, _say(f"tier_answer_{name}", tier=tier, value=value or "-")) for tier, name, value in rules if tier is not None]


_PERSON: dict[PersonEffect, Tier] = {"decides": "T4"}
_IMPACT: dict[Impact, Tier] = {"I3": "T3", "I4": "T3"}
_REVERSIBLE: dict[Reversible, Tier] = {"no": "T3"}
_AUDIENCE: dict[Audience, Tier] = {"customer": "T2", "public": "T3"}
_DATA: dict[Data, Tier] = {"personal": "T2", "special": "T3"}
_AUTONOMY: tuple[Autonomy, ...] = get_args(Autonomy)


def _holds(condition: Condition, answers: OwnerAnswers, risk: CorpusRisk) -> bool:
    if condition in answers.conditions:
        return True
    if condition == "personal_data":
        return risk.personal_data is not None or answers.data in ("personal", "special")
    if condition == "automatic_action":
        return answers.autonomy == "automatic"
    if condition == "external_audience":
        return answers.audience in ("customer", "public")
    return condition == "public_audience" and answers.audience == "public"


def _from_conditions(task: Task, answers: OwnerAnswers, risk: CorpusRisk) -> list[tuple[Tier, Message]]:
    holding = [
        (rule.to, _say(f"tier_condition_{rule.condition}", tier=rule.to, ref=rule.ref))
        for rule in task.raise_to
        if _holds(rule.condition, answers, risk)
    ]
    if risk.personal_data is not None:
        holding.append(("T2", _say("tier_personal_data", tier="T2", share=risk.personal_data)))
    return holding


def _steps(answers: OwnerAnswers, risk: CorpusRisk) -> list[Message]:
    steps = []
    if risk.error_high is not None:
        steps.append(_say("tier_step_error", high=risk.error_high))
    if risk.missing_mass is not None:
        steps.append(_say("tier_step_missing_mass", share=risk.missing_mass))
    if risk.contradictions:
        steps.append(_say("tier_step_contradictions", n=risk.contradictions))
    if risk.agreement is not None:
        steps.append(_say("tier_step_agreement", kappa=risk.agreement))
    if answers.autonomy in ("sampled", "automatic"):
        steps.append(_say("tier_step_autonomy", value=answers.autonomy))
    return steps


def _open_questions(task: Task, answers: OwnerAnswers) -> list[Message]:
    """List what no file can show and nobody answered yet."""
    return [_say(f"tier_ask_{rule.condition}", tier=rule.to, ref=rule.ref) for rule in _asked(task, answers)]


def _asked(task: Task, answers: OwnerAnswers) -> list[Raise]:
    return [rule for rule in task.raise_to if rule.condition != "personal_data" and not _answered(rule.condition, answers)]


def _answered(condition: Condition, answers: OwnerAnswers) -> bool:
    """Tell whether the owner said that a condition holds, or answered a question that decides it."""
    if condition == "automatic_action" and answers.autonomy is not None:
        return True
    if condition in ("external_audience", "public_audience") and answers.audience is not None:
        return True
    return condition in answers.conditions
