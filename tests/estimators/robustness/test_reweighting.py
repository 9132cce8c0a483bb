from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators.robustness.reweighting import reweighting_band

sources = st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 100)), min_size=2, max_size=8)


def at_corners(values, weights, factor):
    """Try all 2^s corners of the box of weights, where a linear-fractional programme has its extremes."""
    means = [np.average(values, weights=weights * np.array(corner)) for corner in product((1 / factor, factor), repeat=len(values))]
    return min(means), max(means)


@given(sources, st.floats(1, 5))
def test_sorting_finds_the_extremes_of_all_corners(each, factor):
    values, weights = np.array(each).T
    assert reweighting_band(values, weights, factor) == pytest.approx(at_corners(values, weights, factor), abs=1e-12)


@given(sources, st.integers(0, 2**32 - 1))
def test_no_weights_inside_lead_outside(each, seed):
    values, weights = np.array(each).T
    low, high = reweighting_band(values, weights)
    inside = weights * np.exp(np.random.default_rng(seed).uniform(-np.log(2), np.log(2), len(weights)))
    assert low - 1e-12 <= np.average(values, weights=inside) <= high + 1e-12


def test_two_sources_by_hand():
    # equal weights: at the corners 2 to 1/2, so a fifth and four fifths
    assert reweighting_band(np.array([0.0, 1.0]), np.array([1.0, 1.0])) == pytest.approx((0.2, 0.8))
    assert reweighting_band(np.array([0.0, 1.0]), np.array([1.0, 3.0]), 1.0) == pytest.approx((0.75, 0.75))
    assert reweighting_band(np.array([0.3, 0.3, 0.3]), np.array([1.0, 5.0, 2.0])) == pytest.approx((0.3, 0.3))


def test_fewer_than_two_sources_with_a_weight_have_no_band():
    assert reweighting_band(np.array([0.5]), np.array([1.0])) is None
    assert reweighting_band(np.array([0.5, 0.1]), np.array([1.0, 0.0])) is None
    assert reweighting_band(np.zeros(0), np.zeros(0)) is None
