"""Sizes: how many cases the pilot needs, and which class of model is worth trying first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpuskit.errors import UsageError
from corpuskit.estimators import AcceptancePlan, acceptance_plan
from corpuskit.finding import Message
from corpuskit.tasks.assessment import Kind, PilotSize, Tier
from corpuskit.tasks.catalogue import Measure
from corpuskit.tasks.options import TaskOptions

EXPECTED_SHARE = 0.5
"""The pilot is sized for a system with half of the tolerated error: nearer to the tolerance it would need several times as many cases, and
a system that is only just good enough should not pass by a small sample."""


@cache
def _plan(tolerance: float, expected: float, power: float, alpha: float) -> AcceptancePlan:
    return acceptance_plan(tolerance, expected, power, alpha)


def size_pilot(measure: Measure, tolerance: float | None, options: TaskOptions) -> PilotSize | None:
    """Size the pilot exactly.

    The smallest number of cases, and most errors, with which a system at the tolerance passes with probability ``pilot_alpha`` at most and
    one with half of its error with ``pilot_power``; where no error may be seen, one without errors. Reference: exact binomial acceptance
    sampling (Guenther 1969).

    Returns
    -------
    PilotSize or None
        None where the task has no error rate, or the plan would need more cases than anybody labels.
    """
    if tolerance is None:
        return None
    expected = 0.0 if measure.zero else tolerance * EXPECTED_SHARE
    try:
        plan = _plan(tolerance, expected, options.pilot_power, options.pilot_alpha)
    except UsageError:
        return None
    return PilotSize(n=plan.n, max_errors=plan.max_errors, power=plan.power, tolerance=tolerance, expected=expected, alpha=options.pilot_alpha)


@dataclass(frozen=True, slots=True)
class Load:
    """What the choice of a model class rests on. None: not measured.

    Attributes
    ----------
    error, high : float or None
        Measured error, and its upper end.
    tolerance : float or None
        Largest error allowed.
    labels_per_class : float or None
        Labelled cases divided by labels.
    missing_mass : float or None
        Unseen share of the vocabulary, when it is above what is allowed.
    contradictions : bool
        Facts contradict one another.
    """

    error: float | None
    high: float | None
    tolerance: float | None
    labels_per_class: float | None = None
    missing_mass: float | None = None
    contradictions: bool = False


def choose_model_class(kind: Kind, tier: Tier, load: Load, options: TaskOptions) -> Message:
    """Choose the class of model to try first; a suggestion with its reason, that the pilot overrules.

    Decision table: decisions about persons: none decides. Error above tolerance, contradictions or much unseen
    vocabulary: no model is sized, because a bigger one does not remove ambiguity. An upper end above the tolerance: not yet, because more
    cases may bring it down. Upper end between half the tolerance and the tolerance: a cascade of small model, large model and person. Below: a
    small encoder with enough labels per class, else a small language model; for retrieval a mid-size one. Nothing measured: only what is usual
    is said, and called so.
    """
    if tier in ("T4", "T0") or kind == "decide":
        return Message(code="model_person_decides")
    if load.contradictions or load.missing_mass is not None:
        return Message(code="model_not_sized_documents")
    if load.error is None or load.high is None or load.tolerance is None:
        return Message(
            code=f"model_not_measured_{'labels' if kind in ('classify', 'extract') else 'generation' if kind != 'retrieve' else 'retrieval'}"
        )
    numbers: dict[str, str | int | float | bool] = {"error": load.error, "high": load.high, "tolerance": load.tolerance}
    if load.error > load.tolerance:
        return Message(code="model_not_sized_error", parameters=numbers)
    if load.high > load.tolerance:
        return Message(code="model_not_sized_unsure", parameters=numbers)
    if load.high > load.tolerance / 2:
        return Message(code="model_cascade", parameters=numbers)
    if kind == "retrieve":
        return Message(code="model_mid_with_search", parameters=numbers)
    if load.labels_per_class is not None and load.labels_per_class >= options.labels_per_class:
        return Message(code="model_small_encoder", parameters={**numbers, "labels": round(load.labels_per_class)})
    return Message(
        code="model_small_language_model", parameters={**numbers, "labels": round(load.labels_per_class or 0), "needed": options.labels_per_class}
    )
