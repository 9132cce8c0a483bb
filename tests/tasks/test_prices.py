"""Prices: only the user's, with their day."""

import pytest
from pydantic import ValidationError

from corpuskit.tasks import Prices


def test_nothing_has_a_price_of_ours():
    prices = Prices()
    assert prices.of_model("small") is prices.of_model("large") is None
    assert (prices.currency, prices.date, prices.person_hour) == ("", "", None)


def test_a_model_has_a_price_when_both_directions_have():
    assert Prices(small_input=1).of_model("small") is None
    assert Prices(small_input=1, small_output=0).of_model("small") == (1, 0)


@pytest.mark.parametrize("wrong", [{"date": "1 Nov"}, {"person_hour": 0}, {"large_input": -1}, {"tokens_per_character_ja": 0}, {"colour": 1}])
def test_what_is_no_price_is_refused(wrong):
    with pytest.raises(ValidationError):
        Prices(**wrong)
