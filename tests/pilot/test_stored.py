"""Results as files: read back as they were, refused when changed, and one system of several chosen by name."""

import pytest

from corpuskit.errors import ConfigurationError, InputError, RecordError
from corpuskit.pilot import evaluate, put_together, read_sheet
from corpuskit.pilot.stored import PilotOptions, chosen_system, load_result, measured, store
from tests.estimators.method_words import method_of
from tests.pilot.sheets import pilot, write


@pytest.fixture
def result(tmp_path):
    labels, answers = pilot(tmp_path)
    return evaluate(put_together(read_sheet(labels), read_sheet(answers)), 0.05).model_copy(update={"task": "t@x.csv"})


def saved(tmp_path, text):
    path = tmp_path / "result.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_stored_is_read_back(tmp_path, result):
    assert load_result(saved(tmp_path, store(result))) == result


def test_a_changed_result_one_without_a_task_and_no_result_are_refused(tmp_path, result):
    with pytest.raises(RecordError, match="changed after it was written"):
        load_result(saved(tmp_path, store(result).replace('"cases":234', '"cases":235').replace('"cases": 234', '"cases": 235')))
    with pytest.raises(RecordError, match="names no task"):
        load_result(saved(tmp_path, store(result.model_copy(update={"task": ""}))))
    with pytest.raises(RecordError, match="holds no result"):
        load_result(saved(tmp_path, "{}"))
    with pytest.raises(InputError, match="cannot be read"):
        load_result(tmp_path / "nowhere.json")


def test_the_estimate_is_that_of_the_cases_with_grade_a(result):
    found = measured(result, result.systems[0])
    assert (found.id, found.grade, found.n, found.unit) == ("pilot_error@task:t@x.csv", "A", 234, "cases")
    assert found.value == pytest.approx(5 / 234)
    assert found.interval == result.systems[0].error.interval


def test_of_several_systems_one_has_to_be_named(tmp_path):
    labels, _ = pilot(tmp_path, n=40)
    truth = read_sheet(labels).columns["truth"]
    ids = read_sheet(labels).columns["id"]
    answers = write(tmp_path / "both.csv", {"id": ids * 2, "prediction": truth * 2, "model": ["a"] * 40 + ["b"] * 40})
    both = evaluate(put_together(read_sheet(labels), read_sheet(answers)), 0.05).model_copy(update={"task": "t"})
    with pytest.raises(ConfigurationError, match=r"2 systems were judged in the pilot of t\. Name the one"):
        chosen_system(both, PilotOptions())
    with pytest.raises(ConfigurationError, match="'c' was not judged"):
        chosen_system(both, PilotOptions(systems={"t": "c"}))
    assert chosen_system(both, PilotOptions(systems={"t": "b"})).system == "b"


def test_graded_answers_are_remembered_by_their_mean_loss(tmp_path):
    truth = write(tmp_path / "t.csv", {"id": range(120)})
    answers = write(tmp_path / "a.csv", {"id": range(120), "score": ["0.9", "1"] * 60})
    found = evaluate(put_together(read_sheet(truth), read_sheet(answers)), 0.2).model_copy(update={"task": "reply_draft"})
    estimate = measured(found, found.systems[0])
    assert estimate.value == pytest.approx(0.05)
    assert estimate.interval == found.systems[0].loss.interval
    assert (estimate.n, estimate.grade) == (120, "A")
    assert "mean loss" in method_of(estimate)
