"""What the package must know of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language that can be counted.

    Attributes
    ----------
    name : str
        ISO 639-1 code.
    names : mapping
        What the language is called, by the code of the language that says so.
    tokenizer : str
        Name in ``TOKENIZERS``.
    stop_words : frozenset of str
        Function words, as normalised forms of the tokenizer. They are marked, never removed: they hold their place in a window.
    """

    name: str
    names: Mapping[str, str]
    tokenizer: str
    stop_words: frozenset[str]
