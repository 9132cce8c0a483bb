"""The card of the corpus, after data cards (Pushkarna and others 2022): what was collected, what is missing, for what it may serve, which version."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Facts, Heading
from corpuskit.report.contract import AuditReport
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import name_of, unseen

MOST_FORMATS = 6
"""Formats named; a folder has a handful that matter."""


def corpus_card(report: AuditReport, book: Phrasebook) -> list[Block]:
    """Give the card."""
    corpus, run = report.corpus, report.run
    formats = sorted(corpus.formats.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} {number(count)}" for name, count in formats[:MOST_FORMATS]]
    if len(formats) > MOST_FORMATS:
        shown.append(book.label("further_formats", n=len(formats) - MOST_FORMATS))
    dates = book.label("coverage_no_dates")
    if corpus.oldest and corpus.newest:
        dates = book.label("card_dates_told", oldest=corpus.oldest, newest=corpus.newest, n=corpus.dated)
    analysers = [
        f"{name_of('language', language, book)}: {' '.join(part for part in (info.name, info.version, info.mode, info.dictionary_version) if part)}"
        for language, info in run.tokenizers.items()
    ]
    copies = book.label("card_copies_told", exact=corpus.exact_duplicate_groups, near=corpus.near_duplicate_groups)
    short = (
        ("card_name", corpus.root),
        ("card_size", book.label("card_size_told", documents=corpus.documents, tokens=corpus.tokens, types=corpus.types)),
        ("column_language", book.listed([f"{name_of('language', code, book)} {number(count)}" for code, count in corpus.languages.items()])),
        ("card_formats", book.listed(shown)),
        ("card_dates", dates),
        ("card_copies", copies),
        ("card_personal", _personal(report, book)),
        ("card_owner", book.label("to_be_filled_in")),
    )
    long = (
        ("card_missing", unseen(report, book)),
        ("card_use", book.label("corpus_use")),
        ("card_other_use", book.label("corpus_other_use")),
        ("card_version", book.label("card_version_told", id=run.id, digest=run.config_digest, tool=f"{report.tool.name} {report.tool.version}")),
        ("analysers", book.listed(analysers)),
    )
    return [
        Heading(book.label("corpus_card"), 3, "corpus-card"),
        Facts(tuple((book.label(key), value or book.label("none")) for key, value in short)),
        Facts(tuple((book.label(key), value) for key, value in long if value), wide=True),
    ]


def _personal(report: AuditReport, book: Phrasebook) -> str:
    """Say which kinds of personal data and secrets were found: their numbers stand with the findings."""
    kinds = [finding.id.partition("@")[2] for finding in report.findings if finding.code.startswith("personal_") and "@" in finding.id]
    named = [book.label(f"personal_{kind}") for kind in kinds if book.has_label(f"personal_{kind}")]
    return book.listed(list(dict.fromkeys(named))) or book.label("card_personal_none")
