"""The assessment: from counts and estimates to tasks with suitability, tier, verdict, controls, sizes and reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from corpuskit.counts import CorpusStats
from corpuskit.estimators import Estimate, Estimates
from corpuskit.finding import Evidence, Finding, Message
from corpuskit.tasks.assessment import Assessment, PilotSize, TaskAssessment, Tier, Tolerance, Verdict
from corpuskit.tasks.controls import CONTROLS, controls_for
from corpuskit.tasks.discovery import Found, discover
from corpuskit.tasks.failure_modes import failure_modes
from corpuskit.tasks.options import OwnerAnswers, TaskOptions
from corpuskit.tasks.ranking import Place, Suitability, rank, suitability
from corpuskit.tasks.sizing import Load, choose_model_class, size_pilot
from corpuskit.tasks.tiers import CorpusRisk, assign_tier
from corpuskit.tasks.verdict import Case, judge

STANDS_IN = ("D", "E")
"""Grades of errors that only stand in for the task's own, such as headings for questions. They can speak for a task, not against it, because a
simple search by words is an upper side: search by meaning may find what it misses."""

OF_NO_PERSON = ("corporate_number", "api_key", "private_key")
"""Types that the search counts and that concern a firm or a machine: they make no document personal."""


def assess(stats: CorpusStats, estimates: Estimates, options: TaskOptions) -> Assessment:
    """Assess a corpus: which tasks are in it, how suitable each looks, what tier it has and what must be in place first.

    Parameters
    ----------
    stats : CorpusStats
        Counts, with the signals of :func:`corpuskit.tasks.cues`.
    estimates : Estimates
        Measured numbers of the same corpus.
    options : TaskOptions
        Thresholds and owners' answers.

    Returns
    -------
    Assessment
        Ranked tasks first, then the others in the order of the catalogue. Every task is judged by itself: without another task it would be
        judged the same.

    Raises
    ------
    UnknownName
        An answer is for a task that is not in the catalogue.
    """
    options.check()
    measured = {estimate.id: estimate for estimate in estimates.estimates}
    discovery = discover(stats, options)
    weighed = [_weigh(found, stats, measured, options) for found in discovery.found]
    places = rank({one.found.id: (one.suitability, one.tier) for one in weighed if one.suitability is not None and one.verdict != "do_not_start"})
    order = {id: place.rank for id, place in places.items()}
    weighed.sort(key=lambda one: order.get(one.found.id, len(order) + 1))
    tasks = tuple(_write(one, places.get(one.found.id), options) for one in weighed)
    used = {control.id for task in tasks for control in task.controls}
    findings = [*discovery.findings, *(finding for one in weighed for finding in one.findings)]
    if not tasks:
        findings.append(Finding(id="no_task_found", level="note", code="no_task_found", parameters={"documents": stats.documents.height}))
    return Assessment(tasks=tasks, controls=tuple(entry.printed() for entry in CONTROLS.values() if entry.id in used), findings=tuple(findings))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A found task with everything that is decided for it alone."""

    found: Found
    answers: OwnerAnswers
    tolerance: float | None
    estimates: tuple[str, ...]
    suitability: Suitability | None
    tier: Tier
    tier_reasons: tuple[Message, ...]
    verdict: Verdict
    reasons: tuple[Message, ...]
    model_class: Message
    pilot: PilotSize | None
    findings: tuple[Finding, ...]


def _weigh(found: Found, stats: CorpusStats, measured: dict[str, Estimate], options: TaskOptions) -> _Weighed:
    task = found.task
    answers = options.answers_for(task, found.id)
    tolerance = answers.max_error if answers.max_error is not None else task.measures[0].max_error
    language = _language(found, stats)
    error = _error(found, language, measured)
    bound = measured.get(f"double_coding_ambiguity@{found.table}") if found.table else None
    coverage = _coverage(measured, language)
    missing_mass = _missing_mass(coverage, options)
    # how often the name of a field leads to one value is no error of extraction: it is told beside the verdict and moves nothing
    fields = measured.get(f"field_ambiguity@lang:{language}") if task.kind == "extract" else None
    suited, missing = _suitability(found, error, tolerance, options, fields)
    bearing = None if _one_sided(error, suited) else error
    high = bearing.interval[1] if bearing is not None and bearing.value is not None and bearing.interval else None
    risk = CorpusRisk(
        personal_data=_personal_share(found, stats, options),
        error_high=high if high is not None and tolerance is not None and high > tolerance else None,
        missing_mass=missing_mass,
    )
    tier, tier_reasons = assign_tier(task, answers, risk)
    part = task.measures[0].part
    least = bound.interval[0] if bound is not None and bound.value is not None and bound.interval else None
    verdict, reasons = judge(Case(task.kind, tier, tolerance, part, suited, missing, least), options)
    pilot = None if verdict == "do_not_start" else size_pilot(task.measures[0], tolerance, options)
    load = Load(
        error=bearing.value if bearing is not None else None,
        tolerance=tolerance,
        labels_per_class=_labels_per_class(found, stats),
        missing_mass=missing_mass,
    )
    definitions = measured.get(f"definition_ambiguity@{found.table}") if found.table else None
    # a risk of its own that stands beside the others: it moves neither suitability nor tier
    rarity = measured.get(f"rare_in_public_words@lang:{language}")
    at_hand = measured.get(f"language_ambiguity@{found.table}") if found.table else None
    related = list({item.id: item for item in (error, at_hand, bound, coverage, definitions, rarity, fields) if item is not None})
    findings = _findings(found, tolerance, least) if verdict != "do_not_start" else ()
    return _Weighed(
        found=found,
        answers=answers,
        tolerance=tolerance,
        estimates=tuple(related),
        suitability=suited,
        tier=tier,
        tier_reasons=tier_reasons,
        verdict=verdict,
        reasons=(*reasons, *_remarks(found, answers, pilot)),
        model_class=choose_model_class(task.kind, tier, load, options),
        pilot=pilot,
        findings=findings,
    )


def _language(found: Found, stats: CorpusStats) -> str:
    """Give the language that most of the task's documents are in; mixed ones count as Japanese, because only there Japanese is mixed with English."""
    languages = stats.documents.filter(pl.col("document").is_in(found.members))["language"].to_list()
    counted = Counter("ja" if language == "mixed" else language for language in languages)
    return min(counted, key=lambda language: (-counted[language], language)) if counted else "en"


def _error(found: Found, language: str, measured: dict[str, Estimate]) -> Estimate | None:
    """Find the error that bears on the task: a pilot's result (grade A) first, else that of its own labels or of retrieval in its language.

    Of labels it is the error with all of them, extrapolated; the error on the labels at hand is too high where they are few.
    """
    piloted = measured.get(f"pilot_error@task:{found.id}")
    if piloted is not None:
        return piloted
    if found.table and found.task.kind == "classify":
        attainable = measured.get(f"attainable_error@{found.table}")
        return attainable if attainable is not None and attainable.value is not None else measured.get(f"language_ambiguity@{found.table}")
    if found.task.kind == "retrieve":
        return measured.get(f"retrieval_ambiguity@task:{found.id}") or measured.get(f"retrieval_ambiguity@lang:{language}")
    return None


def _coverage(measured: dict[str, Estimate], language: str) -> Estimate | None:
    """Give the coverage of new documents, or that of single words where there are too few documents to tell.

    Documents have words of their own, so the coverage of single words is too high for the next document, and its interval does not hold the truth
    (reports/validation/estimators.md).
    """
    of_documents = measured.get(f"coverage_of_new_documents@lang:{language}")
    return of_documents if of_documents is not None and of_documents.value is not None else measured.get(f"coverage@lang:{language}")


def _missing_mass(coverage: Estimate | None, options: TaskOptions) -> float | None:
    """Give the upper end of the unseen share of running text, when it is above what is allowed."""
    if coverage is None or coverage.value is None:
        return None
    unseen = 1 - (coverage.interval[0] if coverage.interval else coverage.value)
    return unseen if unseen > options.missing_mass else None


def _suitability(
    found: Found, error: Estimate | None, tolerance: float | None, options: TaskOptions, fields: Estimate | None = None
) -> tuple[Suitability | None, tuple[Message, ...]]:
    """Give the suitability, or the reasons why there is none."""
    kind = found.task.kind
    if kind == "decide":
        return None, ()
    missing = []
    if tolerance is None:
        missing.append(Message(code="missing_tolerance"))
    if error is None and fields is not None and fields.value is not None:
        missing.append(Message(code="missing_measure_extract_fields", parameters={"share": fields.value, "documents": fields.n}))
    elif error is None:
        missing.append(Message(code=f"missing_{'labels' if kind == 'classify' else 'headings' if kind == 'retrieve' else f'measure_{kind}'}"))
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


def _one_sided(error: Estimate | None, suited: Suitability | None) -> bool:
    """Tell whether an error is an unfavourable stand-in: it then bears neither on the tier nor on the choice of a model."""
    return error is not None and error.grade in STANDS_IN and suited is None


def _personal_share(found: Found, stats: CorpusStats, options: TaskOptions) -> float | None:
    """Give the share of the task's documents with personal data, when it counts."""
    of_persons = stats.personal_data.filter((pl.col("count") > 0) & ~pl.col("type").is_in(OF_NO_PERSON))
    holding = set(of_persons["document"].to_list())
    share = sum(document in holding for document in found.members) / len(found.members) if found.members else 0.0
    return share if share > 0 and share >= options.personal_share else None


def _labels_per_class(found: Found, stats: CorpusStats) -> float | None:
    if not found.table:
        return None
    (document,) = found.members
    column = found.table.removeprefix(f"labels:{document}#")
    values = stats.labels.filter((pl.col("document") == document) & (pl.col("column") == column))["value"]
    return len(values) / max(1, values.n_unique())


def _remarks(found: Found, answers: OwnerAnswers, pilot: PilotSize | None) -> tuple[Message, ...]:
    """Say what the tolerance and the sizes rest on."""
    task = found.task
    remarks = [Message(code="because_owner" if answers.max_error is not None else f"because_{task.because}")]
    if pilot is not None:
        remarks.append(Message(code="pilot_because_zero" if pilot.expected == 0 else "pilot_because_half", parameters={"expected": pilot.expected}))
        if task.measures[0].part:
            remarks.append(Message(code=f"pilot_part_{task.measures[0].part}", parameters={"n": pilot.n}))
    if found.task.kind == "retrieve":
        remarks.append(Message(code="remark_retrieval_step_only"))
    return tuple(remarks)


def _findings(found: Found, tolerance: float | None, least: float | None) -> tuple[Finding, ...]:
    """Raise the ceiling rule as a finding: it concerns the labels, not only this task."""
    if tolerance is None or least is None or least <= tolerance:
        return ()
    finding = Finding(
        id=f"tolerance_below_ceiling@{found.table}",
        level="error",
        code="tolerance_below_ceiling",
        parameters={"task": found.id, "least": least, "tolerance": tolerance},
        evidence=(Evidence(document=found.members[0]),),
    )
    return (finding,)


def _write(one: _Weighed, place: Place | None, options: TaskOptions) -> TaskAssessment:
    found, task = one.found, one.found.task
    return TaskAssessment(
        id=found.id,
        catalogue_id=task.id,
        name=task.name.model_dump(),
        kind=task.kind,
        rank=place.rank if place is not None else None,
        tied_with=place.tied_with if place is not None else (),
        verdict=one.verdict,
        suitability=one.suitability.value if one.suitability is not None else None,
        interval=one.suitability.interval if one.suitability is not None else None,
        grade=one.suitability.grade if one.suitability is not None else None,
        tolerance=Tolerance(
            measure=task.measures[0].name, max_error=one.tolerance, status="owner" if one.answers.max_error is not None else "proposed"
        ),
        estimates=one.estimates,
        documents=found.documents,
        tier=one.tier,
        tier_reasons=one.tier_reasons,
        controls=controls_for(one.tier),
        model_class=one.model_class,
        pilot=one.pilot,
        failure_modes=failure_modes(task),
        reasons=one.reasons,
        next_step=_next_step(one, options),
        evidence=found.evidence,
    )


def _next_step(one: _Weighed, options: TaskOptions) -> Message:
    """Say the one thing to do next."""
    kind = one.found.task.kind
    if one.verdict == "do_not_start":
        return Message(code="next_prohibited" if one.tier == "T0" else "next_person_decides")
    if one.verdict == "fix_first":
        return Message(code="next_fix_headings" if kind == "retrieve" else "next_fix_labels")
    if one.verdict in ("start", "start_with_conditions") and one.pilot is not None:
        code = "next_pilot" if one.verdict == "start" else "next_pilot_with_controls"
        return Message(code=code, parameters={"n": one.pilot.n, "max_errors": one.pilot.max_errors, "tier": one.tier})
    if one.tolerance is None:
        return Message(code="next_set_tolerance")
    if kind in ("classify", "extract"):
        return Message(code="next_label_cases", parameters={"n": 200, "needed": options.min_cases})
    return Message(code="next_collect_questions" if kind == "retrieve" else "next_rate_pass_fail", parameters={"n": 200})
