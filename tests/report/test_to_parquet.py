"""Parquet with the types that the columns promise, in both languages the same columns."""

import io
from datetime import date

import polars as pl
from hypothesis import given

from corpuskit.report import ExportOptions, localise
from corpuskit.report.tables import TABLES
from corpuskit.report.to_parquet import to_parquet
from tests.report.hostile import any_text, report_with
from tests.report.sample import sample


def test_columns_keep_their_names_and_types_in_every_language_also_where_a_table_is_empty():
    english, japanese = (to_parquet(localise(sample(), language), ExportOptions()) for language in ("en", "ja"))
    assert list(english) == [f".{name}.parquet" for name in TABLES]
    for suffix in english:
        assert pl.read_parquet_schema(io.BytesIO(english[suffix])) == pl.read_parquet_schema(io.BytesIO(japanese[suffix])), suffix
    rules = pl.read_parquet(io.BytesIO(english[".rules.parquet"]))
    assert rules.height == 0
    assert rules.schema["checked_on"] == pl.Date


def test_values_are_those_of_the_report():
    files = to_parquet(localise(sample(), "en"), ExportOptions())
    estimates = pl.read_parquet(io.BytesIO(files[".estimates.parquet"]))
    assert estimates["value"].to_list() == [one.value for one in sample().estimates]
    assert estimates["id"].to_list() == [one.id for one in sample().estimates]
    undefined = estimates.filter(pl.col("value").is_null())
    assert undefined.height == 1
    assert undefined["no_value_because"].item()
    controls = pl.read_parquet(io.BytesIO(files[".controls.parquet"]))
    assert controls.schema["due"] == pl.Date
    assert controls["due"].null_count() == controls.height
    assert pl.read_parquet(io.BytesIO(files[".overview.parquet"]))["content"].to_list()[9] == str(date(2026, 11, 2))


@given(any_text)
def test_text_is_stored_as_it_is(text):
    findings = pl.read_parquet(io.BytesIO(to_parquet(report_with(text), ExportOptions())[".findings.parquet"]))
    assert findings["document"][0] == text.encode("utf-8", "backslashreplace").decode()
