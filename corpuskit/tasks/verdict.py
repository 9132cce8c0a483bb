"""The verdict on a task: rules in order, each of which says why."""

from __future__ import annotations

from dataclasses import dataclass

from corpuskit.finding import Message
from corpuskit.tasks.assessment import Kind, Tier, Verdict
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.ranking import Suitability


@dataclass(frozen=True, slots=True)
class Case:
    """What a verdict rests on.

    Attributes
    ----------
    kind, tier
        Of the task.
    tolerance : float or None
        Largest error rate; None where the task's measure is no error rate.
    part : str
        The part of the cases that the tolerance refers to; empty for all of them.
    suitability : Suitability or None
        None where nothing that bears on the tolerance was measured.
    missing : tuple of Message
        Why there is no suitability.
    least_error : float or None
        A lower bound of the error that any system makes against these labels, from double coding. Only a lower bound can refuse a
        tolerance: the error of one model is an upper bound of what is attainable.
    contradictions : int
        Groups of documents that answers are taken from and of which at most one can hold.
    """

    kind: Kind
    tier: Tier
    tolerance: float | None
    part: str
    suitability: Suitability | None
    missing: tuple[Message, ...]
    least_error: float | None = None
    contradictions: int = 0


def judge(case: Case, options: TaskOptions) -> tuple[Verdict, tuple[Message, ...]]:
    """Judge one task. The first rule that applies decides.

    1. Decisions about persons, and whatever is prohibited, are not started. 2. The ceiling rule: a tolerance below the least error that two
    coders' disagreement allows is refused; labels or context come first. 3. Without a tolerance or a measured error there is no evidence to
    judge by; where the documents contradict one another, they are mended first whatever is measured later. 4. Below ``fix_probability`` fix
    first. 5. Start when even the lower end of the suitability reaches ``start_probability``, the tier is T1, the labels are real (grade A to
    C), the tolerance refers to all cases, and no documents contradict one another. 6. From ``even_probability`` start with conditions, naming
    each. 7. Between the two the evidence is insufficient.
    """
    if case.tier == "T0":
        return "do_not_start", (Message(code="verdict_because_prohibited"),)
    if case.kind == "decide" or case.tier == "T4":
        return "do_not_start", (Message(code="verdict_because_person_decides"),)
    if case.tolerance is not None and case.least_error is not None and case.least_error > case.tolerance:
        ceiling = Message(code="verdict_because_ceiling", parameters={"least": case.least_error, "tolerance": case.tolerance})
        return "fix_first", (ceiling,)
    if case.suitability is None or case.tolerance is None:
        if case.contradictions:
            return "fix_first", (Message(code="verdict_because_contradictions", parameters={"n": case.contradictions}), *case.missing)
        return "insufficient_evidence", case.missing
    return _by_probability(case, case.suitability, options)


def _by_probability(case: Case, found: Suitability, options: TaskOptions) -> tuple[Verdict, tuple[Message, ...]]:
    measured = Message(
        code=f"verdict_because_measured_{_basis(case, found)}",
        parameters={
            "error": found.estimate.value or 0.0,
            "n": found.estimate.n,
            "tolerance": case.tolerance or 0.0,
            "value": found.value,
            "low": found.interval[0],
            "high": found.interval[1],
        },
    )
    if found.value < options.fix_probability:
        return "fix_first", (measured, Message(code="verdict_because_unlikely", parameters={"below": options.fix_probability}))
    conditions = _conditions(case, found, options)
    if found.value >= options.start_probability and not conditions:
        return "start", (measured, Message(code="verdict_because_likely", parameters={"above": options.start_probability}))
    if found.value >= options.even_probability:
        return "start_with_conditions", (measured, *conditions)
    return "insufficient_evidence", (
        measured,
        Message(code="verdict_because_undecided", parameters={"low": found.interval[0], "high": found.interval[1]}),
    )


def _basis(case: Case, found: Suitability) -> str:
    """Name what the error was measured on."""
    if found.grade == "A":
        return "pilot"
    if case.kind == "retrieve":
        return "retrieval"
    return "curve" if found.estimate.measure == "attainable_error" else "labels"


def _conditions(case: Case, found: Suitability, options: TaskOptions) -> tuple[Message, ...]:
    """Name what stands between the task and an unconditional start."""
    conditions = []
    if found.interval[0] < options.start_probability:
        conditions.append(Message(code="condition_interval", parameters={"low": found.interval[0], "above": options.start_probability}))
    if case.tier != "T1":
        conditions.append(Message(code="condition_tier", parameters={"tier": case.tier}))
    if found.grade not in ("A", "B", "C"):
        conditions.append(Message(code="condition_grade", parameters={"grade": found.grade}))
    if case.part and found.grade != "A":
        conditions.append(Message(code=f"condition_part_{case.part}"))
    if case.contradictions:
        conditions.append(Message(code="condition_contradictions", parameters={"n": case.contradictions}))
    return tuple(conditions)
