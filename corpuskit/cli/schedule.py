"""``corpuskit schedule``: audits that repeat."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from corpuskit.cli.console import Json, Quiet, put, say, table
from corpuskit.cli.schedule_add import Folder, LogFile, MetricsFile, Name, add_command, folder_of, shown
from corpuskit.errors import CorpuskitError, RecordError, UsageError

if TYPE_CHECKING:
    from corpuskit.audit import Worked

app = typer.Typer(help="Audits that repeat: add, list, remove, due, run, serve.", no_args_is_help=True, rich_markup_mode=None)

Names = Annotated[list[str] | None, typer.Argument(help="Names of schedules (default: all).", show_default=False)]
Now = Annotated[str | None, typer.Option("--now", help="Time to take as the present, with its offset, to try a schedule out.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Audit even if nothing is due.")]


app.command("add")(add_command)


@app.command("list")
def list_command(schedules: Folder = None, as_json: Json = False) -> int:
    """List the schedules: when each is due next, and how its last run went.

    Example: corpuskit schedule list
    """
    from corpuskit.audit import load_schedule, load_state, schedule_names, what_is_due

    folder, rows = folder_of(schedules), []
    for name in schedule_names(folder):
        try:
            schedule, state = load_schedule(name, folder), load_state(name, folder)
        except CorpuskitError as error:
            rows.append({"name": name, "problem": str(error)})
            continue
        due = what_is_due(schedule, state, datetime.now(UTC))
        told = schedule.model_dump(mode="json") | {"next": shown(due.following, schedule), "owed": due.moment is not None}
        rows.append(told | {"last": state.last.model_dump(mode="json") if state.last else None})
    if as_json:
        put(json.dumps({"schedules": rows, "exit_code": 0}, ensure_ascii=False, indent=1))
    elif not rows:
        put(f"{folder}: no schedules yet. corpuskit schedule add NAME PATH makes one.")
    else:
        put(table(("name", "every", "next audit", "time zone", "last run", "by"), [_row(row) for row in rows]))
    return 0


@app.command("remove")
def remove_command(name: Name, schedules: Folder = None) -> int:
    """Remove a schedule from here and from the machine's scheduler. Reports and history stay.

    Example: corpuskit schedule remove weekly
    """
    from corpuskit.audit import drop_schedule, this_machine

    for line in drop_schedule(name, folder_of(schedules), this_machine()):
        say(line)
    return 0


@app.command("due")
def due_command(names: Names = None, schedules: Folder = None, now: Now = None, as_json: Json = False) -> int:
    """Say whether an audit is owed. Exit code 1: one is, 0: none, 2: it cannot be told.

    Example: corpuskit schedule due weekly
    """
    from corpuskit.audit import load_schedule, load_state, what_is_due

    folder, rows = folder_of(schedules), []
    for name in _chosen(names, folder):
        schedule = load_schedule(name, folder)
        due = what_is_due(schedule, load_state(name, folder), _time(now)())
        rows.append((name, due, schedule))
    code = int(any(due.moment is not None for _, due, _ in rows))
    if as_json:
        told = [{"name": name, "owed_since": due.moment, "next": due.following} for name, due, _ in rows]
        put(json.dumps({"schedules": told, "exit_code": code}, ensure_ascii=False, indent=1, default=datetime.isoformat))
        return code
    for name, due, schedule in rows:
        if due.moment is not None:
            put(f"{name}: an audit is owed since {shown(due.moment, schedule)}")
        else:
            put(f"{name}: nothing is owed; next audit: {shown(due.following, schedule)}")
    return code


@app.command("run")
def run_command(
    names: Names = None,
    schedules: Folder = None,
    force: Force = False,
    now: Now = None,
    log_json: LogFile = None,
    metrics: MetricsFile = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Work off what is due, each schedule once. Exit code: that of the audits, the highest.

    Example: corpuskit schedule run
    """
    from corpuskit.audit import Runner, Stopped

    folder, worked, damaged = folder_of(schedules), [], False
    with _stopping() as stop:
        runner = Runner(folder, _time(now), stopping=stop.is_set, log=log_json, metrics=metrics)
        for name in _chosen(names, folder):
            try:
                one = runner.work_off(name, force)
            except Stopped:
                say(f"{name}: stopped; its audit stays owed")
                return 130
            except RecordError as error:
                damaged = True  # it does not hold up the others
                say(str(error))
                continue
            worked.append(one)
            _tell(one, folder, quiet, as_json)
    code = max((one.result.exit_code for one in worked if one.result is not None), default=0)
    code = max(code, 2 if damaged else 0)
    if as_json:
        told = [{"name": one.name, "status": one.status, "result": _json(one.result), "problems": one.problems} for one in worked]
        put(json.dumps({"schedules": told, "exit_code": code}, ensure_ascii=False, indent=1))
    return code


@app.command("serve")
def serve_command(schedules: Folder = None, log_json: LogFile = None, metrics: MetricsFile = None, quiet: Quiet = False) -> int:
    """Stay in the foreground and work off each schedule as it falls due, for containers. SIGTERM ends it; nothing is lost.

    Example: corpuskit schedule serve --schedules /schedules
    """
    from corpuskit.audit import Runner, schedule_names, serve

    folder = folder_of(schedules)
    with _stopping() as stop:
        n = len(schedule_names(folder))
        say(f"{folder}: {n} {'schedule is' if n == 1 else 'schedules are'} served", quiet)
        runner = Runner(folder, _time(None), stopping=stop.is_set, log=log_json, metrics=metrics)
        serve(runner, stop.wait, lambda worked: say(worked) if isinstance(worked, str) else _tell(worked, folder, quiet, as_json=False))
    return 0


def _chosen(names: list[str] | None, folder: Path) -> tuple[str, ...]:
    from corpuskit.audit import schedule_names

    chosen = tuple(names or ()) or schedule_names(folder)
    if not chosen:
        raise UsageError(f"{folder}: no schedules, so nothing can be told. corpuskit schedule add NAME PATH makes one.")
    return chosen


def _time(given: str | None) -> Callable[[], datetime]:
    if given is None:
        return lambda: datetime.now(UTC)
    try:
        fixed = datetime.fromisoformat(given)
    except ValueError:
        fixed = datetime.min
    if fixed.tzinfo is None:
        raise UsageError(f"--now {given}: a time with its offset is expected, such as 2026-03-29T06:00:00+09:00.")
    return lambda: fixed


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Turn SIGTERM into an event while the block runs; elsewhere than in the main thread nothing is turned."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(worked: Worked, folder: Path, quiet: bool, as_json: bool) -> None:
    from corpuskit.audit import load_schedule

    for problem in worked.problems:
        say(f"{worked.name}: {problem}")
    result = worked.result
    if result is not None and result.failed:
        say(f"{worked.name}: the audit could not be made. {result.problem}")
        return
    if as_json or quiet:
        return
    schedule, due = load_schedule(worked.name, folder), worked.due
    if worked.status == "locked":
        put(f"{worked.name}: another run is on; nothing was done")
    elif worked.status == "waits" and due is not None and due.not_before is not None:
        put(f"{worked.name}: failed before, tried again from {shown(due.not_before, schedule)} on; at once: --force")
    elif result is None and due is not None:
        put(f"{worked.name}: nothing is due before {shown(due.following, schedule)}")
    elif result is not None:
        lines = [f"{worked.name}: {result.verdict}", *result.alarms, *result.reasons, *(f"wrote {path}" for path in result.reports)]
        put("\n".join(lines))


def _json(result: Any) -> Any:
    return None if result is None else result.model_dump(mode="json")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    if "problem" in row:
        return row["name"], "", "cannot be used", "", "", row["problem"]
    last = row["last"]
    told = "none yet"
    if last is not None:
        day = datetime.fromisoformat(last["started_at"]).astimezone(ZoneInfo(row["time_zone"]))
        told = f"{day:%Y-%m-%d}: {'failed' if last['exit_code'] not in (0, 1) else last['exit_code']}"
    following = "owed now" if row["owed"] else row["next"].removesuffix(f" {row['time_zone']}")
    return row["name"], row["every"], following, row["time_zone"], told, row["installed_with"] or "-"
