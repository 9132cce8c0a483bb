"""The assessment as a value: it does not change, and it survives JSON."""

import pytest
from pydantic import ValidationError

from corpuskit.estimators import Estimates
from corpuskit.tasks import Assessment, Control, PilotSize, Reference, TaskOptions, Tolerance, assess
from tests.tasks.build import LABELS, assessed, corpus, faqs, measured, tickets

MIXED = [*faqs(5), tickets()]
ERROR = measured(f"language_ambiguity@{LABELS}", 6, 400)


@pytest.fixture(scope="module")
def assessment():
    return assessed(MIXED, ERROR)


def test_it_comes_back_from_json_as_it_was(assessment):
    assert Assessment.model_validate_json(assessment.model_dump_json()) == assessment


def test_the_same_corpus_gives_the_same_bytes(assessment):
    again = assess(corpus(*MIXED), Estimates(estimates=(ERROR,)), TaskOptions())
    assert again.model_dump_json() == assessment.model_dump_json()


def test_nothing_can_be_changed_afterwards(assessment):
    with pytest.raises(ValidationError, match="frozen"):
        assessment.tasks[0].verdict = "start"
    with pytest.raises(ValidationError, match="frozen"):
        assessment.tasks = ()


@pytest.mark.parametrize(
    ("key", "value"),
    [("verdict", "approved"), ("tier", "T5"), ("kind", "guess"), ("grade", "F"), ("interval", [0.1]), ("colour", "green")],
)
def test_a_word_that_no_reader_of_the_json_knows_is_refused(assessment, key, value):
    changed = {**assessment.tasks[0].model_dump(), key: value}
    with pytest.raises(ValidationError, match=key):
        Assessment.model_validate({"tasks": [changed], "controls": [], "findings": []})


def test_every_task_is_named_in_both_languages(assessment):
    assert [task.name for task in assessment.tasks] == [
        {"en": "Ticket routing", "ja": "問い合わせ振分け"},
        {"en": "FAQ answering", "ja": "FAQ回答"},
    ]


def test_the_controls_printed_are_exactly_those_that_some_task_needs(assessment):
    needed = {control.id for task in assessment.tasks for control in task.controls}
    assert [control.id for control in assessment.controls] == sorted(needed)
    assert len(assessed([tickets()], ERROR).controls) == 18
    assert len(assessment.controls) == 24


def test_ranked_tasks_carry_all_numbers_of_a_suitability_and_others_none(assessment):
    for task in assessment.tasks:
        measured_parts = {task.rank is None, task.suitability is None, task.interval is None, task.grade is None}
        assert len(measured_parts) == 1
    assert {task.rank for task in assessment.tasks} == {1, None}


def test_a_reference_without_the_day_of_its_check_is_refused():
    with pytest.raises(ValidationError, match="checked_on"):
        Control.model_validate({"id": "C01", "title": {"en": "a", "ja": "あ"}, "references": [{"ref": "gdpr:22", "title": "t"}]})
    assert Reference(ref="gdpr:22", title="t", checked_on="2026-11-23").status == ""


def test_a_tolerance_is_a_proposal_until_an_owner_answers():
    assert Tolerance(measure="misroute", max_error=0.1).status == "proposed"
    with pytest.raises(ValidationError, match="status"):
        Tolerance.model_validate({"measure": "misroute", "max_error": 0.1, "status": "vendor"})


def test_the_size_of_a_pilot_names_what_it_promises(assessment):
    pilot = assessment.tasks[0].pilot
    assert isinstance(pilot, PilotSize)
    assert (pilot.n, pilot.max_errors, pilot.tolerance, pilot.expected, pilot.alpha) == (179, 11, 0.1, 0.05, 0.05)
    assert 0.8 <= pilot.power < 0.85
