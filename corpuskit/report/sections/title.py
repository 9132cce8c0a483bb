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
    """Give the heading, the block of addressee, author, date, number and classification, and the verdict in one sentence."""
    head = Table(
        caption="",
        columns=tuple(book.label(f"head_{key}") for key in ("to", "from", "date", "number", "classification")),
        rows=(("", f"{report.tool.name} {report.tool.version}", report.run.started_at[:10], report.run.id, book.label("classification")),),
    )
    return (
        Heading(book.label("title", root=shorten(report.corpus.root, 60)), 1, "top"),
        head,
        Callout(verdict(report.summary.verdict, book), report.summary.sentence.text, TONES[report.summary.verdict]),
    )
