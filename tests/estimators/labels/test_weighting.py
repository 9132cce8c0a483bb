import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfTransformer

from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf

TABLES = arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.integers(0, 4))


def test_weights_by_hand():
    # three messages; the features are in 3, 1 and 0 of them: ln(3/3) + 1, ln(3/1) + 1, and 0
    counts = csr_matrix(np.array([[1, 0, 0], [2, 5, 0], [1, 0, 0]]))
    assert inverse_document_frequency(counts) == pytest.approx([1.0, math.log(3) + 1, 0.0])


@given(TABLES)
def test_scikit_learn_gives_the_same(table):
    # TfidfTransformer with smooth_idf=False and sublinear_tf=True is the same formula (Spärck Jones 1972); it needs every feature to be seen
    table = table[:, table.any(axis=0)]
    if table.shape[1] == 0:
        return
    counts = csr_matrix(table)
    oracle = TfidfTransformer(smooth_idf=False, sublinear_tf=True).fit_transform(counts)
    assert tf_idf(counts, inverse_document_frequency(counts)).toarray() == pytest.approx(oracle.toarray())


@given(TABLES)
def test_a_corpus_given_twice_has_the_same_weights(table):
    counts = csr_matrix(table)
    assert inverse_document_frequency(csr_matrix(vstack([counts, counts]))) == pytest.approx(inverse_document_frequency(counts))


@given(TABLES)
def test_rows_have_length_one_or_are_empty(table):
    counts = csr_matrix(table)
    lengths = np.linalg.norm(tf_idf(counts, inverse_document_frequency(counts)).toarray(), axis=1)
    assert lengths == pytest.approx((table.sum(axis=1) > 0).astype(float))


def test_a_message_whose_features_are_all_unknown_has_no_direction():
    # weights of other messages: feature 1 was never seen there
    weights = inverse_document_frequency(csr_matrix(np.array([[3, 0]])))
    assert tf_idf(csr_matrix(np.array([[0, 4], [1, 4]])), weights).toarray().tolist() == [[0, 0], [1, 0]]


def test_the_counts_are_not_changed():
    counts = csr_matrix(np.array([[1, 2], [0, 3]]))
    tf_idf(counts, inverse_document_frequency(counts))
    assert counts.toarray().tolist() == [[1, 2], [0, 3]]


def test_no_messages():
    nothing = csr_matrix((0, 4), dtype=np.int64)
    assert inverse_document_frequency(nothing).tolist() == [0, 0, 0, 0]
    assert tf_idf(nothing, np.zeros(4)).shape == (0, 4)
