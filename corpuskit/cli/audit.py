"""``corpuskit audit``: the whole chain up to the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Definitions,
    Dictionary,
    Encoding,
    Jobs,
    Json,
    LabelColumn,
    NoCache,
    NoProgress,
    Quiet,
    Remove,
    Seed,
    TextColumn,
    cache_folder,
    dictionary_overrides,
    put,
    read_overrides,
    removal_overrides,
    say,
)

SecondLabel = Annotated[
    str | None, typer.Option("--second-label-column", help="Column with the labels of a second, blind coder.", show_default=False)
]
EngineName = Annotated[
    str | None, typer.Option("--engine", help="Where documents are counted: local, dask, spark (default: local).", show_default=False)
]
Scheduler = Annotated[str | None, typer.Option("--scheduler", help="Address of the Dask scheduler, tcp://host:8786.", show_default=False)]
Master = Annotated[str | None, typer.Option("--master", help="Address of the Spark master, spark://host:7077.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the reports (default: reports).", show_default=False)]
Formats = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="Formats, separated by commas: html, md, json (these by default), sarif, xlsx, csv, parquet, pdf; or all.",
        show_default=False,
    ),
]
Routing = Annotated[
    bool,
    typer.Option(
        "--routing", help="Write <name>.routing.csv: what to automate, to review, to leave to a person, of tables with labels or --definitions."
    ),
]
ReportLang = Annotated[
    str | None, typer.Option("--report-lang", help="en, ja, both or auto (default: the language of most documents).", show_default=False)
]
Name = Annotated[str | None, typer.Option("--name", help="Name of the report files (default: that of the folder).", show_default=False)]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", help="Exit with 1 at findings of this level or above: note, warning, error.", show_default=False)
]
FailUnder = Annotated[
    list[str] | None,
    typer.Option("--fail-under", help="Exit with 1 if the suitability of TASK=VALUE is lower or not known (repeatable).", show_default=False),
]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", help="For --fail-on only findings count that this audit did not have: last, or a run id.", show_default=False),
]
PathsOrNone = Annotated[
    list[Path] | None, typer.Argument(help="Files or folders (default: the sources or departments of the configuration file).", show_default=False)
]
Departments = Annotated[
    list[str] | None,
    typer.Option("--department", help="Audit this department of the configuration file only (repeatable; default: all).", show_default=False),
]
LogJson = Annotated[
    Path | None, typer.Option("--log-json", help="File that gets a JSON line for each event of the run; -: stderr.", show_default=False)
]
Metrics = Annotated[
    Path | None, typer.Option("--metrics", help="OpenMetrics text file for the textfile collector of a node exporter.", show_default=False)
]
PrintConfig = Annotated[bool, typer.Option("--print-config", help="Print all settings with where each comes from, and audit nothing.")]
NoExcerpts = Annotated[
    bool, typer.Option("--no-excerpts", help="Quote no text from the documents in the reports; words of pictures and series become numbers.")
]


def audit_command(
    paths: PathsOrNone = None,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    second_label_column: SecondLabel = None,
    encoding: Encoding = None,
    definitions: Definitions = None,
    config: ConfigFile = None,
    department: Departments = None,
    out: Out = None,
    formats: Formats = None,
    routing: Routing = False,
    report_lang: ReportLang = None,
    name: Name = None,
    fail_on: FailOn = None,
    fail_under: FailUnder = None,
    baseline: Baseline = None,
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
    print_config: PrintConfig = False,
    log_json: LogJson = None,
    metrics: Metrics = None,
    as_json: Json = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Audit documents and write the readiness report (HTML, Markdown, JSON; with --format also SARIF, Excel, CSV, Parquet, PDF).

    Works with no configuration. Without a path, what [[sources]] or [[departments]] of corpuskit.toml name is audited.

    Example: corpuskit audit ./documents --report-lang both
    """
    from corpuskit.audit import load_settings, printed_settings
    from corpuskit.cli.audit_departments import Call, audit_departments, audit_one, chosen_departments

    overrides: dict[str, Any] = {
        "seed": seed,
        "definitions": None if definitions is None else str(definitions),
        "read": read_overrides(text_column, label_column, second_label_column, jobs, encoding),
        "text": {**removal_overrides(remove), **dictionary_overrides(dictionary)},
        "output": {
            "folder": None if out is None else str(out),
            "formats": None if formats is None else [part.strip() for part in formats.split(",") if part.strip()],
            "routing": True if routing else None,
            "language": report_lang,
            "title": name,
            "excerpts": False if no_excerpts else None,
        },
        "gate": {"fail_on": fail_on, "fail_under": least_suitabilities(fail_under), "baseline": baseline},
        "engine": engine_overrides(engine, scheduler, master),
    }
    settings = load_settings(config, Path(), overrides)
    names = chosen_departments(paths or [], department or [], settings, quiet)
    if print_config:
        texts = [printed_settings(load_settings(config, Path(), overrides, one), config, Path(), overrides, one) for one in department or [""]]
        put("\n".join(texts).rstrip("\n"))
        return 0
    if "pdf" in settings.output.formats:
        _warn_without_font(quiet)
    call = Call(config, overrides, cache_folder(cache, no_cache), log_json, metrics, as_json, quiet, no_progress)
    return audit_departments(names, call) if names else audit_one(paths or [], settings, call)


def _warn_without_font(quiet: bool) -> None:
    from corpuskit.cli.checks import japanese_font  # not at the top: what it needs takes longer to load than the help of all commands

    font = japanese_font()
    if not font.ok:
        say(f"No Japanese font was found: a PDF shows boxes in the place of Japanese letters. To mend it, {font.fix}.", quiet)


def least_suitabilities(given: list[str] | None) -> dict[str, float] | None:
    """Read ``TASK=VALUE`` of ``--fail-under``.

    Raises
    ------
    UsageError
        One is not of this form.
    """
    from corpuskit.errors import UsageError

    if not given:
        return None
    found = {}
    for item in given:
        task, _, value = item.rpartition("=")
        try:
            found[task] = float(value)
        except ValueError:
            task = ""
        if not task:
            raise UsageError(f"--fail-under {item}: TASK=VALUE is expected, such as ticket_routing@tickets.csv=0.8.")
    return found


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
