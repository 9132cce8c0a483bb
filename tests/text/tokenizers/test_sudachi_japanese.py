import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import MissingDependency
from corpuskit.text import TOKENIZERS, TextOptions
from corpuskit.text.sentences import split_sentences
from corpuskit.text.tokenizers import sudachi_japanese
from tests.text.tokenizers.lines import assert_spans_are_the_tokens, forms, sample_lines


@pytest.fixture(scope="module")
def japanese():
    return TOKENIZERS["sudachi"].load(TextOptions())


PIECE = "この規程は、従業員の出張旅費の取扱いについて定める。見積書は、部長が確認した後に経理課へ送付する！"


def test_a_line_longer_than_sudachi_takes_gives_the_tokens_of_its_pieces(japanese):
    text = PIECE * 800
    assert len(text.encode()) > 110_000
    assert forms(japanese, text) == forms(japanese, *split_sentences(PIECE, "ja")) * 800


def test_a_line_without_any_sentence_end_does_not_fail(japanese):
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


def test_latin_words_keep_their_letters(japanese):
    assert forms(japanese, "Open the door、don't") == ["open", "the", "door", "、", "don't"]


def test_terms_do_not_depend_on_what_came_first():
    orders = []
    for lines in (("Server サーバ", "SERVER サーバー"), ("SERVER サーバー", "Server サーバ")):
        orders.append(forms(TOKENIZERS["sudachi"].load(TextOptions()), *lines))
    assert orders[0] == orders[1]


def test_modes_cut_as_known():
    # 国家公務員採用試験 in the three modes of Sudachi, as found with the core dictionary
    cut = {mode: forms(TOKENIZERS["sudachi"].load(TextOptions(japanese_mode=mode)), "国家公務員採用試験") for mode in "ABC"}
    assert cut["A"] == ["国家", "公務", "員", "採用", "試験"]
    assert cut["B"] == ["国家", "公務員", "採用", "試験"]
    assert cut["C"] == ["国家公務員", "採用", "試験"]


def test_tokens_are_those_of_spacys_japanese_on_the_samples(japanese):
    import spacy

    nlp = spacy.blank("ja", config={"nlp": {"tokenizer": {"split_mode": "C"}}})
    lines = [line for line in sample_lines() if not line.isascii()][::5]
    assert len(lines) > 200
    differing = [
        line
        for line in lines
        if [line[span.start : span.end] for span in japanese.spans(line)] != [token.text for token in nlp(line) if not token.is_space]
    ]
    assert differing == []


def test_places(japanese):
    line = "　サーバの更新．次へ"
    assert [line[span.start : span.end] for span in japanese.spans(line)] == ["サーバ", "の", "更新", "．", "次", "へ"]


def test_places_agree_with_the_tokens(japanese):
    assert_spans_are_the_tokens(japanese, [*sample_lines()[::10], "　", "1．概要", "３．５%", PIECE * 300])


@settings(max_examples=100)
@given(st.text("あア亜ｱa1 　。．！\u200b㌖𠮟", max_size=12))
def test_any_line_is_cut_with_its_places(japanese, line):
    assert_spans_are_the_tokens(japanese, [line])


def test_lines_without_a_token_have_length_nothing(japanese):
    cut = japanese.cut(["", "規程", " 　", "規定"])
    assert cut.lengths.tolist() == [0, 1, 0, 1]
    assert japanese.cut([]).lengths.size == 0


def test_the_memory_of_types_is_bounded_and_changes_nothing(monkeypatch):
    tokenizer = TOKENIZERS["sudachi"].load(TextOptions())
    before = forms(tokenizer, PIECE)
    tokenizer.renew()
    assert tokenizer.types.forms
    monkeypatch.setattr(sudachi_japanese, "_MOST_TYPES", 3)
    tokenizer.renew()
    assert tokenizer.types.forms == []
    assert forms(tokenizer, PIECE) == before


@pytest.mark.parametrize("threads", [2, 3])
def test_the_number_of_threads_changes_nothing(monkeypatch, threads):
    monkeypatch.setattr(sudachi_japanese, "_BLOCK", 500)
    lines = [*sample_lines()[::3], "", "　", PIECE, "㌖" * 9000, "シュミレート"]
    one, many = (TOKENIZERS["sudachi"].load(TextOptions(threads=number)) for number in (1, threads))
    for _ in range(2):  # the second time with words that are known
        alone, together = one.cut(lines), many.cut(lines)
        assert alone.types.tolist() == together.types.tolist()
        assert alone.lengths.tolist() == together.lengths.tolist()
        assert one.types == many.types
    assert 1 <= len(many._idle) <= threads


def test_a_fault_in_a_thread_is_raised_and_loses_no_analyser(monkeypatch):
    monkeypatch.setattr(sudachi_japanese, "_BLOCK", 1)
    tokenizer = TOKENIZERS["sudachi"].load(TextOptions(threads=2))
    with pytest.raises(TypeError):
        tokenizer.cut([PIECE, 5])
    assert forms(tokenizer, "規程") == ["規程"]


def test_threads_are_as_many_as_cores_but_few(monkeypatch):
    monkeypatch.setattr(sudachi_japanese.os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert TOKENIZERS["sudachi"].load(TextOptions())._threads == 4
    monkeypatch.delattr(sudachi_japanese.os, "sched_getaffinity")
    monkeypatch.setattr(sudachi_japanese.os, "cpu_count", lambda: None)
    assert TOKENIZERS["sudachi"].load(TextOptions())._threads == 1


def test_it_says_what_it_is(japanese):
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
