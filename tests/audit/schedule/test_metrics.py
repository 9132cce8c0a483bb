"""Metrics, read by the reader of prometheus_client."""

from datetime import UTC, datetime

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as prometheus_families

from corpuskit.audit.schedule.metrics import openmetrics, write_metrics
from corpuskit.audit.schedule.stored import RunResult, State

MOMENT = datetime(2026, 1, 5, 5, tzinfo=UTC)
NUMBERS = {"files_found": 12, "files_read": 11, "files_skipped": 1, "findings": {"error": 0, "warning": 2, "note": 3}}
DONE = State(
    last_attempt=MOMENT,
    last_completed=MOMENT,
    last=RunResult(schedule="weekly", moment=MOMENT, started_at=MOMENT, seconds=61.25, exit_code=1, alarms=("a", "b"), **NUMBERS),
)
FAILED = State(
    last_attempt=MOMENT, failures=3, last=RunResult(schedule="x", moment=None, started_at=MOMENT, seconds=0.5, exit_code=2, problem="no such folder")
)
ODD = 'a "quoted" \\ name\nwith a line'


def values(families):
    return {(sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples}


def test_both_formats_read_the_same_file():
    text = openmetrics({"weekly": DONE, "failed": FAILED, "new": State(), ODD: DONE}, dict.fromkeys(("weekly", "failed", "new", ODD), MOMENT))
    found = values(openmetrics_families(text))
    assert found == values(prometheus_families(text))
    weekly = ("schedule", "weekly")
    assert found["corpuskit_files_read", weekly] == 11
    assert found["corpuskit_findings", ("level", "warning"), weekly] == 2
    assert found["corpuskit_alarms", weekly] == 2
    assert found["corpuskit_run_duration_seconds", weekly] == 61.25
    assert found["corpuskit_last_run_timestamp_seconds", weekly] == MOMENT.timestamp()
    assert found["corpuskit_alarms", ("schedule", ODD)] == 2


def test_what_is_not_known_is_absent_and_no_zero():
    found = values(openmetrics_families(openmetrics({"failed": FAILED, "new": State()}, dict.fromkeys(("failed", "new"), MOMENT))))
    names = {schedule: {name for name, *labels in found if ("schedule", schedule) in labels} for schedule in ("failed", "new")}
    assert names["new"] == {"corpuskit_failures", "corpuskit_next_due_timestamp_seconds"}
    assert "corpuskit_files_read" not in names["failed"]
    assert found["corpuskit_exit_code", ("schedule", "failed")] == 2
    assert found["corpuskit_failures", ("schedule", "failed")] == 3


def test_nothing_scheduled_is_an_empty_file_that_can_be_read(tmp_path):
    write_metrics(tmp_path / "node" / "corpuskit.prom", {}, {})
    assert list(openmetrics_families((tmp_path / "node" / "corpuskit.prom").read_text(encoding="utf-8"))) == []
    assert [path.name for path in (tmp_path / "node").iterdir()] == ["corpuskit.prom"]
