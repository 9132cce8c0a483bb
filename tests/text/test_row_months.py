import pytest

from corpuskit.ingest import Section
from corpuskit.text.row_months import month_of, months_counted, row_months


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2025-04-01", "2025-04"),
        ("2025-04-01T09:30:00", "2025-04"),
        ("2025/4/1 10:20", "2025-04"),
        ("２０２５年１２月１日", "2025-12"),
        ("2025.04", "2025-04"),
        ("2025-13-01", ""),
        ("20250401", ""),
        ("T-2025-04", ""),
        ("2025", ""),
        ("", ""),
    ],
)
def test_cells_that_begin_with_a_date(cell, month):
    assert month_of(cell) == month


def row(**fields):
    return Section("text of a message", (), "row", "row 1", (), tuple(fields.items()))


def test_the_first_column_of_dates_counts():
    rows = [row(id="T-1", received="2025-04-01", closed="2025-06-01"), row(id="T-2", received="2025-04-30"), row(id="T-3", received="2025-05-02")]
    assert row_months(rows) == [202504, 202504, 202505]
    assert months_counted(row_months(rows)) == "2025-04:2 2025-05:1"


def test_rows_whose_cell_is_empty_or_no_date_have_no_month():
    rows = [row(received="2025-04-01"), row(received=""), row(closed="2025-06-01"), row(received="2024-12-31")]
    assert row_months(rows) == [202504, None, None, 202412]


def test_a_column_that_dates_less_than_half_of_the_rows_counts_for_nothing():
    assert row_months([row(note="2025-04-01"), row(note="later"), row(note="soon")]) == [None, None, None]
    found = row_months([row(seen="2025-04-01", received="2025-05-01"), row(received="2025-05-02"), row(received="2025-05-03")])
    assert months_counted(found) == "2025-05:3"


def test_text_is_no_row():
    text = Section("2025-04-01", (), "body", "", (), (("date", "2025-04-01"),))
    assert row_months([text]) == [None]
    assert row_months([text, row(date="2025-05-01")]) == [None, 202505], "a heading above the rows has none"
    assert row_months([]) == []
    assert months_counted([]) == ""


def test_a_column_of_labels_may_be_the_dates():
    rows = [Section("text", (), "row", "row 1", (("month", "2025-04"),), ()), Section("text", (), "row", "row 2", (("month", "2025-05"),), ())]
    assert row_months(rows) == [202504, 202505]
