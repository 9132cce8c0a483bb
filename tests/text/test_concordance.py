import pytest

from corpuskit.errors import InputError
from corpuskit.ingest import Section
from corpuskit.text import TextOptions, concordance, display_width, tokenize
from tests.text.documents import document

DOCUMENTS = [
    document("rules.md", Section("Allowances are paid. The ALLOWANCE is 40 euros.\nNo allowance today.", heading=("Travel", "Daily allowance"))),
    document("規程.txt", Section("見積りと見積もりを比べる。出張旅費と出張。Ａｌｌｏｗａｎｃｅは三千円。", locator="page 2")),
]


def keywords(term, width=20):
    return [(line.document, line.keyword) for line in concordance(DOCUMENTS, term, TextOptions(), width)]


def test_english_in_any_case_and_in_headings():
    assert keywords("Allowance") == [
        ("rules.md", "allowance"),
        ("rules.md", "ALLOWANCE"),
        ("rules.md", "allowance"),
        ("規程.txt", "Ａｌｌｏｗａｎｃｅ"),
    ]


def test_several_tokens():
    assert keywords("the allowance is") == [("rules.md", "The ALLOWANCE is")]


def test_japanese_by_normalised_form_and_inside_longer_words():
    assert keywords("見積もり") == [("規程.txt", "見積り"), ("規程.txt", "見積もり")]
    assert keywords("出張") == [("規程.txt", "出張"), ("規程.txt", "出張")]
    assert keywords("出張旅費と出張") == [("規程.txt", "出張旅費と出張")]


def test_as_many_lines_as_are_counted():
    (table,) = tokenize(DOCUMENTS, TextOptions())
    forms = table.tokens.join(table.terms, on="term")
    assert len(keywords("allowance")) == forms.filter(forms["form"] == "allowance").height


def test_lines_are_aligned_and_placed():
    lines = list(concordance(DOCUMENTS, "allowance", TextOptions(), 25))
    assert {display_width(line.left) for line in lines} == {25}
    assert all(display_width(line.right) <= 25 for line in lines)
    assert [line.locator for line in lines] == ["Travel > Daily allowance"] * 3 + ["page 2"]


def test_not_found_and_empty():
    assert keywords("zebra") == []
    assert list(concordance([], "zebra", TextOptions(), 20)) == []
    with pytest.raises(InputError):
        keywords("  ")
