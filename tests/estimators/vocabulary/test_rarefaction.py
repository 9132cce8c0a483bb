import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.vocabulary.rarefaction import expected_types, expected_x_log_x, missed
from tests.estimators.spiders import GIRDLED

SPIDERS = FrequencySpectrum.of(GIRDLED)
COUNTS = st.lists(st.integers(1, 40), min_size=1, max_size=30)


@pytest.mark.parametrize(("size", "answer"), [(84, 18.912), (100, 20.459), (168, 26.0), (0, 0.0)])  # iNEXT, spiders of the girdled forest
def test_known_rarefied_species(size, answer):
    assert expected_types(SPIDERS.k, SPIDERS.f_k, SPIDERS.n, size) == pytest.approx(answer, abs=5e-4)


@given(COUNTS, st.integers(0, 60))
def test_the_chance_to_be_missed_is_the_quotient_of_binomials(counts, size):
    x = np.array(counts)
    total = int(x.sum())
    size = min(size, total)
    exact = [math.comb(total - k, size) / math.comb(total, size) for k in counts]
    assert missed(x, total, size) == pytest.approx(exact, rel=1e-9, abs=1e-12)


@given(COUNTS)
def test_the_curve_rises_and_bends_down(counts):
    spectrum = FrequencySpectrum.of(np.array(counts))
    curve = [expected_types(spectrum.k, spectrum.f_k, spectrum.n, size) for size in range(spectrum.n + 1)]
    steps = np.diff(curve)
    assert np.all(steps >= -1e-9)
    assert np.all(np.diff(steps) <= 1e-9)
    assert curve[-1] == pytest.approx(spectrum.types)
    assert curve[1] == pytest.approx(1.0)


@given(st.integers(1, 50), st.integers(0, 200), st.data())
def test_the_mean_of_k_log_k_is_exact_for_small_counts(x, others, data):
    total = x + others
    size = data.draw(st.integers(1, total))
    exact = sum(
        math.comb(x, k) * math.comb(total - x, size - k) / math.comb(total, size) * k * math.log(k)
        for k in range(1, min(x, size) + 1)
        if size - k <= total - x
    )
    assert expected_x_log_x(np.array([x]), total, size)[0] == pytest.approx(exact, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("x", "total", "size"), [(1000, 5000, 1010), (30_000, 100_000, 900), (400, 401, 300), (5000, 5000, 250)])
def test_the_moments_agree_with_the_sum_where_they_take_over(x, total, size):
    from scipy.stats import hypergeom

    k = np.arange(1, min(x, size) + 1)
    exact = float(np.sum(hypergeom.pmf(k, total, x, size) * k * np.log(k)))
    assert expected_x_log_x(np.array([x]), total, size)[0] == pytest.approx(exact, abs=5e-5)
