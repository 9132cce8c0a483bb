import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from corpuskit.errors import UsageError
from corpuskit.estimators import acceptance_plan, acceptance_size, beta_binomial_quantile, clopper_pearson, probability_below, wilson
from corpuskit.estimators.binomial import binomial_mass


@pytest.mark.parametrize(
    ("errors", "n", "score", "exact"),  # Newcombe 1998, table I
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_intervals_of_newcombe(errors, n, score, exact):
    assert wilson(errors, n) == pytest.approx(score, abs=5e-5)
    assert clopper_pearson(errors, n) == pytest.approx(exact, abs=5e-5)


@given(st.integers(1, 400), st.data())
def test_the_exact_interval_holds_the_rate_and_inverts_the_binomial_test(n, data):
    errors = data.draw(st.integers(0, n))
    low, high = clopper_pearson(errors, n)
    assert 0 <= low <= errors / n <= high <= 1
    assert low == 0 or binom.sf(errors - 1, n, low) == pytest.approx(0.025, abs=1e-6)
    assert high == 1 or binom.cdf(errors, n, high) == pytest.approx(0.025, abs=1e-6)


def test_the_mass_agrees_with_scipy():
    n = np.array([0, 1, 5, 400, 100_000])
    rates = np.array([0.0, 1.0, 0.3, 1e-4, 0.5])
    for k in (0, 2, n // 2, n, n + 1):
        assert binomial_mass(k, n, rates) == pytest.approx(binom.pmf(k, n, rates), rel=1e-9)


def test_nothing_looked_at_tells_nothing():
    assert clopper_pearson(0, 0) == (0.0, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)
    assert probability_below(0, 0, 1.0) == 1.0


@pytest.mark.parametrize("function", [clopper_pearson, wilson])
def test_more_errors_than_items_are_refused(function):
    with pytest.raises(UsageError, match="impossible"):
        function(3, 2)


@pytest.mark.parametrize(
    ("tolerance", "sizes"),  # exact one-sided binomial at 95 %; no errors: ceil(ln .05 / ln(1 - tolerance))
    [(0.10, [29, 46, 61, 76]), (0.05, [59, 93, 124, 153]), (0.02, [149, 236, 313, 386]), (0.01, [299, 473, 628, 773])],
)
def test_sizes_for_few_errors(tolerance, sizes):
    assert [acceptance_size(errors, tolerance) for errors in range(4)] == sizes


@pytest.mark.parametrize(
    ("tolerance", "expected", "power", "n", "max_errors"),  # exact binomial power, computed apart
    [
        (0.10, 0.05, 0.8, 179, 11),
        (0.10, 0.05, 0.9, 239, 16),
        (0.05, 0.02, 0.8, 234, 6),
        (0.05, 0.02, 0.9, 311, 9),
        (0.05, 0.01, 0.8, 124, 2),
        (0.05, 0.01, 0.9, 153, 3),
        (0.02, 0.01, 0.8, 969, 12),
        (0.02, 0.01, 0.9, 1271, 17),
    ],
)
def test_known_plans(tolerance, expected, power, n, max_errors):
    plan = acceptance_plan(tolerance, expected, power)
    assert (plan.n, plan.max_errors) == (n, max_errors)
    assert plan.power >= power
    assert binom.cdf(max_errors, n, tolerance) <= 0.05 < binom.cdf(max_errors, n - 1, tolerance)


def test_no_smaller_plan_has_the_power():
    plan = acceptance_plan(0.05, 0.02, 0.8)
    for n in range(1, plan.n):
        allowed = int(binom.ppf(0.05, n, 0.05)) - 1
        while binom.cdf(allowed + 1, n, 0.05) <= 0.05:
            allowed += 1
        assert allowed < 0 or binom.cdf(allowed, n, 0.02) < 0.8


def test_the_power_of_a_plan_rises_for_good_only_from_286_cases_on():  # exact binomial, .05 against .02: above .8 at 234, below it again at 285
    def power(n: int) -> float:
        allowed = max(errors for errors in range(20) if acceptance_size(errors, 0.05) <= n)
        return float(binom.cdf(allowed, n, 0.02))

    assert power(234) >= 0.8 > power(285)
    assert all(power(n) >= 0.8 for n in range(286, 340))


@pytest.mark.parametrize(
    ("tolerance", "expected", "power", "alpha"), [(0.05, 0.05, 0.8, 0.05), (1.0, 0.1, 0.8, 0.05), (0.1, 0.05, 1.0, 0.05), (0.1, -0.1, 0.8, 0.05)]
)
def test_impossible_plans_are_refused(tolerance, expected, power, alpha):
    with pytest.raises(UsageError):
        acceptance_plan(tolerance, expected, power, alpha)


def test_a_plan_that_nobody_could_label_is_refused():
    with pytest.raises(UsageError, match="too near"):
        acceptance_plan(0.0001, 0.00009)


def test_probability_below_rises_with_the_tolerance_and_falls_with_errors():
    assert probability_below(2, 100, 0.05) > probability_below(4, 100, 0.05)
    assert probability_below(2, 100, 0.05) < probability_below(2, 100, 0.06)
    assert probability_below(0, 59, 0.05) == pytest.approx(0.986, abs=0.005)  # Jeffreys is a little bolder than the exact .95


@pytest.mark.parametrize(("n", "a", "b"), [(1, 0.5, 1.5), (40, 2.5, 38.5), (200, 0.5, 200.5), (5000, 1200.5, 3800.5)])
def test_beta_binomial_quantiles_are_those_of_scipy(n, a, b):
    for probability in (0.001, 0.025, 0.5, 0.9, 0.975, 0.999):
        assert beta_binomial_quantile(probability, n, a, b) == betabinom(n, a, b).ppf(probability)
