"""Hashed character n-grams of messages: what a classifier can see, in any language, without a vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.text.normalization import normalise
from corpuskit.text.table import FEATURES

SHORTEST, LONGEST = 1, 4


@lru_cache(maxsize=1)
def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(SHORTEST, LONGEST),
        n_features=FEATURES,
        alternate_sign=False,
        norm=None,
        lowercase=False,
        preprocessor=normalise,
        dtype=np.float32,
    )


def no_features(rows: int) -> csr_matrix:
    """Give the features of texts without any."""
    return csr_matrix((np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(rows + 1, np.int32)), shape=(rows, FEATURES))


def hashed_features(texts: Sequence[str]) -> csr_matrix:
    """Count the hashed character 1- to 4-grams of texts (Weinberger and others 2009, without signs).

    Texts are normalised first (NFKC, case folded). N-grams stay within runs of non-blank characters, padded by a blank on either side, so
    that English words keep their beginnings and ends; a Japanese clause is one run.

    Returns
    -------
    csr_matrix of float32, shape (len(texts), FEATURES)
        Counts; the row of a text without any character but blanks is empty.
    """
    if not texts:
        return no_features(0)
    matrix = csr_matrix(_vectorizer().transform(texts), dtype=np.float32)
    matrix.sum_duplicates()
    return matrix
