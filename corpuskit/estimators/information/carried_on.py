"""Where the entropies of a joint table end, judged by how they moved from half of the groups to all of them and by how much was not seen.

What a statistic moved by between half of the groups and all of them it would move by once more in all, were its bias to fall with the number of
observations (Quenouille 1956). The bias of these entropies falls more slowly the more of the table was not seen, and more slowly still where the
groups have cells of their own. So the last move is added one and a half times or twice there, and the interval is as wide as that is unsure.

How often is a fit to known truths, not a theorem: to 43 designs of tables with independent and clustered groups, of equal and of uneven size, whose
rows are Dirichlet(1) or fall by Zipf's law. What is left of the bias of U is within .95 standard deviations of its value in 40 of them and within 1.2
in the others, of the joint entropy within 2; it was up to 7 (reports/validation/estimators.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from corpuskit.estimators.half_samples import Extrapolated

Floats = NDArray[np.float64]

OF_UNSEEN = 2.5
"""Times that the last move is added further for all that was not seen, because independent tables seen to .98, .95, .87, .77 and .63 needed .7, 1.0,
1.1, 1.4 and 1.7 of it, and those by Zipf's law .3 more."""

OF_APART = 4.5
"""Times that it is added further for what was seen as independent but not by groups, because tables of which that was .05, .08, .10 and .16 needed
1.2, 1.7, 2.0 and 1.9 of it, and with groups of uneven size .3 to .4 more than with equal ones."""

UNSURE = 0.3
"""Part of the last move that the interval allows for beside the error, because what tables needed lies about that far from what is added."""

UNSURE_OF_APART = 2.0
"""The same for each part seen as independent but not by groups, because where groups have cells of their own the last moves differ more."""

WIDER = 0.5
"""Part by which the error grows with what was not seen, because it is that of the value at hand, and the more is added to it the more it varies."""


@dataclass(frozen=True, eq=False)
class CarriedOn:
    """Statistics with their small-sample bias taken away.

    Attributes
    ----------
    values : array, shape (s,)
    moved : array, shape (s,)
        By how much each moved from half of the groups to all of them.
    errors : array, shape (s,), or None
        Jackknife standard errors; None where there is no interval.
    groups : int
        Groups that have observations.
    unseen : float
        Part of the table that was not seen.
    apart : float
        Part that was seen as independent observations but not by groups, times groups over the equally large ones that they are worth: of few large
        groups each has the more of its own.
    """

    values: Floats
    moved: Floats
    errors: Floats | None
    groups: int
    unseen: float = 0.0
    apart: float = 0.0

    @property
    def times(self) -> float:
        """How often the last move is added: ``1 + 2.5 unseen + 4.5 apart``."""
        return times_added(self.unseen, self.apart)

    def interval(self, place: int, level: float = 0.95) -> tuple[float, float] | None:
        """Give the interval of one of the statistics.

        Formula: ``value -+ sqrt((t(g-1) (1 + unseen/2) SE)^2 + ((.3 + 2 apart) d)^2)``, d what it moved by.
        """
        if self.errors is None:
            return None
        reach = float(stdtrit(self.groups - 1, (1 + level) / 2) * self.errors[place]) * (1 + WIDER * self.unseen)
        half = float(np.hypot(reach, (UNSURE + UNSURE_OF_APART * self.apart) * self.moved[place]))
        return float(self.values[place]) - half, float(self.values[place]) + half


def times_added(unseen: float, apart: float) -> float:
    """Give how often the last move is added."""
    return 1 + OF_UNSEEN * unseen + OF_APART * apart


def carry_on(found: Extrapolated, unseen: float, apart: float) -> CarriedOn:
    """Add the last move as often as what was not seen asks for, in place of once.

    Parameters
    ----------
    found : Extrapolated
        With the last move added once.
    unseen, apart : float
        As of :class:`CarriedOn`; below 0, which chance can make of the second, counts as 0.
    """
    unseen, apart = max(unseen, 0.0), max(apart, 0.0)
    values = found.values + (times_added(unseen, apart) - 1) * found.moved
    return CarriedOn(values, found.moved, found.errors, found.groups, unseen, apart)
