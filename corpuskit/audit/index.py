"""Writing the index of all audits beside their reports."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

from corpuskit.audit.history import Past, past_audits
from corpuskit.audit.record import HISTORY, load_record, write_atomically
from corpuskit.errors import RecordError
from corpuskit.report import FOLLOWED, RENDERERS, AuditReport, Followed, IndexEntry, index_page

NAME = "index.html"
MOST = 200
"""Audits that the index lists, the newest; because four years of weeks are enough to look back on, and each is read for it."""

_log = logging.getLogger(__name__)


def write_index(folder: Path) -> Path | None:
    """Write ``index.html`` into a folder of reports, in the language of the newest one; None where its history holds nothing that can be read.

    A record that cannot be read is logged and left out: it stands in ``corpuskit history list`` with its problem.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    entries, language = [], None
    for past in past_audits(folder / HISTORY)[-MOST:]:
        if past.problem:
            _log.warning("%s", past.problem)
            continue
        try:
            report = load_record(past.path)
        except RecordError as error:
            _log.warning("%s", error)
            continue
        entries.append(_entry(past, report, folder))
        language = report.run.language
    if language is None:
        return None
    path = folder / NAME
    write_atomically(path, RENDERERS["html"].render(index_page(entries, language), "index").text.encode())
    return path


def _entry(past: Past, report: AuditReport, folder: Path) -> IndexEntry:
    numbers = {
        estimate.id: Followed(estimate.value, *(estimate.interval or (None, None)))
        for estimate in report.estimates
        if estimate.measure in FOLLOWED and estimate.value is not None
    }
    ranked = sorted((task for task in report.tasks if task.rank is not None), key=lambda task: task.rank or 0)
    suitabilities = {
        f"suitability@{task.id}": Followed(task.suitability, *(task.interval or (None, None))) for task in ranked if task.suitability is not None
    }
    return IndexEntry(
        root=report.corpus.root,
        started_at=report.run.started_at,
        verdict=report.summary.verdict,
        ready=sum(task.verdict in ("start", "start_with_conditions") for task in report.tasks),
        findings=Counter(finding.level for finding in report.findings),
        alarms=None if report.drift is None else len(report.drift.alarms),
        pages={
            language: name for name in past.files for language in ("en", "ja") if name.endswith(f".{language}.html") and (folder / name).is_file()
        },
        numbers=suitabilities | numbers,
    )


def _pages(past: Past, folder: Path) -> dict[str, str]:
    """Give the pages of an audit by language that are still there."""
    there = [name for name in past.files if (folder / name).is_file()]
    return {language: name for language in ("en", "ja") for name in there if name.endswith(f".{language}.html")}
