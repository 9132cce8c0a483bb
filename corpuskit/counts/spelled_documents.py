"""Documents by the letters of their words: what names of categories, which share letters rather than whole words with texts, are placed among."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.labelled_documents import words_of_documents
from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import CorpusStats
from corpuskit.text import hashed_features

MOST_FEATURES = 8_000_000
"""Features of all documents together, from which on fewer documents are read; because an audit spends 6 s on so many (4,000 short messages have
half a million)."""

FEWEST_DOCUMENTS = 200
"""Documents that are read however long they are; because the interval of a share then reaches seven points to either side."""


def spelled_documents(stats: CorpusStats, documents: Sequence[str]) -> csr_matrix:
    """Count the hashed character n-grams of each word of documents, text and headings together.

    N-grams stay within a word, as those of messages do in English; of Japanese none reaches across two words.

    Returns
    -------
    csr_matrix of float32, shape (len(documents), FEATURES)
    """
    counts, letters = _words_and_letters(stats, documents)
    return freeze(csr_matrix(counts.astype(np.float32) @ letters))


def affordable(stats: CorpusStats, documents: Sequence[str]) -> int:
    """Tell how many of these documents, the first ones, have at most :data:`MOST_FEATURES` features; at least :data:`FEWEST_DOCUMENTS`."""
    counts, letters = _words_and_letters(stats, documents)
    features: NDArray[np.int64] = (counts > 0) @ np.diff(letters.indptr).astype(np.int64)
    room = int(np.searchsorted(np.cumsum(features), MOST_FEATURES, side="right"))
    return min(max(room, FEWEST_DOCUMENTS), len(documents))


def _words_and_letters(stats: CorpusStats, documents: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
    """Give the counts of words by document, and the features of each word."""
    words = words_of_documents(stats, documents)
    used = np.unique(words.indices)
    return csr_matrix(words[:, used]), hashed_features(stats.terms["form"].gather(used).to_list())
