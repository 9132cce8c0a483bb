import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators.vocabulary.spectrum_entropy import (
    OTHERS,
    chao_shen,
    chao_wang_jost,
    grassberger,
    miller_madow,
    plug_in,
    spectrum_of,
    spread,
    unseen_sum,
)
from corpuskit.estimators.vocabulary.spectrum_entropy import (
    SMALL as TALLIED,
)
from tests.estimators.spiders import GIRDLED

SMALL = spectrum_of(np.array([4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1]))
ALL = (plug_in, miller_madow, chao_shen, grassberger, chao_wang_jost)


@pytest.mark.parametrize(
    ("function", "answer"),  # the vector and the first three answers are those of the R package entropy; the fourth was computed apart
    [(plug_in, 1.968382), (miller_madow, 2.152593), (chao_shen, 2.201137), (grassberger, 2.144626)],
)
def test_known_entropies(function, answer):
    assert function(*SMALL) == pytest.approx(answer, abs=5e-7)


def test_known_entropy_of_chao_wang_jost():  # exp(H) 12.060 observed, 13.826 estimated: vignette of iNEXT
    assert chao_wang_jost(*spectrum_of(GIRDLED)) == pytest.approx(2.626569, abs=5e-7)
    assert np.exp(plug_in(*spectrum_of(GIRDLED))) == pytest.approx(12.060, abs=5e-4)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=40).filter(lambda counts: 1 in counts and sum(counts) > len(counts)))
def test_chao_wang_jost_equals_its_published_form(counts):
    array = np.array(counts)
    n, once, twice = int(array.sum()), int((array == 1).sum()), int((array == 2).sum())
    hit = 2 * twice / ((n - 1) * once + 2 * twice) if twice else 2 / ((n - 1) * (once - 1) + 2)
    seen = sum(x / n * sum(1 / j for j in range(x, n)) for x in counts)
    unseen = 0.0
    if hit < 1:
        unseen = once / n * sum((1 - hit) ** (j + 1) / (n + j) for j in range(60_000) if (1 - hit) ** j > 1e-16)
    assert chao_wang_jost(*spectrum_of(array)) == pytest.approx(seen + unseen, rel=1e-6)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_never_below_the_plug_in_by_more_than_rounding(counts):
    spectrum = spectrum_of(np.array(counts))
    base = plug_in(*spectrum)
    for function in (miller_madow, chao_wang_jost):
        value = function(*spectrum)
        assert value is None or value >= base - 1e-9


@pytest.mark.parametrize("function", ALL)
def test_nothing_has_no_entropy(function):
    assert function(*spectrum_of(np.array([], int))) is None


@pytest.mark.parametrize("function", ALL)
def test_one_type_has_entropy_near_zero(function):
    assert function(*spectrum_of(np.array([1000]))) == pytest.approx(0, abs=2e-3)


def test_one_token_is_refused_by_the_default():
    assert chao_wang_jost(*spectrum_of(np.array([1]))) is None


def test_stable_for_large_samples():
    k = np.array([1, 2, 1000])
    f_k = np.array([400_000, 150_000, 20_000])
    assert plug_in(k, f_k) < chao_wang_jost(k, f_k) < plug_in(k, f_k) + 0.5


def test_less_biased_than_plug_in_when_the_sample_is_small():
    random = np.random.default_rng(2)
    share = random.dirichlet(np.full(300, 0.5))
    truth = -np.sum(share * np.log(share))
    samples = [spectrum_of(random.multinomial(150, share)) for _ in range(100)]
    error = {function: abs(np.mean([function(*sample) for sample in samples]) - truth) for function in (plug_in, chao_wang_jost)}
    assert error[chao_wang_jost] < 0.5 * error[plug_in]


def test_the_spread_of_the_others_beside_the_default():  # the known answers above: Grassberger lowest, Chao-Shen highest
    lowest, highest = spread(*SMALL)
    assert lowest == ("Grassberger", pytest.approx(2.144626, abs=5e-7))
    assert highest == ("Chao-Shen", pytest.approx(2.201137, abs=5e-7))


def test_no_spread_where_one_of_them_is_undefined():
    assert spread(*spectrum_of(np.ones(5, int))) is None
    assert spread(*spectrum_of(np.array([], int))) is None


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30).filter(lambda counts: max(counts) > 1))
def test_the_spread_holds_all_others(counts):
    spectrum = spectrum_of(np.array(counts))
    (_, low), (_, high) = spread(*spectrum)
    assert all(low <= function(*spectrum) <= high for function in OTHERS.values())


def test_counts_too_large_to_tally_are_in_the_spectrum():
    k, f_k = spectrum_of(np.array([TALLIED + 3, 2, 0, 2, TALLIED - 1, TALLIED + 3]))
    assert (k.tolist(), f_k.tolist()) == ([2, TALLIED - 1, TALLIED + 3], [2, 1, 2])


@pytest.mark.parametrize(("hit", "n"), [(1e-4, 1000.0), (0.5, 10.0), (0.01, 5.0), (1.0, 100.0)])
def test_the_sum_over_what_was_not_seen_is_that_of_its_terms(hit, n):
    j = np.arange(400_000)
    assert unseen_sum(np.array(hit), np.array(n)) == pytest.approx(np.sum((1 - hit) ** (j + 1) / (n + j)), rel=1e-9)


def test_the_sum_is_elementwise():
    hit, n = np.array([0.1, 0.3]), np.array([50.0, 9.0])
    assert unseen_sum(hit, n) == pytest.approx([float(unseen_sum(hit[place], n[place])) for place in (0, 1)])
