"""The checklist of controls, with dated references."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import in_order, task_name
from corpuskit.tasks import Control, Reference


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give each control with the tasks that need it and how strictly, its references with the date they were checked, and boxes for its status."""
    heading = Heading(book.label("controls"), 2, "controls")
    if not report.controls:
        return heading, Paragraph(book.label("controls_none"), "muted")
    rows = tuple(
        (
            control.id,
            control.title.get(book.language) or control.title.get("en") or control.id,
            _needed_by(report, control, book),
            book.label("reference_joint").join(_reference(reference, book) for reference in control.references) or book.label("reference_none"),
            book.label("status_boxes"),
        )
        for control in report.controls
    )
    columns = tuple(book.label(f"column_{name}") for name in ("id", "control", "needed_by", "references", "status"))
    return heading, Paragraph(book.label("controls_note")), Table("", columns, rows)


def _needed_by(report: AuditReport, control: Control, book: Phrasebook) -> str:
    """Name the tasks by the parameter they need: equal parameters are told once."""
    by_parameter: dict[str, list[str]] = {}
    for task in in_order(report.tasks):
        for needed in task.controls:
            if needed.id == control.id:
                by_parameter.setdefault(f"{task.tier} {needed.parameter.text}", []).append(task_name(task, book))
    return book.label("reference_joint").join(f"{parameter} ({book.listed(names)})" for parameter, names in by_parameter.items())


def _reference(reference: Reference, book: Phrasebook) -> str:
    details = [
        reference.title,
        book.label("applies_from", date=reference.applies_from) if reference.applies_from else "",
        reference.status,
        book.label("checked_on", date=reference.checked_on),
    ]
    return f"{reference.ref}: {book.listed([detail for detail in details if detail])}"
