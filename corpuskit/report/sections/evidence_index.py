"""The index of evidence: every document that is cited, and where."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import in_order


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give one row per document, with the tasks and the findings that cite it by their numbers, in the order of the documents' names."""
    heading = Heading(book.label("evidence_index"), 2, "evidence-index")
    cited: dict[str, list[str]] = {}
    for number, task in enumerate(in_order(report.tasks), start=1):
        for document in dict.fromkeys(item.document for item in task.evidence):
            cited.setdefault(document, []).append(book.label("cited_task", n=number))
    for number, finding in enumerate(report.findings, start=1):
        for document in dict.fromkeys(item.document for item in finding.evidence):
            cited.setdefault(document, []).append(book.label("cited_finding", n=number))
    if not cited:
        return heading, Paragraph(book.label("evidence_index_none"), "muted")
    rows = tuple((document, book.listed(places)) for document, places in sorted(cited.items()))
    columns = (book.label("column_document"), book.label("column_cited"))
    return heading, Paragraph(book.label("evidence_index_note"), "muted"), Table("", columns, rows)
