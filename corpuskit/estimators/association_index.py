"""The index U: how far one side of a joint distribution determines the other. The headline number of sparsity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.grouped_cells import GroupedCells, group_cells
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.joint_cells import joint_coverage, joint_entropies
from corpuskit.estimators.joint_parts import JointParts
from corpuskit.estimators.method import computed
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

REFERENCE = "Chao, Wang and Jost 2013; Theil 1970; Quenouille 1956"
PAIRS = Measure("sparsity_u", "pairs", "E", REFERENCE)
LABELS = Measure("sparsity_u", "tokens", "C", REFERENCE)
SUPPORT = Measure("effective_pairs", "pairs", "E", "Chao, Wang and Jost 2013; Hill 1973; Quenouille 1956")
CONTEXTS = Measure("effective_contexts", "pairs", "E", "Chao, Wang and Jost 2013; Hill 1973; Quenouille 1956")

METHODS = {
    "sparsity_u": computed("u_of_entropies"),
    "effective_pairs": computed("effective_pairs"),
    "effective_contexts": computed("effective_contexts"),
}


def association_index(cells: GroupedCells, weights: Floats | None = None) -> float | None:
    """Give U, the share of the column variable's entropy that the row variable removes.

    Formula: ``U = (H(x) + H(t) - H(x,t)) / H(t)`` with the entropies of :func:`joint_entropies`. Not cut to 0..1. Reference: theory of
    uncertainty coefficients, Theil 1970.

    Returns
    -------
    float or None
        None when there are fewer than two observations or the column variable is constant.
    """
    found = joint_measures(cells, weights)
    return None if found is None else float(found[0])


def joint_measures(cells: GroupedCells, weights: Floats | None = None) -> Floats | None:
    """Give U, the joint entropy and the entropy of the column given the row, in nats, from one pass over the cells.

    Formula: :func:`association_index`; ``H(x,t)``; ``H(t|x) = H(x,t) - H(x)``. The exponentials of the last two are the effective number of
    cells and of columns per row (Hill 1973, order 1).

    Returns
    -------
    array, shape (3,), or None
        None where :func:`association_index` is undefined.
    """
    entropies = joint_entropies(cells, weights)
    if entropies is None or entropies[1] <= 0:
        return None
    row, column, joint = entropies
    return np.array([(row + column - joint) / column, joint, joint - row])


def extrapolated_measures(cells: GroupedCells, seed: int = 0) -> tuple[Floats, Floats] | None:
    """Give :func:`joint_measures` with their small-sample bias extrapolated away, on all groups and without each.

    Formula: ``2 T(N) - mean T(N/2)`` over random halves of the groups of documents. Reference: Quenouille 1956 for the half-sample correction.

    Parameters
    ----------
    cells : GroupedCells
        Counts by group of documents.
    seed : int
        Seed of the halves.

    Returns
    -------
    values : array, shape (3,)
        On all groups; not extrapolated when only one group has observations.
    left_out : array, shape (g, 3)
        Without each group that has observations; no rows when there are fewer than 8.
    None where :func:`association_index` is undefined.
    """
    filled, parts = cells.filled_groups(), JointParts.of(cells)
    whole, _ = parts.measures(filled, without_each=len(filled) >= 2)
    if np.isnan(whole[:, 0]).any():
        return None
    if len(filled) < 2:
        return whole[:, 0], np.zeros((0, 3))
    random = np.random.default_rng(seed)
    halves = []
    for _ in range(SPLITS):
        first = random.permutation(filled)[: len(filled) // 2]
        halves += [_part_without_each(parts, filled, np.isin(filled, first, invert=other)) for other in (False, True)]
    extrapolated = _extrapolate(whole, np.array(halves))
    return extrapolated[:, 0], (extrapolated[:, 1:].T if len(filled) >= MINIMUM_GROUPS else np.zeros((0, 3)))


def _part_without_each(parts: JointParts, filled: NDArray[np.int64], inside: NDArray[np.bool_]) -> Floats:
    """Give the measures on a part, then without each filled group: those outside the part do not change it. Shape (3, 1 + groups)."""
    measured, _ = parts.measures(filled[inside], without_each=True)
    found = np.repeat(measured[:, :1], 1 + len(filled), axis=1)
    found[:, 1 + np.flatnonzero(inside)] = measured[:, 1:]
    return found


def index_with_interval(values: Floats, left_out: Floats, level: float = 0.95) -> tuple[float, tuple[float, float] | None]:
    """Take U and its interval out of what :func:`extrapolated_measures` gave, both cut to 0..1."""
    value = float(values[0])
    interval = jackknife_interval(value, left_out[:, 0], level, WIDENING)
    if interval is not None:
        interval = (min(max(interval[0], 0.0), 1.0), min(max(interval[1], 0.0), 1.0))
    return min(max(value, 0.0), 1.0), interval


def effective_number(value: float, left_out: Floats, level: float = 0.95) -> tuple[float, tuple[float, float] | None]:
    """Turn an entropy in nats and its values without each group into an effective number and its interval.

    Formula: ``exp(H)``, the ends those of the jackknife interval of H (standard error times 1.15). Reference: Hill 1973. At least 1.
    """
    interval = jackknife_interval(value, left_out, level, WIDENING)
    ends = None if interval is None else (max(1.0, float(np.exp(interval[0]))), max(1.0, float(np.exp(interval[1]))))
    return max(1.0, float(np.exp(value))), ends


def _extrapolate(whole: Floats, halves: Floats) -> Floats:
    """Extrapolate from the mean of the halves where that is defined; where none is, the whole stays as it is."""
    known = np.isfinite(halves)
    mean = np.where(known, halves, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.asarray(np.where(known.any(axis=0), 2 * whole - mean, whole))


def estimate_association_index(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure U of word and context word for each language, and of word and label for each labelled table; for languages effective numbers too.

    Pairs counted in order give U of the word before on the word after. Harmonic weights are refused: coverage and entropies need numbers of pairs.
    """
    languages = (estimate for language in inputs.languages for estimate in _of_pairs(inputs, language, options))
    tables = (estimate for sample in inputs.samples for estimate in _of_cells((LABELS,), sample.messages.subject, words_by_label(sample), options))
    return Estimates(estimates=(*languages, *tables))


def _of_pairs(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    counted, subject, measures = inputs.stats.options, f"lang:{language}", (PAIRS, SUPPORT, CONTEXTS)
    if counted.weights != "flat":
        return tuple(measure.undefined(subject, 0, METHODS[measure.name], "undefined_weighted_pairs") for measure in measures)
    return _of_cells(measures, subject, inputs.pair_cells[language], options)


def words_by_label(sample: LabelledSample) -> GroupedCells:
    """Count words by label for groups of messages, near copies in one group."""
    words = csr_matrix(sample.messages.term_counts[sample.chosen])
    tables = []
    for group in range(GROUPS):
        rows = np.flatnonzero(sample.groups % GROUPS == group)
        marks = csr_matrix((np.ones(len(rows)), (rows, sample.labels[rows])), shape=(sample.n, len(sample.names)))
        tables.append(csr_matrix(words.T @ marks))
    return group_cells(tables, unordered=False)


def _of_cells(measures: tuple[Measure, ...], subject: str, cells: GroupedCells, options: EstimatorOptions) -> tuple[Estimate, ...]:
    n = int(cells.totals().sum())
    refusal = _refusal(cells, n, options)
    found = extrapolated_measures(cells, options.seed) if refusal is None else None
    if found is None:
        code, parameters = refusal or ("undefined_constant", {})
        return tuple(measure.undefined(subject, n, METHODS[measure.name], code, **parameters) for measure in measures)
    values, left_out = found
    seen = computed("joint_coverage", coverage=joint_coverage(cells) or 0.0)
    how = computed("jackknife_widened", factor=WIDENING) if len(left_out) else computed("no_interval_fewer_groups", needed=MINIMUM_GROUPS)
    made = []
    for measure, place in zip(measures, range(3), strict=False):
        value, interval = (
            index_with_interval(values, left_out, options.level) if place == 0 else effective_number(values[place], left_out[:, place], options.level)
        )
        made.append(measure.given(subject, value, n, METHODS[measure.name] + how + seen, interval, options.level))
    return tuple(made)


def _refusal(cells: GroupedCells, n: int, options: EstimatorOptions) -> tuple[str, dict[str, float | int | str]] | None:
    if n < 2:
        return "undefined_too_few_pairs", {"n": n, "needed": 2}
    covered = joint_coverage(cells)
    if covered is None or covered < options.min_joint_coverage:
        return "undefined_low_joint_coverage", {"coverage": covered or 0.0, "needed": options.min_joint_coverage}
    return None


ASSOCIATION_INDEX = Estimator(
    name="association_index",
    question="How far do words determine their context, and messages' words their label?",
    reference=REFERENCE,
    function=estimate_association_index,
)
