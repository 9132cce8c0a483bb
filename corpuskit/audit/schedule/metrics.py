"""Metrics of the last run of each schedule, as a text file for the textfile collector of a node exporter.

The format is OpenMetrics 1.0; since only gauges are used and no units are declared, the older Prometheus text format reads the same file alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from corpuskit.audit.exposition import exposition
from corpuskit.audit.record import write_atomically
from corpuskit.audit.schedule.stored import State

_HELP = {
    "corpuskit_last_run_timestamp_seconds": "Start of the last run, finished or not.",
    "corpuskit_last_completed_timestamp_seconds": "End of the last run that made a report.",
    "corpuskit_next_due_timestamp_seconds": "When the next audit is due; in the past: one is owed.",
    "corpuskit_run_duration_seconds": "Duration of the last run that ended.",
    "corpuskit_exit_code": "Exit code of the last run that ended: 0 clean, 1 findings at the gate, 2 could not run.",
    "corpuskit_failures": "Attempts since the last run that made a report.",
    "corpuskit_files_found": "Files found by the last run that ended.",
    "corpuskit_files_read": "Files read by the last run that ended.",
    "corpuskit_files_skipped": "Files skipped by the last run that ended.",
    "corpuskit_findings": "Findings of the last run that ended, by level.",
    "corpuskit_alarms": "Changes since the audit before that ask for a look.",
}


def openmetrics(states: Mapping[str, State], due: Mapping[str, datetime]) -> str:
    """Write the metrics of schedules.

    What is not known (no run yet, or a run without a report) is left out: an absent series is not a zero.

    Parameters
    ----------
    states : mapping of name to State
    due : mapping of name to datetime
        When each schedule owes an audit, or owed the one it still owes.
    """
    samples = [
        (metric, {"schedule": schedule, **labels}, value)
        for schedule in sorted(states)
        for metric, labels, value in _samples(states[schedule], due[schedule])
    ]
    return exposition(_HELP, samples)


def write_metrics(path: Path, states: Mapping[str, State], due: Mapping[str, datetime]) -> None:
    """Write the metrics to a file in one step, because a collector may read it at any moment.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_atomically(path, openmetrics(states, due).encode())


def _samples(state: State, due: datetime) -> Iterator[tuple[str, dict[str, str], float]]:
    yield "corpuskit_next_due_timestamp_seconds", {}, due.timestamp()
    yield "corpuskit_failures", {}, state.failures
    if state.last_attempt is not None:
        yield "corpuskit_last_run_timestamp_seconds", {}, state.last_attempt.timestamp()
    if state.last_completed is not None:
        yield "corpuskit_last_completed_timestamp_seconds", {}, state.last_completed.timestamp()
    last = state.last
    if last is None:
        return
    yield "corpuskit_run_duration_seconds", {}, last.seconds
    yield "corpuskit_exit_code", {}, last.exit_code
    if last.failed:
        return
    for name in ("files_found", "files_read", "files_skipped"):
        value = getattr(last, name)
        if value is not None:
            yield f"corpuskit_{name}", {}, value
    for level, n in last.findings.items():
        yield "corpuskit_findings", {"level": level}, n
    yield "corpuskit_alarms", {}, len(last.alarms)
