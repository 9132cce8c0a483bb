import pytest

from corpuskit.estimators import Estimate
from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Callout, Chart, Details, Heading, Paragraph, Quotes, Table
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
def test_a_task_without_interval_is_drawn_without_whiskers(language):
    (mark,) = only(page(language, TASKS[0], interval=None), Chart).marks
    assert (mark.low, mark.high) == (None, None)


@LANGUAGES
def test_the_facts_of_a_task(language):
    book = phrasebook(language)
    facts = dict(all_of(page(language, TASKS[0]), Table)[0].rows)
    assert facts[book.label("column_id")] == "ticket_routing (ticket_routing)"
    assert facts[book.label("column_grade")] == book.label("grade_C")
    assert facts[book.label("column_tier")] == book.label("tier_T2")
    assert facts[book.label("column_documents")] == book.label("in_documents", n=12)
    assert facts[book.label("column_tolerance")] == f"{book.percent(0.05)} ({book.label('tolerance_proposed')})"
    for figure in ("234", "6", book.percent(0.8004), book.percent(0.02)):
        assert figure in facts[book.label("column_pilot_n")]


@LANGUAGES
def test_volume_is_told_with_its_interval_or_with_the_reason_why_not(language):
    book = phrasebook(language)
    known = volume(12, 3.0, (1.5, 5.25), None)
    unknown = volume(2, None, None, Message(code="volume_of_rows"))
    told = [dict(all_of(page(language, TASKS[0], volume=one), Table)[0].rows)[book.label("column_volume")] for one in (known, unknown, None)]
    assert all(figure in told[0] for figure in ("3", "1.5", "5.25", "12", "D"))
    assert book.message(Message(code="volume_of_rows")) in told[1]
    assert told[2] == book.label("not_applicable")


def volume(n, value, interval, reason):
    return Estimate(
        id="documents_per_month@task:x",
        measure="documents_per_month",
        subject="task:x",
        value=value,
        interval=interval,
        n=n,
        unit="documents",
        grade="D",
        method="counted",
        reference="Garwood 1936",
        undefined_because=reason,
    )


@LANGUAGES
@pytest.mark.parametrize(("declared", "key"), [(False, "found_by_signals"), (True, "found_by_declaration")])
def test_it_is_told_whether_a_task_was_found_or_declared(language, declared, key):
    book = phrasebook(language)
    facts = dict(all_of(page(language, TASKS[0], declared=declared), Table)[0].rows)
    assert facts[book.label("column_found_by")] == book.label(key)


@LANGUAGES
def test_what_is_not_known_is_said_in_words(language):
    # the summary task of the sample: no error rate, no evidence, no pilot
    book = phrasebook(language)
    facts = dict(all_of(page(language, TASKS[4]), Table)[0].rows)
    assert facts[book.label("column_suitability")] == book.label("not_scored")
    assert facts[book.label("column_grade")] == book.label("grade_none")
    assert facts[book.label("column_tolerance")].startswith(book.label("no_error_rate"))
    assert facts[book.label("column_pilot_n")] == book.label("pilot_open")


@LANGUAGES
def test_estimates_and_controls_are_folded_and_counted(language):
    book = phrasebook(language)
    estimates, controls = all_of(page(language, TASKS[0]), Details)
    assert estimates.summary == book.label("task_estimates", n=2)
    assert len(only(estimates.blocks, Table).rows) == 2
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
