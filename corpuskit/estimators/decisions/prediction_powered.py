"""The error of all traffic from few audits and an automatic judge of everything: the judge narrows the interval and is never believed by itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]

FEWEST_AUDITS = 30
"""Audited cases below which nothing is given, because the interval rests on a normal approximation of their mean."""


class Powered(NamedTuple):
    """Mean error of all cases.

    Attributes
    ----------
    value, interval
        Estimate and its interval, cut to the range of the losses, 0 to 1.
    weight : float
        How far the judge was used: 0 not at all (the audits alone), 1 in full.
    audits_alone : tuple of float
        What the audits alone would have given: value, lower and upper end.
    """

    value: float
    interval: tuple[float, float]
    weight: float
    audits_alone: tuple[float, float, float]


def prediction_powered(audited: Floats, judged_audited: Floats, judged: Floats, level: float = 0.95) -> Powered | None:
    """Estimate the mean loss from n audited cases and N that only a judge has seen.

    Formula: ``mean(Y) + w (mean(f_N) - mean(f_n))`` with ``w = cov(Y, f) / ((1 + n/N) var f)`` cut to 0..1; variance ``w^2 var(f)/N +
    var(Y - w f)/n``. Reference: Angelopoulos and others 2023 (PPI), Angelopoulos, Duchi and Zrnic 2023 (PPI++). A judge that says the same of
    everything, or the opposite of the truth, is given the weight 0: the classical mean and interval.

    Parameters
    ----------
    audited : array, shape (n,)
        Losses of the audited cases by people, 0 to 1; they must be a random sample of all cases.
    judged_audited : array, shape (n,)
        What the judge says of the same cases.
    judged : array, shape (N,)
        What it says of the others.

    Returns
    -------
    Powered or None
        None with fewer than 30 audits or no other case.
    """
    n, rest = len(audited), len(judged)
    if n < FEWEST_AUDITS or rest == 0:
        return None
    spread = float(np.concatenate([judged_audited, judged]).var())
    together = float(np.cov(audited, judged_audited)[0, 1])
    weight = min(max(together / ((1 + n / rest) * spread), 0.0), 1.0) if spread > 0 else 0.0
    value = float(audited.mean() + weight * (judged.mean() - judged_audited.mean()))
    variance = weight**2 * float(judged.var()) / rest + float((audited - weight * judged_audited).var(ddof=1)) / n
    z = float(ndtri((1 + level) / 2))
    alone = float(audited.mean())
    reach = z * float(np.sqrt(audited.var(ddof=1) / n))
    return Powered(
        _cut(value), (_cut(value - z * variance**0.5), _cut(value + z * variance**0.5)), weight, (alone, _cut(alone - reach), _cut(alone + reach))
    )


def _cut(value: float) -> float:
    return min(max(value, 0.0), 1.0)
