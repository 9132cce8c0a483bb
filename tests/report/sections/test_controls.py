import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Paragraph, Table
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
    names = [task.name[language] for task in ASSESSMENT.tasks]
    assert all(name in needed for name in names)


@LANGUAGES
def test_each_row_has_boxes_to_tick(language):
    boxes = {row[4] for row in only(build("controls", language), Table).rows}
    assert len(boxes) == 1
    assert {"en": "☐", "ja": "□"}[language] in boxes.pop()


@LANGUAGES
def test_a_control_that_no_task_needs_is_listed_with_an_empty_place(language):
    assert [row[2] for row in only(build("controls", language, tasks=()), Table).rows] == ["", ""]


@LANGUAGES
def test_without_controls_it_says_so(language):
    blocks = build("controls", language, controls=())
    assert all_of(blocks, Table) == []
    assert only(blocks, Paragraph).text == phrasebook(language).label("controls_none")
