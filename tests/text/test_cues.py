import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.cues import Cue, CueSearch, quote_around


def found(text, *cues):
    return {hit.cue.text: hit.count for hit in CueSearch(Cue("t", "en" if cue.isascii() else "ja", cue) for cue in cues).find(text)}


@pytest.mark.parametrize(
    ("text", "cues", "hits"),
    [
        ("The invoice and two Invoices; reinvoiced, invoicing", ["invoice"], {"invoice": 2}),
        ("Travel policies, travel   policy, travel_policy-v2", ["travel policy"], {"travel policy": 3}),
        ("purchase order form", ["purchase", "purchase order"], {"purchase order": 1}),
        ("purchase orders and a purchase", ["purchase", "purchase order"], {"purchase": 1, "purchase order": 1}),
        ("purchase ordering", ["purchase", "purchase order"], {"purchase": 1}),
        ("boxes box", ["box"], {"box": 2}),
        ("FAQ FAQs faqx", ["faq"], {"faq": 2}),
        ("ＦＡＱのページ", ["faq"], {"faq": 1}),
        ("follow-up", ["follow up"], {"follow up": 1}),
        ("a C++ (tool)", ["c++"], {"c++": 1}),
        ("見積書と見積り、見積", ["見積", "見積書"], {"見積書": 1, "見積": 2}),
        ("この規程は規定ではない", ["規程"], {"規程": 1}),
        ("この規程は規定ではない", ["規定"], {"規定": 1}),
        ("ﾏﾆｭｱﾙとマニュアル", ["マニュアル"], {"マニュアル": 2}),
        ("FAQ一覧", ["FAQ一覧"], {"FAQ一覧": 1}),
        ("", ["invoice"], {}),
        ("nothing here", [], {}),
    ],
)
def test_hits(text, cues, hits):
    assert found(text, *cues) == hits


def test_a_cue_of_two_tasks_counts_for_both():
    search = CueSearch([Cue("a", "en", "invoice"), Cue("b", "en", "invoice"), Cue("a", "en", "invoice")])
    assert [(hit.cue.task, hit.count) for hit in search.find("Invoice!")] == [("a", 1), ("b", 1)]


def test_order_of_cues_does_not_matter():
    cues = [Cue("a", "ja", "見積"), Cue("b", "ja", "見積書"), Cue("c", "en", "order"), Cue("d", "en", "order form")]
    text = "order form, orders; 見積書 見積"
    assert CueSearch(cues).find(text) == CueSearch(reversed(cues)).find(text)


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=6, unique=True), st.text("abc ", max_size=30))
def test_english_hits_are_whole_words(cues, text):
    hits = found(text, *cues)
    words = text.split()
    for cue in cues:
        assert hits.get(cue, 0) == sum(word == cue for word in words)


def test_quotes_are_masked_short_and_hold_the_cue():
    text = "x" * 10 + " " + "filler words " * 30 + "mail bob@example.com the invoice by 03-1234-5678 " + "more words " * 40
    (hit,) = CueSearch([Cue("t", "en", "invoice")]).find(text)
    quote = quote_around(text, hit.start, hit.end)
    assert "invoice" in quote
    assert "[email]" in quote
    assert "example" not in quote
    assert "1234" not in quote
    assert len(quote) <= 160
    assert quote.startswith("…")
    assert quote.endswith("…")


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(["taro.yamada@example.co.jp", "03-1234-5678", "4111 1111 1111 1111"]))
def test_no_part_of_personal_data_is_left_at_an_edge(before, after, datum):
    text = f"{'言葉' * 200}{datum} {'あ' * before}請求書{'い' * after} {datum}{'言葉' * 200}"
    (hit,) = CueSearch([Cue("t", "ja", "請求書")]).find(text)
    quote = quote_around(text, hit.start, hit.end)
    assert "請求書" in quote
    assert len(quote) <= 160
    for part in ("taro", "yamada", "example", "co.jp", "1234", "5678", "4111", "1111"):
        assert part not in quote


def test_the_quote_keeps_the_spelling_of_the_text():
    text = "The ANNUAL Report of Ｋ社 (㈱)"
    (hit,) = CueSearch([Cue("t", "en", "annual report")]).find(text)
    assert quote_around(text, hit.start, hit.end) == "The ANNUAL Report of K社 ((株))"


def test_a_pattern_matches_a_whole_cell_of_a_row_and_nothing_else():
    search = CueSearch([Cue("orders", "pattern", r"po-\d{3,}")])
    (hit,) = search.find("Number: PO-5100; Note: see PO-5100 again; Ref: PO-77000")
    assert (hit.count, hit.start, hit.end) == (2, 8, 15)
    assert search.find("PO-5100") == []
    assert search.find("Note: see PO-5100; Ref: PO-5100x") == []


def test_a_text_longer_than_a_row_holds_no_cells():
    search = CueSearch([Cue("orders", "pattern", r"po-\d{3,}")])
    assert search.find("a: " + "b" * 4000 + "; Number: PO-5100") == []
    assert bool(search)
