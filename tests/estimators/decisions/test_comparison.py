import numpy as np
import pytest
from scipy.stats import binomtest

from corpuskit.estimators.decisions.comparison import compare_paired, holm


def wrong(n, *places):
    found = np.zeros(n, bool)
    found[list(places)] = True
    return found


def test_only_cases_on_which_one_alone_errs_count():
    found = compare_paired(wrong(100, *range(12)), wrong(100, 0, 1, 50))
    assert (found.only_first, found.only_second) == (10, 1)
    assert found.difference == pytest.approx(0.09)
    assert found.p == pytest.approx(binomtest(1, 11).pvalue)
    assert found.interval[0] > 0


def test_the_difference_turns_round_with_the_models():
    one, other = wrong(60, 1, 2, 3), wrong(60, 3, 4)
    there, back = compare_paired(one, other), compare_paired(other, one)
    assert there.difference == -back.difference
    assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]))
    assert there.p == back.p


def test_intervals_hold_the_difference():
    random, held = np.random.default_rng(0), 0
    for _ in range(1000):
        hard = random.random(200) < 0.1
        first, second = hard | (random.random(200) < 0.06), hard | (random.random(200) < 0.03)
        held += compare_paired(first, second).interval[0] <= 0.9 * 0.03 <= compare_paired(first, second).interval[1]
    assert held / 1000 >= 0.93


def test_no_case_and_no_difference():
    assert compare_paired(wrong(0), wrong(0)) is None
    assert compare_paired(wrong(9, 1), wrong(9, 1)).p == 1.0


def test_holm():
    # Holm 1979's steps by hand: .01 x 4, .03 x 3 = .09, .04 x 2 = .08 -> .09, .05
    assert holm(np.array([0.03, 0.01, 0.05, 0.04])) == pytest.approx([0.09, 0.04, 0.09, 0.09])
    assert holm(np.zeros(0)).size == 0
