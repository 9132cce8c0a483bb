"""Pairs of one text in two languages, by names."""

import pytest

from corpuskit.tasks.parallel import parallel_documents
from tests.tasks.build import Doc, corpus


def pairs(*names):
    return parallel_documents(corpus(*(Doc(name, language=language) for name, language in names)))


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("manual_en.docx", "manual_ja.docx"),
        ("en/manual.pdf", "ja/manual.pdf"),
        ("manual (English).pdf", "manual (Japanese).docx"),
        ("取扱説明書_英語版.pdf", "取扱説明書_日本語版.pdf"),
        ("manual-EN.txt", "manual.txt"),
    ],
)
def test_names_that_differ_in_the_language_only_are_a_pair(english, japanese):
    assert pairs((english, "en"), (japanese, "ja")) == ((english, japanese),)


@pytest.mark.parametrize(
    ("english", "japanese"),
    [("manual_en.docx", "notice_ja.docx"), ("a/manual_en.docx", "b/manual_ja.docx"), ("en.txt", "ja.txt"), ("garden.txt", "gard.txt")],
)
def test_other_names_are_none(english, japanese):
    assert pairs((english, "en"), (japanese, "ja")) == ()


def test_two_texts_in_one_language_are_no_pair():
    assert pairs(("manual_en.docx", "en"), ("manual_ja.docx", "en")) == ()
