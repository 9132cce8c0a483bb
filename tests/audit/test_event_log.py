"""JSON lines: whole lines, whatever is in them and whoever writes beside."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.audit.event_log import EventLog

AT = datetime(2026, 1, 5, 6, tzinfo=timezone(timedelta(hours=1)))


def test_a_line_has_its_time_in_utc_its_level_its_event_and_fields(tmp_path):
    log = EventLog(tmp_path / "logs" / "runs.jsonl")
    log.write("info", "audit_started", AT, schedule="weekly", moment=AT, path=Path("a"))
    (line,) = (tmp_path / "logs" / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert list(told) == ["ts", "level", "event", "schedule", "moment", "path"]
    assert (told["ts"], told["path"]) == ("2026-01-05T05:00:00.000Z", "a")


@given(st.text())
def test_no_text_breaks_a_line(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("log") / "runs.jsonl"
    EventLog(path).write("error", "audit_failed", AT, problem=text)
    EventLog(path).write("info", "next", AT)
    lines = path.read_bytes().removesuffix(b"\n").split(b"\n")
    assert [json.loads(line)["event"] for line in lines] == ["audit_failed", "next"]


def test_many_writers_mix_no_lines(tmp_path):
    path = tmp_path / "runs.jsonl"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: EventLog(path).write("info", "e", AT, n=n, filling="x" * 3000), range(200)))
    assert sorted(json.loads(line)["n"] for line in path.read_text(encoding="utf-8").splitlines()) == list(range(200))


def test_without_a_file_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    EventLog().write("info", "e", datetime.now(UTC))
    assert list(tmp_path.iterdir()) == []
