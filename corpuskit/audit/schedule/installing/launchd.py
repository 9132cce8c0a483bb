"""A launchd agent of the user, on macOS."""

from __future__ import annotations

import os
import plistlib
from itertools import product
from pathlib import Path
from typing import Any

from corpuskit.audit.record import write_atomically
from corpuskit.audit.schedule.installing.job import ONLY_LOOK_MINUTES, Job, Machine, Times, same_clock, times_of

MOST_INTERVALS = 400
"""Entries of a calendar; a job with more looks every quarter of an hour, which is not later than it says."""


class Launchd:
    """Agents in ``~/Library/LaunchAgents``."""

    name = "launchd"

    def here(self, machine: Machine) -> bool:
        """Tell whether the machine is a Mac."""
        return machine.platform == "darwin"

    def shown(self, job: Job, machine: Machine) -> str:
        """Give the property list."""
        return plist(job, machine).decode()

    def install(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Write the agent and load it; one that is loaded already is loaded anew."""
        path = _path(job, machine)
        write_atomically(path, plist(job, machine))
        machine.run(("launchctl", "bootout", f"{_domain()}/{_label(job)}"), None)
        machine.must(("launchctl", "bootstrap", _domain(), str(path)))
        return (f"wrote {path}", f"{_label(job)} runs while you are logged in")

    def remove(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Unload the agent and remove its file."""
        path = _path(job, machine)
        if not path.is_file():
            return (f"{_label(job)}: not installed",)
        machine.run(("launchctl", "bootout", f"{_domain()}/{_label(job)}"), None)
        path.unlink(missing_ok=True)
        return (f"removed {path}",)


def plist(job: Job, machine: Machine) -> bytes:
    """Write the property list of a job."""
    agent: dict[str, Any] = {
        "Label": _label(job),
        "ProgramArguments": list(job.command),
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    times = times_of(job.every)
    intervals = _intervals(times) if times is not None and same_clock(job.zone, machine.zone, machine.now) else None
    if intervals is None or len(intervals) > MOST_INTERVALS:
        agent["StartInterval"] = ONLY_LOOK_MINUTES * 60
    else:
        agent["StartCalendarInterval"] = [*intervals, {"Minute": 0}]
    return plistlib.dumps(agent, sort_keys=True)


def _intervals(times: Times) -> list[dict[str, int]] | None:
    """Give the moments as launchd takes them: one entry for each combination, a part that is left out stands for all of it."""
    if times.last_day:
        return None
    clock = [_part("Minute", times.minutes, 60), _part("Hour", times.hours, 24), _part("Month", times.months, 12)]
    days, weekdays = _part("Day", times.days, 31), _part("Weekday", times.weekdays, 7)
    kinds = [[*clock, days], [*clock, weekdays]] if times.either else [[*clock, days, weekdays]]
    return [{name: number for part in combination for name, number in part.items()} for parts in kinds for combination in product(*parts)]


def _part(name: str, numbers: tuple[int, ...], every: int) -> list[dict[str, int]]:
    return [{}] if len(numbers) == every else [{name: number} for number in numbers]


def _label(job: Job) -> str:
    return f"corpuskit.schedule.{job.id}"


def _domain() -> str:
    return f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"


def _path(job: Job, machine: Machine) -> Path:
    return machine.home / "Library" / "LaunchAgents" / f"{_label(job)}.plist"
