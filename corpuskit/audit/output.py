"""Writing the reports: names, formats, languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from corpuskit.audit.config import Settings
from corpuskit.audit.record import save_record, write_atomically
from corpuskit.report import RENDERERS, AuditReport, compose, localise, to_json

HISTORY = "history"


def write_reports(report: AuditReport, settings: Settings) -> tuple[Path, ...]:
    """Write the report in every format and language asked for, and the audit record for the next audit.

    Files are named ``<name>-<date>[-n]``; an existing report is never overwritten. Each file is complete or absent.

    Returns
    -------
    tuple of Path
        The files written, reports first, the record last.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    folder = Path(settings.output.folder)
    stem = _free_stem(folder, _slug(settings.output.title or report.corpus.root), report.run.started_at[:10])
    written: list[Path] = []
    for language in report_languages(report, settings):
        page = compose(localise(report, language), language)
        for name in settings.output.formats:
            if name == "json":
                continue
            renderer = RENDERERS[name]
            path = folder / f"{stem}.{language}{renderer.suffix}"
            write_atomically(path, renderer.render(page).encode())
            written.append(path)
    if "json" in settings.output.formats:
        path = folder / f"{stem}.json"
        write_atomically(path, to_json(report).encode())
        written.append(path)
    written.append(save_record(report, folder / HISTORY))
    return tuple(written)


def report_languages(report: AuditReport, settings: Settings) -> Sequence[Literal["en", "ja"]]:
    """Give the languages to write pages in."""
    return ("en", "ja") if settings.output.language == "both" else (report.run.language,)


def _slug(name: str) -> str:
    """Make a name that every file system takes: no separators, and short in bytes, of which a Japanese character has three."""
    kept = "".join(character if character.isalnum() or character in "._-" else "_" for character in name)
    return kept.strip("._").encode()[:180].decode(errors="ignore") or "corpus"


def _free_stem(folder: Path, name: str, date: str) -> str:
    stem = f"{name}-{date}"
    number = 1
    while any(folder.glob(f"{stem}{'' if number == 1 else f'-{number}'}.*")):
        number += 1
    return stem if number == 1 else f"{stem}-{number}"
