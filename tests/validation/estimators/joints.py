"""Designs of joint tables: U, effective numbers and indices at a common size, as printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu
from scipy.stats import binom

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.information.association_index import estimate_association_index
from corpuskit.estimators.information.grouped_cells import GroupedCells, group_cells
from corpuskit.estimators.information.independence_null import independent_cells, independent_pairs
from corpuskit.estimators.information.independent_index import DEALINGS, error_of_dealt, index_without_each_group
from corpuskit.estimators.information.index_growth import estimate_index_growth
from corpuskit.estimators.information.joint_parts import JointParts
from corpuskit.estimators.information.sparsity import concentration, indices
from corpuskit.estimators.resampling import jackknife_error, jackknife_interval
from corpuskit.estimators.robustness.influence import effect_of_clustering
from corpuskit.synthetic import FeatureTable, block_table, dirichlet_table, independent_table, zipf_table
from tests.validation.estimators.languages import GROUPS, drawn_counts, pair_inputs
from tests.validation.estimators.rows import Design, Outcome, outcome

OPTIONS = EstimatorOptions()
COMMON = 1000
TRUTH_DRAWS = 100
ROUNDING = 1e-9
WORDED = {"sparsity_u": "U", "effective_pairs": "effective cells", "effective_contexts": "effective columns per row"}

TABLES = {
    "400 x 20, U .32": dirichlet_table(seed=1),
    "1,500 x 40, U .48": dirichlet_table(1500, 40, 0.1, seed=3),
    "independent 60 x 40, U 0": independent_table(seed=1),
    "pairs in 6 blocks of 10": block_table(seed=1),
    "1,000 x 200 by Zipf, U .37": zipf_table(seed=1),
}


def joint(
    key: str, n: int, agreement: float = 0.0, at_common: bool = False, effect: bool = False, change: bool = False, uneven: float = 0.0
) -> Design:
    """A joint table: U and effective numbers; the indices at a common size, design effect and change on demand. Blocks: unordered pairs.

    ``uneven`` is the standard deviation of the logarithm of the groups' sizes, which are drawn.
    """
    table, unordered = TABLES[key], key.startswith("pairs")
    symmetric = FeatureTable((table.joint + table.joint.T) / 2) if unordered else table
    truths = {
        "sparsity_u": symmetric.determination,
        "effective_pairs": float(np.exp(symmetric.joint_entropy)),
        "effective_contexts": float(np.exp(symmetric.joint_entropy - row_entropy(symmetric))),
    }

    def drawn(seed: int) -> GroupedCells:
        random = np.random.default_rng(seed)
        sizes = np.full(GROUPS, n // GROUPS) + (np.arange(GROUPS) < n % GROUPS) if not uneven else sizes_drawn(n, uneven, random)
        drawn_parts = (drawn_counts(table.joint.ravel(), int(size), agreement, random) for size in sizes)
        parts = [csr_matrix(counts.reshape(table.joint.shape)) for counts in drawn_parts]
        return group_cells([csr_matrix(triu(part + triu(part.T, 1))) if unordered else part for part in parts], unordered)

    expected: tuple[float, ...] = ()
    if at_common:
        expected = expected_at_common(drawn, key, n) if agreement else truth_at(key, COMMON, unordered)

    def replicate(seed: int) -> dict[str, Outcome]:
        cells = drawn(seed)
        made = estimate_association_index(pair_inputs(cells), OPTIONS).estimates
        found = {worded(item.measure, truths[item.measure]): outcome(item, truths[item.measure]) for item in made}
        if effect:
            found["design effect of U"] = (*design_effect(cells), 1.0)
        if change:
            found["change of U at doubling"] = outcome(estimate_index_growth(pair_inputs(cells), OPTIONS).estimates[0], 0.0)
        return found | (at_common_size(cells, unordered, expected) if at_common else {})

    named = (f", {agreement:g} alike in groups" if agreement else "") + (", sizes uneven" if uneven else "")
    return Design(key + named, n, replicate)


def worded(measure: str, truth: float) -> str:
    """Name a measure, and say so where its truth is the least possible value: U of independent words."""
    return f"at the end of its range: {WORDED[measure]}" if measure == "sparsity_u" and truth < ROUNDING else WORDED[measure]


def sizes_drawn(n: int, uneven: float, random: np.random.Generator) -> NDArray[np.int64]:
    sizes = np.exp(uneven * random.standard_normal(GROUPS))
    return np.maximum(np.round(n * sizes / sizes.sum()), 1).astype(np.int64)


def row_entropy(table: FeatureTable) -> float:
    return table.joint_entropy - table.label_entropy + table.information


def design_effect(cells: GroupedCells) -> tuple[float, tuple[float, float] | None]:
    """Give the design effect of U as the influence estimator does; its truth is 1 for independent observations."""
    error = jackknife_error(index_without_each_group(JointParts.of(cells), cells.filled_groups())) or 0.0
    return effect_of_clustering(error, error_of_dealt(cells, 0), GROUPS - 1.0, freedom_of_independent=DEALINGS * (GROUPS - 1.0)) or (0.0, None)


def places_of(table: FeatureTable, unordered: bool) -> int:
    side = table.joint.shape[0]
    return side * (side + 1) // 2 if unordered else table.joint.size


@cache
def truth_at(key: str, size: int, unordered: bool) -> tuple[float, ...]:
    """Give cells against the null, Gini, Hoyer and mass of the fullest cells that draws of this size have in expectation."""
    table = TABLES[key].joint
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    shares = (table + np.tril(table, -1).T)[np.triu_indices(len(table))] if unordered else table.ravel()
    null = independent_pairs(rows + columns, size) if unordered else independent_cells(rows, columns, size)
    highest = size * float(shares.max())
    j = np.arange(1, int(highest + 12 * np.sqrt(highest) + 12))
    spectrum = np.array([np.sum(binom.pmf(count, size, shares)) for count in j])
    return float(spectrum.sum()) / null, *(float(value) for value in concentration(j.astype(float), spectrum, len(shares)))


@cache
def expected_at_common(drawn: Callable[[int], GroupedCells], key: str, n: int) -> tuple[float, ...]:
    """Give what the indices are in the mean over draws of their own: under clustering they speak of documents like these, not of the table."""
    places = TABLES[key].joint.size
    return tuple(np.mean([indices(drawn(seed), COMMON, places)[0] for seed in range(10**6, 10**6 + TRUTH_DRAWS)], axis=0).tolist())


def at_common_size(cells: GroupedCells, unordered: bool, truth: tuple[float, ...]) -> dict[str, Outcome]:
    side = cells.shape[0]
    places = side * (side + 1) // 2 if unordered else side * cells.shape[1]
    values, *without = indices(cells, COMMON, places)
    left_out = np.array(without)
    names = ("cells against the null", "Gini", "Hoyer", "mass of the fullest 1 % of cells")
    return {
        f"{name} at {COMMON:,}": (float(values[place]), jackknife_interval(float(values[place]), left_out[:, place]), truth[place])
        for place, name in enumerate(names)
    }
