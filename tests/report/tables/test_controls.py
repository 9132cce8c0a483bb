from datetime import date

import pytest

from corpuskit.report import localise, phrasebook
from corpuskit.report.tables.controls import controls, rules
from corpuskit.tasks import Reference
from tests.report.sample import sample


def rows_of(build, report, language="en"):
    table = build(localise(report, language), phrasebook(language))
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def test_a_control_is_one_row_for_each_strictness_with_the_tasks_that_need_it_so():
    rows = rows_of(controls, sample())
    assert [(row["control_id"], row["tier"]) for row in rows] == [("C07", "T2"), ("C07", "T4"), ("C09", "T2"), ("C09", "T4")]
    assert rows[1]["needed_by"] == "Application screening"
    assert rows[0]["needed_by"].count(", ") >= 6
    assert "Art. 9(8)" in rows[0]["references"]
    assert rows[2]["references"] == phrasebook("en").label("reference_none")


@pytest.mark.parametrize(("language", "choices"), [("en", ("done", "open", "n/a")), ("ja", ("済", "未", "対象外"))])
def test_what_the_reader_fills_in_is_open_and_empty(language, choices):
    table = controls(localise(sample(), language), phrasebook(language))
    assert [column.name for column in table.columns if column.fill_in] == ["status", "evidence", "owner", "due", "remark"]
    assert next(column.choices for column in table.columns if column.name == "status") == choices
    for row in rows_of(controls, sample(), language):
        assert (row["status"], row["evidence"], row["owner"], row["due"], row["remark"]) == (choices[1], "", "", None, "")


def test_a_rule_has_the_day_of_its_last_check_as_a_day_and_a_month_as_it_is_written():
    rule = Reference(
        ref="gdpr:22",
        title="Automated decisions",
        title_ja="自動化された決定",
        framework={"en": "GDPR", "ja": "一般データ保護規則"},
        applies_from="2018-05",
        status="in_force",
        checked_on="2026-11-23",
    )
    (row,) = rows_of(rules, sample().model_copy(update={"references": (rule,)}), "ja")
    assert (row["rule"], row["framework"], row["applies_from"]) == ("自動化された決定", "一般データ保護規則", "2018-05")
    assert row["checked_on"] == date(2026, 11, 23)
    assert row["source"] == phrasebook("ja").label("no_source")
