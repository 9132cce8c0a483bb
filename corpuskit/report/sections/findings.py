"""All findings."""

from __future__ import annotations

from corpuskit.finding import Finding
from corpuskit.report.blocks import Block, Bullets, Callout, Details, Heading, Paragraph, Quotes, Tone
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.places import quote_and_place

TONES: dict[str, Tone] = {"error": "bad", "warning": "caution", "note": "plain"}


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give each finding with its number and level in words, what to do, its id, the documents that show it, and in a fold all that it concerns."""
    blocks: list[Block] = [Heading(book.label("findings"), 2, "findings")]
    if not report.findings:
        blocks.append(Paragraph(book.label("findings_none"), "muted"))
    for place, finding in enumerate(report.findings, start=1):
        name = book.label("finding_number", n=place, level=book.label(f"level_{finding.level}"), title=finding.title)
        blocks.append(Callout(name, finding.fix, TONES[finding.level]))
        blocks.append(Paragraph(book.label("finding_id", id=finding.id), "muted"))
        if finding.evidence:
            blocks.append(Quotes(tuple((item.document, quote_and_place(item, book)) for item in finding.evidence)))
        if finding.documents:
            blocks.append(Details(book.label("finding_documents", n=finding.concerned), (Bullets(grouped(finding, book)),), printed=False))
    return tuple(blocks)


def grouped(finding: Finding, book: Phrasebook) -> tuple[str, ...]:
    """Give every document that a finding concerns, those that belong together in one line."""
    return tuple(book.listed(group) for group in finding.documents)
