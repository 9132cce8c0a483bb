"""Which series are drawn, how, and where: those of a labelled table on the page of the task that rests on it, all others with corpus health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpuskit.estimators import Estimate, Series
from corpuskit.report.blocks import Block, Chart, Columns, Heading
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.curves import GROWTH, context_curve, growth, label_errors, learning_curve, retrieval_recall, risk_coverage
from corpuskit.report.sections.maps import confusion_map, word_map
from corpuskit.report.sections.section import in_order
from corpuskit.report.sections.subjects import subject_name

OF_TABLES = ("confusion_matrix", "label_words", "context_curve", "risk_coverage")
"""Series of a labelled table that stand on the page of its task, in the order in which they are drawn."""

DRAWN = ("spectrum", *GROWTH, *OF_TABLES, "label_error", "learning_curve", "retrieval_recall")


def tables_of_tasks(report: AuditReport) -> dict[str, str]:
    """Give the labelled tables that tasks rest on, each with the id of the first of its tasks."""
    first: dict[str, str] = {}
    for task in in_order(report.tasks):
        for id in task.estimates:
            subject = id.partition("@")[2]
            if subject.startswith("labels:"):
                first.setdefault(subject, task.id)
    return first


def pictures_of_task(report: AuditReport, task_id: str, anchor: str, tolerance: float | None, book: Phrasebook) -> list[Block]:
    """Draw the tables of a task, two pictures beside each other; nothing for one whose tables stand on the page of another."""
    known = {estimate.id: estimate for estimate in report.estimates}
    blocks: list[Block] = []
    for place, subject in enumerate((subject for subject, first in tables_of_tasks(report).items() if first == task_id), start=1):
        by_name = {series.name: series for series in report.series if series.subject == subject and series.rows}
        drawn = [
            block for name in OF_TABLES if name in by_name for block in draw_series(by_name[name], f"{anchor}-{place}-{name}", known, tolerance, book)
        ]
        if drawn:
            blocks += [Heading(book.label("pictures_of", subject=subject_name(subject, book)), 4), *in_pairs(drawn)]
    return blocks


def draw_series(series: Series, anchor: str, known: Mapping[str, Estimate], tolerance: float | None, book: Phrasebook) -> list[Block]:
    """Draw one series of :data:`DRAWN`."""
    match series.name:
        case "confusion_matrix":
            return [confusion_map(series, anchor, book)]
        case "label_words":
            return [word_map(series, anchor, book)]
        case "context_curve":
            return [context_curve(series, anchor, known, book)]
        case "risk_coverage":
            return [risk_coverage(series, anchor, tolerance, book)]
        case "label_error":
            return [label_errors(series, anchor, book)]
        case "learning_curve":
            return [learning_curve(series, anchor, book, tolerance)]
        case "retrieval_recall":
            return retrieval_recall(series, anchor, known, book)
    return [growth(series, anchor, book)]


def in_pairs(blocks: Sequence[Block]) -> list[Block]:
    """Set narrow charts two by two beside each other; everything else keeps its place after the charts before it."""
    made: list[Block] = []
    waiting: list[Chart] = []
    for block in blocks:
        if isinstance(block, Chart) and block.narrow:
            waiting.append(block)
        else:
            made += [*_paired(waiting), block]
            waiting = []
    return [*made, *_paired(waiting)]


def _paired(charts: Sequence[Chart]) -> list[Block]:
    pairs = [charts[place : place + 2] for place in range(0, len(charts), 2)]
    # one alone keeps half of the width: at full width its letters would be larger than those of the text
    return [Columns(((pair[0],), tuple(pair[1:]))) for pair in pairs]
