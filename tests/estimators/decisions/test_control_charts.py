"""Control charts: limits that hold what they promise, and changes that show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.control_charts import ALPHA, rate_chart, shift


def test_limits_are_those_of_the_predictive_distribution():
    """One period of 10 in 100 before: BetaBinomial(50, 10.5, 90.5) for the next 50."""
    chart = rate_chart([10, 5], [100, 50], baseline=1)
    expected = betabinom(50, 10.5, 90.5)
    assert chart.centre == 0.1
    assert chart.dispersion == 1
    assert (chart.points[1].low, chart.points[1].high) == (expected.ppf(ALPHA / 2) / 50, expected.ppf(1 - ALPHA / 2) / 50)


def test_a_rate_that_triples_is_outside_and_one_that_stays_is_not():
    chart = rate_chart([10, 9, 11, 10, 30, 10], [100] * 6, baseline=4)
    assert [point.outside for point in chart.points] == [None, None, None, None, "above", None]
    fell = rate_chart([50, 50, 10], [100] * 3, baseline=2)
    assert fell.points[2].outside == "below"


def test_the_baseline_itself_is_never_outside():
    assert all(point.outside is None for point in rate_chart([0, 90, 5, 50], [100] * 4, baseline=3).points[:3])


def test_a_rate_that_always_swings_gets_wider_limits():
    """The same mean, once steady and once swinging: after the swings, a week at 30 % is nothing new."""
    steady = rate_chart([20, 20, 20, 20, 40], [100] * 5, baseline=4)
    swinging = rate_chart([5, 35, 5, 35, 40], [100] * 5, baseline=4)
    assert steady.points[4].outside == "above"
    assert swinging.points[4].outside is None
    assert swinging.dispersion > 10


def test_false_alarms_stay_at_the_level():
    """2,000 charts with four quiet weeks before and one after, 60 events each at 15 %: at most alpha and three standard errors."""
    generator = np.random.default_rng(5)
    drawn = generator.binomial(60, 0.15, (2000, 5))
    alarms = sum(rate_chart(list(row), [60] * 5, baseline=4).points[4].outside is not None for row in drawn)
    assert alarms / 2000 <= ALPHA + 3 * np.sqrt(ALPHA / 2000)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(40, 90)), min_size=2, max_size=8))
def test_limits_enclose_the_centre_of_the_baseline(periods):
    counts, sizes = zip(*periods, strict=True)
    chart = rate_chart(counts, sizes, baseline=len(periods) - 1)
    last = chart.points[-1]
    assert 0 <= last.low <= last.high <= 1
    assert (last.outside is None) == (last.low <= last.value <= last.high)


@pytest.mark.parametrize(("counts", "sizes", "baseline"), [([1], [2], 1), ([1, 1], [2, 2], 0), ([3, 1], [2, 2], 1), ([0, 0], [0, 2], 1)])
def test_what_cannot_be_charted_is_refused(counts, sizes, baseline):
    with pytest.raises(UsageError, match="A chart needs"):
        rate_chart(counts, sizes, baseline)


def test_a_shift_of_times_shows_and_few_values_show_nothing():
    assert shift([60.0] * 7, [5.0] * 50) is None
    moved = shift([float(v) for v in range(60, 90)], [float(v) for v in range(5, 30)])
    assert moved is not None
    assert (moved.before, moved.after) == (74.5, 17.0)
    assert moved.p < ALPHA
    same = shift([float(v) for v in range(30)], [v + 0.5 for v in range(30)])
    assert same is not None
    assert same.p > 0.5
