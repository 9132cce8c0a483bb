import re

import pytest

from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Callout, Paragraph, Table
from corpuskit.report.sections.ranking import COLUMNS, MOST_TASKS
from tests.report.sample import ASSESSMENT
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
TASKS = ASSESSMENT.tasks


@LANGUAGES
def test_at_most_seven_tasks_and_none_scored_without_evidence(language):
    rows = only(build("ranking", language), Table).rows
    assert len(rows) == MOST_TASKS == 7
    unscored = [row for row in rows if row[4] == phrasebook(language).label("no_grade")]
    assert len(unscored) == 3
    assert not any(re.search(r"\d", row[3]) for row in unscored)
    assert all(re.search(r"\d", row[3]) for row in rows if row not in unscored)


@LANGUAGES
def test_the_tasks_left_out_are_counted(language):
    note = only(build("ranking", language), Paragraph).text
    assert note.endswith(phrasebook(language).label("ranking_further", n=1))
    seven = only(build("ranking", language, tasks=TASKS[:7]), Paragraph).text
    assert seven == phrasebook(language).label("ranking_note")


@LANGUAGES
def test_ties_are_shown(language):
    rows = only(build("ranking", language), Table).rows
    tied = phrasebook(language).label("tied")
    assert [row[0] for row in rows] == ["1", f"2{tied}", f"3{tied}", "4", *[phrasebook(language).label("unranked")] * 3]


@LANGUAGES
def test_a_pilot_has_its_size_or_is_open(language):
    book = phrasebook(language)
    rows = only(build("ranking", language), Table).rows
    pilots = [row[COLUMNS.index("pilot_n")] for row in rows]
    assert pilots == [*[book.label("pilot_size", n=234, max_errors=6)] * 4, *[book.label("pilot_open")] * 3]


@LANGUAGES
def test_the_order_is_that_of_the_ranks_whatever_order_they_came_in(language):
    assert only(build("ranking", language, tasks=TASKS[:4][::-1]), Table) == only(build("ranking", language, tasks=TASKS[:4]), Table)


@LANGUAGES
def test_a_model_class_that_has_no_short_name_is_told_in_its_own_words(language):
    task = TASKS[0].model_copy(update={"model_class": Message(code="invented_class")})
    (row,) = only(build("ranking", language, tasks=(task,)), Table).rows
    assert "invented_class" in row[COLUMNS.index("model_class")]


@LANGUAGES
def test_without_tasks_there_is_a_note_and_no_table(language):
    blocks = build("ranking", language, tasks=())
    assert all_of(blocks, Table) == []
    assert only(blocks, Callout).text == phrasebook(language).label("ranking_empty") + phrasebook(language).label("ranking_absence")
