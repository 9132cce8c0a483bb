"""Counts in other units than the words that were counted: their shorter units, their pairs of characters. No text is cut again.

Each word is known with what it is made of, so a product of the counts with a map from words to units gives the counts of units. Word borders
remain: no unit lies across one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts.sparse import Integers, freeze, tally
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.views import vocabulary

_NOTHING = 0
_AFTER = 2**21
"""Above every code point of Unicode (0x10FFFF) and one more, so that two code points make one number."""


@dataclass(frozen=True, eq=False)
class Segmentation:
    """What words are made of.

    Attributes
    ----------
    forms : tuple of str
        The units, sorted.
    of_terms : csr_matrix of int64, shape (V, units)
        How often each unit stands in each word, rows as in :func:`~corpuskit.counts.vocabulary`; no row is empty. Read-only.
    """

    forms: tuple[str, ...]
    of_terms: csr_matrix

    def count(self, matrix: csr_matrix) -> csr_matrix:
        """Turn counts of words, shape (rows, V), into counts of units, shape (rows, units): int64, canonical, read-only.

        Rows may be documents (:func:`~corpuskit.counts.document_terms`) or groups of them.
        """
        counted = csr_matrix(matrix @ self.of_terms)
        counted.sort_indices()
        return freeze(counted)


def short_units(stats: CorpusStats, language: str) -> Segmentation:
    """Divide the words of a language into the shortest units that its tokenizer knew of them; a word without any is its own.

    For Japanese these are the units of Sudachi's mode A. Counts in them are those of text cut in mode A, but for two things: words of different
    entries that share a normalised form are divided as one of them is, and terms of a user dictionary stay whole.

    Returns
    -------
    Segmentation
        Without units for a language without words. Cost O(units of all distinct words).
    """
    words = vocabulary(stats, language).select("form", "units").with_row_index("row")
    placed = words.select("row", unit=pl.coalesce("units", pl.concat_list("form"))).explode("unit")
    forms = placed["unit"].unique().sort()
    columns = placed.join(pl.DataFrame({"unit": forms}).with_row_index("column"), on="unit", how="left", maintain_order="left")["column"]
    rows = placed["row"].to_numpy().astype(np.int64)
    return Segmentation(tuple(forms), tally(rows, columns.to_numpy().astype(np.int64), (words.height, len(forms))))


def character_bigrams(stats: CorpusStats, language: str) -> Segmentation:
    """Divide the words of a language into overlapping pairs of neighbouring characters; a word of one character counts as itself.

    Pairs lie inside words, in their normalised forms: those across the border of two words are not there, since counts by document do not hold
    the order of words. So they depend on the tokenizer still, though less than words: where it divides a word, the pair at the seam is lost, and
    a part of one character counts as itself.

    Returns
    -------
    Segmentation
        Without units for a language without words. Cost O(characters of all distinct words).
    """
    words = vocabulary(stats, language)["form"]
    characters = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32).astype(np.int64)
    lengths = words.str.len_chars().to_numpy().astype(np.int64)
    row = np.repeat(np.arange(lengths.size), lengths)
    last = np.zeros(characters.size, np.bool_)
    last[np.cumsum(lengths)[lengths > 0] - 1] = True
    after = np.full(characters.size, _NOTHING)
    after[:-1] = characters[1:] + 1
    after[last] = _NOTHING
    kept = ~last | (lengths == 1)[row]
    pairs, columns = np.unique(characters[kept] * _AFTER + after[kept], return_inverse=True)
    return Segmentation(_written(pairs), tally(row[kept], columns, (lengths.size, pairs.size)))


def _written(pairs: Integers) -> tuple[str, ...]:
    """Write numbers of pairs as text. Sorted as they are: by the first character, alone before any other."""
    first, second = np.divmod(pairs.astype(np.int64), _AFTER)
    return tuple(chr(one) + (chr(two - 1) if two != _NOTHING else "") for one, two in zip(first.tolist(), second.tolist(), strict=True))
