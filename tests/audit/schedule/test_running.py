"""Due moments are worked off once: through kills, failures, two runs at once, clocks set back and forward."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from corpuskit.audit.schedule.audit_process import Ended, Stopped
from corpuskit.audit.schedule.begun import Begun, Claim
from corpuskit.audit.schedule.running import Runner, chosen
from corpuskit.audit.schedule.stored import load_state
from corpuskit.errors import UsageError

from .simulated import DONE, FAILED, World, report, schedule

MONDAY = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
"""06:00 in Berlin, the first due moment."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_a_due_moment_is_worked_off_once(tmp_path):
    schedule(tmp_path)
    world = World(MONDAY - MINUTE)
    runner = world.runner(tmp_path)
    assert runner.work_off("weekly").status == "not_due"
    world.now = MONDAY
    worked = runner.work_off("weekly")
    assert (worked.status, worked.result.moment, worked.result.exit_code) == ("ran", MONDAY, 0)
    assert (worked.result.files_read, worked.result.files_skipped, worked.result.findings) == (11, 1, {"error": 0, "warning": 1, "note": 2})
    assert worked.result.reports == tuple(str(tmp_path / "reports" / name) for name in ("a-2026-01-05.en.html", "a-2026-01-05.json"))
    assert runner.work_off("weekly").status == "not_due"
    assert len(world.runs) == 1


def test_a_machine_that_was_off_for_weeks_owes_one_audit(tmp_path):
    schedule(tmp_path)
    world = World(MONDAY + 24 * DAY)
    runner = world.runner(tmp_path)
    assert runner.work_off("weekly").result.moment == MONDAY + 21 * DAY
    assert runner.work_off("weekly").status == "not_due"


def test_a_run_that_is_killed_is_owed_again_at_once(tmp_path):
    """kill -9 of the process that works off, while the audit is on."""
    schedule(tmp_path, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    code = (
        "import os, signal, sys\nfrom datetime import datetime, UTC\nfrom pathlib import Path\n"
        "from corpuskit.audit.schedule.running import Runner\n"
        "runner = Runner(Path(sys.argv[1]), lambda: datetime(2026, 1, 5, 5, 0, tzinfo=UTC), lambda *_: os.kill(os.getpid(), 9))\n"
        "runner.work_off('weekly')\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=120)
    assert killed.returncode == -9
    state = load_state("weekly", tmp_path)
    assert (state.worked_off, state.last_attempt) == ((), MONDAY)
    world = World(MONDAY + MINUTE)
    assert world.runner(tmp_path).work_off("weekly").result.moment == MONDAY, "the lock of the dead does not hold"


RUNNER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from corpuskit.audit.schedule import audit_process
from corpuskit.audit.schedule.running import Runner
audit_process.CORPUSKIT = (sys.executable, sys.argv[2])
Runner(Path(sys.argv[1]), lambda: datetime(2026, 1, 5, 5, 0, tzinfo=UTC)).work_off("weekly")
"""
AUDIT = """
import os, sys, time
place = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(place, "begun"), "a") as runs:
    runs.write("x")
while not os.path.exists(os.path.join(place, "go on")):
    time.sleep(0.01)
sys.stdout.buffer.write({said!r})
sys.stderr.write("wrote reports/a.json\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize(("said", "runs"), [(report(), 1), (report()[:40], 2)], ids=["whole", "cut"])
def test_an_audit_whose_runner_is_killed_is_waited_for_and_counted_once(tmp_path, monkeypatch, said, runs):
    """kill -9 of the runner alone: the audit goes on. What it leaves counts if it is whole, and is made anew if it is not."""
    schedule(tmp_path, log=str(tmp_path / "log"))
    audit, begun = tmp_path / "audit.py", tmp_path / "begun"
    audit.write_text(AUDIT.format(said=said), encoding="utf-8")
    runner = subprocess.Popen([sys.executable, "-c", RUNNER, str(tmp_path), str(audit)], stderr=subprocess.DEVNULL)
    while not begun.exists():
        time.sleep(0.01)
    runner.kill()
    runner.wait()
    monkeypatch.setattr("corpuskit.audit.schedule.audit_process.CORPUSKIT", (sys.executable, str(audit)))
    later = Runner(tmp_path, lambda: MONDAY + MINUTE, pause=lambda _: None)
    assert later.work_off("weekly").status == "locked", "its audit is still on"
    (tmp_path / "go on").touch()
    audit.write_text(AUDIT.format(said=report()), encoding="utf-8")
    while Begun.of("weekly", tmp_path).runs():
        time.sleep(0.01)
    worked = later.work_off("weekly")
    assert (worked.status, worked.result.moment, worked.result.exit_code) == ("ran", MONDAY, 0)
    assert worked.result.reports == (str(tmp_path / "reports" / "a.json"),)
    assert later.work_off("weekly").status == "not_due"
    assert begun.read_text() == "x" * runs
    assert [json.loads(line)["event"] for line in (tmp_path / "log").read_text().splitlines()][-1] == "audit_ended"
    assert not Begun.of("weekly", tmp_path).folder.exists()


def test_an_audit_that_was_counted_before_its_runner_was_killed_counts_once(tmp_path):
    """Between the state and the clearing away there is a moment too."""
    schedule(tmp_path)
    world = World(MONDAY)
    runner = world.runner(tmp_path)
    runner.work_off("weekly")
    begun = Begun.of("weekly", tmp_path)
    begun.begin(Claim(moment=MONDAY, started_at=MONDAY))
    (begun.folder / "stdout").write_bytes(report(1))
    (begun.folder / "stderr").write_bytes(b"")
    assert runner.work_off("weekly").status == "not_due"
    assert load_state("weekly", tmp_path).last.exit_code == 0


@pytest.mark.parametrize("when", ["2001-01-01", "2099-01-01"])
def test_the_age_of_a_lock_file_says_nothing(tmp_path, when):
    """A lock is held by a living process or by nobody, whatever the clock showed when its file was made."""
    schedule(tmp_path)
    stale = datetime.fromisoformat(when).timestamp()
    begun = Begun.of("weekly", tmp_path)
    begun.begin(Claim(moment=MONDAY, started_at=MONDAY))
    for path in (tmp_path / "weekly.lock", begun.folder / "alive"):
        path.touch()
        os.utime(path, (stale, stale))
    assert World(MONDAY).runner(tmp_path).work_off("weekly").status == "ran"


def test_what_brings_the_machine_down_again_and_again_waits(tmp_path):
    schedule(tmp_path)
    world = World(MONDAY, takes=MINUTE)

    def die(n):
        raise SystemExit(137)

    world.ended = die
    statuses = []
    for _ in range(4):
        try:
            statuses.append(world.runner(tmp_path).work_off("weekly").status)
        except SystemExit:
            statuses.append("died")
        world.now += MINUTE
    assert statuses == ["died", "died", "died", "waits"]


def test_a_failure_is_tried_again_after_growing_pauses(tmp_path):
    schedule(tmp_path)
    world = World(MONDAY, lambda _: FAILED, takes=timedelta(0))
    runner = world.runner(tmp_path)
    for _ in range(48):  # the hourly look, for two days
        runner.work_off("weekly")
        world.now += HOUR
    hours = [(moment - MONDAY) // HOUR for _, moment in world.runs]
    assert hours == [0, 1, 3, 7, 14, 28]
    assert runner.work_off("weekly").result is None
    assert runner.work_off("weekly", force=True).result.problem == "/data/missing: no such file or folder."
    world.ended = lambda _: DONE
    world.now = MONDAY + 7 * DAY
    assert runner.work_off("weekly").result.moment == MONDAY + 7 * DAY, "a new due moment does not wait for the old one's pause"
    assert load_state("weekly", tmp_path).failures == 0


def test_a_second_run_at_once_does_nothing(tmp_path):
    schedule(tmp_path)
    world = World(MONDAY)
    with FileLock(tmp_path / "weekly.lock"):
        assert world.runner(tmp_path).work_off("weekly").status == "locked"
    assert world.runs == []
    assert world.runner(tmp_path).work_off("weekly").status == "ran", "the file that stays behind locks nobody out"


@pytest.mark.parametrize(("first", "days"), [("2026-03-28", 4), ("2026-10-24", 4)])
def test_hourly_looks_alone_make_one_audit_a_day_when_clocks_change(tmp_path, first, days):
    """What is left where a scheduler skips the hour that does not exist, or comes twice in the one that does twice."""
    start = datetime.fromisoformat(f"{first}T00:00:00").replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    schedule(tmp_path, every="30 2 * * *", created_at=start)
    world = World(start, takes=timedelta(0))
    runner = world.runner(tmp_path)
    for look in range(days * 24 * 2):
        world.now = start + look * timedelta(minutes=30)
        runner.work_off("weekly")
    runs = [moment.astimezone(ZoneInfo("Europe/Berlin")).date() for _, moment in world.runs]
    assert len(runs) == len(set(runs)) == days


@pytest.mark.parametrize("back", [timedelta(minutes=5), 3 * HOUR, 3 * DAY, 30 * DAY])
def test_a_clock_set_back_repeats_no_run_and_loses_none(tmp_path, back):
    schedule(tmp_path, every="0 6 * * *")
    world = World(MONDAY, takes=timedelta(0))
    runner = world.runner(tmp_path)
    for _ in range(60 * 24):
        runner.work_off("weekly")
        world.now += HOUR
    assert len(world.runs) == 60
    world.now -= back
    for _ in range((back + 10 * DAY) // HOUR):
        runner.work_off("weekly")
        world.now += HOUR
    moments = load_state("weekly", tmp_path).worked_off
    assert len(world.runs) == len(moments) == len(set(moments)) == 70


def test_a_clock_that_was_years_ahead_keeps_nothing_back(tmp_path):
    schedule(tmp_path, every="0 6 * * *")
    world = World(datetime(2099, 1, 1, 12, tzinfo=UTC), takes=MINUTE)
    runner = world.runner(tmp_path)
    assert runner.work_off("weekly").status == "ran"
    world.now = MONDAY
    assert [runner.work_off("weekly").status for _ in range(2)] == ["ran", "not_due"]


def test_a_stop_that_was_asked_for_is_no_failure(tmp_path):
    schedule(tmp_path)

    def stop(n):
        raise Stopped

    world = World(MONDAY, stop)
    with pytest.raises(Stopped):
        world.runner(tmp_path).work_off("weekly")
    assert load_state("weekly", tmp_path).failures == 0
    world.ended = lambda _: DONE
    assert world.runner(tmp_path).work_off("weekly").status == "ran"


def test_runs_are_told_in_log_and_metrics(tmp_path):
    log, metrics = tmp_path / "logs" / "runs.jsonl", tmp_path / "node" / "corpuskit.prom"
    schedule(tmp_path, log=str(log), metrics=str(metrics))
    schedule(tmp_path, "other")
    world = World(MONDAY, lambda n: Ended(1, report(1, ("Personal data appears.",)), "wrote a.json\nToo low.\n") if n == 1 else FAILED)
    runner = world.runner(tmp_path)
    runner.work_off("weekly")
    world.now = MONDAY + 7 * DAY
    runner.work_off("weekly")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["level"], line["event"]) for line in lines] == [
        ("info", "audit_started"),
        ("warning", "audit_ended"),
        ("info", "audit_started"),
        ("error", "audit_failed"),
    ]
    assert lines[0]["ts"] == "2026-01-05T05:00:00.000Z"
    assert (lines[1]["alarms"], lines[1]["reasons"], lines[1]["seconds"]) == (["Personal data appears."], ["Too low."], 180.0)
    assert lines[3]["problem"] == "/data/missing: no such file or folder."
    written = metrics.read_text(encoding="utf-8")
    assert 'corpuskit_exit_code{schedule="weekly"} 2' in written
    assert 'corpuskit_next_due_timestamp_seconds{schedule="other"}' in written


def test_a_log_that_cannot_be_written_is_told_and_the_audit_counts(tmp_path):
    (tmp_path / "blocked").write_text("no folder", encoding="utf-8")
    schedule(tmp_path, log=str(tmp_path / "blocked" / "runs.jsonl"))
    worked = World(MONDAY).runner(tmp_path).work_off("weekly")
    assert worked.result.exit_code == 0
    assert any("blocked" in problem for problem in worked.problems)
    assert load_state("weekly", tmp_path).worked_off == (MONDAY,)


def test_repeated_failures_are_told_once(tmp_path):
    told = tmp_path / "told"
    script = f"import os; open({str(told)!r}, 'a').write(os.environ['CORPUSKIT_SUBJECT'] + '|')"
    schedule(tmp_path, hooks=[{"kind": "command", "command": (sys.executable, "-c", script)}])
    world = World(MONDAY, lambda n: FAILED if n < 4 else Ended(0, report(alarms=("Labels moved.",)), ""))
    runner = world.runner(tmp_path)
    while len(world.runs) < 4:
        runner.work_off("weekly")
        world.now += HOUR
    assert told.read_text(encoding="utf-8") == "weekly: the audit could not be made|weekly: the audit is done, 1 point asks for a look|"


def test_secrets_come_from_a_file_and_without_it_nobody_is_told(tmp_path):
    told, secrets = tmp_path / "told", tmp_path / "secrets.env"
    script = f"import os; open({str(told)!r}, 'a').write(os.environ['TOKEN'])"
    hooks = [{"kind": "command", "command": (sys.executable, "-c", script), "when": ["always"]}]
    schedule(tmp_path, hooks=hooks, environment_file=str(secrets))
    world = World(MONDAY)
    assert world.runner(tmp_path).work_off("weekly").problems[0].startswith("nobody could be told: ")
    secrets.write_text("TOKEN=abc\n", encoding="utf-8")
    secrets.chmod(0o600)
    assert world.runner(tmp_path).work_off("weekly", force=True).problems == ()
    assert told.read_text(encoding="utf-8") == "abc"


def test_names_choose_schedules_and_none_means_all(tmp_path):
    schedule(tmp_path)
    schedule(tmp_path, "another")
    assert chosen((), tmp_path) == ("another", "weekly")
    assert chosen(("weekly",), tmp_path) == ("weekly",)
    with pytest.raises(UsageError, match=r"no schedule 'x'. There are: another, weekly"):
        World(MONDAY).runner(tmp_path).work_off("x")
