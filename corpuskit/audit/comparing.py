"""An audit that knows the one before: what changed goes into its report."""

from __future__ import annotations

from pathlib import Path

from corpuskit.audit.change_between import change_between
from corpuskit.audit.config import Settings
from corpuskit.audit.gate import failures
from corpuskit.audit.history import Past, before, counts_of, find, keep_counts, past_audits
from corpuskit.audit.record import HISTORY, load_record
from corpuskit.audit.run import Audited
from corpuskit.report import AuditReport, Change, Names, localise, name_of_task, phrasebook


def with_change(audited: Audited, settings: Settings) -> AuditReport:
    """Give the report with what changed since the last audit of the same documents, as ``[history]`` and ``[output]`` of the settings say.

    Without an earlier audit, or where comparing is switched off, the report stays as it is.
    """
    report = audited.report
    if not settings.history.compare:
        return report
    earlier = before(report, Path(settings.output.folder) / HISTORY)
    if earlier is None:
        return report
    past, known = earlier
    kept = counts_of(past)
    change = change_between(known, report, kept, audited.counts if kept is not None else None)
    return localise(report.model_copy(update={"drift": change}), report.run.language)


def judged(report: AuditReport, settings: Settings) -> tuple[AuditReport, tuple[str, ...]]:
    """Give the report with the exit code that its gate has beside the baseline of the settings, and the reasons in the language of the report.

    Findings that the baseline knew do not count again.

    Raises
    ------
    UsageError
        There is no such audit, or the gate looks at a task that is not there.
    RecordError
        The record of the baseline cannot be read.
    """
    known = _known(settings.gate.baseline, report, Path(settings.output.folder) / HISTORY)
    reasons = failures(settings.gate, report, known)
    book = phrasebook(report.run.language)
    names = Names(
        tasks={task.id: name_of_task(task, report.run.language) for task in report.tasks},
        titles={finding.id: finding.title for finding in report.findings},
    )
    return report.model_copy(update={"exit_code": int(bool(reasons))}), tuple(book.message(reason, names) for reason in reasons)


def _known(baseline: str, report: AuditReport, history: Path) -> frozenset[str]:
    """Give the findings of the baseline. ``last`` is the last audit of the same documents; before the first it knows none: all findings are new.

    Where a clock was set back, all audits may be dated after this one; then the first of them is the nearest.
    """
    if baseline != "last":
        return frozenset(finding.id for finding in load_record(find(history, baseline).path).findings) if baseline else frozenset()
    earlier = before(report, history)
    if earlier is not None:
        return frozenset(finding.id for finding in earlier[1].findings)
    later = (load_record(past.path) for past in past_audits(history) if not past.problem and past.run_id != report.run.id)
    return next((frozenset(finding.id for finding in one.findings) for one in later if one.corpus.root == report.corpus.root), frozenset())


def counts_kept(audited: Audited, settings: Settings) -> str:
    """Keep the counts of an audit, where the settings say so, and give their name for the record; empty where they are not kept."""
    if not settings.history.counts:
        return ""
    return keep_counts(audited.report, audited.counts, Path(settings.output.folder) / HISTORY)


def compare_audits(first: Past, second: Past) -> tuple[AuditReport, Change]:
    """Compare two audits of a history.

    Returns
    -------
    report : AuditReport
        The later one, with the change in it, in its language.
    change : Change

    Raises
    ------
    RecordError
        A record cannot be read.
    """
    reports = load_record(first.path), load_record(second.path)
    change = change_between(*reports, counts_of(first), counts_of(second))
    report = localise(reports[1].model_copy(update={"drift": change}), reports[1].run.language)
    return report, report.drift or change
