"""Statistics that the experiments share: rank correlations, areas under the curve, differences of them, each with an interval by resampling.

Percentile bootstrap (Efron 1979), 95 % unless said otherwise. Draws in which a statistic has no value are left out and counted, which is why
``scipy.stats.bootstrap`` is not used: one such draw leaves it without an interval. A statistic without a value comes with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

DRAWS_OF_RANKS, DRAWS_OF_AREAS, FEWEST = 2_000, 1_000, 5
"""Draws for rank correlations and for areas, and tasks or classes below which a rank correlation is undefined: as the protocol set them."""

AT_A_TIME = 100
"""Draws that are computed together, so that 13,000 items need megabytes and not gigabytes."""


class Found(NamedTuple):
    """A statistic with its interval.

    Attributes
    ----------
    value : float or None
        None exactly when ``undefined_because`` says why.
    interval : (float, float) or None
        None where fewer than half of the draws have a value.
    n : int
        Tasks, classes or items that it rests on.
    left_out : int
        Draws of the bootstrap in which the statistic has no value.
    """

    value: float | None
    interval: tuple[float, float] | None
    n: int
    left_out: int = 0
    undefined_because: str = ""


def spearman(x: Sequence[float] | Floats, y: Sequence[float] | Floats, draws: int = DRAWS_OF_RANKS, seed: int = 0, level: float = 0.95) -> Found:
    """Give the rank correlation of pairs (Spearman 1904), with an interval over them. Pairs with a nan are left out.

    Undefined for fewer than 5 pairs and where all values of one side are equal.
    """
    first, second = _paired(x, y)
    if reason := _without_ranks(first, second):
        return Found(None, None, len(first), undefined_because=reason)
    places = drawn(len(first), draws, seed)
    return from_draws(float(_correlations(first, second)), _correlations(first[places], second[places]), len(first), level)


def spearman_difference(
    x: Sequence[float] | Floats, other: Sequence[float] | Floats, y: Sequence[float] | Floats, draws: int = DRAWS_OF_RANKS, seed: int = 0
) -> Found:
    """Give ``rho(x, y) - |rho(other, y)|``, both from the same tasks in every draw. Undefined where one of the two is."""
    kept = ~(np.isnan(x) | np.isnan(other) | np.isnan(y))
    first, second, truth = (np.asarray(values, np.float64)[kept] for values in (x, other, y))
    if reason := _without_ranks(first, truth) or _without_ranks(second, truth):
        return Found(None, None, len(truth), undefined_because=reason)
    places = drawn(len(truth), draws, seed)
    value = float(_correlations(first, truth) - np.abs(_correlations(second, truth)))
    each = _correlations(first[places], truth[places]) - np.abs(_correlations(second[places], truth[places]))
    return from_draws(value, each, len(truth), 0.95)


def partial_rank_correlation(
    x: Sequence[float] | Floats, y: Sequence[float] | Floats, given: Floats, draws: int = DRAWS_OF_RANKS, seed: int = 0
) -> Found:
    """Give the correlation of the ranks of x and y that is left when the ranks of other variables are taken out by least squares.

    Parameters
    ----------
    x, y : arrays, shape (n,)
    given : array, shape (n, v)
        Variables that are taken out.
    draws, seed : int

    Returns
    -------
    Found
        Undefined where fewer than two dimensions are left (tasks less independent variables, the constant among them): what is left of x and y lies
        on one line then, so that the correlation is 1 or -1 whatever the data are. Draws in which that is so are left out.
    """
    first, second = np.asarray(x, np.float64), np.asarray(y, np.float64)
    n = len(first)
    every = np.arange(n)[None]
    free = int(_free(every, given)[0])
    if n < FEWEST or free < 2:
        reason = f"{n} tasks leave {free} free dimensions beside {given.shape[1]} variables; 5 tasks and 2 dimensions are needed"
        return Found(None, None, n, undefined_because=reason)
    value = float(_partial(every, first, second, given)[0])
    if np.isnan(value):
        return Found(None, None, n, undefined_because="the other variables leave nothing of one side")
    places = drawn(n, draws, seed)
    each = np.where(_free(places, given) >= 2, _partial(places, first, second, given), np.nan)
    return from_draws(value, each, n, 0.95)


def agreement(rows: Floats, draws: int = DRAWS_OF_RANKS, seed: int = 0) -> Found:
    """Give the mean rank correlation of one rater with the mean of the others, with an interval over what they rate.

    Parameters
    ----------
    rows : array, shape (raters, n)
    draws, seed : int

    Returns
    -------
    Found
        Undefined for one rater, for fewer than 5 columns, and where a rater or the mean of the others has no two different values.
    """
    n = rows.shape[1]
    if len(rows) < 2:
        return Found(None, None, n, undefined_because="one rater; two are needed")
    pairs = [(row, np.delete(rows, place, axis=0).mean(axis=0)) for place, row in enumerate(rows)]
    if reason := next((reason for pair in pairs if (reason := _without_ranks(*pair))), ""):
        return Found(None, None, n, undefined_because=reason)
    places = drawn(n, draws, seed)
    value = float(np.mean([_correlations(one, others) for one, others in pairs]))
    return from_draws(value, np.mean([_correlations(one[places], others[places]) for one, others in pairs], axis=0), n, 0.95)


def area(scores: Sequence[float] | Floats, right: Sequence[bool] | Bools, groups: Integers | None = None, draws: int = DRAWS_OF_AREAS) -> Found:
    """Give the probability that a right item has the higher score than a wrong one (Mann and Whitney 1947), ties counting one half.

    Parameters
    ----------
    scores, right : arrays, shape (n,)
        Items with a nan score are left out.
    groups : array of int, shape (n,), optional
        Near copies have one number: whole groups are drawn. None: every item is its own.
    draws : int

    Returns
    -------
    Found
        Undefined with fewer than five right or five wrong items, because the rank of a single item says nothing of its kind.
    """
    return _area_of([np.asarray(scores, np.float64)], right, groups, draws)


def area_difference(
    scores: Sequence[float] | Floats,
    other: Sequence[float] | Floats,
    right: Sequence[bool] | Bools,
    groups: Integers | None = None,
    draws: int = DRAWS_OF_AREAS,
) -> Found:
    """Give :func:`area` of the scores minus that of the others, on the items that have both, from the same items in every draw."""
    return _area_of([np.asarray(scores, np.float64), np.asarray(other, np.float64)], right, groups, draws)


def resampled(statistic: Callable[[Integers], float], n: int, groups: Integers | None = None, draws: int = DRAWS_OF_AREAS, seed: int = 0) -> Found:
    """Give any statistic of items with its interval.

    Parameters
    ----------
    statistic : callable
        From the places of the drawn items (each as often as it was drawn) to a value; nan where it has none.
    n : int
        Items.
    groups : array of int, shape (n,), optional
        Whole groups are drawn. None: every item is its own.
    draws, seed : int
    """
    value = float(statistic(np.arange(n, dtype=np.int64)))
    if np.isnan(value):
        return Found(None, None, n, undefined_because="the statistic has no value on all items")
    members = _members(np.arange(n, dtype=np.int64) if groups is None else groups)
    each = [statistic(np.concatenate([members[place] for place in row])) for row in drawn(len(members), draws, seed)]
    return from_draws(value, np.array(each, np.float64), n, 0.95)


def drawn(n: int, draws: int, seed: int) -> Integers:
    """Draw n of n places with replacement, so many times; shape (draws, n)."""
    return np.random.default_rng(seed).integers(0, n, (draws, n))


def _paired(x: Sequence[float] | Floats, y: Sequence[float] | Floats) -> tuple[Floats, Floats]:
    first, second = np.asarray(x, np.float64), np.asarray(y, np.float64)
    kept = ~(np.isnan(first) | np.isnan(second))
    return first[kept], second[kept]


def _without_ranks(x: Floats, y: Floats) -> str:
    if len(x) < FEWEST:
        return f"{len(x)} tasks or classes; at least {FEWEST} are needed"
    return "all values of one side are equal" if np.ptp(x) == 0 or np.ptp(y) == 0 else ""


def _correlations(x: Floats, y: Floats) -> Floats:
    """Correlate ranks along the last axis; nan where one side has no two different values."""
    return _pearson(rankdata(x, axis=-1), rankdata(y, axis=-1))


def _pearson(x: Floats, y: Floats) -> Floats:
    first, second = (values - values.mean(axis=-1, keepdims=True) for values in (x, y))
    below = np.sqrt((first**2).sum(axis=-1) * (second**2).sum(axis=-1))
    # ranks differ by a half or more, and what least squares leaves of equal ranks is of the order of rounding
    enough = below > 1e-9
    return np.where(enough, (first * second).sum(axis=-1) / np.where(enough, below, 1.0), np.nan)


def _designs(places: Integers, given: Floats) -> Floats:
    """Give a constant and the ranks of variables for each row of places, shape (draws, n, v + 1)."""
    ranks = rankdata(given[places], axis=1)
    return np.concatenate([np.ones((*places.shape, 1)), ranks], axis=2)


def _free(places: Integers, given: Floats) -> Integers:
    """Count for each row of places the dimensions that a constant and the ranks of variables leave free."""
    different = 1 + (np.diff(np.sort(places, axis=1), axis=1) > 0).sum(axis=1)
    return np.asarray(different - np.linalg.matrix_rank(_designs(places, given)), np.int64)


def _partial(places: Integers, x: Floats, y: Floats, given: Floats) -> Floats:
    designs = _designs(places, given)
    both = np.stack([rankdata(x[places], axis=1), rankdata(y[places], axis=1)], axis=2)
    rest = both - designs @ (np.linalg.pinv(designs) @ both)
    return _pearson(rest[:, :, 0], rest[:, :, 1])


def _area_of(scores: list[Floats], right: Sequence[bool] | Bools, groups: Integers | None, draws: int) -> Found:
    kept = ~np.isnan(scores).any(axis=0)
    good = np.asarray(right, np.bool_)[kept]
    fewer = min(int(good.sum()), int((~good).sum()))
    if fewer < FEWEST:
        return Found(None, None, len(good), undefined_because=f"{fewer} of {len(good)} items of one kind; at least {FEWEST} of each are needed")
    group = np.arange(len(good)) if groups is None else np.unique(np.asarray(groups)[kept], return_inverse=True)[1]
    sizes = np.ones((1, len(good)))
    counts = [np.bincount(row, minlength=group.max() + 1)[group] for row in drawn(int(group.max()) + 1, draws, 0)]
    parts = [np.array(counts[start : start + AT_A_TIME], np.float64) for start in range(0, draws, AT_A_TIME)]

    def difference(weights: Floats) -> Floats:
        areas = [weighted_areas(each[kept], good, weights) for each in scores]
        return areas[0] if len(areas) == 1 else areas[0] - areas[1]

    return from_draws(float(difference(sizes)[0]), np.concatenate([difference(part) for part in parts]), len(good), 0.95)


def weighted_areas(scores: Floats, right: Bools, weights: Floats) -> Floats:
    """Give the area for each row of weights, shape (r, n); nan where right or wrong items have no weight."""
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.append(True, scores[order][1:] != scores[order][:-1]))  # first place of each run of ties
    good = np.add.reduceat(weights[:, order] * right[order], starts, axis=1)
    bad = np.add.reduceat(weights[:, order] * ~right[order], starts, axis=1)
    below = bad.cumsum(axis=1) - bad / 2
    pairs = good.sum(axis=1) * bad.sum(axis=1)
    return np.where(pairs > 0, (good * below).sum(axis=1) / np.maximum(pairs, 1.0), np.nan)


def _members(groups: Integers) -> list[Integers]:
    order = np.argsort(groups, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)


def from_draws(value: float, each: Floats, n: int, level: float) -> Found:
    """Put a value and its draws, shape (draws,), together: draws without a value (nan) are left out and counted."""
    kept = each[~np.isnan(each)]
    left_out = len(each) - len(kept)
    if left_out > len(each) / 2:
        return Found(value, None, n, left_out)
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return Found(value, (float(low), float(high)), n, left_out)
