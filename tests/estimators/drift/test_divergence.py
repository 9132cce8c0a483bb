"""The divergence by hand and by scipy, its false alarms, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.spatial.distance import jensenshannon

from corpuskit.estimators.drift.divergence import divergence, jensen_shannon


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=12).filter(lambda x: all(map(sum, zip(*x, strict=True)))))
def test_it_is_that_of_scipy(pairs):
    """scipy gives the square root."""
    first, second = (np.array(side, float) for side in zip(*pairs, strict=True))
    ours = jensen_shannon(first.reshape(-1, 1), second.reshape(-1, 1)).sum()
    assert ours == pytest.approx(jensenshannon(first, second, base=2) ** 2, abs=1e-12)


def test_known_ends():
    """Nothing in common: one bit. The same mix: nothing, whatever the sizes."""
    units = np.repeat([[5, 0], [0, 7]], 10, axis=0)
    apart = divergence(csr_matrix(units), 10, seed=1)
    assert apart is not None
    assert apart.value == pytest.approx(1)
    assert apart.p == 1 / 2000
    same = divergence(csr_matrix(np.tile([[3, 4], [6, 8]], (10, 1))), 10)
    assert same is not None
    assert same.value == pytest.approx(0, abs=1e-12)
    assert same.p == 1


def test_contributions_sum_to_the_value_and_tell_the_side():
    generator = np.random.default_rng(0)
    counts = np.vstack([generator.poisson([5, 5, 5], (12, 3)), generator.poisson([5, 9, 1], (15, 3))])
    found = divergence(csr_matrix(counts), 12)
    assert found is not None
    assert np.abs(found.contributions).sum() == pytest.approx(found.value)
    assert found.contributions[1] > 0 > found.contributions[2]
    assert (found.n_first, found.n_second) == (12, 15)


def test_units_that_are_long_and_of_one_theme_raise_no_false_alarm():
    """200 pairs of sides dealt from the same clustered units: p below .05 in about one in twenty, at most .05 and three standard errors."""
    generator = np.random.default_rng(7)
    low = 0
    for trial in range(200):
        themes = generator.dirichlet(np.full(20, 0.1), 40)
        counts = np.vstack([generator.multinomial(int(generator.integers(20, 200)), theme) for theme in themes])
        found = divergence(csr_matrix(counts), 20, seed=trial, permutations=99)
        assert found is not None
        low += found.p <= 0.05
    assert low / 200 <= 0.05 + 3 * (0.05 * 0.95 / 200) ** 0.5


def test_few_units_are_not_compared():
    assert divergence(csr_matrix(np.ones((15, 3))), 7) is None
    assert divergence(csr_matrix(np.ones((16, 3))), 8) is not None


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_units_within_a_side_changes_nothing_but_the_deals(seed):
    generator = np.random.default_rng(seed)
    counts = generator.poisson(3, (20, 4))
    shuffled = np.vstack([counts[:10][generator.permutation(10)], counts[10:][generator.permutation(10)]])
    one, other = divergence(csr_matrix(counts), 10), divergence(csr_matrix(shuffled), 10)
    assert one is not None
    assert other is not None
    assert one.value == pytest.approx(other.value)
