"""The index of all audits: one page that lists them, follows their headline numbers, and links to their reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from corpuskit.report.blocks import Block, Chart, Columns, Heading, Paragraph, Report, Table
from corpuskit.report.phrasebook import Language, Phrasebook, phrasebook
from corpuskit.report.sections.section import SIGNS
from corpuskit.tasks import Verdict

FOLLOWED = ("coverage_of_new_documents", "language_ambiguity", "retrieval_ambiguity", "template_share")
"""Measures that are followed, because they are what suitabilities and tiers rest on."""
MOST_CHARTS = 8
"""Charts of one audited folder; because more are not compared at a glance."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A number of one audit: value and interval, None where there is none."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class IndexEntry:
    """One audit.

    Attributes
    ----------
    root : str
        What was audited.
    started_at : str
    verdict : Verdict
    ready : int
        Tasks to start, with conditions or without.
    findings : mapping of str to int
        Number by level.
    alarms : int or None
        Of the comparison with the audit before; None where there was none.
    pages : mapping of str to str
        Language to the name of the HTML file beside the index; empty where none was written or it is gone.
    numbers : mapping of str to Followed
        By the id of an estimate, or ``suitability@<task>``.
    """

    root: str
    started_at: str
    verdict: Verdict
    ready: int
    findings: Mapping[str, int]
    alarms: int | None
    pages: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Followed] = field(default_factory=dict)


def index_page(entries: Sequence[IndexEntry], language: Language) -> Report:
    """Lay out the index, the folder that was audited last first.

    Parameters
    ----------
    entries : sequence of IndexEntry
        Oldest first.
    language : {"en", "ja"}
    """
    book = phrasebook(language)
    by_root: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        by_root.setdefault(entry.root, []).append(entry)
    blocks: list[Block] = [Heading(book.label("index_title"), 1, "top"), Paragraph(book.label("index_note", n=len(entries)), "muted")]
    for place, (root, audits) in enumerate(sorted(by_root.items(), key=lambda item: item[1][-1].started_at, reverse=True), start=1):
        blocks += [Heading(root, 2, f"folder-{place}"), _table(audits, language, book)]
        charts = list(_charts(audits, place, book))
        blocks += [Columns(tuple((chart,) for chart in charts[start : start + 2])) for start in range(0, len(charts), 2)]
        if len(audits) == 1:
            blocks.append(Paragraph(book.label("index_one"), "muted"))
    return Report(language, book.label("index_title"), tuple(blocks))


def _table(audits: Sequence[IndexEntry], language: Language, book: Phrasebook) -> Table:
    """List the audits, the newest first; the time leads to the report."""
    rows, links = [], []
    for audit in reversed(audits):
        time = audit.started_at[:16].replace("T", " ")
        page = audit.pages.get(language) or next(iter(audit.pages.values()), "")
        if page:
            links.append((time, f"./{page}"))
        counts = tuple(str(audit.findings.get(level, 0)) for level in ("error", "warning", "note"))
        alarms = book.label("not_applicable") if audit.alarms is None else str(audit.alarms)
        rows.append((time, f"{SIGNS[audit.verdict]} {book.label(f'verdict_{audit.verdict}')}", str(audit.ready), *counts, alarms))
    columns = tuple(book.label(f"index_column_{name}") for name in ("time", "verdict", "ready", "error", "warning", "note", "alarms"))
    return Table(book.label("index_caption"), columns, tuple(rows), (2, 3, 4, 5, 6), tuple(links))


def _charts(audits: Sequence[IndexEntry], place: int, book: Phrasebook) -> Iterator[Chart]:
    """Draw each number that at least two audits have, those of the newest audit first."""
    first = datetime.fromisoformat(audits[0].started_at)
    ids = [id for id in audits[-1].numbers if sum(id in audit.numbers for audit in audits) > 1]
    for number, id in enumerate(ids[:MOST_CHARTS], start=1):
        held = [(_days(first, audit), audit.numbers[id]) for audit in audits if id in audit.numbers]
        measure, _, subject = id.partition("@")
        name = book.label("index_suitability", task=subject) if measure == "suitability" else f"{book.measure(measure)} ({subject})"
        band = tuple((x, one.low, one.high) for x, one in held if one.low is not None and one.high is not None)
        yield Chart(
            "line",
            f"trend-{place}-{number}",
            name,
            book.label("index_chart", n=len(held)),
            points=tuple((x, one.value) for x, one in held),
            x_label=book.label("index_days", date=f"{first:%Y-%m-%d}"),
            percent=True,
            band=band if len(band) == len(held) else (),
            narrow=True,
        )


def _days(first: datetime, audit: IndexEntry) -> float:
    """Give the days since the first audit, to the hour."""
    return round((datetime.fromisoformat(audit.started_at) - first).total_seconds() / 86_400, 2)
