"""A workbook that another program reads: numbers are numbers, days are days, the checklist is a list, and nothing is a formula."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpuskit.report import ExportOptions, localise, phrasebook
from corpuskit.report.tables import TABLES, Probability, Share
from corpuskit.report.to_xlsx import MOST_UNITS, _number_format, to_xlsx
from corpuskit.report.visible import visible
from tests.report.hostile import TEXTS, report_with
from tests.report.sample import sample

SHEETS = {
    "en": ["Overview", "Tasks", "Control checklist", "Findings", "Estimates", "Evidence", "Rules cited", "Files not read"],
    "ja": ["概要", "業務一覧", "統制チェックリスト", "指摘事項", "推定値", "根拠箇所", "引用規則", "未読ファイル"],
}


def made(report) -> bytes:
    return to_xlsx(report, ExportOptions())[".xlsx"]


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module", params=["en", "ja"])
def workbook(request):
    return request.param, read(made(localise(sample(), request.param)))


def test_sheets_are_named_in_the_language_and_hold_every_row(workbook):
    language, book = workbook
    assert book.sheetnames == SHEETS[language]
    report, sentences = localise(sample(), language), phrasebook(language)
    for sheet, spec in zip(book, TABLES.values(), strict=True):
        table = spec.build(report, sentences)
        assert sheet.max_row == 1 + len(table.rows)
        assert [cell.value for cell in sheet[1]] == [sentences.label(f"export_{column.name}") for column in table.columns]


def test_every_sheet_has_its_header_in_sight_a_filter_and_prints_on_a4_across(workbook):
    for sheet in workbook[1]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, int(sheet.page_setup.fitToHeight)) == (True, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_numbers_are_numbers_and_shares_are_shown_as_percent(workbook):
    _, book = workbook
    tasks = book.worksheets[1]
    first = tasks["D2"]
    assert (first.value, first.number_format) == (0.962, "0%")
    assert (tasks["K2"].value, tasks["K2"].number_format) == (0.05, "0.0%")
    assert tasks["A2"].data_type == "n"
    values = [row[2].value for row in book.worksheets[4].iter_rows(min_row=2)]
    assert values == [one.value for one in sample().estimates]
    # the one without a value gives its reason, and none is a zero
    assert [bool(row[6].value) for row in book.worksheets[4].iter_rows(min_row=2)] == [value is None for value in values]


def test_days_are_days(workbook):
    _, book = workbook
    day = next(row[1] for row in book.worksheets[0].iter_rows(min_row=2) if row[1].is_date and row[1].value == datetime(2026, 11, 2))
    assert day.number_format == "yyyy-mm-dd"
    assert book.worksheets[2]["I2"].number_format == "yyyy-mm-dd"


def test_the_checklist_is_filled_in_from_a_list_and_with_dates(workbook):
    language, book = workbook
    controls = book.worksheets[2]
    lists = {validation.type: validation for validation in controls.data_validations.dataValidation}
    assert lists["list"].formula1 == {"en": '"done,open,n/a"', "ja": '"済,未,対象外"'}[language]
    last = controls.max_row
    assert (str(lists["list"].sqref), str(lists["date"].sqref)) == (f"F2:F{last}", f"I2:I{last}")
    assert {row[5].value for row in controls.iter_rows(min_row=2)} == {{"en": "open", "ja": "未"}[language]}
    assert all(row[place].value is None for row in controls.iter_rows(min_row=2) for place in (6, 7, 8, 9))


def test_a_column_is_as_wide_as_its_japanese_is_drawn():
    """A Japanese letter is as wide as two Latin ones, so 15 of them need 30 cells."""
    names = [localise(sample(), "en").tasks[0].model_copy(update={"name": {"en": letters, "ja": letters}}) for letters in ("漢" * 15, "a" * 15)]
    widths = [read(made(localise(sample().model_copy(update={"tasks": (task,)}), "en"))).worksheets[1].column_dimensions["B"].width for task in names]
    assert widths[0] >= 31
    assert widths[0] - widths[1] == pytest.approx(15, abs=1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Probability(0.9999), '">99%"'),
        (Probability(0.0001), '"<1%"'),
        (Probability(0.5), "0%"),
        (Share(0.00001), '"<0.01%"'),
        (Share(0.99999), '">99.99%"'),
        (Share(0.004), "0.00%"),
        (Share(1.0), "0.0%"),
        (Share(0.0), "0.0%"),
        (12_345, "#,##0"),
        (12_345.6, "#,##0"),
        (1.25, "0.0###"),
        (0.00001, "0.00E+00"),
    ],
)
def test_no_format_rounds_a_number_into_a_claim(value, shown):
    assert _number_format(value) == shown


def test_the_same_report_is_the_same_file_with_no_date_but_that_of_the_run():
    content = made(localise(sample(), "ja"))
    assert content == made(localise(sample(), "ja"))
    assert {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1)}
    assert read(content).properties.created == datetime(2026, 11, 2, 3, 4, 5)


@given(st.one_of(st.sampled_from(TEXTS), st.text(max_size=40)))
@settings(max_examples=40)
def test_hostile_text_is_text_and_comes_back(text):
    content = made(report_with(text))
    book = read(content)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(sheet._hyperlinks for sheet in book)
    parts = zipfile.ZipFile(io.BytesIO(content))
    for name in parts.namelist():
        etree.fromstring(parts.read(name))
    assert (book.worksheets[3]["D2"].value or "") == visible(text)


def test_a_cell_that_begins_like_a_formula_stays_text_when_it_is_edited():
    sheet = read(made(report_with("=cmd|' /C calc'!A0"))).worksheets[3]
    assert sheet["D2"].quotePrefix
    assert not sheet["D3"].quotePrefix


@pytest.mark.parametrize("letter", ["x", "漢", "😀"])
def test_a_text_that_no_cell_holds_says_how_much_was_left_out(letter):
    text = letter * 100_000
    cell = read(made(report_with(text))).worksheets[3]["D2"].value
    assert len(cell.encode("utf-16-le")) // 2 <= MOST_UNITS
    kept = len(cell) - len(cell.lstrip(letter))
    assert cell[kept:] == f"… [{100_000 - kept:,} characters left out; the whole text is in report.json]"


def test_infinity_is_written_as_a_sign():
    estimate = sample().estimates[1].model_copy(update={"interval": (1.0, float("inf"))})
    sheet = read(made(localise(sample().model_copy(update={"estimates": (estimate,)}), "en"))).worksheets[4]
    assert [cell.value for cell in sheet[2]][3:5] == [1, "∞"]
