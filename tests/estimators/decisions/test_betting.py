import numpy as np
import pytest

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.betting import betting_interval


@pytest.mark.parametrize("law", [lambda random, n: random.beta(1, 9, n), lambda random, n: (random.random(n) < 0.1).astype(float)])
@pytest.mark.parametrize("n", [30, 300])
def test_intervals_hold_the_mean_at_every_size(law, n):
    random = np.random.default_rng(n)
    held = [low <= 0.1 <= high for low, high in (betting_interval(law(random, n)) for _ in range(400))]
    assert np.mean(held) >= 0.95 - 3 * 0.011


def test_graded_scores_are_known_better_than_hoeffding_says():
    low, high = betting_interval(np.random.default_rng(0).beta(1, 9, 1000))
    assert high - low < 2 * np.sqrt(np.log(2 / 0.05) / 2000)
    assert low < 0.1 < high


def test_mirrored_scores_give_the_mirrored_interval():
    scores = np.random.default_rng(1).random(200) ** 2
    low, high = betting_interval(scores)
    assert betting_interval(1 - scores) == pytest.approx((1 - high, 1 - low), abs=1e-6)


def test_nothing_known_and_wrong_scores():
    assert betting_interval(np.zeros(0)) == (0.0, 1.0)
    with pytest.raises(UsageError, match="between 0 and 1"):
        betting_interval(np.array([0.5, 1.2]))
