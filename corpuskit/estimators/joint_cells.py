"""The cells of a joint table, counted apart by group of documents, so that intervals can leave out one group at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.coverage import chao_jost_coverage
from corpuskit.estimators.entropy import chao_wang_jost, spectrum_of

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


def joint_entropies(cells: GroupedCells, weights: Floats | None = None) -> tuple[float, float, float] | None:
    """Give the entropies of rows, of columns and of both together, in nats, corrected for what was not seen.

    Formula: Chao, Wang and Jost 2013 for each. Unordered pairs are read in both orders, so ``log 2`` times the share of pairs of two different
    terms is added to the entropy of the pairs. None for fewer than two observations.
    """
    totals = cells.totals(weights)
    row, column, joint = (chao_wang_jost(*spectrum_of(counts.astype(np.int64))) for counts in (*cells.margins(totals), totals))
    if row is None or column is None or joint is None:
        return None
    if cells.unordered:
        joint += float(np.log(2)) * float(totals[cells.rows != cells.columns].sum() / totals.sum())
    return row, column, joint


def both_orders(cells: GroupedCells, totals: Floats) -> tuple[Integers, Integers, Floats]:
    """Give rows, columns and counts of the cells; unordered pairs are read from either end, so a pair of equal terms counts twice on the diagonal."""
    if not cells.unordered:
        return cells.rows, cells.columns, totals
    apart = cells.rows != cells.columns
    rows, columns = (np.concatenate((side, other[apart])) for side, other in ((cells.rows, cells.columns), (cells.columns, cells.rows)))
    return rows, columns, np.concatenate((np.where(apart, totals, 2 * totals), totals[apart]))
