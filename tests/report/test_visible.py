"""What cannot be seen is shown, what can be seen stays."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report.visible import visible
from tests.report.hostile import any_text


def test_each_kind_of_character_that_hides_or_deceives_is_shown_by_its_code_point():
    given = "a\x00\x1b\x85\u2028\u202e\u2066\ud800\ufeff\U000e0041z"
    assert visible(given) == "a⟨U+0000⟩⟨U+001B⟩⟨U+0085⟩⟨U+2028⟩⟨U+202E⟩⟨U+2066⟩⟨U+D800⟩⟨U+FEFF⟩⟨U+E0041⟩z"


def test_text_of_both_languages_stays_as_it_is():
    text = "旅費規程（第２版）\tｶﾀｶﾅ が\nTravel policy – “v2” 👩‍💻"
    assert visible(text) is text or visible(text) == text


@given(any_text)
def test_what_is_left_can_be_written_and_shows_itself(text):
    shown = visible(text)
    assert shown.encode("utf-8").decode() == shown
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown if character not in "\t\n")
    assert visible(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_digits_and_signs_are_never_touched(text):
    assert visible(text) == text
