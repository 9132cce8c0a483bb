"""The tasks, one row each."""

from __future__ import annotations

from collections.abc import Iterable

from corpuskit.finding import Message
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import in_order, task_name, verdict
from corpuskit.report.tables.table import Cell, Column, DataTable, Probability, Share
from corpuskit.tasks import TaskAssessment

PRINTED = 15
"""Columns on paper, up to the next step: more would be too small to read on A4."""
COLUMNS = (
    Column("rank", "integer"),
    Column("task", widths=(7, 32)),
    Column("verdict"),
    Column("suitability", "number"),
    Column("low", "number"),
    Column("high", "number"),
    Column("no_value_because", widths=(7, 24)),
    Column("grade"),
    Column("tier"),
    Column("documents", "integer"),
    Column("max_error", "number"),
    Column("max_error_status", widths=(7, 18)),
    Column("pilot_cases", "integer"),
    Column("pilot_max_errors", "integer"),
    Column("next_step"),
    Column("reasons", widths=(7, 70)),
    Column("tier_reasons"),
    Column("model_class"),
    Column("failure_modes"),
    Column("kind"),
    Column("tied_with"),
    Column("estimates"),
    Column("id"),
)


def tasks(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give the tasks in their order, with the ids of the estimates that the suitability rests on."""
    return DataTable("tasks", COLUMNS, tuple(_row(task, book) for task in in_order(report.tasks)), PRINTED)


def _row(task: TaskAssessment, book: Phrasebook) -> tuple[Cell, ...]:
    low, high = task.interval or (None, None)
    allowed, pilot = task.tolerance.max_error, task.pilot
    return (
        task.rank,
        task_name(task, book),
        verdict(task.verdict, book),
        None if task.suitability is None else Probability(task.suitability),
        None if low is None else Probability(low),
        None if high is None else Probability(high),
        book.label(f"group_{task.group}") if task.suitability is None else "",
        task.grade or "",
        task.tier,
        task.documents,
        None if allowed is None else Share(allowed),
        book.label("no_error_rate") if allowed is None else book.label(f"tolerance_{task.tolerance.status}"),
        None if pilot is None else pilot.n,
        None if pilot is None else pilot.max_errors,
        task.next_step.text,
        _lines(task.reasons),
        _lines(task.tier_reasons),
        task.model_class.text,
        _lines(task.failure_modes),
        book.label(f"kind_{task.kind}"),
        "\n".join(task.tied_with),
        "\n".join(task.estimates),
        task.id,
    )


def _lines(messages: Iterable[Message]) -> str:
    return "\n".join(message.text for message in messages)
