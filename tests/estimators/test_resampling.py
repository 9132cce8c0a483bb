import numpy as np
import pytest

from corpuskit.estimators.resampling import (
    Excess,
    design_effect,
    effective_size,
    jackknife_error,
    jackknife_interval,
    ratio_without_each,
    unequal_jackknife_error,
    unequal_jackknife_interval,
)


def test_the_jackknife_error_of_a_mean_is_its_standard_error():
    values = np.random.default_rng(0).normal(size=12)
    left_out = np.array([np.delete(values, place).mean() for place in range(12)])
    assert jackknife_error(left_out) == pytest.approx(values.std(ddof=1) / np.sqrt(12))


def test_too_few_groups_or_an_undefined_one_give_no_interval():
    assert jackknife_error(np.ones(7)) is None
    assert jackknife_interval(1.0, np.array([1.0] * 8 + [np.nan])) is None


def test_the_interval_holds_the_value_and_keeps_to_its_bounds():
    low, high = jackknife_interval(0.99, np.linspace(0.9, 1.0, 10), bounds=(0.0, 1.0))
    assert low < 0.99 < high == 1.0


def test_an_excess_is_taken_away_but_leaves_the_part_that_is_variance():
    excess = Excess(counted=8.0, part=0.25)
    assert excess.taken_from(10.0) == 4.0
    assert excess.taken_from(7.0) == 2.0  # not less than what the types vary by
    assert excess.taken_from(1.0) == 1.0  # and never more than the jackknife says
    assert Excess(8.0, 1.0).taken_from(10.0) == 10.0
    assert excess.times(2.0) == Excess(32.0, 0.25)
    left_out = np.linspace(0.0, 1.0, 10)
    variance = jackknife_error(left_out) ** 2
    less = Excess(variance, 0.5)
    assert jackknife_error(left_out, less) == pytest.approx(np.sqrt(variance / 2))
    low, high = jackknife_interval(0.5, left_out, excess=less)
    assert high - low == pytest.approx(np.subtract(*jackknife_interval(0.5, left_out)[::-1]) / np.sqrt(2))
    sizes = np.full(10, 3)
    assert unequal_jackknife_error(left_out.mean(), left_out, sizes, less) == pytest.approx(jackknife_error(left_out, less))


def test_a_ratio_without_each_group():
    assert ratio_without_each(np.array([1.0, 2.0, 3.0]), np.array([10.0, 10.0, 20.0])) == pytest.approx([5 / 30, 4 / 30, 3 / 20])
    assert np.isnan(ratio_without_each(np.array([1.0]), np.array([2.0]))).all()


def test_groups_of_one_size_have_the_interval_of_the_plain_jackknife():
    random = np.random.default_rng(0)
    values, sizes = random.normal(size=12), np.full(12, 3)
    left_out = np.array([np.delete(values, place).mean() for place in range(12)])
    assert unequal_jackknife_interval(values.mean(), left_out, sizes) == pytest.approx(jackknife_interval(values.mean(), left_out))
    assert unequal_jackknife_interval(0.5, np.full(7, 0.5), np.ones(7, np.int64)) is None
    assert unequal_jackknife_interval(0.5, np.array([0.5] * 8 + [np.nan]), np.ones(9, np.int64)) is None


def test_a_bias_that_falls_with_size_is_no_spread():
    sizes = np.arange(1, 13)
    n = sizes.sum()
    left_out = 0.3 + 5 / (n - sizes)  # a constant with a bias of 5/n
    assert unequal_jackknife_interval(0.3 + 5 / n, left_out, sizes) == pytest.approx((0.3 + 5 / n,) * 2)
    plain = jackknife_interval(0.3 + 5 / n, left_out)
    assert plain[1] - plain[0] > 0.04


def test_copies_are_worth_one():
    assert effective_size(np.ones(50)) == 50
    assert effective_size(np.full(50, 3.0)) == 50
    assert effective_size(np.array([])) == 0


def test_design_effect_of_whole_clusters_is_their_size():
    random = np.random.default_rng(1)
    outcome = (random.random(400) < 0.3).astype(float)
    clusters = np.arange(400)
    assert design_effect(outcome, clusters) == pytest.approx(1.0, abs=0.01)
    assert design_effect(np.repeat(outcome, 5), np.repeat(clusters, 5)) == pytest.approx(5.0, rel=0.01)


def test_design_effect_is_one_when_nothing_can_be_learned():
    assert design_effect(np.zeros(10), np.arange(10)) == 1.0
    assert design_effect(np.array([0.0, 1.0]), np.zeros(2, int)) == 1.0
    assert design_effect(np.zeros(0), np.zeros(0, int)) == 1.0
