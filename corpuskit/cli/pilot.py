"""``corpuskit pilot``: how many cases to label, and what the labels say of a system's answers."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpuskit.cli import pilot_evaluate, pilot_exchange, pilot_feedback, pilot_guide, pilot_monitor, pilot_plan, pilot_sample
from corpuskit.cli.console import Json, put
from corpuskit.errors import InputError, UsageError

app = typer.Typer(help="Pilots: plan them, and judge them against human truth.", no_args_is_help=True, rich_markup_mode=None)
log_app = typer.Typer(help="The audit log of a task in use, in which every change shows.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(log_app, name="log")
app.command("guide")(pilot_guide.guide_command)
app.command("plan")(pilot_plan.plan_command)
app.command("sample")(pilot_sample.sample_command)
app.command("export")(pilot_exchange.export_command)
app.command("import")(pilot_exchange.import_command)
app.command("evaluate")(pilot_evaluate.evaluate_command)
app.command("monitor")(pilot_monitor.monitor_command)
app.command("feedback")(pilot_feedback.feedback_command)

Log = Annotated[Path, typer.Argument(help="The log, one JSON object a line.", show_default=False)]
Events = Annotated[Path, typer.Argument(help="Events, one JSON object a line; - for standard input.", show_default=False, allow_dash=True)]
LogLevel = Annotated[str, typer.Option("--level", help="What each event must say: L1 (tier T1), L2 (T2) or L3 (T3 and T4).")]
Noted = Annotated[str, typer.Option("--expect", help="A hash of the log that was noted elsewhere: only so does a cut-off end show.")]


@log_app.command("append")
def append_command(log: Log, events: Events, level: LogLevel = "L1", as_json: Json = False) -> int:
    """Append events, all or none of them; several writers may do so at once.

    Example: corpuskit pilot log append log.jsonl events.jsonl --level L2
    """
    from corpuskit.pilot import LEVELS, append

    if level not in LEVELS:
        raise UsageError(f"--level {level}: unknown. Valid: {', '.join(LEVELS)}.")
    number = append(log, _events(events), level)
    put(json.dumps({"appended": number, "exit_code": 0}) if as_json else f"{number} {'event' if number == 1 else 'events'} appended to {log}")
    return 0


def _events(source: Path) -> list[dict[str, object]]:
    from corpuskit.pilot import json_lines

    try:
        text = sys.stdin.read() if str(source) == "-" else source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source}: cannot be read ({error}). Give events as UTF-8, one JSON object a line.") from error
    return json_lines(text, str(source))[0]


@log_app.command("verify")
def verify_command(log: Log, expect: Noted = "", as_json: Json = False) -> int:
    """Check that no line was altered, removed, added or moved. Exit code 1: one was.

    Example: corpuskit pilot log verify log.jsonl
    """
    from corpuskit.pilot import verify

    chain = verify(log, expect)
    code = 0 if chain.broken is None else 1
    if as_json:
        put(json.dumps({**asdict(chain), "exit_code": code}))
    elif chain.broken is not None:
        put(f"{log}: line {chain.broken.line}: {chain.broken.problem}")
    else:
        sealed = f", {chain.sealed} interrupted {'line' if chain.sealed == 1 else 'lines'} sealed" if chain.sealed else ""
        put(f"{chain.events} events{sealed}, unbroken; last hash {chain.last}")
        if not expect:
            put("Note the hash elsewhere and give it as --expect next time: a log does not show by itself that its end was cut off.")
    return code
