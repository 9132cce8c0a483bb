"""Curves of one labelled table or one language: each with what it is read against, and in words what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from corpuskit.estimators import CONTEXT_TOLERANCE, Estimate, Series
from corpuskit.report.blocks import Block, Chart, Limit, Mark, Paragraph, Reach
from corpuskit.report.numbers import number
from corpuskit.report.phrasebook import Phrasebook

MOST_BARS = 20
"""Bars of one picture; the others stand in report.json."""

GROWTH = ("coverage_growth", "document_coverage_growth", "sparsity_u_growth", "vocabulary_growth", "new_word_rate_growth")
SHARES = ("coverage_growth", "document_coverage_growth", "sparsity_u_growth")


def growth(series: Series, anchor: str, book: Phrasebook) -> Chart:
    """Draw a spectrum or the growth of a measure."""
    words = book.series(series.name)
    kind = "loglog" if series.name == "spectrum" else "line"
    return Chart(
        kind,  # type: ignore[arg-type]  # one of the two
        anchor,
        words["title"],
        words["text"],
        points=tuple((float(row[0]), float(row[1])) for row in series.rows),
        x_label=words["x"],
        y_label=words["y"],
        percent=series.name in SHARES,
        narrow=True,
    )


def label_errors(series: Series, anchor: str, book: Phrasebook) -> Chart:
    """Draw the error of each label with its interval, where the series has one, as bars."""
    words = book.series(series.name)
    marks = tuple(
        Mark(
            str(row[0]),
            float(row[1]),
            low=float(row[3]) if len(row) > 4 else None,
            high=float(row[4]) if len(row) > 4 else None,
            note=book.label("n_is", n=int(row[2])) if len(row) > 2 else "",
        )
        for row in series.rows[:MOST_BARS]
    )
    more = len(series.rows) - MOST_BARS
    text = words["text"] + (book.label("sentence_joint") + book.label("rows_more", n=more) if more > 0 else "")
    return Chart("bars", anchor, words["title"], text, marks, x_label=words["x"], y_label=words["y"], percent=True, narrow=True)


def learning_curve(series: Series, anchor: str, book: Phrasebook, tolerance: float | None = None) -> Chart:
    """Draw the error after so many labels, the last point extrapolated to all messages."""
    words = book.series(series.name)
    last = series.rows[-1]
    told = book.label("learning_curve_shows", n=int(last[0]), error=float(last[1]))
    return replace(_of_errors(series, anchor, told, words), limit=_limit(tolerance, book))


def context_curve(series: Series, anchor: str, estimates: Mapping[str, Estimate], book: Phrasebook) -> Chart:
    """Draw the error after so many words with its band, the error at which a message counts as clear, and t*; or why there is no t*."""
    words = book.series(series.name)
    found = estimates.get(f"context_t_star@{series.subject}")
    reach, told = None, ""
    if found is not None and found.value is not None:
        low, high = found.interval or (None, None)
        words_needed = round(found.value, 1)  # of words, tenths are already more than anybody can use
        reach = Reach(found.value, low, high, book.label("t_star", words=words_needed))
        between = book.label("no_interval") if low is None or high is None else book.interval(round(low, 1), round(high, 1))
        told = book.label("context_curve_shows", words=words_needed, interval=between, n=found.n, tolerance=CONTEXT_TOLERANCE)
    elif found is not None:
        reason = found.undefined_because
        told = book.label("context_curve_without", reason=reason.text if reason is not None else "")
    clear = Limit(CONTEXT_TOLERANCE, book.label("clear_at", tolerance=CONTEXT_TOLERANCE))
    return replace(_of_errors(series, anchor, told, words), band=_band(series), limit=clear, reach=reach)


def risk_coverage(series: Series, anchor: str, tolerance: float | None, book: Phrasebook) -> Chart:
    """Draw the error of the clearest part of the messages with its band, against the tolerance of the task where it has one."""
    words = book.series(series.name)
    told = ""
    if tolerance is not None:
        within = [row for row in series.rows if float(row[3]) <= tolerance]
        if within:
            widest = max(within, key=lambda row: float(row[0]))
            share, high, n = float(widest[0]), float(widest[3]), int(widest[4])
            told = book.label("risk_coverage_shows", share=share, tolerance=tolerance, high=high, n=n)
            if share == 1:
                told = book.label("risk_coverage_all", tolerance=tolerance, high=high, n=n)
        else:
            told = book.label("risk_coverage_never", tolerance=tolerance)
    return replace(_of_errors(series, anchor, told, words), band=_band(series), percent_x=True, limit=_limit(tolerance, book))


def _of_errors(series: Series, anchor: str, told: str, words: Mapping[str, str]) -> Chart:
    """Draw an error rate over the first column; what the curve shows stands below it, what it is with its data."""
    return Chart(
        "line",
        anchor,
        words["title"],
        told or words["text"],
        about=words["text"] if told else "",
        points=tuple((float(row[0]), float(row[1])) for row in series.rows),
        x_label=words["x"],
        y_label=words["y"],
        percent=True,
        narrow=True,
    )


def _band(series: Series) -> tuple[tuple[float, float, float], ...]:
    return tuple((float(row[0]), float(row[2]), float(row[3])) for row in series.rows if len(row) > 3)


RECALLS = (
    "retrieval_recall_1",
    "retrieval_recall_5",
    "retrieval_recall_10",
    "retrieval_recall_by_cooccurrence",
    "retrieval_recall_without_cue_words",
    "retrieval_recall_of_questions",
    "retrieval_recall_of_titles",
)


def retrieval_recall(series: Series, anchor: str, estimates: Mapping[str, Estimate], book: Phrasebook) -> list[Block]:
    """Draw how often the own section is found, each with its interval; what is undefined is told in words below the picture."""
    found = [estimates[id] for name in RECALLS if (id := f"{name}@{series.subject}") in estimates]
    if not found:
        return []
    words = book.series(series.name)
    marks = tuple(_recall(one, book) for one in found if one.value is not None)
    blocks: list[Block] = []
    if marks:
        blocks.append(Chart("dots", anchor, words["title"], words["text"], marks, x_label=book.label("share_found"), percent=True))
    blocks += [Paragraph(f"{book.measure(one.measure)}: {book.estimate(one)}", "muted") for one in found if one.value is None]
    return blocks


def _recall(one: Estimate, book: Phrasebook) -> Mark:
    low, high = one.interval or (None, None)
    return Mark(book.measure(one.measure), one.value, low, high, note=book.label("n_is", n=one.n))


def _limit(tolerance: float | None, book: Phrasebook) -> Limit | None:
    return None if tolerance is None else Limit(tolerance, book.label("tolerance_line", tolerance=book.percent(tolerance)))


def written(value: str | int | float) -> str:
    """Write a cell of a series."""
    return value if isinstance(value, str) else number(value)
