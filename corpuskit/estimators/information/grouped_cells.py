"""The cells of a joint table, counted apart by group of documents, so that intervals can leave out one group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Places = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Whole:
    """What is known of a whole table of which only some cells were drawn.

    Attributes
    ----------
    drawn : array of bool, shape (cells,)
        Which of the cells at hand stand for others too; the rest, the fullest ones, stand for themselves.
    sizes, apart : arrays of int and float, shape (groups,)
        Observations of each group in the whole table, and those of them in cells off the diagonal.
    margins : tuple of csc_matrix, each (rows or columns, groups)
        Margins of the whole table by group; one for unordered pairs, where it counts both members.
    share : float
        Chance of a cell to be drawn, where it is none of the fullest.
    """

    drawn: NDArray[np.bool_]
    sizes: Integers
    apart: Floats
    margins: tuple[csc_matrix, ...]
    share: float


@dataclass(frozen=True, eq=False)
class GroupedCells:
    """The non-empty cells of a joint table, counted apart by group of documents.

    Attributes
    ----------
    rows, columns : arrays of int, shape (cells,)
        Place of each cell.
    counts : csc_matrix, shape (cells, groups)
        Observations in each cell, by group.
    shape : tuple of int
        Rows and columns of the table.
    unordered : bool
        True for a table of unordered pairs (upper triangle): its two margins are the same, that of the pair members.
    whole : Whole or None
        Of a large table only some cells are at hand: then what is known of all of it. None where all cells are at hand.
    """

    rows: Places
    columns: Places
    counts: csc_matrix
    shape: tuple[int, int]
    unordered: bool
    whole: Whole | None = None

    def totals(self, weights: Floats | None = None) -> Floats:
        """Sum the cells over groups, each group times its weight."""
        groups = self.counts.shape[1]
        return np.asarray(self.counts @ (np.ones(groups) if weights is None else weights), dtype=float)

    @property
    def observations(self) -> int:
        """Observations of the whole table."""
        return int(self.totals().sum() if self.whole is None else self.whole.sizes.sum())

    def raised(self, totals: Floats) -> Floats:
        """Give what each cell stands for: its own total, and where it was drawn, its part of those of all cells that could have been."""
        if self.whole is None:
            return totals
        drawn, fullest = totals[self.whole.drawn].sum(), totals[~self.whole.drawn].sum()
        return np.where(self.whole.drawn, totals * ((self.whole.sizes.sum() - fullest) / max(drawn, 1.0)), totals)

    def margins(self, totals: Floats) -> tuple[Floats, Floats]:
        """Give the row and column sums; for unordered pairs the occurrences of each term in pairs, twice. Of drawn cells: theirs alone."""
        rows = np.bincount(self.rows, weights=totals, minlength=self.shape[0]).astype(float)
        columns = np.bincount(self.columns, weights=totals, minlength=self.shape[1]).astype(float)
        return (rows + columns, rows + columns) if self.unordered else (rows, columns)

    def whole_margins(self) -> tuple[Floats, Floats]:
        """Give the row and column sums of the whole table, as :meth:`margins`."""
        if self.whole is None:
            return self.margins(self.totals())
        found = [np.asarray(side.sum(axis=1), dtype=float).ravel() for side in self.whole.margins]
        return found[0], found[-1]

    def filled_groups(self) -> Integers:
        """Give the groups that have observations."""
        sizes = np.asarray(self.counts.sum(axis=0)).ravel() if self.whole is None else self.whole.sizes
        return np.flatnonzero(sizes > 0).astype(np.int64)


def group_cells(tables: Sequence[csr_matrix], unordered: bool) -> GroupedCells:
    """Line up the tables of several groups of documents, cell by cell. ``tables`` all have the same shape; unordered ones are upper triangular.

    Cost O(entries log cells), each group looked up in the cells of all together.
    """
    shape = (int(tables[0].shape[0]), int(tables[0].shape[1]))
    kept = [canonical(table) for table in tables]
    return line_up([keys_of(table) for table in kept], [table.data for table in kept], shape, unordered)


def line_up(keys: list[Integers], values: Sequence[NDArray[np.generic]], shape: tuple[int, int], unordered: bool) -> GroupedCells:
    """Line up cells by their numbers (:func:`keys_of`), ascending in each group, and their counts. ``keys`` is emptied on the way."""
    cells = _distinct(keys)
    bounds = np.concatenate(([0], np.cumsum([len(own) for own in keys])))
    places = np.empty(int(bounds[-1]), np.int32)
    for group in range(len(keys)):
        places[bounds[group] : bounds[group + 1]] = np.searchsorted(cells, keys[group])
        keys[group] = cells[:0]
    counted = np.concatenate(values)
    counted = counted.astype(np.int32) if np.issubdtype(counted.dtype, np.integer) and counted.max(initial=0) < 2**31 else counted.astype(float)
    width, small = max(shape[1], 1), np.int32 if max(shape) < 2**31 else np.int64
    counts = csc_matrix((counted, places, bounds), shape=(len(cells), len(values)))
    return GroupedCells((cells // width).astype(small), (cells % width).astype(small), counts, shape, unordered)


def canonical(table: csr_matrix) -> csr_matrix:
    """Give the table with each entry once, in order; what is given is not changed."""
    if table.has_canonical_format:
        return table
    found = table.copy()
    found.sum_duplicates()
    return found


def keys_of(table: csr_matrix) -> Integers:
    """Number the cells of a canonical table row by row, ascending."""
    return np.repeat(np.arange(table.shape[0]) * table.shape[1], np.diff(table.indptr)) + table.indices


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
