"""Weighing one task by itself: suitability, tier, verdict, sizes and the reasons for each. Without another task it would be weighed the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpuskit.counts import Versions
from corpuskit.estimators import Estimate
from corpuskit.finding import Evidence, Finding, Message
from corpuskit.tasks.assessment import Group, PilotSize, Tier, Verdict
from corpuskit.tasks.contradictions import Contradiction, bear_on_facts, contradictions
from corpuskit.tasks.conversions import Conversion, conversion_of
from corpuskit.tasks.evidence import TaskEvidence
from corpuskit.tasks.options import OwnerAnswers, TaskOptions
from corpuskit.tasks.ranking import Suitability, suitability
from corpuskit.tasks.sizing import Load, choose_model_class, size_pilot
from corpuskit.tasks.tiers import CorpusRisk, assign_tier, highest_open_tier
from corpuskit.tasks.verdict import Case, judge

STANDS_IN = ("D", "E")
"""Grades of errors that only stand in for the task's own, such as headings for questions. They can speak for a task, not against it, because a
simple search by words is an upper side: search by meaning may find what it misses."""


@dataclass(frozen=True)
class Weighed:
    """A found task with everything that is decided for it alone.

    Attributes
    ----------
    bearing : Estimate or None
        The error that bears on tier and model: None where it only stands in and speaks against the task, or is no error of this measure.
    tier_without_contradictions : Tier
        What the tier would be if the valid version of every document had been picked.
    """

    evidence: TaskEvidence
    answers: OwnerAnswers
    tolerance: float | None
    conversion: Conversion
    group: Group
    bearing: Estimate | None
    suitability: Suitability | None
    contradictions: tuple[Contradiction, ...]
    tier: Tier
    tier_at_most: Tier
    tier_without_contradictions: Tier
    tier_reasons: tuple[Message, ...]
    verdict: Verdict
    reasons: tuple[Message, ...]
    model_class: Message
    pilot: PilotSize | None
    findings: tuple[Finding, ...]


def weigh(evidence: TaskEvidence, versions: tuple[Versions, ...], options: TaskOptions) -> Weighed:
    """Weigh one task.

    Parameters
    ----------
    evidence : TaskEvidence
    versions : tuple of Versions
        All groups of versions in the corpus.
    options : TaskOptions
    """
    found, task = evidence.found, evidence.found.task
    answers = options.answers_for(task, found.id)
    measure = task.measures[0]
    tolerance = answers.max_error if answers.max_error is not None else measure.max_error
    conversion = conversion_of(task.kind, measure, owner_gives_rate=answers.max_error is not None)
    error = convertible(evidence.error, conversion)
    suited, missing = _suitability(evidence, error, conversion, tolerance, options)
    bearing = None if _one_sided(error, suited) else error
    contradicting = contradictions(evidence, versions)
    on_facts = len(contradicting) if bear_on_facts(evidence) else 0
    risk = _risk(evidence, bearing, tolerance, on_facts, options)
    tier, tier_reasons = assign_tier(task, answers, risk)
    case = Case(task.kind, tier, tolerance, measure.part, suited, missing, evidence.least_error, on_facts)
    verdict, reasons = judge(case, options)
    pilot = None if verdict == "do_not_start" else size_pilot(measure, tolerance, options)
    return Weighed(
        evidence=evidence,
        answers=answers,
        tolerance=tolerance,
        conversion=conversion,
        group=_group(evidence, tier, conversion, error, suited),
        bearing=bearing,
        suitability=suited,
        contradictions=contradicting,
        tier=tier,
        tier_at_most=highest_open_tier(task, answers, tier),
        tier_without_contradictions=assign_tier(task, answers, replace(risk, contradictions=0))[0],
        tier_reasons=tier_reasons,
        verdict=verdict,
        reasons=(*reasons, *_remarks(evidence, answers, pilot, suited, options)),
        model_class=choose_model_class(task.kind, tier, _load(evidence, bearing, tolerance, on_facts, options), options),
        pilot=pilot,
        findings=_findings(evidence, tolerance) if verdict != "do_not_start" else (),
    )


def convertible(error: Estimate | None, conversion: Conversion) -> Estimate | None:
    """Give the error if it bears on the measure of the task: that of a pilot always, another one where the conversion names it."""
    if error is None or error.measure == "pilot_error" or error.measure in conversion.estimates:
        return error
    return None


def _risk(evidence: TaskEvidence, bearing: Estimate | None, tolerance: float | None, contradicting: int, options: TaskOptions) -> CorpusRisk:
    high = bearing.interval[1] if bearing is not None and bearing.value is not None and bearing.interval else None
    kappa = evidence.agreement
    return CorpusRisk(
        personal_data=evidence.personal_share(options.personal_share),
        error_high=high if high is not None and tolerance is not None and high > tolerance else None,
        missing_mass=evidence.missing_mass(options.missing_mass),
        contradictions=contradicting,
        agreement=kappa.value if kappa is not None and kappa.value is not None and kappa.value < options.min_agreement else None,
    )


def _suitability(
    evidence: TaskEvidence, error: Estimate | None, conversion: Conversion, tolerance: float | None, options: TaskOptions
) -> tuple[Suitability | None, tuple[Message, ...]]:
    """Give the suitability, or the reasons why there is none."""
    if evidence.found.task.kind == "decide":
        return None, ()
    missing = []
    if tolerance is None:
        missing.append(Message(code="missing_tolerance"))
    if error is None:
        missing.append(_nothing_measured(evidence, conversion))
    elif error.value is None:
        missing.append(Message(code="missing_value", parameters={"estimate": error.id}))
        if error.undefined_because is not None:
            missing.append(error.undefined_because)
    elif error.n < options.min_cases:
        missing.append(Message(code="missing_cases", parameters={"n": error.n, "needed": options.min_cases}))
    if missing or error is None or tolerance is None:
        return None, tuple(missing)
    likely = suitability(error, tolerance, options)
    if error.grade in STANDS_IN and likely.value < options.even_probability:
        return None, (Message(code="missing_one_sided", parameters={"error": error.value or 0.0, "n": error.n, "tolerance": tolerance}),)
    return likely, ()


def _nothing_measured(evidence: TaskEvidence, conversion: Conversion) -> Message:
    """Say what was not measured; where something was and does not bear on the measure, why not."""
    kind, fields = evidence.found.task.kind, evidence.fields
    if fields is not None and fields.value is not None:
        return Message(code="missing_measure_extract_fields", parameters={"share": fields.value, "documents": fields.n})
    if kind in ("extract", "generate", "summarise", "translate"):
        return Message(code=f"missing_measure_{kind}")
    if conversion.exactness == "none":
        return Message(code=conversion.because)
    by_name = evidence.of_table("unlabelled_definition_ambiguity")
    if by_name is not None and by_name.value is not None and by_name.interval is not None:
        low, high = by_name.interval
        return Message(code="missing_labels_but_names", parameters={"value": by_name.value, "low": low, "high": high, "n": by_name.n})
    return Message(code="missing_labels" if kind == "classify" else "missing_headings")


def _one_sided(error: Estimate | None, suited: Suitability | None) -> bool:
    """Tell whether an error is an unfavourable stand-in: it then bears neither on the tier nor on the choice of a model."""
    return error is not None and error.grade in STANDS_IN and suited is None


def _group(evidence: TaskEvidence, tier: Tier, conversion: Conversion, error: Estimate | None, suited: Suitability | None) -> Group:
    if evidence.found.task.kind == "decide" or tier in ("T4", "T0"):
        return "person"
    if suited is not None:
        return "scored"
    return "descriptive" if conversion.exactness == "none" and error is None else "insufficient"


def _load(evidence: TaskEvidence, bearing: Estimate | None, tolerance: float | None, contradicting: int, options: TaskOptions) -> Load:
    """Give what a model is sized by: the upper end of the error, because a model that is sized for the middle is too small half of the time."""
    high = None
    if bearing is not None and bearing.value is not None:
        high = bearing.interval[1] if bearing.interval else bearing.value
    return Load(
        error=bearing.value if bearing is not None else None,
        high=high,
        tolerance=tolerance,
        labels_per_class=evidence.labels_per_class(),
        missing_mass=evidence.missing_mass(options.missing_mass),
        contradictions=contradicting > 0,
    )


def _remarks(
    evidence: TaskEvidence, answers: OwnerAnswers, pilot: PilotSize | None, suited: Suitability | None, options: TaskOptions
) -> tuple[Message, ...]:
    """Say what the suitability, the tolerance and the sizes rest on."""
    task = evidence.found.task
    remarks = []
    if suited is not None:
        remarks.append(_counted(suited, options))
    remarks.append(Message(code="because_owner" if answers.max_error is not None else f"because_{task.because}"))
    if pilot is not None:
        remarks.append(Message(code="pilot_because_zero" if pilot.expected == 0 else "pilot_because_half", parameters={"expected": pilot.expected}))
        if task.measures[0].part:
            remarks.append(Message(code=f"pilot_part_{task.measures[0].part}", parameters={"n": pilot.n}))
    if task.kind == "retrieve" and (evidence.error is None or evidence.error.grade != "A"):
        remarks.append(Message(code="remark_retrieval_step_only"))
    return tuple(remarks)


def _counted(suited: Suitability, options: TaskOptions) -> Message:
    """Say with how many independent cases the suitability was computed, and what the grade took away."""
    numbers: dict[str, str | int | float | bool] = {"n": suited.estimate.n, "effective": suited.effective_n, "grade": suited.grade}
    if suited.grade in STANDS_IN:
        return Message(code="suitability_counted_discounted", parameters={**numbers, "discount": options.structure_discount})
    return Message(code="suitability_counted", parameters=numbers)


def _findings(evidence: TaskEvidence, tolerance: float | None) -> tuple[Finding, ...]:
    """Raise the ceiling rule as a finding: it concerns the labels, not only this task. Only the lower bound of double coding fires it."""
    least = evidence.least_error
    if tolerance is None or least is None or least <= tolerance:
        return ()
    finding = Finding(
        id=f"tolerance_below_ceiling@{evidence.found.table}",
        level="error",
        code="tolerance_below_ceiling",
        parameters={"task": evidence.found.id, "least": least, "tolerance": tolerance},
        evidence=(Evidence(document=evidence.found.members[0]),),
    )
    return (finding,)
