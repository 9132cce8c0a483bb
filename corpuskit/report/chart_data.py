"""The data of a chart as a table, for readers who do not see pictures and formats that have none."""

from __future__ import annotations

from collections.abc import Callable

from corpuskit.report.blocks import Chart, Grid, Table
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook


def chart_table(chart: Chart, book: Phrasebook) -> Table:
    """Give the marks or points of a chart as rows; a mark without a value says so."""

    def written(value: float | None) -> str:
        if value is None:
            return book.label("not_applicable")
        if chart.probability:
            return book.probability(value)
        return book.percent(value) if chart.percent else number(value)

    if chart.kind in ("dots", "bars"):
        rows = tuple(
            (mark.label, book.label("no_value") if mark.value is None else written(mark.value), written(mark.low), written(mark.high), mark.note)
            for mark in chart.marks
        )
        kept = [index for index in range(5) if index < 2 or any(row[index] not in ("", book.label("not_applicable")) for row in rows)]
        columns = tuple(book.label(f"column_{name}") for name in ("label", "estimate", "low", "high", "note"))
        return Table(
            "",
            tuple(columns[index] for index in kept),
            tuple(tuple(row[index] for index in kept) for row in rows),
            tuple(place for place, index in enumerate(kept) if index in (1, 2, 3)),
        )
    if chart.kind == "scatter":
        return _of_points(chart, book, written)
    if chart.kind == "heat":
        grid = chart.grid or Grid((), (), ())
        cells = tuple((name, *(number(value) for value in row)) for name, row in zip(grid.rows, grid.cells, strict=True))
        corner = f"{chart.y_label} / {chart.x_label}" if chart.y_label and chart.x_label else book.label("column_label")
        return Table("", (corner, *grid.columns), cells, tuple(range(1, len(grid.columns) + 1)))
    columns = (chart.x_label or book.label("column_x"), chart.y_label or book.label("column_y"))
    band = {x: (low, high) for x, low, high in chart.band}

    def across(value: float) -> str:
        return book.percent(value) if chart.percent_x else number(value)

    if not band:
        return Table("", columns, tuple((across(x), written(y)) for x, y in chart.points), (0, 1))
    with_ends = (*columns, book.label("column_low"), book.label("column_high"))
    lines = tuple((across(x), written(y), *(written(end) for end in band.get(x, (None, None)))) for x, y in chart.points)
    return Table("", with_ends, lines, (0, 1, 2, 3))


def _of_points(chart: Chart, book: Phrasebook, written: Callable[[float | None], str]) -> Table:
    columns = (
        book.label("column_label"),
        chart.x_label,
        chart.y_label,
        book.label("column_low"),
        book.label("column_high"),
        book.label("column_note"),
    )
    rows = tuple(
        (
            mark.label,
            book.label("no_value") if mark.x is None else number(mark.x),
            written(mark.value),
            written(mark.low),
            written(mark.high),
            mark.note,
        )
        for mark in chart.marks
    )
    return Table("", columns, rows, (1, 2, 3, 4))
