"""The top risks of page 1."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Heading, Paragraph
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import shorten, shorten_path


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give at most three risks, each with the document that shows it."""
    heading = Heading(book.label("risks"), 2, "risks")
    if not report.summary.risks:
        return heading, Paragraph(book.label("risks_none"), "muted")
    items = tuple(book.label("risk", title=shorten(risk.title.text, 110), document=shorten_path(risk.document, 56)) for risk in report.summary.risks)
    return heading, Bullets(items, ordered=True)
