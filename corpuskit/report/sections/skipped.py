"""Files that were found and not read."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give every skipped file with its reason. Readers give their detail in English; other languages print the reason by its code."""
    heading = Heading(book.label("skipped"), 2, "skipped")
    if not report.corpus.files_skipped:
        return heading, Paragraph(book.label("coverage_all_seen"))
    rows = tuple(
        (item.path, name_of("skipped", item.code, book), item.reason if book.language == "en" else name_of("skipped_do", item.code, book))
        for item in report.corpus.files_skipped
    )
    columns = tuple(book.label(f"column_{name}") for name in ("file", "reason", "detail"))
    return heading, Table(book.label("skipped_caption", n=len(rows)), columns, rows)
