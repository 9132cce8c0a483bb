"""A systemd user timer with its service."""

from __future__ import annotations

from pathlib import Path

from corpuskit.audit.record import write_atomically
from corpuskit.audit.schedule.installing.job import ONLY_LOOK_MINUTES, Job, Machine, Times, times_of

_WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


class Systemd:
    """Timers of the user's own systemd."""

    name = "systemd"

    def here(self, machine: Machine) -> bool:
        """Tell whether a systemd of this user runs."""
        return machine.run(("systemctl", "--user", "show-environment"), None).returncode == 0

    def shown(self, job: Job, machine: Machine) -> str:
        """Give both units, each below its path."""
        folder = _folder(machine)
        return "\n".join(f"# {folder / name}\n{text}" for name, text in units(job).items())

    def install(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Write both units and start the timer."""
        folder, said = _folder(machine), []
        for name, text in units(job).items():
            write_atomically(folder / name, text.encode())
            said.append(f"wrote {folder / name}")
        machine.must(("systemctl", "--user", "daemon-reload"))
        # restart, not start: a running timer keeps its old moments
        machine.must(("systemctl", "--user", "enable", _timer(job)))
        machine.must(("systemctl", "--user", "restart", _timer(job)))
        return (*said, f"{_timer(job)} runs while you are logged in; always: loginctl enable-linger")

    def remove(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Stop the timer and remove both units."""
        folder = _folder(machine)
        present = [folder / name for name in units(job) if (folder / name).is_file()]
        if not present:
            return (f"{_timer(job)}: not installed",)
        machine.run(("systemctl", "--user", "disable", "--now", _timer(job)), None)
        for path in present:
            path.unlink(missing_ok=True)
        machine.run(("systemctl", "--user", "daemon-reload"), None)
        return tuple(f"removed {path}" for path in present)


def units(job: Job) -> dict[str, str]:
    """Give the units by the names of their files."""
    command = " ".join(_quoted(part) for part in job.command)
    calendar = "\n".join(f"OnCalendar={moment}" for moment in on_calendar(job))
    service = f"""[Unit]
Description=corpuskit: audit of the schedule {job.id}

[Service]
Type=oneshot
ExecStart={command}
# 1: the audit was made and something asks for a look
SuccessExitStatus=1
Nice=10
"""
    timer = f"""[Unit]
Description=corpuskit: when the schedule {job.id} looks whether an audit is due

[Timer]
{calendar}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""
    return {f"corpuskit-{job.id}.service": service, _timer(job): timer}


def on_calendar(job: Job) -> tuple[str, ...]:
    """Give the calendar expressions of a job, in its own time zone."""
    times = times_of(job.every)
    if times is None or (times.last_day and times.days):
        return (f"*:0/{ONLY_LOOK_MINUTES}",)
    clock = f"{_listed(times.hours, 24)}:{_listed(times.minutes, 60)}:00 {job.zone.key}"
    return (*(f"{day} {clock}" for day in _days(times)), "hourly")


def _days(times: Times) -> tuple[str, ...]:
    weekdays = "" if times.any_weekday else ",".join(_WEEKDAYS[day] for day in times.weekdays) + " "
    months = "*" if times.any_month else ",".join(f"{month:02}" for month in times.months)
    dates = "~01" if times.last_day else "-*" if times.any_day else "-" + ",".join(f"{day:02}" for day in times.days)
    if times.either:
        return f"{weekdays}*-{months}-*", f"*-{months}{dates}"
    return (f"{weekdays}*-{months}{dates}",)


def _listed(numbers: tuple[int, ...], every: int) -> str:
    return "*" if len(numbers) == every else ",".join(f"{number:02}" for number in numbers)


def _quoted(part: str) -> str:
    """Write one word of a command line as systemd reads it: % and $ doubled, quotes and backslashes escaped."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _timer(job: Job) -> str:
    return f"corpuskit-{job.id}.timer"


def _folder(machine: Machine) -> Path:
    configuration = machine.environment.get("XDG_CONFIG_HOME")
    return (Path(configuration) if configuration else machine.home / ".config") / "systemd" / "user"
