"""What drawing cells of a large table adds to the error of its joint entropy, and how it is told that cells were drawn.

A jackknife over groups of documents does not see it where a drawn cell has observations in most groups: then each value without a group errs alike.
"""

from __future__ import annotations

import numpy as np

from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.information.independent_index import slope_of_unseen
from corpuskit.estimators.information.joint_parts import JointParts, weighted
from corpuskit.estimators.method import Method, computed


def error_of_draw(cells: GroupedCells) -> float:
    """Give the standard error that the draw adds to the joint entropy, in nats; 0 where all cells are at hand.

    Formula: ``sqrt((1-p) F^2 sum (t - R x)^2)`` over drawn cells, drawn with the chance p and each standing for F: x their observations, t what they
    add to the entropy, linear in ``sum x psi(x)`` and the numbers of cells seen once and twice, R the ratio of the sums of t and x. Reference:
    Cochran 1977, the ratio estimator.
    """
    if cells.whole is None or not cells.whole.drawn.any():
        return 0.0
    totals, n = cells.totals(), float(cells.observations)
    k, f_k = next(JointParts.of(cells).spectra(cells.filled_groups()))
    once, twice = float(f_k[k == 1].sum()), float(f_k[k == 2].sum())
    x = totals[cells.whole.drawn]
    of_once, of_twice = (slope_of_unseen(place, n, once, twice) for place in (0, 1))
    adds = -weighted(x.astype(np.int64)) / n + of_once * (x == 1) + of_twice * (x == 2)
    stands_for = float((cells.raised(totals)[cells.whole.drawn] / x).max())
    rest = adds - float(adds.sum() / x.sum()) * x
    return float(np.sqrt(max(1 - cells.whole.share, 0.0) * (rest @ rest)) * stands_for)


def cells_drawn(cells: GroupedCells) -> Method:
    """Say that some of the cells were drawn, and what that adds to the error; nothing where all are at hand."""
    if cells.whole is None:
        return ()
    fullest = int(len(cells.rows) - cells.whole.drawn.sum())
    return computed("cells_drawn", fullest=fullest, share=cells.whole.share, error=error_of_draw(cells))
