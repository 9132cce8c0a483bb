import numpy as np
import pytest

from corpuskit.estimators.vocabulary.richness import chao1, estimate_richness
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.spiders import GIRDLED, LOGGED_ONCE, LOGGED_SIZE, LOGGED_SPECIES, LOGGED_TWICE
from tests.estimators.word_frequencies import SHAKESPEARE_ALL, SHAKESPEARE_SIZE, SHAKESPEARE_TYPES


def test_known_richness():  # vignette of iNEXT: 43.893 (14.306; 30.511 to 96.971) and 61.403 (18.532)
    found = chao1(len(GIRDLED), 12, 4, 168)
    assert found.value == pytest.approx(43.893, abs=5e-4)
    assert found.error == pytest.approx(14.306, abs=5e-4)
    assert found.interval == pytest.approx((30.511, 96.971), abs=5e-4)
    logged = chao1(LOGGED_SPECIES, LOGGED_ONCE, LOGGED_TWICE, LOGGED_SIZE)
    assert (logged.value, logged.error) == pytest.approx((61.403, 18.532), abs=5e-4)


def test_known_richness_of_shakespeare():  # 31,534 + 14,376^2 / (2 * 4,343), from the spectrum of Efron and Thisted 1976
    once, twice = SHAKESPEARE_TYPES[:2]
    assert chao1(SHAKESPEARE_ALL, once, twice, SHAKESPEARE_SIZE).value == pytest.approx(55_327, abs=0.5)


def test_agrees_with_scikit_bio_where_nothing_was_seen_twice():
    skbio = pytest.importorskip("skbio.diversity.alpha", reason="scikit-bio is the oracle")
    counts = np.array([9, 5, 1, 1, 1, 3])
    n = counts.sum()
    found = chao1(6, 3, 0, int(n))
    plain = skbio.chao1(counts, bias_corrected=True)  # without the factor (n-1)/n
    assert found.value - 6 == pytest.approx((plain - 6) * (n - 1) / n)


def test_nothing_unseen_when_nothing_was_seen_once():
    found = chao1(4, 0, 2, 20)
    assert (found.value, found.interval) == (4, (4, 4))


@pytest.mark.parametrize(("types", "once", "n"), [(0, 0, 0), (1, 1, 1), (5, 5, 5)])
def test_undefined_without_a_repeated_token(types, once, n):
    assert chao1(types, once, 0, n) is None


def test_a_lower_bound_on_average():
    random = np.random.default_rng(4)
    share = random.dirichlet(np.full(200, 0.3))
    values = []
    for _ in range(200):
        counts = random.multinomial(300, share)
        seen = counts[counts > 0]
        values.append(chao1(len(seen), int((seen == 1).sum()), int((seen == 2).sum()), 300).value)
    assert np.mean(values) < 200


def test_an_error_found_by_other_means_widens_the_interval_and_never_narrows_it():
    usual, wider, same = (chao1(len(GIRDLED), 12, 4, 168, least_error=error) for error in (0.0, 30.0, 5.0))
    assert same == usual
    assert wider.value == usual.value
    assert wider.interval[0] < usual.interval[0] < usual.interval[1] < wider.interval[1]
    assert wider.interval[0] > len(GIRDLED)


def test_where_documents_differ_leaving_them_out_sets_the_error():
    # a third of the documents hold nothing but words of their own
    rows = drawn(60, clustered=False)
    rows[::3] = np.roll(drawn(20, seed=1, exponent=0.2), 1500, axis=1)
    inputs = corpus(rows)
    found, spectrum = by_measure(estimate_richness(inputs, inputs.options))["chao1"], inputs.spectra["en"]
    assert [part.code for part in found.method[-2:]] == ["method_log_normal_interval_of_groups", "method_less_excess_of_rare_words"]
    alone = chao1(spectrum.types, spectrum.f1, spectrum.f2, spectrum.n).interval
    assert found.interval[1] - found.interval[0] > alone[1] - alone[0]
