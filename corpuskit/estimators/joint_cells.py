"""The cells of a joint table, counted apart by group of documents, so that intervals can leave out one group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.coverage import chao_jost_coverage

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


def group_cells(tables: Sequence[csr_matrix], unordered: bool) -> GroupedCells:
    """Line up the tables of several groups of documents, cell by cell. ``tables`` all have the same shape; unordered ones are upper triangular."""
    shape = (int(tables[0].shape[0]), int(tables[0].shape[1]))
    parts = [table.tocoo() for table in tables]
    keys = np.concatenate([part.row.astype(np.int64) * shape[1] + part.col for part in parts])
    values = np.concatenate([part.data.astype(float) for part in parts])
    groups = np.repeat(np.arange(len(parts)), [part.nnz for part in parts])
    cells, place = np.unique(keys, return_inverse=True)
    counts = csr_matrix((values, (place, groups)), shape=(len(cells), len(parts)))
    return GroupedCells(cells // max(shape[1], 1), cells % max(shape[1], 1), counts, shape, unordered)


def joint_coverage(cells: GroupedCells) -> float | None:
    """Give the Chao-Jost coverage of the cells: how much of the joint distribution was seen. None where that is undefined."""
    totals = cells.totals()
    return chao_jost_coverage(float((totals == 1).sum()), float((totals == 2).sum()), float(totals.sum()))
