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

from corpuskit.audit.event_log import EventLog
from corpuskit.audit.notify import notify
from corpuskit.audit.schedule.audit_process import Ended, Stopped, never, result_of, run_audit
from corpuskit.audit.schedule.begun import Begun, Claim, Left
from corpuskit.audit.schedule.due import Due, what_is_due
from corpuskit.audit.schedule.environment_file import with_environment_file
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
        Makes the audit of a schedule; asked with a function that tells whether to stop, and with where it is to leave its result.
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
    perform: Callable[[Schedule, Callable[[], bool], Begun], Ended] = run_audit
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
        audit = Begun.of(schedule.name, self.folder)
        if audit.runs():  # the runner that began it was killed
            return Worked(schedule.name, "locked")
        before = load_state(schedule.name, self.folder)  # read under the lock: another run may just have ended
        started = self.now().astimezone(UTC)
        if (left := _uncounted(audit, before)) is not None and not force:
            seconds = max(0.0, (left.ended - left.claim.started_at).total_seconds())
            ended = Ended(left.code, left.stdout, left.stderr)
            return self._counted(schedule, before, result_of(ended, schedule, left.claim.moment, left.claim.started_at, seconds), _Problems())
        due = what_is_due(schedule, before, started)
        if not force and due.moment is None:
            return Worked(schedule.name, "not_due", due)
        if not force and due.waits(started):
            return Worked(schedule.name, "waits", due)
        problems = _Problems()
        log = self._log(schedule)
        begun = before.begun(started)
        audit.begin(Claim(moment=due.moment, started_at=started))
        save_state(begun, schedule.name, self.folder)
        problems.of(lambda: log.write("info", "audit_started", started, schedule=schedule.name, moment=due.moment))
        return self._counted(schedule, begun, self._audited(schedule, due, started, before, audit), problems)

    def _log(self, schedule: Schedule) -> EventLog:
        return EventLog(self.log or (Path(schedule.log) if schedule.log else None))

    def _counted(self, schedule: Schedule, begun: State, result: RunResult, problems: _Problems) -> Worked:
        """Count an audit, and tell of it."""
        state, log = begun.ended(result, self.now()), self._log(schedule)
        save_state(state, schedule.name, self.folder)
        Begun.of(schedule.name, self.folder).clear()
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

    def _audited(self, schedule: Schedule, due: Due, started: datetime, before: State, audit: Begun) -> RunResult:
        ticks = self.clock()
        try:
            ended = self.perform(schedule, self.stopping, audit)
        except (Stopped, KeyboardInterrupt):
            audit.clear()
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


def _uncounted(audit: Begun, state: State) -> Left | None:
    """Give what an audit left whose runner was killed before it could count it."""
    left = audit.left()
    if left is None or left.claim.started_at != state.last_attempt or (state.last is not None and state.last.started_at == state.last_attempt):
        return None
    return left


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
