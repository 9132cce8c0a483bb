"""Tiers: a floor from law and impact that nothing lowers, and a list of what had a say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.tasks import TASKS, OwnerAnswers
from corpuskit.tasks.options import CONDITIONS
from corpuskit.tasks.tiers import SEVERITY, CorpusRisk, assign_tier, severer
from tests.tasks.build import codes, said

SILENT, CALM = OwnerAnswers(), CorpusRisk()
EVERY_RISK = CorpusRisk(personal_data=0.5, error_high=0.2, missing_mass=0.3, contradictions=True)
STEPS = [CorpusRisk(error_high=0.2), CorpusRisk(missing_mass=0.3), CorpusRisk(contradictions=True)]

share = st.none() | st.floats(0.01, 1)
risks = st.builds(CorpusRisk, personal_data=share, error_high=share, missing_mass=share, contradictions=st.booleans())
answers = st.builds(
    OwnerAnswers,
    person_effect=st.sampled_from([None, "none", "indirect", "decides"]),
    impact=st.sampled_from([None, "I0", "I1", "I2", "I3", "I4"]),
    reversible=st.sampled_from([None, "yes", "partly", "no"]),
    audience=st.sampled_from([None, "team", "company", "customer", "public"]),
    data=st.sampled_from([None, "open", "internal", "personal", "special"]),
    autonomy=st.sampled_from([None, "draft", "sampled", "automatic"]),
    prohibited=st.booleans(),
    conditions=st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=3).map(tuple),
)
tasks = st.sampled_from(list(TASKS.values()))


def tier(task, said_by_owner=SILENT, risk=CALM):
    return assign_tier(TASKS[task], said_by_owner, risk)[0]


def reasons(task, said_by_owner=SILENT, risk=CALM):
    return codes(assign_tier(TASKS[task], said_by_owner, risk)[1])


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_without_answers_and_risks_the_floor_stands(task):
    assert assign_tier(task, SILENT, CALM)[0] == task.tier_floor


@given(tasks, answers, risks)
def test_neither_answers_nor_statistics_lower_a_tier(task, said_by_owner, risk):
    found = assign_tier(task, said_by_owner, risk)[0]
    assert severer(found, task.tier_floor) == found
    assert severer(found, assign_tier(task, said_by_owner, CALM)[0]) == found


@given(tasks, answers, risks)
def test_every_reason_has_its_sentence(task, said_by_owner, risk):
    for message in assign_tier(task, said_by_owner, risk)[1]:
        english, japanese = said(message)
        assert english != japanese


@given(tasks, risks)
def test_statistics_alone_make_no_decision_about_persons(task, risk):
    if task.tier_floor != "T4":
        assert assign_tier(task, SILENT, risk)[0] in ("T1", "T2", "T3")


@pytest.mark.parametrize(
    ("answer", "least"),
    [
        ({"impact": "I3"}, "T3"),
        ({"impact": "I4"}, "T3"),
        ({"impact": "I2"}, "T1"),
        ({"reversible": "no"}, "T3"),
        ({"reversible": "partly"}, "T1"),
        ({"audience": "customer"}, "T2"),
        ({"audience": "public"}, "T3"),
        ({"audience": "company"}, "T1"),
        ({"data": "personal"}, "T2"),
        ({"data": "special"}, "T3"),
        ({"person_effect": "indirect"}, "T1"),
        ({"person_effect": "decides"}, "T4"),
        ({"prohibited": True}, "T0"),
    ],
)
def test_an_answer_sets_the_tier_of_its_rule(answer, least):
    """The design's tier rule, on a task of the lightest floor without conditions of its own."""
    assert tier("proofread_style", OwnerAnswers(**answer)) == least


@pytest.mark.parametrize("risk", STEPS)
def test_each_statistic_raises_by_one_step(risk):
    assert [tier(task, SILENT, risk) for task in ("proofread_style", "policy_qa", "sop_manual")] == ["T2", "T3", "T3"]


@pytest.mark.parametrize("autonomy", ["sampled", "automatic"])
def test_autonomy_beyond_drafts_raises_by_one_step(autonomy):
    assert tier("proofread_style", OwnerAnswers(autonomy=autonomy)) == "T2"
    assert tier("proofread_style", OwnerAnswers(autonomy="draft")) == "T1"


def test_several_statistics_raise_by_one_step_in_all_and_all_are_named():
    found, messages = assign_tier(TASKS["proofread_style"], OwnerAnswers(autonomy="sampled"), CorpusRisk(None, 0.2, 0.3, True))
    assert found == "T2"
    assert codes(messages)[1:] == ["tier_step_error", "tier_step_missing_mass", "tier_step_contradictions", "tier_step_autonomy"]


def test_the_step_comes_on_top_of_what_an_answer_set():
    assert tier("proofread_style", OwnerAnswers(audience="customer"), STEPS[0]) == "T3"


def test_personal_data_in_the_files_are_enough_for_t2_without_an_answer():
    assert tier("proofread_style", SILENT, CorpusRisk(personal_data=0.2)) == "T2"
    assert tier("ticket_routing", SILENT, CorpusRisk(personal_data=0.2)) == "T2"
    assert "tier_condition_personal_data" in reasons("ticket_routing", SILENT, CorpusRisk(personal_data=0.2))


@pytest.mark.parametrize(
    ("task", "answer", "condition", "raised"),
    [
        ("reply_draft", {"autonomy": "automatic"}, "automatic_action", "T3"),
        ("report_draft", {"audience": "customer"}, "external_audience", "T3"),
        ("notice_draft", {"audience": "public"}, "public_audience", "T3"),
        ("minutes_summary", {"conditions": ("board",)}, "board", "T3"),
        ("voc_mining", {"conditions": ("staff_scores",)}, "staff_scores", "T4"),
        ("ticket_routing", {"data": "personal"}, "personal_data", "T2"),
    ],
)
def test_a_condition_holds_by_itself_or_by_another_answer(task, answer, condition, raised):
    assert tier(task, OwnerAnswers(**answer)) == raised
    assert f"tier_condition_{condition}" in reasons(task, OwnerAnswers(**answer))


def test_a_condition_of_another_task_raises_nothing():
    assert tier("proofread_style", OwnerAnswers(conditions=("board", "staff_scores"))) == "T1"


@pytest.mark.parametrize("task", ["hr_screening", "performance_eval", "credit_insurance"])
def test_decisions_about_persons_stay_t4_whatever_the_numbers_say(task):
    assert tier(task, OwnerAnswers(impact="I0", reversible="yes", audience="team"), EVERY_RISK) == "T4"


def test_what_is_prohibited_is_forbidden_even_where_a_person_decides():
    assert tier("hr_screening", OwnerAnswers(prohibited=True), EVERY_RISK) == "T0"


def test_the_floor_is_named_first_and_the_law_next():
    assert reasons("hr_screening")[:4] == ["tier_floor", "tier_law_always", "tier_law_always", "tier_law_always"]


@pytest.mark.parametrize(
    ("task", "answer", "asked"),
    [
        ("minutes_summary", {}, True),
        ("minutes_summary", {"conditions": ("board",)}, False),
        ("reply_draft", {}, True),
        ("reply_draft", {"autonomy": "automatic"}, False),
        ("reply_draft", {"autonomy": "draft"}, False),
        ("report_draft", {"autonomy": "draft"}, True),
        ("report_draft", {"audience": "team"}, False),
        ("notice_draft", {"audience": "customer"}, False),
        ("ticket_routing", {}, False),
    ],
)
def test_only_what_nobody_answered_is_asked(task, answer, asked):
    assert any(code.startswith("tier_ask_") for code in reasons(task, OwnerAnswers(**answer))) is asked


@given(st.sampled_from(SEVERITY), st.sampled_from(SEVERITY), st.sampled_from(SEVERITY))
def test_the_severer_of_tiers_is_a_maximum(one, two, three):
    assert severer(one, two) == severer(two, one)
    assert severer(severer(one, two), three) == severer(one, severer(two, three))
    assert severer("T0", one) == "T0"
    assert severer("T1", one) == one
