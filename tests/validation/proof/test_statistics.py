import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from tests.validation.proof.statistics import agreement, area, area_difference, partial_rank_correlation, resampled, spearman, spearman_difference

values = st.lists(st.integers(0, 8).map(float), min_size=5, max_size=30)


@given(values, st.randoms(use_true_random=False))
def test_rank_correlation_is_that_of_scipy(x, random):
    y = random.sample(x, len(x))
    found = spearman(x, y, draws=20)
    if len(set(x)) < 2:
        assert found.value is None
        assert found.undefined_because
    else:
        assert found.value == pytest.approx(spearmanr(x, y)[0])


def test_a_planted_order_is_found_with_certainty():
    found = spearman([1, 2, 3, 5, 8, 13], [0.1, 0.2, 0.3, 0.5, 0.8, 1.3])
    assert found.value == pytest.approx(1)
    assert found.interval == pytest.approx((1, 1))


def test_an_interval_holds_what_all_tasks_would_give():
    random, held = np.random.default_rng(1), 0
    truth = 6 / np.pi * np.arcsin(0.7 / 2)  # Spearman's rho of a bivariate normal with correlation .7 (Pearson 1907)
    for _ in range(100):
        x, y = random.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], 40).T
        low, high = spearman(x, y, draws=400).interval
        held += low <= truth <= high
    assert 86 <= held <= 100  # .95 nominal; fewer than 86 happens once in 10,000


def test_few_tasks_have_no_rank_correlation():
    assert "5 are needed" in spearman([1, 2, 3, 4], [1, 2, 3, 4]).undefined_because
    assert spearman([1, 2, 3, 4, np.nan], [1, 2, 3, 4, 5]).n == 4


def test_draws_without_two_values_are_left_out_and_counted():
    found = spearman([0, 0, 0, 0, 1], [1, 2, 3, 4, 5])
    assert found.left_out == pytest.approx(2000 * 0.8**5, rel=0.2)  # the draws without the last task
    assert np.isfinite(found.interval).all()


def test_the_same_tasks_are_drawn_for_both_sides_of_a_difference():
    x, y = np.arange(12.0), np.arange(12.0)
    same = spearman_difference(x, -x, y)
    assert (same.value, same.interval) == (pytest.approx(0), pytest.approx((0, 0)))
    other = np.random.default_rng(0).permutation(12).astype(float)
    assert spearman_difference(x, other, y).value == pytest.approx(1 - abs(spearmanr(other, y)[0]))


def test_what_a_third_variable_explains_is_taken_out():
    random = np.random.default_rng(0)
    cause = random.normal(size=300)
    x, y = cause + random.normal(size=300), cause + random.normal(size=300)
    assert spearman(x, y).value > 0.4
    left = partial_rank_correlation(x, y, cause[:, None], draws=200)
    assert abs(left.value) < 0.12
    assert left.interval[0] < 0 < left.interval[1]


def test_partial_rank_correlation_of_one_variable_is_the_textbook_formula():
    random = np.random.default_rng(3)
    x, y, z = random.normal(size=(3, 25))
    xy, xz, yz = spearmanr(x, y)[0], spearmanr(x, z)[0], spearmanr(y, z)[0]
    expected = (xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2))
    assert partial_rank_correlation(x, y, z[:, None], draws=10).value == pytest.approx(expected)


def test_as_many_variables_as_tasks_leave_nothing():
    random = np.random.default_rng(0)
    x, y = random.normal(size=(2, 7))
    assert "7 tasks leave 1 free" in partial_rank_correlation(x, y, random.normal(size=(7, 5))).undefined_because
    twice = np.column_stack([x**3, -(x**3), *random.normal(size=(3, 7))])  # the second says what the first says: four variables, not five
    assert partial_rank_correlation(random.normal(size=7), y, twice).value is not None
    assert partial_rank_correlation(x, y, x[:, None]).undefined_because


def test_agreement_is_the_mean_correlation_of_one_with_the_others():
    raters = np.array([[1.0, 2, 3, 4, 5], [1, 2, 3, 5, 4], [2, 1, 3, 4, 5]])
    expected = np.mean([spearmanr(raters[place], np.delete(raters, place, axis=0).mean(axis=0))[0] for place in range(3)])
    found = agreement(raters)
    assert found.value == pytest.approx(expected)
    assert found.interval[0] < expected <= found.interval[1]
    assert agreement(np.tile(raters[0], (3, 1))).interval == pytest.approx((1, 1))
    assert agreement(raters[:1]).undefined_because
    assert "5 are needed" in agreement(raters[:, :4]).undefined_because


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=60))
def test_areas_are_those_of_scikit_learn(items):
    scores, right = np.array([float(score) for score, _ in items]), np.array([good for _, good in items])
    found = area(scores, right, draws=10)
    if min(right.sum(), (~right).sum()) < 5:
        assert "at least 5 of each are needed" in found.undefined_because
    else:
        assert found.value == pytest.approx(roc_auc_score(right, scores))


def test_copies_do_not_narrow_the_interval_of_an_area():
    random = np.random.default_rng(0)
    scores, right = random.normal(size=100), random.random(100) < 0.5
    scores += right
    once = area(scores, right)
    fourfold = area(np.repeat(scores, 4), np.repeat(right, 4), np.repeat(np.arange(100), 4))
    assert fourfold.value == pytest.approx(once.value)
    assert fourfold.interval == pytest.approx(once.interval)
    alone = area(np.repeat(scores, 4), np.repeat(right, 4))
    assert alone.interval[1] - alone.interval[0] < 0.7 * (once.interval[1] - once.interval[0])


def test_areas_are_compared_on_the_same_items():
    random = np.random.default_rng(0)
    right = random.random(200) < 0.5
    good, none = right + random.normal(size=200), random.normal(size=200)
    good[:10] = np.nan
    found = area_difference(good, none, right)
    assert found.n == 190
    assert found.value == pytest.approx(roc_auc_score(right[10:], good[10:]) - roc_auc_score(right[10:], none[10:]))
    assert found.interval[0] > 0
    assert area_difference(good, good, right).interval == (0, 0)


def test_any_statistic_can_be_resampled_in_groups():
    wrong = np.repeat([0.0, 1.0], 50)
    groups = np.repeat(np.arange(10), 10)
    alone, grouped = (resampled(lambda places: wrong[places].mean(), 100, group) for group in (None, groups))
    assert alone.value == grouped.value == 0.5
    assert np.ptp(grouped.interval) > 2 * np.ptp(alone.interval)
    assert resampled(lambda _: np.nan, 3).undefined_because
