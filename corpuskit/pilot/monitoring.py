"""What monitoring finds, typed: the error since the last change of the system, charts of rates, seeded errors, alarms."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from corpuskit.finding import Message
from corpuskit.pilot.result import Frozen, MeasuredRate

Every = Literal["day", "week", "month"]
Rate = Literal["edit", "reject", "abstain", "escalate", "group"]


class MonitorOptions(Frozen):
    """How use is judged."""

    tolerance: float = Field(gt=0, lt=1, description="Largest error that the business bears; of the pilot's plan where there is one.")
    alpha: float = Field(default=0.05, gt=0, lt=1, description="Probability of ever raising a false alarm about the error, however often one looks.")
    every: Every = Field(default="week", description="A period of a chart.")
    baseline: int = Field(default=4, ge=1, description="Periods at the start that say what is usual; four weeks hold one turn of a month.")
    catch_rate: float = Field(default=0.9, gt=0, lt=1, description="Share of seeded errors that the review must find (control C10).")


class Period(Frozen):
    """One period of a chart: its first day, events with the property of all events, the share, its limits, and whether it lies outside."""

    begins: str
    count: int
    n: int
    value: float
    low: float
    high: float
    outside: Literal["above", "below"] | None


class Chart(Frozen):
    """A rate over periods. ``part`` is the group that it is the rate of, or of which the share is charted; empty: all cases."""

    rate: Rate
    part: str
    centre: float
    dispersion: float
    periods: tuple[Period, ...]


class SeededErrors(Frozen):
    """Errors put in on purpose: how many the review found, with the exact interval."""

    caught: int
    n: int
    value: float
    interval: tuple[float, float]


class MovedWord(Frozen):
    """A term that became more or less frequent: times in a thousand words of the documents, and of the inputs."""

    form: str
    documents: float
    inputs: float


class InputDrift(Frozen):
    """How far the inputs lie from the audited documents, by their terms in one language or by their languages.

    ``value`` and ``band``: Jensen-Shannon divergence in bits, and what random deals of the same texts stay below in 95 of 100; ``p`` after Holm.
    """

    measure: str
    subject: str
    value: float
    band: float
    p: float
    documents: int
    inputs: int
    alarm: bool
    words: tuple[MovedWord, ...]


class MonitorResult(Frozen):
    """What monitoring found.

    Attributes
    ----------
    task : str
    events : int
        Cases in use, without seeded ones.
    first, last : str
        Day of the first and the last one.
    since : str
        Day of the last change of the system (model, prompt, policy or its own version); the first day where there was none.
    audited : int
        Cases since then that a person looked at and that stand for all: those drawn at random, or all where every case is reviewed.
    error : MeasuredRate or None
        Of the audited cases; None without any.
    certified_after, alarmed_after : int or None
        First audited case after which the error is shown to be below, or above, the tolerance, at whatever time one looks.
    seeded : SeededErrors or None
    charts : tuple of Chart
    drifts : tuple of InputDrift
        Empty where no inputs were compared with documents.
    alarms, notes : tuple of Message
    """

    task: str
    options: MonitorOptions
    events: int
    first: str
    last: str
    since: str
    audited: int
    error: MeasuredRate | None
    certified_after: int | None
    alarmed_after: int | None
    seeded: SeededErrors | None
    charts: tuple[Chart, ...]
    drifts: tuple[InputDrift, ...] = ()
    alarms: tuple[Message, ...]
    notes: tuple[Message, ...]

    @property
    def exit_code(self) -> int:
        """Give 1 with an alarm, 2 where nothing could be judged, else 0."""
        if self.alarms:
            return 1
        return 0 if self.error is not None or self.charts or self.drifts or self.seeded is not None else 2
