import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import UsageError
from corpuskit.pilot import SHEET_WORDS, order_for, sheet_csv, sheet_xlsx
from corpuskit.pilot.sheets import FORMULA, guarded, unguarded
from tests.pilot.frames import cases

LABELS = ("納期", "請求・支払", "=1+1")
WORDS = dict.fromkeys(SHEET_WORDS, "x") | {"sheet_cases": "事例", "sheet_guide": "手引き", "sheet_labels": "ラベル"}


def test_two_people_see_the_cases_in_opposite_orders():
    made = cases(9)
    one, two = order_for(made, "coder-1", 0), order_for(made, "coder-2", 0)
    assert two == one[::-1]
    assert one != made
    assert order_for(made[::-1], "coder-1", 0) == one, "the order does not depend on that of the cases"
    assert order_for(made, "coder-1", 1) != one
    with pytest.raises(UsageError, match="coder-1, coder-2"):
        order_for(made, "coder-3", 0)


def test_a_sheet_as_csv_is_blind_and_no_cell_is_a_formula():
    data = sheet_csv(cases())
    assert data.startswith(b"\xef\xbb\xbf")
    assert not sheet_csv(cases(), mark=False).startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == ["id", "input", "label", "comment"]
    assert not any(cell.startswith(FORMULA) for row in rows for cell in row.values())
    assert [unguarded(row["input"]) for row in rows] == [case.input for case in cases()]
    assert b"repair" not in data, "the recorded label is not for those who label"


@given(st.text(alphabet="'=+-@\t\rab1", max_size=8))
def test_guarding_loses_nothing(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(FORMULA)


def test_a_workbook_picks_labels_from_a_list_and_locks_the_rest():
    data = sheet_xlsx(cases(), LABELS, "Zeile 1\n=2+2", WORDS, title="t")
    book = openpyxl.load_workbook(BytesIO(data))
    sheet, guide = book["事例"], book["手引き"]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, str(rule.sqref), rule.formula1) == ("list", "C2:C10", "'手引き'!$A$2:$A$4")
    assert [guide.cell(row, 1).value for row in range(2, 5)] == list(LABELS)
    assert [sheet.cell(row, 2).value for row in range(2, 11)] == [case.input for case in cases()]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}, "a cell is a formula or a number"
    assert {cell.data_type for row in guide.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert sheet.protection.sheet
    assert [sheet.cell(2, column).protection.locked for column in range(1, 5)] == [True, True, False, False]
    assert sheet.freeze_panes == "B2"


def test_the_same_workbook_twice():
    assert sheet_xlsx(cases(), LABELS, "g", WORDS, title="t") == sheet_xlsx(cases(), LABELS, "g", WORDS, title="t")


@pytest.mark.parametrize(("labels", "words", "told"), [(("one",), WORDS, "at least two labels"), (LABELS, {}, "Words of the workbook are missing")])
def test_what_a_sheet_needs(labels, words, told):
    with pytest.raises(UsageError, match=told):
        sheet_xlsx(cases(), labels, "g", words, title="t")
