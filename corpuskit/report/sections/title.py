"""Title block and verdict."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Callout, Heading, Table, Tone
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import shorten, verdict
from corpuskit.tasks import Verdict

TONES: dict[Verdict, Tone] = {
    "start": "good",
    "start_with_conditions": "caution",
    "fix_first": "caution",
    "do_not_start": "bad",
    "insufficient_evidence": "muted",
}


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the heading, the block of addressee, author, date, version, number and classification, and the verdict in one sentence."""
    return (
        Heading(book.label("title", root=shorten(report.corpus.root, 60)), 1, "top"),
        _head(report, book),
        Callout(verdict(report.summary.verdict, book), report.summary.sentence.text, TONES[report.summary.verdict]),
    )


def _head(report: AuditReport, book: Phrasebook) -> Table:
    """Give the head; what was not set is left to be filled in, and the classification is the careful one until somebody confirms it."""
    head, empty = report.head, book.label("to_be_filled_in")
    cells = {
        "to": head.recipient or empty,
        "from": head.author or empty,
        "date": report.run.started_at[:10],
        "version": head.version or empty,
        "number": report.run.id,
        "classification": head.classification or book.label("classification_open", default=book.label("classification")),
    }
    return Table("", tuple(book.label(f"head_{key}") for key in cells), (tuple(cells.values()),))
