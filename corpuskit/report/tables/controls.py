"""The controls as a checklist to be filled in, and the rules that the report cites."""

from __future__ import annotations

from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.sections.section import in_order, task_name
from corpuskit.report.tables.table import Cell, Column, DataTable, day
from corpuskit.tasks import Control

STATUS = ("done", "open", "not_applicable")


def controls(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give one row for each control and each strictness in which a task needs it, with columns to fill in: status, evidence, owner, due date, remark.

    A control that tasks need alike is one row with all of their names, because it is put in place once.
    """
    choices = tuple(book.label(f"status_{name}") for name in STATUS)
    columns = (
        *(Column(name) for name in ("control_id", "control", "tier", "requirement", "needed_by")),
        Column("status", choices=choices, fill_in=True, widths=(9, 12)),
        Column("evidence", fill_in=True, widths=(30, 40)),
        Column("owner", fill_in=True, widths=(14, 20)),
        Column("due", "date", fill_in=True, widths=(12, 14)),
        Column("remark", fill_in=True, widths=(20, 40)),
        Column("references"),
    )
    to_do = choices[STATUS.index("open")]
    rows: list[tuple[Cell, ...]] = []
    for control in report.controls:
        title = control.title.get(book.language) or control.title.get("en") or control.id
        references = book.listed([item.ref for item in control.references])
        for (tier, requirement), names in _needed(report, control, book).items():
            rows.append(
                (control.id, title, tier, requirement, book.listed(names), to_do, "", "", None, "", references or book.label("reference_none"))
            )
    return DataTable("controls", columns, tuple(rows))


def _needed(report: AuditReport, control: Control, book: Phrasebook) -> dict[tuple[str, str], list[str]]:
    """Group the tasks that need a control by tier and strictness, the strictest tier last."""
    needed: dict[tuple[str, str], list[str]] = {}
    for task in in_order(report.tasks):
        for one in task.controls:
            if one.id == control.id:
                needed.setdefault((task.tier, one.parameter.text), []).append(task_name(task, book))
    return {key: needed[key] for key in sorted(needed)}


def rules(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give every rule that is cited, with the day on which its text was last checked."""
    columns = (
        *(Column(name) for name in ("rule_id", "rule", "framework", "applies_from", "standing")),
        Column("checked_on", "date"),
        Column("source"),
    )
    rows = tuple(
        (
            rule.ref,
            rule.title_ja if book.language == "ja" and rule.title_ja else rule.title,
            rule.framework.get(book.language) or rule.ref.partition(":")[0],
            rule.applies_from or book.label("no_date"),
            name_of("standing", rule.status, book) if rule.status else "",
            day(rule.checked_on),
            rule.source_url or book.label("no_source"),
        )
        for rule in report.references
    )
    return DataTable("rules", columns, rows)
