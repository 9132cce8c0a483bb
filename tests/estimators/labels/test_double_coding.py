import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators import EstimatorOptions, least_error
from corpuskit.estimators.labels.double_coding import estimate_double_coding
from corpuskit.synthetic import ring_messages
from tests.estimators.tables import inputs_of, requests, table


def measured(*tables):
    return estimate_double_coding(inputs_of(*tables), EstimatorOptions()).estimates


@given(st.integers(2, 20), st.floats(0, 1))
def test_the_bound_lies_between_nothing_and_the_disagreement(classes, share):
    disagreement = share * (classes - 1) / classes
    bound = least_error(disagreement, classes)
    assert 0 <= bound <= disagreement + 1e-12
    assert bound >= disagreement / 2 - 1e-9  # Cover and Hart: the nearest neighbour error is at most twice the Bayes error


def test_the_ends_of_the_bound():
    assert least_error(0.0, 4) == 0
    assert least_error(0.75, 4) == pytest.approx(0.75)
    assert least_error(0.9, 4) == pytest.approx(0.75)
    assert least_error(0.5, 1) == 0


def test_two_coders_of_the_ring_language_bracket_its_exact_error():
    truth, covered = 0.1963, 0
    for seed in range(40):
        messages = ring_messages(200, 0.04, seed=seed)
        random = np.random.default_rng(seed)
        codes = [(random.random((200, 1)) > messages.posterior.cumsum(axis=1)).sum(axis=1).clip(0, 5) for _ in range(2)]
        first, second = ([str(code) for code in person] for person in codes)
        found = measured(table(messages.texts(), first, second))[0]
        assert found.grade == "B"
        covered += found.interval[0] <= truth <= found.interval[1]
    assert covered == 40  # 300 of 300 in the design study


def test_only_messages_with_two_labels_count():
    texts, labels = requests(90)
    second = [label if row < 50 else None for row, label in enumerate(labels)]
    bound, disagreement, kappa, alpha = measured(table(texts, labels, second))
    assert [estimate.n for estimate in (bound, disagreement, kappa, alpha)] == [50] * 4
    assert (kappa.value, alpha.value) == (1.0, 1.0)
    assert (bound.value, disagreement.value) == (0.0, 0.0)
    assert bound.interval[0] == 0.0
    assert bound.interval[1] == pytest.approx(disagreement.interval[1])


def test_too_few_pairs_are_refused_and_single_coding_is_not_mentioned():
    texts, labels = requests(60)
    few = measured(table(texts, labels, [label if row < 10 else None for row, label in enumerate(labels)]))
    assert [estimate.undefined_because.code for estimate in few] == ["undefined_too_few_double_coded"]
    assert measured(table(texts, labels)) == ()


def test_one_label_for_everything_leaves_agreement_undefined():
    texts, _ = requests(60)
    found = measured(table(texts, ["yes"] * 60, ["yes"] * 60))
    assert [estimate.undefined_because.code for estimate in found if estimate.value is None] == ["undefined_one_label"] * 2
