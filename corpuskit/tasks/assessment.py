"""The noun of floor 5: what was found, how suitable it looks, and what must be in place first."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpuskit.estimators import Estimate, Grade
from corpuskit.finding import Evidence, Finding, Message

Kind = Literal["classify", "retrieve", "extract", "generate", "summarise", "translate", "decide"]
Verdict = Literal["start", "start_with_conditions", "fix_first", "do_not_start", "insufficient_evidence"]
Tier = Literal["T0", "T1", "T2", "T3", "T4"]


class Frozen(BaseModel):
    """Base of the small typed values of this floor: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tolerance(Frozen):
    """What error the task may make: ``measure`` such as ``misroute``, and the largest rate allowed (None where no error rate is defined)."""

    measure: str
    max_error: float | None
    status: Literal["proposed", "owner"] = "proposed"


class TaskControl(Frozen):
    """A control that this task needs, with its parameter in the task's tier."""

    id: str
    parameter: Message


class PilotSize(Frozen):
    """Exact size of the pilot: label ``n`` cases; at most ``max_errors`` errors pass. ``power`` at ``expected`` error."""

    n: int
    max_errors: int
    power: float
    tolerance: float
    expected: float
    alpha: float


class ControlNumber(Frozen):
    """A parameter of a control as a number: ``unit`` is share (0..1), months, days or level (of the log)."""

    id: str
    control: str
    value: float
    unit: Literal["share", "months", "days", "level"]


class Stage(Frozen):
    """A stage of the staged plan, with its rule to pass and its rule to stop."""

    id: Literal["G0", "G1", "G2", "G3", "G4", "G5"]
    title: Message
    pass_rule: Message
    stop_rule: Message


class Repair(Frozen):
    """Something to mend before a task, and how far that moves it.

    ``measure`` names what moves, ``before`` and ``after`` its value (``interval`` that of ``after`` at 95 %), ``suitability`` the probability after
    the repair (with its interval) where the measure bears on the tolerance. What cannot be computed is None, and ``moves`` says why.
    """

    id: str
    action: Message
    effort: Literal["low", "medium", "high"]
    moves: Message
    measure: str = ""
    before: float | None = None
    after: float | None = None
    interval: tuple[float, float] | None = None
    suitability: float | None = None
    suitability_interval: tuple[float, float] | None = None
    findings: tuple[str, ...] = ()


class Alternative(Frozen):
    """One way to do the work, with what it would cost a month: a band (low, high) in ``currency``, or None with the reason in ``reason``.

    ``labelling`` is what labelling the cases of the pilot costs once, where there is a pilot.
    """

    id: Literal["do_nothing", "rules_only", "small_model", "large_model"]
    fits: Message
    low: float | None = None
    high: float | None = None
    review_share_of_cost: float | None = None
    labelling: float | None = None
    currency: str = ""
    priced_on: str = ""
    reason: Message | None = None


Group = Literal["scored", "insufficient", "descriptive", "person"]
"""scored: a suitability was computed. insufficient: one could be, but an estimate is missing. descriptive: nothing measured before a pilot bears on
the measure of the task, so it is described and not ranked. person: a person decides."""


class TaskAssessment(Frozen):
    """One task of the report. ``rank`` is None for tasks that are not ranked (no suitability, or the descriptive group)."""

    id: str
    catalogue_id: str
    name: dict[str, str]
    kind: Kind
    rank: int | None
    tied_with: tuple[str, ...] = ()
    verdict: Verdict
    suitability: float | None
    interval: tuple[float, float] | None
    grade: Grade | None
    tolerance: Tolerance
    estimates: tuple[str, ...]
    documents: int
    tier: Tier
    tier_reasons: tuple[Message, ...]
    controls: tuple[TaskControl, ...]
    model_class: Message
    pilot: PilotSize | None
    failure_modes: tuple[Message, ...]
    reasons: tuple[Message, ...]
    next_step: Message
    evidence: tuple[Evidence, ...]
    group: Group = "insufficient"
    conversion: Message | None = None
    description: tuple[Message, ...] = ()
    tier_at_most: Tier | None = None
    numbers: tuple[ControlNumber, ...] = ()
    review: tuple[Message, ...] = ()
    stages: tuple[Stage, ...] = ()
    repairs: tuple[Repair, ...] = ()
    changes: tuple[Message, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    declared: bool = False
    volume: Estimate | None = None


class Reference(Frozen):
    """A rule with the date on which it was last checked.

    ``framework`` names the law, guideline or standard in both languages, ``note`` says how far its text was read.
    """

    ref: str
    title: str
    title_ja: str = ""
    framework: dict[str, str] = {}
    note: dict[str, str] = {}
    applies_from: str = ""
    status: str = ""
    source_url: str = ""
    checked_on: str


class Control(Frozen):
    """A control of the catalogue, as the report prints it."""

    id: str
    title: dict[str, str]
    references: tuple[Reference, ...]


class Assessment(Frozen):
    """What floor 5 hands up: ranked tasks, the controls they need, findings, and every rule that any of them cites."""

    tasks: tuple[TaskAssessment, ...]
    controls: tuple[Control, ...]
    findings: tuple[Finding, ...]
    references: tuple[Reference, ...] = ()
