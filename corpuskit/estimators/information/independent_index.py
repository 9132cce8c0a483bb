"""How exactly U would be known, were the observations of a table independent: what the clustering of documents is compared with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, hstack

from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.information.joint_parts import JointParts, rest_of, weighted
from corpuskit.estimators.resampling import jackknife_error
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of, with_unseen

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DEALINGS = 2
"""Random dealings that the variance of U is compared with, because each costs as much as the jackknife itself and more narrow the ratio little."""

DEALT = 1_000_000
"""Cells up to which observations are dealt; of more the formula is taken, because dealing costs seconds and near the smallest samples alone the
jackknife is too wide for U, which only its own value for independent observations cancels."""

STEP = 1e-4
"""Part by which a number is moved to find a slope."""


def dealt_at_random(cells: GroupedCells, random: np.random.Generator) -> GroupedCells:
    """Deal the observations anew to as many groups of about the same sizes, as if documents were nothing but heaps of independent observations."""
    left, sizes = cells.totals().astype(np.int64), np.asarray(cells.counts.sum(axis=0)).ravel()
    columns = []
    for group, size in enumerate(sizes):
        rest = float(sizes[group:].sum())
        part = random.binomial(left, min(1.0, size / rest) if rest > 0 else 0.0)
        left = left - part
        columns.append(csc_matrix(part[:, None]))
    return replace(cells, counts=csc_matrix(hstack(columns, format="csc")))


def index_by_groups(parts: JointParts, filled: Integers) -> Floats:
    """Give U, not extrapolated, on all groups, then without each one that has observations; nan where undefined.

    Formula: that of :func:`~corpuskit.estimators.information.association_index.association_index`, of spectra, which are exact. Shape (1 + g,).
    """
    rows, columns = ([_entropy(*spectrum) for spectrum in side.spectra(filled)] for side in (parts.margins[0], parts.margins[-1]))
    together = [_entropy(*spectrum) for spectrum in parts.spectra(filled)]
    apart, n = (np.zeros(len(together)) if own is None else rest_of(own[filled], True) for own in (parts.apart, parts.sizes))
    joint = np.array(together) + float(np.log(2)) * (apart / np.maximum(n, 1.0))
    column = np.array([value if value > 0 else np.nan for value in columns])
    return np.asarray((np.array(rows) + column - joint) / column, dtype=float)


def index_without_each_group(parts: JointParts, filled: Integers) -> Floats:
    """Give :func:`index_by_groups` without each group; empty when there is only one."""
    return index_by_groups(parts, filled)[1:] if len(filled) > 1 else np.zeros(0)


def _entropy(k: Integers, f_k: Floats | Integers) -> float:
    value = chao_wang_jost(k, f_k)  # type: ignore[arg-type]  # where cells were drawn their numbers are no whole ones
    return np.nan if value is None else value


def error_of_dealt(cells: GroupedCells, seed: int = 0) -> float:
    """Give the standard error that U would have, were observations independent: the jackknife's own, with observations dealt at random.

    The root mean square over two dealings.
    """
    random = np.random.default_rng(seed)
    dealt = (dealt_at_random(cells, random) for _ in range(DEALINGS))
    errors = [jackknife_error(index_without_each_group(JointParts.of(table), table.filled_groups())) for table in dealt]
    known = [error for error in errors if error is not None]
    return float(np.sqrt(np.mean(np.square(known)))) if known else 0.0


def error_by_observation(cells: GroupedCells, parts: JointParts) -> float:
    """Give the same by the jackknife that leaves out one observation at a time, whose values follow from its cell and its margins alone.

    Formula: ``sqrt((n-1)/n sum (D - mean D)^2)`` over the n observations, D the change of U without one of them: a linear function of what leaving
    it out changes in ``sum x psi(x)`` and in the numbers seen once and twice, of cells, rows and columns (Efron and Stein 1981 for the jackknife).
    Of drawn cells each counts for all it stands for. 0 where U is undefined. Cost O(cells).
    """
    totals, n, filled = cells.totals(), float(cells.observations), cells.filled_groups()
    stands_for, margins = cells.raised(totals), cells.whole_margins()
    row, column = (_entropy(*next(side.spectra(filled))) for side in (parts.margins[0], parts.margins[-1]))
    k, f_k = next(parts.spectra(filled))
    joint = _entropy(k, f_k) + (0.0 if parts.apart is None else float(np.log(2)) * float(parts.apart.sum()) / n)
    if not (column > 0 and np.isfinite(row + joint)):
        return 0.0
    lost = -_changes(totals, k, f_k, n) / column
    if cells.unordered:
        lost += float(np.log(2)) / n / column * (cells.rows != cells.columns)
    slopes = (1 / column, (joint - row) / column**2) if not cells.unordered else (joint / column**2,) * 2
    for side, margin, slope in zip((cells.rows, cells.columns), margins, slopes, strict=True):
        lost += slope * _changes(margin, *spectrum_of(margin.astype(np.int64)), float(margin.sum()))[side]
    mean = float(stands_for @ lost) / n
    return float(np.sqrt((n - 1) / n * (stands_for @ (lost - mean) ** 2)))


def _changes(counts: Floats, k: Integers, f_k: Floats | Integers, n: float) -> Floats:
    """Give how an entropy changes, but for what is the same for all, when one observation of a type with each of these counts is left out."""
    once, twice = float(f_k[k == 1].sum()), float(f_k[k == 2].sum())
    x = counts.astype(np.int64)
    of_once, of_twice = (slope_of_unseen(place, n, once, twice) for place in (0, 1))
    seen = (weighted(x) - weighted(np.maximum(x - 1, 0))) / n
    return np.asarray(seen + of_once * ((x == 2) * 1.0 - (x == 1)) + of_twice * ((x == 3) * 1.0 - (x == 2)), dtype=float)


def slope_of_unseen(place: int, n: float, once: float, twice: float) -> float:
    """Give the slope of what is added for unseen types in the number of those seen once, or twice."""
    ends, step = [], max(1.0, STEP * (once, twice)[place])
    for side in (-step, step):
        moved = [once, twice]
        moved[place] = max(moved[place] + side, 0.0)
        ends.append((with_unseen(0.0, n, *moved), moved[place]))
    return (ends[1][0] - ends[0][0]) / (ends[1][1] - ends[0][1])
