"""Conversions: every measure of the catalogue is reached in exactly one way, and only error rates are compared with a tolerance."""

import pytest

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.estimators import ESTIMATORS
from corpuskit.finding import Message
from corpuskit.tasks import TASKS
from corpuskit.tasks.catalogue import Measure
from corpuskit.tasks.conversions import CONVERSIONS, NOT_STATED, OWN_RATE, conversion_of, load_conversions
from tests.tasks.build import said

RATE = """[[conversions]]
id = "a"
kinds = ["classify"]
measures = ["misroute"]
estimates = ["language_ambiguity"]
exactness = "same"
because = "x"
"""


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_the_first_measure_of_every_task_has_a_conversion_of_its_own(task):
    assert conversion_of(task.kind, task.measures[0]) is not NOT_STATED


@pytest.mark.parametrize("conversion", [*CONVERSIONS.values(), NOT_STATED, OWN_RATE], ids=lambda one: one.id)
def test_every_conversion_says_why_in_both_languages(conversion):
    english, japanese = said(Message(code=conversion.because))
    assert english != japanese


def test_every_conversion_is_used_by_a_measure_of_the_catalogue():
    used = {(task.kind, measure.name) for task in TASKS.values() for measure in task.measures}
    for conversion in CONVERSIONS.values():
        assert any(kind in conversion.kinds and name in conversion.measures for kind, name in used), conversion.id


def test_every_estimate_named_is_one_that_some_estimator_gives():
    given = {"attainable_error", "language_ambiguity", "retrieval_ambiguity"}
    assert {name for conversion in CONVERSIONS.values() for name in conversion.estimates} == given
    assert given <= set(ESTIMATORS) | {"language_ambiguity"}


def test_scores_and_ratings_are_reached_from_no_estimate():
    for task in ("voc_mining", "maintenance_log", "notice_draft", "minutes_summary", "translate_en_ja", "proofread_style", "hr_screening"):
        assert conversion_of(TASKS[task].kind, TASKS[task].measures[0]).estimates == ()


def test_a_tolerance_for_a_part_of_the_cases_is_marked_as_such():
    for task in TASKS.values():
        if task.measures[0].part:
            assert conversion_of(task.kind, task.measures[0]).exactness == "part"


def test_an_error_rate_of_the_owner_takes_the_place_of_a_score_for_labels_only():
    labels, fields = TASKS["voc_mining"], TASKS["maintenance_log"]
    assert conversion_of(labels.kind, labels.measures[0], owner_gives_rate=True) is OWN_RATE
    assert conversion_of(fields.kind, fields.measures[0], owner_gives_rate=True).estimates == ()


def test_a_measure_that_nobody_described_is_reached_by_a_pilot_only():
    assert conversion_of("classify", Measure(name="own_measure", max_error=0.1)) is NOT_STATED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RATE + RATE.replace('"a"', '"b"'), "'misroute' of 'classify' is in 'a' and in 'b'"),
        (RATE.replace('"same"', '"none"'), "give estimates, or the exactness 'none'"),
        (RATE.replace('["language_ambiguity"]', "[]"), "give estimates, or the exactness 'none'"),
        (RATE.replace("because", "reason"), "because"),
        ("[[conversions", "conversions.toml"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(text, told):
    with pytest.raises(ConfigurationError, match=told):
        load_conversions(text)


def test_a_measure_of_ones_own_may_name_its_conversion():
    own = Measure(name="wrong_desk", max_error=0.1, conversion="wrong_label")
    assert conversion_of("classify", own).estimates == ("attainable_error", "language_ambiguity")
    with pytest.raises(UnknownName, match="Did you mean 'wrong_label'"):
        conversion_of("classify", Measure(name="wrong_desk", max_error=0.1, conversion="wrong_labels"))
    with pytest.raises(ConfigurationError, match=r"'wrong_label' is not for 'retrieve'\. Valid: not_among_ten"):
        conversion_of("retrieve", own)
