"""The estimates, one row each, with all that a number needs to be trusted or distrusted."""

from __future__ import annotations

from corpuskit.estimators import Estimate
from corpuskit.report.contract import AuditReport
from corpuskit.report.numbers import FRACTIONS
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.tables.table import Cell, Column, DataTable, Share

COLUMNS = (
    Column("measure"),
    Column("measured_on"),
    Column("value", "number"),
    Column("low", "number"),
    Column("high", "number"),
    Column("confidence", "number"),
    Column("no_value_because"),
    Column("n", "integer"),
    Column("unit"),
    Column("grade"),
    Column("method"),
    Column("reference"),
    Column("id"),
)


def estimates(report: AuditReport, book: Phrasebook) -> DataTable:
    """Give every estimate; one without a value says why, one without an interval leaves its ends empty and says so in its method."""
    return DataTable("estimates", COLUMNS, tuple(_row(estimate, book) for estimate in report.estimates), len(COLUMNS) - 1)


def _row(estimate: Estimate, book: Phrasebook) -> tuple[Cell, ...]:
    low, high = estimate.interval or (None, None)
    because = estimate.undefined_because
    return (
        book.measure(estimate.measure),
        estimate.subject,
        _quantity(estimate.value, estimate.measure),
        _quantity(low, estimate.measure),
        _quantity(high, estimate.measure),
        None if estimate.level is None or estimate.interval is None else Share(estimate.level),
        "" if because is None else because.text or book.message(because),
        estimate.n,
        book.unit(estimate.unit),
        estimate.grade,
        book.method(estimate.method),
        estimate.reference,
        estimate.id,
    )


def _quantity(value: float | None, measure: str) -> float | None:
    return Share(value) if value is not None and measure in FRACTIONS and -1 <= value <= 1 else value
