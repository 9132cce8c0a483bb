"""What a scheduler of the machine is given: a command, and when to call it.

The command works off what is due and nothing else, so a call too many does no harm. Each job therefore has, beside its due moments, an hourly look:
it makes up a moment that fell into the hour a clock change skips (systemd leaves that day out), a machine that was off, and an audit that failed. A
look that finds nothing costs about two seconds of one core. Where a scheduler cannot say the moments at all (another time zone, the last Friday of a
month), it looks every quarter of an hour instead.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from cronsim import CronSim

from corpuskit.audit.schedule.audit_process import CORPUSKIT
from corpuskit.audit.schedule.stored import Schedule, default_folder
from corpuskit.errors import UsageError

LOOK_MINUTES, ONLY_LOOK_MINUTES = 60, 15
ALL_MINUTES, ALL_HOURS, ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS = range(60), range(24), range(1, 32), range(1, 13), range(7)


@dataclass(frozen=True)
class Job:
    """A schedule as a scheduler sees it.

    ``id`` names its files, units, tasks and lines; a folder of schedules that is not the user's own has a part in it, so that two never collide.
    """

    id: str
    command: tuple[str, ...]
    every: str
    zone: ZoneInfo

    @classmethod
    def of(cls, schedule: Schedule, folder: Path) -> Job:
        """Make the job of a schedule that is kept in a folder.

        Raises
        ------
        UsageError
            A path holds a control character, which no scheduler takes.
        """
        own = folder.absolute() == default_folder().absolute()
        id = schedule.name if own else f"{schedule.name}-{hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:8]}"
        command = (*CORPUSKIT, "schedule", "run", schedule.name, "--quiet", "--schedules", str(folder.absolute()))
        if any(ord(character) < 32 for part in command for character in part):
            raise UsageError(f"{folder}: the path holds a control character, which schedulers do not take. Choose another with --schedules.")
        return cls(id, command, schedule.every, schedule.zone)


@dataclass(frozen=True)
class Times:
    """The moments of a job as sets of numbers; weekdays from 0 (Sunday) to 6. ``last_day``: of the month, beside ``days``."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    last_day: bool
    either: bool
    """Both days and weekdays are given, and one of them is enough, as in cron."""

    @property
    def any_day(self) -> bool:
        """Whether days of the month do not matter."""
        return len(self.days) == len(ALL_DAYS)

    @property
    def any_weekday(self) -> bool:
        """Whether days of the week do not matter."""
        return len(self.weekdays) == len(ALL_WEEKDAYS)

    @property
    def any_month(self) -> bool:
        """Whether months do not matter."""
        return len(self.months) == len(ALL_MONTHS)


def times_of(expression: str) -> Times | None:
    """Read cron fields; None where they say what only cron arithmetic knows (the second Friday, the last working day)."""
    parsed = CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC))
    days, weekdays = set(parsed.days), set(parsed.weekdays)
    last_day = CronSim.LAST in days
    days.discard(CronSim.LAST)
    if CronSim.LAST_WEEKDAY in days or any(isinstance(item, tuple) for item in weekdays):
        return None
    numbers = {int(item) % 7 for item in weekdays if not isinstance(item, tuple)}
    restricted = (len(days) < len(ALL_DAYS)) and len(numbers) < len(ALL_WEEKDAYS)
    return Times(
        minutes=tuple(sorted(parsed.minutes)),
        hours=tuple(sorted(parsed.hours)),
        days=tuple(sorted(days)),
        months=tuple(sorted(parsed.months)),
        weekdays=tuple(sorted(numbers)),
        last_day=last_day,
        either=restricted and not parsed.day_and,
    )


def same_clock(first: ZoneInfo, second: ZoneInfo, now: datetime) -> bool:
    """Tell whether two zones show the same time on every day of the coming year, whatever their names."""
    days = (now + timedelta(days=day) for day in range(370))
    return all(day.astimezone(first).utcoffset() == day.astimezone(second).utcoffset() for day in days)


@dataclass(frozen=True)
class Machine:
    """What installing touches: programs, the home folder, the time zone, the time."""

    run: Callable[[Sequence[str], bytes | None], subprocess.CompletedProcess[bytes]]
    home: Path
    zone: ZoneInfo
    now: datetime
    platform: str
    environment: Mapping[str, str]

    def must(self, command: Sequence[str], given: bytes | None = None) -> bytes:
        """Run a program and give its output.

        Raises
        ------
        UsageError
            It is missing or says no, with its own words.
        """
        done = self.run(command, given)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip() or f"exit code {done.returncode}"
            raise UsageError(f"{' '.join(command[:3])}: {said}")
        return done.stdout


def run_program(command: Sequence[str], given: bytes | None) -> subprocess.CompletedProcess[bytes]:
    """Run a program of the machine; one that is missing gives exit code 127, as in a shell."""
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, b"", b"not found")


class Installer(Protocol):
    """A kind of scheduler."""

    name: str

    def here(self, machine: Machine) -> bool:
        """Tell whether the machine has it, for this user."""

    def shown(self, job: Job, machine: Machine) -> str:
        """Give what would be installed, as text."""

    def install(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Install the job, or bring an installed one up to date, and say what was done."""

    def remove(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Undo it, and say what was done."""
