import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.estimators.vocabulary.own_words import words_of_one_document, words_seen_once


def by_loop(counts, once):
    """Count own tokens of each document word by word."""
    dense = np.asarray(counts)
    found = []
    for row in range(len(dense)):
        others = np.delete(dense, row, axis=0)
        alone = (dense[row] > 0) & (others.sum(axis=0) == 0)
        found.append(dense[row][alone & (dense[row] == 1)].sum() if once else dense[row][alone].sum())
    return np.array(found)


def test_own_words_by_hand():
    # "a" in both documents, "b" twice in the first alone, "c" once in the second alone
    counts = csr_matrix(np.array([[3, 2, 0], [1, 0, 1]]))
    own, once = words_of_one_document(counts, np.array([0, 1])), words_seen_once(counts, np.array([0, 1]))
    assert own.shares().tolist() == [0.4, 0.5]
    assert once.shares().tolist() == [0.0, 0.5]
    # without the other document all words of the one are its own; "a" stands once in the second, so it was seen once there
    assert own.shares_without(1).tolist() == own.shares_without(0).tolist() == [1.0]
    assert once.shares_without(0).tolist() == [1.0]
    assert once.shares_without(1).tolist() == [0.0]


@pytest.mark.parametrize(("function", "once"), [(words_of_one_document, False), (words_seen_once, True)])
@given(data=st.data())
def test_without_a_group_is_as_if_it_had_not_been_read(function, once, data):
    documents, types = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 6))
    cells = st.lists(st.sampled_from([0, 0, 0, 1, 1, 2]), min_size=types, max_size=types)
    dense = np.array(data.draw(st.lists(cells, min_size=documents, max_size=documents)))
    group = np.array(data.draw(st.lists(st.integers(0, 3), min_size=documents, max_size=documents))) * 10
    has = dense.sum(axis=1) > 0
    words = function(csr_matrix(dense), group)
    assert words.kept.tolist() == np.flatnonzero(has).tolist()
    assert words.own.tolist() == by_loop(dense[has], once).tolist()
    for number, name in enumerate(np.unique(group[has])):
        left = dense[has & (group != name)]
        assert words.shares_without(number) == pytest.approx(by_loop(left, once) / left.sum(axis=1)) if len(left) else True


def test_nothing_and_empty_documents():
    assert words_of_one_document(csr_matrix((0, 0), dtype=np.int64), np.zeros(0, np.int64)).groups == 0
    assert len(words_of_one_document(csr_matrix((3, 2), dtype=np.int64), np.zeros(3, np.int64)).own) == 0
