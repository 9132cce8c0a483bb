import numpy as np
import pytest
from scipy.stats import binomtest

from corpuskit.estimators import acceptance_plan
from corpuskit.estimators.decisions.rates import error_rate

SIMULATED = 2000
WITHIN = 3 * (0.05 * 0.95 / SIMULATED) ** 0.5


def wrong(errors, n):
    return np.arange(n) < errors


@pytest.mark.parametrize(
    ("errors", "n", "interval"), [(81, 263, (0.2527, 0.3676)), (15, 148, (0.0578, 0.1617)), (0, 20, (0, 0.1684)), (1, 29, (0.0009, 0.1776))]
)
def test_plain_cases_give_newcombes_exact_intervals(errors, n, interval):
    found = error_rate(wrong(errors, n))
    assert found.interval == pytest.approx(interval, abs=5e-5)
    assert (found.errors, found.n, found.effective_n) == (errors, n, n)


def test_the_upper_bound_is_the_one_sided_one():
    assert error_rate(wrong(6, 234)).upper == pytest.approx(binomtest(6, 234).proportion_ci(0.90, "exact").high)


@pytest.mark.parametrize(("tolerance", "expected"), [(0.05, 0.02), (0.10, 0.05), (0.05, 0.01), (0.02, 0.01)])
def test_a_plan_passes_exactly_where_the_bound_is_within_the_tolerance(tolerance, expected):
    plan = acceptance_plan(tolerance, expected)
    assert error_rate(wrong(plan.max_errors, plan.n)).upper <= tolerance
    assert error_rate(wrong(plan.max_errors + 1, plan.n)).upper > tolerance


def test_equal_weights_and_clusters_of_one_change_little_and_never_narrow():
    plain = error_rate(wrong(12, 200))
    for found in (error_rate(wrong(12, 200), weights=np.full(200, 7.0)), error_rate(wrong(12, 200), clusters=np.arange(200))):
        assert found.value == plain.value
        assert 0.97 * 200 <= found.effective_n <= 200


def test_weights_count_cases_and_uneven_ones_cost_precision():
    weights = np.repeat([9.0, 1.0], 100)
    found = error_rate(np.tile([True] * 5 + [False] * 95, 2), weights=weights)
    assert found.value == pytest.approx(0.05)
    assert found.effective_n < 130
    assert error_rate(wrong(10, 200), weights=weights).value == pytest.approx(0.09)


def test_copies_of_one_outcome_are_worth_one():
    outcomes, clusters = np.repeat(wrong(5, 50), 4), np.repeat(np.arange(50), 4)
    assert error_rate(outcomes, clusters=clusters).effective_n == pytest.approx(50, rel=0.07)  # less for the chance of few documents


def test_without_an_error_each_document_counts_once():
    assert error_rate(np.zeros(100, bool), clusters=np.repeat(np.arange(20), 5)).effective_n == 20
    assert error_rate(np.ones(100, bool), clusters=np.repeat(np.arange(20), 5)).upper == 1.0
    assert error_rate(np.zeros(9, bool), clusters=np.zeros(9, int)).effective_n == 1
    assert error_rate(np.zeros(0, bool)) is None


@pytest.mark.parametrize("alike", [0.1, 0.3])
@pytest.mark.parametrize("size", [2, 5, 10, 25])
@pytest.mark.parametrize(("tolerance", "expected"), [(0.10, 0.05), (0.05, 0.02)])
def test_systems_at_the_tolerance_pass_no_more_pilots_of_alike_cases_than_alpha(tolerance, expected, size, alike):
    random, n = np.random.default_rng(size), acceptance_plan(tolerance, expected).n
    clusters = np.repeat(np.arange(-(-n // size)), size)[:n]
    passed = 0
    for _ in range(SIMULATED):
        rates = random.beta(tolerance * (1 - alike) / alike, (1 - tolerance) * (1 - alike) / alike, clusters[-1] + 1)
        passed += error_rate(random.random(n) < rates[clusters], clusters=clusters).upper <= tolerance
    assert passed / SIMULATED <= 0.05 + 0.01 + WITHIN
