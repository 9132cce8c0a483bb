import pytest

from corpuskit.estimators import Series
from corpuskit.estimators.retrieval.field_ambiguity import COLUMNS
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Chart, Details, Facts, Heading, Paragraph, Table
from corpuskit.report.formulas import formula_of
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
    named = [block.text for block in all_of(blocks, Heading) if block.level == 3]
    assert phrasebook(language).label("language_ja") in named
    confusions, third = (table for table in all_of(blocks, Table) if len(table.rows) == 1 and len(table.columns) < 4)
    assert confusions.rows == (("Other 2", FORMULA, "31"),)
    assert confusions.numeric == (2,)
    assert third.columns == ("what", "count")
    assert [fold.summary for fold in all_of(blocks, Details)][-1] == "novel"


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
    assert any(phrasebook(language).label("rows_more", n=5) in text for text in texts(blocks))
    exactly = build("corpus_health", language, series=(series.model_copy(update={"rows": rows[:MOST_ROWS]}),))
    assert not any(phrasebook(language).label("rows_more", n=5) in text for text in texts(exactly))


@LANGUAGES
def test_a_series_without_points_is_not_drawn(language):
    empty = tuple(series.model_copy(update={"rows": ()}) for series in ESTIMATES.series)
    assert all_of(build("corpus_health", language, series=empty), Chart) == []


@LANGUAGES
def test_each_measure_is_explained_once_with_its_formula_and_paper(language):
    book = phrasebook(language)
    folds = [fold for fold in all_of(build("corpus_health", language), Details) if fold.anchor.startswith("formula-")]
    assert len(folds) == len({formula_of(item.measure).id for item in ESTIMATES.estimates})
    (fold,) = [fold for fold in folds if fold.summary == book.measure("language_ambiguity")]
    facts = dict(only(fold.blocks, Facts).items)
    assert facts[book.label("explain_meaning")] == book.plain("language_ambiguity")
    assert facts[book.label("explain_formula")] == formula_of("language_ambiguity").formula
    assert facts[book.label("column_reference")] == "Cover and Hart 1967"


@LANGUAGES
def test_what_a_task_page_shows_is_not_shown_again(language):
    subject = "labels:tickets/support.csv#queue"  # the first task of the sample rests on it
    rows = ((0.1, 0.0, 0.0, 0.2, 14), (1.0, 0.1, 0.05, 0.2, 140))
    columns = ("coverage", "error", "low", "high", "n")
    series = (Series(id=f"risk_coverage@{subject}", name="risk_coverage", subject=subject, columns=columns, rows=rows),)
    assert all_of(build("corpus_health", language, series=series), Chart) == []
    assert len(all_of(build("corpus_health", language, series=series, tasks=()), Chart)) == 1


@LANGUAGES
def test_anchors_differ(language):
    anchors = [block.anchor for block in all_of(build("corpus_health", language), (Chart, Heading, Details)) if block.anchor]
    assert len(anchors) == len(set(anchors)) >= 6


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
