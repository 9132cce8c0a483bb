"""One part per task: why it was found, what was measured, its tier, controls and failure modes."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Callout, Chart, Details, Heading, Mark, Paragraph, Quotes, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.places import quote_and_place
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.sections.estimates_table import estimates_tables
from corpuskit.report.sections.maps import volume_map
from corpuskit.report.sections.pictures import pictures_of_task
from corpuskit.report.sections.section import SIGNS, in_order, task_name, verdict
from corpuskit.report.sections.task_card import task_card
from corpuskit.report.sections.task_plan import plan_of
from corpuskit.report.sections.title import TONES
from corpuskit.tasks import TaskAssessment


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give a chart of all suitabilities, then each task in the order of page 1."""
    heading = Heading(book.label("task_pages"), 2, "tasks")
    if not report.tasks:
        return heading, Paragraph(book.label("ranking_empty") + book.label("ranking_absence"), "muted")
    tasks = in_order(report.tasks)
    blocks: list[Block] = [heading, Paragraph(book.label("task_pages_note") + _not_for_any(report, book) + book.label("ranking_absence"))]
    scored = [task for task in tasks if task.suitability is not None]
    if scored:
        blocks.append(_chart(scored, book))
    blocks += volume_map(tasks, {estimate.id: estimate for estimate in report.estimates}, book)
    for number, task in enumerate(tasks, start=1):
        blocks += _page(report, task, number, book)
    return tuple(blocks)


def _not_for_any(report: AuditReport, book: Phrasebook) -> str:
    """Say once what no task is for: languages that were not read, and use before the pilot."""
    seen = [name_of("language", code, book) for code in report.corpus.languages]
    return book.label("sentence_joint") + book.label("not_for_any", languages=book.listed(seen) or book.label("none"))


def _chart(tasks: list[TaskAssessment], book: Phrasebook) -> Chart:
    marks = []
    for task in tasks:
        low, high = task.interval or (None, None)
        note = f"{book.label('column_grade')} {task.grade or book.label('no_grade')}"
        marks.append(Mark(f"{SIGNS[task.verdict]} {task_name(task, book)}", task.suitability, low, high, note, aside=task.grade or ""))
    title = book.label("suitability_chart")
    return Chart(
        "dots",
        "chart-suitability",
        title,
        book.label("suitability_chart_text"),
        tuple(marks),
        x_label=book.label("column_suitability"),
        percent=True,
        probability=True,
    )


def _page(report: AuditReport, task: TaskAssessment, number: int, book: Phrasebook) -> list[Block]:
    blocks: list[Block] = [
        Heading(f"{number}. {task_name(task, book)}", 3, f"task-{number}"),
        Callout(verdict(task.verdict, book), task.next_step.text, TONES[task.verdict]),
        *task_card(report, task, book),
    ]
    blocks += pictures_of_task(report, task.id, f"task-{number}", task.tolerance.max_error, book)
    blocks += _list("reasons", [message.text for message in task.reasons], book)
    blocks += _list("description", [message.text for message in task.description], book)
    blocks += _list("tier_reasons", [message.text for message in task.tier_reasons], book)
    blocks += _list("failure_modes", [message.text for message in task.failure_modes], book)
    blocks += plan_of(report, task, book)
    if task.evidence:
        blocks += [Heading(book.label("evidence"), 4), Quotes(tuple((item.document, quote_and_place(item, book)) for item in task.evidence))]
    measured = [estimate for estimate in report.estimates if estimate.id in set(task.estimates)]
    if measured:
        blocks.append(Details(book.label("task_estimates", n=len(measured)), estimates_tables(measured, book), printed=False))
    if task.controls:
        blocks.append(Details(book.label("task_controls", n=len(task.controls)), (_controls(report, task, book),), printed=False))
    return blocks


def _list(title: str, items: list[str], book: Phrasebook) -> list[Block]:
    return [Heading(book.label(title), 4), Bullets(tuple(items))] if items else []


def _controls(report: AuditReport, task: TaskAssessment, book: Phrasebook) -> Table:
    titles = {control.id: control.title.get(book.language) or control.title.get("en") or control.id for control in report.controls}
    rows = tuple((control.id, titles.get(control.id, control.id), control.parameter.text) for control in task.controls)
    return Table("", tuple(book.label(f"column_{name}") for name in ("id", "control", "parameter")), rows)
