import pytest

from corpuskit.estimators import Series
from corpuskit.report import localise, phrasebook
from corpuskit.report.blocks import Chart, Columns, Heading, Paragraph
from corpuskit.report.sections.pictures import DRAWN, OF_TABLES, draw_series, in_pairs, pictures_of_task, tables_of_tasks
from tests.report.sample import ASSESSMENT, sample
from tests.report.walk import all_of

SUBJECT = "labels:tickets/support.csv#queue"
ROWS = {
    "confusion_matrix": (("a", "a", 5), ("a", "b", 1), ("b", "a", 0), ("b", "b", 4)),
    "label_words": (("w", "a", 5), ("w", "b", 1)),
    "context_curve": ((1, 0.6, 0.5, 0.7), (4, 0.1, 0.0, 0.2)),
    "risk_coverage": ((0.5, 0.1, 0.0, 0.2, 70), (1.0, 0.2, 0.1, 0.3, 140)),
    "label_error": (("a", 0.1, 30),),
    "learning_curve": ((28, 0.2), (140, 0.1)),
}
TABLES = tuple(Series(id=f"{name}@{SUBJECT}", name=name, subject=SUBJECT, columns=("x",), rows=rows) for name, rows in ROWS.items())


def narrow(name):
    return Chart("line", name, name, "", narrow=True)


def test_narrow_charts_stand_two_by_two_and_nothing_changes_its_order():
    blocks = [narrow("a"), narrow("b"), narrow("c"), Paragraph("p"), narrow("d"), Chart("dots", "e", "e", "")]
    pairs = in_pairs(blocks)
    assert [type(block) for block in pairs] == [Columns, Columns, Paragraph, Columns, Chart]
    assert [chart.anchor for chart in all_of(pairs, Chart)] == ["a", "b", "c", "d", "e"]


def test_a_table_belongs_to_the_first_task_that_rests_on_it():
    twice = tuple(task.model_copy(update={"estimates": ASSESSMENT.tasks[0].estimates}) for task in ASSESSMENT.tasks[:2])
    assert tables_of_tasks(sample().model_copy(update={"tasks": twice[::-1]}))[SUBJECT] == "ticket_routing"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_pictures_of_a_task_are_those_of_its_tables_under_their_name(language):
    report = localise(sample().model_copy(update={"series": TABLES}), language)
    book = phrasebook(language)
    blocks = pictures_of_task(report, "ticket_routing", "task-1", 0.05, book)
    charts = all_of(blocks, Chart)
    assert [chart.anchor for chart in charts] == [f"task-1-1-{name}" for name in OF_TABLES]
    assert charts[-1].limit.value == 0.05
    assert "queue" in all_of(blocks, Heading)[0].text
    assert pictures_of_task(report, "faq_answer", "task-2", 0.05, book) == []


@pytest.mark.parametrize("series", TABLES, ids=lambda series: series.name)
def test_every_series_of_a_table_is_drawn(series):
    assert series.name in DRAWN
    assert len(draw_series(series, "a", {}, None, phrasebook("en"))) == 1
