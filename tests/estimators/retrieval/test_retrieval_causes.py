import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.retrieval.retrieval_causes import found_by_own_terms, likeness


def test_likeness_by_hand():  # (1 + 0 + 2) / (2 + 1 + 2)
    counts = csr_matrix(np.array([[2, 0, 2], [1, 1, 2], [0, 0, 0], [0, 3, 0]]))
    found = likeness(counts, np.array([0, 0, 0, 2]), np.array([1, 0, 3, 2]))
    assert found.tolist() == pytest.approx([0.6, 1.0, 0.0, 0.0])


def test_a_passage_with_a_word_of_its_own_is_found():
    weights = csr_matrix(np.array([[5.0, 1.0], [0, 2.0], [0, 3.0], [0, 4.0]]))
    assert found_by_own_terms(weights, 1).tolist() == [True, False, False, True]
    assert found_by_own_terms(weights, 2).tolist() == [True, False, True, True]


def test_only_the_three_most_distinctive_words_are_tried():
    weights = np.zeros((6, 5))
    weights[0] = [4, 4, 4, 1, 0]
    weights[1:, :3] = 5
    weights[1:, 4] = np.arange(6, 11)
    assert found_by_own_terms(csr_matrix(weights), 2).tolist() == [False, False, False, False, True, True]


def test_ties_count_half():
    weights = csr_matrix(np.ones((5, 1)))  # five level: rank 3
    assert not found_by_own_terms(weights, 2).any()
    assert found_by_own_terms(weights, 3).all()


@pytest.mark.parametrize("seed", range(3))
def test_against_ranks_one_by_one(seed):
    random = np.random.default_rng(seed)
    dense = random.random((30, 8)) * (random.random((30, 8)) < 0.6)
    expected = []
    for row in dense:
        best = [column for column in np.argsort(-row)[:3] if row[column] > 0]
        expected.append(any((dense[:, column] > row[column]).sum() < 4 for column in best))
    assert found_by_own_terms(csr_matrix(dense), 4).tolist() == expected


def test_nothing_to_find():
    assert found_by_own_terms(csr_matrix((0, 3)), 5).tolist() == []
    assert found_by_own_terms(csr_matrix((2, 3)), 5).tolist() == [False, False]
