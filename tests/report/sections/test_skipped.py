import pytest

from corpuskit.report import SkippedFile, phrasebook
from corpuskit.report.blocks import Paragraph, Table
from tests.report.sample import CORPUS
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_every_file_is_listed_with_its_reason_and_what_to_do(language):
    table = only(build("skipped", language), Table)
    assert [row[0] for row in table.rows] == [item.path for item in CORPUS.files_skipped]
    assert all(row[1] and row[2] for row in table.rows)
    assert table.rows[0][1] == phrasebook(language).label("skipped_encrypted")
    assert "4" in table.caption


def test_english_has_the_readers_own_sentence_and_japanese_has_no_english_one():
    english, japanese = (only(build("skipped", language), Table).rows for language in ("en", "ja"))
    assert english[0][2] == "The file is protected by a password."
    assert japanese[0][2] == phrasebook("ja").label("skipped_do_encrypted")


@LANGUAGES
@pytest.mark.parametrize(
    "code",
    ["encrypted", "broken", "unsupported", "empty", "no_text", "too_large", "permission", "vanished", "not_a_file", "undecodable", "missing_column"],
)
def test_every_code_of_a_reader_has_a_name_and_an_advice(language, code):
    # the codes that errors.ReadError documents, and the missing column of a table
    book = phrasebook(language)
    assert book.has_label(f"skipped_{code}")
    assert book.has_label(f"skipped_do_{code}")


@LANGUAGES
def test_an_unknown_code_is_shown_as_it_is(language):
    corpus = CORPUS.model_copy(update={"files_skipped": (SkippedFile(path="a.xyz", code="cursed", reason="Nobody knows."),)})
    (row,) = only(build("skipped", language, corpus=corpus), Table).rows
    assert row[1] == "cursed"


@LANGUAGES
def test_when_nothing_was_skipped_it_says_so(language):
    blocks = build("skipped", language, corpus=CORPUS.model_copy(update={"files_skipped": ()}))
    assert all_of(blocks, Table) == []
    assert only(blocks, Paragraph).text == phrasebook(language).label("coverage_all_seen")
