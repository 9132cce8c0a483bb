import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Paragraph, Table
from corpuskit.tasks import Reference
from corpuskit.tasks.frameworks import reference
from tests.report.sample import ASSESSMENT
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_references_carry_the_dates_on_which_they_apply_and_were_checked(language):
    book = phrasebook(language)
    first, second = only(build("controls", language), Table).rows
    assert first[0] == "C07"
    assert "EU 2024/1689 Art. 9(8): AI Act" in first[3]
    assert book.label("applies_from", date="2027-12-02") in first[3]
    assert first[3].count(book.label("checked_on", date="2026-11-23")) == 2
    # the second reference gives no date from which it applies, and none is invented
    assert first[3].count("2027") == 1
    assert second[3] == book.label("reference_none")


@LANGUAGES
def test_a_control_is_titled_in_the_language_of_the_report(language):
    rows = only(build("controls", language), Table).rows
    assert [row[1] for row in rows] == {"en": ["Truth test before go-live", "Human review in use"], "ja": ["正解検証", "人手確認率"]}[language]
    untranslated = ASSESSMENT.controls[0].model_copy(update={"title": {"en": "Only English"}})
    assert only(build("controls", language, controls=(untranslated,)), Table).rows[0][1] == "Only English"


@LANGUAGES
def test_tasks_that_need_a_control_equally_are_told_once(language):
    # seven tasks of tier T2 and one of T4 need C07 with the same parameter
    needed = only(build("controls", language), Table).rows[0][2]
    assert needed.count("T2 ") == needed.count("T4 ") == 1
    book = phrasebook(language)
    assert all(book.label("cited_task", n=number) in needed for number in range(1, len(ASSESSMENT.tasks) + 1))


@LANGUAGES
def test_each_row_has_boxes_to_tick(language):
    boxes = {row[4] for row in only(build("controls", language), Table).rows}
    assert len(boxes) == 1
    assert {"en": "☐", "ja": "□"}[language] in boxes.pop()


@LANGUAGES
def test_each_row_has_room_for_what_shows_it(language):
    table = only(build("controls", language), Table)
    assert table.columns[5] == phrasebook(language).label("column_basis")
    assert {row[5] for row in table.rows} == {""}


@LANGUAGES
def test_a_control_that_no_task_needs_is_listed_with_an_empty_place(language):
    assert [row[2] for row in only(build("controls", language, tasks=()), Table).rows] == ["", ""]


@LANGUAGES
def test_without_controls_it_says_so(language):
    blocks = build("controls", language, controls=())
    assert all_of(blocks, Table) == []
    assert only(blocks, Paragraph).text == phrasebook(language).label("controls_none")


@LANGUAGES
def test_every_rule_cited_stands_in_a_table_with_framework_standing_and_date(language):
    book = phrasebook(language)
    rules = tuple(reference(ref) for ref in ("gdpr:22", "eu_ai_act:26", "iso_42001:A.3.2"))
    blocks = build("controls", language, references=rules)
    tables = all_of(blocks, Table)[1:]
    rows = [row for table in tables for row in table.rows]
    assert [row[0] for row in rows] == [rule.ref for rule in rules]
    assert [row[3] for row in rows] == [book.label(f"standing_{name}") for name in ("in_force", "postponed", "voluntary")]
    assert all(row[4] == rule.checked_on for row, rule in zip(rows, rules, strict=True))
    assert all(rule.framework[language] in table.caption and rule.source_url in table.caption for table, rule in zip(tables, rules, strict=True))
    assert {"en": "Art. 26: Duties of deployers", "ja": "Art. 26: 導入者の義務"}[language] in rows[1][1]
    # how far a text was read is told once for each framework that has something to tell
    (notes,) = all_of(blocks, Bullets)
    assert len(notes.items) == 2
    assert {"en": "read in digests only", "ja": "要約のみ"}[language] in notes.items[0]


@LANGUAGES
def test_rules_without_a_known_framework_date_or_address_say_so(language):
    book = phrasebook(language)
    bare = Reference(ref="house:7", title="No. 7", checked_on="2026-01-01")
    table = only(build("controls", language, references=(bare,), controls=()), Table)
    assert table.rows == (("house:7", "No. 7", book.label("no_date"), "", "2026-01-01"),)
    assert table.caption == book.label("framework_source", framework="house", source=book.label("no_source"))


@LANGUAGES
def test_rules_of_one_framework_stand_together(language):
    rules = tuple(reference(ref) for ref in ("gdpr:22", "eu_ai_act:26", "gdpr:33"))
    tables = all_of(build("controls", language, references=rules), Table)[1:]
    assert [[row[0] for row in table.rows] for table in tables] == [["gdpr:22", "gdpr:33"], ["eu_ai_act:26"]]
