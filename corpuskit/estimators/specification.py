"""What an estimator is, what it gets and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from corpuskit.estimators.estimate import Estimate, Grade, Series
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.method import Method
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.finding import Finding, Message


class Estimates(BaseModel):
    """Measured numbers, points to draw, and what a reader should know; one for each estimator and for all together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    estimates: tuple[Estimate, ...] = Field(default=())
    series: tuple[Series, ...] = Field(default=())
    findings: tuple[Finding, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class Estimator:
    """One family of measures.

    Attributes
    ----------
    name : str
        Name in the registry, that of its file.
    question : str
        What it answers, as a question.
    reference : str
        Papers.
    function : callable
        Takes the inputs and the options, gives :class:`Estimates`; never raises for want of data.
    dated : bool
        Whether the result depends on ``options.today``: another day, another result.
    of_table : callable or None
        What ``function`` asks of each labelled table (:meth:`~corpuskit.estimators.Inputs.of_tables`), for estimators that take long over one; None
        for others.
    """

    name: str
    question: str
    reference: str
    function: Callable[[Inputs, EstimatorOptions], Estimates]
    dated: bool = False
    of_table: Callable[[LabelledSample, EstimatorOptions], Estimates] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Everything about a measure that does not depend on the data: makes its estimates."""

    name: str
    unit: str
    grade: Grade
    reference: str

    def given(
        self, subject: str, value: float, n: int, method: Method, interval: tuple[float, float] | None = None, level: float | None = None
    ) -> Estimate:
        """Make an estimate with a value. An interval that misses the value by rounding alone is widened to hold it."""
        if interval is not None:
            interval = (min(interval[0], value), max(interval[1], value))
        return Estimate(
            id=f"{self.name}@{subject}",
            measure=self.name,
            subject=subject,
            value=value,
            interval=interval,
            level=level if interval is not None else None,
            n=n,
            unit=self.unit,
            grade=self.grade,
            method=method,
            reference=self.reference,
        )

    def undefined(self, subject: str, n: int, method: Method, code: str, /, **parameters: float | int | str) -> Estimate:
        """Make an estimate without a value, with the reason."""
        return Estimate(
            id=f"{self.name}@{subject}",
            measure=self.name,
            subject=subject,
            value=None,
            level=None,
            n=n,
            unit=self.unit,
            grade=self.grade,
            method=method,
            reference=self.reference,
            undefined_because=Message(code=code, parameters=dict(parameters)),
        )
