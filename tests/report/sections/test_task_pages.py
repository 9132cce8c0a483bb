import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Callout, Chart, Details, Heading, Paragraph, Quotes, Table
from corpuskit.report.sections.section import SIGNS
from corpuskit.report.sections.title import TONES
from tests.report.sample import ASSESSMENT, PIPES
from tests.report.walk import all_of, build, only, texts

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
TASKS = ASSESSMENT.tasks


def page(language, task, **changes):
    return build("task_pages", language, tasks=(task.model_copy(update=changes),))


@LANGUAGES
def test_every_task_has_a_part_in_the_order_of_page_one(language):
    blocks = build("task_pages", language, tasks=TASKS[::-1])
    parts = [block for block in all_of(blocks, Heading) if block.level == 3]
    assert [part.anchor for part in parts] == [f"task-{place}" for place in range(1, 9)]
    assert all(part.text.startswith(f"{place}. ") for place, part in enumerate(parts, start=1))
    assert {"en": "Ticket routing", "ja": "問い合わせ振分け"}[language] in parts[0].text
    assert [callout.tone for callout in all_of(blocks, Callout)] == [TONES[task.verdict] for task in [*TASKS[:4], *TASKS[4:][::-1]]]


@LANGUAGES
def test_the_chart_shows_scored_tasks_only_with_their_intervals(language):
    chart = only(build("task_pages", language), Chart)
    assert [(mark.value, mark.low, mark.high) for mark in chart.marks] == [(task.suitability, *task.interval) for task in TASKS[:4]]
    assert chart.percent
    assert all_of(build("task_pages", language, tasks=TASKS[4:]), Chart) == []


@LANGUAGES
def test_signs_and_grades_stand_in_the_chart_so_that_colour_is_not_needed(language):
    marks = only(build("task_pages", language), Chart).marks
    assert [mark.label[0] for mark in marks] == [SIGNS[task.verdict] for task in TASKS[:4]]
    assert {mark.aside for mark in marks} == {"C"}


@LANGUAGES
def test_a_task_without_interval_is_drawn_without_whiskers(language):
    (mark,) = only(page(language, TASKS[0], interval=None), Chart).marks
    assert (mark.low, mark.high) == (None, None)


@LANGUAGES
def test_estimates_and_controls_are_folded_and_counted(language):
    book = phrasebook(language)
    estimates, controls = all_of(page(language, TASKS[0]), Details)
    assert estimates.summary == book.label("task_estimates", n=2)
    assert [len(table.rows) for table in all_of(estimates.blocks, Table)] == [1, 1]
    assert controls.summary == book.label("task_controls", n=2)
    assert [row[:2] for row in only(controls.blocks, Table).rows] == {
        "en": [("C07", "Truth test before go-live"), ("C09", "Human review in use")],
        "ja": [("C07", "正解検証"), ("C09", "人手確認率")],
    }[language]


@LANGUAGES
def test_an_estimate_that_the_report_does_not_hold_and_a_control_it_does_not_describe_are_no_failure(language):
    blocks = build("task_pages", language, tasks=TASKS[:1], estimates=(), controls=())
    (controls,) = all_of(blocks, Details)
    assert [row[:2] for row in only(controls.blocks, Table).rows] == [("C07", "C07"), ("C09", "C09")]


@LANGUAGES
def test_lists_without_entries_have_no_heading(language):
    bare = page(language, TASKS[0], reasons=(), tier_reasons=(), failure_modes=(), evidence=(), estimates=(), controls=())
    assert all_of(bare, Bullets) == all_of(bare, Quotes) == all_of(bare, Details) == []
    assert [block for block in all_of(bare, Heading) if block.level == 4] == []


@LANGUAGES
def test_evidence_is_quoted_as_it_was_masked(language):
    quotes = only(page(language, TASKS[0]), Quotes)
    assert quotes.items[1][1] == PIPES


@LANGUAGES
def test_without_tasks_it_says_so(language):
    blocks = build("task_pages", language, tasks=())
    assert only(blocks, Paragraph).text == phrasebook(language).label("ranking_empty") + phrasebook(language).label("ranking_absence")
    assert "None" not in "".join(texts(blocks))
