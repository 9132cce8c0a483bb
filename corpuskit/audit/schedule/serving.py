"""A runner in the foreground, for containers and machines without a scheduler."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from corpuskit.audit.schedule.audit_process import Stopped
from corpuskit.audit.schedule.due import what_is_due
from corpuskit.audit.schedule.running import Runner, Worked
from corpuskit.audit.schedule.stored import load_schedule, load_state, schedule_names
from corpuskit.errors import CorpuskitError

LONGEST_SLEEP = timedelta(minutes=1)
"""Because a schedule that was added, a clock that was set and a machine that slept are then seen within a minute."""


def serve(
    runner: Runner,
    wait: Callable[[float], bool],
    tell: Callable[[Worked | str], None],
    longest_sleep: timedelta = LONGEST_SLEEP,
) -> None:
    """Work off every schedule of the runner's folder as it falls due, until asked to stop.

    All that is remembered stands in the folder, so a restart neither repeats nor loses a run. A schedule that cannot be read is told once and
    does not hold up the others.

    Parameters
    ----------
    runner : Runner
    wait : callable
        Waits so many seconds; true where it was asked to stop meanwhile.
    tell : callable
        Is told about every run and every schedule that cannot be used.
    longest_sleep : timedelta
        After which the folder is read again.
    """
    complained: set[str] = set()
    while True:
        wake = runner.now() + longest_sleep
        for name in schedule_names(runner.folder):
            try:
                worked = runner.work_off(name)
                wake = min(wake, _wake(runner, name, worked))
            except Stopped:
                return
            except (CorpuskitError, OSError) as error:  # a damaged schedule, a full disk
                if str(error) not in complained:
                    complained.add(str(error))
                    tell(str(error))
                continue
            if worked.status == "ran":
                tell(worked)
        if wait(max(0.0, (wake - runner.now()).total_seconds())):
            return


def _wake(runner: Runner, name: str, worked: Worked) -> datetime:
    """Give the moment at which the schedule needs somebody next."""
    now = runner.now()
    if worked.status == "locked":
        return now + LONGEST_SLEEP
    return max(now, what_is_due(load_schedule(name, runner.folder), load_state(name, runner.folder), now).wake(now))
