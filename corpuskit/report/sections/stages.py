"""The staged plan G0 to G5."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import shorten


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give each stage with its rule to pass and its rule to stop."""
    rows = tuple(
        (stage.id, shorten(stage.title.text, 40), shorten(stage.pass_rule.text, 170), shorten(stage.stop_rule.text, 170))
        for stage in report.summary.stages
    )
    columns = tuple(book.label(f"column_{name}") for name in ("stage", "content", "pass_rule", "stop_rule"))
    return Heading(book.label("stages"), 2, "stages"), Table("", columns, rows)
