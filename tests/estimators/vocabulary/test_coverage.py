import numpy as np
import pytest

from corpuskit.estimators.vocabulary.coverage import documents_cluster, estimate_coverage, esty_interval, expected_coverage
from corpuskit.estimators.vocabulary.spectrum_entropy import spectrum_of
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.synthetic import FeatureTable, zipf_shares
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.spiders import GIRDLED, LOGGED, LOGGED_ONCE, LOGGED_SIZE, LOGGED_TWICE
from tests.estimators.word_frequencies import SHAKESPEARE_SIZE, SHAKESPEARE_TYPES


def coverage_of(counts):
    return chao_jost_coverage(float((counts == 1).sum()), float((counts == 2).sum()), float(counts.sum()))


def test_known_coverage():  # iNEXT reports .9289 and .9446
    assert coverage_of(GIRDLED) == pytest.approx(0.92886, abs=5e-6)
    assert chao_jost_coverage(LOGGED_ONCE, LOGGED_TWICE, LOGGED_SIZE) == pytest.approx(0.94457, abs=5e-6)


def test_the_logged_forest_is_the_one_its_figures_are_of():
    assert (LOGGED.sum(), (LOGGED == 1).sum(), (LOGGED == 2).sum()) == (LOGGED_SIZE, LOGGED_ONCE, LOGGED_TWICE)
    assert coverage_of(LOGGED) == pytest.approx(0.94457, abs=5e-6)


def test_known_coverage_of_shakespeare():  # Efron and Thisted 1976: 1 - 14,376 / 884,647
    once, twice = SHAKESPEARE_TYPES[:2]
    assert chao_jost_coverage(once, twice, SHAKESPEARE_SIZE) == pytest.approx(0.98375, abs=5e-6)


def test_esty_interval_of_the_girdled_forest():
    # z sqrt((12 (168 - 12) + 2 * 168 * 4) / 168^3), by hand: .05102
    low, high = esty_interval(0.92886, 12, 4, 168)
    assert (high - low) == pytest.approx(min(1.0, 0.92886 + 0.05102) - (0.92886 - 0.05102), abs=1e-4)


def test_expected_coverage_is_what_random_parts_have():
    k, f_k = spectrum_of(GIRDLED)
    tokens = np.repeat(np.arange(len(GIRDLED)), GIRDLED)
    random = np.random.default_rng(0)
    # leaving one token out and asking whether the part of 50 has its type is coverage in expectation
    drawn = []
    for _ in range(4000):
        order = random.permutation(tokens)
        drawn.append(order[50] in order[:50])
    assert expected_coverage(k, f_k, 50) == pytest.approx(np.mean(drawn), abs=0.02)
    sizes = [expected_coverage(k, f_k, size) for size in range(0, 168, 20)]
    assert sizes[0] == 0
    assert sizes == sorted(sizes)
    assert expected_coverage(k, f_k, 167) == pytest.approx(1 - 12 / 168)  # Good-Turing


def printed(counts):
    inputs = corpus(counts)
    return by_measure(estimate_coverage(inputs, inputs.options))["coverage"], inputs


def test_documents_with_words_of_their_own_have_no_coverage_of_tokens():
    counts = np.hstack([part.toarray() for part in FeatureTable(zipf_shares()[:, None]).draw(20_000, 40, 0, 0.02)]).T
    refused, inputs = printed(counts)
    assert refused.undefined_because.code == "undefined_documents_cluster"
    new, (_, upper) = inputs.new_documents["en"].value, inputs.new_documents["en"].interval()
    assert refused.undefined_because.parameters == {"value": coverage_of(counts.sum(axis=0)), "new": new}
    assert upper < refused.undefined_because.parameters["value"]
    assert documents_cluster(inputs, "en") == (coverage_of(counts.sum(axis=0)), new)


def test_where_they_do_not_the_interval_reaches_down_to_that_of_new_documents():
    for seed in range(8):
        given_, inputs = printed(drawn(40, seed=seed, clustered=False))
        lower = inputs.new_documents["en"].interval()[0]
        assert documents_cluster(inputs, "en") is None
        assert given_.interval[0] <= lower
        assert (given_.method[-1].code == "method_down_to_new_documents") == (given_.interval[0] == lower)


def test_few_documents_cannot_be_compared():
    given_, inputs = printed(drawn(5))
    assert documents_cluster(inputs, "en") is None
    assert given_.method[-1].code == "method_esty_too_few_documents"
