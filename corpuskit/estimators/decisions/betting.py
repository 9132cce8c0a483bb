"""Graded scores between 0 and 1: an interval of their mean that holds at every sample size, by betting."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from corpuskit.errors import UsageError

Floats = NDArray[np.float64]

HALVINGS = 30
"""Halvings of the range that an end is looked for in; because 2^-30 is far below what is printed."""

MOST_STAKED = 0.5
"""Share of the capital that a bet may lose; because the authors found results to depend little on it between a half and three quarters."""


def betting_interval(scores: Floats, level: float = 0.95) -> tuple[float, float]:
    """Give the interval of the mean of scores between 0 and 1, without any assumption on their distribution.

    A mean m is left out where a gambler who bets against it would ever have multiplied the capital by 2 / (1 - level). Bets follow what was seen
    before: ``lambda_t = sqrt(2 ln(2/a) / (n s^2_(t-1)))`` with the running variance s^2, cut so that no bet loses more than half. Reference:
    Waudby-Smith and Ramdas 2024 (hedged capital, fixed n). Holds for scores in random order; independent of each other.

    Parameters
    ----------
    scores : array, shape (n,)
        In the order they came in, each from 0 to 1.
    level : float
        Confidence level.

    Returns
    -------
    tuple of float
        (0, 1) where there is no score.

    Raises
    ------
    UsageError
        A score is outside 0 and 1.
    """
    if len(scores) == 0:
        return 0.0, 1.0
    if not ((scores >= 0) & (scores <= 1)).all():
        raise UsageError(f"Graded scores must lie between 0 and 1; the lowest is {scores.min()}, the highest {scores.max()}.")
    stakes, needed = _stakes(scores, 1 - level), np.log(2 / (1 - level))
    centre = float((scores.sum() + 0.5) / (len(scores) + 1))

    def refused(mean: float) -> bool:
        return bool(_largest_capital(scores, stakes, mean) >= needed)

    return _end(0.0, centre, refused), _end(1.0, centre, refused)


def _stakes(scores: Floats, alpha: float) -> Floats:
    n = len(scores)
    seen = np.arange(1, n + 1)
    means = (0.5 + np.cumsum(scores)) / (seen + 1)
    spread = (0.25 + np.cumsum((scores - means) ** 2)) / (seen + 1)
    before = np.concatenate(([0.25], spread[:-1]))
    return np.asarray(np.sqrt(2 * np.log(2 / alpha) / (n * before)))


def _largest_capital(scores: Floats, stakes: Floats, mean: float) -> float:
    """Give the logarithm of the most that bets on either side of a mean ever come to; each side is refused at its own half of the level."""
    up = np.minimum(stakes, MOST_STAKED / mean) if mean > 0 else stakes
    down = np.minimum(stakes, MOST_STAKED / (1 - mean)) if mean < 1 else stakes
    above, below = np.cumsum(np.log1p(up * (scores - mean))), np.cumsum(np.log1p(-down * (scores - mean)))
    return float(max(above.max(), below.max()))


def _end(outside: float, inside: float, refused: Callable[[float], bool]) -> float:
    if not refused(outside):
        return outside
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        outside, inside = (middle, inside) if refused(middle) else (outside, middle)
    return outside
