import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Chart, Grid, Mark
from corpuskit.report.chart_data import chart_table

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


def chart(kind, **changes):
    return Chart(kind, "anchor", "Title", "Description", **changes)


@LANGUAGES
def test_marks_become_rows_with_their_interval_and_note(language):
    book = phrasebook(language)
    table = chart_table(chart("dots", marks=(Mark("a", 0.5, 0.25, 0.75, "C"), Mark("b", 0.034)), percent=True), book)
    assert table.columns == tuple(book.label(f"column_{name}") for name in ("label", "estimate", "low", "high", "note"))
    absent = book.label("not_applicable")
    assert table.rows == (("a", book.percent(0.5), book.percent(0.25), book.percent(0.75), "C"), ("b", book.percent(0.034), absent, absent, ""))
    assert table.numeric == (1, 2, 3)


@LANGUAGES
def test_columns_that_no_mark_fills_are_left_out(language):
    book = phrasebook(language)
    table = chart_table(chart("bars", marks=(Mark("a", 12.0), Mark("b", 3.0))), book)
    assert table.columns == (book.label("column_label"), book.label("column_estimate"))
    assert table.rows == (("a", "12"), ("b", "3"))
    assert table.numeric == (1,)
    noted = chart_table(chart("bars", marks=(Mark("a", 12.0, note="n = 5"),)), book)
    assert noted.rows == (("a", "12", "n = 5"),)
    assert noted.numeric == (1,)


@LANGUAGES
def test_a_mark_without_a_value_says_so(language):
    book = phrasebook(language)
    assert chart_table(chart("dots", marks=(Mark("a", None),), percent=True), book).rows == (("a", book.label("no_value")),)


@LANGUAGES
def test_zero_is_a_value(language):
    book = phrasebook(language)
    assert chart_table(chart("bars", marks=(Mark("a", 0.0, 0.0, 0.1),), percent=True), book).rows == (
        ("a", book.percent(0), book.percent(0), book.percent(0.1)),
    )


@LANGUAGES
def test_points_become_rows_under_the_names_of_the_axes(language):
    book = phrasebook(language)
    drawn = chart("line", points=((1000, 0.2), (5000, 0.5557)), x_label="tokens", y_label="coverage", percent=True)
    table = chart_table(drawn, book)
    assert table.columns == ("tokens", "coverage")
    assert table.rows == (("1,000", book.percent(0.2)), ("5,000", book.percent(0.5557)))
    assert table.numeric == (0, 1)
    unnamed = chart_table(chart("loglog", points=((1.0, 6000.0),)), book)
    assert unnamed.columns == (book.label("column_x"), book.label("column_y"))
    assert unnamed.rows == (("1", "6,000"),)


@LANGUAGES
@pytest.mark.parametrize("kind", ["dots", "bars", "line", "loglog", "scatter", "heat"])
def test_a_chart_without_data_has_no_rows(kind, language):
    assert chart_table(chart(kind), phrasebook(language)).rows == ()


@LANGUAGES
def test_a_band_adds_its_ends_to_each_point(language):
    book = phrasebook(language)
    table = chart_table(chart("line", points=((0.5, 0.2), (1.0, 0.1)), band=((0.5, 0.1, 0.3),), percent=True, percent_x=True), book)
    absent = book.label("not_applicable")
    assert table.rows == (
        (book.percent(0.5), book.percent(0.2), book.percent(0.1), book.percent(0.3)),
        (book.percent(1), book.percent(0.1), absent, absent),
    )
    assert table.columns[2:] == (book.label("column_low"), book.label("column_high"))


@LANGUAGES
def test_named_points_have_both_places_and_say_when_one_is_missing(language):
    book = phrasebook(language)
    marks = (Mark("a", 0.5, 0.4, 0.6, "C", x=36.0), Mark("b", 0.1))
    table = chart_table(chart("scatter", marks=marks, x_label="volume", y_label="ambiguity", percent=True), book)
    assert table.rows[0] == ("a", "36", book.percent(0.5), book.percent(0.4), book.percent(0.6), "C")
    assert table.rows[1][1] == book.label("no_value")


@LANGUAGES
def test_a_grid_is_its_own_table(language):
    grid = Grid(("row",), ("one", "two"), ((3.0, 0.0),))
    table = chart_table(chart("heat", grid=grid, x_label="taken for", y_label="label"), phrasebook(language))
    assert table.columns == ("label / taken for", "one", "two")
    assert table.rows == (("row", "3", "0"),)
    assert table.numeric == (1, 2)
