import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, count, merge
from corpuskit.errors import ConfigurationError, UsageError
from corpuskit.ingest import Section
from corpuskit.text import DictionaryEntry, TextOptions, Tokenizers, concordance, load_tokenizer, tokenize
from tests.text.documents import document

ENTRIES = (
    DictionaryEntry(term="purchase order", variants=("PO", "purchase orders")),
    DictionaryEntry(term="purchase order form"),
    DictionaryEntry(term="email", variants=("e-mail",)),
    DictionaryEntry(term="Yahoo!"),
    DictionaryEntry(term="サーバー", variants=("ｻｰﾊﾞ", "鯖")),
    DictionaryEntry(term="見積書", variants=("御見積書", "お見積書")),
    DictionaryEntry(term="購買発注書"),
)
OPTIONS = TextOptions(dictionary=ENTRIES)
ENGLISH, JAPANESE = (load_tokenizer(language, OPTIONS) for language in ("en", "ja"))


def forms(tokenizer, line):
    return [tokenizer.types.forms[number] for number in tokenizer.cut([line]).types.tolist()]


def rows(text, options=OPTIONS):
    (table,) = tokenize([document("a.txt", text)], options)
    return table.tokens.join(table.terms, on="term", maintain_order="left").select("form", "position", "sentence", "paragraph").rows()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Send an E-mail (e-mail).", ["send", "an", "email", "(", "email", ")", "."]),
        ("POs and a PO for Purchase  Orders", ["pos", "and", "a", "purchase order", "for", "purchase order"]),
        ("the purchase order form, the purchase order", ["the", "purchase order form", ",", "the", "purchase order"]),
        ("purchase, order", ["purchase", ",", "order"]),
    ],
)
def test_english_spellings_are_one_term(line, expected):
    assert forms(ENGLISH, line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("御見積書とお見積書と見積書", ["見積書", "と", "見積書", "と", "見積書"]),
        ("サーバーとサーバとｻｰﾊﾞｰと鯖", ["サーバー", "と", "サーバー", "と", "サーバー", "と", "サーバー"]),
        ("購買発注書を送る。購買と発注書。", ["購買発注書", "を", "送る", "。", "購買", "と", "発注書", "。"]),
        ("Purchase Order を e-mail で", ["purchase order", "を", "email", "で"]),
    ],
)
def test_japanese_spellings_are_one_term(line, expected):
    assert forms(JAPANESE, line) == expected


@settings(max_examples=80)
@given(
    st.lists(
        st.text("aP e-mail!。、サーバ鯖見積書御購買発注purchaseorder \n", max_size=20)
        | st.sampled_from(["purchase order", "form", "購買", "発注書", "e-mail", "Yahoo!", "鯖"]),
        max_size=6,
    )
)
def test_places_and_counts_have_the_same_tokens_and_nothing_is_lost(parts):
    for tokenizer in (ENGLISH, JAPANESE):
        lines = " ".join(parts).splitlines()
        cut = tokenizer.cut(lines)
        together = [tokenizer.types.forms[number] for number in cut.types.tolist()]
        spans = [tokenizer.spans(line) for line in lines]
        assert together == [span.form for line in spans for span in line]
        assert cut.lengths.tolist() == [len(line) for line in spans]
        for line, found in zip(lines, spans, strict=True):
            plain = "".join("".join(line[span.start : span.end].split()) for span in found)
            assert plain == "".join(line.split())


def test_positions_close_up_so_that_a_window_counts_terms():
    text = "Send the purchase order form today.\nPurchase\norder"
    assert [row[:2] for row in rows(text)] == [
        *(("send", 0), ("the", 1), ("purchase order form", 2), ("today", 3), (".", 4)),
        *(("purchase", 5), ("order", 6)),  # not over the end of a line
    ]
    for options, apart in ((OPTIONS, 1), (TextOptions(), 0)):
        (counted,) = (count(table, CountOptions(window=2)) for table in tokenize([document("a.txt", "red purchase order form blue")], options))
        names = counted.terms["form"].to_list()
        matrix = sum(counted.cooccurrence).toarray()
        red, blue = names.index("red"), names.index("blue")
        assert max(matrix[red, blue], matrix[blue, red]) == apart


def test_a_sign_inside_a_term_ends_no_sentence_and_a_joined_term_begins_one():
    assert [(form, sentence) for form, _, sentence, _ in rows("We use Yahoo! Mail. Purchase orders follow.")] == [
        *(("we", 0), ("use", 0), ("yahoo!", 0), ("mail", 0), (".", 0)),
        *(("purchase order", 1), ("follow", 1), (".", 1)),
    ]
    assert {sentence for _, _, sentence, _ in rows("We pay. purchase orders follow.")} == {0}  # a small letter goes on, as it did


def test_terms_of_boilerplate_lines_are_left_out_whole():
    from corpuskit.text.boilerplate import REMOVED, line_hash

    (table,) = tokenize(
        [document("a/b.txt", "purchase order\npurchase order now")], OPTIONS, boilerplate=frozenset({("a", line_hash("purchase order"))})
    )
    found = table.tokens.join(table.terms, on="term", maintain_order="left")
    assert found["form"].to_list() == [REMOVED, "purchase order", "now"]


def test_counts_with_different_dictionaries_do_not_merge():
    given = (("a", OPTIONS), ("b", TextOptions()))
    parts = [count(table, CountOptions()) for name, one in given for table in tokenize([document(name, "a purchase order")], one)]
    assert "user dictionary" in parts[0].tokenizers["en"].mode
    assert "(terms: 7)" in parts[0].tokenizers["en"].mode
    with pytest.raises(UsageError, match="different tokenizers"):
        merge(parts)


def test_without_terms_for_a_language_its_tokenizer_is_untouched():
    options = TextOptions(dictionary=(DictionaryEntry(term="購買発注書", language="ja"),))
    assert type(load_tokenizer("en", options)) is type(load_tokenizer("en", TextOptions()))
    assert load_tokenizer("en", options).info == load_tokenizer("en", TextOptions()).info
    assert load_tokenizer("ja", options).info.mode.startswith("C, user dictionary ")


def test_two_terms_that_the_tokenizer_does_not_tell_apart_are_refused():
    options = TextOptions(dictionary=(DictionaryEntry(term="サーバ"), DictionaryEntry(term="サーバー")))
    with pytest.raises(ConfigurationError, match=r"'サーバ'.*'サーバー'.*same words in Japanese text.*one line"):
        load_tokenizer("ja", options)


def test_what_is_learned_and_forgotten_changes_no_token(tmp_path):
    text = "one purchase order, two e-mails, three POs and a PO"
    for memory in (None, tmp_path, tmp_path):
        tokenizers = Tokenizers(OPTIONS.model_copy(update={"cached_chunks": 2}), memory)
        english = tokenizers.of("en")
        for _ in range(3):
            assert forms(english, text) == forms(ENGLISH, text)
            tokenizers.renew()
        tokenizers.remember()
    # the table that was left does not depend on the dictionary
    assert forms(Tokenizers(TextOptions(), tmp_path).of("en"), text) == forms(load_tokenizer("en", TextOptions()), text)


def test_a_concordance_finds_every_spelling():
    lines = concordance([document("a", Section("Send the PO. Purchase orders and a purchase order form."))], "purchase order", OPTIONS)
    assert [line.keyword for line in lines] == ["PO", "Purchase orders"]
    lines = concordance([document("a", Section("鯖を直す。サーバを直す。"))], "サーバー", OPTIONS)
    assert [line.keyword for line in lines] == ["鯖", "サーバ"]
