"""``corpuskit pilot monitor``: does the task in use still do what its pilot showed?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Encoding,
    Json,
    NoCache,
    NoProgress,
    Quiet,
    TextColumn,
    cache_folder,
    progress_display,
    put,
    table,
)
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.estimators import Drift
    from corpuskit.pilot import Chart, MonitorResult
    from corpuskit.report import Phrasebook

UseLog = Annotated[
    Path,
    typer.Argument(help="What happened in use: a log of `pilot log append`, or a table with the columns ts, route, decision ...", show_default=False),
]
OfPlan = Annotated[Path | None, typer.Option("--plan", help="The pilot's plan: its tolerance and alpha are used.", show_default=False)]
OwnTolerance = Annotated[
    float | None, typer.Option("--tolerance", help="Largest error that the business bears, where there is no plan.", show_default=False)
]
OfTask = Annotated[str, typer.Option("--task", help="The task, where the file holds several.")]
Every = Annotated[str, typer.Option("--every", help="Period of the charts: day, week or month.")]
Baseline = Annotated[int, typer.Option("--baseline", help="Periods at the start that say what is usual.", min=1)]
CatchRate = Annotated[float, typer.Option("--catch-rate", help="Share of seeded errors that the review must find.")]
InputFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--inputs", help="What the system was given (repeatable): compared with --documents. Rows of a table are inputs.", show_default=False
    ),
]
AuditedFiles = Annotated[list[Path] | None, typer.Option("--documents", help="The audited documents, for --inputs (repeatable).", show_default=False)]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]


def monitor_command(
    log: UseLog,
    plan: OfPlan = None,
    tolerance: OwnTolerance = None,
    alpha: Annotated[float, typer.Option("--alpha", help="Probability of ever raising a false alarm about the error.")] = 0.05,
    task: OfTask = "",
    every: Every = "week",
    baseline: Baseline = 4,
    catch_rate: CatchRate = 0.9,
    inputs: InputFiles = None,
    documents: AuditedFiles = None,
    text_column: TextColumn = None,
    encoding: Encoding = None,
    config: ConfigFile = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Watch a task in use: its error, rates over time, and whether the review still finds errors. Exit code 1: an alarm, 2: nothing to judge.

    Example: corpuskit pilot monitor use.jsonl --plan plan.json
    """
    from pydantic import ValidationError

    from corpuskit.audit import drift_of_inputs, load_settings
    from corpuskit.pilot import MonitorOptions, load_plan, monitor, read_use
    from corpuskit.report import phrasebook

    if (plan is None) == (tolerance is None):
        raise UsageError("Give --plan, the plan of the pilot, or --tolerance, one of the two.")
    fixed = load_plan(plan).plan if plan is not None else None
    values = {"tolerance": fixed.tolerance if fixed else tolerance, "alpha": fixed.alpha if fixed else alpha}
    try:
        options = MonitorOptions.model_validate(values | {"every": every, "baseline": baseline, "catch_rate": catch_rate})
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"--{str(first['loc'][0]).replace('_', '-')}: {first['msg']} (given: {first['input']!r}).") from error
    used = read_use(log, task, encoding or "")
    drifts: tuple[Drift, ...] = ()
    if bool(inputs) != bool(documents):
        raise UsageError("--inputs and --documents belong together: what the system was given, and what was audited.")
    if inputs and documents:
        settings = load_settings(config, Path(), {"read": {"text_columns": text_column or None, "encoding": encoding}})
        with progress_display(quiet, no_progress) as progress:
            drifts = drift_of_inputs(inputs, documents, settings, cache=cache_folder(cache, no_cache), progress=progress)
    found = monitor(used, options, drifts)
    book = phrasebook("ja" if in_japanese else "en")
    put(_json(found, book) if as_json else "\n".join(_lines(found, book)))
    return found.exit_code


def _json(found: MonitorResult, book: Phrasebook) -> str:
    told = {
        name: tuple(message.model_copy(update={"text": book.message(message)}) for message in messages)
        for name, messages in (("alarms", found.alarms), ("notes", found.notes))
    }
    body = found.model_copy(update=told).model_dump(mode="json")
    return json.dumps(body | {"exit_code": found.exit_code}, ensure_ascii=False, indent=1)


def _lines(found: MonitorResult, book: Phrasebook) -> list[str]:
    """Give alarms first, then what was measured, then what limits it."""
    head = book.label("monitor_head", task=found.task, events=found.events, first=found.first, last=found.last, since=found.since)
    lines = [head, *(f"{book.label('monitor_alarm')}: {book.message(alarm)}" for alarm in found.alarms)]
    if not found.alarms:
        lines.append(book.label("monitor_nothing" if found.exit_code else "monitor_no_alarm"))
    if found.error is not None:
        low, high = found.error.interval
        lines.append(book.label("monitor_error", error=found.error.value, low=low, high=high, n=found.error.n, tolerance=found.options.tolerance))
    if found.certified_after is not None and found.alarmed_after is None:
        lines.append(book.label("monitor_certified", after=found.certified_after, alpha=found.options.alpha))
    if found.seeded is not None:
        low, high = found.seeded.interval
        seeded: dict[str, str | int | float | bool] = {"caught": found.seeded.caught, "n": found.seeded.n, "value": found.seeded.value}
        lines.append(book.label("monitor_seeded", None, **seeded, low=low, high=high, needed=found.options.catch_rate))
    lines += [
        book.label(f"monitor_drift_{one.measure}", language=one.subject or "other", value=round(one.value, 4), band=round(one.band, 4), n=one.inputs)
        for one in found.drifts
    ]
    if found.charts:
        lines += ["", _table(found.charts, book), ""]
    return [*lines, *(f"- {book.message(note)}" for note in found.notes)]


def _table(charts: tuple[Chart, ...], book: Phrasebook) -> str:
    head = [book.label(f"monitor_column_{name}") for name in ("rate", "usual", "last", "limits", "n")]
    rows = []
    for chart in charts:
        last = chart.periods[-1]
        name = " ".join(part for part in (chart.part, book.label(f"monitor_rate_{chart.rate}")) if part)
        limits = book.between(book.percent(last.low), book.percent(last.high))
        rows.append((name, book.percent(chart.centre), book.percent(last.value) + (" !" if last.outside else ""), limits, str(last.n)))
    return table(head, rows, right=(1, 2, 4))
