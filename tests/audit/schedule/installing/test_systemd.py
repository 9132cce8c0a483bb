"""User timers: systemd's own programs check the units and count the moments."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path

import pytest

from corpuskit.audit.schedule.installing.job import Job
from corpuskit.audit.schedule.installing.systemd import Systemd, on_calendar, units
from corpuskit.audit.schedule.times import moments

from .machines import BERLIN, COMMAND, EXPRESSIONS, TOKYO, Asked, job

ANALYZE = shutil.which("systemd-analyze")
analysed = pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze (Debian's package systemd)")


@pytest.mark.parametrize(
    ("every", "calendar"),
    [
        ("0 6 * * 1", ("Mon *-*-* 06:00:00 Asia/Tokyo", "hourly")),
        ("0 0 13 * 5", ("Fri *-*-* 00:00:00 Asia/Tokyo", "*-*-13 00:00:00 Asia/Tokyo", "hourly")),
        ("0 6 L * *", ("*-*~01 06:00:00 Asia/Tokyo", "hourly")),
        ("5 4 * 3,9 *", ("*-03,09-* 04:05:00 Asia/Tokyo", "hourly")),
        ("0 6 * * 5#2", ("*:0/15",)),
        ("0 6 1,L * *", ("*:0/15",)),
    ],
)
def test_cron_fields_become_calendar_expressions(every, calendar):
    assert on_calendar(job(every, TOKYO)) == calendar


def elapses(expression: str, start: datetime, n: int) -> list[datetime]:
    shown = subprocess.run(
        (ANALYZE, "calendar", expression, f"--iterations={n}", f"--base-time={start:%Y-%m-%d %H:%M:%S} UTC"),
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    ).stdout
    found = re.findall(r"(?:Next elapse|Iter\. #\d+): \w{3} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC", shown)
    return [datetime.strptime(moment, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) for moment in found]


@analysed
@pytest.mark.parametrize("zone", [BERLIN, TOKYO])
@pytest.mark.parametrize("every", EXPRESSIONS)
def test_systemd_comes_at_every_due_moment_of_a_year_or_within_the_hour(every, zone):
    """Of each expression the first 400 moments of 2026, both clock changes of Berlin included for the daily ones."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    exact = [one for one in on_calendar(job(every, zone)) if one != "hourly"]
    came = sorted({moment for one in exact for moment in elapses(one, start, 800)})
    if exact == ["*:0/15"]:
        assert came == [start + timedelta(minutes=15 * n) for n in range(1, 801)]
        return
    due = takewhile(lambda moment: moment <= came[-1], islice(moments(every, zone, start), 400))
    missed = [moment.isoformat() for moment in due if moment not in came]
    skipped = ["2026-03-29T01:00:00+00:00"] if (every, zone) == ("30 2 * * *", BERLIN) else []
    assert missed == skipped, "the hour that the clock skips is left to the hourly look"


def verified(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    paths = [str(folder / name) for name in names]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    return subprocess.run((ANALYZE, "--user", "verify", *paths), capture_output=True, text=True, check=False, env=environment)


@analysed
@pytest.mark.parametrize("every", EXPRESSIONS)
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, every):
    """It wants a program that exists, so the units are of one that does, with the same hard words behind it."""
    made = units(Job("weekly", ("/bin/true", *COMMAND[1:]), every, TOKYO))
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checked = verified(tmp_path, *made)
    assert (checked.returncode, checked.stderr) == (0, "")


@analysed
@pytest.mark.parametrize(("unit", "right", "wrong"), [("timer", "hourly", "Mondy 06:00"), ("service", "oneshot", "once")])
def test_systemd_finds_a_planted_mistake(tmp_path, unit, right, wrong):
    for name, text in units(Job("weekly", ("/bin/true",), "0 6 * * 1", TOKYO)).items():
        (tmp_path / name).write_text(text.replace(right, wrong) if name.endswith(unit) else text, encoding="utf-8")
    assert wrong in verified(tmp_path, f"corpuskit-weekly.{unit}").stderr


def test_words_are_quoted_as_systemd_reads_them():
    line = next(line for line in units(job())["corpuskit-weekly.service"].splitlines() if line.startswith("ExecStart="))
    assert line.startswith('ExecStart="/opt/my tools/python3" "-P" ')
    assert line.endswith(r'"/data/100%% \"sure\" $$HOME\\日本"')


def test_installing_twice_is_installing_once_and_removing_undoes_it(tmp_path):
    asked = Asked()
    machine = asked.machine(tmp_path)
    Systemd().install(job(), machine)
    folder = tmp_path / ".config" / "systemd" / "user"
    once = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert sorted(once) == ["corpuskit-weekly.service", "corpuskit-weekly.timer"]
    Systemd().install(job(), machine)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == once
    assert asked.calls[:3] == [
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", "corpuskit-weekly.timer"),
        ("systemctl", "--user", "restart", "corpuskit-weekly.timer"),
    ]
    Systemd().remove(job(), machine)
    assert list(folder.iterdir()) == []
    assert Systemd().remove(job(), machine) == ("corpuskit-weekly.timer: not installed",)


def test_without_a_systemd_of_the_user_it_is_not_here(tmp_path):
    assert not Systemd().here(Asked({"systemctl --user": (1, b"", b"Failed to connect to bus")}).machine(tmp_path))
    assert Systemd().here(Asked().machine(tmp_path))
