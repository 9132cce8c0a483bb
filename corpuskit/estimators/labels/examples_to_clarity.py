"""Examples to clarity: how many labelled messages until the error lies near the one that labels can attain."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.labels.decay import FURTHEST, LARGEST_UNREACHABLE
from corpuskit.estimators.labels.learning_curve import (
    CURVE_SPREAD,
    DISTANCE_SPREAD,
    EXPONENT,
    EXPONENT_SPREAD,
    FLOOR_SHARE,
    LOCAL_CURVE_SPREAD,
    LOCAL_EXPONENT,
    LOCAL_SPREAD,
    fit_power_law,
)
from corpuskit.estimators.method import computed
from corpuskit.estimators.specification import Measure

Floats = NDArray[np.float64]

CLOSE = 0.02
"""How near to the attainable error is near enough, because a pilot of some hundred cases does not see two points."""

DRAWS = 4000
"""Curves drawn from what the fit leaves open, because the ends of a 95 % interval then rest on a hundred draws each."""

REFERENCE = "Amari 1993; Hestness and others 2017"
NEEDED = Measure("examples_to_clarity", "messages", "C", REFERENCE)
PER_LABEL = Measure("examples_per_label", "messages", "C", REFERENCE)


class Needed(NamedTuple):
    """Labelled messages until the error is near the attainable one; the goal; and the share of draws that need more than the data can tell."""

    examples: float
    interval: tuple[float, float]
    goal: float
    beyond: float


def examples_needed(sizes: Floats, errors: Floats, n: int, target: int, independent: float, level: float = 0.95, seed: int = 0) -> Needed:
    """Give the number of labelled messages at which the error is within :data:`CLOSE` of that with all ``target`` messages labelled.

    The curves are those of :func:`~corpuskit.estimators.labels.learning_curve.extrapolate`: up to the n labels at hand ``e(m) = e(n) (m / n)^-b``,
    beyond them ``e(n) (f + (1 - f) (m / n)^-b')``; both are solved for m. The interval holds the middle draws of e(n), b and b' from what the fits
    leave open, b' with the spread between tasks. A number below the smallest part that was measured counts as that.

    Parameters
    ----------
    sizes, errors : arrays, shape (s,)
        From :func:`~corpuskit.estimators.labels.learning_curve.learning_curve`.
    n, target : int
        Labelled messages, and all messages of the table.
    independent : float
        How many independent messages the n are worth.
    """
    random, further = np.random.default_rng(seed), max(target / n, 1.0)
    bounded = np.maximum(errors, 0.5 / independent)
    local, local_spread = fit_power_law(sizes / n, bounded, independent, (LOCAL_EXPONENT, LOCAL_SPREAD), LOCAL_CURVE_SPREAD)
    beyond, beyond_spread = fit_power_law(sizes / n, bounded, independent, (EXPONENT, EXPONENT_SPREAD), CURVE_SPREAD)
    present = min(float(np.exp(local[0])), 1.0)
    noise = random.standard_normal((4, DRAWS))
    noise[:, 0] = 0.0  # the first draw is the estimate itself
    sampling = (1 - present) / (max(present, 0.5 / independent) * independent)
    level_drawn = np.minimum(present * np.exp(np.sqrt(local_spread[0] + sampling) * noise[0]), 1.0)
    slope = np.maximum(local[1] + np.sqrt(local_spread[1]) * noise[1], 0.0)
    later = np.maximum(beyond[1] + np.sqrt(beyond_spread[1]) * noise[2], 0.01)
    left = (FLOOR_SHARE + (1 - FLOOR_SHARE) * further**-later) * np.exp(DISTANCE_SPREAD * np.log(further) * noise[3])
    ratio = np.minimum(left, 1.0) + CLOSE / level_drawn
    with np.errstate(divide="ignore", over="ignore"):
        at_hand = np.where(slope > 1e-6, np.maximum(ratio, 1.0) ** (-1 / np.maximum(slope, 1e-6)), 0.0)
        more = np.where(ratio > FLOOR_SHARE, (np.maximum(ratio - FLOOR_SHARE, 1e-12) / (1 - FLOOR_SHARE)) ** (-1 / later), np.inf)
    found = np.maximum(n * np.where(ratio >= 1, at_hand, more), sizes[0])
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2], method="nearest")
    value = float(found[0])
    return Needed(value, (min(float(low), value), max(float(high), value)), present * float(left[0]) + CLOSE, float(np.mean(found > FURTHEST * n)))


def clarity_estimates(
    subject: str, sizes: Floats, errors: Floats, n: int, target: int, independent: float, labels: int, level: float, seed: int
) -> tuple[Estimate, Estimate]:
    """Estimate the labelled messages needed, in all and per label at the present mix; refused where they lie beyond twice the labels at hand."""
    needed = examples_needed(sizes, errors, n, target, independent, level, seed)
    method = computed("learning_curve") + computed("error_near_that_of_all", goal=needed.goal, close=CLOSE, target=target) + computed("approximate")
    if needed.examples > FURTHEST * n or needed.beyond > LARGEST_UNREACHABLE:
        least, limit = round(needed.interval[0]), round(FURTHEST * n)
        code = "undefined_examples_beyond"
        return (
            NEEDED.undefined(subject, n, method, code, least=least, limit=limit),
            PER_LABEL.undefined(subject, n, method, code, least=least, limit=limit),
        )
    low, high = needed.interval
    each = method + computed("divided_by_labels", labels=labels)
    return (
        NEEDED.given(subject, needed.examples, n, method, (low, high), level),
        PER_LABEL.given(subject, needed.examples / labels, n, each, (low / labels, high / labels), level),
    )
