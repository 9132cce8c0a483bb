"""Reweighting of sources: how far a mean would move if the sources came in other proportions than in the folder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FACTOR = 2.0
"""Largest factor by which the weight of a source goes up or down, because proportions that nobody measured are seldom known better than to a half."""


def reweighting_band(values: Floats, weights: Floats, factor: float = FACTOR) -> tuple[float, float] | None:
    """Give the lowest and the highest weighted mean over all weights within a factor of the given ones.

    Formula: min and max of ``sum v_s x_s / sum v_s`` over ``w_s / factor <= v_s <= factor w_s``. A linear-fractional programme takes its extremes at
    corners (Charnes and Cooper 1962), and there the weights of all sources with ``x_s`` above the extreme are at one end, of all below at the
    other; so sorting by ``x_s`` and trying each cut finds both. Each weight moves freely: two sources may change against each other by factor^2.

    Parameters
    ----------
    values : array, shape (s,)
        The statistic x_s of each source.
    weights : array, shape (s,)
        Its weight w_s, at least 0.
    factor : float
        At least 1; with 1 both ends are the weighted mean itself.

    Returns
    -------
    (float, float) or None
        None for fewer than two sources with a weight: there is nothing to weigh against each other. Cost O(s log s).
    """
    usable = weights > 0
    if int(usable.sum()) < 2:
        return None
    order = np.argsort(values[usable], kind="stable")
    x, w = values[usable][order], weights[usable][order]
    # below the cut heavy and above it light gives the candidates for the lowest, the other way round for the highest
    return float(_means_at_cuts(x, w, factor, 1 / factor).min()), float(_means_at_cuts(x, w, 1 / factor, factor).max())


def _means_at_cuts(x: Floats, w: Floats, below: float, above: float) -> Floats:
    """Give the weighted mean for each of the s + 1 cuts of the sorted sources, weights times ``below`` before the cut and ``above`` after it."""
    mass, sums = (np.concatenate(([0.0], np.cumsum(each))) for each in (w, w * x))
    return np.asarray((below * sums + above * (sums[-1] - sums)) / (below * mass + above * (mass[-1] - mass)))
