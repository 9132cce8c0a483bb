"""``corpuskit schedule`` from adding to removing, with a real runner that is stopped, killed and started again."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from corpuskit.audit import load_state
from tests.audit.company import company, tickets
from tests.audit.schedule.simulated import schedule
from tests.cli.conftest import COMMAND

MONDAY, BEFORE = "2026-12-07T06:00:00+09:00", "2026-12-07T05:59:59+09:00"


@pytest.fixture
def added(call, folder, tmp_path):
    """A weekly schedule of the small folder, that no scheduler calls."""
    place = ("--schedules", tmp_path / "schedules")
    made = call("schedule", "add", "weekly", folder, "--tz", "Asia/Tokyo", "--with", "print", *place, "--", "--report-lang", "en", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    path = tmp_path / "schedules" / "weekly.schedule.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"created_at": "20', '"created_at": "19'), encoding="utf-8")
    return place


def test_from_owed_to_done(call, added, tmp_path):
    name = ("weekly", *added)
    assert call("schedule", "due", *name, "--now", BEFORE).returncode == 1, "the Monday before is owed"
    owed = call("schedule", "due", *name, "--now", MONDAY)
    assert (owed.returncode, owed.stdout) == (1, "weekly: an audit is owed since 2026-12-07 06:00 Asia/Tokyo\n")
    log, metrics = tmp_path / "runs.jsonl", tmp_path / "corpuskit.prom"
    done = call("schedule", "run", *name, "--now", MONDAY, "--log-json", log, "--metrics", metrics)
    assert (done.returncode, "wrote" in done.stdout) == (0, True)
    assert [json.loads(line)["event"] for line in log.read_text(encoding="utf-8").splitlines()] == ["audit_started", "audit_ended"]
    assert 'corpuskit_files_read{schedule="weekly"} 2' in metrics.read_text(encoding="utf-8")
    assert len(list((tmp_path / "reports" / "history").glob("*.record.json"))) == 1
    none = call("schedule", "due", *name, "--now", MONDAY, "--json")
    assert none.returncode == 0
    assert json.loads(none.stdout) == {
        "schedules": [{"name": "weekly", "owed_since": None, "next": "2026-12-13T21:00:00+00:00"}],
        "exit_code": 0,
    }
    again = call("schedule", "run", *name, "--now", MONDAY)
    assert (again.returncode, again.stdout) == (0, "weekly: nothing is due before 2026-12-14 06:00 Asia/Tokyo\n")
    assert len(list((tmp_path / "reports" / "history").glob("*.record.json"))) == 1
    listed = call("schedule", "list", *added)
    assert "2026-12-07: 0" in listed.stdout
    assert json.loads(call("schedule", "list", *added, "--json").stdout)["schedules"][0]["last"]["files_read"] == 2


def test_another_run_at_once_does_nothing_and_says_so(call, added, tmp_path):
    with FileLock(tmp_path / "schedules" / "weekly.lock"):
        told = call("schedule", "run", *added, "--now", MONDAY)
    assert (told.returncode, told.stdout) == (0, "weekly: another run is on; nothing was done\n")
    assert not (tmp_path / "reports").exists()


def test_an_audit_that_cannot_be_made_is_exit_code_2_and_stays_owed(call, added, folder):
    folder.rename(folder.with_name("moved"))
    failed = call("schedule", "run", *added, "--now", MONDAY, "--quiet")
    assert (failed.returncode, failed.stdout) == (2, "")
    assert "weekly: the audit could not be made." in failed.stderr
    assert call("schedule", "due", *added, "--now", MONDAY).returncode == 1
    waits = call("schedule", "run", *added, "--now", MONDAY)
    assert (waits.returncode, "tried again from 2026-12-07 06:50 Asia/Tokyo" in waits.stdout) == (0, True)
    folder.with_name("moved").rename(folder)
    forced = call("schedule", "run", *added, "--now", MONDAY, "--force", "--json")
    assert json.loads(forced.stdout)["schedules"][0]["status"] == "ran"
    assert call("schedule", "due", *added, "--now", MONDAY).returncode == 0


def test_what_cannot_be_told_is_exit_code_2(call, added, tmp_path):
    assert call("schedule", "due", "monthly", *added).returncode == 2
    (tmp_path / "schedules" / "weekly.state.json").write_text("{", encoding="utf-8")
    damaged = call("schedule", "due", *added)
    assert (damaged.returncode, "last due moment is then owed" in damaged.stderr) == (2, True)
    schedule(tmp_path / "schedules", "other", paths=(str(tmp_path / "documents"),), folder=str(tmp_path))
    both = call("schedule", "run", *added, "--now", MONDAY, "--json")
    assert (both.returncode, "weekly.state.json" in both.stderr) == (2, True)
    assert [one["name"] for one in json.loads(both.stdout)["schedules"]] == ["other"], "a damaged one does not hold up the others"
    assert "cannot be used" in call("schedule", "list", *added).stdout
    empty = call("schedule", "due", "--schedules", tmp_path / "none")
    assert (empty.returncode, "no schedules" in empty.stderr) == (2, True)


def test_a_change_in_the_documents_reaches_who_is_told(call, tmp_path):
    """Two real audits: between them many tickets come that no queue fits."""
    documents, told = company(tmp_path / "company"), tmp_path / "told.jsonl"
    script = f"import json, os; open({str(told)!r}, 'a').write(json.dumps(dict(os.environ)) + chr(10))"
    place = ("--schedules", tmp_path / "schedules")
    notify = ("--notify-command", f'{sys.executable} -c "{script}"', "--notify-when", "alarm")
    options = ("--label-column", "queue", "--format", "html", "--report-lang", "ja", "--fail-on", "note", "--baseline", "last")
    arguments = ("schedule", "add", "weekly", documents, "--with", "print", *place, *notify, "--", *options)
    assert call(*arguments, cwd=tmp_path).returncode == 0
    assert call("schedule", "run", *place, "--force").returncode == 1, "before the first audit every finding is new, its notes too"
    tickets(documents, vague=60)
    second = call("schedule", "run", *place, "--force", "--json")
    result = json.loads(second.stdout)["schedules"][0]["result"]
    assert any("queue" in alarm for alarm in result["alarms"]), result
    assert second.returncode == int(bool(result["reasons"]))
    notices = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    assert len(notices) == 2
    assert json.loads(notices[1]["CORPUSKIT_ALARMS"]) == result["alarms"]
    n = len(result["alarms"]) + len(result["reasons"])
    assert notices[1]["CORPUSKIT_SUBJECT"] == f"weekly：監査が完了しました。確認が必要な事項が{n}件あります"
    assert result["alarms"][0] in notices[1]["CORPUSKIT_TEXT"]


@pytest.mark.parametrize("now", ["yesterday", "2026-12-07T06:00:00"])
def test_a_present_without_its_offset_is_refused(call, added, now):
    refused = call("schedule", "due", *added, "--now", now)
    assert (refused.returncode, "with its offset" in refused.stderr) == (2, True)


def serving(place: Path) -> subprocess.Popen[str]:
    command = [*COMMAND, "schedule", "serve", "--schedules", str(place)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True)


def until(condition) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_runner_that_is_killed_and_stopped_neither_repeats_nor_loses_a_run(folder, tmp_path):
    """kill -9 of the runner and its audit: owed again; SIGTERM at rest: clean; a third start finds nothing to do."""
    place = tmp_path / "schedules"
    schedule(place, paths=(str(folder),), folder=str(tmp_path), created_at=datetime(2020, 1, 1, tzinfo=UTC))
    killed = serving(place)
    until(lambda: load_state("weekly", place).last_attempt is not None)
    os.killpg(killed.pid, signal.SIGKILL)  # an audit that lived on would hold the lock, and the second runner would look again in a minute
    killed.communicate()
    assert load_state("weekly", place).worked_off == ()
    second = serving(place)
    until(lambda: load_state("weekly", place).last_completed is not None)
    second.send_signal(signal.SIGTERM)
    told, _ = second.communicate(timeout=60)
    assert (second.returncode, told.startswith("weekly: ")) == (0, True)
    third = serving(place)
    assert "1 schedule" in third.stderr.readline()
    time.sleep(1)  # it looks at once; there is nothing to wait for
    third.send_signal(signal.SIGTERM)
    assert third.communicate(timeout=60)[0] == ""
    assert third.returncode == 0
    state = load_state("weekly", place)
    assert (len(state.worked_off), state.failures) == (1, 0)


def test_a_stop_within_an_audit_leaves_it_owed(folder, tmp_path):
    place = tmp_path / "schedules"
    schedule(place, paths=(str(folder),), folder=str(tmp_path), created_at=datetime(2020, 1, 1, tzinfo=UTC))
    running = subprocess.Popen([*COMMAND, "schedule", "run", "--schedules", str(place)], stderr=subprocess.PIPE, text=True)
    until(lambda: load_state("weekly", place).last_attempt is not None)
    running.send_signal(signal.SIGTERM)
    assert "its audit stays owed" in running.communicate(timeout=60)[1]
    assert running.returncode == 130
    state = load_state("weekly", place)
    assert (state.worked_off, state.failures) == ((), 0)
