"""Sparsity of co-occurrence: how few cells of (word, context word) are used, beside what independent words would fill.

"Sparse" has no formal definition in the theory this toolkit follows; these indices are its operational reading.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from corpuskit.counts import pair_groups
from corpuskit.estimators.entropy import spectrum_of
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.joint_cells import GroupedCells, group_cells
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CELLS = Measure("sparsity_cells_vs_null", "pairs", "E", "Hurlbert 1971 (rarefaction); null of independent margins")
GINI = Measure("gini", "pairs", "E", "Hurley and Rickard 2009")
HOYER = Measure("hoyer", "pairs", "E", "Hoyer 2004")


def independent_cells(row_totals: Floats, column_totals: Floats, size: float) -> float:
    """Give the number of non-empty cells to expect when rows and columns are independent.

    Formula: ``sum_ij 1 - exp(-size p_i q_j)``, equal margins grouped, so the cost is the product of the numbers of distinct margins.

    Parameters
    ----------
    row_totals, column_totals : arrays
        Margins; only their shares p and q count.
    size : float
        Observations.
    """
    p, p_times = np.unique(row_totals[row_totals > 0], return_counts=True)
    q, q_times = np.unique(column_totals[column_totals > 0], return_counts=True)
    if len(p) == 0 or len(q) == 0:
        return 0.0
    p, q = p / (p @ p_times), q / (q @ q_times)
    return float(sum(times * (q_times @ -np.expm1(-size * share * q)) for share, times in zip(p, p_times, strict=True)))


def independent_pairs(occurrences: Floats, size: float) -> float:
    """Give the number of different unordered pairs to expect when the members of a pair are independent.

    Formula: ``sum_{i<j} 1 - exp(-2 size p_i p_j) + sum_i 1 - exp(-size p_i^2)`` with p the share of each term among pair members.
    """
    share = occurrences[occurrences > 0] / max(occurrences.sum(), 1.0)
    ordered = independent_cells(occurrences, occurrences, 2 * size)
    doubled = float(-np.expm1(-2 * size * share**2).sum())
    return (ordered - doubled) / 2 + float(-np.expm1(-size * share**2).sum())


def rarefied_cells(k: Integers, f_k: Integers, size: int) -> float:
    """Give the expected number of non-empty cells in a random part of ``size`` observations, drawn without replacement.

    Formula: ``sum_k f_k (1 - C(N-k, m) / C(N, m))`` for m <= N (exact). Reference: Hurlbert 1971.
    """
    total = float((k * f_k).sum())
    kept = total - k >= size
    x = k[kept].astype(float)
    missed = np.exp(gammaln(total - x + 1) - gammaln(total - x - size + 1) - gammaln(total + 1) + gammaln(total - size + 1))
    return float(f_k.sum() - f_k[kept] @ missed)


def cells_against_null(cells: GroupedCells, size: int, weights: Floats | None = None) -> float | None:
    """Give non-empty cells over those that independent margins would fill, both at ``size`` observations.

    Below 1 the joint is sparser than its margins explain. The ratio falls as samples grow, so only ratios at the same size compare.
    None when there are fewer than ``size`` observations.
    """
    totals = cells.totals(weights)
    if totals.sum() < size:
        return None
    rows, columns = cells.margins(totals)
    null = independent_pairs(rows, size) if cells.unordered else independent_cells(rows, columns, size)
    return rarefied_cells(*spectrum_of(totals.astype(np.int64)), size) / null


def gini(values: Floats, cells: int | None = None) -> float | None:
    """Give the Gini index of non-negative values: 0 all equal, near 1 one value has all.

    Formula: ``1 - 2 sum_k (c_(k)/|c|_1) (n-k+1/2)/n`` with values ascending. Reference: Hurley and Rickard 2009. It depends on the number of
    observations and of empty cells: compare only at equal ones.

    Parameters
    ----------
    values : array
        The values; zeros may be left out when ``cells`` says how many cells there are in all.
    cells : int, optional
        Number of cells, those with zero included; default: ``len(values)``.

    Returns
    -------
    float or None
        None when everything is zero.
    """
    size = len(values) if cells is None else cells
    total = float(values.sum())
    if total <= 0:
        return None
    ascending = np.sort(values)
    rank = np.arange(size - len(values) + 1, size + 1, dtype=float)
    return float(1 - 2 * np.sum(ascending / total * (size - rank + 0.5) / size))


def hoyer(values: Floats, cells: int | None = None) -> float | None:
    """Give Hoyer's sparsity ``(sqrt n - |c|_1/|c|_2) / (sqrt n - 1)``: 0 all equal, 1 one value has all. Reference: Hoyer 2004.

    Parameters as in :func:`gini`. None when everything is zero or there is only one cell.
    """
    size = len(values) if cells is None else cells
    length = float(np.sqrt(values @ values))
    if length <= 0 or size < 2:
        return None
    return float((np.sqrt(size) - values.sum() / length) / (np.sqrt(size) - 1))


def estimate_sparsity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the cells of co-occurrence against the null at a common number of pairs, and Gini and Hoyer of all cells.

    Of pairs counted in order, cells are (word before, word after). Harmonic weights are refused: rarefaction and null draw whole pairs.
    """
    return Estimates(estimates=tuple(estimate for language in inputs.languages for estimate in _of_language(inputs, language, options)))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, size = f"lang:{language}", options.common_pairs
    counted = inputs.stats.options
    if counted.weights != "flat":
        return tuple(measure.undefined(subject, 0, "cells of co-occurrence", "undefined_weighted_pairs") for measure in (CELLS, GINI, HOYER))
    cells = group_cells(pair_groups(inputs.stats, language), unordered=not counted.ordered)
    totals = cells.totals()
    terms = cells.shape[0]
    n, places = int(totals.sum()), terms**2 if counted.ordered else terms * (terms + 1) // 2
    return (_against_null(cells, subject, n, size, options), *_concentration(totals, subject, n, places))


def _against_null(cells: GroupedCells, subject: str, n: int, size: int, options: EstimatorOptions) -> Estimate:
    method = f"non-empty cells over those of independent margins, both at {size:,} pairs by exact rarefaction"
    value = cells_against_null(cells, size)
    if value is None:
        return CELLS.undefined(subject, n, method, "undefined_too_few_pairs", n=n, needed=size)
    groups = cells.counts.shape[1]
    filled = np.flatnonzero(np.asarray(cells.counts.sum(axis=0)).ravel() > 0)
    left_out = [cells_against_null(cells, size, (np.arange(groups) != group).astype(float)) for group in filled]
    values = np.array([np.nan if left is None else left for left in left_out])
    interval = jackknife_interval(value, values, options.level, bounds=(0.0, np.inf))
    how = "delete-a-group jackknife" if interval is not None else "no interval: too few document groups"
    return CELLS.given(subject, value, n, f"{method}; {how}", interval, options.level)


def _concentration(totals: Floats, subject: str, n: int, places: int) -> tuple[Estimate, ...]:
    method = f"of all {places:,} cells, empty ones included; depends on n, compare at equal n only; no interval"
    found = ((GINI, gini(totals, places)), (HOYER, hoyer(totals, places)))
    return tuple(
        measure.undefined(subject, n, method, "undefined_too_few_pairs", n=n, needed=1) if value is None else measure.given(subject, value, n, method)
        for measure, value in found
    )


SPARSITY = Estimator(
    name="sparsity",
    question="Do words keep to few contexts, fewer than their frequencies alone explain?",
    reference="Hurlbert 1971; Hurley and Rickard 2009; Hoyer 2004",
    function=estimate_sparsity,
)
