import pytest

from corpuskit.errors import InputError
from corpuskit.ingest import Section
from corpuskit.text import Near, TextOptions, concordance, display_width, tokenize
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


def beside(text, term, other, window=5, within="sentence"):
    near = Near(other, window, within)
    return [line.keyword for line in concordance([document("d.txt", Section(text))], term, TextOptions(), 20, near)]


def test_beside_a_second_term_at_most_a_window_away_punctuation_included():
    assert beside("The pump, old, stops the valve.", "pump", "valve", 6) == ["pump"]
    assert beside("The pump, old, stops the valve.", "pump", "valve", 5) == []
    assert beside("The valve of the pump.", "pump", "valve", 3) == ["pump"]
    assert beside("出張の日当は三千円とする。", "出張", "日当", 2) == ["出張"]
    assert beside("出張の日当は三千円とする。", "日当", "出張", 1) == []


def test_sentences_part_and_a_line_joins_them():
    for text, term, other in (("The pump stops. Check the valve.", "pump", "valve"), ("出張する。日当は三千円。", "出張", "日当")):
        assert beside(text, term, other) == []
        assert beside(text, term, other, within="line") == [term]
        assert beside(text.replace(". ", ".\n").replace("。日", "。\n日"), term, other, within="line") == []


def test_a_word_is_not_beside_itself():
    assert beside("The pump stops.", "pump", "pump") == []
    assert beside("A pump beside a pump.", "pump", "pump") == ["pump", "pump"]


def test_lines_of_every_cell_and_only_of_those():
    for words in (["pump", "valve", "stops", "euros"], ["見積もり", "旅費", "円", "比べる"]):
        texts = ["The pump stops; the valve, old, costs 40 euros.", "見積りと旅費を比べる。三千円の旅費。"]
        whole = [document(f"{number}.txt", Section(text)) for number, text in enumerate(texts)]
        (table,) = tokenize(whole, TextOptions())
        rows = table.tokens.join(table.terms, on="term").select("sentence", "position", "form").rows()
        for one in words:
            for other in words:
                cell = {p for s, p, form in rows if form == one for s2, p2, form2 in rows if form2 == other and s == s2 and 1 <= abs(p - p2) <= 4}
                shown = list(concordance(whole, one, TextOptions(), 20, Near(other, 4)))
                assert len(shown) == len(cell), (one, other)


def test_an_empty_second_term_and_no_window_are_refused():
    for near in (Near(" "), Near("valve", 0)):
        with pytest.raises(InputError):
            list(concordance(DOCUMENTS, "pump", TextOptions(), 20, near))
