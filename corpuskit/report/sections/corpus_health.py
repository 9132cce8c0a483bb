"""Corpus health: the card of the corpus, every estimate and its formula, and the series behind them as pictures."""

from __future__ import annotations

from corpuskit.estimators import Estimate, Series
from corpuskit.report.blocks import Block, Details, Facts, Heading, Paragraph, Table
from corpuskit.report.contract import AuditReport
from corpuskit.report.explanation import how_computed
from corpuskit.report.formulas import formula_of
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.corpus_card import corpus_card
from corpuskit.report.sections.curves import written
from corpuskit.report.sections.estimates_table import estimates_folds
from corpuskit.report.sections.pictures import DRAWN, OF_TABLES, draw_series, in_pairs, tables_of_tasks
from corpuskit.report.sections.subjects import subject_name

MOST_ROWS = 20
"""Rows of a series that are shown; the others stand in report.json."""


def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
    """Give the card of the corpus, the tables of estimates, how each measure is computed, and one chart or table per series."""
    heading = Heading(book.label("corpus_health"), 2, "health")
    if not report.estimates:
        return heading, Paragraph(book.label("estimates_none"), "muted")
    blocks: list[Block] = [heading, *corpus_card(report, book), Heading(book.label("estimates"), 3, "estimates")]
    blocks += [Paragraph(book.label("corpus_health_note")), *estimates_folds(report.estimates, book)]
    return (*blocks, *_formulas(report, book), *_of_series(report, book))


def _formulas(report: AuditReport, book: Phrasebook) -> list[Block]:
    """Say how the numbers are computed: one fold for each formula, with the measures it holds for."""
    by_formula: dict[str, list[Estimate]] = {}
    for estimate in report.estimates:
        formula = formula_of(estimate.measure)
        by_formula.setdefault(estimate.measure if formula is None else formula.id, []).append(estimate)
    folds = tuple(
        Details(
            book.listed([book.measure(name) for name in dict.fromkeys(one.measure for one in estimates)]),
            (Facts(how_computed(estimates, book), wide=True),),
            anchor=f"formula-{name}",
            printed=False,
        )
        for name, estimates in by_formula.items()
    )
    # around them one fold more: on paper they would be a page of names
    every = Details(book.label("every_formula", n=len(folds)), folds, printed=False)
    return [Heading(book.label("formulas"), 3, "formulas"), Paragraph(book.label("formulas_note"), "muted"), every]


def _of_series(report: AuditReport, book: Phrasebook) -> list[Block]:
    """Draw the series that no page of a task shows, those of one subject together; what cannot be drawn is a table."""
    known = {estimate.id: estimate for estimate in report.estimates}
    shown = tables_of_tasks(report)
    places = {series.id: place for place, series in enumerate(report.series, start=1)}
    left = [series for series in report.series if series.rows and not (series.name in OF_TABLES and series.subject in shown)]
    left = [series for series in left if not (series.name == "confusions" and f"confusion_matrix@{series.subject}" in places)]
    blocks: list[Block] = []
    for subject in dict.fromkeys(series.subject for series in left):
        own = [series for series in left if series.subject == subject]
        drawn = sorted((series for series in own if series.name in DRAWN), key=lambda series: DRAWN.index(series.name))
        pictures = [block for series in drawn for block in draw_series(series, f"series-{places[series.id]}", known, None, book)]
        tables = [_table(series, f"series-{places[series.id]}", book) for series in own if series.name not in DRAWN]
        name, drawn_pairs = subject_name(subject, book), in_pairs(pictures)
        if subject.startswith(("labels:", "names:")):
            # what helps to decide stands on the page of the task: the rest is for looking up, in one fold
            unfolded = [block for fold in tables for block in (Heading(fold.summary, 4, fold.anchor), *fold.blocks)]
            blocks.append(Details(book.label("pictures_of", subject=name), (*drawn_pairs, *unfolded), printed=False))
        else:
            blocks += [Heading(name, 3, f"subject-{len(blocks) + 1}"), *drawn_pairs, *tables]
    return blocks


def _table(series: Series, anchor: str, book: Phrasebook) -> Details:
    """Show a series as a table; one that the language files do not name with the names it came with."""
    known = series.name in book.sentences["series"]
    words = book.series(series.name) if known else {"title": series.name, "text": "", "x": "", "y": ""}
    more = len(series.rows) - MOST_ROWS
    rest = [Paragraph(book.label("rows_more", n=more), "muted")] if more > 0 else []
    columns = tuple(words.get(f"column_{place}", name) for place, name in enumerate(series.columns, start=1))
    shown = series.rows[:MOST_ROWS]
    if series.name == "slice_error":
        shown = tuple((book.label(f"slice_{row[0]}"), *row[1:]) for row in shown)
    if series.name == "field_cues":
        shown = tuple((*row[:6], book.label(f"field_type_{row[6]}"), row[7], book.label(f"field_place_{row[8]}"), *row[9:]) for row in shown)
    rows = tuple(tuple(written(value) for value in row) for row in shown)
    numeric = tuple(index for index, value in enumerate(series.rows[0]) if not isinstance(value, str))
    text = [Paragraph(words["text"], "muted")] if words["text"] else []
    return Details(words["title"], (*text, Table("", columns, rows, numeric), *rest), anchor, printed=False)
