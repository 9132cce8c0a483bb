"""Answers that are graded between 0 and 1 instead of right or wrong: their mean loss, with bounds that assume nothing of how scores are spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpuskit.estimators.decisions.betting import betting_interval


class MeanLoss(NamedTuple):
    """A mean loss, 1 less the mean score.

    Attributes
    ----------
    value : float
        Weighted mean.
    interval : tuple of float or None
        Two-sided, at the level asked for; None for cases of unequal weight, for which no such bound is at hand.
    upper : float or None
        One-sided upper bound at 1 - alpha: what is held against a tolerance.
    n, effective_n : int
        Cases, and the independent ones among them that the bounds rest on.
    """

    value: float
    interval: tuple[float, float] | None
    upper: float | None
    n: int
    effective_n: int


def mean_loss(
    losses: Sequence[float],
    weights: Sequence[float] | None = None,
    clusters: Sequence[str] | None = None,
    level: float = 0.95,
    alpha: float = 0.05,
    seed: int = 0,
) -> MeanLoss | None:
    """Give the mean of losses between 0 and 1 with its bounds by betting (:func:`~corpuskit.estimators.decisions.betting.betting_interval`).

    Bets need independent losses in random order: of each cluster one case is taken, at random, and the order is drawn from the seed; so the value of
    clustered cases is the mean of those taken. A one-sided bound at 1 - alpha is the end of the two-sided interval at 1 - 2 alpha, whose sides are
    each refused at half of it. Reference: Waudby-Smith and Ramdas 2024.

    Returns
    -------
    MeanLoss or None
        None where there is no case.

    Raises
    ------
    UsageError
        A loss is outside 0 and 1.
    """
    n = len(losses)
    if n == 0:
        return None
    values, order = np.array(losses, float), np.random.default_rng(seed).permutation(n)
    if weights is not None:
        return MeanLoss(float(np.average(values, weights=weights)), None, None, n, n)
    if clusters is not None:
        order = order[np.sort(np.unique(np.array(clusters, dtype=str)[order], return_index=True)[1])]
    taken = values[order]
    low, high = betting_interval(taken, level)
    return MeanLoss(float(taken.mean()), (low, high), betting_interval(taken, 1 - 2 * alpha)[1], n, len(taken))
