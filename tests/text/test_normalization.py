import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.normalization import display_width, fit_left, fit_right, fold, form_of, is_word, normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ　ｶﾞ", "abc ガ"),
        ("Straße", "STRASSE"),
        ("don’t", "DON'T"),
        ("a\u00adb\u200b", "ab"),
        ("a \n\t b", "a b"),
        ("①㈱", "1(株)"),
        ("か\u3099", "が"),
    ],
)
def test_variants_become_equal(one, other):
    assert normalise(one) == normalise(other)


def test_what_differs_stays_apart():
    assert normalise("規程") != normalise("規定")
    assert normalise("は") != normalise("ば")


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
    assert unicodedata.is_normalized("NFKC", fold(text))


@given(st.text(min_size=1, max_size=5).filter(lambda text: not text.isspace()))
def test_a_token_keeps_a_form(token):
    assert form_of(token)


def test_words_have_a_letter_or_digit():
    assert [is_word(form) for form in ("a", "1", "規程", "n't", "。", "--", "$")] == [True, True, True, True, False, False, False]


@given(st.text(st.sampled_from("abｱア規\u0301程 。"), max_size=30), st.integers(0, 20))
def test_fitting_takes_the_width_asked_for(text, width):
    assert display_width(fit_left(text, width)) == width
    assert display_width(fit_right(text, width)) == width


def test_wide_characters_take_two_columns():
    assert display_width("規程 ab ｱ") == 4 + 1 + 2 + 1 + 1
    assert fit_left("出張旅費", 5) == " 旅費"
    assert fit_right("出張旅費", 5) == "出張 "
