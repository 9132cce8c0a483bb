"""Where the report comes from, so that it can be made again."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give run, seed, digest and provenance, and say that nothing here is legal advice."""
    run = report.run
    facts = {
        "run.id": run.id,
        "run.started_at": run.started_at,
        "run.seed": str(run.seed),
        "run.config_digest": run.config_digest,
        "tool": f"{report.tool.name} {report.tool.version}",
        "schema_version": str(report.schema_version),
        **{f"provenance.{key}": value for key, value in sorted(report.provenance.items())},
    }
    if report.routing_file:
        facts["routing_file"] = report.routing_file
    return (
        Heading(book.label("footer"), 2, "provenance"),
        Paragraph(book.label("footer_text")),
        Table("", (book.label("column_what"), book.label("column_value")), tuple(facts.items())),
        Paragraph(book.label("not_legal_advice"), "muted"),
        Paragraph(book.label("end")),
    )
