import numpy as np
import pytest

from corpuskit.estimators.labels.chernoff import chernoff_factor, expected_examples, least_divergence
from corpuskit.synthetic import chernoff_coefficient, ring_matrices


def one_step(ambiguity):
    """Distribution of (first letter, next letter) of each intention of the ring language, first letters even."""
    return ring_matrices(ambiguity).reshape(6, -1).T / 18


@pytest.mark.parametrize("ambiguity", [0.01, 0.02, 0.04, 0.10])
def test_one_step_of_the_ring_language_agrees_with_its_own_formula(ambiguity):
    assert chernoff_factor(one_step(ambiguity)) == pytest.approx(chernoff_coefficient(ambiguity, steps=1), rel=1e-9)


def test_two_coins():
    # symmetric, so the best exponent is 1/2: 2 sqrt(p (1 - p)), the Bhattacharyya coefficient
    assert chernoff_factor(np.array([[0.8, 0.2], [0.2, 0.8]])) == pytest.approx(2 * np.sqrt(0.16))


def test_the_hardest_pair_decides_and_extremes_are_exact():
    easy, equal = np.array([[1.0, 0.0], [0.0, 1.0]]), np.full((4, 2), 0.25)
    assert (chernoff_factor(easy), chernoff_factor(equal)) == (0.0, pytest.approx(1.0))
    three = np.array([[0.8, 0.2, 0.0], [0.2, 0.8, 0.0], [0.0, 0.0, 1.0]])
    assert chernoff_factor(three) == pytest.approx(0.8)
    assert chernoff_factor(np.ones((1, 1))) == 0.0
    assert chernoff_factor(three[:, [2, 0, 1]]) == pytest.approx(chernoff_factor(three))


def test_the_error_of_many_messages_falls_by_the_factor():
    # two coins: exact error of m throws by the binomial, ratio of further throws towards .8
    factor = chernoff_factor(np.array([[0.8, 0.2], [0.2, 0.8]]))
    heads = np.arange(402)
    from scipy.stats import binom

    errors = [0.5 * np.minimum(binom.pmf(heads, m, 0.8), binom.pmf(heads, m, 0.2)).sum() for m in (200, 400)]
    assert (errors[1] / errors[0]) ** (1 / 200) == pytest.approx(factor, abs=0.002)


def test_walds_number_for_two_coins():
    # KL of .8 / .2 against .2 / .8: .6 ln 4; ln 19 for an error of 5 %
    coins = np.array([[0.8, 0.2], [0.2, 0.8]])
    assert least_divergence(coins) == pytest.approx([0.6 * np.log(4)] * 2)
    assert expected_examples(coins, 0.05) == pytest.approx([np.log(19) / (0.6 * np.log(4))] * 2)
    skewed = expected_examples(coins, 0.05, np.array([0.9, 0.1]))
    assert skewed[0] == pytest.approx((np.log(19) - np.log(9)) / (0.6 * np.log(4)))
    assert skewed[1] == pytest.approx((np.log(19) + np.log(9)) / (0.6 * np.log(4)))


def test_walds_number_is_what_a_sequential_test_takes():
    coins, error = np.array([[0.6, 0.4], [0.4, 0.6]]), 0.01
    steps = np.where(np.random.default_rng(0).random((4000, 2000)) < 0.6, 1, -1).cumsum(axis=1) * np.log(1.5)
    taken = 1 + (np.abs(steps) >= np.log((1 - error) / error)).argmax(axis=1)
    assert taken.mean() == pytest.approx(expected_examples(coins, error)[0], rel=0.08)


def test_examples_are_not_powers_of_the_error():
    # theory 0.2: from e = .1 and messages of 8 steps, ln .01 / ln eps promises 9 where the truth is 23 and the Chernoff factor .845
    assert chernoff_coefficient(0.10, 8) == pytest.approx(0.845, abs=2e-3)
    assert np.log(0.01) / np.log(chernoff_coefficient(0.10, 8)) > 23


def test_intentions_that_cannot_or_need_not_be_told_apart():
    assert np.isinf(expected_examples(np.full((4, 2), 0.25), 0.05)).all()
    assert expected_examples(np.eye(2), 0.05) == pytest.approx([0.0, 0.0])
