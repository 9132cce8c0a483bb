import pytest

from corpuskit.finding import Finding
from corpuskit.report import localise, phrasebook
from corpuskit.report.blocks import Facts, Heading
from corpuskit.report.sections.corpus_card import MOST_FORMATS, corpus_card
from tests.report.sample import CORPUS, sample
from tests.report.walk import all_of, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


def card(language, **changes):
    blocks = corpus_card(localise(sample().model_copy(update=changes), language), phrasebook(language))
    assert only(blocks, Heading).anchor == "corpus-card"
    return dict(item for facts in all_of(blocks, Facts) for item in facts.items)


@LANGUAGES
def test_a_card_says_what_is_there_what_is_missing_and_which_version(language):
    book = phrasebook(language)
    facts = card(language)
    assert facts[book.label("card_name")] == CORPUS.root
    assert all(figure in facts[book.label("card_size")] for figure in ("158", "184,203", "14,872"))
    assert "4" in facts[book.label("card_missing")], "files that were not read"
    assert facts[book.label("card_dates")] == book.label("card_dates_told", oldest="2019-04-01", newest="2026-10-30", n=CORPUS.dated)
    assert all(part in facts[book.label("card_version")] for part in ("20261102T030405Z-abcdef01", "0123456789abcdef", "0.1.0"))
    assert "sudachi" in facts[book.label("analysers")]
    assert facts[book.label("card_owner")] == book.label("to_be_filled_in")


@LANGUAGES
def test_many_formats_are_cut_and_counted_the_commonest_first(language):
    book = phrasebook(language)
    formats = {f"kind{place}": place for place in range(1, 10)}
    told = card(language, corpus=CORPUS.model_copy(update={"formats": formats}))[book.label("card_formats")]
    assert told.startswith("kind9 9")
    assert told.count("kind") == MOST_FORMATS
    assert book.label("further_formats", n=3) in told


@LANGUAGES
def test_kinds_of_personal_data_are_named_and_their_absence_is_no_clean_bill(language):
    book = phrasebook(language)
    found = Finding(id="personal_numbers@my_number", level="warning", code="personal_numbers", parameters={})
    assert card(language, findings=(found,))[book.label("card_personal")] == book.label("personal_my_number")
    assert card(language, findings=())[book.label("card_personal")] == book.label("card_personal_none")


@LANGUAGES
def test_undated_documents_are_said_to_be_undated(language):
    corpus = CORPUS.model_copy(update={"oldest": None, "newest": None})
    book = phrasebook(language)
    assert card(language, corpus=corpus)[book.label("card_dates")] == book.label("coverage_no_dates")
