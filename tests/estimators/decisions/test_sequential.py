import numpy as np
import pytest

from corpuskit.errors import UsageError
from corpuskit.estimators.decisions.sequential import alarmed_after, anytime_plan, certified_after, evidence_below, sequential_plan


def test_boundaries_are_those_of_walds_example():
    # Wald 1947: p0 = .1, p1 = .3, a = .02 (call a good one bad), b = .03 (call a bad one good): intercepts -2.5826, 2.8754, slope .18617
    plan = sequential_plan(tolerance=0.3, expected=0.1, power=0.98, alpha=0.03)
    assert plan.accept == pytest.approx(-2.5826, abs=2e-4)
    assert plan.reject == pytest.approx(2.8754, abs=5e-5)
    assert plan.slope == pytest.approx(0.18617, abs=5e-6)


@pytest.mark.parametrize(("tolerance", "expected", "n"), [(0.10, 0.05, 114), (0.05, 0.02, 157), (0.05, 0.01, 77), (0.02, 0.01, 611)])
def test_expected_sizes_of_the_theory(tolerance, expected, n):
    assert sequential_plan(tolerance, expected).expected_n == pytest.approx(n, abs=0.6)


def test_simulated_decisions_keep_both_risks():
    random, plan = np.random.default_rng(0), sequential_plan(0.10, 0.05)

    def share_passed(rate):
        passed = 0
        for _ in range(1000):
            errors = np.cumsum(random.random(3000) < rate)
            cases = np.arange(1, 3001)
            accepted, rejected = errors <= plan.slope * cases + plan.accept, errors >= plan.slope * cases + plan.reject
            first = int(np.argmax(accepted | rejected))
            passed += bool(accepted[first])
        return passed / 1000

    assert share_passed(0.10) <= 0.05 + 3 * 0.007
    assert share_passed(0.05) >= 0.80 - 3 * 0.013


def test_evidence_is_the_averaged_likelihood_over_that_at_the_tolerance():
    rates = (np.arange(200_000) + 0.5) / 200_000
    prior = 1 / (np.pi * np.sqrt(rates * (1 - rates)))
    errors = np.array([0, 1, 0, 0, 0, 1, 0.0])
    averaged = np.mean(prior * rates**2 * (1 - rates) ** 5)
    assert np.exp(evidence_below(errors, 0.2)[-1]) == pytest.approx(averaged / (0.2**2 * 0.8**5), rel=1e-2)


def test_false_certification_is_rarer_than_alpha_whenever_one_looks():
    # theory: .009 of 1,000 runs to 5,000 cases at the tolerance itself
    random = np.random.default_rng(1)
    certified = [certified_after((random.random(5000) < 0.05).astype(float), 0.05) is not None for _ in range(1000)]
    assert np.mean(certified) <= 0.05
    assert np.mean(certified) == pytest.approx(0.009, abs=0.012)


@pytest.mark.parametrize(("tolerance", "expected", "median"), [(0.10, 0.05, 320), (0.05, 0.02, 411), (0.05, 0.01, 200)])
def test_median_stop_of_the_theory(tolerance, expected, median):
    random = np.random.default_rng(2)
    stops = [certified_after((random.random(6000) < expected).astype(float), tolerance) for _ in range(400)]
    assert np.median([stop or 10**6 for stop in stops]) == pytest.approx(median, rel=0.12)


@pytest.mark.parametrize(("tolerance", "expected", "median"), [(0.10, 0.05, 320), (0.05, 0.02, 411), (0.05, 0.01, 200)])
def test_the_exact_sizes_agree_with_the_simulated_ones(tolerance, expected, median):
    """The medians of the theory are simulated (400 and more runs); the exact ones must lie within what that leaves open."""
    assert anytime_plan(tolerance, expected).half == pytest.approx(median, rel=0.12)


def test_exact_sizes_are_those_of_simulated_pilots():
    random = np.random.default_rng(4)
    stops = np.array([certified_after((random.random(8000) < 0.02).astype(float), 0.05) or 10**6 for _ in range(600)])
    found = anytime_plan(0.05, 0.02, power=0.8)
    assert found.expected_n is not None
    assert (stops <= found.half).mean() == pytest.approx(0.5, abs=3 * (0.25 / 600) ** 0.5)
    assert (stops <= found.most).mean() == pytest.approx(0.8, abs=3 * (0.16 / 600) ** 0.5)
    assert stops.mean() == pytest.approx(found.expected_n, rel=0.1)


def test_without_errors_the_size_is_that_of_the_first_certificate():
    assert anytime_plan(0.05, 0.0).half == certified_after(np.zeros(1000), 0.05)
    assert anytime_plan(0.05, 0.049).expected_n is None, "too near each other: more cases than anybody labels"
    with pytest.raises(UsageError):
        anytime_plan(0.05, 0.05)


def test_a_system_that_errs_too_often_is_alarmed_and_never_certified():
    errors = (np.random.default_rng(3).random(2000) < 0.15).astype(float)
    assert certified_after(errors, 0.05) is None
    assert alarmed_after(errors, 0.05) is not None
    assert alarmed_after(np.zeros(2000), 0.05) is None


@pytest.mark.parametrize("given", [(0.05, 0.05, 0.8, 0.05), (0.05, 0.0, 0.8, 0.05), (0.1, 0.05, 0.8, 0.9)])
def test_impossible_plans_are_refused(given):
    with pytest.raises(UsageError):
        sequential_plan(*given)
