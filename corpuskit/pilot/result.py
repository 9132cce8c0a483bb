"""What a pilot found, typed: errors with bounds, parts, agreement of the people, thresholds, comparisons, and a decision for each system."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpuskit.estimators import Scale
from corpuskit.finding import Message

Code = Literal["D0", "D1", "D2", "D3", "D4"]


class Frozen(BaseModel):
    """What cannot be changed, and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class MeasuredRate(Frozen):
    """An error rate: share of wrong cases, two-sided interval at ``level``, one-sided upper bound, and the independent cases it is worth."""

    value: float
    interval: tuple[float, float]
    level: float
    upper: float
    errors: int
    n: int
    effective_n: float


class SliceResult(Frozen):
    """One part of the cases. ``above_tolerance``: shown, with the other parts held together by Holm."""

    division: str
    part: str
    error: MeasuredRate
    p: float
    above_tolerance: bool


class ServedShare(Frozen):
    """Answers from this confidence on can be served: their error is shown to be below the tolerance."""

    confidence: float
    coverage: float
    served: int
    errors: int
    interval: tuple[float, float]


class ControlledShare(Frozen):
    """Answers from this confidence on can be served so that wrong ones, for each case of all traffic, stay below the tolerance.

    That holds on average over pilots, not for the one at hand. ``risk`` is what this pilot had, ``bound`` what is to be expected of the next case.
    """

    confidence: float
    coverage: float
    risk: float
    bound: float


class Flips(Frozen):
    """Share of repeated cases whose answer changed from one repeat to another."""

    value: float
    interval: tuple[float, float]
    n: int


class Decision(Frozen):
    """What the pilot decides for one system, at stage G1, and the sentences that say what it rests on."""

    code: Code
    reasons: tuple[Message, ...]


class MeasuredLoss(Frozen):
    """Mean loss of graded answers, 1 less the mean score: bounds by betting, None for cases of unequal weight; ``effective_n`` independent cases."""

    value: float
    interval: tuple[float, float] | None
    level: float
    upper: float | None
    n: int
    effective_n: int


class SystemResult(Frozen):
    """One system. ``loss``: of graded answers; without truth, ``error`` is then the share of answers that lost a part of their score."""

    system: str
    error: MeasuredRate
    loss: MeasuredLoss | None = None
    withheld: int
    unknown_labels: dict[str, int]
    slices: tuple[SliceResult, ...]
    served: ServedShare | None
    controlled: ControlledShare | None = None
    risk_coverage: tuple[tuple[float, float, float], ...]
    flips: Flips | None
    decision: Decision


class Coefficient(Frozen):
    """A coefficient of agreement and its interval; None with too few cases."""

    value: float
    interval: tuple[float, float] | None


class PeopleResult(Frozen):
    """What two blind people's labels say: disagreement, and the least error that any system makes against one person's labels.

    ``scale`` is that of Krippendorff's alpha; ``settled`` counts the cases whose truth a third person settled against the first, None where none was.
    """

    n: int
    disagreement: float
    interval: tuple[float, float]
    least_error: float
    least_error_interval: tuple[float, float]
    cohen_kappa: Coefficient | None
    krippendorff_alpha: Coefficient | None
    scale: Scale = "nominal"
    settled: int | None = None


class ComparisonResult(Frozen):
    """Two systems on the same cases: error of the first less that of the second, exact McNemar test after Holm over all pairs."""

    first: str
    second: str
    only_first_wrong: int
    only_second_wrong: int
    difference: float
    interval: tuple[float, float]
    p: float


class PilotResult(Frozen):
    """What a pilot found.

    Attributes
    ----------
    tolerance, alpha, level : float
        Largest error that is borne, risk of accepting it, level of intervals.
    cases, documents : int
        Cases, and documents they come from (equal where each is its own).
    people : PeopleResult or None
        None without second labels.
    systems, comparisons : tuple
    notes : tuple of Message
        What limits the result.
    plan_digest : str
        Of the plan that was fixed before the labels were opened; empty without one.
    task, fixed_on, evaluated_on : str
        What was piloted, the day of the plan, the day of the evaluation; empty where not known.
    """

    tolerance: float
    alpha: float
    level: float
    cases: int
    documents: int
    people: PeopleResult | None
    systems: tuple[SystemResult, ...]
    comparisons: tuple[ComparisonResult, ...]
    notes: tuple[Message, ...]
    plan_digest: str = ""
    task: str = ""
    fixed_on: str = ""
    evaluated_on: str = ""
