import pytest

from corpuskit.estimators import Series
from corpuskit.estimators.field_ambiguity import COLUMNS
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Chart, Details, Heading, Paragraph, Table
from corpuskit.report.sections.corpus_health import MOST_ROWS
from tests.report.sample import ESTIMATES, FORMULA, SCRIPT
from tests.report.walk import all_of, build, only, texts

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_series_that_are_known_are_drawn_and_the_others_are_tables(language):
    blocks = build("corpus_health", language)
    charts = all_of(blocks, Chart)
    assert [chart.kind for chart in charts] == ["loglog", "line", "bars"]
    assert charts[0].points[0] == (1.0, 6000.0)
    assert charts[1].percent
    assert "lang:ja" in charts[0].title
    _, confusions, third = all_of(blocks, Table)
    assert confusions.rows == (("Other 2", FORMULA, "31"),)
    assert confusions.numeric == (2,)
    assert third.columns == ("what", "count")
    assert [heading.text for heading in all_of(blocks, Heading)][-1] == "novel (corpus)"


@LANGUAGES
@pytest.mark.parametrize(("name", "percent"), [("vocabulary_growth", False), ("document_coverage_growth", True)])
def test_growth_over_documents_is_drawn_as_a_line(language, name, percent):
    series = Series(id=f"{name}@lang:en", name=name, subject="lang:en", columns=("documents", "y"), rows=((1, 0.25), (40, 0.75)))
    (chart,) = all_of(build("corpus_health", language, series=(series,)), Chart)
    assert (chart.kind, chart.percent, chart.points) == ("line", percent, ((1.0, 0.25), (40.0, 0.75)))
    assert chart.x_label == phrasebook(language).series(name)["x"]


@LANGUAGES
def test_each_label_has_its_error_and_its_number_of_messages(language):
    bars = all_of(build("corpus_health", language), Chart)[2]
    assert [(mark.label, mark.value) for mark in bars.marks][1:3] == [("Other 2", 0.61), (SCRIPT, 0.3)]
    assert bars.marks[1].note == phrasebook(language).label("n_is", n=80)


@LANGUAGES
@pytest.mark.parametrize("name", ["label_error", "confusions", "novel"])
def test_long_series_are_cut_and_the_rest_is_counted(language, name):
    rows = tuple((f"label {place}", place / 100, place) for place in range(25))
    series = Series(id=f"{name}@corpus", name=name, subject="corpus", columns=("label", "error", "n"), rows=rows)
    blocks = build("corpus_health", language, series=(series,))
    shown = [block for block in all_of(blocks, Table) if block.rows[0][0] == "label 0"] or all_of(blocks, Chart)
    assert len(shown[0].rows if isinstance(shown[0], Table) else shown[0].marks) == MOST_ROWS == 20
    assert all_of(blocks, Paragraph)[-1].text == phrasebook(language).label("rows_more", n=5)
    exactly = build("corpus_health", language, series=(series.model_copy(update={"rows": rows[:MOST_ROWS]}),))
    assert phrasebook(language).label("rows_more", n=5) not in list(texts(exactly))


@LANGUAGES
def test_a_series_without_points_is_not_drawn(language):
    empty = tuple(series.model_copy(update={"rows": ()}) for series in ESTIMATES.series)
    assert all_of(build("corpus_health", language, series=empty), Chart) == []


@LANGUAGES
def test_each_measure_is_explained_once(language):
    book = phrasebook(language)
    (fold,) = all_of(build("corpus_health", language), Details)
    explained = [text for text in texts(fold.blocks) if book.measure("language_ambiguity") in text.split(":")[0].split("：")[0]]
    assert len(explained) == 1
    measures = {item.measure for item in ESTIMATES.estimates}
    assert len(list(texts(fold.blocks))) == len([name for name in measures if book.plain(name)])


@LANGUAGES
def test_anchors_differ(language):
    anchors = [block.anchor for block in all_of(build("corpus_health", language), (Chart, Heading))]
    assert len(anchors) == len(set(anchors)) == 6


@LANGUAGES
def test_when_nothing_was_measured_it_says_so(language):
    blocks = build("corpus_health", language, estimates=(), series=())
    assert only(blocks, Paragraph).text == phrasebook(language).label("estimates_none")


@LANGUAGES
def test_fields_name_the_type_and_the_place_of_their_values_in_the_language_of_the_report(language):
    book = phrasebook(language)
    types = ("amount", "date", "email", "identifier", "number", "percentage", "phone", "text")
    rows = tuple((f"field {kind}", 9, 0.5, 0.2, 0.8, 1.5, kind, 0.9, place, 0.1) for kind in types for place in ("cell", "line", "running"))[
        :MOST_ROWS
    ]
    series = Series(id="field_cues@corpus", name="field_cues", subject="corpus", columns=COLUMNS, rows=rows)
    (table,) = [table for table in all_of(build("corpus_health", language, series=(series,)), Table) if len(table.columns) == len(COLUMNS)]
    assert table.columns == tuple(book.series("field_cues")[f"column_{place}"] for place in range(1, len(COLUMNS) + 1))
    assert [(row[6], row[8]) for row in table.rows] == [(book.label(f"field_type_{row[6]}"), book.label(f"field_place_{row[8]}")) for row in rows]
    assert len({row[6] for row in table.rows}) == 7
