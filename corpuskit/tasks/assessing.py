"""The assessment: from counts and estimates to tasks with suitability, tier, verdict, controls, sizes and reasons."""

from __future__ import annotations

from corpuskit.counts import BY_NAME, FEWEST_IN_PLACE, CorpusStats
from corpuskit.estimators import Estimates
from corpuskit.finding import Finding, Message
from corpuskit.tasks.assessment import Assessment, Repair, TaskAssessment, Tolerance
from corpuskit.tasks.comparison import Work, compare
from corpuskit.tasks.contradictions import versions_of
from corpuskit.tasks.description import describe, described_by
from corpuskit.tasks.discovery import discover
from corpuskit.tasks.evidence import Measured, TaskEvidence
from corpuskit.tasks.failure_modes import failure_modes
from corpuskit.tasks.lengths import case_lengths
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.ranking import Place, rank
from corpuskit.tasks.repairs import State, repairs
from corpuskit.tasks.review import Reviewed, review_arithmetic
from corpuskit.tasks.rulebook import outdated_frameworks
from corpuskit.tasks.stages import DOUBLE_CODED, staged_plan
from corpuskit.tasks.strictness import numbers_for
from corpuskit.tasks.weighing import Weighed, weigh
from corpuskit.tasks.what_would_change import what_would_change


def assess(
    stats: CorpusStats, estimates: Estimates, options: TaskOptions, with_lost_pages: frozenset[str] = frozenset(), fewest: int = FEWEST_IN_PLACE
) -> Assessment:
    """Assess a corpus: which tasks are in it, how suitable each looks, what tier it has and what must be in place first.

    Parameters
    ----------
    stats : CorpusStats
        Counts, with the signals of :func:`corpuskit.tasks.cues`.
    estimates : Estimates
        Measured numbers of the same corpus.
    options : TaskOptions
        Thresholds and owners' answers.
    with_lost_pages : frozenset of str
        Documents with pages that gave no text, or none that can be read.
    fewest : int
        Documents that at least two places must have, to be categories.

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
    measured, versions = Measured.of(estimates), versions_of(stats)
    named = dict.fromkeys(one.subject for one in estimates.estimates if one.subject.startswith(BY_NAME))
    discovery = discover(stats, options, named, fewest)
    weighed = [weigh(TaskEvidence(found, stats, measured, with_lost_pages), versions, options) for found in discovery.found]
    places = rank(
        {one.evidence.found.id: (one.suitability, one.tier) for one in weighed if one.suitability is not None and one.verdict != "do_not_start"}
    )
    order = {id: place.rank for id, place in places.items()}
    weighed.sort(key=lambda one: order.get(one.evidence.found.id, len(order) + 1))
    tasks = tuple(_write(one, places.get(one.evidence.found.id), options) for one in weighed)
    used = {control.id for task in tasks for control in task.controls}
    findings = [*discovery.findings, *(finding for one in weighed for finding in one.findings)]
    findings += outdated_frameworks(options.rulebook, options.today, options.framework_days)
    if not tasks:
        findings.append(Finding(id="no_task_found", level="note", code="no_task_found", parameters={"documents": stats.documents.height}))
    controls = options.rulebook.printed(used)
    return Assessment(tasks=tasks, controls=controls, findings=tuple(findings), references=options.rulebook.cited(tasks, controls))


def _write(one: Weighed, place: Place | None, options: TaskOptions) -> TaskAssessment:
    found, task, suited = one.evidence.found, one.evidence.found.task, one.suitability
    runs = one.verdict != "do_not_start"
    described = described_by(one.evidence) if one.group == "descriptive" else ()
    return TaskAssessment(
        id=found.id,
        catalogue_id=task.id,
        name=task.name.model_dump(),
        kind=task.kind,
        rank=place.rank if place is not None else None,
        tied_with=place.tied_with if place is not None else (),
        verdict=one.verdict,
        suitability=suited.value if suited is not None else None,
        interval=suited.interval if suited is not None else None,
        grade=suited.grade if suited is not None else None,
        tolerance=Tolerance(
            measure=task.measures[0].name, max_error=one.tolerance, status="owner" if one.answers.max_error is not None else "proposed"
        ),
        estimates=tuple(dict.fromkeys((*one.evidence.related(), *(item.id for item in described)))),
        documents=found.documents,
        tier=one.tier,
        tier_reasons=one.tier_reasons,
        controls=options.rulebook.controls_for(one.tier),
        model_class=one.model_class,
        pilot=one.pilot,
        failure_modes=failure_modes(one.evidence, one.contradictions),
        reasons=one.reasons,
        next_step=_next_step(one, options),
        evidence=found.evidence,
        declared=found.declared,
        volume=found.volume,
        group=one.group,
        conversion=Message(code=one.conversion.because),
        description=describe(one.evidence) if one.group == "descriptive" else (),
        tier_at_most=one.tier_at_most,
        numbers=numbers_for(one.tier),
        review=review_arithmetic(task.id, one.tier, _reviewed(one), one.answers, options.prices) if runs else (),
        stages=staged_plan(found.id, one.tier, one.tolerance, one.pilot) if runs else (),
        repairs=_repairs(one, options) if runs else (),
        changes=what_would_change(one.evidence, suited, one.tolerance, options) if runs else (),
        alternatives=compare(_work(one), one.answers, options.prices),
    )


def _repairs(one: Weighed, options: TaskOptions) -> tuple[Repair, ...]:
    state = State(one.tolerance, one.suitability, one.contradictions, one.tier, one.tier_without_contradictions)
    return repairs(one.evidence, state, options)


def _upper_end(one: Weighed) -> float | None:
    error = one.bearing
    if error is None or error.value is None:
        return None
    return error.interval[1] if error.interval else error.value


def _reviewed(one: Weighed) -> Reviewed | None:
    """Give the error that reviewers face: the upper end of the measured one, else the tolerance, as after a pilot that only just passes."""
    if one.tolerance is None:
        return None
    high = _upper_end(one)
    return Reviewed(high if high is not None else one.tolerance, high is not None, one.tolerance)


def _work(one: Weighed) -> Work:
    lengths = case_lengths(one.evidence)
    templates = one.evidence.measured.defined("template_share@corpus")
    return Work(
        task=one.evidence.found.task.id,
        kind=one.evidence.found.task.kind,
        tier=one.tier,
        language=one.evidence.language,
        characters=lengths.mean if lengths is not None else None,
        template_share=templates.value if templates is not None else None,
        error=_upper_end(one),
        tolerance=one.tolerance,
        pilot=one.pilot.n if one.pilot is not None else None,
    )


def _next_step(one: Weighed, options: TaskOptions) -> Message:
    """Say the one thing to do next."""
    kind = one.evidence.found.task.kind
    if one.verdict == "do_not_start":
        return Message(code="next_prohibited" if one.tier == "T0" else "next_person_decides")
    if one.verdict == "fix_first":
        if one.contradictions and kind == "retrieve":
            return Message(code="next_pick_versions", parameters={"n": len(one.contradictions)})
        return Message(code="next_fix_headings" if kind == "retrieve" else "next_fix_labels")
    if one.verdict in ("start", "start_with_conditions") and one.pilot is not None:
        code = "next_pilot" if one.verdict == "start" else "next_pilot_with_controls"
        return Message(code=code, parameters={"n": one.pilot.n, "max_errors": one.pilot.max_errors, "tier": one.tier})
    if one.tolerance is None:
        return Message(code="next_set_tolerance")
    if kind in ("classify", "extract"):
        return Message(code="next_label_cases", parameters={"n": DOUBLE_CODED, "needed": options.min_cases})
    return Message(code="next_collect_questions" if kind == "retrieve" else "next_rate_pass_fail", parameters={"n": DOUBLE_CODED})
