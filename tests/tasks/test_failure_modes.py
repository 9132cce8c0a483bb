"""Failure modes: one for the kind, one for each statistic that decides the fit."""

from typing import get_args

import pytest

from corpuskit.tasks import TASKS, Kind
from corpuskit.tasks.catalogue import Statistic
from corpuskit.tasks.failure_modes import BY_KIND, BY_STATISTIC, failure_modes
from tests.tasks.build import codes, said


def test_every_kind_and_every_statistic_has_a_failure_of_its_own():
    assert set(BY_KIND) == set(get_args(Kind))
    assert set(BY_STATISTIC) == set(get_args(Statistic))
    both = [*BY_KIND.values(), *BY_STATISTIC.values()]
    assert len(set(both)) == len(both)


def test_the_kind_comes_first_then_the_statistics_in_the_order_of_the_catalogue():
    assert codes(failure_modes(TASKS["policy_qa"])) == [
        "failure_wrong_or_no_passage",
        "failure_versions",
        "failure_coverage",
        "failure_ambiguity",
    ]


def test_a_task_of_two_kinds_fails_as_the_one_that_is_measured():
    assert TASKS["faq_answer"].kinds == ("retrieve", "generate")
    assert "failure_invented_fact" not in codes(failure_modes(TASKS["faq_answer"]))


def test_harm_to_persons_is_named_for_decisions_only():
    harming = {task.id for task in TASKS.values() if "failure_person_harmed" in codes(failure_modes(task))}
    assert harming == {"hr_screening", "performance_eval", "credit_insurance"}


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_every_failure_is_said_in_both_languages(task):
    spoken = [said(message) for message in failure_modes(task)]
    assert all(english != japanese for english, japanese in spoken)
    assert len(set(spoken)) == len(spoken)
