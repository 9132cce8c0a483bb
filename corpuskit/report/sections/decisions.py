"""Decisions requested, with room for names, dates and seals."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give what is asked of the reader."""
    rows = tuple((str(place), decision.text, "", "") for place, decision in enumerate(report.summary.decisions, start=1))
    columns = tuple(book.label(f"column_{name}") for name in ("rank", "decision", "decider", "seal"))
    return Heading(book.label("decisions"), 2, "decisions"), Table("", columns, rows, (0,))
