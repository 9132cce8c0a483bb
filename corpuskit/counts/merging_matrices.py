"""Matrices of parts become matrices of the whole: terms and sections numbered anew, parts read one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.arrays import Arrays
from corpuskit.counts.mapped_pages import out_of_memory
from corpuskit.counts.sparse import Integers, add, assemble, relocate
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.storage import StoredStats

Part = CorpusStats | StoredStats

AT_ONCE = 2**22
"""Entries of the parts that are added up at a time, about; because sums in work take some 20 bytes for each, and each range of rows a look into
every part."""

ROWS_AT_ONCE = 2**20
"""Sections placed at a time."""


def stack(
    parts: Sequence[Part], name: str, columns: Sequence[Integers] | None, width: int, order: Integers, arrays: Arrays, of_terms: bool = False
) -> csr_matrix:
    """Put matrices with sections as rows one below the other, and the rows in ``order``.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
    name : str
        Of the matrix.
    columns : sequence of integer arrays, optional
        For each part the new number of each of its columns, strictly increasing; None where columns mean the same in all parts.
    width : int
        Columns of the result.
    order : integer array
        For each row of the result the row it had when the parts stood one below the other.
    arrays : Arrays
        Makes the arrays of the result.
    of_terms : bool
        Whether the entries are themselves numbers, from 1, of what ``columns`` numbers anew; the columns of the matrix then stay.
    """
    entries = sum(height(part, name) for part in parts)
    pointers, begin = _places(parts, name, order, np.int32 if entries < 2**31 else np.int64, arrays)
    indices = arrays.slots(entries, np.int32 if width < 2**31 else np.int64)
    data = arrays.slots(entries, np.int32 if of_terms else np.float32 if columns is None else np.int64)
    row = 0
    for number, part in enumerate(parts):
        matrix = getattr(part, name)
        if matrix.nnz:
            inside = np.arange(matrix.nnz) - np.repeat(matrix.indptr[:-1].astype(np.int64), np.diff(matrix.indptr))
            places = inside + np.repeat(begin[row : row + matrix.shape[0]], np.diff(matrix.indptr))
            renumbered = None if columns is None else columns[number]
            indices.put(places, matrix.indices if renumbered is None or of_terms else renumbered[matrix.indices])
            data.put(places, renumbered[matrix.data - 1] + 1 if renumbered is not None and of_terms else matrix.data)
        row += matrix.shape[0]
    return out_of_memory(assemble(pointers, indices.filled(), data.filled(), (int(order.size), width)))


def _places(parts: Sequence[Part], name: str, order: Integers, dtype: type[np.generic], arrays: Arrays) -> tuple[Integers, Integers]:
    """Give the row pointers of stacked matrices, and for each row, as the parts stand one below the other, where its entries begin."""
    found = arrays.growing(np.int64)
    for part in parts:
        found.append(row_lengths(part, name))
    lengths = found.filled()
    pointers, begin = arrays.growing(dtype), arrays.slots(lengths.size, np.int64)
    pointers.append(np.zeros(1, np.int64))
    start = 0
    for first in range(0, order.size, ROWS_AT_ONCE):
        rows = order[first : first + ROWS_AT_ONCE]
        ends = start + np.cumsum(lengths[rows])
        begin.put(rows, ends - lengths[rows])
        pointers.append(ends)
        start = int(ends[-1])
    return pointers.filled(), begin.filled()


def row_lengths(part: Part, name: str) -> NDArray[np.int64]:
    """Entries of each row of a matrix whose rows are sections."""
    if isinstance(part, StoredStats):
        return part.row_lengths(name)
    lengths: NDArray[np.int64] = np.diff(getattr(part, name).indptr).astype(np.int64)
    return lengths


def height(part: Part, name: str) -> int:
    """Rows of a frame or entries of a matrix of a part; of matrices by group in all groups together."""
    if isinstance(part, StoredStats):
        return part.height(name)
    table = getattr(part, name)
    if isinstance(table, tuple):
        return int(sum(matrix.nnz for matrix in table))
    return int(table.height if isinstance(table, pl.DataFrame) else table.nnz)


def add_groups(parts: Sequence[Part], name: str, term_rows: Sequence[Integers], width: int, groups: int, arrays: Arrays) -> tuple[csr_matrix, ...]:
    """Add up matrices of words by words, group by group, of large ones a range of rows at a time."""
    edges = _edges(parts, name, term_rows, width, groups)
    return tuple(_added(parts, name, group, term_rows, edges, arrays) for group in range(groups))


def _added(parts: Sequence[Part], name: str, group: int, term_rows: Sequence[Integers], edges: Sequence[int], arrays: Arrays) -> csr_matrix:
    width = edges[-1]
    if len(edges) == 2:
        return arrays.matrix(add(_relocated(parts, name, group, term_rows, 0, width, width)))
    most = sum(height(part, name) for part in parts)
    pointers, indices, data = arrays.growing(np.int32 if most < 2**31 else np.int64), arrays.growing(np.int32), arrays.growing(np.int64)
    pointers.append(np.zeros(1, np.int64))
    entries = 0
    for low, high in pairwise(edges):
        rows = add(_relocated(parts, name, group, term_rows, low, high, width))
        pointers.append(rows.indptr[1:].astype(np.int64) + entries)
        indices.append(rows.indices)
        data.append(rows.data)
        entries += rows.nnz
    return out_of_memory(assemble(pointers.filled(), indices.filled(), data.filled(), (width, width)))


def _edges(parts: Sequence[Part], name: str, term_rows: Sequence[Integers], width: int, groups: int) -> list[int]:
    """Divide the rows so that in each range the parts have about ``AT_ONCE`` entries of one group; groups are alike, since a hash deals them out."""
    pieces = -(-sum(height(part, name) for part in parts) // (AT_ONCE * groups))
    if pieces <= 1:
        return [0, width]
    entries = np.zeros(width, np.int64)
    for part, rows in zip(parts, term_rows, strict=True):
        entries[rows] += row_lengths_of_terms(part, name)
    before = np.cumsum(entries, out=entries)
    edges = np.searchsorted(before, [before[-1] * piece // pieces for piece in range(1, pieces)])
    return [0, *(int(edge) for edge in np.unique(edges) if 0 < edge < width), width]


def row_lengths_of_terms(part: Part, name: str) -> NDArray[np.int64]:
    """Entries of each row of matrices of words by words, in all groups together."""
    if isinstance(part, StoredStats):
        return part.row_lengths(name)
    lengths: NDArray[np.int64] = np.sum([np.diff(matrix.indptr) for matrix in getattr(part, name)], axis=0, dtype=np.int64)
    return lengths


def _relocated(parts: Sequence[Part], name: str, group: int, term_rows: Sequence[Integers], low: int, high: int, width: int) -> Iterator[csr_matrix]:
    """Give of each part the rows that become ``low`` to ``high`` (not included) of the whole."""
    for part, rows in zip(parts, term_rows, strict=True):
        first, last = np.searchsorted(rows, (low, high))
        yield relocate(_of_group(part, name, group, int(first), int(last)), rows[first:last] - low, rows, (high - low, width))


def _of_group(part: Part, name: str, group: int, first: int, last: int) -> csr_matrix:
    if isinstance(part, StoredStats):
        return part.of_group(name, group, first, last)
    found: csr_matrix = getattr(part, name)[group]
    return found if (first, last) == (0, found.shape[0]) else found[first:last]
