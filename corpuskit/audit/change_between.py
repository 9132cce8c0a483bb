"""Two audits held against each other: what changed, and which of it asks for somebody to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpuskit.counts import CorpusStats, superseded_documents
from corpuskit.estimators import Drift, EstimateChange, compare_corpora, estimate_changes
from corpuskit.finding import Message, Parameter
from corpuskit.report import MOST_LISTED_DOCUMENTS as MOST_LISTED
from corpuskit.report import (
    AuditReport,
    Change,
    DocumentChanges,
    DocumentList,
    FindingChanges,
    Lineage,
    Mix,
    MovedEstimate,
    MovedTerm,
    TaskChange,
)
from corpuskit.tasks import TaskAssessment

STRICT = ("T3", "T4")
"""Tiers whose tasks alarm at every change that is shown; those below alarm when a verdict or a tier changes with it."""

OF_CORPUS_CHANGED = 0.1
"""Share of documents new, gone or changed from which an audit is due again before its time (re-audit trigger of control C14)."""

SENSITIVE = ("personal_data@", "personal_numbers@", "secrets@", "hidden_text_instruction", "tag_characters")
"""Beginnings of the ids of findings that alarm when they are new: what should not reach a model unseen."""


def change_between(
    before: AuditReport, after: AuditReport, counts_before: CorpusStats | None = None, counts_after: CorpusStats | None = None
) -> Change:
    """Compare two audits.

    Parameters
    ----------
    before, after : AuditReport
        With their lineage, as records hold it.
    counts_before, counts_after : CorpusStats, optional
        Counts of the two; without them mixes are not compared.

    Returns
    -------
    Change
        Messages without text.
    """
    documents = _documents(before, after, counts_before, counts_after)
    drifts = compare_corpora(counts_before, counts_after, after.run.seed, new_only=True) if counts_before and counts_after else ()
    changes = estimate_changes(before.estimates, after.estimates)
    moved = [change for change in changes if change.moved]
    touched = {*documents.new.names, *documents.gone.names, *documents.changed.names}
    tasks = tuple(_tasks(before, after, {change.after.id for change in moved}, touched))
    findings = _findings(before, after)
    comparable = tuple(_not_comparable(before, after, counts_before is not None and counts_after is not None))
    return Change(
        base_run_id=before.run.id,
        base_date=before.run.started_at[:10],
        documents=documents,
        mixes=tuple(_mix(one) for one in drifts),
        estimates=tuple(_moved(change) for change in moved),
        compared=len(changes),
        tasks=tasks,
        findings=findings,
        alarms=tuple(_alarms(after, drifts, moved, tasks, findings)),
        notes=(*comparable, *_notes(documents, before, after, tasks)),
    )


def _documents(before: AuditReport, after: AuditReport, counts_before: CorpusStats | None, counts_after: CorpusStats | None) -> DocumentChanges:
    old, new = ({one.id: one for one in report.lineage} for report in (before, after))
    came, went = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    moved = _moved_documents([old[name] for name in went], [new[name] for name in came])
    changed = sorted(name for name in old.keys() & new.keys() if old[name].sha256 != new[name].sha256)
    superseded = sorted(superseded_documents(counts_after) - superseded_documents(counts_before)) if counts_before and counts_after else []
    return DocumentChanges(
        of_before=len(old),
        new=_listed([name for name in came if name not in moved.values()]),
        gone=_listed([name for name in went if name not in moved]),
        changed=_listed(changed),
        moved=_listed([f"{old_name} → {new_name}" for old_name, new_name in sorted(moved.items())]),
        superseded=_listed(superseded),
    )


def _moved_documents(went: Sequence[Lineage], came: Sequence[Lineage]) -> dict[str, str]:
    """Pair documents that went with documents of the same bytes that came, in the order of their names."""
    waiting: dict[str, list[str]] = {}
    for one in came:
        waiting.setdefault(one.sha256, []).append(one.id)
    return {one.id: waiting[one.sha256].pop(0) for one in went if waiting.get(one.sha256)}


def _listed(names: Sequence[str]) -> DocumentList:
    return DocumentList(n=len(names), names=tuple(names[:MOST_LISTED]))


def _mix(one: Drift) -> Mix:
    terms = tuple(MovedTerm(form=term.form, before=term.first, after=term.second) for term in one.terms)
    return Mix.model_validate(
        {
            "measure": one.measure,
            "subject": one.subject,
            "value": one.value,
            "band": one.band,
            "p": one.p,
            "n_before": one.n_first,
            "n_after": one.n_second,
            "moved": one.alarm,
            "terms": terms,
        }
    )


def _moved(change: EstimateChange) -> MovedEstimate:
    before, after = change.before, change.after
    if before.value is None or after.value is None or before.interval is None or after.interval is None:
        raise ValueError(f"{after.id}: only estimates with value and interval are compared.")
    return MovedEstimate(
        id=after.id, before=before.value, before_interval=before.interval, after=after.value, after_interval=after.interval, p=change.p
    )


def _tasks(before: AuditReport, after: AuditReport, moved: set[str], touched: set[str]) -> Iterator[TaskChange]:
    old, new = ({task.id: task for task in report.tasks} for report in (before, after))
    for name in sorted(old.keys() | new.keys()):
        one, other = old.get(name), new.get(name)
        if one is not None and other is not None and (one.verdict, one.tier) == (other.verdict, other.tier):
            continue
        rests_on = {*(one.estimates if one else ()), *(other.estimates if other else ())}
        yield TaskChange(
            id=name,
            verdict_before=one.verdict if one else None,
            verdict_after=other.verdict if other else None,
            tier_before=one.tier if one else None,
            tier_after=other.tier if other else None,
            shown=one is None or other is None or bool(rests_on & moved),
            documents=tuple(sorted(_documents_of(one, other) & touched)),
        )


def _documents_of(*tasks: TaskAssessment | None) -> set[str]:
    """Give the documents that a report names for a task: its table, and those that prove it."""
    return {name for task in tasks if task is not None for name in (task.id.partition("@")[2], *(item.document for item in task.evidence)) if name}


def _findings(before: AuditReport, after: AuditReport) -> FindingChanges:
    old, new = ({finding.id for finding in report.findings} for report in (before, after))
    return FindingChanges(new=tuple(sorted(new - old)), resolved=tuple(sorted(old - new)), unchanged=len(old & new))


def _alarms(
    after: AuditReport, drifts: Sequence[Drift], moved: Sequence[EstimateChange], tasks: Sequence[TaskChange], findings: FindingChanges
) -> Iterator[Message]:
    for one in drifts:
        if one.alarm:
            more = ", ".join(term.form for term in one.terms if term.second >= term.first)
            fewer = ", ".join(term.form for term in one.terms if term.second < term.first)
            told: dict[str, Parameter] = {"subject": one.subject, "value": round(one.value, 4), "band": round(one.band, 4), "n": one.n_second}
            told |= {"more": more or "-", "fewer": fewer or "-"}
            yield Message(code=f"change_mix_{one.measure}", parameters=told)
    for change in tasks:
        if change.shown and change.verdict_before != change.verdict_after and change.verdict_before and change.verdict_after:
            told_task: dict[str, Parameter] = {"task": change.id, "before": change.verdict_before, "after": change.verdict_after}
            yield Message(code="change_verdict", parameters=told_task | {"documents": ", ".join(change.documents[:3]) or "-"})
        if change.tier_before and change.tier_after and change.tier_after > change.tier_before:
            yield Message(code="change_tier", parameters={"task": change.id, "before": change.tier_before, "after": change.tier_after})
    strict = {name for task in after.tasks if task.tier in STRICT for name in task.estimates}
    for one_change in moved:
        if one_change.after.id in strict:
            values = {"before": one_change.before.value or 0.0, "after": one_change.after.value or 0.0}
            yield Message(code="change_estimate", parameters={"measure": one_change.after.measure, "subject": one_change.after.subject, **values})
    for finding in findings.new:
        if finding.startswith(SENSITIVE):
            yield Message(code="change_sensitive", parameters={"finding": finding})


def _not_comparable(before: AuditReport, after: AuditReport, with_counts: bool) -> Iterator[Message]:
    """Say what makes the two audits unlike for other reasons than their documents."""
    if before.run.tokenizers != after.run.tokenizers:
        yield Message(code="change_note_tokenizers")
    if before.run.config_digest != after.run.config_digest:
        yield Message(code="change_note_settings")
    if before.tool.version != after.tool.version:
        yield Message(code="change_note_versions", parameters={"before": before.tool.version, "after": after.tool.version})
    if before.corpus.root != after.corpus.root:
        yield Message(code="change_note_roots", parameters={"before": before.corpus.root, "after": after.corpus.root})
    if not with_counts:
        yield Message(code="change_note_no_counts")


def _notes(documents: DocumentChanges, before: AuditReport, after: AuditReport, tasks: Sequence[TaskChange]) -> Iterator[Message]:
    if documents.share is not None and documents.share > OF_CORPUS_CHANGED:
        yield Message(code="change_note_documents", parameters={"share": documents.share, "allowed": OF_CORPUS_CHANGED})
    formats = sorted(after.corpus.formats.keys() - before.corpus.formats.keys())
    if formats:
        yield Message(code="change_note_formats", parameters={"formats": ", ".join(formats)})
    for change in tasks:
        if not change.shown and change.verdict_before and change.verdict_after and change.verdict_before != change.verdict_after:
            told: dict[str, Parameter] = {"task": change.id, "before": change.verdict_before, "after": change.verdict_after}
            yield Message(code="change_note_within_noise", parameters=told)
