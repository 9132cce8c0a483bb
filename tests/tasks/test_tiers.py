"""Tiers: a floor from law and impact that nothing lowers, and a list of what had a say."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.tasks import TASKS, OwnerAnswers
from corpuskit.tasks.options import CONDITIONS
from corpuskit.tasks.tiers import SEVERITY, CorpusRisk, assign_tier, highest_open_tier, severer
from tests.tasks.build import codes, said

SILENT, CALM = OwnerAnswers(), CorpusRisk()
EVERY_RISK = CorpusRisk(personal_data=0.5, error_high=0.2, missing_mass=0.3, contradictions=2, agreement=0.3)
STEPS = [CorpusRisk(error_high=0.2), CorpusRisk(missing_mass=0.3), CorpusRisk(contradictions=1), CorpusRisk(agreement=0.5)]

share = st.none() | st.floats(0.01, 1)
risks = st.builds(CorpusRisk, personal_data=share, error_high=share, missing_mass=share, contradictions=st.integers(0, 3), agreement=share)
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
    risk = CorpusRisk(error_high=0.2, missing_mass=0.3, contradictions=1, agreement=0.4)
    found, messages = assign_tier(TASKS["proofread_style"], OwnerAnswers(autonomy="sampled"), risk)
    assert found == "T2"
    steps = [code for code in codes(messages) if code.startswith("tier_step_")]
    assert steps == ["tier_step_error", "tier_step_missing_mass", "tier_step_contradictions", "tier_step_agreement", "tier_step_autonomy"]


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


def raised(field):
    """All risks that differ in one field only: not measured, and measured."""
    calm = {"personal_data": None, "error_high": None, "missing_mass": None, "contradictions": 0, "agreement": None}
    grave = {"personal_data": 0.5, "error_high": 0.2, "missing_mass": 0.3, "contradictions": 1, "agreement": 0.4}
    others = [name for name in calm if name != field]
    for chosen in product((False, True), repeat=len(others)):
        rest = {name: (grave if on else calm)[name] for name, on in zip(others, chosen, strict=True)}
        yield CorpusRisk(**rest, **{field: calm[field]}), CorpusRisk(**rest, **{field: grave[field]})


@pytest.mark.parametrize("field", ["personal_data", "error_high", "missing_mass", "contradictions", "agreement"])
@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_raising_one_statistic_never_lowers_a_tier_in_any_combination_of_the_others(task, field):
    for less, more in raised(field):
        before, after = (assign_tier(task, SILENT, risk)[0] for risk in (less, more))
        assert severer(before, after) == after


SCALES = {
    "impact": [None, "I0", "I1", "I2", "I3", "I4"],
    "reversible": [None, "yes", "partly", "no"],
    "audience": [None, "team", "company", "customer", "public"],
    "data": [None, "open", "internal", "personal", "special"],
    "autonomy": [None, "draft", "sampled", "automatic"],
    "person_effect": [None, "none", "indirect", "decides"],
    "prohibited": [False, True],
}


@given(tasks, answers, risks, st.sampled_from(sorted(SCALES)), st.data())
def test_a_graver_answer_never_lowers_a_tier(task, said_by_owner, risk, question, data):
    scale = SCALES[question]
    less = data.draw(st.integers(0, len(scale) - 1))
    more = data.draw(st.integers(less, len(scale) - 1))
    before, after = (assign_tier(task, said_by_owner.model_copy(update={question: scale[at]}), risk)[0] for at in (less, more))
    assert severer(before, after) == after


@given(tasks, answers, risks, st.sampled_from(CONDITIONS))
def test_one_more_condition_never_lowers_a_tier(task, said_by_owner, risk, condition):
    more = said_by_owner.model_copy(update={"conditions": (*said_by_owner.conditions, condition)})
    before, after = (assign_tier(task, one, risk)[0] for one in (said_by_owner, more))
    assert severer(before, after) == after


def test_what_nobody_answered_is_marked_with_what_counts_until_then():
    (default,) = [message for message in assign_tier(TASKS["faq_answer"], SILENT, CALM)[1] if message.code == "tier_default_all"]
    assert default.parameters == {"impact": "I2", "reversible": "partly", "audience": "customer", "data": "personal", "autonomy": "draft"}


def test_an_answer_takes_its_default_away_and_leaves_the_others():
    left = [code for code in reasons("faq_answer", OwnerAnswers(impact="I2", audience="team")) if code.startswith("tier_default_")]
    assert left == ["tier_default_reversible", "tier_default_data", "tier_default_autonomy"]


@given(tasks)
def test_the_default_of_an_unanswered_question_asks_for_no_higher_tier_than_the_floor(task):
    (default,) = [message for message in assign_tier(task, SILENT, CALM)[1] if message.code == "tier_default_all"]
    answered = OwnerAnswers(**{name: value for name, value in default.parameters.items() if name in ("audience", "data", "autonomy")})
    conditions = {rule.condition for rule in task.raise_to}
    if not conditions & {"external_audience", "public_audience", "personal_data"}:
        assert assign_tier(task, answered, CALM)[0] == task.tier_floor


@given(tasks, answers, risks)
def test_the_open_questions_can_only_raise(task, said_by_owner, risk):
    found = assign_tier(task, said_by_owner, risk)[0]
    assert severer(found, highest_open_tier(task, said_by_owner, found)) == highest_open_tier(task, said_by_owner, found)


def test_open_questions_say_how_far_they_could_raise():
    assert highest_open_tier(TASKS["minutes_summary"], SILENT, "T1") == "T3"
    assert highest_open_tier(TASKS["minutes_summary"], OwnerAnswers(conditions=("board",)), "T3") == "T3"
    assert highest_open_tier(TASKS["proofread_style"], SILENT, "T1") == "T1"
