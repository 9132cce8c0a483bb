"""The terms of the report, in plain words."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:  # noqa: ARG001  # every section is called alike
    """Give the glossary as a table."""
    return (
        Heading(book.label("glossary"), 2, "glossary"),
        Table("", (book.label("column_term"), book.label("column_meaning")), tuple(book.glossary())),
    )
