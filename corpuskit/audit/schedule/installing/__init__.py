"""Schedulers of the machine that call ``corpuskit schedule run``: one file for each kind.

To add one: write ``<kind>.py`` with a class that has what :class:`~corpuskit.audit.schedule.installing.job.Installer` asks for, and name it in
:data:`INSTALLERS`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from corpuskit.audit.schedule.installing.crontab import Crontab
from corpuskit.audit.schedule.installing.job import Installer, Job, Machine, run_program
from corpuskit.audit.schedule.installing.launchd import Launchd
from corpuskit.audit.schedule.installing.systemd import Systemd
from corpuskit.audit.schedule.installing.windows import WindowsTask
from corpuskit.audit.schedule.stored import Schedule
from corpuskit.audit.schedule.times import time_zone
from corpuskit.errors import UnknownName, UsageError

_ALL: tuple[Installer, ...] = (Systemd(), Launchd(), WindowsTask(), Crontab())
INSTALLERS: Mapping[str, Installer] = {installer.name: installer for installer in _ALL}
"""By name, in the order in which they are looked for."""

__all__ = ["INSTALLERS", "Installer", "Job", "Machine", "installer_named", "installer_of", "printed_jobs", "this_machine"]


def this_machine() -> Machine:
    """Give the machine that this runs on."""
    return Machine(run_program, Path.home(), time_zone(), datetime.now(UTC), sys.platform, os.environ)


def installer_named(name: str) -> Installer:
    """Give a scheduler by its name.

    Raises
    ------
    UnknownName
        There is none.
    """
    if name not in INSTALLERS:
        raise UnknownName("scheduler", name, (*INSTALLERS, "print"))
    return INSTALLERS[name]


def installer_of(machine: Machine) -> Installer:
    """Find the scheduler of a machine.

    Raises
    ------
    UsageError
        It has none that this user may use.
    """
    for installer in _ALL:
        if installer.here(machine):
            return installer
    raise UsageError(
        "No scheduler was found that you may use (systemd of the user, crontab). Keep the schedule with --with print and let something call "
        "`corpuskit schedule run` hourly, or run `corpuskit schedule serve`."
    )


def printed_jobs(schedule: Schedule, folder: Path, machine: Machine) -> dict[str, str]:
    """Give what each scheduler of this kind of machine would get, by its name."""
    kinds = {"darwin": ("launchd",), "win32": ("windows",)}.get(machine.platform, ("systemd", "cron"))
    return {kind: INSTALLERS[kind].shown(Job.of(schedule, folder), machine) for kind in kinds}
