import gzip
import json
import random
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import MissingDependency, UnknownName
from corpuskit.text import LANGUAGES, TOKENIZERS, TextOptions
from corpuskit.text.normalization import form_of, normalise
from corpuskit.text.sentences import split_sentences
from corpuskit.text.tokenizers import sudachi_japanese

SPEED = Path(__file__).parents[3] / "shared" / "data" / "speed"


@pytest.fixture(scope="module")
def english():
    return TOKENIZERS["spacy"].load(TextOptions())


@pytest.fixture(scope="module")
def japanese():
    return TOKENIZERS["sudachi"].load(TextOptions())


@pytest.fixture(scope="module")
def nlp():
    import spacy

    return spacy.blank("en")


def forms(tokenizer, *lines):
    cut = tokenizer.cut(lines)
    assert cut.lengths.sum() == cut.types.size
    return [tokenizer.types.forms[number] for number in cut.types.tolist()]


def spacy_forms(nlp, text):
    return [form_of(token.text) for token in nlp(text) if not token.text.isspace()]


TRICKY = [
    "Don't pay U.S.$5,000.00 (net) to Smith's co-owner... e.g. Mr. O'Neil :-) at http://a.b/c?d=e, ok?",
    "He said: \"I'd've gone; can't you?\" <b>10km</b> 5pm. end.Next word/other and/or 1,000.5-2 #tag @you a@b.co",
    "dont cant Im gonna wanna whats id, ill. cannot. etc. Inc. Ltd, a. A. AB. ABC. Mr, no. No.5 x: D: XD, o.O 8) :) :* ok:) (c) v.s. p.m. it's' ''",
    "「日本語」 and naïve café’s “quoted” text—dash – en … ellipsis 100% €5 5€ ½",
    "",
    "   ",
    "\ufeffbom \u200bzero",
]


@pytest.mark.parametrize("text", TRICKY)
def test_english_tokens_are_those_of_spacy(english, nlp, text):
    assert forms(english, text) == spacy_forms(nlp, text)


@given(st.lists(st.text("abzABZ09.,;:!?'\"()-/&$%", min_size=1, max_size=9), max_size=4))
@settings(max_examples=400, deadline=None)
def test_each_run_is_cut_as_spacy_cuts_it_alone(english, nlp, runs):
    assert forms(english, " ".join(runs)) == [form for run in runs for form in spacy_forms(nlp, run)]


@pytest.mark.skipif(not SPEED.exists(), reason="the measuring texts are not part of the project")
def test_english_tokens_are_those_of_spacy_on_real_paragraphs(english, nlp):
    with gzip.open(SPEED / "en.jsonl.gz", "rt", encoding="utf-8") as file:
        paragraphs = [line for row in file for line in json.loads(row)["text"].splitlines() if line.strip()]
    sample = random.Random(1).sample(paragraphs, 3000)
    differing = [
        text for text, doc in zip(sample, nlp.pipe(sample), strict=True) if forms(english, text) != [form_of(t.text) for t in doc if not t.is_space]
    ]
    assert differing == []


def test_the_memory_of_runs_is_bounded_and_changes_nothing():
    bounded = TOKENIZERS["spacy"].load(TextOptions(cached_chunks=2))
    text = "One two, three four; five six seven."
    before = forms(bounded, text)
    bounded.renew()
    assert bounded.types.forms == []
    assert forms(bounded, text) == before


def test_a_long_run_without_blanks_is_cut_in_reasonable_time(english):
    assert len(forms(english, "QUJD" * 50_000)) >= 1


def test_places_of_english_tokens(english):
    line = "It's  Smith’s\tbook."
    assert [(line[span.start : span.end], span.form) for span in english.spans(line)] == [
        ("It", "it"),
        ("'s", "'s"),
        ("Smith", "smith"),
        ("’s", "'s"),
        ("book", "book"),
        (".", "."),
    ]


PIECE = "この規程は、従業員の出張旅費の取扱いについて定める。見積書は、部長が確認した後に経理課へ送付する！"


def test_japanese_longer_than_sudachi_takes_gives_the_tokens_of_its_pieces(japanese):
    text = PIECE * 800
    assert len(text.encode()) > 110_000
    assert forms(japanese, text) == forms(japanese, *split_sentences(PIECE, "ja")) * 800


def test_japanese_without_any_sentence_end_does_not_fail(japanese):
    assert len(forms(japanese, "あいうえお" * 8000)) > 1000
    assert forms(japanese, "㌖" * 9000)  # one character that Sudachi writes as six


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｻｰﾊﾞｰの更新", "サーバーの更新"),
        ("ＡＢＣ株式会社", "abc株式会社"),
        ("１２３円", "123円"),
        ("ｶﾞｲﾄﾞﾗｲﾝ（案）", "ガイドライン(案)"),
        ("附属書", "付属書"),
        ("Ｏｐｅｎ the ＤＯＯＲ", "open THE door"),
        ("見積り", "見積もり"),
    ],
)
def test_variants_of_width_case_and_spelling_are_one_term(japanese, one, other):
    assert forms(japanese, one) == forms(japanese, other)


def test_words_that_differ_stay_apart(japanese):
    assert forms(japanese, "規程") != forms(japanese, "規定")
    assert forms(japanese, "見積書") != forms(japanese, "見積")


def test_latin_words_in_japanese_keep_their_letters(japanese):
    assert forms(japanese, "Open the door、don't") == ["open", "the", "door", "、", "don't"]


def test_terms_do_not_depend_on_what_came_first():
    orders = []
    for lines in (("Server サーバ", "SERVER サーバー"), ("SERVER サーバー", "Server サーバ")):
        orders.append(forms(TOKENIZERS["sudachi"].load(TextOptions()), *lines))
    assert orders[0] == orders[1]


def test_modes_cut_as_known():
    # 大規模言語モデル in Sudachi's modes, as found with the core dictionary
    cut = {mode: forms(TOKENIZERS["sudachi"].load(TextOptions(japanese_mode=mode)), "国家公務員採用試験") for mode in "ABC"}
    assert cut["A"] == ["国家", "公務", "員", "採用", "試験"]
    assert cut["B"] == ["国家", "公務員", "採用", "試験"]
    assert cut["C"] == ["国家公務員", "採用", "試験"]


def test_places_of_japanese_tokens(japanese):
    line = "　サーバの更新．次へ"
    assert [line[span.start : span.end] for span in japanese.spans(line)] == ["サーバ", "の", "更新", "．", "次", "へ"]
    assert [span.form for span in japanese.spans(line)] == forms(japanese, line)


def test_information_for_the_report(english, japanese):
    assert english.info.name == "spacy"
    assert english.info.version.startswith("3.")
    assert (japanese.info.name, japanese.info.mode) == ("sudachi", "C")
    assert japanese.info.dictionary_version.startswith("core 20")


def test_nothing_deprecated_is_used():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert forms(TOKENIZERS["sudachi"].load(TextOptions()), "規程") == ["規程"]


def test_a_missing_dictionary_says_how_to_get_it(monkeypatch):
    import sudachipy

    def fail(**_):
        raise ModuleNotFoundError("Package `sudachidict_core` does not exist")

    monkeypatch.setattr(sudachipy, "Dictionary", fail)
    sudachi_japanese._dictionary.cache_clear()
    try:
        with pytest.raises(MissingDependency, match="pip install sudachidict-core"):
            TOKENIZERS["sudachi"].load(TextOptions())
    finally:
        sudachi_japanese._dictionary.cache_clear()


def test_registries_help_with_unknown_names():
    with pytest.raises(UnknownName, match="sudachi"):
        TOKENIZERS["sudachy"]
    for language in LANGUAGES.values():
        assert language.tokenizer in TOKENIZERS
        assert set(language.names) >= {"en", "ja"}


def test_stop_words_are_forms_of_the_tokenizer(english, japanese):
    assert all(normalise(word) == word for language in LANGUAGES.values() for word in language.stop_words)
    sentence = forms(english, "It isn't that we'd be there, but they've been.")
    assert [form for form in sentence if form not in LANGUAGES["en"].stop_words] == [",", "."]
    sentence = forms(japanese, "それについては、このようにすることができるものである。")
    assert [form for form in sentence if form not in LANGUAGES["ja"].stop_words] == ["、", "。"]
