"""The next audit rests on the pilot, and says what had been predicted of it."""

from datetime import UTC, datetime

import pytest

from corpuskit.audit import Settings, audit, save_record
from corpuskit.errors import ConfigurationError, RecordError
from corpuskit.pilot import evaluate, put_together, read_sheet, store
from corpuskit.report import phrasebook
from tests.pilot.sheets import pilot, write

BEFORE, AFTER = datetime(2026, 3, 2, 6, tzinfo=UTC), datetime(2026, 6, 1, 6, tzinfo=UTC)
TASK = "ticket_routing@tickets.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A table of tickets whose words tell the queue, but for one row in twelve."""
    root = tmp_path_factory.mktemp("company")
    words = {"billing": "invoice amount charged twice refund", "delivery": "parcel courier late tracking", "access": "password login locked account"}
    queues = list(words)
    bodies, labels = [], []
    for row in range(360):
        queue = queues[row % 3]
        bodies.append(f"ticket {row}: customer writes about {words[queue]} number {row * 7 % 97}")
        labels.append(queues[(row + 1) % 3] if row % 12 == 0 else queue)
    write(root / "tickets.csv", {"ticket": [f"T{row}" for row in range(360)], "body": bodies, "queue": labels})
    return root


def result_file(tmp_path, wrong=4, task=TASK, name="result.json", **named):
    labels, answers = pilot(tmp_path, wrong=wrong)
    found = evaluate(put_together(read_sheet(labels), read_sheet(answers)), 0.1)
    path = tmp_path / name
    path.write_text(store(found.model_copy(update={"task": task, "evaluated_on": "2026-05-01", "fixed_on": "2026-04-01"} | named)), encoding="utf-8")
    return path


def settings(tmp_path, *results, **more):
    out = {"folder": str(tmp_path / "reports"), "language": "en"}
    read = {"label_columns": ["queue"], "text_columns": ["body"]}
    return Settings.model_validate({"output": out, "read": read, "pilots": {"results": [str(path) for path in results], **more}})


def test_a_pilot_is_evidence_of_grade_a_and_stands_beside_its_prediction(folder, tmp_path):
    first = audit([folder], settings(tmp_path), now=BEFORE)
    save_record(first, tmp_path / "reports" / "history")
    predicted = next(task for task in first.tasks if task.id == TASK)
    assert predicted.grade == "C"
    assert first.pilots == ()
    assert first.track_record is None
    second = audit([folder], settings(tmp_path, result_file(tmp_path)), now=AFTER)
    task = next(task for task in second.tasks if task.id == TASK)
    assert task.grade == "A"
    assert f"pilot_error@task:{TASK}" in task.estimates
    assert task.suitability is not None
    assert task.suitability > 0.99, "4 wrong of 234 against a tolerance of a tenth"
    assert (second.pilots[0].n, round(second.pilots[0].value, 4)) == (234, 0.0171)
    said = second.pilots[0].prediction
    assert said is not None
    assert (said.made_on, said.suitability, said.verdict) == ("2026-03-02", predicted.suitability, predicted.verdict)
    assert second.track_record is not None
    assert (second.track_record.pilots, second.track_record.hits) == (1, int((predicted.suitability or 0) >= 0.5))


def test_a_bad_pilot_overrules_good_labels(folder, tmp_path):
    report = audit([folder], settings(tmp_path, result_file(tmp_path, wrong=60)), now=AFTER)
    task = next(task for task in report.tasks if task.id == TASK)
    assert task.suitability is not None
    assert task.suitability < 0.01
    assert task.verdict == "fix_first"


def test_an_audit_of_after_the_plan_is_no_prediction(folder, tmp_path):
    save_record(audit([folder], settings(tmp_path), now=datetime(2026, 4, 2, tzinfo=UTC)), tmp_path / "reports" / "history")
    report = audit([folder], settings(tmp_path, result_file(tmp_path)), now=AFTER)
    assert report.pilots[0].prediction is None
    assert report.track_record is None


def test_an_audit_that_knew_a_pilot_is_no_prediction(folder, tmp_path):
    path = result_file(tmp_path)
    save_record(audit([folder], settings(tmp_path, path), now=BEFORE), tmp_path / "reports" / "history")
    assert audit([folder], settings(tmp_path, path), now=AFTER).pilots[0].prediction is None


def test_a_pilot_of_no_task_here_is_a_finding_with_the_nearest(folder, tmp_path):
    report = audit([folder], settings(tmp_path, result_file(tmp_path, task="ticket_routing@ticket.csv")), now=AFTER)
    finding = next(finding for finding in report.findings if finding.code == "pilot_unused")
    assert TASK in finding.fix
    assert "この文書群に該当する業務がありません" in phrasebook("ja").finding(finding.code, finding.parameters)[0]


def test_of_two_pilots_of_a_task_the_later_counts(folder, tmp_path):
    early = result_file(tmp_path, wrong=60, name="early.json", evaluated_on="2026-04-20")
    late = result_file(tmp_path, wrong=4, name="late.json")
    assert audit([folder], settings(tmp_path, late, early), now=AFTER).pilots[0].value < 0.05
    with pytest.raises(ConfigurationError, match="on the same day"):
        audit([folder], settings(tmp_path, late, result_file(tmp_path, name="again.json")), now=AFTER)


def test_a_result_that_was_changed_is_refused_before_anything_is_read(tmp_path):
    path = result_file(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('"errors":4', '"errors":3').replace('"errors": 4', '"errors": 3'), encoding="utf-8")
    with pytest.raises(RecordError, match="changed after it was written"):
        audit([tmp_path / "does not exist"], settings(tmp_path, path), now=AFTER)


def test_the_digest_of_the_settings_knows_what_a_pilot_measured(tmp_path):
    one, other = result_file(tmp_path, wrong=4, name="a.json"), result_file(tmp_path, wrong=5, name="b.json")
    assert settings(tmp_path, one).digest() != settings(tmp_path, other).digest()
    assert settings(tmp_path, one).digest() != settings(tmp_path).digest()
