import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.stats import hypergeom

from corpuskit.estimators.vocabulary.diversity import estimate_diversity, hd_d, means_without_each_group
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.word_frequencies import README_OF_LEXICALRICHNESS


def test_the_text_of_lexicalrichness():  # lexicalrichness: .7468703323966
    counts = README_OF_LEXICALRICHNESS
    assert (counts.sum(), len(counts)) == (57, 39)
    assert hd_d(csr_matrix(counts))[0] == pytest.approx(0.7468703323966, abs=1e-12)


@given(st.lists(st.integers(1, 30), min_size=3, max_size=40).filter(lambda counts: sum(counts) >= 42))
def test_it_is_one_minus_the_hypergeometric_zero(counts):
    exact = sum(1 - hypergeom.pmf(0, sum(counts), x, 42) for x in counts) / 42
    assert hd_d(csr_matrix(np.array(counts)))[0] == pytest.approx(exact, abs=1e-9)


def test_bounds():
    found = hd_d(csr_matrix(np.array([[100] + [0] * 99, [1] * 100, [1] * 41 + [0] * 59, [0] * 100])))
    assert found[:2] == pytest.approx([1 / 42, 1.0])
    assert np.all(np.isnan(found[2:]))


def test_length_does_not_matter():
    share = 1 / np.arange(1, 500)
    random = np.random.default_rng(0)
    short, long = (np.mean(hd_d(csr_matrix(np.array([random.multinomial(n, share / share.sum()) for _ in range(300)])))) for n in (60, 600))
    assert short == pytest.approx(long, abs=0.005)


def test_means_without_each_group():
    assert means_without_each_group(np.array([1.0, 2.0, 6.0]), np.array([5, 5, 9])).tolist() == [6.0, 1.5]
    assert np.isnan(means_without_each_group(np.array([1.0]), np.array([0])))[0]


def test_mean_over_documents_with_interval():
    inputs = corpus(drawn(60))
    found = by_measure(estimate_diversity(inputs, inputs.options))["hd_d"]
    assert found.value == pytest.approx(np.mean(hd_d(inputs.stats)))
    assert found.interval[0] < found.value < found.interval[1]
    assert (found.n, found.unit) == (60, "documents")


def test_short_documents_are_refused():
    inputs = corpus(np.array([[20, 21], [1, 0], [0, 0]]))
    found = by_measure(estimate_diversity(inputs, inputs.options))["hd_d"]
    assert found.undefined_because.code == "undefined_documents_too_short"
    assert found.undefined_because.parameters == {"documents": 2, "needed": 42}


def test_copies_order_and_names_change_nothing():
    counts, random = drawn(30), np.random.default_rng(0)
    plain = np.mean(hd_d(csr_matrix(counts)))
    assert np.mean(hd_d(csr_matrix(np.vstack([counts, counts])))) == pytest.approx(plain)
    assert np.mean(hd_d(csr_matrix(counts[random.permutation(30)][:, random.permutation(counts.shape[1])]))) == pytest.approx(plain)
