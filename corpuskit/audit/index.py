"""Writing the index of all audits beside their reports."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from corpuskit.audit.history import Past, past_audits
from corpuskit.audit.record import HISTORY, load_record, write_atomically
from corpuskit.errors import RecordError
from corpuskit.report import FOLLOWED, RENDERERS, AuditReport, Followed, IndexEntry, index_page

Language = Literal["en", "ja"]
NAME = "index.html"
MOST = 200
"""Audits that the index lists, the newest; because four years of weeks are enough to look back on, and each is read for it."""

_log = logging.getLogger(__name__)


def write_index(folder: Path, departments: Mapping[str, Path] | None = None) -> Path | None:
    """Write ``index.html`` into a folder of reports, in the language of the newest one; None where its history holds nothing that can be read.

    A record that cannot be read is logged and left out: it stands in ``corpuskit history list`` with its problem.

    Parameters
    ----------
    folder : Path
    departments : mapping of str to Path, optional
        Names of departments and the folders of their reports, which the index lists beside its own.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    found = [entry for place in (folder, *(departments or {}).values()) for entry in _entries(place, folder)]
    if not found:
        return None
    found.sort(key=lambda item: item[0].started_at)
    path = folder / NAME
    page = index_page([entry for entry, _ in found], found[-1][1])
    write_atomically(path, RENDERERS["html"].render(page, "index").text.encode())
    return path


def _entries(folder: Path, index: Path) -> Iterator[tuple[IndexEntry, Language]]:
    """Give the audits of one folder of reports, oldest first, each with its language; ``index`` is the folder that links are relative to."""
    for past in past_audits(folder / HISTORY)[-MOST:]:
        if past.problem:
            _log.warning("%s", past.problem)
            continue
        try:
            report = load_record(past.path)
        except RecordError as error:
            _log.warning("%s", error)
            continue
        yield _entry(report, _pages(past, folder, index)), report.run.language


def _entry(report: AuditReport, pages: dict[str, str]) -> IndexEntry:
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
        pages=pages,
        numbers=suitabilities | numbers,
    )


def _pages(past: Past, folder: Path, index: Path) -> dict[str, str]:
    """Give the pages of an audit by language that are still there, as seen from the folder of the index."""
    try:
        way = Path(os.path.relpath(folder, index))
    except ValueError:  # another drive cannot be linked to
        return {}
    languages: tuple[Language, ...] = ("en", "ja")
    there = [name for name in past.files if (folder / name).is_file()]
    return {language: (way / name).as_posix() for name in there for language in languages if name.endswith(f".{language}.html")}
