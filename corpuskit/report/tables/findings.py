"""The findings, one row each, and the places where findings and tasks can be checked."""

from __future__ import annotations

from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import in_order, task_name
from corpuskit.report.tables.table import Cell, Column, DataTable


def findings(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give each finding with its level, what to do, and the first document that shows it; all of them stand in :func:`evidence`."""
    columns = (
        Column("severity"),
        *(Column(name, widths=(20, 56)) for name in ("title", "fix")),
        Column("document"),
        Column("places", "integer"),
        *(Column(name) for name in ("code", "id")),
    )
    rows = tuple(
        (
            book.label(f"level_{finding.level}"),
            finding.title,
            finding.fix,
            finding.evidence[0].document if finding.evidence else "",
            len(finding.evidence),
            finding.code,
            finding.id,
        )
        for finding in report.findings
    )
    return DataTable("findings", columns, rows, printed=5)


def evidence(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give each document that shows a finding or a task, with its masked quote where there is one."""
    of_findings: list[tuple[Cell, ...]] = [
        (book.label("export_of_finding"), finding.title, item.document, item.quote, finding.id)
        for finding in report.findings
        for item in finding.evidence
    ]
    of_tasks: list[tuple[Cell, ...]] = [
        (book.label("export_of_task"), task_name(task, book), item.document, item.quote, task.id)
        for task in in_order(report.tasks)
        for item in task.evidence
    ]
    columns = tuple(Column(name, widths=(7, 60 if name == "quote" else 40)) for name in ("shows", "title", "document", "quote", "id"))
    return DataTable("evidence", columns, (*of_findings, *of_tasks), printed=4)
