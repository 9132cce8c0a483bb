"""Sentences for the meeting, with this audit's own figures."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Bullets, Heading
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the sentences as a list."""
    return Heading(book.label("phrases"), 2, "phrases"), Bullets(tuple(phrase.text for phrase in report.summary.phrases), copied=True)
