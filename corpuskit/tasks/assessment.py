"""The noun of floor 5: what was found, how suitable it looks, and what must be in place first."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpuskit.estimators import Grade
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


class Reference(Frozen):
    """A rule with the date on which it was last checked."""

    ref: str
    title: str
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
    """What floor 5 hands up: ranked tasks, the controls they need, and findings."""

    tasks: tuple[TaskAssessment, ...]
    controls: tuple[Control, ...]
    findings: tuple[Finding, ...]
