"""Adding and removing schedules: the file, and the job of the machine's scheduler that belongs to it; both or none."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from corpuskit.audit.schedule.begun import Begun
from corpuskit.audit.schedule.installing import Installer, Job, Machine, installer_named
from corpuskit.audit.schedule.stored import Schedule, check_schedule_name, load_schedule, remove_schedule, save_schedule, schedule_names
from corpuskit.errors import CorpuskitError, UsageError

_PATIENCE = 30.0
"""Seconds to wait for another add or remove, which take one."""


def add_schedule(schedule: Schedule, folder: Path, installer: Installer | None, machine: Machine) -> tuple[str, ...]:
    """Keep a schedule and install its job; one of the same name is replaced, and adding it twice changes nothing.

    An earlier schedule of the name keeps how far it has come, and the day since which it counts where its times stay.

    Parameters
    ----------
    schedule : Schedule
    folder : Path
        Of the schedules.
    installer : Installer or None
        None: the machine's schedulers are left alone.
    machine : Machine

    Returns
    -------
    tuple of str
        What was done.

    Raises
    ------
    UsageError
        The scheduler says no; the schedule is then as it was before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".adding.lock", timeout=_PATIENCE):
        before = load_schedule(schedule.name, folder) if schedule.name in schedule_names(folder) else None
        if before is not None and (before.every, before.time_zone) == (schedule.every, schedule.time_zone):
            schedule = schedule.model_copy(update={"created_at": before.created_at})
        name = installer.name if installer is not None else ""
        said: list[str] = []
        save_schedule(schedule.model_copy(update={"installed_with": name}), folder)
        try:
            if installer is not None:
                said += installer.install(Job.of(schedule, folder), machine)
        except (CorpuskitError, OSError):
            if before is not None:
                save_schedule(before, folder)
            else:
                remove_schedule(schedule.name, folder)
            raise
        if before is not None and before.installed_with and before.installed_with != name:
            said += installer_named(before.installed_with).remove(Job.of(before, folder), machine)
    return (f"{'changed' if before is not None else 'added'} {schedule.name} in {folder}", *said)


def drop_schedule(name: str, folder: Path, machine: Machine) -> tuple[str, ...]:
    """Remove the job of a schedule from the machine, then the schedule. Reports and history stay.

    Raises
    ------
    UsageError
        There is no such schedule, it runs at this moment, or the scheduler says no.
    RecordError
        Its file is damaged, so where it was installed cannot be told.
    """
    check_schedule_name(name)
    schedule = load_schedule(name, folder)
    lock = folder / f"{name}.lock"
    said: tuple[str, ...] = ()
    try:
        with FileLock(folder / ".adding.lock", timeout=_PATIENCE), FileLock(lock, timeout=0):
            if Begun.of(name, folder).runs():
                raise Timeout(str(lock))
            if schedule.installed_with:
                said = installer_named(schedule.installed_with).remove(Job.of(schedule, folder), machine)
            remove_schedule(name, folder)
    except Timeout:
        raise UsageError(f"{name} runs at this moment. Wait until it has ended, or end it, then remove it.") from None
    lock.unlink(missing_ok=True)
    Begun.of(name, folder).clear()
    return (*said, f"removed {name} from {folder}")
