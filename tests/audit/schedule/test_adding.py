"""A schedule and its job: both or none."""

import pytest
from filelock import FileLock

from corpuskit.audit.schedule.adding import add_schedule, drop_schedule
from corpuskit.audit.schedule.installing import INSTALLERS
from corpuskit.audit.schedule.stored import State, load_schedule, load_state, save_state, schedule_names
from corpuskit.errors import UsageError

from .installing.machines import NOW, TOKYO, Asked
from .simulated import schedule


@pytest.fixture
def made(tmp_path):
    return schedule(tmp_path / "elsewhere")


def test_adding_twice_is_adding_once(tmp_path, made):
    folder, machine = tmp_path / "schedules", Asked().machine(tmp_path)
    add_schedule(made, folder, INSTALLERS["systemd"], machine)
    kept = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    save_state(State(failures=2), "weekly", folder)
    add_schedule(made.model_copy(update={"created_at": NOW}), folder, INSTALLERS["systemd"], machine)
    assert {path: path.read_bytes() for path in kept} == kept, "the day since which it counts stays too"
    assert load_state("weekly", folder).failures == 2
    add_schedule(made.model_copy(update={"created_at": NOW, "every": "0 7 * * 1"}), folder, INSTALLERS["systemd"], machine)
    assert load_schedule("weekly", folder).created_at == NOW, "other times: nothing of before is owed"


def test_another_scheduler_takes_over_and_the_first_is_cleared(tmp_path, made):
    folder, asked = tmp_path / "schedules", Asked({"crontab -l": (1, b"", b"no crontab for me")})
    machine = asked.machine(tmp_path)
    add_schedule(made, folder, INSTALLERS["systemd"], machine)
    add_schedule(made, folder, INSTALLERS["cron"], machine)
    assert not list((tmp_path / ".config").rglob("*.timer"))
    assert load_schedule("weekly", folder).installed_with == "cron"
    add_schedule(made, folder, None, machine)
    assert load_schedule("weekly", folder).installed_with == ""


def test_a_scheduler_that_says_no_leaves_everything_as_it_was(tmp_path, made):
    folder = tmp_path / "schedules"
    refusing = Asked({"crontab -l": (1, b"", b"no crontab for me"), "crontab -": (1, b"", b"disk is full")}).machine(tmp_path)
    with pytest.raises(UsageError, match="disk is full"):
        add_schedule(made, folder, INSTALLERS["cron"], refusing)
    assert schedule_names(folder) == ()
    add_schedule(made, folder, None, refusing)
    with pytest.raises(UsageError, match="disk is full"):
        add_schedule(made.model_copy(update={"every": "0 7 * * 1"}), folder, INSTALLERS["cron"], refusing)
    assert load_schedule("weekly", folder).every == made.every


def test_removing_undoes_the_adding(tmp_path, made):
    folder, machine = tmp_path / "schedules", Asked().machine(tmp_path, zone=TOKYO)
    add_schedule(made, folder, INSTALLERS["systemd"], machine)
    drop_schedule("weekly", folder, machine)
    left = [path.name for path in tmp_path.rglob("*") if path.is_file() and "elsewhere" not in path.parts]
    assert [name for name in left if name != ".adding.lock"] == []
    with pytest.raises(UsageError, match="no schedule 'weekly'"):
        drop_schedule("weekly", folder, machine)


def test_a_schedule_that_runs_is_not_removed(tmp_path, made):
    folder, machine = tmp_path / "schedules", Asked().machine(tmp_path)
    add_schedule(made, folder, INSTALLERS["systemd"], machine)
    with FileLock(folder / "weekly.lock"), pytest.raises(UsageError, match="runs at this moment"):
        drop_schedule("weekly", folder, machine)
    assert schedule_names(folder) == ("weekly",)
    assert list((tmp_path / ".config").rglob("*.timer"))
