"""CSV that any reader of RFC 4180 takes apart again, and in which a spreadsheet finds nothing to run."""

import csv
import io
import re
from datetime import date

import polars as pl
import pytest
from hypothesis import given

from corpuskit.report import ExportOptions, localise
from corpuskit.report.tables import TABLES
from corpuskit.report.to_csv import guarded, to_csv
from corpuskit.report.visible import visible
from tests.report.hostile import any_text, report_with
from tests.report.sample import sample


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def unguarded(cell: str) -> str:
    """Take away one apostrophe where there was one put: the way back that ``guarded`` promises."""
    return cell[1:] if re.match(r"''*\s*[=+\-@＝＋－＠\t]", cell) else cell


@pytest.mark.parametrize(
    "attack",
    # the starts that OWASP names for CSV injection, and those behind blanks and in full width
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0"],
)
def test_a_formula_begins_with_an_apostrophe(attack):
    assert guarded(attack) == f"'{attack}"


@pytest.mark.parametrize("plain", ["", "a=1", "1-2", "it's", "'quoted'", "規程", "…-1"])
def test_other_text_is_as_it_is(plain):
    assert guarded(plain) == plain


@given(any_text)
def test_the_apostrophe_can_be_taken_away_again(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_table_is_a_file_with_its_headings_and_all_its_cells(language):
    report = localise(sample(), language)
    files = to_csv(report, ExportOptions())
    assert list(files) == [f".{name}.csv" for name in TABLES]
    tasks = read(files[".tasks.csv"])
    assert len(tasks) == 1 + len(report.tasks)
    assert tasks[0][:4] == {"en": ["#", "Task", "Verdict", "Suitability"], "ja": ["順位", "業務", "判定", "適合度"]}[language]
    first = dict(zip(tasks[0], tasks[1], strict=True))
    # a share is a fraction with all its digits, a task without a value says why
    assert first[tasks[0][3]] == "0.962"
    unscored = dict(zip(tasks[0], tasks[-1], strict=True))
    assert (unscored[tasks[0][3]], bool(unscored[tasks[0][6]])) == ("", True)


def test_a_data_frame_reads_numbers_as_numbers_and_days_as_days():
    files = to_csv(localise(sample(), "en"), ExportOptions())
    estimates = pl.read_csv(files[".estimates.csv"])
    assert estimates["Value"].to_list() == [one.value for one in sample().estimates]
    assert estimates["n"].dtype == pl.Int64
    overview = dict(read(files[".overview.csv"])[1:])
    assert date.fromisoformat(overview["Audited on"]) == date(2026, 11, 2)


@given(any_text)
def test_hostile_text_comes_back_and_runs_nowhere(text):
    files = to_csv(report_with(text), ExportOptions(csv_bom=False))
    for content in files.values():
        rows = read(content)
        assert len({len(row) for row in rows}) == 1
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"\s*[=+@＝＋－＠\t]", cell)
            assert not cell.startswith("-") or re.fullmatch(r"-[\d.e-]+", cell), cell
    findings = read(files[".findings.csv"])
    # line ends inside a cell stay, characters that cannot be seen are shown
    assert unguarded(findings[1][3]) == visible(text)
