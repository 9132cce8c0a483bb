"""What the report rests on: what was seen, by which run, and the files that were not read."""

from __future__ import annotations

from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.coverage import listed_sources, name_of, unseen
from corpuskit.report.sections.section import verdict
from corpuskit.report.tables.table import Cell, Column, DataTable, day


def overview(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give the verdict, what was seen before any score, the run, and how to read the other tables."""
    corpus, run = report.corpus, report.run
    languages = book.listed([f"{name_of('language', code, book)} {count}" for code, count in corpus.languages.items()])
    facts: tuple[tuple[str, Cell], ...] = (
        ("subject", corpus.root),
        *((("sources", listed_sources(report, book)),) if corpus.sources else ()),
        ("verdict", f"{verdict(report.summary.verdict, book)}: {report.summary.sentence.text}"),
        ("files_found", corpus.files_found),
        ("files_read", corpus.files_read),
        ("unseen", unseen(report, book)),
        ("documents", corpus.documents),
        ("languages", languages),
        ("oldest", day(corpus.oldest or "") or book.label("no_date")),
        ("newest", day(corpus.newest or "") or book.label("no_date")),
        ("audited_on", day(run.started_at[:10])),
        ("run", run.id),
        ("tool", f"{report.tool.name} {report.tool.version}"),
        ("seed", run.seed),
        ("config_digest", run.config_digest),
        ("about_suitability", book.label("export_note_suitability")),
        ("about_intervals", book.label("export_note_intervals")),
        ("about_empty", book.label("export_note_empty")),
        ("about_limits", book.label("standing_sentence")),
        ("about_law", book.label("not_legal_advice")),
    )
    rows = tuple((book.label(f"overview_{name}"), value) for name, value in facts)
    return DataTable("overview", (Column("what"), Column("content", widths=(40, 90))), rows)


def skipped_files(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give every file that was found and not read, why, and what to do. Readers tell their detail in English."""
    rows = tuple(
        (item.path, item.code, name_of("skipped", item.code, book), name_of("skipped_do", item.code, book), item.reason)
        for item in report.corpus.files_skipped
    )
    columns = ("file", "code", "reason", "to_do", "detail")
    return DataTable("skipped_files", tuple(Column(name, widths=(7, 60 if name == "file" else 40)) for name in columns), rows)
