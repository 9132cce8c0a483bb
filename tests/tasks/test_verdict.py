"""Verdicts: rules in order, and each says why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.finding import Message
from corpuskit.tasks import TaskOptions
from corpuskit.tasks.ranking import Suitability
from corpuskit.tasks.verdict import Case, judge
from tests.tasks.build import LABELS, codes, measured, said

DEFAULTS = TaskOptions()
MISSING = (Message(code="missing_labels"),)


def suited(value, low=None, high=None, grade="C"):
    estimate = measured(f"language_ambiguity@{LABELS}", 6, 234, grade)
    return Suitability(value, (value if low is None else low, value if high is None else high), grade, estimate, 234.0)


def case(value=0.95, **changes):
    found = changes.pop("suitability", suited(value))
    return replace(Case("classify", "T1", 0.05, "", found, ()), **changes)


def verdict(a_case):
    return judge(a_case, DEFAULTS)[0]


def test_clear_labels_within_a_tolerance_at_the_lightest_tier_start():
    assert judge(case(), DEFAULTS)[0] == "start"
    assert codes(judge(case(), DEFAULTS)[1]) == ["verdict_because_measured_labels", "verdict_because_likely"]


# 0.8, 0.5 and 0.2 are the thresholds of the options; a value at a threshold belongs to the better side.
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, "start"),
        (0.8, "start"),
        (0.79, "start_with_conditions"),
        (0.5, "start_with_conditions"),
        (0.49, "insufficient_evidence"),
        (0.2, "insufficient_evidence"),
        (0.19, "fix_first"),
        (0.0, "fix_first"),
    ],
)
def test_the_probability_decides_by_its_thresholds(value, expected):
    assert verdict(case(value)) == expected


@pytest.mark.parametrize(
    ("changes", "condition"),
    [
        ({"suitability": suited(0.95, low=0.7)}, "condition_interval"),
        ({"tier": "T2"}, "condition_tier"),
        ({"tier": "T3"}, "condition_tier"),
        ({"suitability": suited(0.95, grade="D")}, "condition_grade"),
        ({"part": "urgent"}, "condition_part_urgent"),
        ({"contradictions": 2}, "condition_contradictions"),
    ],
)
def test_each_obstacle_to_a_start_is_named(changes, condition):
    found, messages = judge(case(**changes), DEFAULTS)
    assert found == "start_with_conditions"
    assert codes(messages)[1:] == [condition]


def test_all_obstacles_are_named_together():
    found = judge(case(tier="T2", part="severe", suitability=suited(0.9, low=0.6, grade="D")), DEFAULTS)
    assert codes(found[1])[1:] == ["condition_interval", "condition_tier", "condition_grade", "condition_part_severe"]


@pytest.mark.parametrize("grade", ["A", "B", "C"])
def test_real_labels_need_no_better_ones(grade):
    assert verdict(case(suitability=suited(0.95, grade=grade))) == "start"


@pytest.mark.parametrize(("tolerance", "expected"), [(0.05, "fix_first"), (0.06, "start"), (0.07, "start")])
def test_a_tolerance_below_the_ceiling_is_refused_and_one_at_it_is_not(tolerance, expected):
    assert verdict(case(tolerance=tolerance, least_error=0.06)) == expected


def test_the_ceiling_needs_no_other_measurement():
    found, messages = judge(case(suitability=None, missing=MISSING, least_error=0.06), DEFAULTS)
    assert (found, codes(messages)) == ("fix_first", ["verdict_because_ceiling"])
    assert messages[0].parameters == {"least": 0.06, "tolerance": 0.05}


def test_without_a_tolerance_no_ceiling_is_too_low():
    assert verdict(case(tolerance=None, suitability=None, missing=MISSING, least_error=0.9)) == "insufficient_evidence"


def test_where_nothing_is_measured_the_evidence_is_insufficient_and_what_is_missing_is_said():
    assert judge(case(suitability=None, missing=MISSING), DEFAULTS) == ("insufficient_evidence", MISSING)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"kind": "decide", "tier": "T4"}, "verdict_because_person_decides"),
        ({"kind": "classify", "tier": "T4"}, "verdict_because_person_decides"),
        ({"kind": "decide", "tier": "T1"}, "verdict_because_person_decides"),
        ({"kind": "decide", "tier": "T0"}, "verdict_because_prohibited"),
        ({"kind": "classify", "tier": "T0"}, "verdict_because_prohibited"),
    ],
)
def test_decisions_about_persons_and_what_is_prohibited_are_not_started_however_good_the_numbers(changes, because):
    found, messages = judge(case(1.0, least_error=0.5, **changes), DEFAULTS)
    assert (found, codes(messages)) == ("do_not_start", [because])


ORDER = ["fix_first", "insufficient_evidence", "start_with_conditions", "start"]


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["T1", "T2", "T3"]), st.sampled_from("ABCDE"), st.sampled_from(["", "urgent"]))
def test_a_higher_probability_never_gives_a_worse_verdict(one, other, tier, grade, part):
    worse, better = sorted((one, other))
    first, second = (verdict(case(tier=tier, part=part, suitability=suited(value, grade=grade))) for value in (worse, better))
    assert ORDER.index(first) <= ORDER.index(second)


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["classify", "retrieve"]), st.sampled_from(["T0", "T1", "T3", "T4"]), st.sampled_from("ACD"))
def test_every_verdict_gives_a_reason_in_both_languages(one, other, kind, tier, grade):
    low, value = sorted((one, other))
    _, messages = judge(case(kind=kind, tier=tier, suitability=suited(value, low, grade=grade)), DEFAULTS)
    assert messages
    assert all(said(message)[0] != said(message)[1] for message in messages)


def test_retrieval_is_not_explained_by_labels():
    assert codes(judge(case(kind="retrieve"), DEFAULTS)[1])[0] == "verdict_because_measured_retrieval"


@pytest.mark.parametrize("kind", ["classify", "retrieve", "extract", "generate"])
def test_a_pilot_is_explained_as_one(kind):
    told = judge(case(kind=kind, suitability=suited(0.95, grade="A")), DEFAULTS)[1]
    assert codes(told)[0] == "verdict_because_measured_pilot"


def test_contradictions_come_before_what_is_missing_and_never_lift_a_verdict():
    found, messages = judge(case(suitability=None, missing=MISSING, contradictions=3), DEFAULTS)
    assert (found, codes(messages)) == ("fix_first", ["verdict_because_contradictions", "missing_labels"])
    assert verdict(case(0.1, contradictions=3)) == "fix_first"
    assert verdict(case(1.0, tier="T4", contradictions=3)) == "do_not_start"


@given(st.floats(0, 1), st.integers(1, 5), st.sampled_from(["T1", "T2", "T3"]), st.sampled_from("ACD"))
def test_contradictions_never_give_a_better_verdict(value, number, tier, grade):
    found = suited(value, grade=grade)
    calm, contradicting = (verdict(case(tier=tier, suitability=found, contradictions=n)) for n in (0, number))
    assert ORDER.index(contradicting) <= ORDER.index(calm)
