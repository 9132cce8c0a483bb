import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators import EstimatorOptions, least_error
from corpuskit.estimators.labels.agreement import fleiss_kappa
from corpuskit.estimators.labels.double_coding import estimate_double_coding, pairs_that_differ, worth_of_pairs
from corpuskit.synthetic import ring_messages
from tests.estimators.method_words import method_of
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


def raters_of_the_ring(people, seed, n=200):
    messages = ring_messages(n, 0.04, seed=seed)
    random = np.random.default_rng(seed)
    codes = np.stack([(random.random((n, 1)) > messages.posterior.cumsum(axis=1)).sum(axis=1).clip(0, 5) for _ in range(people)], axis=1)
    return messages.texts(), codes


def test_all_pairs_of_several_people_narrow_the_bound_and_it_still_holds():
    truth, covered, widths = 0.1963, 0, []
    for seed in range(40):
        texts, codes = raters_of_the_ring(5, seed)
        first, second = ([str(code) for code in codes[:, person]] for person in (0, 1))
        names = sorted({*first, *second})
        votes = np.stack([(codes == int(name)).sum(axis=1) for name in names], axis=1)
        pair, every = (measured(table(texts, first, second, votes=given)) for given in (None, votes))
        covered += every[0].interval[0] <= truth <= every[0].interval[1]
        widths.append([found[1].interval[1] - found[1].interval[0] for found in (pair, every)])
        assert "over all pairs of raters" in method_of(every[1])
        assert "over all pairs" not in method_of(pair[1])
    assert covered == 40
    pairs, all_pairs = np.mean(widths, axis=0)
    assert 0.55 < all_pairs / pairs < 0.75  # five people are at most two and a half independent pairs: 1 / sqrt(2.5) = .63


def test_the_kappa_of_all_raters_is_given_where_every_message_has_as_many():
    texts, codes = raters_of_the_ring(3, 1)
    first, second = ([str(code) for code in codes[:, person]] for person in (0, 1))
    names = sorted({*first, *second})
    votes = np.stack([(codes == int(name)).sum(axis=1) for name in names], axis=1)
    pair, every = ({found.measure: found for found in measured(table(texts, first, second, votes=given))} for given in (None, votes))
    assert "fleiss_kappa" not in pair
    assert "two of the raters" not in method_of(pair["cohen_kappa"])
    assert "two of the raters" in method_of(every["cohen_kappa"])
    assert every["cohen_kappa"].value == pair["cohen_kappa"].value
    agreed = every["fleiss_kappa"]
    assert (agreed.grade, agreed.n, agreed.unit) == ("B", 200, "messages")
    assert agreed.value == pytest.approx(fleiss_kappa(votes).value)
    assert agreed.interval[1] - agreed.interval[0] < pair["cohen_kappa"].interval[1] - pair["cohen_kappa"].interval[0]
    fewer = votes.copy()
    fewer[0, codes[0, 2] == [int(name) for name in names]] -= 1
    unequal = next(found for found in measured(table(texts, first, second, votes=fewer)) if found.measure == "fleiss_kappa")
    assert (unequal.value, unequal.undefined_because.parameters) == (None, {"fewest": 2, "most": 3})


def test_pairs_that_differ_by_hand():
    assert pairs_that_differ(np.array([[2, 0], [1, 1], [3, 0], [2, 1], [2, 2]])).tolist() == pytest.approx([0, 1, 0, 2 / 3, 2 / 3])
    assert worth_of_pairs(np.array([0.0, 1.0, 0.0, 1.0]), np.full(4, 2), 4.0) == 4.0  # pairs are worth one message each
    assert worth_of_pairs(np.full(9, 1 / 3), np.full(9, 4), 9.0) == 9.0  # no spread tells nothing of how much is gained
    assert worth_of_pairs(np.array([0.5, 0.6] * 50), np.full(100, 4), 100.0) == 200.0  # at most two pairs without a rater in common


def test_raters_that_are_not_the_two_coders_are_left_to_soft_labels():
    texts, _ = raters_of_the_ring(3, 0)
    first, second = (["a"] * 150 + ["b"] * 50, ["a"] * 200)
    others = np.stack([np.zeros(200, np.int64), np.full(200, 3)], axis=1)  # three people who all say b
    alone, beside = measured(table(texts, first, second)), measured(table(texts, first, second, votes=others))
    assert [estimate.value for estimate in alone] == [estimate.value for estimate in beside]
