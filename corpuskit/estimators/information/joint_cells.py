"""What the cells of a joint table tell: how much of it was seen, its entropies, its pairs read in both orders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.information.grouped_cells import GroupedCells, Places
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

Floats = NDArray[np.float64]


def joint_coverage(cells: GroupedCells) -> float | None:
    """Give the Chao-Jost coverage of the cells: how much of the joint distribution was seen. None where that is undefined."""
    totals = cells.totals()
    raised = cells.raised(totals) / np.maximum(totals, 1.0)
    return chao_jost_coverage(float(raised[totals == 1].sum()), float(raised[totals == 2].sum()), float(cells.observations))


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


def both_orders(cells: GroupedCells, totals: Floats) -> tuple[Places, Places, Floats]:
    """Give rows, columns and counts of the cells; unordered pairs are read from either end, so a pair of equal terms counts twice on the diagonal."""
    if not cells.unordered:
        return cells.rows, cells.columns, totals
    apart = cells.rows != cells.columns
    rows, columns = (np.concatenate((side, other[apart])) for side, other in ((cells.rows, cells.columns), (cells.columns, cells.rows)))
    return rows, columns, np.concatenate((np.where(apart, totals, 2 * totals), totals[apart]))
