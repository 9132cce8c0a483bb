import pytest

from corpuskit.report import compose, phrasebook
from corpuskit.report.blocks import Details, Table
from corpuskit.report.sections.estimates_table import COLUMNS, estimates_folds, estimates_tables
from tests.report.sample import ESTIMATES, estimate, sample
from tests.report.walk import all_of

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
VALUE, INTERVAL, N = (COLUMNS.index(name) for name in ("estimate", "interval", "n"))


def row(language, given):
    ((only,),) = (table.rows for table in estimates_tables((given,), phrasebook(language)))
    return only


@LANGUAGES
def test_one_table_for_each_subject_with_interval_size_and_unit_beside_the_value(language):
    book = phrasebook(language)
    tables = estimates_tables(ESTIMATES.estimates, book)
    assert [len(table.rows) for table in tables] == [2, 1, 1, 1, 1]
    assert {len(row) for table in tables for row in table.rows} == {len(COLUMNS)} == {len(table.columns) for table in tables}
    first = tables[0].rows[0]
    assert first[VALUE] == book.percent(0.9712)
    assert first[INTERVAL] == f"{book.interval(0.968, 0.9744, 'coverage')} [{book.percent(0.95)}]"
    assert first[N] == f"102,334 {book.unit('tokens')}"
    assert tables[0].rows[1][VALUE] == "21,934"


@LANGUAGES
def test_a_subject_is_named_once_in_words_and_by_its_id(language):
    book = phrasebook(language)
    captions = [table.caption for table in estimates_tables(ESTIMATES.estimates, book)]
    assert captions[0].startswith(book.label("language_ja"))
    for caption, subject in zip(captions, dict.fromkeys(item.subject for item in ESTIMATES.estimates), strict=True):
        assert subject in caption
    assert not any("lang:ja" in cell for table in estimates_tables(ESTIMATES.estimates, book) for cells in table.rows for cell in cells)


@LANGUAGES
def test_estimates_of_one_subject_that_come_apart_stand_together(language):
    book = phrasebook(language)
    mixed = (*ESTIMATES.estimates[:1], *ESTIMATES.estimates[2:3], *ESTIMATES.estimates[1:2])
    assert [len(table.rows) for table in estimates_tables(mixed, book)] == [2, 1]


@LANGUAGES
def test_a_fold_says_what_is_behind_it_and_is_left_out_of_print(language):
    folds = estimates_folds(ESTIMATES.estimates, phrasebook(language))
    tables = estimates_tables(ESTIMATES.estimates, phrasebook(language))
    assert [fold.blocks for fold in folds] == [(table,) for table in tables]
    assert all(table.caption in fold.summary and str(len(table.rows)) in fold.summary for fold, table in zip(folds, tables, strict=True))
    assert not any(fold.printed for fold in folds)


@LANGUAGES
def test_an_undefined_value_prints_its_reason_and_no_figure(language):
    book = phrasebook(language)
    undefined = row(language, ESTIMATES.estimates[5])
    assert book.message(ESTIMATES.estimates[5].undefined_because) in undefined[VALUE]
    assert undefined[INTERVAL] == book.label("not_applicable")
    assert not any(character.isdigit() for character in undefined[VALUE] + undefined[INTERVAL])


@LANGUAGES
def test_a_value_without_an_interval_says_so(language):
    assert row(language, ESTIMATES.estimates[4])[INTERVAL] == phrasebook(language).label("no_interval")


@LANGUAGES
def test_a_measure_of_a_third_party_is_shown_by_its_own_name(language):
    given = row(language, estimate("invented", "corpus", 0.5, None, 3, "sheep", "E"))
    assert (given[0], given[N]) == ("invented", "3 sheep")


@LANGUAGES
@pytest.mark.parametrize("value", [0.999999, 0.0000001])
def test_a_share_that_is_not_whole_is_never_written_as_whole(language, value):
    written = row(language, estimate("coverage", "corpus", value, None, 3, "tokens", "E"))[VALUE]
    assert written not in {phrasebook(language).percent(whole) for whole in (0.0, 1.0)}


@LANGUAGES
def test_no_estimates_no_tables(language):
    assert estimates_tables((), phrasebook(language)) == ()


@LANGUAGES
def test_each_measure_leads_to_the_fold_of_its_formula(language):
    page = compose(sample(), language).blocks
    folds = {fold.anchor for fold in all_of(page, Details)}
    led = {anchor for table in all_of(page, Table) for _, anchor in table.links}
    assert led <= folds
    assert "formula-language_ambiguity" in led
    for table in estimates_tables(sample().estimates, phrasebook(language)):
        names = dict(table.links)
        assert all(row[0] in names for row in table.rows)
