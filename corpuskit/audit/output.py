"""Writing the reports: names, formats, languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from corpuskit.audit.config import Settings
from corpuskit.audit.record import save_record, write_atomically
from corpuskit.report import RENDERERS, AuditReport, compose, localise, to_json

HISTORY = "history"


def write_reports(report: AuditReport, settings: Settings) -> tuple[Path, ...]:
    """Write the report in every format and language asked for, and the audit record for the next audit.

    Files are named ``<name>-<date>[-n]``; an existing report is never overwritten. Each file is complete or absent, and where one cannot
    be written none stays: no half of a report.

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
    try:
        for path, content in _pages(report, settings, folder / stem):
            write_atomically(path, content.encode())
            written.append(path)
        written.append(save_record(report, folder / HISTORY))
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return tuple(written)


def _pages(report: AuditReport, settings: Settings, stem: Path) -> Iterator[tuple[Path, str]]:
    """Give each file with its content, the JSON last."""
    formats = settings.output.formats
    for language in report_languages(report, settings):
        page = compose(localise(report, language), language)
        for name in formats:
            if name != "json":
                renderer = RENDERERS[name]
                yield stem.with_name(f"{stem.name}.{language}{renderer.suffix}"), renderer.render(page)
    if "json" in formats:
        yield stem.with_name(f"{stem.name}.json"), to_json(report)


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
