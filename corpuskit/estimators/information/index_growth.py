"""How the index U moves with the size of the corpus, and whether it still moves.

The groups of documents stand in a random order, which is cut in halves, each half in halves again, and so on. So every pair counts once at each
size, and the half of a part that its extrapolation needs is there anyway.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.information.association_index import REFERENCE
from corpuskit.estimators.information.carried_on import times_added
from corpuskit.estimators.information.draw_error import cells_drawn
from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.information.joint_parts import JointParts
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CHANGE = Measure("sparsity_u_change", "pairs", "E", REFERENCE)

HALVINGS = 4
"""How often an order is halved: sizes 1, 1/2, 1/4 and 1/8, and 1/16 for the extrapolation of the last; 25 groups do not give more."""

CUT = 2
"""Halvings that the change needs: halves and quarters."""

ORDERS = 8
"""Orders that are cut in quarters. The change is small beside what the chance of the cut adds to it, in all and without each group. Measured: the
interval is 1.3 to 1.7 times as wide as it need be, with 4, 8 or 16 orders; that of the plain jackknife with 2 orders was 2.5 times."""

FEWEST_ORDERS = 4
"""Orders of large tables, and of those that cells were drawn of; the interval still holds the change in simulation, and is a little wider."""

AFFORDABLE = 80_000_000
"""Entries of the table times orders, because an order costs about a third of a second for ten million entries at each of two sizes."""

DEEP = 2
"""Orders that are cut further, because small parts are many, so that few orders do."""


@dataclass(frozen=True, eq=False)
class Sizes:
    """The index at the sizes 1, 1/2, 1/4 ...

    Attributes
    ----------
    means : array, shape (sizes,)
        Mean index of the parts of each size, over all orders.
    covered : array, shape (sizes,)
        Least joint coverage of a part of each size.
    times : array, shape (sizes,)
        How often the last move is added at each size, from the mean joint coverage of its parts.
    changes : array, shape (orders,)
        :func:`change_at_doubling` in each order.
    changes_without : array, shape (orders, groups)
        The same without each group.
    """

    means: Floats
    covered: Floats
    times: Floats
    changes: Floats
    changes_without: Floats


def halve(order: Integers) -> tuple[Integers, Integers]:
    """Cut an order of groups in its first and second half; of an odd number the second half has one more."""
    middle = len(order) // 2
    return order[:middle], order[middle:]


def parts_by_size(order: Integers, halvings: int) -> list[list[Integers]]:
    """Give the whole, its halves, their halves and so on, as often as asked for and as long as every part has a group."""
    levels = [[order]]
    while len(levels) <= halvings and min(len(part) for part in levels[-1]) >= 2:
        levels.append([half for part in levels[-1] for half in halve(part)])
    return levels


def extrapolated(means: Floats, times: Floats) -> Floats:
    """Give U at each size but the smallest, its small-sample bias extrapolated away: ``T(N) + f (T(N) - mean T(N/2))``.

    Parameters
    ----------
    means : array, shape (sizes, ...)
        Mean index of the parts of size 1, 1/2, 1/4 ...
    times : array, shape (sizes,)
        f of each size, :func:`~corpuskit.estimators.information.carried_on.times_added`, of what was not seen of observations as independent: a part
        has too few groups to tell more.
    """
    moves = means[:-1] - means[1:]
    return np.asarray(means[:-1] + times[:-1].reshape(-1, *(1,) * (moves.ndim - 1)) * moves)


def change_at_doubling(means: Floats, times: Floats) -> Floats:
    """Give U at all groups minus U at half of them, both extrapolated, of means and times as for :func:`extrapolated`."""
    whole, half = extrapolated(means[: CUT + 1], times[: CUT + 1])
    return np.asarray(whole - half)


def index_by_size(cells: GroupedCells, seed: int) -> Sizes:
    """Compute the index on all groups that have observations, and on parts of them in random orders.

    Without a group only the one part of each size that holds it changes, so each order costs about two passes over the table for each size.
    """
    parts, filled, random = JointParts.of(cells), cells.filled_groups(), np.random.default_rng(seed)
    measures, covered = parts.measures(filled, without_each=True)
    whole = measures[0]
    indices, seen = [[whole[0]]], [[covered]]
    orders = max(FEWEST_ORDERS, min(ORDERS, AFFORDABLE // max(cells.counts.nnz, 1))) if cells.whole is None else FEWEST_ORDERS
    means, left_out = np.zeros((orders, CUT + 1)), np.zeros((orders, CUT + 1, len(filled)))
    for number in range(orders):
        levels = parts_by_size(random.permutation(filled), HALVINGS if number < DEEP else CUT)
        means[number], left_out[number] = whole[0], whole[1:]
        for size, level in enumerate(levels[1:], start=1):
            found = [parts.measures(np.sort(part), without_each=size <= CUT) for part in level]
            if size == len(indices):
                indices.append([])
                seen.append([])
            values = np.array([measured[0, 0] for measured, _ in found])
            indices[size].append(float(values.mean()))
            seen[size] += [coverage for _, coverage in found]
            if size <= CUT:
                means[number, size] = values.mean()
                for part, (measured, _) in zip(level, found, strict=True):
                    left_out[number, size, np.searchsorted(filled, np.sort(part))] = values.mean() + (measured[0, 1:] - measured[0, 0]) / len(level)
    times = np.array([times_added(1 - float(np.mean(shares)), 0.0) for shares in seen])
    changes = np.array([change_at_doubling(of_order, times) for of_order in means])
    without = np.array([change_at_doubling(of_order, times) for of_order in left_out])
    return Sizes(np.array([np.mean(values) for values in indices]), np.array([min(shares) for shares in seen]), times, changes, without)


def error_over_orders(values: Floats, left_out: Floats) -> float:
    """Give the standard error of a mean over random orders.

    Formula: the delete-a-group variance of the mean over orders, less what the chance of o orders adds to it, ``(g-1)/g sum_j s_j^2 / o`` with
    s_j^2 the variance over orders of the value without group j less the order's mean of these; plus the variance of the mean itself, ``s^2 / o``.
    The correction is needed where first-order effects of single groups cancel, as in a change: the rest then hangs on which groups stand together.

    Parameters
    ----------
    values : array, shape (orders,)
        The statistic in each order.
    left_out : array, shape (orders, groups)
        The statistic in each order without each group.
    """
    orders, groups = left_out.shape
    spread = left_out - left_out.mean(axis=1, keepdims=True)
    of_groups = (groups - 1) / groups * float(np.sum(spread.mean(axis=0) ** 2) - np.sum(spread.var(axis=0, ddof=1)) / orders)
    return float(np.sqrt(max(of_groups, 0.0) + values.var(ddof=1) / orders))


def estimate_index_growth(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language how U changes from half of the documents to all of them, and give U at an eighth, a quarter, half and all."""
    found = [_of_language(inputs, language, options) for language in inputs.languages]
    return Estimates(estimates=tuple(made for made, _ in found), series=tuple(item for _, series in found for item in series))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, tuple[Series, ...]]:
    subject, counted = f"lang:{language}", inputs.stats.options
    method = computed("u_at_all_less_half")
    if counted.weights != "flat":
        return CHANGE.undefined(subject, 0, method, "undefined_weighted_pairs"), ()
    cells = inputs.pair_cells[language]
    n, groups = cells.observations, len(cells.filled_groups())
    if groups < MINIMUM_GROUPS:
        return CHANGE.undefined(subject, n, method, "undefined_too_few_groups", n=groups, needed=MINIMUM_GROUPS), ()
    sizes = index_by_size(cells, options.seed)
    series, least = _series(subject, n, sizes, options), float(sizes.covered[1])
    if least < options.min_joint_coverage:
        code, needed = "undefined_low_joint_coverage_of_half", options.min_joint_coverage
        return CHANGE.undefined(subject, n, method, code, coverage=least, needed=needed), series
    value, left_out = float(sizes.changes.mean()), sizes.changes_without
    if not np.isfinite(value):
        return CHANGE.undefined(subject, n, method, "undefined_constant"), series
    interval, how = None, computed("no_interval")
    if np.isfinite(left_out).all():
        half = float(stdtrit(groups - 1, (1 + options.level) / 2)) * error_over_orders(sizes.changes, left_out)
        interval, how = (max(value - half, -1.0), min(value + half, 1.0)), computed("jackknife_less_orders")
    method += computed("mean_over_orders", orders=len(left_out)) + how + cells_drawn(cells)
    return CHANGE.given(subject, value, n, method, interval, options.level), series


def _series(subject: str, n: int, sizes: Sizes, options: EstimatorOptions) -> tuple[Series, ...]:
    """Give U at each size at which it is not refused; nothing where that is one size only."""
    values = extrapolated(sizes.means, sizes.times)
    rows = [
        (n / 2**size, min(max(float(value), 0.0), 1.0))
        for size, value in enumerate(values)
        if np.isfinite(value) and sizes.covered[size] >= options.min_joint_coverage
    ]
    if len(rows) < 2:
        return ()
    name = "sparsity_u_growth"
    return (Series(id=f"{name}@{subject}", name=name, subject=subject, columns=("pairs", "u"), rows=tuple(rows[::-1])),)


INDEX_GROWTH = Estimator(
    name="index_growth",
    question="Does the index U still move as the corpus grows?",
    reference=REFERENCE,
    function=estimate_index_growth,
)
