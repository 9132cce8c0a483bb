"""Sparsity of co-occurrence: how few cells of (word, context word) are used and how unevenly, beside what independent words would fill.

"Sparse" has no formal definition in the theory this toolkit follows; these indices are its operational reading. All are taken at one common
number of pairs, because every one of them moves with the size of the sample.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.information.draw_error import cells_drawn
from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.information.independence_null import independent_cells, independent_pairs, null_range, null_values
from corpuskit.estimators.information.joint_parts import JointParts, rest_of
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.spectrum_entropy import spectrum_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TOP_SHARE = 0.01
"""Share of the filled cells that counts as the fullest, because one in a hundred is what a reader can still look through: a hundred of 10,000."""

MANY = 10_000_000
"""Observations beyond which cells are rarefied step by step, because differences of log gammas lose so many digits there that the number of cells was
off by one part in 10,000 at 70 million pairs and by one in 1,000 at 270 million."""

STEPS = 1 << 14
"""Observations of a cell up to which the steps are taken one by one; beyond, all at the middle, which errs by less than one part in a billion."""

CHUNK = 64
"""Frequencies rarefied at a time, because together they need a table of at most this many rows and as many columns as observations."""

CELLS = Measure("sparsity_cells_vs_null", "pairs", "E", "Hurlbert 1971 (rarefaction)")
GINI = Measure("gini", "pairs", "E", "Hurley and Rickard 2009")
HOYER = Measure("hoyer", "pairs", "E", "Hoyer 2004")
TOP = Measure("top_cells_mass", "pairs", "E", "Hurlbert 1971 (rarefaction)")
CONCENTRATIONS = (GINI, HOYER, TOP)
NULLS = tuple(Measure(f"{measure.name}_null", "pairs", "E", measure.reference) for measure in CONCENTRATIONS)
MEASURES = (CELLS, *(measure for pair in zip(CONCENTRATIONS, NULLS, strict=True) for measure in pair))


def rarefied_cells(k: Integers, f_k: Floats | Integers, size: int) -> float:
    """Give the expected number of non-empty cells in a random part of ``size`` observations, drawn without replacement.

    Formula: ``sum_k f_k (1 - C(N-k, m) / C(N, m))`` for m <= N (exact). Reference: Hurlbert 1971.
    """
    total = float((k * f_k).sum())
    if total > MANY and size < total / 2:
        return _rarefied_of_many(k, f_k, size, total)
    kept = total - k >= size
    x = k[kept].astype(float)
    missed = np.exp(gammaln(total - x + 1) - gammaln(total - x - size + 1) - gammaln(total + 1) + gammaln(total - size + 1))
    return float(f_k.sum() - f_k[kept] @ missed)


def _rarefied_of_many(k: Integers, f_k: Floats | Integers, size: int, total: float) -> float:
    """Give the same without differences of large numbers: ``C(N-k, m) / C(N, m)`` is the product of ``1 - m / (N-i)`` over i < k.

    Cells fuller than :data:`STEPS` are few, and nearly all of them are in the part.
    """
    chances, full = np.log1p(-size / (total - np.arange(STEPS))), k > STEPS
    missed = np.append(np.cumsum(chances)[k[~full] - 1], k[full] * np.log1p(-size / (total - k[full] / 2)))
    return float(np.append(f_k[~full], f_k[full]) @ -np.expm1(missed))


def rarefied_spectrum(k: Integers, f_k: Floats | Integers, size: int) -> tuple[Floats, Floats]:
    """Give how many cells to expect with each count in a random part of ``size`` observations, drawn without replacement.

    Formula: ``E f_j = sum_k f_k C(k, j) C(N-k, m-j) / C(N, m)`` (exact), terms further than nine standard deviations from their mean left out.

    Parameters
    ----------
    k, f_k : arrays of int, shape (s,)
        Counts and the number of cells with each, k ascending.
    size : int
        Observations m of the part, 1 <= m <= N.

    Returns
    -------
    j, expected : arrays, shape (t,)
        Counts 1 .. t and the expected number of cells with each.
    """
    total, share = float((k * f_k).sum()), size / float((k * f_k).sum())
    centre = k * share
    reach = 9 * np.sqrt(centre * (1 - share)) + 9
    highest = np.minimum(np.minimum(np.ceil(centre + reach), k), size).astype(np.int64)
    lowest = np.maximum(np.floor(centre - reach), 1).astype(np.int64)
    expected = np.zeros(int(highest.max(initial=0)) + 1)
    whole = gammaln(total + 1) - gammaln(size + 1) - gammaln(total - size + 1)
    for start in range(0, len(k), CHUNK):
        part = slice(start, start + CHUNK)
        j = np.arange(int(lowest[part].min()), int(highest[part].max()) + 1, dtype=float)
        expected[int(j[0]) : int(j[-1]) + 1] += f_k[part] @ _chances(k[part].astype(float)[:, None], j[None, :], total, size, whole)
    return np.arange(1, len(expected), dtype=float), expected[1:]


def _chances(k: Floats, j: Floats, total: float, size: int, whole: float) -> Floats:
    possible = (j <= k) & (size - j <= total - k)
    inside, rest, left = np.where(possible, k - j, 0), np.where(possible, size - j, 0), np.where(possible, total - k - size + j, 0)
    logs = gammaln(k + 1) - gammaln(j + 1) - gammaln(inside + 1) + gammaln(total - k + 1) - gammaln(rest + 1) - gammaln(left + 1)
    return np.asarray(np.where(possible, np.exp(np.where(possible, logs - whole, 0.0)), 0.0), dtype=float)


def concentration(k: Floats, f_k: Floats, places: int) -> Floats:
    """Give Gini, Hoyer and the mass of the fullest hundredth of the filled cells, from a spectrum whose numbers may be expectations.

    Gini: ``1 - 2 sum_i (c_(i)/|c|_1) (n-i+1/2)/n`` with cells ascending, 0 all equal, near 1 one cell has all (Hurley and Rickard 2009). Hoyer:
    ``(sqrt n - |c|_1/|c|_2) / (sqrt n - 1)`` (Hoyer 2004). Both are summed over ``f_k`` cells of each count k. They depend on the number of
    observations and of empty cells: compare only at equal ones. An expected spectrum gives the expected index up to a relative error of 1/size.

    Parameters
    ----------
    k, f_k : arrays, shape (s,)
        Counts above 0, ascending, and the number of cells with each.
    places : int
        Number of cells, the empty ones included.

    Returns
    -------
    array, shape (3,)
        Nan where an index is undefined (no observation; Hoyer with a single cell).
    """
    total = float(k @ f_k)
    if total <= 0:
        return np.full(3, np.nan)
    above = np.cumsum(f_k[::-1])[::-1] - f_k
    index = 1 - 2 / (total * places) * float(np.sum(k * f_k * (above + f_k / 2)))
    length = float(np.sqrt(k**2 @ f_k))
    sparsity = (np.sqrt(places) - total / length) / (np.sqrt(places) - 1) if places > 1 else np.nan
    taken = np.clip(TOP_SHARE * f_k.sum() - above, 0.0, f_k)
    return np.array([index, sparsity, float(k @ taken) / total])


def estimate_sparsity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the cells of co-occurrence against the null, and their concentration beside its null, at a common number of pairs.

    Of pairs counted in order, cells are (word before, word after). Harmonic weights are refused: rarefaction and null draw whole pairs.
    """
    return Estimates(estimates=tuple(estimate for language in inputs.languages for estimate in _of_language(inputs, language, options)))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, size = f"lang:{language}", options.common_pairs
    counted = inputs.stats.options
    if counted.weights != "flat":
        return tuple(measure.undefined(subject, 0, computed("cells_of_cooccurrence"), "undefined_weighted_pairs") for measure in MEASURES)
    cells = inputs.pair_cells[language]
    n = cells.observations
    if n < size:
        method = computed("at_pairs", pairs=size)
        return tuple(measure.undefined(subject, n, method, "undefined_too_few_pairs", n=n, needed=size) for measure in MEASURES)
    return _of_cells(cells, subject, n, options)


def _of_cells(cells: GroupedCells, subject: str, n: int, options: EstimatorOptions) -> tuple[Estimate, ...]:
    size, level, terms = options.common_pairs, options.level, cells.shape[0]
    places = terms * (terms + 1) // 2 if cells.unordered else terms * cells.shape[1]
    value, *without = indices(cells, size, places)
    left_out = np.array(without).reshape(-1, 4)
    intervals = [jackknife_interval(value[place], left_out[:, place], level, bounds=(0.0, np.inf if place == 0 else 1.0)) for place in range(4)]
    how = computed("jackknife_of_groups") if intervals[0] is not None else computed("no_interval_fewer_groups", needed=MINIMUM_GROUPS)
    how += cells_drawn(cells)
    rarefied, against = computed("rarefied_pairs", pairs=size), computed("cells_over_independent", pairs=size) + how
    found = [CELLS.given(subject, value[0], n, against, intervals[0], level)]
    rows, columns = cells.whole_margins()
    drawn = null_values(lambda _, __, counts: concentration(*_floats(counts), places), rows, columns, size, cells.unordered, options.seed)
    for place, (measure, null) in enumerate(zip(CONCENTRATIONS, NULLS, strict=True)):
        if np.isnan(value[place + 1]):
            found += [each.undefined(subject, n, computed("at_pairs", pairs=size), "undefined_constant") for each in (measure, null)]
            continue
        of = computed("of_fullest_cells", share=TOP_SHARE) if measure is TOP else computed("of_all_cells", cells=places)
        found.append(measure.given(subject, value[place + 1], n, of + rarefied + how, intervals[place + 1], level))
        mean, usual = null_range(drawn[:, place], level)
        told = of + computed("independent_tables_of_pairs", tables=len(drawn), pairs=size) + computed("no_test")
        found.append(null.given(subject, mean, n, told, usual, level))
    return tuple(found)


def indices(cells: GroupedCells, size: int, places: int) -> Floats:
    """Give cells against the null, Gini, Hoyer and the mass of the fullest cells, all at ``size`` observations.

    Parameters
    ----------
    cells : GroupedCells
        Counts by group of documents.
    size : int
        Common number of observations.
    places : int
        Number of cells, the empty ones included.

    Returns
    -------
    array, shape (1 + g, 4)
        On all groups, then without each of the g groups that have observations; nan where fewer than ``size`` observations are left.
    """
    parts, filled = JointParts.of(cells), cells.filled_groups()
    margins = [margin.totals_without_each(filled) for margin in (parts.margins[0], parts.margins[-1])]
    found = []
    for n, (k, f_k), row, column in zip(rest_of(parts.sizes[filled], True), parts.spectra(filled), *margins, strict=True):
        if n < size:
            found.append(np.full(4, np.nan))
            continue
        null = independent_pairs(row, size, n) if cells.unordered else independent_cells(row, column, size, n)
        found.append(np.append(rarefied_cells(k, f_k, size) / null, concentration(*rarefied_spectrum(k, f_k, size), places)))
    return np.array(found)


def _floats(counts: Integers) -> tuple[Floats, Floats]:
    k, f_k = spectrum_of(counts)
    return k.astype(float), f_k.astype(float)


SPARSITY = Estimator(
    name="sparsity",
    question="Do words keep to few contexts, fewer than their frequencies alone explain?",
    reference="Hurlbert 1971; Hurley and Rickard 2009; Hoyer 2004",
    function=estimate_sparsity,
)
