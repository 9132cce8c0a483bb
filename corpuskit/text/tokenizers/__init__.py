"""The tokenizers. To add one: write ``<name>.py`` with a class of the shape :class:`Tokenizer` and a spec, and name it here."""

from __future__ import annotations

from corpuskit.registry import Registry
from corpuskit.text.languages import LANGUAGES
from corpuskit.text.options import TextOptions
from corpuskit.text.tokenizers.spacy_english import SPACY
from corpuskit.text.tokenizers.sudachi_japanese import SUDACHI
from corpuskit.text.tokenizers.tokenizer import NOMINAL, Cut, Span, Tokenizer, TokenizerSpec, Types
from corpuskit.text.tokenizers.user_terms import with_user_terms

TOKENIZERS: Registry[TokenizerSpec] = Registry("tokenizer", (SPACY, SUDACHI))


def load_tokenizer(language: str, options: TextOptions) -> Tokenizer:
    """Load what cuts text of a language: its tokenizer, and around it the user dictionary if that has terms for the language.

    Raises
    ------
    MissingDependency
        The tokenizer or its dictionary is not installed.
    ConfigurationError
        The user dictionary has two terms that the tokenizer does not tell apart.
    """
    return with_user_terms(TOKENIZERS[LANGUAGES[language].tokenizer].load(options), options, language)


__all__ = ["NOMINAL", "TOKENIZERS", "Cut", "Span", "Tokenizer", "TokenizerSpec", "Types", "load_tokenizer"]
