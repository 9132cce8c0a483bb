from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpuskit.estimators import ESTIMATORS, Estimates, computed
from corpuskit.estimators.specification import Measure

COVERAGE = Measure("coverage", "tokens", "E", "Chao and Jost 2012")
METHOD = computed("chao_jost") + computed("esty_too_few_documents")


def test_a_measure_signs_its_estimates():
    estimate = COVERAGE.given("lang:en", 0.9, 168, METHOD, (0.8, 1.0), 0.9)
    assert (estimate.id, estimate.unit, estimate.grade, estimate.reference) == ("coverage@lang:en", "tokens", "E", "Chao and Jost 2012")
    assert (estimate.interval, estimate.level, estimate.n, estimate.method) == ((0.8, 1.0), 0.9, 168, METHOD)


def test_without_an_interval_there_is_no_level():
    assert COVERAGE.given("corpus", 0.9, 168, METHOD, level=0.95).level is None
    assert COVERAGE.undefined("corpus", 0, METHOD, "undefined_no_tokens").level is None


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_an_interval_always_holds_its_value(value, one, other):
    low, high = sorted((one, other))
    interval = COVERAGE.given("corpus", value, 10, METHOD, (low, high), 0.95).interval
    assert interval[0] <= value <= interval[1]
    assert interval[0] <= low
    assert high <= interval[1]


def test_an_undefined_estimate_gives_its_reason_with_the_parameters():
    # n is the sample size of the estimate and may be a parameter of the sentence at the same time
    estimate = COVERAGE.undefined("lang:en", 1, METHOD, "undefined_too_few_tokens", n=1)
    assert (estimate.value, estimate.interval, estimate.n) == (None, None, 1)
    assert (estimate.undefined_because.code, estimate.undefined_because.parameters) == ("undefined_too_few_tokens", {"n": 1})


def test_nan_is_never_given():
    with pytest.raises(ValidationError, match="NaN is not a value"):
        COVERAGE.given("corpus", float("nan"), 10, METHOD)


def test_specs_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        COVERAGE.grade = "A"
    with pytest.raises(FrozenInstanceError):
        ESTIMATORS["coverage"].function = None


def test_estimates_survive_json_and_may_be_empty():
    assert Estimates() == Estimates(estimates=(), series=(), findings=())
    found = Estimates(estimates=(COVERAGE.given("corpus", 0.9, 168, METHOD), COVERAGE.undefined("lang:ja", 0, METHOD, "undefined_no_tokens")))
    assert Estimates.model_validate_json(found.model_dump_json()) == found
    with pytest.raises(ValidationError, match="frozen"):
        found.estimates = ()
