"""What to fix first."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport, FixFirst
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import first_sentence, shorten

JUDGED, COMPUTED = 76, 58
"""Cells of a repair's name without and with figures: two lines, because page 1 is one sheet."""


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give at most five repairs by effect and effort, with room for an owner and a date."""
    heading = Heading(book.label("fix_first"), 2, "fix-first")
    if not report.summary.fix_first:
        return heading, Paragraph(book.label("fix_first_none"), "muted")
    rows = tuple(
        (str(place), _repair(fix, book), book.label(f"size_{fix.effect}"), book.label(f"size_{fix.effort}"), "")
        for place, fix in enumerate(report.summary.fix_first, start=1)
    )
    columns = tuple(book.label(f"column_{name}") for name in ("rank", "fix", "effect", "effort", "owner_due"))
    return heading, Table("", columns, rows, (0,)), Paragraph(book.label("fix_first_note"), "muted")


def _repair(fix: FixFirst, book: Phrasebook) -> str:
    """Name the repair; where its effect was computed, with what moves from where to where."""
    if fix.moves is None:
        return shorten(first_sentence(fix.title.text), JUDGED)
    told = fix.moves.parameters
    if "lighter" in told:
        ends = str(told["tier"]), str(told["lighter"])
    elif "before" in told:
        ends = book.percent(float(told["before"])), book.percent(float(told["after"]))
    else:
        return shorten(first_sentence(fix.title.text), JUDGED)
    return book.label("repair_moves", repair=shorten(first_sentence(fix.title.text), COMPUTED), before=ends[0], after=ends[1])
