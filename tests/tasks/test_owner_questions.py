"""Questions for the owner: every answer that can be given is asked for, in both languages, and changes what it says it changes."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ConfigurationError
from corpuskit.tasks import OWNER_QUESTIONS, TASKS, OwnerAnswers, TaskOptions, questions_for, toml_value
from corpuskit.tasks.owner_questions import VALUES, load_questions
from corpuskit.tasks.tiers import SEVERITY, CorpusRisk, assign_tier, severer

QUESTIONS = {question.key: question for question in OWNER_QUESTIONS}
CHOICES = [(question, option) for question in OWNER_QUESTIONS if question.form in ("choice", "yes_no") for option in question.options]
PLAIN = TASKS["proofread_style"]
"""A task with the lowest floor and no rule of its own."""
ENTRY = """
[[questions]]
key = "reversible"
form = "choice"
ask = {en = "a", ja = "あ"}
why = {en = "a", ja = "あ"}
until = {en = "a", ja = "あ"}
options = [
  {value = "yes", label = {en = "a", ja = "あ"}},
  {value = "partly", label = {en = "a", ja = "あ"}},
  {value = "no", label = {en = "a", ja = "あ"}},
]
"""


def test_everything_that_can_be_answered_is_asked_for():
    assert set(QUESTIONS) == set(OwnerAnswers.model_fields)


def test_every_sentence_is_there_in_two_languages():
    for question in OWNER_QUESTIONS:
        for words in (question.ask, question.why, question.until):
            assert words.en != words.ja
            assert words.ja.endswith(("。", "）"))
        assert "?" in question.ask.en
        assert question.ask.ja.count("か。") + question.ask.ja.count("か（") >= 1


@pytest.mark.parametrize(("question", "option"), CHOICES, ids=lambda item: getattr(item, "key", None) or item.value)
def test_an_option_changes_the_tier_as_it_says(question, option):
    value = option.value == "yes" if question.form == "yes_no" else option.value
    answers = OwnerAnswers.model_validate({question.key: value})
    tier, _ = assign_tier(PLAIN, answers, CorpusRisk())
    stepped = SEVERITY[SEVERITY.index(PLAIN.tier_floor) + 1] if option.step else PLAIN.tier_floor
    assert tier == severer(stepped, option.tier or PLAIN.tier_floor)
    assert option.changes is not None
    assert (option.tier in option.changes.en) if option.tier else True


def test_an_option_can_be_written_into_the_configuration_file_and_read_again():
    for question, option in CHOICES:
        value = option.value == "yes" if question.form == "yes_no" else option.value
        answers = OwnerAnswers.model_validate({question.key: value})
        written = tomllib.loads(f"answers.faq_answer.{question.key} = {toml_value(answers.model_dump()[question.key])}")
        assert TaskOptions.model_validate(written).answers["faq_answer"] == answers


@given(st.text(min_size=1, max_size=30), st.text(max_size=30), st.floats(0.001, 0.999))
def test_whatever_an_owner_and_a_table_are_called_the_file_is_read_again(name, owner, share):
    answers = OwnerAnswers(owner=owner, max_error=share, conditions=("board", "deletion"), prohibited=True)
    lines = [f"[{toml_value(name)}]", *(f"{key} = {toml_value(value)}" for key, value in answers.model_dump(exclude_unset=True).items())]
    assert OwnerAnswers.model_validate(tomllib.loads("\n".join(lines))[name]) == answers


def test_only_conditions_that_raise_this_task_are_asked():
    (asked,) = [question for question in questions_for(TASKS["minutes_summary"]) if question.key == "conditions"]
    assert [option.value for option in asked.options] == ["board"]
    assert all(question.key != "conditions" for question in questions_for(PLAIN))


def test_what_is_answered_is_not_asked_again():
    answers = OwnerAnswers(impact="I1", owner="A. Mori", max_error=None)
    left = {question.key for question in questions_for(TASKS["minutes_summary"], answers)}
    assert left == set(OwnerAnswers.model_fields) - {"impact", "owner"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('key = "reversible"', 'key = "colour"', "what can be answered is"),
        ('value = "partly"', 'value = "maybe"', "reversible: the options are yes, maybe, no; valid: yes, partly, no"),
        ('form = "choice"', 'form = "guess"', "form"),
        ('form = "choice"', 'form = "choice"\nrefs = ["gdpr:999"]', "'gdpr:999' is not in catalogue/frameworks"),
        ('ja = "あ"', 'ja = ""', "ja"),
        ("[[questions]]", "[[questions]", r"owner_questions\.toml"),
    ],
)
def test_a_broken_file_is_refused(old, new, told):
    assert [question.key for question in load_questions(ENTRY)] == ["reversible"]
    with pytest.raises(ConfigurationError, match=told):
        load_questions(ENTRY.replace(old, new))


def test_every_value_of_a_choice_is_an_option():
    assert all(
        tuple(option.value for option in QUESTIONS[key].options) == values or set(values) == {o.value for o in QUESTIONS[key].options}
        for key, values in VALUES.items()
    )
