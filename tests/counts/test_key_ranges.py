import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts.key_ranges import key_ranges

ROWS = st.lists(st.tuples(st.sampled_from(["en", "ja", "zh"]), st.sampled_from("abcdef")), max_size=40)


def tables(parts):
    return [pl.DataFrame(sorted(part), schema={"language": pl.String, "form": pl.String}, orient="row") for part in parts]


@given(st.lists(ROWS, min_size=1, max_size=4), st.integers(1, 50))
def test_ranges_hold_every_row_once_in_order_and_part_no_equal_keys(parts, at_once):
    found = tables(parts)
    ranges = list(key_ranges([table.lazy() for table in found], ("language", "form"), at_once))
    pieces = [sorted(row for table in found for row in table.filter(inside).rows()) for inside in ranges]
    assert [row for piece in pieces for row in piece] == sorted(row for part in parts for row in part)
    keys = [set(piece) for piece in pieces]
    assert sum(len(each) for each in keys) == len(set.union(*keys))


@pytest.mark.parametrize("at_once", [64, 640])
def test_ranges_are_about_as_long_as_asked_for(at_once):
    numbers = [pl.DataFrame({"key": range(part, 9_000, 3)}) for part in range(3)]
    ranges = list(key_ranges([table.lazy() for table in numbers], ("key",), at_once))
    lengths = [sum(table.filter(inside).height for table in numbers) for inside in ranges]
    assert len(ranges) == pytest.approx(9_000 / at_once, abs=2)
    assert max(lengths) <= at_once * 9 / 8 + 3
