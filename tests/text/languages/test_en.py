import pytest

from corpuskit.text import LANGUAGES, TOKENIZERS, TextOptions
from tests.text.tokenizers.lines import forms


@pytest.fixture(scope="module")
def english():
    return TOKENIZERS[LANGUAGES["en"].tokenizer].load(TextOptions())


@pytest.mark.parametrize(
    "sentence",
    [
        "It isn't that we'd be there, but they've been.",
        "She's not what he'll have; you're who I'm with, and can't won't shan't.",
        "Although it would, whatever the others ought to do cannot be ours.",
        "It isn’t theirs.",
    ],
)
def test_a_sentence_of_function_words_is_all_stop_words(english, sentence):
    assert [form for form in forms(english, sentence) if form not in LANGUAGES["en"].stop_words and form.isalpha()] == []


@pytest.mark.parametrize("word", ["policy", "invoice", "approve", "first", "new", "use", "customer"])
def test_words_of_business_are_none(word):
    assert word not in LANGUAGES["en"].stop_words


def test_the_parts_into_which_contractions_are_cut_are_marked(english):
    for contraction in ("don't", "cannot", "it's", "I'm", "we're", "I've", "he'll", "she'd", "won't", "shan't"):
        assert set(forms(english, contraction)) <= LANGUAGES["en"].stop_words, contraction
