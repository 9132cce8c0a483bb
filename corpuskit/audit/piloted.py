"""Pilots in an audit: their errors as estimates of grade A, and what earlier audits had predicted of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpuskit.audit.record import load_record, records
from corpuskit.errors import ConfigurationError
from corpuskit.estimators import Estimates
from corpuskit.finding import Finding
from corpuskit.pilot import PilotOptions, PilotResult, SystemResult, chosen_system, load_result, measured
from corpuskit.report import AuditReport, PilotOutcome, Prediction
from corpuskit.tasks import TaskAssessment, close_names

PREDICTS = ("attainable_error", "language_ambiguity", "retrieval_ambiguity")
"""Measures that a suitability rests on before a pilot, the one that is taken first in front."""

Piloted = tuple[tuple[PilotResult, SystemResult], ...]


def piloted(options: PilotOptions) -> Piloted:
    """Read the results of pilots, the latest of each task.

    Raises
    ------
    InputError, RecordError
        A file cannot be read, or holds no result as it was written.
    ConfigurationError
        Several systems were judged and none is named, or two results of one task are of the same day.
    """
    latest: dict[str, tuple[str, PilotResult]] = {}
    for name in options.results:
        result = load_result(Path(name))
        known = latest.get(result.task)
        if known is not None and known[1].evaluated_on == result.evaluated_on:
            raise ConfigurationError(f"pilots.results: {known[0]} and {name} are of {result.task} on the same day. Keep the one that counts.")
        if known is None or known[1].evaluated_on < result.evaluated_on:
            latest[result.task] = (name, result)
    return tuple((result, chosen_system(result, options)) for _, result in latest.values())


def with_pilots(estimates: Estimates, found: Piloted) -> Estimates:
    """Add the errors of pilots to what was measured in the documents."""
    return estimates.model_copy(update={"estimates": (*estimates.estimates, *(measured(result, system) for result, system in found))})


def unused_pilots(found: Piloted, tasks: Sequence[TaskAssessment]) -> tuple[Finding, ...]:
    """Find the pilots of tasks that are not in this corpus: their result would be lost in silence otherwise."""
    ids = [task.id for task in tasks]
    return tuple(
        Finding(
            id=f"pilot_unused@{result.task}",
            level="warning",
            code="pilot_unused",
            parameters={"task": result.task, "close": close_names(result.task, ids)},
        )
        for result, _ in found
        if result.task not in ids
    )


def outcomes(found: Piloted, history: Path) -> tuple[PilotOutcome, ...]:
    """Put each pilot beside the last audit of before its plan was fixed (of before its evaluation, where there was no plan)."""
    return tuple(_outcome(result, system, history) for result, system in found)


def _outcome(result: PilotResult, system: SystemResult, history: Path) -> PilotOutcome:
    return PilotOutcome(
        task=result.task,
        system=system.system,
        evaluated_on=result.evaluated_on,
        plan_digest=result.plan_digest,
        tolerance=result.tolerance,
        value=system.error.value,
        interval=system.error.interval,
        upper=system.error.upper,
        n=system.error.n,
        decision=system.decision.code,
        kept=system.error.upper <= result.tolerance,
        prediction=_prediction(result.task, result.fixed_on or result.evaluated_on, history),
    )


def _prediction(task: str, until: str, history: Path) -> Prediction | None:
    """Give what the newest record of that day or before says of a task, unless a pilot had measured it already."""
    for path in reversed(list(records(history))):
        if f"{path.name[:4]}-{path.name[4:6]}-{path.name[6:8]}" > until:
            continue
        report = load_record(path)
        known = next((one for one in report.tasks if one.id == task), None)
        if known is not None and known.grade != "A":
            return _said(report, known)
    return None


def _said(report: AuditReport, task: TaskAssessment) -> Prediction:
    measured_for_it = {item.measure: item for item in report.estimates if item.id in task.estimates and item.value is not None}
    error = next((measured_for_it[name] for name in PREDICTS if name in measured_for_it), None)
    return Prediction(
        run_id=report.run.id,
        made_on=report.run.started_at[:10],
        verdict=task.verdict,
        suitability=task.suitability,
        interval=task.interval,
        error=error.value if error is not None else None,
        error_interval=error.interval if error is not None else None,
        grade=task.grade,
    )
