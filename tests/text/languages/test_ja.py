import pytest

from corpuskit.text import LANGUAGES, TOKENIZERS, TextOptions
from tests.text.tokenizers.lines import forms


@pytest.fixture(scope="module")
def japanese():
    return TOKENIZERS[LANGUAGES["ja"].tokenizer].load(TextOptions())


@pytest.mark.parametrize(
    "sentence",
    [
        "それについては、このようにすることができるものである。",
        "このようなときではなく、そのためにいただいたものです。",
        "また、及び並びに若しくは或いはなお。",
    ],
)
def test_a_sentence_of_function_words_is_all_stop_words(japanese, sentence):
    left = [form for form in forms(japanese, sentence) if form not in LANGUAGES["ja"].stop_words and form not in "、。"]
    assert left == []


@pytest.mark.parametrize("word", ["規程", "規定", "申請", "確認", "見積書", "旅費", "承認", "請求"])
def test_words_of_business_are_none(japanese, word):
    assert forms(japanese, word) == [word]
    assert word not in LANGUAGES["ja"].stop_words


@pytest.mark.parametrize(("kana", "kanji"), [("する", "為る"), ("いただく", "頂く"), ("こと", "事"), ("および", "及び"), ("ある", "有る")])
def test_function_words_are_marked_in_kana_and_in_the_normalised_form(kana, kanji, japanese):
    # Sudachi's normalised form is the one in Chinese characters for verbs and conjunctions, and may be either for nouns
    assert forms(japanese, kana)[0] in (kana, kanji)
    assert set(forms(japanese, kana)) <= LANGUAGES["ja"].stop_words
