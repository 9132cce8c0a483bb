"""What was predicted and what pilots measured: the tool's own hit rate, in every report."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.track_record import PilotOutcome, TrackRecord

COLUMNS = ("task", "system", "evaluated_on", "tolerance", "measured", "decision", "predicted_error", "predicted")
FEW = 10
"""Pilots below which a hit rate says little; because the exact interval of nine hits in nine still reaches down to two thirds."""


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the hit rate with its interval, or the sentence that nothing has been held against a pilot yet, then each pilot."""
    blocks: list[Block] = [Heading(book.label("track_record"), 2, "track_record"), Paragraph(_sentence(report.track_record, book))]
    if report.pilots:
        columns = tuple(book.label(f"track_column_{name}") for name in COLUMNS)
        names = {task.id: task.name.get(book.language) or task.id for task in report.tasks}
        blocks.append(Table(book.label("track_caption"), columns, tuple(_row(outcome, names, book) for outcome in report.pilots)))
    return tuple(blocks)


def _sentence(record: TrackRecord | None, book: Phrasebook) -> str:
    if record is None:
        return book.label("track_nothing")
    (low, high), (kept_low, kept_high) = record.hit_interval, record.kept_interval
    said = book.label("track_hits", hits=record.hits, pilots=record.pilots, rate=record.hit_rate, low=low, high=high)
    said += book.label("track_calibration", mean=record.mean_suitability, kept=record.kept_share, low=kept_low, high=kept_high)
    if record.errors:
        said += book.label("track_inside", inside=record.inside, errors=record.errors)
    return said + (book.label("track_few", few=FEW) if record.pilots < FEW else "")


def _row(outcome: PilotOutcome, names: dict[str, str], book: Phrasebook) -> tuple[str, ...]:
    prediction = outcome.prediction
    none = book.label("not_applicable")
    predicted = predicted_error = none
    if prediction is not None:
        suitability = none if prediction.suitability is None else book.probability(prediction.suitability)
        predicted = book.label("track_predicted", verdict=prediction.verdict, suitability=suitability, day=prediction.made_on)
        if prediction.error is not None:
            predicted_error = _with_interval(prediction.error, prediction.error_interval, book)
    return (
        names.get(outcome.task, outcome.task),
        outcome.system,
        outcome.evaluated_on or none,
        book.percent(outcome.tolerance),
        book.label("track_measured", error=_with_interval(outcome.value, outcome.interval, book), n=outcome.n),
        outcome.decision,
        predicted_error,
        predicted,
    )


def _with_interval(value: float, interval: tuple[float, float] | None, book: Phrasebook) -> str:
    written = book.percent(value)
    return f"{written} ({book.between(book.percent(interval[0]), book.percent(interval[1]))})" if interval is not None else written
