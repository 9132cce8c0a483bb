"""What this tool predicted and what pilots then measured: the audit of the audit."""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.estimators import Grade, clopper_pearson
from corpuskit.report.frozen import Frozen
from corpuskit.tasks import Verdict

EVEN = 0.5
"""Suitability from which a task counts as predicted to keep its tolerance: it is then more likely than not."""


class Prediction(Frozen):
    """What an audit said of a task before its pilot was planned: its run and day, the verdict, the suitability, and the error it rested on."""

    run_id: str
    made_on: str
    verdict: Verdict
    suitability: float | None
    interval: tuple[float, float] | None
    error: float | None
    error_interval: tuple[float, float] | None
    grade: Grade | None


class PilotOutcome(Frozen):
    """One pilot beside what was predicted of it.

    Attributes
    ----------
    task, system, evaluated_on, plan_digest : str
        ``plan_digest`` is empty where no plan was fixed before.
    tolerance, value, upper : float
        Largest error that is borne, error measured, its one-sided upper bound.
    interval : (float, float)
    n : int
        Cases.
    decision : str
        D0 to D4.
    kept : bool
        Whether the tolerance is shown to be kept (upper bound at or below it).
    prediction : Prediction or None
        None where no audit of before the plan knows the task.
    """

    task: str
    system: str
    evaluated_on: str
    plan_digest: str
    tolerance: float
    value: float
    interval: tuple[float, float]
    upper: float
    n: int
    decision: str
    kept: bool
    prediction: Prediction | None


class TrackRecord(Frozen):
    """How often predictions came true.

    Attributes
    ----------
    pilots : int
        Pilots that a prediction with a suitability stands beside.
    hits : int
        Those in which "more likely than not" and "shown to keep the tolerance" agree.
    hit_rate : float
    hit_interval : (float, float)
        Exact, 95 %.
    mean_suitability, kept_share : float
        What was predicted on average, and the share that kept the tolerance: equal in the long run where predictions are calibrated.
    kept_interval : (float, float)
        Exact, 95 %.
    errors, inside : int
        Pilots with a predicted error interval, and those whose measured error lies in it.
    """

    pilots: int
    hits: int
    hit_rate: float
    hit_interval: tuple[float, float]
    mean_suitability: float
    kept_share: float
    kept_interval: tuple[float, float]
    errors: int
    inside: int


def track_record(outcomes: Sequence[PilotOutcome]) -> TrackRecord | None:
    """Compare predictions with pilots; None where no pilot has a prediction with a suitability.

    The upper bound of a short pilot can lie above the tolerance where the error does not: a miss then says more of the pilot than of the prediction.
    """
    pairs = [(outcome, outcome.prediction.suitability) for outcome in outcomes if outcome.prediction and outcome.prediction.suitability is not None]
    if not pairs:
        return None
    hits = sum((suitability >= EVEN) == outcome.kept for outcome, suitability in pairs)
    kept = sum(outcome.kept for outcome, _ in pairs)
    ranges = [(outcome.value, outcome.prediction.error_interval) for outcome, _ in pairs if outcome.prediction and outcome.prediction.error_interval]
    return TrackRecord(
        pilots=len(pairs),
        hits=hits,
        hit_rate=hits / len(pairs),
        hit_interval=clopper_pearson(hits, len(pairs), 0.95),
        mean_suitability=sum(suitability for _, suitability in pairs) / len(pairs),
        kept_share=kept / len(pairs),
        kept_interval=clopper_pearson(kept, len(pairs), 0.95),
        errors=len(ranges),
        inside=sum(low <= value <= high for value, (low, high) in ranges),
    )
