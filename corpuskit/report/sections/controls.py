"""The checklist of controls, with dated references, and every rule that the report cites."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.sections.section import in_order, task_name
from corpuskit.tasks import Control, Reference


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give each control with the tasks that need it and how strictly, its references with the date they were checked, and boxes for its status; then
    the rules cited."""
    heading = Heading(book.label("controls"), 2, "controls")
    if not report.controls:
        return heading, Paragraph(book.label("controls_none"), "muted"), *_rules(report, book)
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
    return heading, Paragraph(book.label("controls_note")), Table("", columns, rows), *_rules(report, book)


def _rules(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give every rule that is cited, from controls or from the reasons of a tier."""
    if not report.references:
        return ()
    rows = tuple(
        (
            _framework(rule, book),
            rule.ref,
            _title(rule, book),
            rule.applies_from or book.label("no_date"),
            name_of("standing", rule.status, book) if rule.status else "",
            rule.checked_on,
            rule.source_url or book.label("no_source"),
        )
        for rule in report.references
    )
    columns = tuple(book.label(f"column_{name}") for name in ("framework", "id", "rule", "applies_from", "standing", "checked_on", "source"))
    heading = Heading(book.label("references_title"), 3, "references")
    notes = _notes(report, book)
    read = (Bullets(notes),) if notes else ()
    return heading, Paragraph(book.label("references_note"), "muted"), *read, Table("", columns, rows)


def _notes(report: AuditReport, book: Phrasebook) -> tuple[str, ...]:
    """Say of each framework how far its text was read."""
    notes = {_framework(rule, book): rule.note[book.language] for rule in report.references if rule.note.get(book.language)}
    return tuple(book.label("reference_read", framework=framework, note=note) for framework, note in notes.items())


def _framework(rule: Reference, book: Phrasebook) -> str:
    return rule.framework.get(book.language) or rule.ref.partition(":")[0]


def _title(rule: Reference, book: Phrasebook) -> str:
    return rule.title_ja if book.language == "ja" and rule.title_ja else rule.title


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
        _title(reference, book),
        book.label("applies_from", date=reference.applies_from) if reference.applies_from else "",
        name_of("standing", reference.status, book) if reference.status else "",
        book.label("checked_on", date=reference.checked_on),
    ]
    return f"{reference.ref}: {book.listed([detail for detail in details if detail])}"
