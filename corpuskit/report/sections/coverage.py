"""The coverage line: what was seen and what was not, before any score."""

from __future__ import annotations

from collections import Counter

from corpuskit.report.blocks import Block, Heading, Paragraph
from corpuskit.report.contract import AuditReport
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give files read of files found, sizes, languages, dates, and what was not seen and why."""
    corpus = report.corpus
    languages = book.listed([f"{name_of('language', code, book)} {number(count)}" for code, count in corpus.languages.items()])
    parts = [
        book.label(
            "coverage_files",
            read=corpus.files_read,
            found=corpus.files_found,
            documents=corpus.documents,
            tokens=corpus.tokens,
            types=corpus.types,
            languages=languages or book.label("none"),
        )
    ]
    if corpus.sources:
        parts.append(book.label("coverage_sources", sources=listed_sources(report, book)))
    if corpus.oldest and corpus.newest:
        parts.append(book.label("coverage_dates", n=corpus.dated, oldest=corpus.oldest, newest=corpus.newest))
    else:
        parts.append(book.label("coverage_no_dates"))
    parts.append(unseen(report, book))
    if corpus.near_duplicate_groups:
        parts.append(book.label("coverage_duplicates", groups=corpus.near_duplicate_groups))
    if corpus.exact_duplicate_groups:
        parts.append(book.label("coverage_exact_duplicates", groups=corpus.exact_duplicate_groups))
    if corpus.documents_removed or corpus.lines_removed:
        parts.append(book.label("coverage_removed", documents=corpus.documents_removed, lines=corpus.lines_removed))
    return Heading(book.label("coverage"), 2, "coverage"), Paragraph(book.label("sentence_joint").join(parts))


def listed_sources(report: AuditReport, book: Phrasebook) -> str:
    """List the sources of the corpus, each with its files."""
    return book.listed(
        [
            book.label(
                "coverage_source_left_out" if source.files_left_out else "coverage_source",
                name=source.name,
                place=source.place,
                read=source.files_read,
                found=source.files_found,
                left_out=source.files_left_out,
            )
            for source in report.corpus.sources
        ]
    )


def unseen(report: AuditReport, book: Phrasebook) -> str:
    """Say how many files were not read, by reason."""
    if not report.corpus.files_skipped:
        return book.label("coverage_all_seen")
    reasons = Counter(item.code for item in report.corpus.files_skipped)
    told = [f"{name_of('skipped', code, book)} {number(count)}" for code, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))]
    return book.label("coverage_unseen", n=len(report.corpus.files_skipped), reasons=book.listed(told))


def name_of(kind: str, code: str, book: Phrasebook) -> str:
    """Give the label of a code, or the code where the language file does not know it."""
    key = f"{kind}_{code}"
    return book.label(key) if book.has_label(key) else code
