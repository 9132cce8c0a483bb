import pytest

from corpuskit.ingest.opendocument import ODS, ODT
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest.opendocuments import cell, packed, row, sheet, tickets


def extract(data, reader=ODT, **options):
    return reader.extract(RawFile(f"x{reader.suffixes[0]}", data, ReadOptions(**options)))


def test_a_sheet_of_tickets_becomes_rows_with_labels():
    found = extract(packed("spreadsheet", tickets()), ODS)
    first = found.sections[0]
    assert len(found.sections) == 12
    assert (first.kind, first.heading, first.locator, first.labels) == ("row", ("受付",), "受付 row 2", (("区分", "点検"),))
    assert first.fields == (("番号", "0"),)
    assert ("text_columns", "受付: 問い合わせ内容") in found.metadata


def test_blank_repeats_cost_nothing_and_rows_keep_their_numbers():
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    last = row('<table:table-cell table:number-columns-repeated="16383"/>', cell("corner"))
    found = extract(packed("spreadsheet", sheet(row(cell("a")), blank, last)), ODS)
    assert [s.text for s in found.sections] == ["a\ncorner"]


@pytest.mark.parametrize("options", [{"max_rows": 10}, {"max_cells": 50}])
def test_filled_repeats_stop_at_the_limits_and_are_counted(options):
    found = extract(packed("spreadsheet", sheet(row(cell("x", 5), copies=1_000_000))), ODS, **options)
    assert len(found.sections[0].text.splitlines()) == 10
    assert found.warnings[0] in ("rows_left_out: 999990", "cells_left_out: 4999950")


def test_a_row_wider_than_the_limit_is_cut():
    found = extract(packed("spreadsheet", sheet(row(cell("x", 16_384)), row(cell("y")))), ODS, max_cells=100)
    assert (found.sections[0].text.count("x"), found.warnings) == (100, ("cells_left_out: 16285",))


def test_dates_numbers_annotations_and_hidden_sheets():
    styles = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    date = cell("2025/4/1", more='office:value-type="date" office:date-value="2025-04-01T09:30:00"')
    number = cell("0.30", more='office:value-type="float" office:value="0.30000000000000004"')
    money = cell("12,000円", more='office:value-type="currency" office:value="12000"')
    remark = "<office:annotation><dc:creator>Me</dc:creator><text:p>check</text:p></office:annotation>"
    note = f"<table:table-cell>{remark}<text:p>z</text:p></table:table-cell>"
    found = extract(packed("spreadsheet", sheet(row(date, number, money, note)) + sheet(row(cell("b")), name="秘", style="ta1"), styles), ODS)
    assert [(s.kind, s.text) for s in found.sections] == [("table", "2025-04-01 09:30:00\t0.3\t12,000円\tz"), ("comment", "check"), ("table", "b")]
    assert found.warnings == ("hidden_sheets: 1",)
