"""The spectra of a corpus, whole and without each group of documents in turn: what delete-a-group jackknives of spectra rest on.

Nothing is counted anew: a group changes only the types it holds, so all spectra together cost one pass over the stored entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import FrequencySpectrum

Integers = NDArray[np.int64]

FEW = 250
"""Groups up to which one is added up after the other: as many as documents are ever dealt to. A product of matrices holds all of them twice."""

BLOCK = 1 << 20
"""Entries of a block, because numbers of so many take some ten megabytes."""


@dataclass(frozen=True, eq=False)
class DocumentSpectrum:
    """In how many documents types stand: the spectrum with documents as the units that were drawn.

    Attributes
    ----------
    documents : int
        Documents with at least one word, D.
    k : int64 array, shape (s,)
        Document frequencies that occur, ascending.
    types : int64 array, shape (s,)
        Number of types with that document frequency, Q_k.
    tokens : int64 array, shape (s,)
        Tokens of all these types together, W_k.
    """

    documents: int
    k: Integers
    types: Integers
    tokens: Integers

    def of(self, times: int) -> tuple[int, int]:
        """Give the types with exactly this document frequency, and their tokens."""
        place = self.k == times
        return int(self.types[place].sum()), int(self.tokens[place].sum())


@dataclass(frozen=True, eq=False)
class GroupSums:
    """Tokens and documents of each type in each group of documents that has a word; both matrices have the same entries.

    Attributes
    ----------
    numbers : int64 array, shape (groups,)
        Number of each group, ascending.
    sizes : int64 array, shape (groups,)
        Documents of each group with a word.
    tokens : csr_matrix of int64, shape (groups, V)
    documents : csr_matrix of int32, shape (groups, V)
        Documents that hold a type.
    """

    numbers: Integers
    sizes: Integers
    tokens: csr_matrix
    documents: csr_matrix

    @cached_property
    def tokens_of_types(self) -> Integers:
        """Tokens of each type in all groups, shape (V,)."""
        return np.asarray(self.tokens.sum(axis=0)).ravel().astype(np.int64)

    @cached_property
    def documents_of_types(self) -> Integers:
        """Documents that hold each type, shape (V,)."""
        return np.asarray(self.documents.sum(axis=0)).ravel().astype(np.int64)


def group_sums(terms: csr_matrix, group: Integers) -> GroupSums:
    """Add up the documents of each group.

    Parameters
    ----------
    terms : csr_matrix, shape (documents, V)
        Tokens of each type in each document; what is stored is above 0.
    group : int64 array, shape (documents,)
        Group of each document; those below 0 are left out, without a copy of the others.
    """
    kept = np.flatnonzero((np.diff(terms.indptr) > 0) & (group >= 0))
    numbers, rows = np.unique(group[kept], return_inverse=True)
    sizes = np.bincount(rows, minlength=len(numbers)).astype(np.int64)
    tokens, documents = _product(terms, kept, rows) if len(numbers) > FEW else _one_by_one(terms, kept, rows, len(numbers))
    return GroupSums(numbers.astype(np.int64), sizes, tokens, documents)


def sum_by_group(matrix: csr_matrix, group: Integers, present: bool = False) -> csr_matrix:
    """Give the tokens of :func:`group_sums` alone, or its documents if ``present``."""
    sums = group_sums(matrix, group)
    return sums.documents if present else sums.tokens


def _product(terms: csr_matrix, kept: Integers, rows: Integers) -> tuple[csr_matrix, csr_matrix]:
    belongs = csr_matrix((np.ones(len(kept), np.int64), (rows, kept)), shape=(int(rows.max()) + 1, terms.shape[0]))
    present = csr_matrix((np.ones(terms.nnz, np.int64), terms.indices, terms.indptr), shape=terms.shape)
    tokens, documents = csr_matrix(belongs @ terms), csr_matrix(belongs @ present)
    tokens.sum_duplicates()
    documents.sum_duplicates()
    return tokens, documents.astype(np.int32)


def _one_by_one(terms: csr_matrix, kept: Integers, rows: Integers, groups: int) -> tuple[csr_matrix, csr_matrix]:
    """Add up one group after the other; tokens as floats, exact up to 2^53."""
    size = int(terms.shape[1])
    found: list[tuple[NDArray[np.int32], Integers, NDArray[np.int32]]] = []
    for number in range(groups):
        part = csr_matrix(terms[kept[rows == number]])
        held = np.bincount(part.indices, minlength=size)
        places = np.flatnonzero(held).astype(np.int32)
        own = np.bincount(part.indices, weights=part.data, minlength=size)[places].astype(np.int64)
        found.append((places, own, held[places].astype(np.int32)))
    bounds = np.cumsum([0, *(len(places) for places, _, _ in found)])
    indices = np.concatenate([np.zeros(0, np.int32), *(places for places, _, _ in found)])
    tokens = np.concatenate([np.zeros(0, np.int64), *(own for _, own, _ in found)])
    documents = np.concatenate([np.zeros(0, np.int32), *(own for _, _, own in found)])
    shape = (groups, size)
    return csr_matrix((tokens, indices, bounds), shape=shape), csr_matrix((documents, indices, bounds), shape=shape)


def filled_rows(matrix: csr_matrix) -> csr_matrix:
    """Leave out rows without entries, without a copy of the others."""
    kept = np.concatenate(([True], np.diff(matrix.indptr) > 0))
    return csr_matrix((matrix.data, matrix.indices, matrix.indptr[kept]), shape=(int(kept.sum()) - 1, matrix.shape[1]))


def blocks_of_rows(matrix: csr_matrix) -> Iterator[tuple[int, int, slice, NDArray[np.int64]]]:
    """Cut the rows of a matrix into blocks of about :data:`BLOCK` entries, so that what is computed for each entry takes little memory at a time.

    Yields
    ------
    first, stop : int
        Rows of the block.
    entries : slice
        Its entries among the stored ones.
    rows : int64 array
        Row of each of these entries, counted from ``first``.
    """
    first = 0
    while first < matrix.shape[0]:
        stop = max(first + 1, int(np.searchsorted(matrix.indptr, int(matrix.indptr[first]) + BLOCK, side="right")) - 1)
        stop = min(stop, matrix.shape[0])
        lengths = np.diff(matrix.indptr[first : stop + 1])
        yield first, stop, slice(int(matrix.indptr[first]), int(matrix.indptr[stop])), np.repeat(np.arange(stop - first), lengths)
        first = stop


def spectra_without_each_group(sums: GroupSums) -> tuple[FrequencySpectrum, ...]:
    """Give the frequency spectrum without each group of documents that has a word."""
    totals = sums.tokens_of_types
    k, f_k = np.unique(totals[totals > 0], return_counts=True)
    found = []
    for row in range(sums.tokens.shape[0]):
        places, here = _entries(sums.tokens, row)
        before, ones = totals[places], np.ones(len(places), np.int64)
        keys, values = _changed(k, f_k.astype(np.int64), before, before - here, ones, ones)
        kept = values > 0
        found.append(FrequencySpectrum(keys[kept], values[kept]))
    return tuple(found)


def document_spectrum_of_groups(sums: GroupSums) -> DocumentSpectrum:
    """Give the spectrum of document frequencies of all groups together."""
    return _grouped(sums.documents_of_types, sums.tokens_of_types, int(sums.sizes.sum()))


def document_spectra_without_each_group(sums: GroupSums) -> tuple[DocumentSpectrum, ...]:
    """Give the spectrum of document frequencies without each group of documents that has a word."""
    whole, frequency, total = document_spectrum_of_groups(sums), sums.documents_of_types, sums.tokens_of_types
    found = []
    for row in range(sums.tokens.shape[0]):
        places, here = _entries(sums.documents, row)
        _, words = _entries(sums.tokens, row)
        before, after, ones = frequency[places], frequency[places] - here, np.ones(len(places), np.int64)
        keys, types = _changed(whole.k, whole.types, before, after, ones, ones)
        _, weights = _changed(whole.k, whole.tokens, before, after, total[places], total[places] - words)
        kept = types > 0
        found.append(DocumentSpectrum(whole.documents - int(sums.sizes[row]), keys[kept], types[kept], weights[kept]))
    return tuple(found)


def _entries(matrix: csr_matrix, row: int) -> tuple[Integers, Integers]:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[part].astype(np.int64), matrix.data[part].astype(np.int64)


def _grouped(frequency: Integers, tokens: Integers, documents: int) -> DocumentSpectrum:
    k, place = np.unique(frequency[frequency > 0], return_inverse=True)
    types = np.bincount(place, minlength=len(k)).astype(np.int64)
    # summed as floats, exact up to 2^53 tokens
    weights = np.bincount(place, weights=tokens[frequency > 0].astype(float), minlength=len(k)).astype(np.int64)
    return DocumentSpectrum(documents, k.astype(np.int64), types, weights)


def _changed(k: Integers, values: Integers, before: Integers, after: Integers, gone: Integers, come: Integers) -> tuple[Integers, Integers]:
    """Move types from one frequency to another: take ``gone`` away at ``before`` and add ``come`` at ``after``; frequency 0 is left out."""
    keys, place = np.unique(np.concatenate((k, before, after)), return_inverse=True)
    moved = np.bincount(place, weights=np.concatenate((values, -gone, come)).astype(float), minlength=len(keys))
    return keys[keys > 0].astype(np.int64), np.round(moved[keys > 0]).astype(np.int64)
