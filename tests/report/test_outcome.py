from corpuskit.report import localise, outcome_lines
from tests.report.sample import sample


def test_coverage_is_told_before_the_verdict_and_the_table_fits_its_columns():
    lines, columns, rows = outcome_lines(localise(sample(), "en"))
    assert lines[0].startswith("146 of 150 files read")
    assert lines[1].startswith("Not seen: 4 files")
    assert lines[2].startswith("○ Start: A pilot can start with “Ticket routing”")
    assert lines[3] == "Findings: 0 errors, 3 warnings, 1 note"
    assert len(rows) == 7
    assert {len(row) for row in rows} == {len(columns)}
    assert rows[4][3] == "not enough evidence"


def test_it_is_told_in_the_reports_language():
    lines, columns, _ = outcome_lines(localise(sample(), "ja"))
    assert lines[0].startswith("ファイル150件のうち146件を読み取りました")
    assert columns[1] == "業務"


def test_without_tasks_there_is_no_table():
    lines, _, rows = outcome_lines(localise(sample().model_copy(update={"tasks": ()}), "en"))
    assert rows == []
    assert lines[-1].startswith("Findings")
