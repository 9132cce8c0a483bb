import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.vocabulary.new_documents import coverage_by_incidence, coverage_of_new_documents
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.synthetic import FeatureTable, zipf_shares


def documents_of(random, documents=12, types=40):
    return csr_matrix(random.poisson(0.6, (documents, types)) * (random.random((documents, types)) < 0.4))


def test_coverage_of_new_documents_left_out_is_the_value_of_the_rest():
    counts = documents_of(np.random.default_rng(0))
    value, left_out = coverage_of_new_documents(counts)
    assert 0 < value < 1
    for document in range(12):
        assert left_out[document] == pytest.approx(coverage_of_new_documents(counts[np.arange(12) != document])[0])


def test_coverage_of_new_documents_by_hand():
    # worked: "a" in both documents (5 tokens), "b" in one (2), so w1 = 2, w2 = 5, n = 7, D = 2: 1 - 2/7 * 2/(2 + 5)
    value, _ = coverage_of_new_documents(csr_matrix(np.array([[3, 2], [2, 0]])))
    assert value == pytest.approx(1 - 2 / 7 * 2 / 7)
    assert coverage_of_new_documents(csr_matrix(np.array([[3, 2]])))[0] is None
    assert coverage_of_new_documents(csr_matrix(np.array([[1, 0], [0, 1]])))[0] is None
    assert coverage_of_new_documents(csr_matrix(np.array([[1], [4]])))[0] == 1.0


def test_only_the_coverage_of_new_documents_is_right_where_documents_have_words_of_their_own():
    table, new, tokens = FeatureTable(zipf_shares()[:, None]), [], []
    for seed in range(10):
        counts = csr_matrix(np.hstack([part.toarray() for part in table.draw(20_000, 40, seed, 0.02)]).T)
        totals = np.asarray(counts.sum(axis=0)).ravel()
        truth = table.joint[totals > 0].sum()
        new.append(coverage_of_new_documents(counts)[0] - truth)
        tokens.append(chao_jost_coverage((totals == 1).sum(), (totals == 2).sum(), 20_000) - truth)
    assert abs(np.mean(new)) < 0.015
    assert np.mean(tokens) > 0.1


def test_the_formula_takes_many_parts_at_once():
    # worked as above, and where no type is shared or none stands alone
    found = coverage_by_incidence(np.array([2.0, 7.0, 0.0]), np.array([5.0, 0.0, 7.0]), np.array([7.0, 7.0, 7.0]), 2)
    assert found == pytest.approx([1 - 2 / 7 * 2 / 7, np.nan, 1.0], nan_ok=True)
