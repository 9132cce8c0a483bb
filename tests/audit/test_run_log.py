"""The log of a run: one line for each event, with counts and seconds, and nothing from a document."""

import json
import logging
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from corpuskit.audit import EventLog, Performed, Removal, RunLog
from corpuskit.report import localise
from tests.report.sample import sample

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def run_log(path: Path) -> RunLog:
    ticks = count()
    return RunLog(EventLog(path), now=lambda: NOW, clock=lambda: float(next(ticks)))


def events(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_stages_have_their_files_seconds_and_warnings_and_no_name_of_a_file(tmp_path):
    log, seen = run_log(tmp_path / "log"), []
    log.begin("営業")
    tell = log.watching(lambda *told: seen.append(told))
    with log.hearing():
        tell("read", 0, 3, "secret plan.docx")
        logging.getLogger("corpuskit.counts").warning("stored counts %s cannot be used", "abc")
        tell("read", 3, 3, "")
        tell("estimate", 0, 1, "")
        logging.getLogger("another").warning("not ours")
    log.end(Performed(localise(sample(), "en"), "営業"))
    found = events(tmp_path / "log")
    assert [one["event"] for one in found] == ["audit_started", "warning", "stage_ended", "stage_ended", "audit_ended"]
    assert found[2] | {"ts": ""} == {
        "ts": "",
        "level": "info",
        "event": "stage_ended",
        "department": "営業",
        "stage": "read",
        "seconds": 1.0,
        "warnings": 1,
        "files": 3,
    }
    assert (found[3]["stage"], found[3]["warnings"], "files" in found[3]) == ("estimate", 0, False)
    assert seen[0] == ("read", 0, 3, "secret plan.docx")
    assert "secret plan" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_the_end_tells_the_numbers_of_the_report_and_none_of_its_quotes(tmp_path):
    report = localise(sample(), "en")
    run_log(tmp_path / "log").end(Performed(report, written=(Path("a.html"),)))
    (ended,) = events(tmp_path / "log")
    assert (ended["files_read"], ended["tasks"], ended["exit_code"]) == (report.corpus.files_read, len(report.tasks), report.exit_code)
    assert sum(ended["findings"].values()) == len(report.findings)
    assert (ended["seconds"], ended["written"]) == (None, ["a.html"])
    quotes = [item.quote for finding in report.findings for item in finding.evidence if item.quote]
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert quotes
    assert not any(quote in text for quote in quotes)


def test_a_failure_and_a_removal_are_told(tmp_path):
    log = run_log(tmp_path / "log")
    log.begin()
    log.end(Performed(None, "", problem="no such folder"))
    removal = Removal(reports=(Path("x.md"),), kept=((Path("y.md"), "it was changed after its audit"),))
    log.end(Performed(localise(sample(), "en"), removed=removal))
    found = events(tmp_path / "log")
    assert [(one["level"], one["event"]) for one in found[:3]] == [("info", "audit_started"), ("error", "audit_failed"), ("info", "removed")]
    assert (found[1]["problem"], found[1]["exit_code"]) == ("no such folder", 2)
    assert (found[2]["reports"], found[2]["kept"]) == (1, [{"file": "y.md", "because": "it was changed after its audit"}])


def test_warnings_are_still_shown_while_they_are_logged(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with run_log(tmp_path / "log").hearing():
        logging.getLogger("corpuskit.audit").warning("look here")
    assert "look here" in capsys.readouterr().err
    assert not logging.getLogger("corpuskit").handlers


def test_a_log_that_cannot_be_written_is_known_before_and_changes_nothing_after(tmp_path, caplog):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="taken"):
        EventLog(tmp_path / "taken" / "log").check()
    EventLog(tmp_path / "new" / "log").check()
    assert (tmp_path / "new" / "log").read_bytes() == b""
    EventLog().check()
    later = run_log(tmp_path / "taken" / "log")
    later.end(Performed(None, problem="x"))
    later.end(Performed(None, problem="x"))
    assert caplog.text.count("cannot be written any more") == 1
