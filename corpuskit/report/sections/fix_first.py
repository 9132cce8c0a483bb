"""What to fix first."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import shorten


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give at most five repairs by effect and effort, with room for an owner and a date."""
    heading = Heading(book.label("fix_first"), 2, "fix-first")
    if not report.summary.fix_first:
        return heading, Paragraph(book.label("fix_first_none"), "muted")
    rows = tuple(
        (str(place), shorten(fix.title.text, 92), book.label(f"size_{fix.effect}"), book.label(f"size_{fix.effort}"), "")
        for place, fix in enumerate(report.summary.fix_first, start=1)
    )
    columns = tuple(book.label(f"column_{name}") for name in ("rank", "fix", "effect", "effort", "owner_due"))
    return heading, Table("", columns, rows)
