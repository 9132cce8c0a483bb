import openpyxl
import pytest

from corpuskit.errors import InputError
from corpuskit.pilot import SHEET_WORDS, read_sheet, sheet_xlsx
from corpuskit.pilot.workbook import read_workbook
from tests.pilot.frames import cases

WORDS = dict.fromkeys(SHEET_WORDS, "x") | {"sheet_cases": "Cases", "sheet_guide": "Guide"}


def handed_in(path, n=9, skip=()):
    """Fill in a workbook as a person would, and save it with another program."""
    path.write_bytes(sheet_xlsx(cases(n), ("delivery", "repair"), "Guide", WORDS, title="t"))
    book = openpyxl.load_workbook(path)
    for row in range(2, n + 2):
        if row not in skip:
            book["Cases"].cell(row, 3).value = "repair" if row % 2 else "delivery"
    book["Cases"].cell(4, 4).value = "迷った"
    book.save(path)
    return path


@pytest.mark.parametrize("n", [2, 9])
def test_a_workbook_that_was_filled_in_is_read_with_its_rows(tmp_path, n):
    sheet = read_sheet(handed_in(tmp_path / "coder.xlsx", n))
    assert sheet.lines == list(range(2, n + 2))
    assert sheet.columns["id"] == [case.id for case in cases(n)]
    assert sheet.columns["label"] == ["repair" if row % 2 else "delivery" for row in range(2, n + 2)]


def test_an_open_row_stays_open(tmp_path):
    sheet = read_sheet(handed_in(tmp_path / "coder.xlsx", 9, skip={5}))
    assert sheet.columns["label"][3] == ""
    assert sheet.columns["comment"][2] == "迷った"


def test_a_workbook_without_ids_and_one_that_is_none_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["name", "label"])
    book.active.append(["a", "b"])
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    for name, told in (("other.xlsx", "no sheet with one was found"), ("broken.xlsx", "broken.xlsx: "), ("gone.xlsx", "no such file")):
        with pytest.raises(InputError, match=told):
            read_workbook(tmp_path / name)


def test_rows_of_two_people_in_one_sheet_are_not_joined(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "label", "coder"])
    for n in range(24):
        book.active.append([f"case {n // 2}", "xy"[n % 3 == 0], "ab"[n % 2]])
    book.save(tmp_path / "two.xlsx")
    lines, columns = read_workbook(tmp_path / "two.xlsx")
    assert (len(lines), columns["coder"][:3]) == (24, ["a", "b", "a"])
