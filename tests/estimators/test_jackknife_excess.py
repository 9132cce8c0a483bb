import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.jackknife_excess import (
    LEAST,
    MOST,
    GroupedTypes,
    excess_of,
    excess_of_forecast,
    influences,
    of_types_seen_once,
    table_of,
)
from tests.estimators.corpora import corpus, drawn

UNITS = np.arange(MOST + 1)
SEEN, ONCE = (UNITS > 0).astype(float), (UNITS == 1).astype(float)
GROUPS = 25


def poisson(expected, seed=0, groups=GROUPS):
    """Units of independent types in groups; expected is the mean of each type in all groups."""
    return csr_matrix(np.random.default_rng(seed).poisson(np.asarray(expected) / groups, (groups, len(expected))))


def variance(expected, h):
    """Variance of the sum of h over types seen a Poisson number of times, and what a jackknife over small parts tells: E[X (h(X) - h(X-1))^2]."""
    chance = np.exp(-expected[:, None] + UNITS * np.log(expected[:, None]) - np.cumsum(np.log(np.maximum(UNITS, 1))))
    mean, square = chance @ h, chance @ h**2
    return float((square - mean**2).sum()), float((chance[:, 1:] @ (UNITS[1:] * np.diff(h) ** 2)).sum())


@pytest.mark.parametrize("h", [SEEN, ONCE, (UNITS == 2).astype(float)], ids=["types", "once", "twice"])
@pytest.mark.parametrize("expected", [np.full(20_000, 0.8), np.geomspace(0.1, 50, 20_000)], ids=["alike", "falling"])
def test_variance_and_jackknife_of_independent_types(h, expected):
    true, told = variance(expected, h)
    found = excess_of(h, GroupedTypes.of(poisson(expected)))
    assert found.counted == pytest.approx(told, rel=0.1)  # a group may hold a type twice, which makes it a little less
    assert found.part * found.counted == pytest.approx(max(true, LEAST * told), rel=0.15)
    assert found.part <= 1


def test_the_types_that_were_seen():  # each varies by e^-l (1 - e^-l), and a jackknife tells l e^-l
    expected = np.full(20_000, 1.5)
    assert variance(expected, SEEN) == pytest.approx((20_000 * np.exp(-1.5) * (1 - np.exp(-1.5)), 20_000 * 1.5 * np.exp(-1.5)))


def test_a_word_expected_once_is_told_3_2_times_too_variable_as_a_word_seen_once():
    true, told = variance(np.ones(1), ONCE)
    assert told / true == pytest.approx(3.16, abs=0.01)


def test_what_grows_evenly_with_its_units_has_no_excess():
    k, f_k = np.array([1, 2, 9]), np.array([50, 20, 3])
    assert table_of(k, f_k, np.array([1, MOST]), np.array([0.7, 0.7 * MOST])) == pytest.approx(np.zeros(MOST + 1), abs=1e-12)
    assert excess_of(np.zeros(MOST + 1), GroupedTypes.of(poisson(np.ones(50)))) is None
    # with the units not given it varies as they do, and a jackknife tells just that
    found = excess_of(UNITS.astype(float), GroupedTypes.of(poisson(np.ones(20_000))))
    assert found.part == pytest.approx(1.0, abs=0.05)


def test_documents_that_repeat_their_words_have_no_more_excess_than_those_that_do_not():
    units = poisson(np.ones(5000))
    plain, repeated = GroupedTypes.of(units), GroupedTypes.of(csr_matrix(units * 3))
    usual = excess_of(SEEN, plain)
    assert excess_of(SEEN, repeated) == usual
    assert excess_of((UNITS == 3).astype(float), repeated) == excess_of(ONCE, plain)  # three units that come together are one


def test_a_forecast_errs_by_the_sum_of_its_squares():
    expected = np.full(20_000, 0.8)
    types, h = GroupedTypes.of(poisson(expected)), np.where(UNITS % 2, 1.0, -1.0) * (UNITS > 0) * (UNITS < 6)
    found = excess_of_forecast(h, types)
    assert found.part * found.counted == pytest.approx(20_000 * (1 - np.exp(-0.8)), rel=0.02)


def test_too_few_groups_give_none():
    few = GroupedTypes.of(poisson(np.ones(100), groups=19))
    assert excess_of(ONCE, few) is None
    assert excess_of_forecast(ONCE, few) is None


def test_nothing_seen_one_type_and_all_seen_once():
    nothing, one = GroupedTypes.of(csr_matrix((GROUPS, 4), dtype=np.int64)), csr_matrix(np.full((GROUPS, 1), 2))
    assert excess_of(ONCE, nothing) is None
    assert excess_of_forecast(ONCE, nothing) is None
    assert excess_of(ONCE, GroupedTypes.of(one)) is None  # it stays the same whichever group is left out
    apart = excess_of(ONCE, GroupedTypes.of(csr_matrix(np.eye(GROUPS, dtype=np.int64))))
    assert apart.counted == pytest.approx(GROUPS - 1)  # each group takes its one type away
    assert LEAST <= apart.part <= 1


def test_a_statistic_that_is_not_known_has_none():
    assert excess_of(np.full(MOST + 1, np.nan), GroupedTypes.of(poisson(np.ones(100)))) is None


def test_frequent_types_are_left_out():
    rare, frequent = poisson(np.ones(200)), csr_matrix(np.full((GROUPS, 3), 40))
    both = csr_matrix(np.hstack((rare.toarray(), frequent.toarray())))
    assert excess_of(ONCE, GroupedTypes.of(both)) == excess_of(ONCE, GroupedTypes.of(rare))


def test_influences_of_the_number_of_types_and_of_those_seen_once():
    spectrum = FrequencySpectrum(np.array([1, 2, 5, 300]), np.array([60, 30, 9, 1]))
    types, once = influences(spectrum.k, spectrum.f_k, lambda k, f_k: np.array([f_k.sum(), f_k[k == 1].sum()]))
    n = spectrum.n
    assert types == pytest.approx(SEEN - UNITS * 60 / n)  # only the last unit of a type moves the number of types
    assert once == pytest.approx(ONCE - UNITS * (60 - 2 * 30) / n)
    assert of_types_seen_once(spectrum.k, spectrum.f_k, 60.0) == pytest.approx(once)
    assert of_types_seen_once(np.array([2]), np.array([4]), 0.0) == pytest.approx(0)


def test_types_are_counted_in_tokens_and_in_documents():
    inputs = corpus(drawn(40, clustered=False))
    tokens, documents = inputs.grouped_types["en"], inputs.grouped_documents["en"]
    rare = inputs.spectra["en"]
    assert tokens.types[1:] == pytest.approx([rare.seen(units) for units in range(1, MOST + 1)])
    assert documents.types[1] == inputs.document_spectra["en"].of(1)[0]
