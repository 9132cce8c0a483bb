import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.estimators.words.sense_clusters import effective_senses, pseudo_words, sense_shares, senses, split_in_two, told_apart


def blocks(sizes, within=0.8, between=0.1):
    """Neighbours in groups: alike within a group, less alike between groups."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    network = np.where(group[:, None] == group[None, :], within, between).astype(float)
    np.fill_diagonal(network, 0.0)
    return network[None], group


@given(st.integers(4, 20), st.integers(4, 20), st.integers(0, 1000))
def test_two_groups_are_found_in_any_order(first, second, seed):
    network, group = blocks([first, second])
    order = np.random.default_rng(seed).permutation(len(group))
    weights = np.full((1, len(group)), 1 / len(group))
    split = split_in_two(network[:, order][:, :, order], weights)
    found = split.second[0]
    smaller = group[order] == int(second <= first)
    if first != second and min(first, second) > 0.1 * (first + second):
        assert np.array_equal(found, smaller)
    # within .8 and between .1: apart by 1 - .1 / .8
    if min(first, second) >= 0.1 * (first + second):
        assert split.separation[0] == pytest.approx(1 - 0.1 / 0.8)


def test_company_of_one_kind_is_not_apart():
    network, _ = blocks([12])
    weights = np.full((1, 12), 1 / 12)
    assert split_in_two(network, weights).separation[0] == pytest.approx(0, abs=1e-9)
    assert senses(network, weights, 0.3).max() == 0


def test_three_groups_make_three_senses_and_their_effective_number():
    network, group = blocks([10, 10, 10], between=0.05)
    weights = np.full((1, 30), 1 / 30)
    found = senses(network, weights, 0.4)
    assert len(set(found[0].tolist())) == 3
    assert all(len(set(found[0][group == one].tolist())) == 1 for one in range(3))
    assert effective_senses(sense_shares(found, weights)) == pytest.approx([3])


def test_effective_senses_of_uneven_shares():
    # exp(-(.75 ln .75 + .25 ln .25))
    assert effective_senses(np.array([[0.75, 0.25, 0, 0], [1, 0, 0, 0]])) == pytest.approx([1.7547653506033232, 1])


def test_pseudo_words_told_apart_by_hand():
    assert told_apart(np.array([0.1, 0.2]), np.array([0.3, 0.2])) == pytest.approx(0.875)  # three of four pairs, and a tie
    assert told_apart(np.zeros(3), np.zeros(3)) == 0.5


def test_a_pseudo_word_is_the_mean_of_two_words_whatever_their_frequencies():
    rows = csr_matrix(np.array([[8.0, 2, 0], [0, 0, 1]]))
    assert pseudo_words(rows, np.array([1, 0])).toarray() == pytest.approx(np.array([[0.8, 0.2, 1], [0.8, 0.2, 1]]))
