import numpy as np
import pytest

from corpuskit.synthetic import chernoff_coefficient, ring_messages
from tests.validation.proof.rates import best_decoder_errors, chernoff_rule, decades_off, odds_rule, product_rule


@pytest.mark.parametrize(("ambiguity", "error"), [(0.01, 0.0370), (0.02, 0.0893), (0.04, 0.1963), (0.10, 0.4131)])
def test_one_message_errs_as_plain_draws_say(ambiguity, error):  # theory 5.1: posteriors of 100,000 messages
    assert best_decoder_errors(ambiguity, 1, 1_000, seed=1)[0] == pytest.approx(error, rel=0.015)


def test_two_messages_err_as_plain_draws_say():
    first, second = (ring_messages(60_000, 0.04, seed=seed) for seed in (1, 2))
    size = min(np.bincount(first.intentions).min(), np.bincount(second.intentions).min())
    rows = [np.concatenate([np.flatnonzero(drawn.intentions == intention)[:size] for intention in range(6)]) for drawn in (first, second)]
    both = first.posterior[rows[0]] * second.posterior[rows[1]]
    missed = 1 - both.max(axis=1) / both.sum(axis=1)
    error, spread = missed.mean(), missed.std() / np.sqrt(len(missed))
    assert best_decoder_errors(0.04, 2, 1_000, seed=3)[1] == pytest.approx(error, abs=4 * spread + 0.01 * error)


def test_in_the_long_run_errors_shrink_by_the_chernoff_coefficient():
    errors = best_decoder_errors(0.04, 8, 1_000, seed=4)
    ratios = errors[1:] / errors[:-1]
    assert ((ratios[3:] > 0.9 * chernoff_coefficient(0.04)) & (ratios[3:] < chernoff_coefficient(0.04))).all()
    assert ratios[3:].min() > 1.4 * errors[0]  # the product rule expects the error of one message


def test_the_rules():
    assert product_rule(0.2, 3) == pytest.approx([0.2, 0.04, 0.008])
    assert odds_rule(0.2, 2) == pytest.approx([0.2, 1 / 17])  # theory 1.3: .0588
    errors = 0.7 * 0.3 ** np.arange(1, 7)
    assert chernoff_rule(errors, 0.3) == pytest.approx(errors)
    assert decades_off(errors, errors) == 0
    assert decades_off(10 * errors, errors) == pytest.approx(1)
    assert decades_off(np.concatenate([100 * errors[:3], errors[3:]]), errors) == pytest.approx(0)
