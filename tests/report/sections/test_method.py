import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Callout, Heading, Table
from corpuskit.report.sections.method import LIMITS, STEPS
from corpuskit.report.trust import trust_sentences
from corpuskit.text import TokenizerInfo
from tests.report.sample import sample
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


def test_the_standing_sentence_is_said():
    # theory 6, word for word
    callout = only(build("method", "en"), Callout)
    assert callout.text == (
        "eps bounds what any system can reach against these labels; it does not predict that a particular model reaches it. The pilot decides."
    )
    assert only(build("method", "ja"), Callout).text == phrasebook("ja").label("standing_sentence")


@LANGUAGES
def test_every_step_grade_tier_and_limit_of_the_language_file_is_told(language):
    steps, grades, tiers, limits, *_ = all_of(build("method", language), Bullets)
    assert steps.ordered
    assert [len(each.items) for each in (steps, grades, tiers, limits)] == [STEPS, 5, 5, LIMITS]
    labels = phrasebook(language).sentences["labels"]
    assert {key for key in labels if key.startswith("step_")} == {f"step_{place}" for place in range(1, STEPS + 1)}
    assert {key for key in labels if key.startswith("limit_")} == {f"limit_{place}" for place in range(1, LIMITS + 1)}


@LANGUAGES
def test_what_the_proof_found_is_told_in_every_report(language):
    book = phrasebook(language)
    told = [bullets.items for bullets in all_of(build("method", language), Bullets)[4:]]
    assert told == [sentences for _, sentences in trust_sentences(book)]
    assert {heading.text for heading in all_of(build("method", language), Heading)} >= {book.label("trust")}


@LANGUAGES
def test_the_analysers_are_named_with_version_mode_and_dictionary(language):
    book = phrasebook(language)
    assert only(build("method", language), Table).rows == (
        (book.label("language_en"), "spacy 3.8.11", "", ""),
        (book.label("language_ja"), "sudachi 0.6.10", "C", "20250515"),
    )


@LANGUAGES
def test_without_words_there_was_no_analyser(language):
    run = sample().run.model_copy(update={"tokenizers": {}})
    assert all_of(build("method", language, run=run), Table) == []
    third = sample().run.model_copy(update={"tokenizers": {"ko": TokenizerInfo(name="mecab", version="1")}})
    assert only(build("method", language, run=third), Table).rows == (("ko", "mecab 1", "", ""),)
