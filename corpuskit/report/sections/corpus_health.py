"""Corpus health: every estimate, and the series behind them as charts."""

from __future__ import annotations

from corpuskit.estimators import Series
from corpuskit.report.blocks import Block, Bullets, Chart, Details, Heading, Mark, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.estimates_table import estimates_table

MOST_ROWS = 20
"""Rows of a series that are shown; the others stand in report.json."""


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the table of estimates, what the measures mean, and one chart or table per series."""
    heading = Heading(book.label("corpus_health"), 2, "health")
    if not report.estimates:
        return heading, Paragraph(book.label("estimates_none"), "muted")
    blocks: list[Block] = [heading, Paragraph(book.label("corpus_health_note")), estimates_table(report.estimates, book)]
    explained = [f"{book.measure(name)}: {text}" for name in dict.fromkeys(item.measure for item in report.estimates) if (text := book.plain(name))]
    if explained:
        blocks.append(Details(book.label("measures_explained"), (Bullets(tuple(explained)),)))
    for place, series in enumerate(report.series, start=1):
        blocks += _series(series, f"series-{place}", book)
    return tuple(blocks)


def _series(series: Series, anchor: str, book: Phrasebook) -> list[Block]:
    """Draw a series by its name; one that the language files do not name is shown as the table it is."""
    if not series.rows:
        return []
    known = series.name in book.sentences["series"]
    words = book.series(series.name) if known else {"title": series.name, "text": "", "x": "", "y": ""}
    title = f"{words['title']} ({series.subject})"
    more = len(series.rows) - MOST_ROWS
    rest = [Paragraph(book.label("rows_more", n=more), "muted")] if more > 0 else []
    match series.name:
        case "spectrum":
            return [Chart("loglog", anchor, title, words["text"], points=_points(series), x_label=words["x"], y_label=words["y"])]
        case "coverage_growth" | "document_coverage_growth" | "sparsity_u_growth":
            return [Chart("line", anchor, title, words["text"], points=_points(series), x_label=words["x"], y_label=words["y"], percent=True)]
        case "vocabulary_growth" | "new_word_rate_growth":
            return [Chart("line", anchor, title, words["text"], points=_points(series), x_label=words["x"], y_label=words["y"])]
        case "label_error":
            marks = tuple(Mark(str(row[0]), float(row[1]), note=_note(row, book)) for row in series.rows[:MOST_ROWS])
            return [Chart("bars", anchor, title, words["text"], marks, x_label=words["x"], y_label=words["y"], percent=True), *rest]
    columns = tuple(words.get(f"column_{place}", name) for place, name in enumerate(series.columns, start=1))
    shown = series.rows[:MOST_ROWS]
    if series.name == "slice_error":
        shown = tuple((book.label(f"slice_{row[0]}"), *row[1:]) for row in shown)
    if series.name == "field_cues":
        shown = tuple((*row[:6], book.label(f"field_type_{row[6]}"), row[7], book.label(f"field_place_{row[8]}"), *row[9:]) for row in shown)
    rows = tuple(tuple(value if isinstance(value, str) else number(value) for value in row) for row in shown)
    numeric = tuple(index for index, value in enumerate(series.rows[0]) if not isinstance(value, str))
    text = [Paragraph(words["text"], "muted")] if words["text"] else []
    return [Heading(title, 4, anchor), *text, Table("", columns, rows, numeric), *rest]


def _note(row: tuple[str | int | float, ...], book: Phrasebook) -> str:
    """Write n and the interval of a bar, as far as the row has them."""
    told = [book.label("n_is", n=int(row[2]))] if len(row) > 2 else []
    return book.listed([*told, *([book.interval(float(row[3]), float(row[4]), "language_ambiguity")] if len(row) > 4 else [])])


def _points(series: Series) -> tuple[tuple[float, float], ...]:
    return tuple((float(row[0]), float(row[1])) for row in series.rows)
