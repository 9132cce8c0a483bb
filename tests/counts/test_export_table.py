"""Rows that come from above the floor of frames keep their types on the way to Parquet."""

import io
from datetime import date

import polars as pl
import pytest

from corpuskit.counts import export_table

COLUMNS = {"name": "text", "n": "integer", "share": "number", "day": "date"}


def read(content: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(content))


def test_types_and_missing_values_come_back():
    rows = [("規程", 3, 0.25, date(2026, 11, 29)), ("", None, None, None)]
    frame = read(export_table(COLUMNS, rows))
    assert frame.rows() == rows
    assert frame.dtypes == [pl.String, pl.Int64, pl.Float64, pl.Date]


def test_an_empty_table_keeps_its_columns():
    frame = read(export_table(COLUMNS, []))
    assert (frame.height, frame.columns, frame.dtypes[3]) == (0, list(COLUMNS), pl.Date)


def test_a_whole_number_and_a_kind_of_float_are_numbers():
    class Share(float):
        pass

    assert read(export_table({"share": "number"}, [(Share(0.5),), (1,), (float("inf"),)]))["share"].to_list() == [0.5, 1.0, float("inf")]


def test_half_a_character_is_written_by_its_number():
    assert read(export_table({"name": "text"}, [("a\ud800b",)]))["name"].item() == "a\\ud800b"


def test_the_same_rows_are_the_same_bytes():
    rows = [("a", 1, 0.5, date(2026, 1, 1))] * 100
    assert export_table(COLUMNS, rows) == export_table(COLUMNS, list(rows))


def test_a_cell_of_another_type_is_refused():
    with pytest.raises(TypeError, match="Int64"):
        export_table({"n": "integer"}, [("three",)])
