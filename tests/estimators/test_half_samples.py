import numpy as np
import pytest

from corpuskit.estimators.half_samples import SPLITS, Extrapolated, extrapolate

GROUPS = np.arange(10)


def falling(groups):
    """A statistic of 1 whose bias falls with the number of groups: 1 + 2 / g."""
    return np.array([1 + 2 / len(groups)])


def whole_of(measure):
    return np.array([[*measure(GROUPS), *(measure(np.delete(GROUPS, group))[0] for group in GROUPS)]])


def test_a_bias_that_falls_with_the_groups_is_gone():
    # worked: 1.2 on all, 1.4 on each half: moved by -.2, and 1.0 is left
    found = extrapolate(whole_of(falling), falling, GROUPS, 0)
    assert found.values == pytest.approx([1.0])
    assert found.moved == pytest.approx([-0.2])


def test_halves_share_out_the_groups():
    seen = []

    def noting(groups):
        seen.append(groups.tolist())
        return falling(groups)

    extrapolate(whole_of(falling), noting, GROUPS, 3)
    assert len(seen) == 2 * SPLITS
    assert all(sorted(first + second) == GROUPS.tolist() for first, second in zip(seen[::2], seen[1::2], strict=True))


def test_halves_where_it_is_undefined_are_left_out():
    def partly(groups):
        return np.array([np.nan if 0 in groups else 3.0])

    found = extrapolate(np.full((1, 11), 2.0), partly, GROUPS, 0)
    assert (found.values[0], found.moved[0]) == (1.0, -1.0)
    nowhere = extrapolate(np.full((1, 11), 2.0), lambda _: np.array([np.nan]), GROUPS, 0)
    assert (nowhere.values[0], nowhere.moved[0]) == (2.0, 0.0)


def test_the_interval_reaches_to_where_the_value_moves():
    # t(9) at 95 % is 2.262: reach .2262 for an error of .1
    still = Extrapolated(np.array([5.0]), np.array([0.0]), np.array([0.1]), 10)
    assert still.interval(0) == pytest.approx((5 - 0.2262, 5 + 0.2262), abs=1e-4)
    up, down = (Extrapolated(np.array([5.0]), np.array([moved]), np.array([0.1]), 10).interval(0) for moved in (0.12, -0.12))
    behind = np.sqrt(0.2262**2 - 0.12**2)  # .1918, more than .7 of the reach
    assert up == pytest.approx((5 - behind, 5 + 0.2262 + 1.25 * 0.12), abs=1e-4)
    assert down == pytest.approx((5 - 0.2262 - 1.25 * 0.12, 5 + behind), abs=1e-4)
    far = Extrapolated(np.array([5.0]), np.array([1.0]), np.array([0.1]), 10).interval(0)
    assert far == pytest.approx((5 - 0.7 * 0.2262, 5 + 0.2262 + 1.25), abs=1e-4)


def test_few_groups_and_values_without_end_give_no_interval():
    assert extrapolate(np.full((1, 8), 2.0), falling, np.arange(7), 0).interval(0) is None
    endless = np.full((1, 11), 2.0)
    endless[0, 4] = np.nan
    assert extrapolate(endless, falling, GROUPS, 0).interval(0) is None
