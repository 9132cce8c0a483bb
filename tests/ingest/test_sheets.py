import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.sheets import Room, Row, as_table, plain_number, sheet_sections

OPTIONS = ReadOptions()


def rows(*lines):
    return [Row(number, {column: cell for column, cell in enumerate(line, start=1) if cell}) for number, line in enumerate(lines, start=1)]


TABLE = rows(("Title",), ("Number", "Body"), ("1", "When will it come?"), ("2", "It came broken."), ("3", "Thank you."))


def test_a_table_below_a_title_becomes_rows_and_a_form_text():
    found = sheet_sections([("inbox", TABLE), ("form", rows(("Name", ""), ("", "Date")))], OPTIONS)
    assert [[(s.kind, s.locator) for s in of_sheet] for of_sheet in found.sections] == [
        [("table", "inbox"), ("row", "inbox row 3"), ("row", "inbox row 4"), ("row", "inbox row 5")],
        [("table", "form")],
    ]
    assert as_table("form", rows(("Name", ""), ("", "Date"))) is None


def test_one_sheet_with_the_named_column_is_enough():
    other = rows(("Key", "Value"), ("a", "1"), ("b", "2"))
    found = sheet_sections([("other", other), ("inbox", TABLE)], ReadOptions(text_columns=("Body",)))
    assert found.metadata == (("text_columns", "inbox: Body"),)
    with pytest.raises(ReadError) as caught:
        sheet_sections([("other", other)], ReadOptions(text_columns=("Body",)))
    assert caught.value.code == "missing_column"


def test_no_sheets_give_nothing():
    assert sheet_sections([], OPTIONS).sections == ()


def test_room_is_counted_in_rows_of_a_sheet_and_cells_of_all():
    room, kept = Room(ReadOptions(max_rows=3, max_cells=5)), []
    room.put(kept, Row(1, {1: "a", 2: "b"}), copies=2)
    room.put(kept, Row(3, {}))
    room.put(kept, Row(4, {1: "a", 2: "b"}), copies=2)
    assert [row.number for row in kept] == [1, 2]
    assert room.warnings() == ["rows_left_out: 1", "cells_left_out: 2"]


@pytest.mark.parametrize(("number", "text"), [(0.1 + 0.2, "0.3"), (3.0, "3"), (-2, "-2"), (1e300, "1e+300"), (float("nan"), "nan"), (2.5, "2.5")])
def test_numbers_have_no_rounding_errors(number, text):
    assert plain_number(number) == text
