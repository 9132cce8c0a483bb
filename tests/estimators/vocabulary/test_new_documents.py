import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.resampling import jackknife_error
from corpuskit.estimators.vocabulary.new_documents import RareTypes, coverage_by_incidence, coverage_of_new_documents
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.synthetic import FeatureTable, zipf_shares
from tests.validation.estimators.languages import Words


def documents_of(random, documents=12, types=40):
    return csr_matrix(random.poisson(0.6, (documents, types)) * (random.random((documents, types)) < 0.4))


def test_coverage_of_new_documents_by_hand():
    # worked: "a" in both documents (5 tokens), "b" in one (2), so w1 = 2, w2 = 5, n = 7, D = 2: 1 - 2/7 * 2/(2 + 5)
    assert coverage_of_new_documents(csr_matrix(np.array([[3, 2], [2, 0]]))).value == pytest.approx(1 - 2 / 7 * 2 / 7)
    assert coverage_of_new_documents(csr_matrix(np.array([[3, 2]]))).value is None
    assert coverage_of_new_documents(csr_matrix(np.array([[1, 0], [0, 1]]))).value is None
    assert coverage_of_new_documents(csr_matrix(np.array([[1], [4]]))).value == 1.0


def test_what_stands_in_one_and_two_documents_by_hand():
    found = RareTypes.of(csr_matrix(np.array([[3, 2, 1, 0, 1], [2, 0, 0, 0, 4], [0, 0, 5, 7, 0]])))
    assert found.sizes.tolist() == [7, 6, 12]
    assert found.own.tolist() == [2, 0, 7]
    pairs = zip(found.first.tolist(), found.second.tolist(), found.in_first.tolist(), found.in_second.tolist(), strict=True)
    assert list(pairs) == [(0, 1, 4, 6), (0, 2, 1, 5)]


def by_pairs(counts):
    """The sums of the error as they are written, one pair of documents after the other."""
    counts, holders = np.asarray(counts.todense()), np.asarray((counts > 0).sum(axis=0)).ravel()
    sizes, documents = counts.sum(axis=1), len(counts)
    n, own = sizes.sum(), counts[:, holders == 1].sum(axis=1)
    each = counts[:, holders == 2].sum() / (n * (documents - 1))
    total, held = 0.0, []
    for a in range(documents):
        mine = (own[a] - own.sum() / n * sizes[a]) ** 2
        shared = 0.0
        for b in range(documents):
            both = (holders == 2) & (counts[a] > 0) & (counts[b] > 0)
            if a != b:
                shared += (counts[a, both].sum() - each * sizes[a]) * (counts[b, both].sum() - each * sizes[b])
        total += mine + shared
        held.append(mine + 2 * shared)
    return np.sqrt(documents / (documents - 1) * total) / n, 2 * total**2 / (1.5 * np.sum((np.array(held) - np.mean(held)) ** 2))


def test_the_error_is_what_its_formula_says():
    for seed in range(5):
        counts = documents_of(np.random.default_rng(seed))
        found = coverage_of_new_documents(counts)
        assert (found.error, found.freedom) == pytest.approx(by_pairs(counts))
        assert found.interval()[0] < found.value < found.interval()[1]


def test_documents_of_one_token_have_the_error_of_esty():
    tokens = np.random.default_rng(0).choice(3000, 4000, p=zipf_shares())
    found = coverage_of_new_documents(csr_matrix((np.ones(4000, np.int64), (np.arange(4000), tokens)), shape=(4000, 3000)))
    times = np.bincount(tokens)
    once, twice, n = (times == 1).sum(), (times == 2).sum(), 4000
    # less what two documents share by chance, (2 f2)^2 / n^4, which Esty leaves out
    assert found.error == pytest.approx(np.sqrt((once + 2 * twice) / n**2 - once**2 / n**3), rel=2e-3)
    assert found.worth == pytest.approx(n)


def test_the_interval_holds_the_truth_and_does_not_grow_with_uneven_lengths():
    language = Words(zipf_shares(), 40, 500, 0.002, uneven=1.0)
    held, widths, jackknife = [], [], []
    for seed in range(40):
        counts = language.draw(seed)
        found = coverage_of_new_documents(counts)
        low, high = found.interval()
        held.append(low <= language.shares[np.asarray(counts.sum(axis=0)).ravel() > 0].sum() <= high)
        widths.append(high - low)
        left_out = [coverage_of_new_documents(counts[np.arange(40) != document]).value for document in range(40)]
        jackknife.append(4 * jackknife_error(np.array(left_out)))
    assert np.mean(held) >= 0.85
    assert np.mean(widths) < 0.7 * np.mean(jackknife)


def test_few_documents_have_no_error():
    found = coverage_of_new_documents(documents_of(np.random.default_rng(0), documents=7))
    assert found.value is not None
    assert found.error is None
    assert found.interval() is None


def test_only_the_coverage_of_new_documents_is_right_where_documents_have_words_of_their_own():
    table, new, tokens = FeatureTable(zipf_shares()[:, None]), [], []
    for seed in range(10):
        counts = csr_matrix(np.hstack([part.toarray() for part in table.draw(20_000, 40, seed, 0.02)]).T)
        totals = np.asarray(counts.sum(axis=0)).ravel()
        truth = table.joint[totals > 0].sum()
        new.append(coverage_of_new_documents(counts).value - truth)
        tokens.append(chao_jost_coverage((totals == 1).sum(), (totals == 2).sum(), 20_000) - truth)
    assert abs(np.mean(new)) < 0.015
    assert np.mean(tokens) > 0.1


def test_the_formula_takes_many_parts_at_once():
    # worked as above, and where no type is shared or none stands alone
    found = coverage_by_incidence(np.array([2.0, 7.0, 0.0]), np.array([5.0, 0.0, 7.0]), np.array([7.0, 7.0, 7.0]), 2)
    assert found == pytest.approx([1 - 2 / 7 * 2 / 7, np.nan, 1.0], nan_ok=True)
