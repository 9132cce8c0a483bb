import pytest

from corpuskit.report import Head, phrasebook
from corpuskit.report.blocks import Callout, Heading, Table
from corpuskit.report.sections.section import SIGNS, width
from corpuskit.report.sections.title import TONES
from tests.report.sample import CORPUS, sample
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_the_head_says_who_when_and_which_run(language):
    blocks = build("title", language)
    (row,) = only(blocks, Table).rows
    assert (row[2], row[4]) == ("2026-11-02", "20261102T030405Z-abcdef01")
    assert CORPUS.root in only(blocks, Heading).text
    assert only(blocks, Heading).level == 1


@LANGUAGES
def test_what_was_not_set_is_left_to_be_filled_in_and_the_classification_to_be_confirmed(language):
    book = phrasebook(language)
    (row,) = only(build("title", language), Table).rows
    assert [row[0], row[1], row[3]] == [book.label("to_be_filled_in")] * 3
    assert book.label("classification") in row[5] != book.label("classification")


@LANGUAGES
def test_what_was_set_stands_in_the_head(language):
    head = Head(recipient="取締役会", author="品質保証部 田中", version="1.2", classification="秘")
    table = only(build("title", language, head=head), Table)
    named = dict(zip(table.columns, table.rows[0], strict=True))
    book = phrasebook(language)
    assert [named[book.label(f"head_{key}")] for key in ("to", "from", "version", "classification")] == list(head.model_dump().values())


@pytest.mark.parametrize("verdict", list(SIGNS))
@LANGUAGES
def test_the_verdict_is_said_by_sign_word_tone_and_sentence(language, verdict):
    summary = sample().summary.model_copy(update={"verdict": verdict})
    callout = only(build("title", language, summary=summary), Callout)
    assert callout.label == f"{SIGNS[verdict]} {phrasebook(language).label(f'verdict_{verdict}')}"
    assert callout.tone == TONES[verdict]
    assert callout.text


def test_only_a_start_looks_good_and_only_a_refusal_looks_bad():
    assert [verdict for verdict, tone in TONES.items() if tone == "good"] == ["start"]
    assert [verdict for verdict, tone in TONES.items() if tone == "bad"] == ["do_not_start"]
    assert set(TONES) == set(SIGNS)


@LANGUAGES
def test_a_long_root_is_cut(language):
    heading = only(build("title", language, corpus=CORPUS.model_copy(update={"root": "文書" * 100})), Heading)
    assert width(heading.text) <= 60 + width(phrasebook(language).label("title", root=""))
