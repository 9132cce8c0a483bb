"""What is owed when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.audit.schedule.due import LONGEST_RETRY, Due, what_is_due
from corpuskit.audit.schedule.stored import RunResult, Schedule, State

MONDAY = datetime(2026, 1, 5, 5, tzinfo=UTC)
WEEKLY = Schedule(
    name="weekly", paths=("/data",), every="0 6 * * 1", time_zone="Europe/Berlin", folder="/", created_at=datetime(2026, 1, 1, tzinfo=UTC)
)
MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)


@pytest.mark.parametrize(
    ("now", "state", "owed"),
    [
        (MONDAY - MINUTE, State(), None),
        (MONDAY, State(), MONDAY),
        (MONDAY, State(worked_off=(MONDAY,)), None),
        (MONDAY + WEEK - MINUTE, State(worked_off=(MONDAY,)), None),
        (MONDAY + WEEK, State(worked_off=(MONDAY,)), MONDAY + WEEK),
        (MONDAY + 5 * WEEK, State(worked_off=(MONDAY,)), MONDAY + 5 * WEEK),
    ],
)
def test_the_last_due_moment_is_owed_until_it_is_worked_off(now, state, owed):
    assert what_is_due(WEEKLY, state, now).moment == owed


def test_moments_before_the_schedule_was_made_are_not_owed():
    made = WEEKLY.model_copy(update={"created_at": MONDAY + MINUTE})
    assert what_is_due(made, State(), MONDAY + timedelta(days=3)) == Due(None, None, MONDAY + WEEK)


def test_what_was_cut_off_is_made_up_at_once_and_what_failed_waits():
    cut_off = State().begun(MONDAY)
    assert not what_is_due(WEEKLY, cut_off, MONDAY + MINUTE).waits(MONDAY + MINUTE)
    failed = cut_off.ended(RunResult(schedule="weekly", moment=MONDAY, started_at=MONDAY, seconds=1, exit_code=2), MONDAY)
    due = what_is_due(WEEKLY, failed, MONDAY + MINUTE)
    assert due.waits(MONDAY + MINUTE)
    assert due.wake(MONDAY + MINUTE) == due.not_before == MONDAY + 50 * MINUTE
    assert not due.waits(MONDAY + 50 * MINUTE)


@given(st.integers(1, 1000), st.integers(-3000, 3000))
def test_nobody_waits_for_longer_than_the_longest_pause(failures, minutes):
    """Whatever the clock does: a moment that is owed is tried again within a day of it."""
    result = RunResult(schedule="weekly", moment=MONDAY, started_at=MONDAY, seconds=1, exit_code=2)
    state = State(last_attempt=MONDAY, failures=failures, last=result)
    now = MONDAY + minutes * MINUTE
    due = what_is_due(WEEKLY, state, now)
    assert now <= due.wake(now) <= max(now + LONGEST_RETRY, due.following)
