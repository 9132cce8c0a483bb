import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.estimators.vocabulary.growth import (
    documents_for,
    estimate_growth,
    fit_heaps,
    heaps_exponent,
    new_types,
    new_word_rate,
    new_word_share,
    sizes_up_to,
    vocabulary_curve,
)
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.document_spectra import document_spectrum
from tests.estimators.method_words import method_of

ROWS = st.lists(st.lists(st.integers(0, 3), min_size=8, max_size=8).filter(any), min_size=2, max_size=9)


def growth(counts, **options):
    inputs = corpus(counts, **options)
    return by_measure(estimate_growth(inputs, inputs.options))


def test_the_published_fit_is_found_again():  # Manning, Raghavan and Schütze 2008, 5.1.1: RCV1, 44 T^.49, 38,323 words at 1,000,020
    tokens = np.linspace(1, 1_000_020, 60)
    exponent, factor = fit_heaps(tokens, 44 * tokens**0.49)
    assert (exponent, factor) == pytest.approx((0.49, 44), rel=1e-6)
    assert factor * 1_000_020**exponent == pytest.approx(38_323, abs=1)


@given(ROWS)
def test_curves_are_means_over_all_orders_of_the_documents(rows):
    counts = np.array(rows)
    spectrum = document_spectrum(csr_matrix(counts))
    random, n = np.random.default_rng(0), counts.sum()
    left = [np.delete(counts, place, axis=0).sum(axis=0) for place in range(len(rows))]
    known = sum(row[rest > 0].sum() for row, rest in zip(counts, left, strict=True))
    assert new_word_share(spectrum, len(rows) - 1) == pytest.approx(1 - known / n)
    assert new_word_share(spectrum, 0) == pytest.approx(1.0)
    orders = [random.permutation(len(rows)) for _ in range(200)]
    two = [np.sum(counts[order[:2]].sum(axis=0) > 0) for order in orders]
    assert vocabulary_curve(spectrum, np.array([2]))[0] == pytest.approx(np.mean(two), abs=0.8)
    assert new_types(spectrum, len(rows)) == pytest.approx(spectrum.of(1)[0] / len(rows))


@given(ROWS)
def test_the_vocabulary_grows_and_what_is_new_falls(rows):
    spectrum = document_spectrum(csr_matrix(np.array(rows)))
    curve = vocabulary_curve(spectrum, np.arange(len(rows) + 1))
    assert np.all(np.diff(curve) >= -1e-9)
    assert np.all(np.diff(curve, 2) <= 1e-9)
    shares = [new_word_share(spectrum, size) for size in range(2 * len(rows) + 1)]
    assert np.all(np.diff(shares) <= 1e-9)
    assert 0 <= heaps_exponent(spectrum, len(rows)) <= 1


def test_documents_of_new_words_only_and_of_the_same_words_only():
    new, same = document_spectrum(csr_matrix(np.eye(20, dtype=int))), document_spectrum(csr_matrix(np.ones((20, 5), int)))
    assert heaps_exponent(new, 20) == pytest.approx(1.0)
    assert heaps_exponent(same, 20) == pytest.approx(0.0)
    assert new_types(new, 20) == pytest.approx(1.0)
    assert documents_for(new, 0.95) is None  # nothing shows that it will ever end
    assert documents_for(same, 0.95) == pytest.approx(1.0, abs=1e-4)  # known from the first document on
    assert new_word_share(new, 30) == 1.0


def test_the_rate_of_new_words_is_that_of_words_in_one_document_only():
    # by hand: 2 of 7 types stand in one document only, 20 words in all
    counts = np.array([[2, 1, 1, 2, 1, 1, 0, 0], [2, 1, 1, 2, 0, 0, 0, 0], [2, 1, 1, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1]])
    assert counts.sum() == 20
    assert new_word_rate(document_spectrum(csr_matrix(counts)), 4) == pytest.approx(1000 * 2 / 20)


def test_with_types_counted_once_per_document_it_is_the_coverage_of_incidences():
    # Chao and Jost 2012 with Q1 = 6, Q2 = 3, T = 10 and 40 incidences: 1 - (6/40) (9 * 6) / (9 * 6 + 2 * 3) = .865
    counts = np.zeros((10, 13), int)
    for word in range(6):
        counts[word, word] = 1
    for word in range(6, 9):
        counts[[word - 6, 9], word] = 1
    for word in range(9, 13):
        counts[word - 9 : word - 2, word] = 1
    assert counts.sum() == 40
    assert 1 - new_word_share(document_spectrum(csr_matrix(counts)), 10) == pytest.approx(0.865)


def test_the_number_of_documents_is_where_the_curve_meets_the_target():
    spectrum = document_spectrum(csr_matrix(drawn(50)))
    for size in (30, 70):
        assert documents_for(spectrum, 1 - new_word_share(spectrum, size)) == pytest.approx(size, abs=1e-3)


@pytest.mark.parametrize("size", [-1, 101])
def test_nothing_is_said_outside_twice_the_documents(size):
    assert new_word_share(document_spectrum(csr_matrix(drawn(50))), size) is None


def test_sizes_are_whole_and_end_with_all():
    assert sizes_up_to(3).tolist() == [1, 2, 3]
    assert sizes_up_to(1000)[-1] == 1000
    assert len(sizes_up_to(1000)) == 40


def test_intervals_hold_what_further_documents_show():
    whole = document_spectrum(csr_matrix(drawn(1500, 99)))
    target = 1 - new_word_share(whole, 78)
    truth = {
        "heaps": heaps_exponent(whole, 60),
        "new_types": new_types(whole, 60),
        "new_word_rate": new_word_rate(whole, 60),
        "documents_needed": 18.0,
    }
    inside, given_values = dict.fromkeys(truth, 0), dict.fromkeys(truth, 0)
    for seed in range(20):
        for name, item in growth(drawn(60, seed), seed=seed, target_coverage=target).items():
            if item.value is not None:
                given_values[name] += 1
                inside[name] += item.interval[0] <= truth[name] <= item.interval[1]
    assert given_values["heaps"] == 20
    assert given_values["documents_needed"] >= 10
    assert all(inside[name] >= 0.85 * given_values[name] for name in truth)


def test_a_target_that_is_reached_needs_no_document():
    found = growth(np.ones((30, 50), int))["documents_needed"]
    assert (found.value, found.interval) == (0.0, (0.0, 0.0))


def test_refused_beyond_twice_the_documents():
    found = growth(drawn(60), target_coverage=0.9999)["documents_needed"]
    assert found.undefined_because.code == "undefined_beyond_twice_the_documents"
    assert found.undefined_because.parameters == {"target": 0.9999, "documents": 60}


def test_refused_where_more_than_twice_cannot_be_excluded():
    spectrum = document_spectrum(csr_matrix(drawn(60)))
    found = growth(drawn(60), target_coverage=1 - new_word_share(spectrum, 118))["documents_needed"]
    assert found.undefined_because.code == "undefined_twice_the_documents_not_excluded"
    assert found.undefined_because.parameters["more"] == 58


@pytest.mark.parametrize("documents", [1, 9])
def test_few_documents_show_no_growth(documents):
    inputs = corpus(drawn(documents))
    found = estimate_growth(inputs, inputs.options)
    assert {item.undefined_because.code for item in found.estimates} == {"undefined_too_few_documents_for_growth"}
    assert found.series == ()


def test_few_groups_give_values_without_intervals():
    found = growth(np.ones((30, 50), int), groups=3)
    assert all(item.interval is None and "no interval" in method_of(item) for item in found.values())


def test_series_run_from_the_first_document_to_the_last():
    inputs = corpus(drawn(40))
    types, rate, known = estimate_growth(inputs, inputs.options).series
    assert types.rows[-1] == (40, inputs.spectra["en"].types)
    assert rate.rows[0] == (1, 1000 * types.rows[0][1] / (inputs.spectra["en"].n / 40))  # all words of a first document are new
    assert [row[1] for row in rate.rows] == sorted((row[1] for row in rate.rows), reverse=True)
    assert known.rows[-1][0] == 39
    assert [row[1] for row in known.rows] == sorted(row[1] for row in known.rows)


def test_order_of_documents_and_names_of_words_do_not_matter():
    counts, random = drawn(40), np.random.default_rng(1)
    one = document_spectrum(csr_matrix(counts))
    two = document_spectrum(csr_matrix(counts[random.permutation(40)][:, random.permutation(counts.shape[1])]))
    assert heaps_exponent(one, 40) == heaps_exponent(two, 40)
    assert documents_for(one, 0.9) == documents_for(two, 0.9)


def test_copies_of_all_documents_bring_nothing_new():
    found = growth(np.vstack([drawn(30)] * 2))
    assert found["new_types"].value == 0.0
    assert found["documents_needed"].value == 0.0
