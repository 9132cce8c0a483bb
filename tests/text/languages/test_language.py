from dataclasses import FrozenInstanceError

import pytest

from corpuskit.errors import UnknownName
from corpuskit.text import LANGUAGES, TOKENIZERS
from corpuskit.text.normalization import is_word, normalise


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_language_has_a_tokenizer_and_is_named_in_every_language(code):
    language = LANGUAGES[code]
    assert language.name == code
    assert language.tokenizer in TOKENIZERS
    assert set(language.names) == set(LANGUAGES)
    assert len(set(language.names.values())) == len(language.names)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_stop_words_are_forms_in_which_terms_are_counted(code):
    words = LANGUAGES[code].stop_words
    assert [word for word in words if normalise(word) != word] == []
    assert [word for word in words if not is_word(word) and word != "'"] == []


def test_an_unknown_language_is_named():
    with pytest.raises(UnknownName, match=r"Unknown language 'jp'. Valid: en, ja"):
        LANGUAGES["jp"]


def test_a_language_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        LANGUAGES["en"].stop_words = frozenset()
