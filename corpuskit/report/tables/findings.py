"""The findings, one row each, and the places where findings and tasks can be checked."""

from __future__ import annotations

from collections.abc import Iterator

from corpuskit.finding import Finding
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.places import quote_and_place
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
            finding.concerned,
            finding.code,
            finding.id,
        )
        for finding in report.findings
    )
    return DataTable("findings", columns, rows, printed=5)


def evidence(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give each document that shows a finding or a task, with its masked quote where there is one, then the other documents of the finding.

    Documents of one finding that belong together (copies, versions) have the same number of a group.
    """
    of_findings: list[tuple[Cell, ...]] = [
        (book.label("export_of_finding"), finding.title, document, quote, group, finding.id)
        for finding in report.findings
        for document, quote, group in _places(finding, book)
    ]
    of_tasks: list[tuple[Cell, ...]] = [
        (book.label("export_of_task"), task_name(task, book), item.document, quote_and_place(item, book), None, task.id)
        for task in in_order(report.tasks)
        for item in task.evidence
    ]
    columns = (
        *(Column(name, widths=(7, 60 if name == "quote" else 40)) for name in ("shows", "title", "document", "quote")),
        Column("group", "integer"),
        Column("id", widths=(7, 40)),
    )
    return DataTable("evidence", columns, (*of_findings, *of_tasks), printed=4)


def _places(finding: Finding, book: Phrasebook) -> Iterator[tuple[str, str, int | None]]:
    """Give document, quote and number of the group: first the evidence, then every other document concerned."""
    group_of = {document: number for number, group in enumerate(finding.documents, start=1) for document in group if len(group) > 1}
    for item in finding.evidence:
        yield item.document, quote_and_place(item, book), group_of.get(item.document)
    shown = {item.document for item in finding.evidence}
    for document in dict.fromkeys(document for group in finding.documents for document in group):
        if document not in shown:
            yield document, "", group_of.get(document)
