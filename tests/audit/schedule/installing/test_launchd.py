"""Agents of macOS: Apple's format is read back by Python's reader of it."""

import plistlib
from datetime import UTC, timedelta
from itertools import takewhile

import pytest

from corpuskit.audit.schedule.installing.launchd import Launchd, plist
from corpuskit.audit.schedule.times import moments

from .machines import BERLIN, COMMAND, EXPRESSIONS, NOW, TOKYO, Asked, job

KEYS = {"Minute": lambda at: at.minute, "Hour": lambda at: at.hour, "Day": lambda at: at.day, "Month": lambda at: at.month}
KEYS["Weekday"] = lambda at: at.isoweekday() % 7


@pytest.mark.parametrize("every", EXPRESSIONS)
def test_the_intervals_are_the_moments_of_the_schedule(tmp_path, every):
    """Every minute of a month, held against cron arithmetic; Tokyo, so that no clock changes."""
    agent = plistlib.loads(plist(job(every, TOKYO), Asked().machine(tmp_path, "darwin", TOKYO)))
    assert agent["ProgramArguments"] == list(COMMAND)
    if "StartInterval" in agent:
        assert (agent["StartInterval"], every) in {(900, "0 6 L * *"), (900, "0 6 * * 5#2")}
        return
    intervals = agent["StartCalendarInterval"]
    assert intervals.pop() == {"Minute": 0}, "the hourly look"
    start, end = NOW.astimezone(TOKYO).replace(second=0), (NOW + timedelta(days=31)).astimezone(TOKYO)
    minutes = [start + timedelta(minutes=n) for n in range(1, 31 * 24 * 60)]
    called = [minute for minute in minutes if any(all(KEYS[key](minute) == value for key, value in one.items()) for one in intervals)]
    due = takewhile(lambda moment: moment < end, moments(every, TOKYO, start.astimezone(UTC)))
    assert called == [moment.astimezone(TOKYO) for moment in due]


def test_another_time_zone_and_too_many_moments_are_looked_for():
    agents = [
        plistlib.loads(plist(job(every, BERLIN), Asked().machine(None, "darwin", zone)))
        for every, zone in (("0 6 * * 1", TOKYO), ("1-59 1-22 * * *", BERLIN))
    ]
    assert [agent.get("StartInterval") for agent in agents] == [900, 900]


def test_installing_loads_anew_and_removing_undoes_it(tmp_path):
    asked = Asked({"launchctl bootout": (3, b"", b"No such process")})
    machine = asked.machine(tmp_path, "darwin")
    Launchd().install(job(), machine)
    Launchd().install(job(), machine)
    path = tmp_path / "Library" / "LaunchAgents" / "corpuskit.schedule.weekly.plist"
    assert [path] == list(path.parent.iterdir())
    assert [call[1] for call in asked.calls] == ["bootout", "bootstrap"] * 2
    assert asked.calls[1][3] == str(path)
    Launchd().remove(job(), machine)
    assert not path.exists()
    assert Launchd().remove(job(), machine) == ("corpuskit.schedule.weekly: not installed",)


def test_it_is_on_a_mac_only(tmp_path):
    assert Launchd().here(Asked().machine(tmp_path, "darwin"))
    assert not Launchd().here(Asked().machine(tmp_path, "linux"))
