"""The data of a chart as a table, for readers who do not see pictures and formats that have none."""

from __future__ import annotations

from corpuskit.report.blocks import Chart, Table
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
    columns = (chart.x_label or book.label("column_x"), chart.y_label or book.label("column_y"))
    return Table("", columns, tuple((number(x), written(y)) for x, y in chart.points), (0, 1))
