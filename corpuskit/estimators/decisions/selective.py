"""Selective use: serve the cases that the system is surest of, review the rest, and know the error of what is served."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from corpuskit.estimators.binomial import clopper_pearson

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GRID = 50
"""Thresholds that are tested in order; because they lie two points of coverage apart, and more of them gain less than one case in fifty."""

START = 3
"""The first share tested serves so many times the cases that could pass without an error; because one error among fewer would end the whole
sequence: in simulation this gains coverage over 1 and 2 at every size of 600 and above, and keeps alpha."""


class Threshold(NamedTuple):
    """A threshold of confidence, and what it gave on the pilot's cases.

    Attributes
    ----------
    confidence : float
        Serve from here.
    served, errors : int
        Cases at or above it, and how many were wrong.
    coverage : float
        Share of all cases that is served.
    interval : tuple of float
        Exact interval of the error of served cases.
    p : float
        Of the test that this error is at or above the tolerance.
    """

    confidence: float
    served: int
    errors: int
    coverage: float
    interval: tuple[float, float]
    p: float


def risk_coverage(confidence: Floats, wrong: Bools) -> Floats:
    """Give the error of the cases served at each possible threshold.

    Cases with equal confidence are served together.

    Returns
    -------
    array, shape (t, 3)
        Threshold, share served and error among them, the highest threshold first.
    """
    order = np.argsort(-confidence, kind="stable")
    ordered, errors = confidence[order], np.cumsum(wrong[order])
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True)) if len(ordered) else np.zeros(0, np.int64)
    served = last + 1
    return np.column_stack([ordered[last], served / max(1, len(ordered)), errors[last] / served])


def p_of_served(served: int, errors: int, tolerance: float) -> float:
    """Give the exact p-value of "the error of served cases is at or above the tolerance".

    Formula: ``P(Bin(served, tolerance) <= errors)``; 1 where nothing is served. Reference: Angelopoulos and others 2021, with the exact tail for 0/1
    errors, which is the sharpest.
    """
    return float(bdtr(errors, served, tolerance)) if served else 1.0


def hoeffding_bentkus(n: int, risk: float, tolerance: float) -> float:
    """Give the p-value for losses between 0 and 1 with mean ``risk`` over n cases, where they are not only 0 and 1.

    Formula: ``min(exp(-n h1(min(risk, tolerance), tolerance)), e P(Bin(n, tolerance) <= ceil(n risk)))`` with ``h1(a, b) = a ln(a/b) + (1-a)
    ln((1-a)/(1-b))``. Reference: Bates and others 2021.
    """
    from scipy.special import xlogy

    a = min(risk, tolerance)
    h1 = float(xlogy(a, a / tolerance) + xlogy(1 - a, (1 - a) / (1 - tolerance)))
    # an exact multiple of 1/n must not be rounded up by its last bit
    return min(1.0, float(np.exp(-n * h1)), float(np.e * bdtr(int(np.ceil(n * risk - 1e-9)), n, tolerance)))


def learn_then_test(confidence: Floats, wrong: Bools, tolerance: float, alpha: float = 0.05, level: float = 0.95) -> Threshold | None:
    """Choose the lowest threshold whose served cases are shown to err less than the tolerance, with probability 1 - alpha over pilots.

    Thresholds are tested in an order fixed beforehand, from a small share served to all, and testing stops at the first that
    fails: so no correction for many thresholds is needed. Reference: Angelopoulos and others 2021 (Learn then Test, fixed sequence).

    Parameters
    ----------
    confidence : array, shape (n,)
        Higher is surer. Ordering by it must have been decided before the pilot.
    wrong : array of bool, shape (n,)
    tolerance : float
        Largest error of served cases, 0 < tolerance < 1.

    Returns
    -------
    Threshold or None
        None where not even the first passes: no share can be served with this confidence.
    """
    n = len(confidence)
    least = int(np.ceil(np.log(alpha) / np.log(1 - tolerance)))  # fewer cases could not pass without any error
    if n < least:
        return None
    ranked = np.sort(confidence)[::-1]
    chosen = None
    for share in np.linspace(min(START * least / n, 1.0), 1.0, GRID):
        threshold = float(ranked[min(n, int(np.ceil(share * n))) - 1])
        inside = confidence >= threshold
        served, errors = int(inside.sum()), int(wrong[inside].sum())
        p = p_of_served(served, errors, tolerance)
        if p > alpha:
            break
        chosen = Threshold(threshold, served, errors, served / n, clopper_pearson(errors, served, level), p)
    return chosen


def conformal_bound(risk: float, n: int, largest_loss: float = 1.0) -> float:
    """Give the bound of conformal risk control on the mean loss of the next case.

    Formula: ``n / (n + 1) R + B / (n + 1)``. Reference: Angelopoulos and others 2022. It holds on average over pilots, not for the one at hand.
    """
    return n / (n + 1) * risk + largest_loss / (n + 1)


def conformal_threshold(confidence: Floats, losses: Floats, tolerance: float, largest_loss: float = 1.0) -> float | None:
    """Choose the lowest threshold at which the mean loss over *all* cases, reviewed ones counting 0, is controlled on average.

    Formula: the smallest threshold t with ``n/(n+1) R(t) + B/(n+1) <= tolerance``, ``R(t) = mean(loss 1[confidence >= t])``, which falls as t rises.
    Reference: Angelopoulos and others 2022.

    Returns
    -------
    float or None
        None where not even serving nothing is enough: there are too few cases.
    """
    n = len(confidence)
    if n == 0 or conformal_bound(0.0, n, largest_loss) > tolerance:
        return None
    order = np.argsort(-confidence, kind="stable")
    ordered, total = confidence[order], np.cumsum(losses[order])
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True))
    allowed = [float(ordered[place]) for place in last if conformal_bound(float(total[place]) / n, n, largest_loss) <= tolerance]
    return min(allowed) if allowed else float(np.inf)
