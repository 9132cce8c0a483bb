import numpy as np
import pytest

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.betting import betting_interval
from corpuskit.estimators.decisions.graded import mean_loss


def test_bounds_are_those_of_betting_on_the_losses():
    losses = np.random.default_rng(0).beta(1, 12, 300)
    found = mean_loss(losses.tolist(), level=0.95, alpha=0.05)
    order = np.random.default_rng(0).permutation(300)
    assert found.value == pytest.approx(losses.mean())
    assert found.interval == betting_interval(losses[order], 0.95)
    assert found.upper == betting_interval(losses[order], 0.9)[1]
    assert found.interval[0] < found.value < found.upper < found.interval[1]


def test_a_mean_at_the_tolerance_is_rarely_thought_below_it():
    random = np.random.default_rng(1)
    passed = [mean_loss(random.beta(1, 19, 200).tolist()).upper <= 0.05 for _ in range(600)]
    assert np.mean(passed) <= 0.05 + 3 * 0.009


def test_copies_of_the_cases_of_a_document_prove_nothing_more():
    losses = np.random.default_rng(2).beta(1, 9, 80)
    once = mean_loss(losses.tolist())
    often = mean_loss(np.repeat(losses, 5).tolist(), clusters=[f"document {number}" for number in np.repeat(np.arange(80), 5)])
    assert (often.n, often.effective_n) == (400, 80)
    assert often.value == pytest.approx(once.value)
    assert often.upper == pytest.approx(once.upper, rel=0.25)


def test_the_order_of_losses_is_mixed_before_bets_are_made():
    """Sorted losses would be taken for a sequence that grows."""
    losses = np.sort(np.random.default_rng(3).beta(1, 9, 200))
    assert mean_loss(losses.tolist()).interval[0] < losses.mean() < mean_loss(losses.tolist()).interval[1]


def test_unequal_weights_have_a_mean_and_no_bounds():
    found = mean_loss([0.0, 1.0], weights=[3.0, 1.0])
    assert (found.value, found.interval, found.upper) == (0.25, None, None)


def test_nothing_and_losses_outside_the_range():
    assert mean_loss([]) is None
    with pytest.raises(UsageError, match="between 0 and 1"):
        mean_loss([0.5, 1.5])
