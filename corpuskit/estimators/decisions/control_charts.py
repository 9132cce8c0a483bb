"""Control charts of rates and of times in use: is this week what the first weeks were?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.errors import UsageError

ALPHA = 0.0027
"""Probability of a false alarm of one point; because Shewhart's limits of three standard deviations have it, and charts are read with it in mind."""

Side = Literal["above", "below"]
Floats = NDArray[np.float64]


class ChartPoint(NamedTuple):
    """One period of a rate.

    Attributes
    ----------
    having, n : int
        Events with the property, and events.
    low, high : float
        Limits of the share: what a period of this size may show as long as nothing has changed.
    outside : {"above", "below"} or None
        None: within the limits, or a period of the baseline.
    """

    having: int
    n: int
    low: float
    high: float
    outside: Side | None

    @property
    def value(self) -> float:
        """The share."""
        return self.having / self.n


class RateChart(NamedTuple):
    """A chart of a rate: the share in the baseline, how much more its periods vary than chance (1: not more), and the periods with any event."""

    centre: float
    dispersion: float
    points: tuple[ChartPoint, ...]


class Shift(NamedTuple):
    """Whether values have moved: their medians before and after, how many they are, and the exact or normal two-sided p."""

    before: float
    after: float
    n_before: int
    n_after: int
    p: float


def rate_chart(counts: Sequence[int], sizes: Sequence[int], baseline: int, alpha: float = ALPHA) -> RateChart:
    """Chart a rate over periods, the first of which are the baseline.

    Formula: a later period of n events is compared with the predictive distribution BetaBinomial(n', x' + 1/2, m' - x' + 1/2) of the baseline's x in
    m events (Jeffreys' prior), which knows that a short baseline is uncertain; limits are its alpha/2 quantiles. With
    ``d = max(1, X^2 / (k - 1))``, the Pearson statistic of the k periods of the baseline, sizes are divided by d, so that a rate that always swings
    from week to week raises no alarm for it. Reference: Shewhart 1931; Laney 2002 for the widening.

    Parameters
    ----------
    counts, sizes : sequences of int, shape (k,)
        Events with the property, and all events, in each period; periods without events are left out by the caller.
    baseline : int
        Periods at the start that count as "before", 1 or more.
    alpha : float
        Two-sided probability of a false alarm for each point.

    Raises
    ------
    UsageError
        No period in the baseline or none after it, or a count above its size.
    """
    found, n = np.array(counts, float), np.array(sizes, float)
    if not 0 < baseline < len(n):
        raise UsageError(f"A chart needs periods before and after: {len(n)} periods with {baseline} of them as the baseline leave none to judge.")
    if (found > n).any() or (n <= 0).any() or (found < 0).any():
        raise UsageError("A chart needs counts between 0 and the size of their period.")
    centre = found[:baseline].sum() / n[:baseline].sum()
    dispersion = _dispersion(found[:baseline], n[:baseline], centre)
    x, m = found[:baseline].sum() / dispersion, n[:baseline].sum() / dispersion
    points = tuple(
        _point(int(count), int(size), x, m, dispersion, alpha, judged=place >= baseline)
        for place, (count, size) in enumerate(zip(found, n, strict=True))
    )
    return RateChart(float(centre), float(dispersion), points)


def shift(before: Sequence[float], after: Sequence[float]) -> Shift | None:
    """Tell whether values moved, by the rank test of Mann and Whitney 1947; None with fewer than eight values on a side, where it finds nothing.

    Eight against eight is the least at which the smallest p (.00016) lies clearly below the alarm level of a chart.
    """
    if min(len(before), len(after)) < 8:
        return None
    from scipy.stats import mannwhitneyu

    old, new = np.array(before, float), np.array(after, float)
    p = float(mannwhitneyu(old, new, alternative="two-sided").pvalue)
    return Shift(float(np.median(old)), float(np.median(new)), len(old), len(new), p)


def _dispersion(found: Floats, n: Floats, centre: float) -> float:
    """Give the Pearson dispersion of the baseline's periods, 1 where there is one period or where all or none have the property."""
    if len(n) < 2 or not 0 < centre < 1:
        return 1.0
    return max(1.0, float(((found - n * centre) ** 2 / (n * centre * (1 - centre))).sum() / (len(n) - 1)))


def _point(count: int, n: int, x: float, m: float, dispersion: float, alpha: float, *, judged: bool) -> ChartPoint:
    size = max(1, round(n / dispersion))
    from scipy.stats import betabinom

    likely = betabinom(size, x + 0.5, m - x + 0.5)
    low, high = (float(likely.ppf(q)) / size for q in (alpha / 2, 1 - alpha / 2))
    share = count / n
    outside: Side | None = None
    if judged and share > high:
        outside = "above"
    elif judged and share < low:
        outside = "below"
    return ChartPoint(count, n, low, high, outside)
