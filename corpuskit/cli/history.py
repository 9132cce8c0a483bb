"""``corpuskit history`` and ``corpuskit compare``: the audits so far, and what changed between two of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import CacheFolder, ConfigFile, Json, NoCache, cache_folder, put, say, table
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.audit import Past, RetentionOptions

app = typer.Typer(help="The audits so far: list, show, follow a measure, remove old ones.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[Path, typer.Option("--history", help="Folder of the history.")]
Which = Annotated[str, typer.Argument(help="Run id or its beginning, a date, or last.", show_default=False)]
Measure = Annotated[str, typer.Argument(help="Id of an estimate or a task; `corpuskit explain REPORT` lists them.", show_default=False)]
Keep = Annotated[
    int | None,
    typer.Option("--keep", help="Audits of each audited folder that stay in the history (default: [retention], else 52).", show_default=False),
]
Audits = Annotated[list[str] | None, typer.Argument(help="Two audits: run ids or their beginnings, dates, last.", show_default=False)]
Last = Annotated[int | None, typer.Option("--last", help="2: compare the last audit with the one before.", show_default=False)]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese (default: the language of the later report).")]
HERE = Path("reports/history")
Department = Annotated[
    str | None, typer.Option("--department", help="Department of the configuration file, whose history is meant.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")]
Reports = Annotated[
    int | None,
    typer.Option("--reports", min=1, help="Audits of each folder whose report files stay (default: [retention], else all).", show_default=False),
]
ReportsDays = Annotated[
    int | None,
    typer.Option("--reports-days", min=1, help="Days after which report files are removed (default: [retention], else never).", show_default=False),
]
CachesDays = Annotated[
    int | None,
    typer.Option(
        "--caches-days", min=1, help="Days without use after which cache entries are removed (default: [retention], else never).", show_default=False
    ),
]
CELLS = 80
"""Cells of a line, as wide as a terminal that nobody has changed."""


@app.command("list")
def list_command(history: Folder = HERE, department: Department = None, config: ConfigFile = None, as_json: Json = False) -> int:
    """List the audits, oldest first.

    Example: corpuskit history list
    """
    from corpuskit.audit import past_audits

    history = folder_of(history, department, config)
    known = past_audits(history)
    if as_json:
        rows = [{"run_id": one.run_id, "started_at": one.started_at, "record": str(one.path), "problem": one.problem} for one in known]
        put(json.dumps({"audits": rows, "exit_code": 0}, ensure_ascii=False, indent=1))
    elif not known:
        put(f"{history}: no audits yet.")
    else:
        put(table(("run", "started"), [(one.run_id, one.started_at or f"cannot be used: {one.problem}") for one in known]))
    return 0


@app.command("show")
def show_command(which: Which, history: Folder = HERE, department: Department = None, config: ConfigFile = None, as_json: Json = False) -> int:
    """Show one audit: what was read, its verdict, its tasks.

    Example: corpuskit history show last
    """
    from corpuskit.audit import find, load_record
    from corpuskit.report import to_json

    past = find(folder_of(history, department, config), which)
    report = load_record(past.path)
    if as_json:
        put(to_json(report))
        return 0
    rows = [(str(task.rank or "-"), task.id, task.verdict, task.tier, _share(task.suitability)) for task in report.tasks]
    head = f"{report.run.id}  {report.run.started_at}  {report.corpus.root}: {report.corpus.files_read} of {report.corpus.files_found} files read"
    put("\n".join([head, report.summary.sentence.text, "", table(("rank", "task", "verdict", "tier", "suitability"), rows)]))
    return 0


@app.command("trend")
def trend_command(measure: Measure, history: Folder = HERE, department: Department = None, config: ConfigFile = None, as_json: Json = False) -> int:
    """Follow one estimate, or the suitability of one task, through all audits.

    Example: corpuskit history trend coverage@lang:ja
    """
    from corpuskit.audit import load_record, past_audits

    history, rows = folder_of(history, department, config), []
    for past in past_audits(history):
        if past.problem:
            say(f"passed over: {past.problem}")
            continue
        report = load_record(past.path)
        estimate = next((one for one in report.estimates if one.id == measure), None)
        task = next((one for one in report.tasks if one.id == measure), None)
        value, interval = (estimate.value, estimate.interval) if estimate else (task.suitability, task.interval) if task else (None, None)
        if estimate is not None or task is not None:
            rows.append({"run_id": past.run_id, "started_at": past.started_at, "value": value, "interval": interval})
    if not rows:
        raise UsageError(f"{history}: no audit has {measure!r}. `corpuskit explain REPORT` lists the ids of a report.")
    if as_json:
        put(json.dumps({"id": measure, "points": rows, "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put(table(("started", "value", "interval"), [(str(row["started_at"]), _number(row["value"]), _interval(row["interval"])) for row in rows]))
    return 0


@app.command("index")
def index_command(history: Folder = HERE, department: Department = None, config: ConfigFile = None, as_json: Json = False) -> int:
    """Write the index of all audits anew, as a page beside the reports; with the departments of a configuration file, that of all of them.

    Example: corpuskit history index
    """
    from corpuskit.audit import load_settings, write_index, write_index_of_departments

    history = folder_of(history, department, config)
    of_all = department is None and history == HERE and bool(load_settings(config, Path(), {}).departments)
    path = write_index_of_departments(config, Path(), {}) if of_all else write_index(history.parent)
    if path is None:
        raise UsageError(f"{history}: no audit that can be read.")
    put(json.dumps({"written": str(path), "exit_code": 0}, ensure_ascii=False) if as_json else f"wrote {path}")
    return 0


@app.command("prune")
def prune_command(
    keep: Keep = None,
    reports: Reports = None,
    reports_days: ReportsDays = None,
    caches_days: CachesDays = None,
    dry_run: DryRun = False,
    history: Folder = HERE,
    department: Department = None,
    config: ConfigFile = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    as_json: Json = False,
) -> int:
    """Remove old audits with what only they needed, and where asked old report files and cache entries.

    52 audits stay by default. The last audit, the baseline and the last audit that shows an accepted finding always stay, and so does every file that
    was changed after its audit or that corpuskit did not write.

    Example: corpuskit history prune --keep 104 --dry-run
    """
    from datetime import UTC, datetime, timedelta

    from corpuskit.audit import KEPT_AUDITS, RetentionOptions, load_settings, retain

    history = folder_of(history, department, config)
    settings = load_settings(config, Path(), {}, department or "")
    given = {"records": keep, "reports": reports, "reports_days": reports_days, "caches_days": caches_days}
    limits = settings.retention.model_dump() | {key: value for key, value in given.items() if value is not None}
    limits["records"] = limits["records"] or max(KEPT_AUDITS, limits["reports"] or 0)
    if keep is not None and keep < 1:
        raise UsageError(f"At least one audit stays, not {keep}.")
    if reports is None and limits["reports"] is not None:
        limits["reports"] = min(limits["reports"], limits["records"])
    output = settings.output.model_copy(update={"folder": str(history.parent)})
    settings = settings.model_copy(update={"retention": _checked(RetentionOptions, limits), "output": output})
    gone = retain(settings, cache_folder(cache, no_cache), datetime.now(UTC), dry_run=dry_run, settled=timedelta(0))
    for path, why in gone.kept:
        say(f"kept {path}: {why}")
    if as_json:
        kept = [{"file": str(path), "because": why} for path, why in gone.kept]
        put(
            json.dumps(
                {"removed": [str(path) for path in gone.paths], "kept": kept, "dry_run": dry_run, "exit_code": 0}, ensure_ascii=False, indent=1
            )
        )
        return 0
    told = f"{len(gone.paths)} files {'would be removed' if dry_run else 'removed'}"
    put("\n".join([told, *(str(path) for path in gone.paths)]))
    return 0


def _checked(kind: type[RetentionOptions], limits: dict[str, int | None]) -> RetentionOptions:
    """Build the limits; what does not fit together is said in one line."""
    from pydantic import ValidationError

    try:
        return kind(**limits)
    except ValidationError as error:
        raise UsageError(error.errors()[0]["msg"].removeprefix("Value error, ") + ".") from error


def folder_of(history: Path, department: str | None, config: Path | None) -> Path:
    """Give the folder of the history that is meant: the one named, or that of a department or a configuration file.

    Raises
    ------
    UsageError
        Both are given, or there is no such department.
    """
    from corpuskit.audit import history_of

    if department is None and (config is None or history != HERE):
        return history
    if history != HERE:
        raise UsageError("--department and --history both name a history. Give one of them.")
    return history_of(config, Path(), department or "")


def compare_command(
    audits: Audits = None,
    last: Last = None,
    history: Folder = HERE,
    department: Department = None,
    config: ConfigFile = None,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Say what changed between two audits. Exit code 1: something asks for a look, 2: it cannot be told.

    Example: corpuskit compare --last 2
    """
    from corpuskit.audit import compare_audits
    from corpuskit.report import SECTIONS, localise, phrasebook, to_plain

    first, second = _two(audits, last, folder_of(history, department, config))
    report, change = compare_audits(first, second)
    code = 1 if change.alarms else 0
    if as_json:
        put(json.dumps(change.model_dump(mode="json") | {"exit_code": code}, ensure_ascii=False, indent=1))
        return code
    language = "ja" if in_japanese else report.run.language
    book = phrasebook(language)
    put(to_plain(SECTIONS["change"].build(localise(report, language), book), book, CELLS))
    return code


def _two(audits: list[str] | None, last: int | None, history: Path) -> tuple[Past, Past]:
    from corpuskit.audit import find, past_audits

    if audits and len(audits) == 2 and last is None:
        return find(history, audits[0]), find(history, audits[1])
    if audits or last != 2:
        raise UsageError("Name two audits, or give --last 2. `corpuskit history list` lists them.")
    whole = [past for past in past_audits(history) if not past.problem]
    if len(whole) < 2:
        raise UsageError(f"{history}: {len(whole)} {'audit' if len(whole) == 1 else 'audits'}, two are needed. Audit again, then compare.")
    return whole[-2], whole[-1]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float | int) else "-"


def _interval(interval: object) -> str:
    return f"{interval[0]:.4g} to {interval[1]:.4g}" if isinstance(interval, tuple | list) else "-"
