"""Every reason that a reader gives is listed, given somewhere, and can be said in both languages."""

import re
from pathlib import Path

import pytest

from corpuskit.ingest import SKIP_REASONS, WARNINGS
from corpuskit.report import phrasebook
from corpuskit.report.phrasebook import LANGUAGES

SOURCES = [path for path in (Path(__file__).parents[2] / "corpuskit" / "ingest").glob("*.py") if path.name != "reasons.py"]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)


def test_reasons_given_are_the_reasons_listed():
    given = set(re.findall(r'(?:ReadError|Skipped|_passed_over)\(\s*(?:[\w.]+, )*"([a-z_]+)"', TEXT))
    assert given == set(SKIP_REASONS)


def test_every_listed_warning_is_given_by_a_reader():
    given = set(re.findall(r'"(?:f")?([a-z]+_[a-z_]+)(?:"|: \{)', TEXT))
    assert set(WARNINGS) <= given
    counted = set(re.findall(r'f"([a-z]+_[a-z_]+): \{', TEXT)) - {"tag"}
    assert counted <= set(WARNINGS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentences(language):
    book = phrasebook(language)
    for code in SKIP_REASONS:
        assert book.label(f"skipped_{code}")
        assert book.label(f"skipped_do_{code}")
        title, fix = book.finding(f"files_skipped_{code}", {"n": 3})
        assert "3" in title
        assert fix
    for code in WARNINGS:
        assert "3" in book.finding(f"read_{code}", {"n": 3})[0]
