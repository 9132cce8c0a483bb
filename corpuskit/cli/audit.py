"""``corpuskit audit``: the whole chain up to the report."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Dictionary,
    Encoding,
    Jobs,
    Json,
    LabelColumn,
    NoCache,
    NoProgress,
    Paths,
    Quiet,
    Remove,
    Seed,
    TextColumn,
    cache_folder,
    dictionary_overrides,
    progress_display,
    put,
    read_overrides,
    removal_overrides,
    say,
)

if TYPE_CHECKING:
    from corpuskit.report import AuditReport

SecondLabel = Annotated[
    str | None, typer.Option("--second-label-column", help="Column with the labels of a second, blind coder.", show_default=False)
]
Definitions = Annotated[Path | None, typer.Option("--definitions", help="CSV file with the columns category and description.", show_default=False)]
EngineName = Annotated[
    str | None, typer.Option("--engine", help="Where documents are counted: local, dask, spark (default: local).", show_default=False)
]
Scheduler = Annotated[str | None, typer.Option("--scheduler", help="Address of the Dask scheduler, tcp://host:8786.", show_default=False)]
Master = Annotated[str | None, typer.Option("--master", help="Address of the Spark master, spark://host:7077.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the reports (default: reports).", show_default=False)]
Formats = Annotated[str | None, typer.Option("--format", help="Formats, separated by commas: html, md, json (default: all).", show_default=False)]
ReportLang = Annotated[
    str | None, typer.Option("--report-lang", help="en, ja, both or auto (default: the language of most documents).", show_default=False)
]
Name = Annotated[str | None, typer.Option("--name", help="Name of the report files (default: that of the folder).", show_default=False)]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", help="Exit with 1 at findings of this level or above: note, warning, error.", show_default=False)
]
NoExcerpts = Annotated[bool, typer.Option("--no-excerpts", help="Quote no text from the documents in the reports.")]


def audit_command(
    paths: Paths,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    second_label_column: SecondLabel = None,
    encoding: Encoding = None,
    definitions: Definitions = None,
    config: ConfigFile = None,
    out: Out = None,
    formats: Formats = None,
    report_lang: ReportLang = None,
    name: Name = None,
    fail_on: FailOn = None,
    no_excerpts: NoExcerpts = False,
    remove: Remove = None,
    dictionary: Dictionary = None,
    seed: Seed = None,
    jobs: Jobs = None,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    master: Master = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    as_json: Json = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Audit documents and write the readiness report (HTML, Markdown, JSON).

    Works with no configuration.

    Example: corpuskit audit ./documents --report-lang both
    """
    from corpuskit.audit import audit, load_settings, write_reports
    from corpuskit.report import to_json

    overrides: dict[str, Any] = {
        "seed": seed,
        "definitions": None if definitions is None else str(definitions),
        "read": read_overrides(text_column, label_column, second_label_column, jobs, encoding),
        "text": {**removal_overrides(remove), **dictionary_overrides(dictionary)},
        "output": {
            "folder": None if out is None else str(out),
            "formats": None if formats is None else [part.strip() for part in formats.split(",") if part.strip()],
            "language": report_lang,
            "title": name,
            "excerpts": False if no_excerpts else None,
        },
        "gate": {"fail_on": fail_on},
        "engine": engine_overrides(engine, scheduler, master),
    }
    settings = load_settings(config, Path(), overrides)
    with progress_display(quiet, no_progress) as progress:
        report = audit(paths, settings, cache=cache_folder(cache, no_cache), clock=time.monotonic, progress=progress)
        written = write_reports(report, settings)
    if as_json:
        put(to_json(report))
    else:
        put(_outcome(report))
    for path in written:
        say(f"wrote {path}", quiet)
    return report.exit_code


def engine_overrides(engine: str | None, scheduler: str | None, master: str | None) -> dict[str, str | None]:
    """Give the settings of the engine; an address without ``--engine`` names the engine it belongs to.

    Raises
    ------
    UsageError
        Addresses of two kinds of clusters, or one that does not belong to the engine.
    """
    from corpuskit.errors import UsageError

    given = {name: address for name, address in (("dask", scheduler), ("spark", master)) if address is not None}
    if len(given) > 1 or (engine is not None and given and engine not in given):
        raise UsageError("--scheduler belongs to --engine dask and --master to --engine spark. Give one of them.")
    return {"name": engine or next(iter(given), None), "address": next(iter(given.values()), None)}


def _outcome(report: AuditReport) -> str:
    """Say in a few lines what came out: coverage before any score."""
    from corpuskit.cli.console import table
    from corpuskit.report import outcome_lines

    lines, columns, rows = outcome_lines(report)
    return "\n".join([*lines, "", table(columns, rows, right=(0,))]) if rows else "\n".join(lines)
