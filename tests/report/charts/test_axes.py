import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report.charts.axes import axis, finite, nice, text_of


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_nice_ends_are_not_below_and_not_far_above(value):
    assert value * (1 - 1e-6) <= nice(value) <= value * 2.5


def test_the_smallest_numbers_still_have_an_end():
    assert 0 < nice(5e-324) < 1e-300


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_every_value_has_a_place_between_the_ends_in_the_order_of_the_values(values):
    chosen = axis(values)
    places = [chosen.place(value, 10, 110) for value in sorted(values)]
    assert all(10 <= place <= 110 for place in places)
    assert places == sorted(places)


def test_large_shares_are_shown_against_the_whole_and_small_ones_against_a_round_end():
    assert axis([0.5], percent=True).ticks[-1] == 1
    assert axis([0.03], percent=True).ticks[-1] == pytest.approx(0.04)


def test_tenfold_steps_are_equally_long_on_a_logarithmic_axis():
    chosen = axis([0.2, 300.0], logarithmic=True)
    places = [chosen.place(tick, 0, 1000) for tick in chosen.ticks]
    assert chosen.ticks == pytest.approx((0.1, 1, 10, 100, 1000))
    assert {round(b - a, 1) for a, b in pairwise(places)} == {250.0}


def test_values_are_written_in_few_digits():
    assert (text_of(0.25, True), text_of(1234.5678, False)) == ("25%", "1,235")


def test_what_is_missing_or_endless_is_told():
    assert (finite(1.0, 2), finite(None), finite(math.inf), finite(math.nan)) == (True, False, False, False)
