"""Whether an audit is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpuskit.audit.schedule.stored import Schedule, State
from corpuskit.audit.schedule.times import last_moment, next_moment

FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=50), timedelta(hours=24)
"""After a failure the next look, which comes hourly, tries again; each further pause is twice as long: what failed three times needs a person."""
INTERRUPTIONS = 3
"""Runs that were cut off (the machine went down) and are made up at once; from then on it may be the audit that brings the machine down."""


@dataclass(frozen=True)
class Due:
    """What is owed at a moment.

    Attributes
    ----------
    moment : datetime or None
        The due moment that no audit has worked off; None: nothing is owed. Only the last one counts: a machine that was off for
        three weeks owes one audit, not three.
    not_before : datetime or None
        Where earlier attempts failed: when the next one is made by itself.
    following : datetime
        The next due moment.
    """

    moment: datetime | None
    not_before: datetime | None
    following: datetime

    def waits(self, now: datetime) -> bool:
        """Tell whether an audit is owed but not yet tried again. A clock that was set back keeps nobody waiting for longer than a pause."""
        return self.not_before is not None and self.not_before - LONGEST_RETRY < now < self.not_before

    def wake(self, now: datetime) -> datetime:
        """Give the moment at which there is something to do next, at the earliest now."""
        if self.moment is None:
            return self.following
        return min(self.not_before, self.following) if self.not_before is not None and self.waits(now) else now


def what_is_due(schedule: Schedule, state: State, now: datetime) -> Due:
    """Tell what a schedule owes.

    A moment is owed until an audit that was begun for it has ended with a report. Moments that were worked off are remembered one by one, not as the
    last of them, so a clock that is set back repeats none, and one that was ahead for a while does not keep those back that it jumped over.

    Parameters
    ----------
    schedule : Schedule
    state : State
    now : datetime
        With a time zone.
    """
    last = last_moment(schedule.every, schedule.zone, now)
    owed = last > schedule.created_at.astimezone(UTC) and last not in state.worked_off
    return Due(last if owed else None, _not_before(state, last) if owed else None, next_moment(schedule.every, schedule.zone, now))


def _not_before(state: State, moment: datetime) -> datetime | None:
    """Give the end of the pause after attempts at this moment; None where there was none, or it was only cut off."""
    if not state.failures or state.last_attempt is None or state.last_attempt < moment:
        return None
    cut_off = state.last is None or state.last.started_at != state.last_attempt
    if cut_off and state.failures < INTERRUPTIONS:
        return None
    pause: timedelta = min(FIRST_RETRY * (1 << min(state.failures - 1, 10)), LONGEST_RETRY)
    return state.last_attempt + pause
