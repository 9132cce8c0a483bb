"""What the command line prints after an audit: coverage before any score, the verdict, the ranked tasks."""

from __future__ import annotations

from collections import Counter

from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import phrasebook
from corpuskit.report.sections.coverage import listed_sources, unseen
from corpuskit.report.sections.ranking import MOST_TASKS
from corpuskit.report.sections.section import in_order, suitability, task_name, verdict


def outcome_lines(report: AuditReport) -> tuple[list[str], tuple[str, ...], list[tuple[str, ...]]]:
    """Give lines of text, and the column headings and rows of a table (no rows where no task was found).

    The report must be localised; it is told in its own language (``run.language``).
    """
    book = phrasebook(report.run.language)
    corpus, summary = report.corpus, report.summary
    levels = Counter(finding.level for finding in report.findings)
    languages = book.listed(
        [f"{book.label(f'language_{code}') if book.has_label(f'language_{code}') else code} {n}" for code, n in corpus.languages.items()]
    )
    lines = [
        book.label(
            "coverage_files",
            read=corpus.files_read,
            found=corpus.files_found,
            documents=corpus.documents,
            tokens=corpus.tokens,
            types=corpus.types,
            languages=languages or book.label("none"),
        ),
        *((book.label("coverage_sources", sources=listed_sources(report, book)),) if corpus.sources else ()),
        unseen(report, book),
        f"{verdict(summary.verdict, book)}: {summary.sentence.text}",
        book.label("outcome_findings", errors=levels["error"], warnings=levels["warning"], notes=levels["note"]),
    ]
    tasks = in_order(report.tasks)[:MOST_TASKS]
    rows: list[tuple[str, ...]] = [
        (
            "-" if task.rank is None else str(task.rank),
            task_name(task, book),
            verdict(task.verdict, book),
            suitability(task, book),
            task.grade or "-",
            task.tier,
            task.next_step.text,
        )
        for task in tasks
    ]
    columns = tuple(book.label(f"column_{name}") for name in ("rank", "task", "verdict", "suitability", "grade", "tier", "next_step"))
    return [*lines, *(["", book.label("outcome_wrote")] if rows else [])], columns, rows
