"""The ranked tasks of page 1."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Callout, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import in_order, shorten, suitability, task_name, verdict
from corpuskit.tasks import TaskAssessment

MOST_TASKS = 7
COLUMNS = ("rank", "task", "verdict", "suitability", "grade", "tier", "model_class", "pilot_n", "next_step")


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give at most seven tasks with interval, grade, tier, model class, pilot size and next step; what is not scored says so."""
    heading = Heading(book.label("ranking"), 2, "ranking")
    if not report.tasks:
        return heading, Callout(book.label("note"), book.label("ranking_empty") + book.label("ranking_absence"), "muted")
    tasks = in_order(report.tasks)
    rows = []
    for task in tasks[:MOST_TASKS]:
        rank = book.label("unranked") if task.rank is None else f"{task.rank}{book.label('tied') if task.tied_with else ''}"
        pilot = book.label("pilot_size", n=task.pilot.n, max_errors=task.pilot.max_errors) if task.pilot else book.label("pilot_open")
        rows.append(
            (
                rank,
                shorten(task_name(task, book), 56),
                verdict(task.verdict, book),
                suitability(task, book),
                task.grade or book.label("no_grade"),
                task.tier,
                _model_class(task, book),
                pilot,
                shorten(task.next_step.text, 46),
            )
        )
    table = Table("", tuple(book.label(f"column_{name}") for name in COLUMNS), tuple(rows))
    further = len(tasks) - MOST_TASKS
    note = book.label("ranking_note")
    return heading, table, Paragraph(note + book.label("ranking_further", n=further) if further > 0 else note, "muted")


def _model_class(task: TaskAssessment, book: Phrasebook) -> str:
    """Give the class of model in a few words; the reasons stand on the page of the task."""
    key = f"short_{task.model_class.code}"
    return book.label(key) if book.has_label(key) else shorten(task.model_class.text, 30)
