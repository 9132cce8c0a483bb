import pytest
from pydantic import ValidationError

from corpuskit.pilot.result import Decision, MeasuredRate


def test_results_take_no_unknown_field_and_do_not_change():
    rate = MeasuredRate(value=0.1, interval=(0.0, 0.2), level=0.95, upper=0.19, errors=1, n=10, effective_n=10)
    with pytest.raises(ValidationError):
        rate.value = 0.2
    with pytest.raises(ValidationError):
        MeasuredRate(**rate.model_dump(), more=1)
    with pytest.raises(ValidationError):
        Decision(code="D5", reasons=())
