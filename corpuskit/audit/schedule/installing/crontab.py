"""Lines in the user's crontab, between two marks; whatever else stands there stays as it is, byte for byte."""

from __future__ import annotations

import re
import shlex

from corpuskit.audit.schedule.installing.job import LOOK_MINUTES, ONLY_LOOK_MINUTES, Job, Machine, same_clock, times_of
from corpuskit.errors import UsageError

LONGEST_LINE = 990
"""Debian's cron refuses commands of 1000 bytes and more."""
_NAMES = {
    name: str(number)
    for names, first in (("SUN MON TUE WED THU FRI SAT", 0), ("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", 1))
    for number, name in enumerate(names.split(), first)
}


class Crontab:
    """The ``crontab`` of the machine."""

    name = "cron"

    def here(self, machine: Machine) -> bool:
        """Tell whether this user may have a crontab: reading it works, or says that there is none yet."""
        done = machine.run(("crontab", "-l"), None)
        return done.returncode == 0 or b"no crontab" in done.stderr

    def shown(self, job: Job, machine: Machine) -> str:
        """Give the lines with their marks.

        Raises
        ------
        UsageError
            The command is longer than cron takes.
        """
        # cron reads % as the end of a line, and \% as %
        command = shlex.join(job.command).replace("%", r"\%")
        if len(command.encode()) > LONGEST_LINE:
            long = len(command.encode())
            raise UsageError(f"The command of {job.id} is {long} bytes long, cron takes {LONGEST_LINE}. Choose a shorter --schedules.")
        begin, end = _marks(job)
        return "\n".join([begin, *(f"{when} {command}" for when in _when(job, machine)), end, ""])

    def install(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Put the lines into the crontab; lines of the same job are replaced where they stand."""
        kept = _read(machine)
        lines = self.shown(job, machine).encode()
        found = _block(job).search(kept)
        before, after = (kept[: found.start()], kept[found.end() :]) if found else (kept, b"")
        new = before + (b"\n" if before and not before.endswith(b"\n") else b"") + lines + after
        if new == kept:
            return ("crontab: nothing to change",)
        machine.must(("crontab", "-"), new)
        return (f"crontab: {len(lines.splitlines()) - 2} lines {'replaced' if found else 'added'}; crontab -l shows them",)

    def remove(self, job: Job, machine: Machine) -> tuple[str, ...]:
        """Take the lines out; a crontab that is empty then is removed."""
        kept = _read(machine)
        new = _block(job).sub(b"", kept)
        if new == kept:
            return ("crontab: no lines of this schedule",)
        machine.must(("crontab", "-"), new) if new else machine.must(("crontab", "-r"))
        return ("crontab: its lines were taken out",)


def _when(job: Job, machine: Machine) -> tuple[str, ...]:
    times = times_of(job.every)
    if times is None or times.last_day or not same_clock(job.zone, machine.zone, machine.now):
        return (f"*/{ONLY_LOOK_MINUTES} * * * *",)
    numbered = re.sub("[A-Za-z]{3}", lambda name: _NAMES[name[0].upper()], job.every)
    look = f"{0 if LOOK_MINUTES == 60 else '*'} * * * *"
    return (numbered,) if numbered == look else (numbered, look)


def _marks(job: Job) -> tuple[str, str]:
    return f"# corpuskit schedule {job.id}: begin", f"# corpuskit schedule {job.id}: end"


def _block(job: Job) -> re.Pattern[bytes]:
    begin, end = (re.escape(mark.encode()) for mark in _marks(job))
    return re.compile(rb"^" + begin + rb"\n(?:(?!# corpuskit schedule ).*\n)*?" + end + rb"(?:\n|\Z)", re.MULTILINE)


def _read(machine: Machine) -> bytes:
    done = machine.run(("crontab", "-l"), None)
    if done.returncode == 0:
        return done.stdout
    if b"no crontab" in done.stderr:
        return b""
    raise UsageError(f"crontab -l: {done.stderr.decode(errors='replace').strip() or 'cannot be read'}. Choose another scheduler with --with.")
