"""The spectra of a corpus, whole and without each group of documents in turn: what delete-a-group jackknives of spectra rest on.

Nothing is counted anew: a group changes only the types it holds, so all spectra together cost one pass over the stored entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

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


def sum_by_group(matrix: csr_matrix, group: Integers, present: bool = False) -> csr_matrix:
    """Add up the rows of each group.

    Parameters
    ----------
    matrix : csr_matrix, shape (documents, V)
    group : int64 array, shape (documents,)
        Group of each document.
    present : bool
        Count the rows that have an entry, instead of adding up their numbers.

    Returns
    -------
    csr_matrix of int64, shape (groups, V)
        One row per group that has an entry, in the order of the groups.
    """
    numbers, rows = np.unique(group, return_inverse=True)
    if len(numbers) > FEW:
        if present:
            matrix = csr_matrix((np.ones(matrix.nnz, np.int64), matrix.indices, matrix.indptr), shape=matrix.shape)
        belongs = csr_matrix((np.ones(len(group), np.int64), (rows, np.arange(len(group)))), shape=(len(numbers), len(group)))
        summed = csr_matrix(belongs @ matrix)
        summed.sum_duplicates()
        return filled_rows(summed)
    found = [_summed_rows(csr_matrix(matrix[np.flatnonzero(rows == number)]), present) for number in range(len(numbers))]
    return csr_matrix(vstack([part for part in found if part.nnz], format="csr")) if any(part.nnz for part in found) else csr_matrix(matrix[:0])


def _summed_rows(part: csr_matrix, present: bool) -> csr_matrix:
    """Add up all rows to one; as floats, exact up to 2^53."""
    summed = np.bincount(part.indices, weights=None if present else part.data, minlength=part.shape[1]).astype(np.int64)
    places = np.flatnonzero(summed)
    return csr_matrix((summed[places], places, np.array([0, len(places)])), shape=(1, part.shape[1]))


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


def spectra_without_each_group(terms: csr_matrix, group: Integers) -> tuple[FrequencySpectrum, ...]:
    """Give the frequency spectrum without each group of documents that has a word.

    Parameters
    ----------
    terms : csr_matrix, shape (documents, V)
        Tokens of each type in each document.
    group : int64 array, shape (documents,)
    """
    groups = sum_by_group(terms, group)
    totals = np.asarray(groups.sum(axis=0)).ravel().astype(np.int64)
    k, f_k = np.unique(totals[totals > 0], return_counts=True)
    found = []
    for row in range(groups.shape[0]):
        places, here = _entries(groups, row)
        before, ones = totals[places], np.ones(len(places), np.int64)
        keys, values = _changed(k, f_k.astype(np.int64), before, before - here, ones, ones)
        kept = values > 0
        found.append(FrequencySpectrum(keys[kept], values[kept]))
    return tuple(found)


def document_spectrum(terms: csr_matrix) -> DocumentSpectrum:
    """Group the types of a documents-by-types matrix by document frequency."""
    frequency = np.bincount(terms.indices[terms.data > 0], minlength=terms.shape[1])
    tokens = np.asarray(terms.sum(axis=0)).ravel()
    return _grouped(frequency, tokens, int(np.sum(np.diff(terms.indptr) > 0)))


def document_spectra_without_each_group(terms: csr_matrix, group: Integers) -> tuple[DocumentSpectrum, ...]:
    """Give the spectrum of document frequencies without each group of documents that has a word. Parameters as above."""
    tokens, documents = sum_by_group(terms, group), sum_by_group(terms, group, present=True)
    sizes = np.bincount(np.unique(group[np.diff(terms.indptr) > 0], return_inverse=True)[1], minlength=tokens.shape[0])
    whole = document_spectrum(terms)
    frequency = np.asarray(documents.sum(axis=0)).ravel().astype(np.int64)
    total = np.asarray(tokens.sum(axis=0)).ravel().astype(np.int64)
    found = []
    for row in range(tokens.shape[0]):
        places, here = _entries(documents, row)
        _, words = _entries(tokens, row)
        before, after, ones = frequency[places], frequency[places] - here, np.ones(len(places), np.int64)
        keys, types = _changed(whole.k, whole.types, before, after, ones, ones)
        _, weights = _changed(whole.k, whole.tokens, before, after, total[places], total[places] - words)
        kept = types > 0
        found.append(DocumentSpectrum(whole.documents - int(sizes[row]), keys[kept], types[kept], weights[kept]))
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
