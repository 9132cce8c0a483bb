"""Heat maps of one labelled table, and the map of tasks by ambiguity and volume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpuskit.estimators import Estimate, Series
from corpuskit.report.blocks import Block, Chart, Grid, Mark, Paragraph
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import task_name
from corpuskit.tasks import TaskAssessment

MOST_PAIRS = 3
"""Pairs of labels that are named; the others stand in the picture."""

AMBIGUITIES = ("language_ambiguity", "retrieval_ambiguity", "field_ambiguity")
"""Measures of ambiguity a task may rest on, the first that it has being the one drawn."""


def grid_of(series: Series, diagonal: bool = False) -> Grid:
    """Read a series of (row, column, count) that holds every cell of a grid, in the order of its rows."""
    rows = tuple(dict.fromkeys(str(row[0]) for row in series.rows))
    columns = tuple(dict.fromkeys(str(row[1]) for row in series.rows))
    counts = {(str(row[0]), str(row[1])): float(row[2]) for row in series.rows}
    return Grid(rows, columns, tuple(tuple(counts.get((row, column), 0.0) for column in columns) for row in rows), diagonal)


def confusion_map(series: Series, anchor: str, book: Phrasebook) -> Block:
    """Draw which labels are taken for which, the worst pairs named; where none is, say so instead."""
    words = book.series(series.name)
    n = sum(int(row[2]) for row in series.rows)
    wrong = sorted((row for row in series.rows if row[0] != row[1] and row[2]), key=lambda row: (-float(row[2]), str(row[0]), str(row[1])))
    if not wrong:
        return Paragraph(book.label("confusions_none", title=words["title"], n=n), "muted")
    pairs = book.listed([book.label("confused_pair", label=row[0], taken_for=row[1], count=int(row[2])) for row in wrong[:MOST_PAIRS]])
    told = book.label("confusions_show", pairs=pairs, n=n, wrong=sum(int(row[2]) for row in wrong))
    grid = grid_of(series, diagonal=True)
    return Chart("heat", anchor, words["title"], told, about=words["text"], grid=grid, x_label=words["x"], y_label=words["y"], narrow=True)


def word_map(series: Series, anchor: str, book: Phrasebook) -> Chart:
    """Draw which words go with which label, with the share of empty cells in words."""
    words = book.series(series.name)
    empty = sum(not row[2] for row in series.rows)
    told = book.label("label_words_show", empty=empty, cells=len(series.rows), share=empty / max(len(series.rows), 1))
    return Chart("heat", anchor, words["title"], told, about=words["text"], grid=grid_of(series), x_label=words["x"], y_label=words["y"], narrow=True)


def volume_map(tasks: Sequence[TaskAssessment], estimates: Mapping[str, Estimate], book: Phrasebook) -> list[Block]:
    """Draw ambiguity against volume for the tasks that have both, and name those that are missing and why."""
    marks, no_volume, no_ambiguity = [], [], []
    for task in tasks:
        ambiguity = _ambiguity(task, estimates)
        volume = task.volume.value if task.volume is not None else None
        if ambiguity is None:
            no_ambiguity.append(task_name(task, book))
        elif volume is None or volume <= 0:
            no_volume.append(task_name(task, book))
        else:
            low, high = ambiguity.interval or (None, None)
            note = book.listed(
                [book.measure(ambiguity.measure), f"{book.label('column_grade')} {ambiguity.grade}", book.label("n_is", n=ambiguity.n)]
            )
            marks.append(Mark(task_name(task, book), ambiguity.value, low, high, note=note, x=volume))
    blocks: list[Block] = []
    if marks:
        blocks.append(
            Chart(
                "scatter",
                "chart-volume",
                book.label("volume_chart"),
                book.label("volume_chart_text"),
                tuple(marks),
                x_label=book.label("volume_axis"),
                y_label=book.label("ambiguity_axis"),
                percent=True,
            )
        )
    told = [
        book.label(key, n=len(names), tasks=book.listed(names))
        for key, names in (("without_volume", no_volume), ("without_ambiguity", no_ambiguity))
        if names
    ]
    if told:
        blocks.append(Paragraph(book.label("sentence_joint").join(told), "muted"))
    return blocks


def _ambiguity(task: TaskAssessment, estimates: Mapping[str, Estimate]) -> Estimate | None:
    named = [estimates[id] for id in task.estimates if id in estimates]
    for measure in AMBIGUITIES:
        for estimate in named:
            if estimate.measure == measure and estimate.value is not None:
                return estimate
    return None
