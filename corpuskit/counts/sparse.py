"""Canonical CSR matrices of counts: sorted, without duplicates or stored zeros, and read-only in fact.

Two canonical matrices are equal exactly when their three arrays are, which is what lets merged counts be compared value for value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.mapped_pages import give_back_pages, out_of_memory

Integers = NDArray[np.integer[Any]]


def assemble(indptr: Integers, indices: Integers, data: NDArray[Any], shape: tuple[int, int]) -> csr_matrix:
    """Make a read-only canonical CSR matrix of arrays that are already in canonical order."""
    matrix = csr_matrix((data, indices, indptr), shape=shape)
    matrix.has_sorted_indices = True
    matrix.has_canonical_format = True
    return freeze(matrix)


def freeze(matrix: csr_matrix) -> csr_matrix:
    """Clear numpy's write flag of the three arrays and give the matrix back.

    Slices, products and sums still work; assignment raises. The flag does not survive pickling: a guard rail, not a proof.
    """
    for array in (matrix.data, matrix.indices, matrix.indptr):
        array.flags.writeable = False
    return matrix


def empty(shape: tuple[int, int], dtype: type[np.generic] = np.int64) -> csr_matrix:
    """Make the read-only matrix without entries."""
    return assemble(np.zeros(shape[0] + 1, np.int32), np.zeros(0, np.int32), np.zeros(0, dtype), shape)


CHUNK = 1 << 22
"""Entries looked at together, because what is computed for so many takes some ten megabytes."""


ROWS = 20_000
"""Rows that are copied together, for the same reason."""


def choose_columns(matrix: csr_matrix, columns: Integers, narrowed: bool = False) -> csr_matrix:
    """Give some columns of a matrix, each at most once: ``matrix[:, columns]``, whose entries stand in their old order within each row.

    Counts are given as int32 where ``narrowed`` is asked for and none needs more: they may be looked at, but not added up to matrices of the whole.
    Cost O(stored entries): one byte is looked up for each, so that it takes a third of the time where few entries stay; memory O(entries that stay).
    """
    place = np.full(matrix.shape[1], -1, np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    wanted, starts, base = place >= 0, np.zeros(matrix.shape[0] + 1, np.int64), 0
    indices, data = [np.zeros(0, np.int32)], [matrix.data[:0]]
    for first in range(0, matrix.nnz, CHUNK):
        part = slice(first, min(first + CHUNK, matrix.nnz))
        stays = wanted[matrix.indices[part]]
        kept = np.flatnonzero(stays)
        indices.append(place[matrix.indices[part][kept]])
        own = matrix.data[part][kept]
        data.append(own.astype(np.int32) if narrowed and own.max(initial=0) < 2**31 else own)
        _looked_through(matrix)
        rows = slice(*np.searchsorted(matrix.indptr, [first, part.stop], side="left").tolist())
        starts[rows] = base + np.concatenate(([0], np.cumsum(stays, dtype=np.int32)))[matrix.indptr[rows] - first]
        base += len(kept)
    starts[int(np.searchsorted(matrix.indptr, matrix.nnz, side="left")) :] = base
    if len(data) > 1:
        data = data[1:]  # the first, without entries, has the type of the whole
    joined = np.concatenate(data)
    data.clear()
    return csr_matrix((joined, np.concatenate(indices), starts), shape=(matrix.shape[0], len(columns)))


def row_sums(matrix: csr_matrix) -> NDArray[np.int64]:
    """Sum each row of a matrix of counts. Products with ones, by which scipy sums, would copy counts of less than 64 bits."""
    until, base = np.zeros(matrix.shape[0] + 1, np.int64), 0
    for first in range(0, matrix.nnz, CHUNK):
        sums = np.concatenate(([0], np.cumsum(matrix.data[first : first + CHUNK], dtype=np.int64)))
        _looked_through(matrix)
        rows = slice(*np.searchsorted(matrix.indptr, [first, first + CHUNK], side="left").tolist())
        until[rows] = base + sums[matrix.indptr[rows] - first]
        base += int(sums[-1])
    until[int(np.searchsorted(matrix.indptr, matrix.nnz, side="left")) :] = base
    return np.diff(until)


def column_sums(matrix: csr_matrix) -> NDArray[np.int64]:
    """Sum each column of a matrix of counts, for the same reason some million entries at a time; as floats, exact up to 2^53."""
    found = np.zeros(matrix.shape[1])
    for first in range(0, matrix.nnz, CHUNK):
        part = slice(first, first + CHUNK)
        found += np.bincount(matrix.indices[part], weights=matrix.data[part], minlength=matrix.shape[1])
        _looked_through(matrix)
    return found.astype(np.int64)


def stack(parts: list[csr_matrix], width: int) -> csr_matrix:
    """Put matrices under each other; ``parts`` is emptied, one of their arrays after the other, so that they do not stand in memory twice."""
    indptr = np.concatenate(([0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *(np.diff(part.indptr) for part in parts)]))))
    data = [part.data for part in parts]
    indices = [part.indices for part in parts]
    parts.clear()
    joined = np.concatenate([np.zeros(0, np.int32), *data])
    data.clear()
    return csr_matrix((joined, np.concatenate([np.zeros(0, np.int32), *indices]), indptr), shape=(len(indptr) - 1, width))


def narrow(matrix: csr_matrix) -> csr_matrix:
    """Give counts as int32 where none needs more, which takes two thirds of the memory."""
    return matrix.astype(np.int32) if matrix.data.max(initial=0) < 2**31 else matrix


def choose(matrix: csr_matrix, rows: Integers, columns: Integers) -> csr_matrix:
    """Give some rows of a matrix of counts, and of these some columns (:func:`choose_columns`), without a copy of all those rows."""
    parts = []
    for first in range(0, len(rows), ROWS):
        parts.append(narrow(choose_columns(matrix[rows[first : first + ROWS]], columns)))
        out_of_memory(matrix)
    return stack(parts, len(columns))


def _looked_through(matrix: csr_matrix) -> None:
    """Give back the pages of the entries that were read, and leave those that say where rows begin."""
    give_back_pages(matrix.indices)
    give_back_pages(matrix.data)


def run_lengths(ordered: Integers) -> tuple[Integers, NDArray[np.int64]]:
    """Give the distinct values of a sorted array and how often each stands there."""
    if ordered.size == 0:
        return ordered, np.zeros(0, np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(np.append(starts, ordered.size)).astype(np.int64)


def tally(rows: Integers, columns: Integers, shape: tuple[int, int]) -> csr_matrix:
    """Count how often each (row, column) occurs: int64, canonical, read-only."""
    width = max(shape[1], 1)
    keys = rows.astype(np.int64) * width + columns.astype(np.int64)
    keys.sort()
    distinct, counts = run_lengths(keys)
    return from_entries(distinct // width, distinct % width, counts, shape)


def from_entries(rows: Integers, columns: Integers, data: NDArray[Any], shape: tuple[int, int]) -> csr_matrix:
    """Make a matrix of entries that stand in canonical order (by row, then column), each once."""
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=shape[0]))))
    return assemble(indptr, columns, data, shape)


def relocate(matrix: csr_matrix, rows: Integers, columns: Integers | None, shape: tuple[int, int]) -> csr_matrix:
    """Move row i to ``rows[i]`` and column j to ``columns[j]`` of a larger matrix.

    Parameters
    ----------
    matrix : csr_matrix
        Canonical.
    rows, columns : integer arrays
        Strictly increasing, so that the order of entries stays canonical; ``columns`` None keeps the columns.
    shape : (int, int)
        Of the result.
    """
    lengths = np.zeros(shape[0], np.int64)
    lengths[rows] = np.diff(matrix.indptr)
    indices = matrix.indices if columns is None else columns[matrix.indices]
    return assemble(np.concatenate(([0], np.cumsum(lengths))), indices, matrix.data, shape)


def add(matrices: Iterable[csr_matrix]) -> csr_matrix:
    """Add canonical integer matrices of one shape, at least one.

    Sums of equally many are added, so that each entry is moved about log2(n) times and only so many matrices stand in memory.
    """
    sums: list[tuple[int, csr_matrix]] = []
    for matrix in matrices:
        many = 1
        while sums and sums[-1][0] == many:
            # scipy adds canonical matrices in one pass and keeps the result canonical
            matrix, many = sums.pop()[1] + matrix, 2 * many
        sums.append((many, matrix))
    total = sums.pop()[1]
    while sums:
        total = sums.pop()[1] + total
    return assemble(total.indptr, total.indices, total.data, total.shape)


def same(a: csr_matrix, b: csr_matrix) -> bool:
    """Tell whether two canonical matrices are equal in shape, type and every entry."""
    return bool(
        a.shape == b.shape
        and a.dtype == b.dtype
        and np.array_equal(a.indptr, b.indptr)
        and np.array_equal(a.indices, b.indices)
        and np.array_equal(a.data, b.data)
    )
