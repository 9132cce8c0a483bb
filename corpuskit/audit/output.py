"""Writing the reports: names, formats, languages; all files of a report or none."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from corpuskit.audit.config import Settings
from corpuskit.audit.history import past_audits
from corpuskit.audit.record import HISTORY, claim, save_record, write_atomically
from corpuskit.estimators import RoutingList
from corpuskit.report import (
    EXPORTERS,
    RENDERERS,
    AuditReport,
    ExportOptions,
    Rendered,
    chromium,
    compose,
    folder_name,
    localise,
    page_name,
    phrasebook,
    to_json,
    to_pdf,
    to_routing_csv,
)

Language = Literal["en", "ja"]
ROUTING = ".routing.csv"
"""How the name of a routing list ends."""
ABANDONED_AFTER = 86_400
"""Seconds; because writing a report takes minutes, and a day leaves time to look at what a crash left."""
_UNFINISHED = re.compile(r"\..+-\d{4}-\d\d-\d\d(-\d+)?\.unfinished")


def check_output(settings: Settings) -> None:
    """Find out before hours of work whether the reports can be written.

    Raises
    ------
    MissingDependency
        PDF is asked for, and there is no Chromium to print it.
    OSError
        The folder, or the nearest one above it that exists, is no folder or cannot be written.
    """
    if "pdf" in settings.output.formats:
        chromium()
    folder = Path(settings.output.folder)
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not nearest.is_dir():
        raise NotADirectoryError(20, "Reports cannot be written, this is no folder; choose another with --out", str(nearest))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise PermissionError(13, "Reports cannot be written to this folder; choose another with --out", str(nearest))


def write_reports(report: AuditReport, settings: Settings, counts: str = "", routed: Sequence[RoutingList] = ()) -> tuple[Path, ...]:
    """Write the report in every format and language asked for, and the audit record for the next audit.

    Files are named ``<name>-<date>[-n]``, those that a page links to stand in the folder ``<name>-<date>[-n].files``; an existing report is never
    overwritten. All files are written beside their places first and then named, so that where one cannot be written none stays: no half of a report.
    ``counts`` names the counts that were kept for the record; ``routed`` are routing lists to write beside the report, which then names their file.

    Returns
    -------
    tuple of Path
        The files written, reports first, the record last; of a folder of companions only the folder.

    Raises
    ------
    OSError
        The folder cannot be written.
    MissingDependency, CorpuskitError
        PDF cannot be printed.
    """
    folder = Path(settings.output.folder)
    folder.mkdir(parents=True, exist_ok=True)
    stem, unfinished = _free_stem(folder, _slug(settings.output.title or report.corpus.root), report.run.started_at[:10])
    routing = f"{stem}{ROUTING}" if routed else None
    report = report.model_copy(update={"routing_file": routing})
    written: list[Path] = []
    try:
        for name, content in _files(report, settings, stem):
            write_atomically(unfinished / name, content)
        if routing:
            options = ExportOptions(csv_bom=settings.output.csv_bom)
            write_atomically(unfinished / routing, to_routing_csv(routed, phrasebook(report.run.language), options))
        for name in _in_order(unfinished, stem):
            written.append(_place(unfinished / name, folder / name))
        written.append(save_record(report, folder / HISTORY, counts, [path.name for path in written]))
    except BaseException:
        for path in written:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return tuple(written)


def _files(report: AuditReport, settings: Settings, stem: str) -> Iterator[tuple[str, bytes]]:
    """Give each file by its name, one after the other, so that one at a time is in memory."""
    formats = settings.output.formats
    options = ExportOptions(csv_bom=settings.output.csv_bom)
    for language in report_languages(report, settings):
        localised = localise(report, language)
        yield from _pages(localised, language, formats, stem)
        for name in formats:
            if name in EXPORTERS and (EXPORTERS[name].for_people or language == report.run.language):
                exporter = EXPORTERS[name]
                for suffix, content in exporter.export(localised, options).items():
                    yield page_name(stem, language, suffix) if exporter.for_people else f"{stem}{suffix}", content
    if "json" in formats:
        yield f"{stem}.json", to_json(report).encode()


def _pages(report: AuditReport, language: Language, formats: Sequence[str], stem: str) -> Iterator[tuple[str, bytes]]:
    """Give the pages of one language with their companions. The PDF is the HTML page printed, which is made for it where it is not asked for."""
    wanted = [name for name in RENDERERS if name in formats or (name == "html" and "pdf" in formats)]
    if not wanted:
        return
    page = compose(report, language)
    for name in wanted:
        rendered: Rendered = RENDERERS[name].render(page, stem)
        if name in formats:
            yield page_name(stem, language, RENDERERS[name].suffix), rendered.text.encode()
            for companion, content in rendered.companions.items():
                yield f"{folder_name(stem)}/{companion}", content
        if name == "html" and "pdf" in formats:
            yield page_name(stem, language, ".pdf"), to_pdf(rendered.text, stem, datetime.fromisoformat(report.run.started_at))


def report_languages(report: AuditReport, settings: Settings) -> Sequence[Language]:
    """Give the languages to write pages in."""
    return ("en", "ja") if settings.output.language == "both" else (report.run.language,)


def _slug(name: str) -> str:
    """Make a name that every file system takes: no separators, and short in bytes, of which a Japanese character has three."""
    kept = "".join(character if character.isalnum() or character in "._-" else "_" for character in name)
    return kept.strip("._").encode()[:180].decode(errors="ignore") or "corpus"


def _free_stem(folder: Path, name: str, date: str) -> tuple[str, Path]:
    """Choose a stem that no file has, and make the folder in which its files are finished: two audits at one time cannot choose alike."""
    _remove_abandoned(folder)
    # also of files that retention removed: two audits of one day must not have one name, or the older record would speak of the newer files
    recorded = {file for past in past_audits(folder / HISTORY) for file in past.files}
    number = 1
    while True:
        stem = f"{name}-{date}" if number == 1 else f"{name}-{date}-{number}"
        unfinished = folder / f".{stem}.unfinished"
        if not any(folder.glob(f"{stem}.*")) and not any(file.startswith(f"{stem}.") for file in recorded):
            try:
                unfinished.mkdir()
            except FileExistsError:
                pass
            else:
                return stem, unfinished
        number += 1


def _remove_abandoned(folder: Path) -> None:
    """Remove folders of unfinished files that an audit which was killed left more than a day ago: by then none is still writing."""
    limit = time.time() - ABANDONED_AFTER
    for unfinished in folder.glob(".*.unfinished"):
        if _UNFINISHED.fullmatch(unfinished.name) and unfinished.is_dir() and not unfinished.is_symlink() and unfinished.stat().st_mtime < limit:
            shutil.rmtree(unfinished, ignore_errors=True)


def _in_order(unfinished: Path, stem: str) -> list[str]:
    """Order the names: companions first, because a page without them would be half; JSON last."""
    names = sorted(path.name for path in unfinished.iterdir())
    return sorted(names, key=lambda name: (name != folder_name(stem), name == f"{stem}.json"))


def _place(finished: Path, target: Path) -> Path:
    """Give a finished file or folder its name; what stands there already is not touched.

    Raises
    ------
    FileExistsError
        The name was taken meanwhile.
    """
    if finished.is_dir():
        finished.rename(target)
    elif not claim(finished, target):
        raise FileExistsError(17, "A file of this name appeared while the report was written; run the audit again", str(target))
    return target
