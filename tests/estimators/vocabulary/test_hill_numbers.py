import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from skbio.diversity.alpha import hill

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.vocabulary.hill_numbers import (
    LEVELS,
    common_level,
    coverage_at,
    estimate_hill_numbers,
    hapax_share_at,
    hill_number,
    size_at,
)
from corpuskit.estimators.vocabulary.richness import chao1
from corpuskit.synthetic import FeatureTable, zipf_shares
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.method_words import method_of
from tests.estimators.spiders import GIRDLED, LOGGED
from tests.estimators.word_frequencies import MOBY_DICK

SPIDERS = FrequencySpectrum.of(GIRDLED)
COUNTS = st.lists(st.integers(1, 30), min_size=2, max_size=30).filter(lambda counts: sum(counts) > len(counts))


@pytest.mark.parametrize(
    ("q", "size", "answer"),  # iNEXT, spiders of the girdled forest
    [(0, 84, 18.912), (0, 100, 20.459), (0, 168, 26.0), (1, 168, 12.060), (2, 168, 7.840)],
)
def test_known_hill_numbers(q, size, answer):
    assert hill_number(SPIDERS, q, size) == pytest.approx(answer, abs=5e-4)


def test_extrapolation_leads_to_the_known_asymptotes():  # iNEXT: 43.893, 13.826, 8.175
    far = 10**6 * SPIDERS.n
    found = [hill_number(SPIDERS, q, far, most=1e7) for q in (0, 1, 2)]
    assert found == pytest.approx([43.893, 13.826, 8.175], abs=1e-3)
    assert found[0] == pytest.approx(chao1(SPIDERS.types, SPIDERS.f1, SPIDERS.f2, SPIDERS.n).value)


def test_known_hill_numbers_of_the_logged_forest():  # iNEXT: 37, 14.421 and 6.761 seen; 61.403, 16.337 and 6.920 in all
    spectrum = FrequencySpectrum.of(LOGGED)
    assert [hill_number(spectrum, q, 252) for q in (0, 1, 2)] == pytest.approx([37, 14.421, 6.761], abs=1e-3)
    assert [hill_number(spectrum, q, 252 * 10**6, most=1e7) for q in (0, 1, 2)] == pytest.approx([61.403, 16.337, 6.920], abs=1e-3)


@given(COUNTS, st.sampled_from([0, 1, 2]))
def test_at_its_own_size_it_is_the_plain_hill_number(counts, q):
    spectrum = FrequencySpectrum.of(np.array(counts))
    assert hill_number(spectrum, q, spectrum.n) == pytest.approx(hill(counts, order=q), rel=1e-6)


@given(COUNTS)
def test_orders_fall_and_sizes_rise(counts):
    spectrum = FrequencySpectrum.of(np.array(counts))
    sizes = np.unique(np.linspace(1, 2 * spectrum.n, 25).astype(int))
    table = np.array([[hill_number(spectrum, q, int(size)) for q in (0, 1, 2)] for size in sizes])
    assert np.all(np.diff(table[sizes <= spectrum.n], axis=0) >= -1e-6)
    assert np.all(np.diff(table[:, [0, 2]], axis=0) >= -1e-6)
    assert np.all(np.diff(table[sizes <= spectrum.n], axis=1) <= 1e-6)
    assert table[0] == pytest.approx(1.0)


@given(COUNTS)
def test_the_curve_of_types_bends_down_beyond_the_sample_too(counts):
    spectrum = FrequencySpectrum.of(np.array(counts))
    assume(spectrum.f1 > 0)
    curve = [hill_number(spectrum, 0, size) for size in range(spectrum.n, 2 * spectrum.n + 1)]
    assert np.all(np.diff(curve) >= -1e-9)
    assert np.all(np.diff(curve, 2) <= 1e-9)


@given(COUNTS)
def test_coverage_is_what_the_curve_of_types_no_longer_rises(counts):
    spectrum = FrequencySpectrum.of(np.array(counts))
    sizes = [size for size in range(1, 2 * spectrum.n) if size != spectrum.n - 1]
    # from n - 1 to n the rarefied curve rises by f1/n, Good and Turing's estimate; from n on by that of Chao and Jost
    rises = [hill_number(spectrum, 0, size + 1) - hill_number(spectrum, 0, size) for size in sizes]
    assert [1 - coverage_at(spectrum, size) for size in sizes] == pytest.approx(rises, abs=1e-8)


def test_hapax_share_at_its_own_size_is_the_plain_one():
    assert hapax_share_at(SPIDERS, SPIDERS.n) == pytest.approx(12 / 26)
    assert hapax_share_at(SPIDERS, 1) == pytest.approx(1.0)
    assert hapax_share_at(MOBY_DICK, MOBY_DICK.n) == pytest.approx(9161 / 18_855)


def test_hapax_share_of_random_parts():
    tokens, random = np.repeat(np.arange(len(GIRDLED)), GIRDLED), np.random.default_rng(0)
    once = [np.sum(np.bincount(random.permutation(tokens)[:84]) == 1) for _ in range(2000)]
    types = hill_number(SPIDERS, 0, 84)
    assert hapax_share_at(SPIDERS, 84) * types == pytest.approx(np.mean(once), abs=0.2)


def test_size_at_a_coverage_is_the_first_that_reaches_it():
    size = size_at(SPIDERS, 0.9)
    assert coverage_at(SPIDERS, size) >= 0.9 > coverage_at(SPIDERS, size - 1)
    assert size_at(SPIDERS, 0.999) is None
    assert size_at(FrequencySpectrum.of(np.ones(9, int)), 0.5) is None


@pytest.mark.parametrize("size", [0, 337])
def test_refused_outside_twice_the_sample(size):
    assert [hill_number(SPIDERS, q, size) for q in (0, 1, 2)] == [None, None, None]


def test_one_vocabulary_at_two_sizes_is_the_same_at_one_coverage():
    share = 1 / np.arange(1, 4001)
    random = np.random.default_rng(3)
    small, large = (FrequencySpectrum.of(random.multinomial(n, share / share.sum())) for n in (8000, 40_000))
    assert large.types > 1.4 * small.types
    level = common_level({"small": small, "large": large})
    for q in (0, 1, 2):
        assert hill_number(small, q, size_at(small, level)) == pytest.approx(hill_number(large, q, size_at(large, level)), rel=0.05)


def test_the_common_level_is_what_the_poorest_reaches_and_hopeless_ones_hold_back_none():
    poor, tiny = FrequencySpectrum.of(np.array([3] * 20 + [1] * 60)), FrequencySpectrum.of(np.array([2, 1]))
    hopeless = FrequencySpectrum.of(np.array([2] + [1] * 200))
    assert common_level({"a": MOBY_DICK}) == 0.95
    level = common_level({"a": MOBY_DICK, "b": poor, "c": tiny, "d": hopeless})
    assert level in LEVELS
    assert level <= coverage_at(poor, 2 * poor.n) < 0.95
    assert common_level({"c": tiny, "d": hopeless}) is None


def test_intervals_hold_what_the_language_has():
    whole = FrequencySpectrum.of(drawn(2000, 99, clustered=False).sum(axis=0))
    inside = dict.fromkeys(("hill_0", "hill_1", "hill_2"), 0)
    for seed in range(20):
        inputs = corpus(drawn(60, seed, clustered=False), seed=seed)
        found = by_measure(estimate_hill_numbers(inputs, inputs.options))
        size = size_at(whole, common_level(inputs.spectra))
        assert size_at(inputs.spectra["en"], common_level(inputs.spectra)) > inputs.spectra["en"].n
        assert found.pop("hapax_at_common").undefined_because.code == "undefined_seen_once_beyond_tokens"
        truth = {f"hill_{q}": hill_number(whole, q, size) for q in (0, 1, 2)}
        for name, item in found.items():
            inside[name] += item.interval[0] <= truth[name] <= item.interval[1]
    assert min(inside.values()) >= 17


def test_the_share_seen_once_within_the_tokens_at_hand():
    whole, inside = FrequencySpectrum.of(drawn(3000, 99, clustered=False).sum(axis=0)), 0
    for seed in range(8):
        inputs = corpus(drawn(600, seed, clustered=False), seed=seed)
        item, size = by_measure(estimate_hill_numbers(inputs, inputs.options))["hapax_at_common"], size_at(whole, common_level(inputs.spectra))
        inside += item.interval[0] <= hapax_share_at(whole, size) <= item.interval[1]
    assert inside >= 6


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ([[1, 0]], "undefined_too_few_tokens"),
        ([[1, 1, 1]], "undefined_all_hapax"),
        ([[2, 1, 1]], "undefined_too_few_tokens_for_forecast"),
        ([[2] + [1] * 200], "undefined_coverage_not_reached"),
    ],
)
def test_refusals(counts, code):
    inputs = corpus(np.array(counts))
    found = by_measure(estimate_hill_numbers(inputs, inputs.options))
    assert {item.undefined_because.code for item in found.values()} == {code}
    assert len(found) == 4


def test_all_words_equal():
    inputs = corpus(np.array([[200]]))
    found = by_measure(estimate_hill_numbers(inputs, inputs.options))
    assert [found[f"hill_{q}"].value for q in (0, 1, 2)] == pytest.approx([1.0] * 3)
    assert "no interval" in method_of(found["hill_0"])


def test_splitting_documents_moves_no_value():
    counts = drawn(30)
    halves = np.vstack([counts // 2, counts - counts // 2])
    one, two = (by_measure(estimate_hill_numbers(each, each.options)) for each in (corpus(counts), corpus(halves)))
    assert [item.value for item in one.values()] == [item.value for item in two.values()]


def test_where_documents_have_words_of_their_own_no_number_at_a_coverage_of_tokens_is_given():
    counts = np.hstack([part.toarray() for part in FeatureTable(zipf_shares()[:, None]).draw(20_000, 40, 0, 0.02)]).T
    inputs = corpus(counts)
    found = estimate_hill_numbers(inputs, inputs.options).estimates
    assert {estimate.undefined_because.code for estimate in found} == {"undefined_documents_cluster"}
