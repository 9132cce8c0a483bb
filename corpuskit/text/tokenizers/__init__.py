"""The tokenizers. To add one: write ``<name>.py`` with a class of the shape :class:`Tokenizer` and a spec, and name it here."""

from __future__ import annotations

from corpuskit.registry import Registry
from corpuskit.text.tokenizers.spacy_english import SPACY
from corpuskit.text.tokenizers.sudachi_japanese import SUDACHI
from corpuskit.text.tokenizers.tokenizer import Cut, Span, Tokenizer, TokenizerSpec, Types

TOKENIZERS: Registry[TokenizerSpec] = Registry("tokenizer", (SPACY, SUDACHI))

__all__ = ["TOKENIZERS", "Cut", "Span", "Tokenizer", "TokenizerSpec", "Types"]
