import numpy as np
import pytest

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.vocabulary.unseen import MOST, efron_thisted, estimate_unseen, forecast, good_toulmin, standard_error, weights
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.method_words import method_of
from tests.estimators.word_frequencies import BUTTERFLIES, MOBY_DICK, SHAKESPEARE_ALL, SHAKESPEARE_TYPES

K_BUTTERFLIES, K_SHAKESPEARE = np.arange(1, 25), np.arange(1, 101)


def test_corbets_butterflies():  # 75 new species in as much time again: Good and Toulmin 1956; Efron and Thisted 1976
    assert good_toulmin(K_BUTTERFLIES, BUTTERFLIES, 1.0) == 75.0


def test_shakespeares_unseen_words():
    # Efron and Thisted 1976: 11,430 with all frequencies, standard error 178; the printed ones, up to 100 uses, give 11,486
    assert good_toulmin(K_SHAKESPEARE, SHAKESPEARE_TYPES, 1.0) == 11_486
    assert SHAKESPEARE_TYPES.sum() == SHAKESPEARE_ALL - 846
    assert standard_error(np.array([1]), np.array([SHAKESPEARE_ALL]), 1.0, False) == pytest.approx(178, abs=0.5)  # sqrt of the number of types


def test_smoothing_agrees_where_both_hold():
    for t in (0.25, 0.5):
        plain, smooth = good_toulmin(MOBY_DICK.k, MOBY_DICK.f_k, t), efron_thisted(MOBY_DICK.k, MOBY_DICK.f_k, t)
        assert smooth == pytest.approx(plain, rel=0.03)


def test_smoothing_keeps_the_error_of_twice_in_bounds():
    assert standard_error(MOBY_DICK.k, MOBY_DICK.f_k, 2.0, True) < 0.1 * efron_thisted(MOBY_DICK.k, MOBY_DICK.f_k, 2.0)
    assert standard_error(MOBY_DICK.k[:200], MOBY_DICK.f_k[:200], 2.0, False) > 1e30


@pytest.mark.parametrize("t", [-0.1, 2.1, 10.0])
def test_nothing_is_forecast_beyond_twice(t):
    assert forecast(MOBY_DICK, t) is None
    assert efron_thisted(MOBY_DICK.k, MOBY_DICK.f_k, t) is None
    assert good_toulmin(MOBY_DICK.k, MOBY_DICK.f_k, t) is None


def test_good_toulmin_alone_ends_at_once():
    assert good_toulmin(MOBY_DICK.k, MOBY_DICK.f_k, 1.01) is None


def test_no_text_brings_no_words_and_more_text_more():
    values = [forecast(MOBY_DICK, t)[0] for t in (0.0, 0.2, 0.5, 1.0, 1.5, MOST)]
    assert values[0] == 0.0
    assert values == sorted(values)


def test_a_word_used_once_counts_for_t():
    assert weights(np.array([1, 2, 3]), 10, 0.5, False).tolist() == [0.5, -0.25, 0.125]
    assert weights(np.array([1]), 10, 1.5, True)[0] < 1.5


@pytest.mark.parametrize("clustered", [False, True])
def test_the_second_half_of_a_corpus_is_foretold(clustered):
    inside, ratio = 0, []
    for seed in range(25):
        counts = drawn(120, seed, clustered=clustered)
        found = by_measure(estimate_unseen(corpus(counts[:60], seed=seed), corpus(counts).options))["unseen"]
        truth = int(np.sum((counts[:60].sum(axis=0) == 0) & (counts[60:].sum(axis=0) > 0)))
        ratio.append(found.value / truth)
        inside += found.interval[0] <= truth <= found.interval[1]
    assert np.mean(ratio) == pytest.approx(1.0, abs=0.06)
    assert inside >= 22
    assert "documents as units" in method_of(found)


def test_few_documents_are_measured_by_tokens():
    found = by_measure(estimate_unseen(corpus(drawn(12)), corpus(drawn(12)).options))["unseen"]
    assert "tokens as units" in method_of(found)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ([[1, 0]], "undefined_too_few_tokens"),
        ([[1, 1, 1]], "undefined_all_hapax"),
        ([[2, 1, 1]], "undefined_too_few_tokens_for_forecast"),
        ([[500, 500]], "undefined_forecast_unstable"),
    ],
)
def test_refusals(counts, code):
    found = by_measure(estimate_unseen(corpus(np.array(counts)), corpus(np.array(counts)).options))
    assert {item.undefined_because.code for item in found.values()} == {code}


def test_renaming_words_and_reordering_documents_change_nothing():
    counts = drawn(40)
    inputs = corpus(counts)
    random = np.random.default_rng(1)
    words, order = random.permutation(counts.shape[1]), random.permutation(40)
    other = corpus(counts[order][:, words])
    other = type(other)(other.stats, other.options, inputs.definitions[order])
    one, two = (by_measure(estimate_unseen(each, each.options)) for each in (inputs, other))
    for name in one:
        assert (one[name].value, *one[name].interval) == pytest.approx((two[name].value, *two[name].interval))


def test_a_corpus_laid_twice_is_not_taken_for_news():
    spectrum = FrequencySpectrum(MOBY_DICK.k * 2, MOBY_DICK.f_k)  # every word twice as often: no hapax is left
    value, error = forecast(spectrum, 0.5)
    assert value < 0 < error
