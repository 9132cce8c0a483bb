"""The index U: how far one side of a joint distribution determines the other. The headline number of sparsity."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import stdtrit

from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.half_samples import extrapolate
from corpuskit.estimators.information.carried_on import CarriedOn, carry_on
from corpuskit.estimators.information.clustered_entropy import MOST_APART, clustered_measures
from corpuskit.estimators.information.draw_error import cells_drawn, error_of_draw
from corpuskit.estimators.information.grouped_cells import GroupedCells, group_cells
from corpuskit.estimators.information.joint_cells import joint_coverage, joint_entropies
from corpuskit.estimators.information.joint_parts import JointParts
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, effective_size, jackknife_error
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]

LEAST_GROUPS = 4.0
"""Groups of equal size that those at hand must be worth, because below that nearly all pairs of observations come from one of them."""

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


@dataclass(frozen=True, slots=True, eq=False)
class IndexFound:
    """U, the joint entropy and the entropy of the column given the row, carried on, and how much of the joint distribution was seen.

    Attributes
    ----------
    measures : CarriedOn
        The three of them, in nats but U.
    seen, least_seen : float
        Share of the joint distribution that was seen, and the lower end of its 95 % interval; the share itself where there is none.
    covered : float or None
        The share of observations as independent, which clustering makes too large; None where it is undefined.
    by_groups : bool
        Whether what was not seen is judged by the groups that hold a cell (:mod:`~corpuskit.estimators.information.clustered_entropy`).
    """

    measures: CarriedOn
    seen: float
    least_seen: float
    covered: float | None
    by_groups: bool


def extrapolated_measures(cells: GroupedCells, seed: int = 0) -> IndexFound | None:
    """Give :func:`joint_measures` with their small-sample bias extrapolated away, for observations that cluster in groups of documents.

    Formulas: :func:`~corpuskit.estimators.information.clustered_entropy.clustered_entropies`; ``T(N) + f (T(N) - mean T(N/2))`` over random halves
    of the groups, f of :class:`~corpuskit.estimators.information.carried_on.CarriedOn`. With fewer than 8 groups, or where they are of such
    different sizes that they are worth fewer than 4, groups tell nothing of clustering: then observations count as independent. Reference: Chao,
    Wang and Jost 2013; Quenouille 1956 for the half-sample correction.

    Parameters
    ----------
    cells : GroupedCells
        Counts by group of documents.
    seed : int
        Seed of the halves.

    Returns
    -------
    IndexFound or None
        None where :func:`association_index` is undefined. With a single group nothing is extrapolated.
    """
    filled, parts = cells.filled_groups(), JointParts.of(cells)
    by_groups = len(filled) >= MINIMUM_GROUPS and effective_size(parts.sizes) >= LEAST_GROUPS
    if by_groups:
        whole, shares = clustered_measures(parts, filled, without_each=True)
        seen, error = float(shares[0]), jackknife_error(shares[1:])
    else:
        whole, seen = parts.measures(filled, without_each=len(filled) >= MINIMUM_GROUPS)
        error = None
    if np.isnan(whole[:, 0]).any():
        return None
    covered = joint_coverage(cells)
    if len(filled) < 2:
        return IndexFound(CarriedOn(whole[:, 0], np.zeros(3), None, len(filled)), seen, seen, covered, by_groups)
    found = extrapolate(whole, lambda half: (clustered_measures if by_groups else _independent_measures)(parts, half)[0][:, 0], filled, seed)
    if found.errors is not None and cells.whole is not None:
        # what drawing cells adds to the joint entropy, and through it to U and to the entropy given the row
        column = whole[2, 0] / max(1 - whole[0, 0], 1e-9)
        found = replace(found, errors=np.hypot(found.errors, error_of_draw(cells) * np.array([1 / max(column, 1e-9), 1.0, 1.0])))
    reach = 0.0 if error is None else float(stdtrit(len(filled) - 1, 0.975)) * error
    apart = ((covered or 0.0) - seen) * len(filled) / effective_size(parts.sizes) if by_groups else 0.0
    return IndexFound(carry_on(found, 1 - seen, apart), seen, seen - reach, covered, by_groups)


def _independent_measures(parts: JointParts, chosen: NDArray[np.int64]) -> tuple[Floats, float]:
    return parts.measures(chosen)


def index_with_interval(found: CarriedOn, level: float = 0.95) -> tuple[float, tuple[float, float] | None]:
    """Take U and its interval out of what :func:`extrapolated_measures` gave, both cut to 0..1."""
    value, interval = float(found.values[0]), found.interval(0, level)
    if interval is not None:
        interval = (min(max(interval[0], 0.0), 1.0), min(max(interval[1], 0.0), 1.0))
    return min(max(value, 0.0), 1.0), interval


def effective_number(found: CarriedOn, place: int, level: float = 0.95) -> tuple[float, tuple[float, float] | None]:
    """Turn one of the entropies, in nats, into an effective number and its interval.

    Formula: ``exp(H)``, the ends those of the interval of H. Reference: Hill 1973. At least 1.
    """
    interval = found.interval(place, level)
    ends = None if interval is None else (max(1.0, float(np.exp(interval[0]))), max(1.0, float(np.exp(interval[1]))))
    return max(1.0, float(np.exp(found.values[place]))), ends


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
    n = cells.observations
    found = extrapolated_measures(cells, options.seed) if n >= 2 else None
    refusal = _refusal(found, cells, n, options)
    if found is None or refusal is not None:
        code, parameters = refusal or ("undefined_constant", {})
        return tuple(measure.undefined(subject, n, METHODS[measure.name], code, **parameters) for measure in measures)
    seen = cells_drawn(cells) + computed("joint_coverage", coverage=found.seen)
    unseen = computed("unseen_by_groups" if found.by_groups else "unseen_as_independent")
    how = computed("last_move_added", times=found.measures.times) if len(cells.filled_groups()) > 1 else ()
    how += computed("jackknife_and_moves") if found.measures.errors is not None else computed("no_interval_fewer_groups", needed=MINIMUM_GROUPS)
    made = []
    for measure, place in zip(measures, range(3), strict=False):
        value, interval = index_with_interval(found.measures, options.level) if place == 0 else effective_number(found.measures, place, options.level)
        made.append(measure.given(subject, value, n, METHODS[measure.name] + unseen + how + seen, interval, options.level))
    return tuple(made)


def _refusal(found: IndexFound | None, cells: GroupedCells, n: int, options: EstimatorOptions) -> tuple[str, dict[str, float | int | str]] | None:
    """Refuse where too little of the joint was seen, or where documents have so much of their own that the bias cannot be taken back.

    The lower end of the coverage decides: of tables that were just seen to the half, those would pass whose coverage is overestimated.
    """
    if n < 2:
        return "undefined_too_few_pairs", {"n": n, "needed": 2}
    needed, covered = options.min_joint_coverage, joint_coverage(cells) if found is None else found.covered
    if covered is None or covered < needed:
        return "undefined_low_joint_coverage", {"coverage": covered or 0.0, "needed": needed}
    if found is not None and found.by_groups and covered - found.seen > MOST_APART:
        return "undefined_observations_cluster", {"value": covered, "new": found.seen}
    if found is not None and found.least_seen < needed:
        return "undefined_joint_coverage_not_sure", {"coverage": found.seen, "low": max(found.least_seen, 0.0), "needed": needed}
    return None


ASSOCIATION_INDEX = Estimator(
    name="association_index",
    question="How far do words determine their context, and messages' words their label?",
    reference=REFERENCE,
    function=estimate_association_index,
)
