"""Working off what is due: each due moment once, one run of a schedule at a time, and nothing forgotten when a run is killed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from corpuskit.audit.notify import notify
from corpuskit.audit.schedule.audit_process import Ended, Stopped, never, result_of, run_audit
from corpuskit.audit.schedule.due import Due, what_is_due
from corpuskit.audit.schedule.environment_file import with_environment_file
from corpuskit.audit.schedule.event_log import EventLog
from corpuskit.audit.schedule.metrics import write_metrics
from corpuskit.audit.schedule.stored import RunResult, Schedule, State, load_schedule, load_state, save_state, schedule_names
from corpuskit.audit.schedule.told import notice_of
from corpuskit.errors import CorpuskitError, UsageError

Status = Literal["ran", "not_due", "waits", "locked"]


@dataclass(frozen=True)
class Worked:
    """What became of one schedule.

    Attributes
    ----------
    name : str
    status : Status
        ``ran``; ``not_due``; ``waits``: owed, but tried again only later; ``locked``: another run of it is on.
    due : Due or None
        What it owes now; None where another run is on.
    result : RunResult or None
        Of the run, where there was one.
    problems : tuple of str
        What went wrong beside the audit: notices, log, metrics.
    """

    name: str
    status: Status
    due: Due | None = None
    result: RunResult | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Runner:
    """Works off schedules of one folder.

    Attributes
    ----------
    folder : Path
        Of the schedules.
    now : callable
        Gives the time, with a time zone: an argument, so that years can be simulated.
    perform : callable
        Makes the audit of a schedule; asked with a function that tells whether to stop.
    clock : callable
        Monotonic seconds.
    pause : callable
        Waits between two attempts to tell somebody.
    stopping : callable
        Tells whether to stop.
    log, metrics : Path or None
        Files written instead of those that the schedule names.
    """

    folder: Path
    now: Callable[[], datetime]
    perform: Callable[[Schedule, Callable[[], bool]], Ended] = run_audit
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    stopping: Callable[[], bool] = field(default=never)
    log: Path | None = None
    metrics: Path | None = None

    def work_off(self, name: str, force: bool = False) -> Worked:
        """Make the audit of one schedule if it is due (or ``force``), under a lock that ends with the process that holds it.

        Raises
        ------
        UsageError, RecordError
            There is no such schedule, or it is damaged.
        Stopped
            The run was asked to stop; the audit stays owed as it was.
        """
        schedule = load_schedule(name, self.folder)
        try:
            with FileLock(self.folder / f"{name}.lock", timeout=0):
                return self._locked(schedule, force)
        except Timeout:
            return Worked(name, "locked")

    def _locked(self, schedule: Schedule, force: bool) -> Worked:
        before = load_state(schedule.name, self.folder)  # read under the lock: another run may just have ended
        started = self.now().astimezone(UTC)
        due = what_is_due(schedule, before, started)
        if not force and due.moment is None:
            return Worked(schedule.name, "not_due", due)
        if not force and due.waits(started):
            return Worked(schedule.name, "waits", due)
        problems = _Problems()
        log = EventLog(self.log or (Path(schedule.log) if schedule.log else None))
        begun = before.begun(started)
        save_state(begun, schedule.name, self.folder)
        problems.of(lambda: log.write("info", "audit_started", started, schedule=schedule.name, moment=due.moment))
        result = self._audited(schedule, due, started, before)
        state = begun.ended(result, self.now())
        save_state(state, schedule.name, self.folder)
        due = what_is_due(schedule, state, self.now())
        level: Literal["info", "warning", "error"] = "error" if result.failed else "warning" if result.exit_code or result.alarms else "info"
        problems.of(lambda: log.write(level, "audit_failed" if result.failed else "audit_ended", self.now(), **result.model_dump(mode="json")))
        problems.of(lambda: self._write_metrics(schedule))
        if not result.failed or state.failures == 1:  # that it fails again and again is told once
            told = self._notified(schedule, result, due)
            problems.found.extend(told)
            for problem in told:
                problems.of(partial(log.write, "error", "notification_failed", self.now(), schedule=schedule.name, problem=problem))
        return Worked(schedule.name, "ran", due, result, tuple(problems.found))

    def _audited(self, schedule: Schedule, due: Due, started: datetime, before: State) -> RunResult:
        ticks = self.clock()
        try:
            ended = self.perform(schedule, self.stopping)
        except (Stopped, KeyboardInterrupt):
            save_state(before, schedule.name, self.folder)  # a stop that was asked for is no failure
            raise
        return result_of(ended, schedule, due.moment, started, self.clock() - ticks)

    def _notified(self, schedule: Schedule, result: RunResult, due: Due) -> tuple[str, ...]:
        try:
            environment = with_environment_file(Path(schedule.environment_file) if schedule.environment_file else None, os.environ)
        except UsageError as error:
            return (f"nobody could be told: {error}",)
        return notify(schedule.hooks, notice_of(result, schedule, due.following, due.not_before), environment, self.pause)

    def _write_metrics(self, schedule: Schedule) -> None:
        path = self.metrics or (Path(schedule.metrics) if schedule.metrics else None)
        if path is None:
            return
        states, due = {}, {}
        for name in schedule_names(self.folder):
            try:
                states[name], one = load_state(name, self.folder), load_schedule(name, self.folder)
            except CorpuskitError:
                states.pop(name, None)
                continue  # a damaged schedule is told where it is run; its series are then absent
            owed = what_is_due(one, states[name], self.now())
            due[name] = owed.moment or owed.following
        write_metrics(path, states, due)


@dataclass(frozen=True)
class _Problems:
    """What could not be written; the audit counts all the same."""

    found: list[str] = field(default_factory=list)

    def of(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self.found.append(f"{error.filename or 'a file'}: {error.strerror or error}")


def chosen(names: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Give the schedules that are named, or all of the folder."""
    return tuple(names) or schedule_names(folder)
