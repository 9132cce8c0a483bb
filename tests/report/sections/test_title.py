import pytest

from corpuskit.report import phrasebook
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
    assert row[1:4] == ("corpuskit 0.1.0", "2026-11-02", "20261102T030405Z-abcdef01")
    assert row[0] == ""
    assert row[4] == phrasebook(language).label("classification")
    assert CORPUS.root in only(blocks, Heading).text
    assert only(blocks, Heading).level == 1


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
