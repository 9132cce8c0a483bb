"""``corpuskit history`` and ``corpuskit compare``: the audits so far, and what changed between two of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import Json, put, say, table
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.audit import Past

app = typer.Typer(help="The audits so far: list, show, follow a measure, remove old ones.", no_args_is_help=True, rich_markup_mode=None)

Folder = Annotated[Path, typer.Option("--history", help="Folder of the history.")]
Which = Annotated[str, typer.Argument(help="Run id or its beginning, a date, or last.", show_default=False)]
Measure = Annotated[str, typer.Argument(help="Id of an estimate or a task; `corpuskit explain REPORT` lists them.", show_default=False)]
Keep = Annotated[int, typer.Option("--keep", help="Audits of each audited folder that stay.")]
Audits = Annotated[list[str] | None, typer.Argument(help="Two audits: run ids or their beginnings, dates, last.", show_default=False)]
Last = Annotated[int | None, typer.Option("--last", help="2: compare the last audit with the one before.", show_default=False)]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese (default: the language of the later report).")]
HERE = Path("reports/history")
CELLS = 80
"""Cells of a line, as wide as a terminal that nobody has changed."""


@app.command("list")
def list_command(history: Folder = HERE, as_json: Json = False) -> int:
    """List the audits, oldest first.

    Example: corpuskit history list
    """
    from corpuskit.audit import past_audits

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
def show_command(which: Which, history: Folder = HERE, as_json: Json = False) -> int:
    """Show one audit: what was read, its verdict, its tasks.

    Example: corpuskit history show last
    """
    from corpuskit.audit import find, load_record
    from corpuskit.report import to_json

    past = find(history, which)
    report = load_record(past.path)
    if as_json:
        put(to_json(report))
        return 0
    rows = [(str(task.rank or "-"), task.id, task.verdict, task.tier, _share(task.suitability)) for task in report.tasks]
    head = f"{report.run.id}  {report.run.started_at}  {report.corpus.root}: {report.corpus.files_read} of {report.corpus.files_found} files read"
    put("\n".join([head, report.summary.sentence.text, "", table(("rank", "task", "verdict", "tier", "suitability"), rows)]))
    return 0


@app.command("trend")
def trend_command(measure: Measure, history: Folder = HERE, as_json: Json = False) -> int:
    """Follow one estimate, or the suitability of one task, through all audits.

    Example: corpuskit history trend coverage@lang:ja
    """
    from corpuskit.audit import load_record, past_audits

    rows = []
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
def index_command(history: Folder = HERE, as_json: Json = False) -> int:
    """Write the index of all audits anew, as a page beside the reports.

    Example: corpuskit history index
    """
    from corpuskit.audit import write_index

    path = write_index(history.parent)
    if path is None:
        raise UsageError(f"{history}: no audit that can be read.")
    put(json.dumps({"written": str(path), "exit_code": 0}, ensure_ascii=False) if as_json else f"wrote {path}")
    return 0


@app.command("prune")
def prune_command(keep: Keep = 52, history: Folder = HERE, as_json: Json = False) -> int:
    """Remove old audits, with what only they needed; 52 weeks stay by default.

    Example: corpuskit history prune --keep 104
    """
    from corpuskit.audit import prune

    gone = prune(history, keep)
    put(json.dumps({"removed": [str(path) for path in gone], "exit_code": 0}, indent=1) if as_json else f"{len(gone)} files removed")
    return 0


def compare_command(audits: Audits = None, last: Last = None, history: Folder = HERE, in_japanese: Japanese = False, as_json: Json = False) -> int:
    """Say what changed between two audits. Exit code 1: something asks for a look, 2: it cannot be told.

    Example: corpuskit compare --last 2
    """
    from corpuskit.audit import compare_audits
    from corpuskit.report import SECTIONS, localise, phrasebook, to_plain

    first, second = _two(audits, last, history)
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
