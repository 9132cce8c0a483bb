import pytest

from corpuskit.report import localise, phrasebook
from corpuskit.report.blocks import Paragraph
from corpuskit.report.sections.coverage import name_of, unseen
from tests.report.sample import CORPUS, sample
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


def changed(**changes):
    return CORPUS.model_copy(update=changes)


@LANGUAGES
def test_it_tells_how_much_was_read_of_how_much(language):
    text = only(build("coverage", language), Paragraph).text
    for figure in ("146", "150", "158", "184,203", "14,872", "96", "58", "4", "2019-04-01", "2026-10-30", "3"):
        assert figure in text, figure


@LANGUAGES
def test_what_was_not_seen_is_counted_by_reason_the_commonest_first(language):
    book = phrasebook(language)
    twice = CORPUS.files_skipped + CORPUS.files_skipped[3:]
    text = unseen(localise(sample().model_copy(update={"corpus": changed(files_skipped=twice)}), language), book)
    assert "5" in text
    names = [book.label(f"skipped_{code}") for code in ("empty", "broken", "encrypted", "unsupported")]
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert f"{names[0]} 2" in text


@LANGUAGES
def test_when_everything_was_seen_it_says_so(language):
    text = only(build("coverage", language, corpus=changed(files_skipped=())), Paragraph).text
    assert phrasebook(language).label("coverage_all_seen") in text


@LANGUAGES
@pytest.mark.parametrize("dates", [{"oldest": None}, {"newest": None}, {"oldest": None, "newest": None}])
def test_missing_dates_are_said_and_never_printed_as_none(language, dates):
    text = only(build("coverage", language, corpus=changed(**dates)), Paragraph).text
    assert phrasebook(language).label("coverage_no_dates") in text
    assert "None" not in text


@LANGUAGES
def test_near_duplicates_are_mentioned_where_there_are_some(language):
    with_groups, without = (only(build("coverage", language, corpus=changed(near_duplicate_groups=n)), Paragraph).text for n in (1, 0))
    assert phrasebook(language).label("coverage_duplicates", groups=1) in with_groups
    assert len(without) < len(with_groups)


@LANGUAGES
def test_exact_duplicates_and_what_was_removed_are_mentioned(language):
    text = only(build("coverage", language, corpus=changed(exact_duplicate_groups=2, documents_removed=3, lines_removed=1)), Paragraph).text
    book = phrasebook(language)
    assert book.label("coverage_exact_duplicates", groups=2) in text
    assert book.label("coverage_removed", documents=3, lines=1) in text


@LANGUAGES
def test_an_empty_folder_is_told_without_a_gap(language):
    nothing = changed(files_found=0, files_read=0, files_skipped=(), documents=0, tokens=0, types=0, bytes=0, languages={}, formats={})
    assert phrasebook(language).label("none") in only(build("coverage", language, corpus=nothing), Paragraph).text


@LANGUAGES
def test_a_code_that_the_language_file_does_not_know_is_shown_as_it_is(language):
    book = phrasebook(language)
    assert name_of("language", "ko", book) == "ko"
    assert name_of("language", "ja", book) == book.label("language_ja")
