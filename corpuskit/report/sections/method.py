"""How it was measured, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterator

from corpuskit.report.blocks import Block, Bullets, Callout, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.trust import trust_sentences

STEPS = 6
LIMITS = 7


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the steps, the analysers with their versions, the grades, and the limits with the standing sentence."""
    analysers = tuple(
        (name_of("language", language, book), f"{info.name} {info.version}", info.mode, info.dictionary_version)
        for language, info in report.run.tokenizers.items()
    )
    blocks: list[Block] = [
        Heading(book.label("method"), 2, "method"),
        Callout(book.label("standing_label"), book.label("standing_sentence"), "caution"),
        Bullets(tuple(book.label(f"step_{step}") for step in range(1, STEPS + 1)), ordered=True),
        Heading(book.label("grades"), 3),
        Bullets(tuple(book.label(f"grade_{grade}") for grade in "ABCDE")),
        Heading(book.label("tiers"), 3),
        Bullets(tuple(book.label(f"tier_{tier}") for tier in ("T0", "T1", "T2", "T3", "T4"))),
        Heading(book.label("limits"), 3),
        Bullets(tuple(book.label(f"limit_{limit}") for limit in range(1, LIMITS + 1))),
        *_trust(book),
    ]
    if analysers:
        blocks += [
            Heading(book.label("analysers"), 3),
            Paragraph(book.label("analysers_note")),
            Table("", tuple(book.label(f"column_{name}") for name in ("language", "analyser", "mode", "dictionary")), analysers),
        ]
    return tuple(blocks)


def _trust(book: Phrasebook) -> Iterator[Block]:
    """Say what the tool's own proof found, the unfavourable too."""
    yield Heading(book.label("trust"), 3, "trust")
    told = trust_sentences(book)
    yield Paragraph(book.label("trust_note" if told else "trust_nothing"))
    for standing, sentences in told:
        yield Heading(book.label(f"trust_{standing}"), 4)
        yield Bullets(sentences)
