"""The checklist of controls, with dated references, and every rule that the report cites."""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.report.blocks import Block, Bullets, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.sections.section import in_order
from corpuskit.tasks import Control, Reference


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give each control with the tasks that need it and how strictly, its references with the date they were checked, boxes for its
    status and room for what shows it; then
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
            "",
        )
        for control in report.controls
    )
    columns = tuple(book.label(f"column_{name}") for name in ("id", "control", "needed_by", "references", "status", "basis"))
    return heading, Paragraph(book.label("controls_note")), Table("", columns, rows), *_rules(report, book)


def _rules(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give every rule that is cited, from controls or from the reasons of a tier."""
    if not report.references:
        return ()
    by_framework: dict[tuple[str, str], list[Reference]] = {}
    for rule in report.references:
        by_framework.setdefault((_framework(rule, book), rule.source_url or book.label("no_source")), []).append(rule)
    heading = Heading(book.label("references_title"), 3, "references")
    notes = _notes(report, book)
    read = (Bullets(notes),) if notes else ()
    tables = tuple(_rules_of(book.label("framework_source", framework=name, source=url), rules, book) for (name, url), rules in by_framework.items())
    return heading, Paragraph(book.label("references_note"), "muted"), *read, *tables


def _rules_of(caption: str, rules: Sequence[Reference], book: Phrasebook) -> Table:
    """Give the rules of one framework from one source, both of which stand in the caption."""
    rows = tuple(
        (
            rule.ref,
            _title(rule, book),
            rule.applies_from or book.label("no_date"),
            name_of("standing", rule.status, book) if rule.status else "",
            rule.checked_on,
        )
        for rule in rules
    )
    return Table(caption, tuple(book.label(f"column_{name}") for name in ("id", "rule", "applies_from", "standing", "checked_on")), rows)


def _notes(report: AuditReport, book: Phrasebook) -> tuple[str, ...]:
    """Say of each framework how far its text was read."""
    notes = {_framework(rule, book): rule.note[book.language] for rule in report.references if rule.note.get(book.language)}
    return tuple(book.label("reference_read", framework=framework, note=note) for framework, note in notes.items())


def _framework(rule: Reference, book: Phrasebook) -> str:
    return rule.framework.get(book.language) or rule.ref.partition(":")[0]


def _title(rule: Reference, book: Phrasebook) -> str:
    return rule.title_ja if book.language == "ja" and rule.title_ja else rule.title


def _needed_by(report: AuditReport, control: Control, book: Phrasebook) -> str:
    """Name the tasks, by their numbers, with the parameter they need: equal parameters are told once."""
    by_parameter: dict[str, list[str]] = {}
    for number, task in enumerate(in_order(report.tasks), start=1):
        for needed in task.controls:
            if needed.id == control.id:
                by_parameter.setdefault(f"{task.tier} {needed.parameter.text}", []).append(book.label("cited_task", n=number))
    joint = book.label("reference_joint")
    return joint.join(book.label("with_note", value=parameter, note=book.listed(numbers)) for parameter, numbers in by_parameter.items())


def _reference(reference: Reference, book: Phrasebook) -> str:
    details = [
        _title(reference, book),
        book.label("applies_from", date=reference.applies_from) if reference.applies_from else "",
        name_of("standing", reference.status, book) if reference.status else "",
        book.label("checked_on", date=reference.checked_on),
    ]
    return f"{reference.ref}: {book.listed([detail for detail in details if detail])}"
