"""Peaks of a joint distribution: whether frequent messages are also those whose intention is plain. Descriptive, never evidence of its own.

The mean peak of the posterior is 1 - eps, the language ambiguity read the other way, and is printed as that and nothing else; computed from the
cells themselves it would be far too high (theory: plug-in eps .524 where the truth is .770), so no function here does it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import pair_group
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.information.association_index import words_by_label
from corpuskit.estimators.information.grouped_cells import GroupedCells, Places
from corpuskit.estimators.information.independence_null import null_range, null_values
from corpuskit.estimators.information.joint_cells import both_orders, joint_coverage
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LEAST_SEEN = 5
"""Rows seen less often have no peak worth a rank, because the fullest of their cells holds at least a quarter of them whatever they mean."""

FEWEST_ROWS = 10
"""Fewer rows give no rank correlation, because that of nine independent rows still spans from -.67 to .67."""

LARGEST_DRAW = 200_000
"""Observations ranked at most, because the ranks no longer change much beyond and the null draws as many, twenty times."""

REFERENCE = "Spearman 1904"
PAIRS = (Measure("peak_rank_correlation", "pairs", "E", REFERENCE), Measure("peak_rank_correlation_null", "pairs", "E", REFERENCE))
LABELS = (Measure("peak_rank_correlation", "tokens", "C", REFERENCE), Measure("peak_rank_correlation_null", "tokens", "C", REFERENCE))
CONCENTRATION = Measure("peak_concentration", "messages", "C", "Jiang 2023; Cover and Hart 1967; Clopper and Pearson 1934")


def row_peaks(rows: Places, counts: Floats, size: int) -> tuple[Floats, Floats]:
    """Give the total of each row and its fullest cell.

    Parameters
    ----------
    rows, counts : arrays, shape (cells,)
        Row and count of each non-empty cell.
    size : int
        Number of rows.

    Returns
    -------
    totals, peaks : arrays, shape (size,)
    """
    peaks = np.zeros(size)
    np.maximum.at(peaks, rows, counts)
    return np.bincount(rows, weights=counts, minlength=size).astype(float), peaks


def peak_rank_correlation(totals: Floats, peaks: Floats) -> float | None:
    """Give Spearman's rank correlation between the frequency q(x) of a row and its peak posterior ``max_t q(t|x)``.

    Formula: Pearson correlation of mean ranks over rows seen at least 5 times. Reference: Spearman 1904. A row's peak is too high when the row is
    rare, so the correlation is negative even where rows and columns are independent: read it beside that null.

    Parameters
    ----------
    totals, peaks : arrays, shape (rows,)
        See :func:`row_peaks`.

    Returns
    -------
    float or None
        None for fewer than 10 such rows, or when all are equally frequent or equally peaked.
    """
    seen = totals >= LEAST_SEEN
    if int(seen.sum()) < FEWEST_ROWS:
        return None
    ranks = [pl.Series(values).rank().to_numpy() for values in (totals[seen], peaks[seen] / totals[seen])]
    first, second = (values - values.mean() for values in ranks)
    length = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / length if length > 0 else None


def as_concentration(ambiguity: Estimate) -> Estimate:
    """Read a language ambiguity eps the other way, as the mean peak 1 - eps of the posterior: the same number, not a second piece of evidence.

    As the cross-fitted error bounds eps from above in expectation, the result bounds the peak concentration from below.
    """
    method = computed("one_less_ambiguity") + ambiguity.method
    if ambiguity.value is None or ambiguity.undefined_because is not None:
        reason = ambiguity.undefined_because
        code, parameters = ("undefined_no_labels", {}) if reason is None else (reason.code, reason.parameters)
        return CONCENTRATION.undefined(ambiguity.subject, ambiguity.n, method, code, **parameters)
    ends = None if ambiguity.interval is None else (1 - ambiguity.interval[1], 1 - ambiguity.interval[0])
    return CONCENTRATION.given(ambiguity.subject, 1 - ambiguity.value, ambiguity.n, method, ends, ambiguity.level)


def estimate_peaks(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Correlate frequency with peak for the words of each language and of each labelled table, beside the same under independence."""
    found: list[Estimate] = []
    for language in inputs.languages:
        counted = inputs.stats.options
        if counted.weights != "flat":
            found += [measure.undefined(f"lang:{language}", 0, computed("spearman"), "undefined_weighted_pairs") for measure in PAIRS]
            continue
        cells, table = inputs.pair_cells[language], partial(pair_group, inputs.stats, language)
        seen = None if cells.whole is None else observed(table, cells.whole.sizes, LARGEST_DRAW, options.seed)
        found += correlation_of_cells(PAIRS, f"lang:{language}", cells, options, seen)
    for sample in inputs.samples:
        found += correlation_of_cells(LABELS, sample.messages.subject, words_by_label(sample), options)
    return Estimates(estimates=tuple(found))


def observed(table: Callable[[int], csr_matrix], sizes: Integers, size: int, seed: int) -> tuple[Integers, Integers, Integers]:
    """Draw observations without replacement from the tables of groups, of which cells alone were drawn; rows, columns and counts of their cells.

    Drawn cells would not do: each stands for several, which would be taken for one fuller cell.
    """
    random, places, width = np.random.default_rng(seed), [], 1
    for group, number in enumerate(random.multivariate_hypergeometric(sizes, min(size, int(sizes.sum())), method="marginals")):
        own = table(group)
        reach, width = np.cumsum(own.data), own.shape[1]
        entries = np.searchsorted(reach, random.choice(int(sizes[group]), int(number), replace=False), side="right")
        places.append((np.searchsorted(own.indptr, entries, side="right") - 1) * width + own.indices[entries])
    keys, counts = np.unique(np.concatenate(places), return_counts=True)
    return keys // width, keys % width, counts.astype(np.int64)


def correlation_of_cells(
    measures: tuple[Measure, Measure],
    subject: str,
    cells: GroupedCells,
    options: EstimatorOptions,
    seen: tuple[Integers, Integers, Integers] | None = None,
) -> tuple[Estimate, ...]:
    """Give the correlation and its null as estimates, or the reason why there are none: too few observations, too thin a joint, too few rows."""
    totals, n, covered = cells.totals(), cells.observations, joint_coverage(cells)
    size = min(n, LARGEST_DRAW)
    method = computed("spearman_of_peaks", times=LEAST_SEEN, observations=size)
    if n < 2:
        return tuple(measure.undefined(subject, n, method, "undefined_too_few_pairs", n=n, needed=2) for measure in measures)
    if covered is None or covered < options.min_joint_coverage:
        code, needed = "undefined_low_joint_coverage", options.min_joint_coverage
        return tuple(measure.undefined(subject, n, method, code, coverage=covered or 0.0, needed=needed) for measure in measures)
    value = _correlation(cells, _thinned(totals, size, options.seed)) if seen is None else _finite(_of_drawn(cells, *seen))
    margins = cells.whole_margins()
    drawn = null_values(lambda *table: np.array([_of_drawn(cells, *table)]), *margins, size, cells.unordered, options.seed)[:, 0]
    if value is None or not np.all(np.isfinite(drawn)):
        return tuple(measure.undefined(subject, n, method, "undefined_too_few_rows", needed=FEWEST_ROWS, times=LEAST_SEEN) for measure in measures)
    mean, usual = null_range(drawn, options.level)
    told = method + computed("independent_tables", tables=len(drawn)) + computed("no_test")
    usual = (max(usual[0], -1.0), min(usual[1], 1.0))
    return (
        measures[0].given(subject, value, n, method + computed("descriptive"), None),
        measures[1].given(subject, mean, n, told, usual, options.level),
    )


def _correlation(cells: GroupedCells, totals: Floats) -> float | None:
    rows, _, counts = both_orders(cells, totals)
    return peak_rank_correlation(*row_peaks(rows, counts, cells.shape[0]))


def _of_drawn(cells: GroupedCells, rows: Integers, columns: Integers, counts: Integers) -> float:
    table = GroupedCells(rows, columns, cells.counts, cells.shape, cells.unordered)
    value = _correlation(table, counts.astype(float))
    return np.nan if value is None else value


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _thinned(totals: Floats, size: int, seed: int) -> Floats:
    """Draw ``size`` of the observations without replacement and count them by cell."""
    reach = np.cumsum(totals).astype(np.int64)
    if size >= reach[-1]:
        return totals
    chosen = np.random.default_rng(seed).choice(int(reach[-1]), size, replace=False)
    return np.bincount(np.searchsorted(reach, chosen, side="right"), minlength=len(totals)).astype(float)


PEAKS = Estimator(
    name="peaks",
    question="Are frequent words also those whose context or label is plainest?",
    reference=REFERENCE,
    function=estimate_peaks,
)
