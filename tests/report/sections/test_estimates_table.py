import pytest

from corpuskit.report import phrasebook
from corpuskit.report.sections.estimates_table import COLUMNS, estimates_table
from tests.report.sample import ESTIMATES, estimate

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
VALUE, INTERVAL, N = (COLUMNS.index(name) for name in ("estimate", "interval", "n"))


def row(language, given):
    (only,) = estimates_table((given,), phrasebook(language)).rows
    return only


@LANGUAGES
def test_one_row_for_each_with_interval_size_and_unit_beside_the_value(language):
    book = phrasebook(language)
    table = estimates_table(ESTIMATES.estimates, book, "Caption")
    assert (table.caption, len(table.rows), len(table.columns)) == ("Caption", 6, 8)
    first = table.rows[0]
    assert first[VALUE] == book.percent(0.9712)
    assert first[INTERVAL] == f"{book.interval(0.968, 0.9744, 'coverage')} [{book.percent(0.95)}]"
    assert first[N] == f"102,334 {book.unit('tokens')}"
    assert table.rows[1][VALUE] == "21,934"


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
def test_no_estimates_no_rows(language):
    assert estimates_table((), phrasebook(language)).rows == ()
