"""The cells of a joint table, counted apart by group of documents, so that intervals can leave out one group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class GroupedCells:
    """The non-empty cells of a joint table, counted apart by group of documents.

    Attributes
    ----------
    rows, columns : array of int, shape (cells,)
        Place of each cell.
    counts : csr_matrix, shape (cells, groups)
        Observations in each cell, by group.
    shape : tuple of int
        Rows and columns of the table.
    unordered : bool
        True for a table of unordered pairs (upper triangle): its two margins are the same, that of the pair members.
    """

    rows: Integers
    columns: Integers
    counts: csr_matrix
    shape: tuple[int, int]
    unordered: bool

    def totals(self, weights: Floats | None = None) -> Floats:
        """Sum the cells over groups, each group times its weight."""
        groups = self.counts.shape[1]
        return np.asarray(self.counts @ (np.ones(groups) if weights is None else weights), dtype=float)

    def margins(self, totals: Floats) -> tuple[Floats, Floats]:
        """Give the row and column sums; for unordered pairs the occurrences of each term in pairs, twice."""
        rows = np.bincount(self.rows, weights=totals, minlength=self.shape[0]).astype(float)
        columns = np.bincount(self.columns, weights=totals, minlength=self.shape[1]).astype(float)
        return (rows + columns, rows + columns) if self.unordered else (rows, columns)

    def filled_groups(self) -> Integers:
        """Give the groups that have observations."""
        return np.flatnonzero(np.asarray(self.counts.sum(axis=0)).ravel() > 0).astype(np.int64)


def group_cells(tables: Sequence[csr_matrix], unordered: bool) -> GroupedCells:
    """Line up the tables of several groups of documents, cell by cell. ``tables`` all have the same shape; unordered ones are upper triangular.

    Cost O(entries log cells), each group looked up in the cells of all together.
    """
    shape = (int(tables[0].shape[0]), int(tables[0].shape[1]))
    keys = [_keys(table) for table in tables]
    cells = _distinct(keys)
    places = [np.searchsorted(cells, own) for own in keys]
    del keys
    bounds = np.concatenate(([0], np.cumsum([len(place) for place in places])))
    values = np.concatenate([_canonical(table).data for table in tables])
    values = values.astype(np.int32) if np.issubdtype(values.dtype, np.integer) and values.max(initial=0) < 2**31 else values.astype(float)
    counts = csc_matrix((values, np.concatenate(places).astype(np.int32), bounds), shape=(len(cells), len(tables))).tocsr()
    return GroupedCells(cells // max(shape[1], 1), cells % max(shape[1], 1), csr_matrix(counts), shape, unordered)


def _canonical(table: csr_matrix) -> csr_matrix:
    if table.has_canonical_format:
        return table
    found = table.copy()
    found.sum_duplicates()
    return found


def _keys(table: csr_matrix) -> Integers:
    """Number the cells of a table row by row, ascending."""
    table = _canonical(table)
    return np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)) * table.shape[1] + table.indices


def _distinct(keys: Sequence[Integers]) -> Integers:
    """Give all keys once, ascending; of equally many lists at a time, so that each key is moved about log2(groups) times."""
    layer = list(keys)
    while len(layer) > 1:
        layer = [_union(layer[i], layer[i + 1]) if i + 1 < len(layer) else layer[i] for i in range(0, len(layer), 2)]
    return layer[0]


def _union(first: Integers, second: Integers) -> Integers:
    both = np.concatenate((first, second))
    both.sort(kind="stable")  # merges two ascending runs
    return both[np.concatenate(([True], both[1:] != both[:-1]))] if both.size else both
