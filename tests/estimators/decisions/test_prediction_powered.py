import numpy as np
import pytest

from corpuskit.estimators.decisions.prediction_powered import prediction_powered


def drawn(random, n, rest, right):
    truth = (random.random(n + rest) < 0.1).astype(float)
    judge = np.where(random.random(n + rest) < right, truth, 1 - truth)
    return truth[:n], judge[:n], judge[n:]


def test_a_judge_that_says_the_same_of_everything_changes_nothing():
    audited = (np.arange(100) < 7).astype(float)
    found = prediction_powered(audited, np.ones(100), np.ones(5000))
    assert found.weight == 0.0
    assert (found.value, *found.interval) == pytest.approx(found.audits_alone)
    assert found.value == pytest.approx(0.07)


def test_a_good_judge_narrows_and_a_coin_does_not():
    random = np.random.default_rng(0)
    good, coin = prediction_powered(*drawn(random, 300, 20_000, 0.97)), prediction_powered(*drawn(random, 300, 20_000, 0.5))

    def width(low, high):
        return high - low

    assert width(*good.interval) < 0.7 * width(*good.audits_alone[1:])
    assert width(*coin.interval) == pytest.approx(width(*coin.audits_alone[1:]), rel=0.05)


@pytest.mark.parametrize("right", [0.97, 0.8, 0.5])
def test_intervals_hold_the_error_whatever_the_judge(right):
    random = np.random.default_rng(1)
    held = [low <= 0.1 <= high for low, high in (prediction_powered(*drawn(random, 300, 5000, right)).interval for _ in range(1000))]
    assert np.mean(held) >= 0.92


def test_too_few_audits():
    assert prediction_powered(np.zeros(29), np.zeros(29), np.zeros(100)) is None
    assert prediction_powered(np.zeros(99), np.zeros(99), np.zeros(0)) is None
