"""What people are told about a run, in their language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from corpuskit.audit.notify import Notice
from corpuskit.audit.schedule.stored import RunResult, Schedule
from corpuskit.report import phrasebook


def notice_of(result: RunResult, schedule: Schedule, following: datetime, retry: datetime | None) -> Notice:
    """Say how a run went.

    Parameters
    ----------
    result : RunResult
    schedule : Schedule
    following : datetime
        The next due moment.
    retry : datetime or None
        Where the audit could not be made: from when on it is tried again.
    """
    book = phrasebook(schedule.language)
    looks = len(result.alarms) + len(result.reasons)
    alarm = result.exit_code == 1 or bool(result.alarms)
    if result.failed:
        subject = book.label("schedule_failed", name=schedule.name)
        lines = [result.problem]
    else:
        subject = book.label("schedule_looks", name=schedule.name, n=looks) if alarm else book.label("schedule_quiet", name=schedule.name)
        lines = [result.verdict, "", *(f"- {line}" for line in (*result.alarms, *result.reasons)), *([""] if looks else [])]
        lines.append(book.label("schedule_files", found=result.files_found or 0, read=result.files_read or 0, skipped=result.files_skipped or 0))
        errors, warnings, notes = (result.findings.get(level, 0) for level in ("error", "warning", "note"))
        lines.append(book.label("schedule_findings", errors=errors, warnings=warnings, notes=notes))
        lines += [book.label("schedule_report", path=path) for path in result.reports if path.endswith((".html", ".pdf"))]
    lines.append("")
    if retry is not None:
        lines.append(book.label("schedule_retry", when=_local(retry, schedule)))
    lines.append(book.label("schedule_following", when=_local(following, schedule)))
    return Notice(subject, "\n".join(lines), _facts(result, following), alarm=alarm, failure=result.failed)


def _facts(result: RunResult, following: datetime) -> dict[str, Any]:
    return {**result.model_dump(mode="json"), "following": following.isoformat()}


def _local(moment: datetime, schedule: Schedule) -> str:
    return f"{moment.astimezone(schedule.zone):%Y-%m-%d %H:%M} ({schedule.time_zone})"
