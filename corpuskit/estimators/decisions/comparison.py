"""Several looks at the same cases: two models compared pair by pair, and p-values of slices held together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, ndtri

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Paired(NamedTuple):
    """Two models on the same cases.

    Attributes
    ----------
    only_first, only_second : int
        Cases on which only the first, only the second was wrong.
    difference : float
        Error of the first less that of the second.
    interval : tuple of float
        Of the difference.
    p : float
        Exact, two-sided, for equal errors.
    """

    only_first: int
    only_second: int
    difference: float
    interval: tuple[float, float]
    p: float


def compare_paired(first_wrong: Bools, second_wrong: Bools, level: float = 0.95) -> Paired | None:
    """Compare the errors of two models on the same cases.

    Formulas: exact McNemar, ``p = min(1, 2 P(Bin(b + c, 1/2) <= min(b, c)))`` over the b and c cases where one alone is wrong (McNemar 1947);
    interval of the difference by adding one case to each of the two discordant cells, ``D -+ z sqrt((p12 + p21 - D^2) / (n + 2))`` (Bonett and
    Price 2012).

    Parameters
    ----------
    first_wrong, second_wrong : arrays of bool, shape (n,)

    Returns
    -------
    Paired or None
        None where there is no case.
    """
    n = len(first_wrong)
    if n == 0:
        return None
    b, c = int((first_wrong & ~second_wrong).sum()), int((~first_wrong & second_wrong).sum())
    one, two = (b + 1) / (n + 2), (c + 1) / (n + 2)
    half = float(ndtri((1 + level) / 2)) * float(np.sqrt((one + two - (one - two) ** 2) / (n + 2)))
    centre = one - two
    p = min(1.0, 2 * float(bdtr(min(b, c), b + c, 0.5))) if b + c else 1.0
    return Paired(b, c, (b - c) / n, (max(-1.0, centre - half), min(1.0, centre + half)), p)


def holm(p: Floats) -> Floats:
    """Adjust p-values so that one false claim among all of them stays as rare as for a single one.

    Formula: with p ascending, ``max_(j <= i) min(1, (m - j + 1) p_(j))``. Reference: Holm 1979. Shape (m,), in the order given.
    """
    order = np.argsort(p, kind="stable")
    adjusted = np.empty(len(p))
    adjusted[order] = np.maximum.accumulate(np.minimum(1.0, p[order] * np.arange(len(p), 0, -1)))
    return adjusted
