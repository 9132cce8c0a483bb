"""The index U: how far one side of a joint distribution determines the other. The headline number of sparsity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import pair_groups
from corpuskit.estimators.entropy import chao_wang_jost, spectrum_of
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.joint_cells import GroupedCells, group_cells, joint_coverage
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]

WIDENING = 1.15
"""Factor on the jackknife error of U, because simulation shows the plain error to be that much too short."""

SPLITS = 4
"""Random halvings per value of U, because the mean over eight halves already moves by less than its standard error with more of them."""

GROUPS = 25
"""Groups of messages for labels: as many as the counts keep for documents."""

METHOD = "U = I/H with Chao-Wang-Jost entropies, 2 U(N) - mean U(N/2)"
REFERENCE = "Chao, Wang and Jost 2013; Theil 1970; Quenouille 1956"
PAIRS = Measure("sparsity_u", "pairs", "E", REFERENCE)
LABELS = Measure("sparsity_u", "tokens", "C", REFERENCE)


def association_index(cells: GroupedCells, weights: Floats | None = None) -> float | None:
    """Give U, the share of the column variable's entropy that the row variable removes.

    Formula: ``U = (H(x) + H(t) - H(x,t)) / H(t)`` with the entropies of Chao, Wang and Jost 2013; unordered pairs are read in both orders, so
    ``log 2`` times the share of pairs of two different terms is added to the entropy of the pairs. Not cut to 0..1. Reference: theory of
    uncertainty coefficients, Theil 1970.

    Returns
    -------
    float or None
        None when there are fewer than two observations or the column variable is constant.
    """
    totals = cells.totals(weights)
    rows, columns = cells.margins(totals)
    joint = chao_wang_jost(*spectrum_of(totals.astype(np.int64)))
    row = chao_wang_jost(*spectrum_of(rows.astype(np.int64)))
    column = chao_wang_jost(*spectrum_of(columns.astype(np.int64)))
    if joint is None or row is None or column is None or column <= 0:
        return None
    if cells.unordered:
        joint += float(np.log(2)) * float(totals[cells.rows != cells.columns].sum() / totals.sum())
    return (row + column - joint) / column


def extrapolated_index(cells: GroupedCells, seed: int = 0, level: float = 0.95) -> tuple[float, tuple[float, float] | None] | None:
    """Give U with its small-sample bias extrapolated away, and its interval.

    Formula: ``2 U(N) - mean U(N/2)`` over random halves of the groups of documents; interval by leaving out one group at a time, standard
    error times 1.15. Reference: Quenouille 1956 for the half-sample correction.

    Parameters
    ----------
    cells : GroupedCells
        Counts by group of documents.
    seed : int
        Seed of the halves.
    level : float
        Confidence level.

    Returns
    -------
    (float, interval or None) or None
        The value cut to 0..1; no interval with fewer than 8 groups that have observations. None when U itself is undefined.
    """
    whole = association_index(cells)
    if whole is None:
        return None
    filled = np.flatnonzero(np.asarray(cells.counts.sum(axis=0)).ravel() > 0)
    groups = cells.counts.shape[1]
    if len(filled) < 2:
        return min(max(whole, 0.0), 1.0), None
    random = np.random.default_rng(seed)
    halves = [np.isin(np.arange(groups), random.permutation(filled)[: len(filled) // 2]) for _ in range(SPLITS)]
    value = _extrapolate(cells, np.isin(np.arange(groups), filled), halves)
    left_out = [_extrapolate(cells, np.isin(np.arange(groups), filled[filled != group]), halves) for group in filled] if len(filled) >= 8 else []
    interval = jackknife_interval(value, np.array(left_out), level, WIDENING) if left_out else None
    if interval is not None:
        interval = (min(max(interval[0], 0.0), 1.0), min(max(interval[1], 0.0), 1.0))
    return min(max(value, 0.0), 1.0), interval


def _extrapolate(cells: GroupedCells, kept: NDArray[np.bool_], halves: list[NDArray[np.bool_]]) -> float:
    whole = association_index(cells, kept.astype(float))
    values = [association_index(cells, (side & kept).astype(float)) for half in halves for side in (half, ~half)]
    defined = [value for value in values if value is not None]
    if whole is None:
        return float("nan")
    return 2 * whole - float(np.mean(defined)) if defined else whole


def estimate_association_index(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure U of word and context word for each language, and of word and label for each labelled table.

    Pairs counted in order give U of the word before on the word after. Harmonic weights are refused: coverage and entropies need numbers of pairs.
    """
    languages = (_of_pairs(inputs, language, options) for language in inputs.languages)
    tables = (_of_cells(LABELS, sample.messages.subject, _words_by_label(sample), options) for sample in inputs.samples)
    return Estimates(estimates=(*languages, *tables))


def _of_pairs(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    counted, subject = inputs.stats.options, f"lang:{language}"
    if counted.weights != "flat":
        return PAIRS.undefined(subject, 0, METHOD, "undefined_weighted_pairs")
    return _of_cells(PAIRS, subject, group_cells(pair_groups(inputs.stats, language), unordered=not counted.ordered), options)


def _words_by_label(sample: LabelledSample) -> GroupedCells:
    """Count words by label for groups of messages, near copies in one group."""
    words = csr_matrix(sample.messages.term_counts[sample.chosen])
    tables = []
    for group in range(GROUPS):
        rows = np.flatnonzero(sample.groups % GROUPS == group)
        marks = csr_matrix((np.ones(len(rows)), (rows, sample.labels[rows])), shape=(sample.n, len(sample.names)))
        tables.append(csr_matrix(words.T @ marks))
    return group_cells(tables, unordered=False)


def _of_cells(measure: Measure, subject: str, cells: GroupedCells, options: EstimatorOptions) -> Estimate:
    method = METHOD
    n = int(cells.totals().sum())
    if n < 2:
        return measure.undefined(subject, n, method, "undefined_too_few_pairs", n=n, needed=2)
    covered = joint_coverage(cells)
    if covered is None or covered < options.min_joint_coverage:
        return measure.undefined(subject, n, method, "undefined_low_joint_coverage", coverage=covered or 0.0, needed=options.min_joint_coverage)
    found = extrapolated_index(cells, options.seed, options.level)
    if found is None:
        return measure.undefined(subject, n, method, "undefined_constant")
    value, interval = found
    how = f"delete-a-group jackknife x {WIDENING}" if interval is not None else f"no interval: fewer than {MINIMUM_GROUPS} groups"
    return measure.given(subject, value, n, f"{method}; {how}; joint coverage {covered:.2f}", interval, options.level)


ASSOCIATION_INDEX = Estimator(
    name="association_index",
    question="How far do words determine their context, and messages' words their label?",
    reference=REFERENCE,
    function=estimate_association_index,
)
