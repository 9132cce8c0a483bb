"""Matrices as Parquet: their entries in canonical order, in the columns ``row``, ``column`` and ``count``.

Where there is one matrix for each document group, they stand in one file, in the order of the column ``group``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts.arrays import Arrays
from corpuskit.counts.mapped_pages import out_of_memory
from corpuskit.counts.parquet_frames import ROW_GROUP, write_frame, write_pieces
from corpuskit.counts.sparse import Integers, assemble, from_entries

AT_ONCE = 2**22
"""Entries that stand in memory as a table; because larger matrices would stand there twice while they are written."""

PIECE = 2**18
"""Entries of a piece of a larger matrix that is written; because polars holds some ten pieces until they are packed, however large they are."""


def entries_of(matrix: csr_matrix) -> pl.DataFrame:
    """Lay out a matrix as a table."""
    return _rows(matrix, 0, matrix.shape[0])


def entries_by_group(matrices: Sequence[csr_matrix]) -> pl.DataFrame:
    """Lay out matrices as one table, by number of the matrix."""
    return pl.concat([_marked(entries_of(matrix), group) for group, matrix in enumerate(matrices)])


def write_matrices(matrices: Sequence[csr_matrix], path: Path, by_group: bool, row_group: int = ROW_GROUP) -> int:
    """Write one matrix, or one for each group, piece by piece where the table would be large; give the number of entries.

    Raises
    ------
    OSError, polars.exceptions.ComputeError
        The disk is full.
    """
    entries = int(sum(matrix.nnz for matrix in matrices))
    if entries <= AT_ONCE:
        write_frame(entries_by_group(matrices) if by_group else entries_of(matrices[0]), path, row_group)
        for matrix in matrices:
            out_of_memory(matrix)
        return entries
    schema = {**({"group": pl.UInt32} if by_group else {}), "row": pl.UInt32, "column": pl.UInt32, "count": _count_type(matrices[0])}
    write_pieces(_pieces(matrices, by_group), schema, path, row_group)
    return entries


def read_matrix(path: Path, entries: int, shape: tuple[int, int], arrays: Arrays) -> csr_matrix:
    """Read one matrix, piece by piece where it is large.

    Raises
    ------
    OSError, ValueError, polars.exceptions.PolarsError
        The file is damaged, or its entries are out of order or outside the shape.
    """
    if entries <= AT_ONCE:
        return arrays.matrix(matrix_of(pl.read_parquet(path), shape))
    lengths = np.zeros(shape[0], np.int64)
    last = -1
    kind = pl.Series([], dtype=pl.read_parquet_schema(path)["count"]).to_numpy().dtype.type
    indices, data = arrays.slots(entries, np.int32), arrays.slots(entries, kind)
    for start in range(0, entries, AT_ONCE):
        piece = pl.scan_parquet(path).slice(start, AT_ONCE).collect()
        rows, columns = _checked(piece, shape, last)
        last = int(rows[-1]) * shape[1] + int(columns[-1])
        lengths[int(rows[0]) : int(rows[-1]) + 1] += np.bincount(rows - rows[0])
        places = np.arange(start, start + piece.height)
        indices.put(places, columns)
        data.put(places, piece["count"].to_numpy())
    return assemble(np.concatenate(([0], np.cumsum(lengths))), indices.filled(), data.filled(), shape)


def matrix_of(entries: pl.DataFrame, shape: tuple[int, int]) -> csr_matrix:
    """Make a matrix of a table of its entries.

    Raises
    ------
    ValueError
        They are out of order or outside the shape.
    """
    rows, columns = _checked(entries, shape)
    # a copy, since polars may lend its own memory
    return from_entries(rows, columns.astype(np.int32), entries["count"].to_numpy().copy(), shape)


def _checked(entries: pl.DataFrame, shape: tuple[int, int], last: int = -1) -> tuple[Integers, Integers]:
    """Give rows and columns of entries that lie in the matrix, in canonical order and behind place ``last``."""
    rows, columns = entries["row"].to_numpy(), entries["column"].to_numpy()
    if rows.size and not (int(rows.max()) < shape[0] and int(columns.max()) < shape[1]):
        raise ValueError(f"an entry lies outside the matrix of {shape[0]} x {shape[1]}")
    below = (rows[1:] > rows[:-1]) | ((rows[1:] == rows[:-1]) & (columns[1:] > columns[:-1]))
    if not below.all() or (rows.size and int(rows[0]) * shape[1] + int(columns[0]) <= last):
        raise ValueError("the entries of a matrix are out of order")
    return rows, columns


def _count_type(matrix: csr_matrix) -> pl.DataType:
    return pl.Series(matrix.data[:0]).dtype


def _pieces(matrices: Sequence[csr_matrix], by_group: bool) -> Iterator[pl.DataFrame]:
    for group, matrix in enumerate(matrices):
        for start, stop in _row_ranges(matrix):
            piece = _rows(matrix, start, stop)
            yield _marked(piece, group) if by_group else piece
            out_of_memory(matrix)


def _row_ranges(matrix: csr_matrix) -> Iterator[tuple[int, int]]:
    """Divide rows so that each range has about ``PIECE`` entries, or is one row; at least one range."""
    start, rows = 0, matrix.shape[0]
    while True:
        stop = int(np.searchsorted(matrix.indptr, int(matrix.indptr[start]) + PIECE, side="right")) - 1
        stop = min(max(stop, start + 1), rows)
        yield start, stop
        if stop >= rows:
            return
        start = stop


def _rows(matrix: csr_matrix, start: int, stop: int) -> pl.DataFrame:
    bounds: Any = matrix.indptr[start : stop + 1]
    rows = np.repeat(np.arange(start, stop, dtype=np.uint32), np.diff(bounds))
    inside = slice(int(bounds[0]), int(bounds[-1]))
    # copies, since polars may borrow an array, and pages of a mapped one would be read anew while they are written
    return pl.DataFrame({"row": rows, "column": matrix.indices[inside].astype(np.uint32), "count": matrix.data[inside].copy()})


def _marked(entries: pl.DataFrame, group: int) -> pl.DataFrame:
    return entries.insert_column(0, pl.lit(group, pl.UInt32).alias("group"))
