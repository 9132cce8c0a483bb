"""Options: answers find their task, and answers for nobody are refused."""

from typing import get_args

import pytest
from pydantic import ValidationError

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.tasks import TASKS, DeclaredTask, OwnerAnswers, TaskOptions
from corpuskit.tasks.catalogue import Condition
from corpuskit.tasks.options import CONDITIONS

ROUTING = TASKS["ticket_routing"]
FOR_ALL, FOR_ONE = OwnerAnswers(owner="all"), OwnerAnswers(owner="one")


@pytest.mark.parametrize(
    ("answers", "owner"),
    [
        ({"ticket_routing": FOR_ALL, "ticket_routing@a.csv": FOR_ONE}, "one"),
        ({"ticket_routing": FOR_ALL, "ticket_routing@b.csv": FOR_ONE}, "all"),
        ({"ticket_routing": FOR_ALL}, "all"),
        ({"policy_qa": FOR_ALL}, ""),
        ({}, ""),
    ],
)
def test_an_answer_for_the_table_wins_over_one_for_the_task(answers, owner):
    assert TaskOptions(answers=answers).answers_for(ROUTING, "ticket_routing@a.csv").owner == owner


def test_an_empty_answer_for_the_table_still_wins():
    options = TaskOptions(answers={"ticket_routing@a.csv": OwnerAnswers(), "ticket_routing": FOR_ALL})
    assert options.answers_for(ROUTING, "ticket_routing@a.csv").owner == ""


def test_an_answer_for_an_unknown_task_is_refused_with_the_nearest_and_all_valid_ids():
    with pytest.raises(UnknownName, match="Did you mean 'ticket_routing'") as caught:
        TaskOptions(answers={"policy_qa": FOR_ALL, "ticket_rooting": FOR_ALL}).check()
    assert caught.value.valid == tuple(sorted(TASKS))


@pytest.mark.parametrize("key", ["ticket_routing", "ticket_routing@a.csv", "ticket_routing@mail@example.csv#queue"])
def test_ids_of_tasks_and_of_their_tables_are_accepted(key):
    TaskOptions(answers={key: FOR_ALL}).check()


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_error": 0.0},
        {"max_error": 1.0},
        {"max_error": 5},
        {"impact": "I5"},
        {"reversible": "maybe"},
        {"conditions": ["full_moon"]},
        {"tier": "T1"},
    ],
)
def test_an_answer_that_no_question_allows_is_refused(wrong):
    with pytest.raises(ValidationError):
        OwnerAnswers.model_validate(wrong)


@pytest.mark.parametrize(
    "wrong",
    [{"min_documents": 0}, {"min_cases": 9}, {"start_probability": 0.5}, {"fix_probability": 0.5}, {"even_probability": 0.4}, {"min_docs": 5}],
)
def test_thresholds_out_of_order_are_refused(wrong):
    with pytest.raises(ValidationError):
        TaskOptions.model_validate(wrong)


def test_the_defaults_are_those_of_the_design():
    options = TaskOptions()
    assert (options.min_documents, options.min_cases, options.missing_mass, options.labels_per_class) == (5, 30, 0.2, 200)
    assert (options.pilot_power, options.pilot_alpha) == (0.8, 0.05)


def test_every_condition_that_may_be_answered_raises_a_tier_of_some_task():
    raising = {rule.condition for task in TASKS.values() for rule in task.raise_to}
    assert set(CONDITIONS) == set(get_args(Condition)) == raising


def test_every_default_gives_its_reason_or_meaning():
    described = [*TaskOptions.model_fields.values(), *OwnerAnswers.model_fields.values()]
    assert all(field.description for field in described)


def test_a_declaration_gives_owner_and_tolerance_and_leaves_the_other_answers():
    options = TaskOptions(declared=(DeclaredTask(task="faq_answer", folder="faq", max_error=0.2),), answers={"faq_answer": OwnerAnswers(impact="I3")})
    assert options.answers_for(TASKS["faq_answer"], "faq_answer@faq") == OwnerAnswers(impact="I3", max_error=0.2)
    assert options.answers_for(TASKS["faq_answer"], "faq_answer") == OwnerAnswers(impact="I3")


def test_a_declaration_of_an_unknown_task_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'faq_answer'"):
        TaskOptions(declared=(DeclaredTask(task="faq_answers"),)).check()


def test_what_is_declared_twice_or_has_two_tolerances_is_refused():
    one = DeclaredTask(task="faq_answer", folder="faq", max_error=0.1)
    with pytest.raises(ConfigurationError, match="faq_answer@faq is declared twice"):
        TaskOptions(declared=(one, one)).check()
    with pytest.raises(ConfigurationError, match=r"the tolerance 0\.1 in tasks\.declared and 0\.2 in tasks\.answers"):
        TaskOptions(declared=(one,), answers={one.id: OwnerAnswers(max_error=0.2)}).check()
    TaskOptions(declared=(one,), answers={one.id: OwnerAnswers(max_error=0.1)}).check()


def test_an_answer_for_a_task_of_ones_own_is_accepted():
    own = {"tasks": [{**TASKS["faq_answer"].model_dump(mode="json", by_alias=True), "id": "own_faq"}]}
    TaskOptions.model_validate({"own": own, "answers": {"own_faq": {"impact": "I1"}}}).check()
    with pytest.raises(UnknownName, match="own_faq"):
        TaskOptions.model_validate({"answers": {"own_faq": {"impact": "I1"}}}).check()


def test_the_digest_of_a_file_is_that_of_its_content(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text("", encoding="utf-8")
    before = TaskOptions(files=(str(file),)).digest_of_files()
    file.write_text("# changed", encoding="utf-8")
    assert TaskOptions(files=(str(file),)).digest_of_files() != before
