import numpy as np
import pytest

from corpuskit.estimators.decisions.selective import (
    conformal_bound,
    conformal_threshold,
    hoeffding_bentkus,
    learn_then_test,
    p_of_served,
    risk_coverage,
)


def test_known_p_values():
    # theory: n = 200, k = 4, tolerance .05
    assert p_of_served(200, 4, 0.05) == pytest.approx(0.026447, abs=5e-7)
    assert hoeffding_bentkus(200, 4 / 200, 0.05) == pytest.approx(0.07189, abs=5e-6)


def test_conformal_bound():
    assert conformal_bound(0.04, 99) == pytest.approx(0.0496)


def test_risk_coverage_serves_equal_confidence_together():
    curve = risk_coverage(np.array([0.9, 0.5, 0.9, 0.1]), np.array([False, True, True, False]))
    assert curve == pytest.approx(np.array([[0.9, 0.5, 0.5], [0.5, 0.75, 2 / 3], [0.1, 1.0, 0.5]]))
    assert risk_coverage(np.zeros(0), np.zeros(0, bool)).shape == (0, 3)


def drawn(random, n):
    """Cases whose error falls from .4 to 0 as confidence rises: of those above c it is .2 (1 - c)."""
    confidence = random.random(n)
    return confidence, random.random(n) < 0.4 * (1 - confidence)


def test_the_error_of_what_is_served_is_above_the_tolerance_in_fewer_pilots_than_alpha():
    random = np.random.default_rng(0)
    above = shares = 0.0
    for _ in range(500):
        found = learn_then_test(*drawn(random, 600), tolerance=0.10)
        above += found is not None and 0.2 * (1 - found.confidence) > 0.10
        shares += found.coverage if found else 0.0
    assert above / 500 <= 0.05 + 3 * 0.01
    assert 0.19 <= shares / 500 <= 0.5, "half of the cases could be served, were their error known"


def test_no_confidence_no_service():
    random = np.random.default_rng(1)
    wrong = random.random(400) < 0.3
    assert learn_then_test(random.random(400), wrong, 0.05) is None
    assert learn_then_test(np.ones(50), np.zeros(50, bool), 0.05) is None, "59 cases without an error are needed"
    assert learn_then_test(np.ones(59), np.zeros(59, bool), 0.05).coverage == 1.0


def test_conformal_control_holds_on_average():
    random, losses = np.random.default_rng(2), []
    for _ in range(400):
        confidence, wrong = drawn(random, 200)
        threshold = conformal_threshold(confidence, wrong.astype(float), 0.05)
        losses.append(0.2 * (1 - threshold) ** 2)
    assert np.mean(losses) <= 0.05 + 3 * np.std(losses) / 20
    assert np.mean(losses) >= 0.03


def test_conformal_control_needs_cases():
    assert conformal_threshold(np.ones(10), np.zeros(10), 0.05) is None
    assert conformal_threshold(np.ones(30), np.ones(30), 0.05) == np.inf
