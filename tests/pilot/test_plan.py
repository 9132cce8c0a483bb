import pytest

from corpuskit.errors import UsageError
from corpuskit.pilot import plan


def test_the_plan_of_the_contract():
    found = plan(tolerance=0.05, expected=0.02, power=0.8, alpha=0.05)
    assert (found.n, found.max_errors, found.zero_error_n) == (234, 6, 59)
    assert found.power == pytest.approx(0.8091, abs=5e-5)
    assert [(size.max_errors, size.n) for size in found.sizes] == [(0, 59), (1, 93), (2, 124), (3, 153)]


def test_json_names_what_the_contract_names():
    assert {"n", "max_errors", "power", "zero_error_n", "tolerance", "expected", "alpha"} <= set(plan().model_dump(mode="json"))


def test_a_stricter_tolerance_needs_more_cases():
    assert plan(tolerance=0.02, expected=0.005).n > plan(tolerance=0.05, expected=0.005).n


def test_an_expected_error_above_the_tolerance_is_refused():
    with pytest.raises(UsageError, match="no pilot can pass"):
        plan(tolerance=0.05, expected=0.1)
