import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Table
from tests.report.walk import build, only, texts

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_everything_needed_to_make_it_again_is_there(language):
    facts = dict(only(build("footer", language), Table).rows)
    assert facts == {
        "run.id": "20261102T030405Z-abcdef01",
        "run.started_at": "2026-11-02T03:04:05+00:00",
        "run.seed": "0",
        "run.config_digest": "0123456789abcdef",
        "tool": "corpuskit 0.1.0",
        "schema_version": "1",
        "provenance.theory": "arXiv:2304.09960",
    }


@LANGUAGES
def test_provenance_is_sorted_and_a_routing_file_is_named(language):
    facts = only(build("footer", language, provenance={"b": "2", "a": "1"}, routing_file="routes.json"), Table).rows
    assert [key for key, _ in facts][-3:] == ["provenance.a", "provenance.b", "routing_file"]


@LANGUAGES
def test_it_says_that_it_is_no_legal_advice_and_that_it_ends(language):
    said = list(texts(build("footer", language)))
    book = phrasebook(language)
    assert said[-2:] == [book.label("not_legal_advice"), book.label("end")]
