"""Estimates as a table: value, interval, n, unit, grade, method and reference, each beside the other."""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.estimators import Estimate
from corpuskit.report.blocks import Table
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook

COLUMNS = ("measure", "subject", "estimate", "interval", "n", "grade", "method", "reference")


def estimates_table(estimates: Sequence[Estimate], book: Phrasebook, caption: str = "") -> Table:
    """Give one row per estimate; an undefined one prints its reason where the value would stand."""
    rows = []
    for estimate in estimates:
        defined = estimate.value is not None
        if not defined:
            interval = book.label("not_applicable")
        elif estimate.interval is None:
            interval = book.label("no_interval")
        else:
            level = f" [{book.percent(estimate.level)}]" if estimate.level is not None else ""
            interval = book.interval(*estimate.interval, estimate.measure) + level
        rows.append(
            (
                book.measure(estimate.measure),
                estimate.subject,
                book.estimate(estimate),
                interval,
                f"{number(estimate.n)} {book.unit(estimate.unit)}",
                estimate.grade,
                estimate.method,
                estimate.reference,
            )
        )
    return Table(caption, tuple(book.label(f"column_{name}") for name in COLUMNS), tuple(rows))
