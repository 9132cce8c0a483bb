"""Metrics of audits as a text file for the textfile collector of a node exporter: one series for each department, or for the one audit.

OpenMetrics 1.0, gauges only, as the metrics of schedules are; the names differ from theirs, because a collector takes a name with one help text only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from corpuskit.audit.exposition import exposition
from corpuskit.audit.performing import Performed
from corpuskit.audit.record import write_atomically

_HELP = {
    "corpuskit_audit_exit_code": "Exit code: 0 clean, 1 findings at the gate, 2 could not run.",
    "corpuskit_audit_timestamp_seconds": "Start of the audit.",
    "corpuskit_audit_duration_seconds": "Duration of the audit.",
    "corpuskit_audit_files_found": "Files found.",
    "corpuskit_audit_files_read": "Files read.",
    "corpuskit_audit_files_skipped": "Files skipped.",
    "corpuskit_audit_documents": "Documents counted.",
    "corpuskit_audit_tokens": "Tokens counted.",
    "corpuskit_audit_tasks": "Tasks found, by verdict.",
    "corpuskit_audit_findings": "Findings, by level.",
    "corpuskit_audit_alarms": "Changes since the audit before that ask for a look.",
}


def audit_metrics(audits: Sequence[Performed]) -> str:
    """Write the metrics; an audit that could not be made has its exit code alone, because nothing else of it is known."""
    samples = [
        (metric, {"corpus": one.department or (one.report.corpus.root if one.report is not None else ""), **labels}, value)
        for one in audits
        for metric, labels, value in _samples(one)
    ]
    return exposition(_HELP, samples)


def write_audit_metrics(path: Path, audits: Sequence[Performed]) -> None:
    """Write the metrics to a file in one step, because a collector may read it at any moment.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_atomically(path, audit_metrics(audits).encode())


def _samples(audit: Performed) -> Iterator[tuple[str, dict[str, str], float]]:
    yield "corpuskit_audit_exit_code", {}, audit.exit_code
    report = audit.report
    if report is None:
        return
    yield "corpuskit_audit_timestamp_seconds", {}, datetime.fromisoformat(report.run.started_at).timestamp()
    yield "corpuskit_audit_duration_seconds", {}, report.run.seconds
    corpus = report.corpus
    numbers = {
        "files_found": corpus.files_found,
        "files_read": corpus.files_read,
        "files_skipped": len(corpus.files_skipped),
        "documents": corpus.documents,
        "tokens": corpus.tokens,
    }
    for name, value in numbers.items():
        yield f"corpuskit_audit_{name}", {}, value
    for verdict, n in sorted(Counter(task.verdict for task in report.tasks).items()):
        yield "corpuskit_audit_tasks", {"verdict": verdict}, n
    levels = Counter(finding.level for finding in report.findings)
    for level in ("error", "warning", "note"):
        yield "corpuskit_audit_findings", {"level": level}, levels[level]
    if report.drift is not None:
        yield "corpuskit_audit_alarms", {}, len(report.drift.alarms)
