"""Questions that only the owner of a task can answer, as data: wording, options, and what each option changes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Literal, get_args

from pydantic import Field, ValidationError

from corpuskit.errors import ConfigurationError
from corpuskit.tasks.assessment import Frozen, Tier
from corpuskit.tasks.catalogue import Condition, Impact, Name, Reversible, Task
from corpuskit.tasks.frameworks import reference
from corpuskit.tasks.options import Audience, Autonomy, Data, OwnerAnswers, PersonEffect

Form = Literal["choice", "several", "share", "amount", "yes_no", "text"]
VALUES: dict[str, tuple[str, ...]] = {
    "impact": get_args(Impact),
    "reversible": get_args(Reversible),
    "audience": get_args(Audience),
    "data": get_args(Data),
    "autonomy": get_args(Autonomy),
    "person_effect": get_args(PersonEffect),
    "prohibited": ("no", "yes"),
    "conditions": get_args(Condition),
}
"""What can be answered to each question that has options."""


class AnswerOption(Frozen):
    """One answer that can be given: ``tier`` is the least tier that it sets (empty: none), ``step`` raises by one step."""

    value: str
    label: Name
    changes: Name | None = None
    tier: Tier | Literal[""] = ""
    step: bool = False


class OwnerQuestion(Frozen):
    """One question.

    Attributes
    ----------
    key : str
        Key of :class:`~corpuskit.tasks.OwnerAnswers`.
    form : str
        How it is answered.
    ask, why, until : Name
        The question, why it is asked, and what counts until it is answered.
    options : tuple of AnswerOption
        In the order in which they are shown; empty where the answer is free.
    refs : tuple of str
        Rules that the question cites, ``framework:rule``.
    """

    key: str
    form: Form
    ask: Name
    why: Name
    until: Name
    options: tuple[AnswerOption, ...] = ()
    refs: tuple[str, ...] = ()


class _File(Frozen):
    questions: tuple[OwnerQuestion, ...] = Field(min_length=1)


def load_questions(text: str) -> tuple[OwnerQuestion, ...]:
    """Read the questions from TOML.

    Raises
    ------
    ConfigurationError
        The text is not what it should be, a rule it cites has no date, a key is no key of an answer, or the options of a question are not
        exactly what can be answered.
    """
    try:
        questions = _File.model_validate(tomllib.loads(text)).questions
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"catalogue/owner_questions.toml: {error}") from error
    asked, known = [question.key for question in questions], set(OwnerAnswers.model_fields)
    if not set(asked) <= known or len(set(asked)) != len(asked):
        raise ConfigurationError(f"catalogue/owner_questions.toml: asks {sorted(asked)}, each once; what can be answered is {sorted(known)}.")
    for question in questions:
        given = tuple(option.value for option in question.options)
        if set(given) != set(VALUES.get(question.key, ())) or len(set(given)) != len(given):
            valid = ", ".join(VALUES.get(question.key, ())) or "none"
            raise ConfigurationError(f"catalogue/owner_questions.toml: {question.key}: the options are {', '.join(given)}; valid: {valid}.")
        for ref in question.refs:
            reference(ref)
    return questions


OWNER_QUESTIONS: tuple[OwnerQuestion, ...] = load_questions(
    files("corpuskit.tasks").joinpath("catalogue", "owner_questions.toml").read_text(encoding="utf-8")
)


def questions_for(task: Task, answers: OwnerAnswers | None = None) -> tuple[OwnerQuestion, ...]:
    """Give the questions about one task that are still open, with only those conditions that raise its tier.

    Parameters
    ----------
    task : Task
    answers : OwnerAnswers, optional
        What is answered already; default: nothing.
    """
    given = set() if answers is None else {key for key in answers.model_fields_set if getattr(answers, key) not in (None, "", ())}
    raising = {rule.condition for rule in task.raise_to}
    asked = []
    for question in OWNER_QUESTIONS:
        if question.key in given:
            continue
        if question.key != "conditions":
            asked.append(question)
        elif options := tuple(option for option in question.options if option.value in raising):
            asked.append(question.model_copy(update={"options": options}))
    return tuple(asked)


def toml_value(value: str | float | bool | Sequence[str]) -> str:
    """Write a value as TOML; basic strings of TOML and of JSON are escaped alike."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False).replace("\x7f", "\\u007f")
