"""What every scheduler is given."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from corpuskit.audit.schedule.installing.job import Job, run_program, same_clock, times_of
from corpuskit.audit.schedule.stored import default_folder
from corpuskit.errors import UsageError

from ..simulated import schedule
from .machines import BERLIN, NOW, TOKYO, Asked


def test_fields_become_sets_of_numbers():
    times = times_of("15,45 8-10 * * mon-fri")
    assert (times.minutes, times.hours, times.weekdays, times.any_day, times.any_month) == ((15, 45), (8, 9, 10), (1, 2, 3, 4, 5), True, True)
    assert times_of("0 6 * * 7").weekdays == times_of("0 6 * * 0").weekdays == (0,)
    assert (times_of("0 6 L * *").last_day, times_of("0 6 L * *").days) == (True, ())


@pytest.mark.parametrize(("expression", "either"), [("0 6 13 * 5", True), ("0 6 */2 * 5", False), ("0 6 * * 5", False), ("0 6 13 * *", False)])
def test_a_day_of_the_month_or_of_the_week_is_enough_as_in_cron(expression, either):
    assert times_of(expression).either is either


@pytest.mark.parametrize("expression", ["0 6 * * 5#2", "0 6 LW * *", "0 6 * * 5L"])
def test_what_only_cron_arithmetic_knows_has_no_sets(expression):
    assert times_of(expression) is None


def test_zones_are_alike_by_what_their_clocks_show():
    assert same_clock(BERLIN, ZoneInfo("Europe/Paris"), NOW)
    assert same_clock(ZoneInfo("UTC"), ZoneInfo("Etc/GMT"), NOW)
    assert not same_clock(BERLIN, ZoneInfo("Africa/Lagos"), NOW), "one of them changes its clocks"
    assert not same_clock(BERLIN, TOKYO, NOW)


def test_jobs_of_two_folders_do_not_share_a_name(tmp_path):
    made = schedule(tmp_path)
    ids = {Job.of(made, folder).id for folder in (default_folder(), tmp_path, tmp_path / "other")}
    assert len(ids) == 3
    assert "weekly" in ids
    assert Job.of(made, tmp_path).command[-2:] == ("--schedules", str(tmp_path))


def test_a_path_with_a_line_break_is_refused(tmp_path):
    with pytest.raises(UsageError, match="control character"):
        Job.of(schedule(tmp_path), Path("/data/a\nb"))


def test_a_program_that_says_no_is_an_error_with_its_words(tmp_path):
    machine = Asked({"crontab -": (1, b"", b"you are not allowed\n")}).machine(tmp_path)
    with pytest.raises(UsageError, match="crontab -: you are not allowed"):
        machine.must(("crontab", "-"), b"")
    assert run_program(("/no/such/program",), None).returncode == 127
