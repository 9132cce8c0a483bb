"""Estimates of two audits held against each other: which have moved further than their intervals allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from corpuskit.estimators.decisions.comparison import holm
from corpuskit.estimators.estimate import Estimate

COMPARED = (
    "coverage_of_new_documents",
    "coverage",
    "sparsity_u",
    "language_ambiguity",
    "attainable_error",
    "double_coding_ambiguity",
    "soft_label_ambiguity",
    "definition_ambiguity",
    "retrieval_ambiguity",
    "field_ambiguity",
    "template_share",
    "cohen_kappa",
    "fleiss_kappa",
    "pilot_error",
)
"""Measures that are compared: those that a suitability, a tier or a finding rests on. The size of a corpus moves all others by itself."""


class EstimateChange(NamedTuple):
    """An estimate before and after.

    Attributes
    ----------
    before, after : Estimate
    p : float
        Two-sided, after Holm over all estimates that were compared.
    moved : bool
    """

    before: Estimate
    after: Estimate
    p: float
    moved: bool


def estimate_changes(before: Sequence[Estimate], after: Sequence[Estimate], alpha: float = 0.01) -> tuple[EstimateChange, ...]:
    """Compare the estimates that both audits have.

    Formula: ``z = (after - before) / sqrt(s1^2 + s2^2)``, each s the half of the interval that faces the other value, as a standard error at its
    level; Holm 1979 over all. Two audits of mostly the same documents are alike, so the true error of the difference is smaller: a change that
    shows here is there, and a small one may go unseen.

    Parameters
    ----------
    before, after : sequence of Estimate
    alpha : float
        Largest probability of any false alarm.

    Returns
    -------
    tuple of EstimateChange
        In the order of ``after``. Estimates without value, interval, or with an interval of no width on both sides are left out.
    """
    known: Mapping[str, Estimate] = {estimate.id: estimate for estimate in before if estimate.measure in COMPARED}
    pairs = [(known[estimate.id], estimate) for estimate in after if estimate.id in known]
    tested = [(one, other, p) for one, other in pairs if (p := _p(one, other)) is not None]
    adjusted = holm(np.array([p for _, _, p in tested]))
    return tuple(EstimateChange(one, other, float(p), bool(p <= alpha)) for (one, other, _), p in zip(tested, adjusted, strict=True))


def _p(before: Estimate, after: Estimate) -> float | None:
    if before.value is None or after.value is None or before.interval is None or after.interval is None:
        return None
    up = after.value >= before.value
    errors = (_error(before, upper=up), _error(after, upper=not up))
    spread = float(np.hypot(*errors))
    if spread == 0:
        return None
    return float(2 * ndtr(-abs(after.value - before.value) / spread))


def _error(estimate: Estimate, *, upper: bool) -> float:
    """Give the standard error that one side of an interval speaks of."""
    value, interval = estimate.value or 0.0, estimate.interval or (0.0, 0.0)
    side = interval[1] - value if upper else value - interval[0]
    return max(side, 0.0) / float(ndtri((1 + (estimate.level or 0.95)) / 2))
