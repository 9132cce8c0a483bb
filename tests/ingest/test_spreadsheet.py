import datetime
import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.spreadsheet import XLSX
from tests.ingest import packages
from tests.ingest.packages import X

TICKETS = [
    ["番号", "受付日", "問い合わせ内容", "区分"],
    *(
        [n, datetime.date(2025, 4, 1 + n), f"ポンプ{n}号機から油が漏れています。至急点検してください。", "修理" if n % 2 else "点検"]
        for n in range(12)
    ),
]


def book(*sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return workbook


def extract(workbook, **options):
    stream = io.BytesIO()
    workbook.save(stream)
    return XLSX.extract(RawFile("x.xlsx", stream.getvalue(), ReadOptions(**options)))


def raw(sheet_data, related=(), **more):
    return XLSX.extract(RawFile("x.xlsx", packages.xlsx(sheet_data, related, **more), ReadOptions()))


def test_a_sheet_of_tickets_becomes_rows_with_labels():
    found = extract(book(("受付", TICKETS)))
    assert len(found.sections) == 12
    first = found.sections[0]
    assert (first.kind, first.heading, first.locator) == ("row", ("受付",), "受付 row 2")
    assert first.text == "ポンプ0号機から油が漏れています。至急点検してください。"
    assert first.labels == (("区分", "点検"),)
    assert first.fields == (("番号", "0"), ("受付日", "2025-04-01"))
    assert ("text_columns", "受付: 問い合わせ内容") in found.metadata


def test_what_stands_above_the_header_is_kept():
    found = extract(book(("受付", [["2025年度 受付一覧"], [], *TICKETS])))
    assert (found.sections[0].kind, found.sections[0].text) == ("table", "2025年度 受付一覧")
    assert found.sections[1].locator == "受付 row 4"


def test_a_form_is_text_in_the_order_of_its_cells():
    found = extract(book(("申請書", [["出張申請書"], [None, "氏名", None, "大内"], [None, None, "目的"], ["工場の監査"]])))
    assert [(s.kind, s.text) for s in found.sections] == [("table", "出張申請書\n氏名\t大内\n目的\n工場の監査")]


def test_phonetic_guides_are_left_out():
    strings = f"<sst {X}><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si><si><r><t>大</t></r><r><t>阪</t></r></si></sst>"
    found = raw('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>', (("sharedStrings", "sharedStrings.xml", strings),))
    assert found.sections[0].text == "東京\t大阪"


def test_numbers_dates_errors_and_escapes():
    workbook = book(("s", [[0.1 + 0.2, 12345678901234, datetime.datetime(2025, 4, 1, 9, 30), True, "a_x000D_b"]]))
    workbook.active["F1"] = "=1/0"
    workbook.active["G1"] = datetime.time(9, 30)
    found = extract(workbook)
    assert found.sections[0].text == "0.3\t12345678901234\t2025-04-01 09:30:00\tTRUE\ta b\t09:30:00"
    assert found.warnings == ("formulas_without_value: 1",)


def test_stored_values_of_formulas_are_read():
    assert raw('<row><c t="str"><f>A&amp;B</f><v>joined</v></c></row>').sections[0].text == "joined"


def test_hidden_sheets_are_read_and_reported():
    workbook = book(("open", [["seen"]]), ("secret", [["hidden"]]))
    workbook["secret"].sheet_state = "hidden"
    found = extract(workbook)
    assert found.warnings == ("hidden_sheets: 1",)
    assert [s.text for s in found.sections] == ["seen", "hidden"]


def test_comments_are_read():
    workbook = book(("s", [["cell"]]))
    workbook.active["A1"].comment = Comment("please check", "auditor")
    assert [(s.kind, s.text) for s in extract(workbook).sections] == [("table", "cell"), ("comment", "please check")]


def test_one_cell_in_the_last_corner_costs_nothing():
    found = raw('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>corner</t></is></c></row>')
    assert found.sections[0].text == "corner"


def test_named_columns_are_taken_from_the_sheet_that_has_them():
    found = extract(
        book(("受付", TICKETS), ("部署", [["部署名", "内線"], ["総務", "10"], ["経理", "11"]])),
        text_columns=("問い合わせ内容",),
        label_columns=("区分",),
    )
    assert {s.kind for s in found.sections if s.heading == ("部署",)} == {"table"}
    assert all(s.labels for s in found.sections if s.heading == ("受付",))


def test_a_named_column_that_no_sheet_has_is_an_error_that_lists_the_columns():
    with pytest.raises(ReadError, match="番号, 受付日, 問い合わせ内容, 区分"):
        extract(book(("受付", TICKETS)), text_columns=("message",))


def test_rows_beyond_the_limit_are_counted():
    assert "rows_left_out: 3" in extract(book(("受付", TICKETS)), max_rows=10).warnings


def test_cells_beyond_the_limit_are_counted_over_all_sheets():
    found = extract(book(("受付", TICKETS), ("more", [["a", "b"], ["c", "d"]])), max_cells=54)
    assert "cells_left_out: 2" in found.warnings
    assert found.sections[-1].text == "a\tb"


def test_an_empty_workbook_has_no_text():
    with pytest.raises(ReadError) as caught:
        extract(book(("s", [])))
    assert caught.value.code == "no_text"
