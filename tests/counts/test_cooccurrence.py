import numpy as np
import pytest

from corpuskit.counts import joint_of_pairs, pairs
from tests.counts.build import counted, sentence

WORDS = ["A", "D", "A", "C", "E", "A", "D", "F", "E", "B", "A", "C", "E", "D"]


def test_the_published_matrix_of_quanteda():
    # origin: quanteda, tests/testthat/test-fcm.R, "not weighted", window 3, and "ordered setting: window" with ordered = FALSE
    published = [[4, 1, 4, 4, 5, 2], [1, 0, 1, 1, 2, 1], [4, 1, 0, 3, 3, 0], [4, 1, 3, 0, 4, 1], [5, 2, 3, 4, 0, 2], [2, 1, 0, 1, 2, 0]]
    stats = counted({"d": [sentence(*WORDS)]}, window=3)
    joint = joint_of_pairs(stats, "en")
    assert joint.messages == tuple("ABCDEF")
    assert joint.counts.toarray().tolist() == published


def test_the_published_weighted_matrix_of_quanteda():
    # origin: the same file, "weighted by default", window 3: the upper triangle of the symmetric matrix, rounded to two places
    published = [
        [1.67, 1, 2.83, 3.33, 2.83, 0.83],
        [0, 0, 0.5, 0.33, 1.33, 0.5],
        [0, 0, 0, 1.33, 2.33, 0],
        [0, 0, 0, 0, 2.33, 1],
        [0, 0, 0, 0, 0, 1.33],
        [0, 0, 0, 0, 0, 0],
    ]
    stats = counted({"d": [sentence(*WORDS)]}, window=3, weights="harmonic")
    joint = joint_of_pairs(stats, "en")
    assert np.round(np.triu(joint.counts.toarray()), 2).tolist() == published
    assert pairs(stats, "en")[0, 0] == pytest.approx(1.67 / 2, abs=0.005)
    assert joint.n == round(2 * (13 + 12 / 2 + 11 / 3))


def test_the_published_ordered_matrix_of_quanteda():
    # origin: the same file, "ordered setting: window" with ordered = TRUE, window 3: here an equal pair adds 1
    published = [[2, 0, 3, 3, 3, 1], [1, 0, 1, 0, 1, 0], [1, 0, 0, 2, 2, 0], [1, 1, 1, 0, 2, 1], [2, 1, 1, 2, 0, 1], [1, 1, 0, 0, 1, 0]]
    stats = counted({"d": [sentence(*WORDS)]}, window=3, ordered=True)
    assert pairs(stats, "en").toarray().tolist() == published
    joint = joint_of_pairs(stats, "en")
    assert joint.counts.toarray().tolist() == published
    assert joint.n == 13 + 12 + 11
    unordered = joint_of_pairs(counted({"d": [sentence(*WORDS)]}, window=3), "en").counts
    assert np.array_equal((joint.counts + joint.counts.T).toarray(), unordered.toarray())


def test_pairs_hold_each_pair_of_positions_once():
    stats = counted({"d": [sentence(*WORDS)]}, window=3)
    upper = pairs(stats, "en")
    # 14 words: 13 neighbours, 12 at distance 2, 11 at distance 3
    assert upper.sum() == 13 + 12 + 11
    assert upper[0, 0] == 2
    assert np.array_equal(upper.toarray(), np.triu(upper.toarray()))


@pytest.mark.parametrize("words", [1, 2, 7, 30])
def test_equal_words_pair_with_each_other(words):
    stats = counted({"d": [sentence(*["a"] * words)]}, window=5)
    assert pairs(stats, "en").sum() == sum(max(0, words - apart) for apart in range(1, 6))


def test_doubling_the_window_never_loses_a_pair():
    documents = {"d": [sentence(*["a", "b", "c", "a", "d", "b", "e", "a", "c"])]}
    narrow, wide = (pairs(counted(documents, window=window), "en") for window in (3, 6))
    assert (wide - narrow).min() >= 0
    assert wide.sum() > narrow.sum()
