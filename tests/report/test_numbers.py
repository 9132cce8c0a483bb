import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report.numbers import number, percent_digits


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0.034, "3.4"),
        (0.5, "50"),
        (0.0, "0"),
        (1.0, "100"),
        (0.00001, "<0.01"),
        (0.999999, ">99.99"),
        (0.9951, "99.51"),
        (0.0042, "0.42"),
        (0.1234, "12.3"),
        (1.5, "150"),
        (-0.0042, "-0.42"),
        (-0.1234, "-12.3"),
        (-0.00001, ">-0.01"),
        (-0.999999, "<-99.99"),
    ],
)
def test_percent(value, digits):
    assert percent_digits(value) == digits


@given(st.floats(min_value=0, max_value=1))
def test_only_exact_ends_are_written_as_0_or_100(value):
    assert (percent_digits(value) in ("0", "100")) == (value in (0.0, 1.0))


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (12345, "12,345"),
        (12345.6, "12,346"),
        (1.2345, "1.23"),
        (0.00012345, "0.000123"),
        (0.0, "0"),
        (-0.5, "-0.5"),
        (float("inf"), "∞"),
        (100.0, "100"),
        (1e-9, "1.00e-09"),
        (2.0, "2"),
    ],
)
def test_numbers(value, digits):
    assert number(value) == digits
