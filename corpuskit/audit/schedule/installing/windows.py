"""A task of the Windows Task Scheduler, as XML of version 1.2."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from itertools import product
from pathlib import Path

from lxml import etree

from corpuskit.audit.schedule.installing.job import LOOK_MINUTES, ONLY_LOOK_MINUTES, Job, Machine, Times, same_clock, times_of

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
MOST_TRIGGERS = 40
"""A task takes 48; a job with more looks every quarter of an hour, which is not later than it says."""
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_Fill = Callable[[etree._Element], None]


class WindowsTask:
    """Tasks in the folder ``corpuskit`` of the Task Scheduler."""

    name = "windows"

    def here(self, machine: Machine) -> bool:
        """Tell whether the machine runs Windows."""
        return machine.platform == "win32"

    def shown(self, job: Job, machine: Machine) -> str:
        """Give the XML."""
        return task_xml(job, machine).decode("utf-16")

    def install(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Create the task; one of the same name is replaced."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_bytes(task_xml(job, machine))
            machine.must(("schtasks", "/Create", "/TN", _name(job), "/XML", str(file), "/F"))
        return (f"task {_name(job)}: it runs while you are logged in",)

    def remove(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Delete the task."""
        if machine.run(("schtasks", "/Query", "/TN", _name(job)), None).returncode != 0:
            return (f"task {_name(job)}: not installed",)
        machine.must(("schtasks", "/Delete", "/TN", _name(job), "/F"))
        return (f"task {_name(job)}: deleted",)


def task_xml(job: Job, machine: Machine) -> bytes:
    """Write the task of a job, in UTF-16 as ``schtasks`` reads it."""
    task = etree.fromstring(f'<Task version="1.2" xmlns="{NAMESPACE}"/>')
    _add(_add(task, "RegistrationInfo"), "Description", f"corpuskit: audit of the schedule {job.id}")
    triggers = _add(task, "Triggers")
    times = times_of(job.every)
    fills = _fills(times) if times is not None and same_clock(job.zone, machine.zone, machine.now) else None
    exact = list(product(times.hours, times.minutes, fills)) if times is not None and fills is not None else []
    day = f"{machine.now.astimezone(machine.zone):%Y-%m-%d}"
    for hour, minute, fill in exact if len(exact) <= MOST_TRIGGERS else ():
        trigger = _add(triggers, "CalendarTrigger")
        _add(trigger, "StartBoundary", f"{day}T{hour:02}:{minute:02}:00")
        _add(trigger, "Enabled", "true")
        fill(trigger)
    look = LOOK_MINUTES if 0 < len(exact) <= MOST_TRIGGERS else ONLY_LOOK_MINUTES
    _look(triggers, look, machine.now.astimezone(machine.zone))
    principal = _add(_add(task, "Principals"), "Principal")
    principal.set("id", "Author")
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = _add(task, "Settings")
    for name, value in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("Enabled", "true"),
        ("ExecutionTimeLimit", "PT0S"),  # none: a large folder may take days the first time
        ("Priority", "7"),
    ):
        _add(settings, name, value)
    actions = _add(task, "Actions")
    actions.set("Context", "Author")
    execute = _add(actions, "Exec")
    _add(execute, "Command", job.command[0])
    _add(execute, "Arguments", subprocess.list2cmdline(job.command[1:]))
    written: bytes = etree.tostring(task, encoding="UTF-16", xml_declaration=True, pretty_print=True)  # type: ignore[assignment]  # str only for unicode
    return written


def _look(triggers: etree._Element, minutes: int, now: datetime) -> None:
    trigger = _add(triggers, "TimeTrigger")
    repetition = _add(trigger, "Repetition")
    _add(repetition, "Interval", f"PT{minutes}M")
    _add(repetition, "StopAtDurationEnd", "false")
    _add(trigger, "StartBoundary", f"{now:%Y-%m-%d}T00:00:00")
    _add(trigger, "Enabled", "true")


def _fills(times: Times) -> list[_Fill] | None:
    """Give the days as the Task Scheduler says them; None where it cannot."""
    by_date, by_week = not times.any_day or times.last_day or not times.any_month, not times.any_weekday
    if by_date and by_week and not (times.either and times.any_month):
        return None
    fills: list[_Fill] = []
    if by_week:
        fills.append(lambda trigger: _by_week(trigger, times))
    if by_date:
        fills.append(lambda trigger: _by_month(trigger, times))
    return fills or [_by_day]


def _by_day(trigger: etree._Element) -> None:
    _add(_add(trigger, "ScheduleByDay"), "DaysInterval", "1")


def _by_week(trigger: etree._Element, times: Times) -> None:
    week = _add(trigger, "ScheduleByWeek")
    _add(week, "WeeksInterval", "1")
    days = _add(week, "DaysOfWeek")
    for day in times.weekdays:
        _add(days, _WEEKDAYS[day])


def _by_month(trigger: etree._Element, times: Times) -> None:
    month = _add(trigger, "ScheduleByMonth")
    days, months = _add(month, "DaysOfMonth"), _add(month, "Months")
    for day in (*times.days, *(("Last",) if times.last_day else ())):
        _add(days, "Day", str(day))
    for number in times.months:
        _add(months, _MONTHS[number - 1])


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element


def _name(job: Job) -> str:
    return rf"corpuskit\{job.id}"
