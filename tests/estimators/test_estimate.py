import pytest
from pydantic import ValidationError

from corpuskit.estimators import Estimate, Series, computed
from corpuskit.finding import Message

GIVEN = {
    "id": "coverage@lang:en",
    "measure": "coverage",
    "subject": "lang:en",
    "value": 0.92886,
    "interval": (0.87784, 0.97988),
    "n": 168,
    "unit": "tokens",
    "grade": "E",
    "method": computed("chao_jost"),
    "reference": "Chao and Jost 2012",
}
REASON = Message(code="undefined_too_few_tokens", parameters={"n": 1})


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"value": None}, "coverage@lang:en: give either a value or the reason why there is none"),
        ({"undefined_because": REASON}, "coverage@lang:en: give either a value or the reason why there is none"),
        ({"value": float("nan")}, "NaN is not a value"),
        ({"id": "coverage"}, "coverage: an id is measure@subject"),
        ({"subject": "lang:ja"}, "an id is measure@subject"),
        ({"interval": (0.9, 0.8)}, r"the interval \(0.9, 0.8\) is upside down"),
        ({"interval": (float("nan"), 1.0)}, "upside down"),
        ({"grade": "F"}, "'A', 'B', 'C', 'D' or 'E'"),
        ({"n": 1.5}, "valid integer"),
        ({"confidence": 0.95}, "Extra inputs are not permitted"),
        ({"method": ()}, "at least 1 item"),
        ({"method": "Chao-Jost"}, "valid tuple"),
    ],
)
def test_what_is_no_estimate_is_refused_by_name(changed, reason):
    with pytest.raises(ValidationError, match=reason):
        Estimate(**{**GIVEN, **changed})


def test_a_point_is_an_interval():
    assert Estimate(**{**GIVEN, "interval": (0.5, 0.5)}).interval == (0.5, 0.5)


@pytest.mark.parametrize("changed", [{}, {"interval": None, "level": None}, {"value": None, "interval": None, "undefined_because": REASON}])
def test_an_estimate_survives_json(changed):
    estimate = Estimate(**{**GIVEN, **changed})
    assert Estimate.model_validate_json(estimate.model_dump_json()) == estimate


def test_an_estimate_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Estimate(**GIVEN).value = 1.0


def test_a_series_keeps_text_and_numbers_apart_through_json():
    series = Series(
        id="confusions@labels:t#queue",
        name="confusions",
        subject="labels:t#queue",
        columns=("label", "n", "rate"),
        rows=(("7", 7, 0.5), ("納期", 0, 1.0)),
    )
    again = Series.model_validate_json(series.model_dump_json())
    assert again == series
    assert [type(cell) for cell in again.rows[0]] == [str, int, float]
    with pytest.raises(ValidationError, match="frozen"):
        series.rows = ()
    with pytest.raises(ValidationError, match="Extra inputs"):
        Series(**{**series.model_dump(), "title": "Confusions"})
