"""Cost and effect of the first task that has prices; without prices page 1 keeps the room, and the pages of the tasks say what is missing."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph
from corpuskit.report.contract import AuditReport
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import in_order, task_name
from corpuskit.tasks import Alternative


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the band of a month's cost of each way to do the work of one task, in one sentence; nothing without prices."""
    for task in in_order(report.tasks):
        priced = [one for one in task.alternatives if one.low is not None and one.high is not None]
        if priced:
            told = book.listed([f"{book.label(f'alternative_{one.id}')} {_band(one, book)}" for one in priced])
            return Heading(book.label("costs"), 2, "costs"), Paragraph(
                book.label("costs_told", name=task_name(task, book), costs=told, date=priced[0].priced_on)
            )
    return ()


def _band(one: Alternative, book: Phrasebook) -> str:
    low, high = number(round(one.low or 0.0)), number(round(one.high or 0.0))
    if low == high:
        return book.label("cost_exact", currency=one.currency, low=low)
    return book.label("cost_band", currency=one.currency, low=low, high=high)
