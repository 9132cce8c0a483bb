"""Estimates as tables, one for each subject: value, interval, n, unit, grade, method and reference, each beside the other."""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.estimators import Estimate
from corpuskit.report.blocks import Details, Table
from corpuskit.report.formulas import formula_of
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.subjects import subject_name

COLUMNS = ("measure", "estimate", "interval", "n", "grade", "method", "reference")


def estimates_tables(estimates: Sequence[Estimate], book: Phrasebook) -> tuple[Table, ...]:
    """Give one table per subject, named in words and by its id, in the order in which subjects first come.

    One row per estimate; an undefined one prints its reason where the value would stand.
    """
    by_subject: dict[str, list[Estimate]] = {}
    for estimate in estimates:
        by_subject.setdefault(estimate.subject, []).append(estimate)
    columns = tuple(book.label(f"column_{name}") for name in COLUMNS)
    return tuple(
        Table(_caption(subject, book), columns, tuple(_row(one, book) for one in own), links=_links(own, book)) for subject, own in by_subject.items()
    )


def _links(estimates: Sequence[Estimate], book: Phrasebook) -> tuple[tuple[str, str], ...]:
    """Lead from each measure to its formula."""
    found = {book.measure(one.measure): formula.id for one in estimates if (formula := formula_of(one.measure)) is not None}
    return tuple((name, f"formula-{id}") for name, id in found.items())


def estimates_folds(estimates: Sequence[Estimate], book: Phrasebook) -> tuple[Details, ...]:
    """Give each of the tables behind a fold; they are for looking up, on screen and in the files for machines, and not printed."""
    return tuple(
        Details(book.label("estimates_of", subject=table.caption, n=len(table.rows)), (table,), printed=False)
        for table in estimates_tables(estimates, book)
    )


def _caption(subject: str, book: Phrasebook) -> str:
    name = subject_name(subject, book)
    return name if name == subject else book.label("subject_with_id", name=name, id=subject)


def _row(estimate: Estimate, book: Phrasebook) -> tuple[str, ...]:
    return (
        book.measure(estimate.measure),
        book.estimate(estimate),
        _interval(estimate, book),
        f"{number(estimate.n)} {book.unit(estimate.unit)}",
        estimate.grade,
        book.method(estimate.method),
        estimate.reference,
    )


def _interval(estimate: Estimate, book: Phrasebook) -> str:
    if estimate.value is None:
        return book.label("not_applicable")
    if estimate.interval is None:
        return book.label("no_interval")
    level = f" [{book.percent(estimate.level)}]" if estimate.level is not None else ""
    return book.interval(*estimate.interval, estimate.measure) + level
