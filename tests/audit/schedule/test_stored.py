"""Schedules and how far they have come, in files."""

from datetime import UTC, datetime, timedelta

import pytest

from corpuskit.audit.schedule.stored import (
    WORKED_OFF_KEPT,
    RunResult,
    Schedule,
    State,
    check_schedule_name,
    load_schedule,
    load_state,
    remove_schedule,
    save_state,
    schedule_names,
)
from corpuskit.errors import RecordError, UsageError

from .simulated import schedule

MOMENT = datetime(2026, 1, 5, 5, tzinfo=UTC)


def result(code=0, moment=MOMENT):
    return RunResult(schedule="weekly", moment=moment, started_at=MOMENT, seconds=1.5, exit_code=code)


def test_a_schedule_is_read_back_as_it_was_kept(tmp_path):
    hooks = ({"kind": "webhook", "url": "env:HOOK", "when": ["always"]},)
    made = schedule(tmp_path, options=("--label-column", "区分"), hooks=hooks, language="ja")
    assert load_schedule("weekly", tmp_path) == made
    assert schedule_names(tmp_path) == ("weekly",)
    assert schedule_names(tmp_path / "missing") == ()


def test_a_state_is_read_back_and_begins_empty(tmp_path):
    assert load_state("weekly", tmp_path) == State()
    state = State().begun(MOMENT).ended(result(), MOMENT + timedelta(minutes=1))
    save_state(state, "weekly", tmp_path)
    assert load_state("weekly", tmp_path) == state
    assert (state.worked_off, state.failures, state.last_completed) == ((MOMENT,), 0, MOMENT + timedelta(minutes=1))


def test_only_a_run_that_made_a_report_works_a_moment_off():
    failed = State().begun(MOMENT).ended(result(2), MOMENT)
    assert (failed.worked_off, failed.failures, failed.last_completed) == ((), 1, None)
    assert State().begun(MOMENT).ended(result(1), MOMENT).worked_off == (MOMENT,)
    assert State().begun(MOMENT).ended(result(0, None), MOMENT).worked_off == ()


def test_what_is_remembered_does_not_grow_for_ever():
    state = State()
    for hour in range(WORKED_OFF_KEPT + 50):
        state = state.ended(result(0, MOMENT + timedelta(hours=hour)), MOMENT)
    assert len(state.worked_off) == WORKED_OFF_KEPT
    assert state.worked_off[-1] == MOMENT + timedelta(hours=WORKED_OFF_KEPT + 49)


@pytest.mark.parametrize("name", ["", "Weekly", "週次", "a b", "../x", "-x", "a" * 41, "a\n", "a.b"])
def test_a_name_that_a_scheduler_would_not_take_is_refused(tmp_path, name):
    for refused in (check_schedule_name, lambda one: load_schedule(one, tmp_path), lambda one: remove_schedule(one, tmp_path)):
        with pytest.raises(UsageError, match="no name of a schedule"):
            refused(name)


def test_removing_forgets_both_files(tmp_path):
    schedule(tmp_path)
    save_state(State(), "weekly", tmp_path)
    remove_schedule("weekly", tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match=r"no schedule 'weekly'. There are: none"):
        remove_schedule("weekly", tmp_path)
    with pytest.raises(UsageError, match="There are: none"):
        load_schedule("weekly", tmp_path)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"name": "weekly"}'])
def test_damaged_files_are_named_with_what_to_do(tmp_path, damage):
    (tmp_path / "weekly.schedule.json").write_bytes(damage)
    (tmp_path / "weekly.state.json").write_bytes(damage)
    with pytest.raises(RecordError, match=r"weekly.schedule.json: cannot be used.*Add the schedule again"):
        load_schedule("weekly", tmp_path)
    with pytest.raises(RecordError, match=r"weekly.state.json: cannot be used.*last due moment is then owed"):
        load_state("weekly", tmp_path)


@pytest.mark.parametrize("change", [{"every": "never"}, {"zone": "Mars/Olympus"}, {"created_at": datetime(2026, 1, 1)}, {"hooks": [{"kind": "fax"}]}])
def test_a_schedule_that_cannot_run_is_not_built(tmp_path, change):
    with pytest.raises((UsageError, ValueError)):
        schedule(tmp_path, **change)
    assert schedule_names(tmp_path) == ()


def test_a_schedule_that_was_edited_by_hand_is_checked(tmp_path):
    made = schedule(tmp_path)
    path = tmp_path / "weekly.schedule.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0 6 * * 1", "0 6 31 2 *"), encoding="utf-8")
    with pytest.raises(RecordError, match="0 6 31 2"):
        load_schedule("weekly", tmp_path)
    assert isinstance(made, Schedule)
