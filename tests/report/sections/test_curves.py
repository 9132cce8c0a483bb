import pytest

from corpuskit.estimators import CONTEXT_TOLERANCE, Estimate, Series, computed
from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Chart, Paragraph
from corpuskit.report.sections.curves import (
    GROWTH,
    MOST_BARS,
    context_curve,
    growth,
    label_errors,
    learning_curve,
    retrieval_recall,
    risk_coverage,
    written,
)
from tests.report.walk import all_of, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
SUBJECT = "labels:t.csv#queue"


def series(name, *rows, subject=SUBJECT):
    return Series(id=f"{name}@{subject}", name=name, subject=subject, columns=tuple(map(str, range(len(rows[0]) if rows else 0))), rows=rows)


def estimate(measure, value, interval=None, subject=SUBJECT, because=None):
    return Estimate(
        id=f"{measure}@{subject}",
        measure=measure,
        subject=subject,
        value=value,
        interval=interval,
        n=140,
        unit="messages",
        grade="C",
        method=computed("error_on_first_words"),
        reference="r",
        undefined_because=because,
    )


CONTEXT = series("context_curve", (1, 0.6, 0.5, 0.7), (4, 0.1, 0.05, 0.15))
RISK = series("risk_coverage", (0.1, 0.0, 0.0, 0.23, 14), (0.5, 0.01, 0.0, 0.05, 70), (1.0, 0.06, 0.03, 0.12, 140))


@LANGUAGES
def test_the_context_curve_shows_t_star_with_its_interval_against_the_line_it_is_read_at(language):
    book = phrasebook(language)
    found = estimate("context_t_star", 5.5, (4.1, 7.9))
    chart = context_curve(CONTEXT, "a", {found.id: found}, book)
    assert (chart.limit.value, chart.reach.x, chart.reach.low, chart.reach.high) == (CONTEXT_TOLERANCE, 5.5, 4.1, 7.9)
    assert chart.band[0] == (1.0, 0.5, 0.7)
    assert chart.description.startswith(
        book.label("context_curve_shows", words=5.5, interval=book.interval(4.1, 7.9), n=140, tolerance=CONTEXT_TOLERANCE)
    )


@LANGUAGES
def test_where_there_is_no_t_star_the_reason_stands_first_and_no_line_is_drawn(language):
    book = phrasebook(language)
    reason = Message(code="undefined_not_reachable", text="told reason")
    found = estimate("context_t_star", None, because=reason)
    chart = context_curve(CONTEXT, "a", {found.id: found}, book)
    assert chart.reach is None
    assert "told reason" in chart.description
    assert context_curve(CONTEXT, "a", {}, book).description == book.series("context_curve")["text"]


@LANGUAGES
def test_the_widest_share_within_the_tolerance_is_told_with_its_upper_end(language):
    book = phrasebook(language)
    chart = risk_coverage(RISK, "a", 0.1, book)
    assert chart.limit.value == 0.1
    assert chart.description == book.label("risk_coverage_shows", share=0.5, tolerance=0.1, high=0.05, n=70)
    assert risk_coverage(RISK, "a", 0.2, book).description == book.label("risk_coverage_all", tolerance=0.2, high=0.12, n=140)
    assert chart.percent_x


@LANGUAGES
def test_where_no_share_comes_down_to_the_tolerance_that_is_said(language):
    book = phrasebook(language)
    assert risk_coverage(RISK, "a", 0.02, book).description.startswith(book.label("risk_coverage_never", tolerance=0.02))
    without = risk_coverage(RISK, "a", None, book)
    assert (without.limit, without.description) == (None, book.series("risk_coverage")["text"])


@LANGUAGES
def test_the_learning_curve_tells_where_all_labels_would_lead(language):
    book = phrasebook(language)
    chart = learning_curve(series("learning_curve", (28, 0.15), (140, 0.004)), "a", book, 0.1)
    assert book.label("learning_curve_shows", n=140, error=0.004) in chart.description
    assert chart.points == ((28.0, 0.15), (140.0, 0.004))


@LANGUAGES
def test_label_errors_have_intervals_where_the_series_has_them_and_are_cut_and_counted(language):
    book = phrasebook(language)
    wide = label_errors(series("label_error", ("a", 0.2, 30, 0.1, 0.4)), "a", book)
    assert (wide.marks[0].low, wide.marks[0].high, wide.marks[0].note) == (0.1, 0.4, book.label("n_is", n=30))
    long = label_errors(series("label_error", *((f"label {place}", 0.1, 9) for place in range(25))), "a", book)
    assert len(long.marks) == MOST_BARS
    assert book.label("rows_more", n=5) in long.description


@LANGUAGES
@pytest.mark.parametrize("name", ["spectrum", *GROWTH])
def test_growth_is_drawn_under_the_names_of_its_axes(language, name):
    chart = growth(series(name, (1, 0.5), (2, 0.7), subject="lang:ja"), "a", phrasebook(language))
    assert (chart.x_label, chart.y_label) == (phrasebook(language).series(name)["x"], phrasebook(language).series(name)["y"])
    assert chart.kind == ("loglog" if name == "spectrum" else "line")


@LANGUAGES
def test_recall_is_drawn_with_its_intervals_and_what_is_undefined_is_told(language):
    book = phrasebook(language)
    known = [
        estimate("retrieval_recall_1", 0.2, (0.1, 0.3), "lang:ja"),
        estimate("retrieval_recall_of_titles", None, None, "lang:ja", Message(code="x", text="too few titles")),
    ]
    blocks = retrieval_recall(series("retrieval_recall", (1, 0.2), subject="lang:ja"), "a", {one.id: one for one in known}, book)
    (mark,) = only(blocks, Chart).marks
    assert (mark.label, mark.low, mark.high) == (book.measure("retrieval_recall_1"), 0.1, 0.3)
    assert "too few titles" in only(blocks, Paragraph).text
    assert all_of(retrieval_recall(series("retrieval_recall", (1, 0.2), subject="lang:ja"), "a", {}, book), Chart) == []


def test_how_a_picture_is_to_be_read_is_told_beside_what_it_shows():
    book = phrasebook("en")
    assert risk_coverage(RISK, "a", 0.1, book).about == book.series("risk_coverage")["text"]
    assert risk_coverage(RISK, "a", None, book).about == ""


def test_cells_of_series_are_written_as_they_are_or_as_numbers():
    assert [written(value) for value in ("text", 12345, 0.25)] == ["text", "12,345", "0.25"]
