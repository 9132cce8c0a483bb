from dataclasses import replace

import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.stepwise_clarity import estimate_stepwise_clarity, steps_of, upper_of_column, upper_of_names
from tests.estimators.method_words import method_of
from tests.estimators.tables import inputs_of, table


def two_levels(n=600, seed=0, upper_told=True):
    """The upper label has words of its own (or none); lower ones share words between upper labels, so they are clear only under their upper one."""
    random = np.random.default_rng(seed)
    texts, upper, lower = [], [], []
    for _ in range(n):
        top, bottom = int(random.integers(2)), int(random.integers(2))
        words = [f"bottom{bottom}x{random.integers(4)}", *(f"w{word}" for word in random.integers(0, 50, 5))]
        if upper_told:
            words.append(f"top{top}x{random.integers(4)}")
        texts.append(" ".join(random.permutation(words)))
        upper.append("ab"[top])
        lower.append(f"{'ab'[top]}{bottom}")
    return texts, upper, lower


def measured(*tables):
    return {item.measure: item for item in estimate_stepwise_clarity(inputs_of(*tables), EstimatorOptions()).estimates}


def columns(texts, upper, lower):
    return replace(table(texts, lower), column="lower", subject="labels:table.csv#lower"), replace(
        table(texts, upper), column="upper", subject="labels:table.csv#upper"
    )


def test_what_words_do_not_tell_of_the_upper_label_the_step_tells():
    found = measured(*columns(*two_levels(upper_told=False)))
    assert found["last_step_error"].value == pytest.approx(0.5, abs=0.06)
    assert found["last_step_error_given_step"].value < 0.03
    assert found["stepwise_gain"].interval[0] > 0.4
    # the method's own step is a coin, so nothing is won by it
    low, high = found["stepwise_gain_own_step"].interval
    assert low < 0.02
    assert high > -0.06
    assert found["stepwise_gain"].subject == "labels:table.csv#lower"


def test_a_step_that_the_words_tell_anyway_brings_nothing():
    found = measured(*columns(*two_levels()))
    assert found["last_step_error"].value < 0.05
    assert found["stepwise_gain"].value < 0.05


def test_levels_in_names_are_the_same_as_levels_in_columns():
    texts, upper, lower = two_levels(upper_told=False)
    named = [f"{one} > {two}" for one, two in zip(upper, lower, strict=True)]
    by_name, by_column = measured(table(texts, named)), measured(*columns(texts, upper, lower))
    assert by_name["stepwise_gain"].value == by_column["stepwise_gain"].value
    assert "front part" in method_of(by_name["stepwise_gain"])


def test_given_a_step_nothing_gets_worse():
    random = np.random.default_rng(0)
    scores, labels, upper = random.random((300, 6)), random.integers(0, 6, 300), np.array([0, 0, 1, 1, 2, 2])
    steps = steps_of(scores, labels, upper, random.random((300, 3)))
    assert (steps.given <= steps.direct).all()
    right = np.eye(3)[upper[labels]]
    assert (steps_of(scores, labels, upper, right).own == steps.given).all()


@pytest.mark.parametrize(
    ("names", "upper"),
    [
        (("a > x", "a > y", "b > x"), [0, 0, 1]),
        (("人事/休暇", "人事/評価", "総務/備品"), [0, 0, 1]),
        (("a > x > 1", "a > x > 2", "a > y > 1", "b > x > 1"), [0, 0, 1, 2]),  # all that stands above the last step
        (("a > x > 1", "a > x", "a > y", "b > z"), [1, 0, 0, 2]),
        (("a > x > 1", "a > y > 2", "b > z > 3"), [0, 0, 1]),  # no middle step is shared, so the first one is the step
        (("a::x", "b::x"), None),  # every upper label has one lower one
        (("a > x", "a > y", "b"), None),
        (("a > x", "a > y"), None),
        (("x", "y", "z"), None),
    ],
)
def test_names_with_levels(names, upper):
    found = upper_of_names(names)
    assert upper is None if found is None else found.tolist() == upper


def test_columns_with_levels():
    lower = np.array([0, 0, 1, 1, 2, 2] * 20)
    assert upper_of_column(lower, np.array([0, 0, 0, 0, 1, 1] * 20)).tolist() == [0, 0, 1]
    assert upper_of_column(lower, lower) is None
    assert upper_of_column(lower, np.random.default_rng(0).integers(0, 2, 120)) is None
    assert upper_of_column(lower, np.zeros(120, np.int64)) is None


def test_tables_without_levels_have_nothing():
    texts, upper, _ = two_levels(100)
    assert measured(table(texts, upper)) == {}
    other = np.random.default_rng(3).choice(list("pqr"), 100).tolist()
    assert measured(*columns(texts, upper, other)) == {}


def test_few_messages_are_refused():
    texts, upper, lower = two_levels(24)
    found = measured(*columns(texts, upper, lower))
    assert {item.undefined_because.code for item in found.values()} <= {"undefined_too_few_messages"}
