"""Several runs of models on the same items: statistics of each run and of all together, with intervals from the same items in every draw.

Runs share their items, so that means over runs and counts of runs get their interval by drawing items for all runs at once, not runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.validation.proof.statistics import AT_A_TIME, DRAWS_OF_AREAS, Found, drawn, from_draws, weighted_areas

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEVEL = 0.95


class Run(NamedTuple):
    """What one model answered.

    Attributes
    ----------
    name : str
    rows : array of int, shape (m,)
        Places of the items that it was asked and gave an answer to.
    right : array of bool, shape (m,)
    confidence : array, shape (m,)
        Its own; nan where it gave none.
    """

    name: str
    rows: Integers
    right: Bools
    confidence: Floats


class OverRuns(NamedTuple):
    """A number of statistics of each run: on all items, shape (runs, s), and in each draw, shape (draws, runs, s)."""

    values: Floats
    each: Floats


Statistic = Callable[[Run, Floats], Floats]
"""From a run and rows of weights of its items, shape (r, m), to statistics, shape (r, s); nan where there is no value."""


def over_runs(runs: Sequence[Run], groups: Integers, statistic: Statistic, draws: int = DRAWS_OF_AREAS, seed: int = 0) -> OverRuns:
    """Compute statistics of every run, on all items and with whole groups of items drawn with replacement.

    Parameters
    ----------
    runs : sequence of Run
    groups : array of int, shape (n,)
        Group 0 .. g-1 of each item; near copies have one.
    statistic : callable
    draws, seed : int
    """
    ones = np.ones((1, len(groups)))
    values = np.stack([statistic(run, ones[:, run.rows])[0] for run in runs])
    places, size = drawn(int(groups.max()) + 1, draws, seed), int(groups.max()) + 1
    parts = []
    for start in range(0, draws, AT_A_TIME):
        times = np.stack([np.bincount(row, minlength=size) for row in places[start : start + AT_A_TIME]]).astype(np.float64)
        parts.append(np.stack([statistic(run, times[:, groups[run.rows]]) for run in runs], axis=1))
    return OverRuns(values, np.concatenate(parts))


def areas(scores: Sequence[Floats], wanted: Callable[[Run], Bools] = lambda run: run.right, confidence: bool = False) -> Statistic:
    """Make a statistic of areas under the curve: of each array of scores, shape (n,), and behind them, if asked, of the run's own confidence.

    Items with a nan score are left out of that area; it is nan where there are not both wanted and other items.
    """

    def statistic(run: Run, weights: Floats) -> Floats:
        found = [_area(each[run.rows], wanted(run), weights) for each in scores]
        return np.stack([*found, *([_area(run.confidence, wanted(run), weights)] if confidence else [])], axis=1)

    return statistic


def _area(scores: Floats, wanted: Bools, weights: Floats) -> Floats:
    known = ~np.isnan(scores)
    if not wanted[known].any() or wanted[known].all():
        return np.full(len(weights), np.nan)
    return weighted_areas(scores[known], wanted[known], weights[:, known])


def mean_over_runs(found: OverRuns, column: int, n: int) -> Found:
    """Give the mean of one statistic over the runs that have it; a draw without a value for one of these has none."""
    has = ~np.isnan(found.values[:, column])
    if not has.any():
        return Found(None, None, n, undefined_because="no run has this number")
    return from_draws(float(found.values[has, column].mean()), found.each[:, has, column].mean(axis=1), n, LEVEL)


def number_of_runs(on_all: Bools, in_draws: Bools, n: int) -> Found:
    """Count the runs for which something holds: on all items, shape (runs,), and in each draw, shape (draws, runs)."""
    return from_draws(float(on_all.sum()), in_draws.sum(axis=1).astype(np.float64), n, LEVEL)


def share_of_best(scores: Floats, right: Bools, weights: Floats, share: float) -> Floats:
    """Give the share of right items among those with the highest scores, for each row of weights, shape (r, m).

    The best ``share`` of the whole weight are taken; of equal scores at the border each counts by the same part, as if drawn at random.
    """
    order = np.argsort(-scores, kind="stable")
    starts = np.flatnonzero(np.append(True, scores[order][1:] != scores[order][:-1]))
    held = np.add.reduceat(weights[:, order], starts, axis=1)
    good = np.add.reduceat(weights[:, order] * right[order], starts, axis=1)
    wanted = share * weights.sum(axis=1, keepdims=True)
    taken = np.clip(wanted - (held.cumsum(axis=1) - held), 0.0, held)
    hits = (taken * np.divide(good, held, out=np.zeros_like(good), where=held > 0)).sum(axis=1)
    return np.asarray(np.divide(hits, wanted[:, 0], out=np.full(len(weights), np.nan), where=wanted[:, 0] > 0))
