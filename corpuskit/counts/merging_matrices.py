"""Matrices of parts become matrices of the whole: terms and sections numbered anew, parts read one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.arrays import Arrays
from corpuskit.counts.sparse import Integers, add, assemble, relocate
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.storage import StoredStats

Part = CorpusStats | StoredStats


def stack(
    parts: Sequence[Part],
    name: str,
    columns: Sequence[Integers] | None,
    width: int,
    order: Integers,
    arrays: Arrays,
    values: Sequence[Integers] | None = None,
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
    values : sequence of integer arrays, optional
        Where the entries are themselves numbers of something that is numbered anew: for each part the new number of each old one.
    """
    lengths = np.concatenate([row_lengths(part, name) for part in parts])
    starts = np.concatenate(([0], np.cumsum(lengths[order])))
    begin = np.empty(order.size, np.int64)
    begin[order] = starts[:-1]
    indices = arrays.slots(int(starts[-1]), np.int32 if width < 2**31 else np.int64)
    data = arrays.slots(int(starts[-1]), np.int32 if values is not None else np.float32 if columns is None else np.int64)
    row = 0
    for number, part in enumerate(parts):
        matrix = getattr(part, name)
        inside = np.arange(matrix.nnz) - np.repeat(matrix.indptr[:-1].astype(np.int64), np.diff(matrix.indptr))
        places = inside + np.repeat(begin[row : row + matrix.shape[0]], np.diff(matrix.indptr))
        indices.put(places, matrix.indices if columns is None else columns[number][matrix.indices])
        data.put(places, matrix.data if values is None else values[number][matrix.data])
        row += matrix.shape[0]
    return assemble(starts, indices.filled(), data.filled(), (int(order.size), width))


def row_lengths(part: Part, name: str) -> NDArray[np.int64]:
    """Entries of each row of a matrix whose rows are sections."""
    if isinstance(part, StoredStats):
        return part.row_lengths(name)
    lengths: NDArray[np.int64] = np.diff(getattr(part, name).indptr).astype(np.int64)
    return lengths


def height(part: Part, name: str) -> int:
    """Rows of a frame or entries of a matrix of a part."""
    if isinstance(part, StoredStats):
        return part.height(name)
    table = getattr(part, name)
    return int(table.height if isinstance(table, pl.DataFrame) else table.nnz)


def add_groups(parts: Sequence[Part], name: str, term_rows: Sequence[Integers], width: int, groups: int, arrays: Arrays) -> tuple[csr_matrix, ...]:
    """Add up matrices of words by words, group by group."""
    return tuple(arrays.matrix(add(_relocated(parts, name, group, term_rows, width))) for group in range(groups))


def _relocated(parts: Sequence[Part], name: str, group: int, term_rows: Sequence[Integers], width: int) -> Iterator[csr_matrix]:
    for part, rows in zip(parts, term_rows, strict=True):
        yield relocate(_of_group(part, name, group), rows, rows, (width, width))


def _of_group(part: Part, name: str, group: int) -> csr_matrix:
    found: csr_matrix = part.of_group(name, group) if isinstance(part, StoredStats) else getattr(part, name)[group]
    return found
