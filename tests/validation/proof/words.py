"""Texts as words, cut by the product's own tokenizers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.text import TextOptions, Tokenizer, load_tokenizer

Integers = NDArray[np.int64]


class Words(NamedTuple):
    """Words of texts.

    Attributes
    ----------
    tokens : array of int
        Number of the form of each token, text after text.
    lengths : array of int, shape (n,)
        Tokens of each text.
    """

    tokens: Integers
    lengths: Integers

    def counts(self) -> csr_matrix:
        """Give how often each text has each form, shape (n, forms)."""
        rows = np.repeat(np.arange(len(self.lengths)), self.lengths)
        shape = (len(self.lengths), int(self.tokens.max()) + 1 if len(self.tokens) else 1)
        return csr_matrix((np.ones(len(self.tokens)), (rows, self.tokens)), shape=shape)


def words_of(texts: Sequence[str], language: str) -> Words:
    """Cut texts of one language (``en`` or ``ja``) into words; forms are numbered in the order in which they are first seen."""
    tokenizer = _tokenizer(language)
    cut = tokenizer.cut([" ".join(text.split()) for text in texts])
    numbers: dict[str, int] = {}
    of_type = {kind: numbers.setdefault(tokenizer.types.forms[kind], len(numbers)) for kind in dict.fromkeys(cut.types.tolist())}
    tokens = np.array([of_type[kind] for kind in cut.types.tolist()], np.int64)
    return Words(tokens, cut.lengths.astype(np.int64))


@cache
def _tokenizer(language: str) -> Tokenizer:
    return load_tokenizer(language, TextOptions())
