"""The design of a pilot, from what an audit knows of its task: unit, labels, parts to look at, double labelling, the least error, the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from corpuskit.errors import UsageError
from corpuskit.estimators import Estimate, Series, acceptance_size
from corpuskit.pilot.result import Frozen
from corpuskit.pilot.strata import Period, period_of_span
from corpuskit.tasks import TaskAssessment

SLICES: dict[str, tuple[str, ...]] = {
    "row": ("ambiguity", "label", "language", "date", "source"),
    "document": ("ambiguity", "template", "language", "date", "source"),
}
"""Divisions that cases are drawn and judged by, of rows and of documents; because errors gather where texts are ambiguous, free in form or new."""

DOUBLE_LEAST = 30
"""Fewest cases with two labels; because with fewer the interval of the disagreement spans most rates."""

MOST_CONFUSED = 5
"""Pairs of labels whose border the guide asks for, because the first few hold most of the confusion."""


class SevereClass(Frozen):
    """A class whose errors are severe: its own tolerance, the cases it needs where not one is wrong, and those there are (None: not known)."""

    name: str
    tolerance: float
    needed: int
    available: int | None

    @property
    def provable(self) -> bool | None:
        """Whether the cases suffice to show the tolerance; None: not known."""
        return None if self.available is None else self.available >= self.needed


class LeastError(Frozen):
    """The least error of any system against these labels, from double coding: its lower bound, and the cases it rests on."""

    value: float
    n: int


class LabellingWork(Frozen):
    """What people do: labels to give (two for the cases that are labelled twice), minutes for each, hours and, with a price, cost."""

    labels: int
    minutes_each: float
    hours: float
    cost: float | None
    currency: str


class PilotDesign(Frozen):
    """How a pilot is done, beside its size.

    Attributes
    ----------
    unit : {"row", "document", "question"}
        What one case is.
    measure : str
        The task's measure in the catalogue, such as ``misroute``.
    tolerance_status : {"owner", "proposed"}
        Whose tolerance it is; a proposed one needs the owner's word before labels are opened.
    labels : tuple of str
        Labels that the data use; empty where the task has none.
    confused : tuple of (str, str, int)
        Pairs of labels that are taken for each other, with the messages.
    slices : tuple of str
    period : {"quarter", "half", "year"} or None
        Periods that dates are divided by; None where the audit tells no rate by month, and then the draw says which.
    double_share : float
        Share of the cases that two people label (control C08 at the task's tier).
    least_error : LeastError or None
        None where nobody coded twice yet.
    severe : SevereClass or None
    work : LabellingWork or None
        None without minutes for a case.
    run_id : str
        Of the audit that this rests on.
    override : str
        The owner's reason for a tolerance below the least error; empty where there is none.
    """

    unit: Literal["row", "document", "question"]
    measure: str
    tolerance_status: Literal["owner", "proposed"]
    labels: tuple[str, ...]
    confused: tuple[tuple[str, str, int], ...]
    slices: tuple[str, ...]
    double_share: float
    least_error: LeastError | None
    severe: SevereClass | None
    work: LabellingWork | None
    run_id: str
    override: str = ""
    period: Period | None = None


def design(
    task: TaskAssessment,
    estimates: Mapping[str, Estimate],
    series: Mapping[str, Series],
    n: int,
    run_id: str,
    *,
    severe: SevereClass | None = None,
    minutes: float | None = None,
    hourly: float | None = None,
    currency: str = "",
) -> PilotDesign:
    """Lay out the pilot of a task from its audit.

    Parameters
    ----------
    task : TaskAssessment
    estimates, series : mapping
        Of the same report, by id.
    n : int
        Cases of the plan.
    run_id : str
    severe : SevereClass, optional
    minutes, hourly : float, optional
        Minutes of a person for one label, price of an hour.
    currency : str
    """
    table = task.id.removeprefix(f"{task.catalogue_id}@") if "@" in task.id else ""
    double = next((number.value for number in task.numbers if number.id == "double_labelling_share"), 0.0)
    shares = min(1.0, max(double, DOUBLE_LEAST / n)) if double > 0 else 0.0
    unit: Literal["row", "document", "question"] = "row" if table else "question" if task.kind == "retrieve" else "document"
    return PilotDesign(
        unit=unit,
        slices=SLICES["row" if table else "document"],
        period=_period(task, n),
        measure=task.tolerance.measure,
        tolerance_status=task.tolerance.status,
        labels=tuple(str(row[0]) for row in _rows("label_error", task, series)),
        confused=_confused(_rows("confusions", task, series)),
        double_share=shares,
        least_error=_least_error(task, estimates),
        severe=severe,
        work=_work(n, shares, minutes, hourly, currency),
        run_id=run_id,
    )


def refuse_beyond_labels(found: PilotDesign, tolerance: float) -> None:
    """Refuse a tolerance that the labels themselves do not allow: no system of any size can meet it.

    Raises
    ------
    UsageError
        The lower bound of the least error lies above the tolerance, and no reason stands against it.
    """
    least = found.least_error
    if least is not None and least.value > tolerance and not found.override.strip():
        raise UsageError(
            f"The tolerance of {tolerance:.1%} lies below the least error of {least.value:.1%} that any system makes against these labels"
            f" (lower bound, two people's labels of {least.n} cases): no system can pass. Settle the labels or give more context first;"
            " whoever plans the pilot all the same says why with --override."
        )


def severe_class(name: str, tolerance: float, available: int | None, alpha: float = 0.05) -> SevereClass:
    """Size the cases of a severe class: with fewer, not even a pilot without any error shows that its errors stay below the tolerance.

    Formula: the least n with ``(1 - tolerance)^n <= alpha``.

    Raises
    ------
    UsageError
        The tolerance is not between 0 and 1, or the cases are negative.
    """
    if not 0 < tolerance < 1:
        raise UsageError(f"The tolerance of a severe class must lie between 0 and 1, not {tolerance:g}.")
    if available is not None and available < 0:
        raise UsageError(f"There cannot be {available} severe cases.")
    return SevereClass(name=name, tolerance=tolerance, needed=acceptance_size(0, tolerance, alpha), available=available)


def _rows(name: str, task: TaskAssessment, series: Mapping[str, Series]) -> list[tuple[str | int | float, ...]]:
    subject = next((id.split("@", 1)[1] for id in task.estimates if "@labels:" in id), "")
    found = series.get(f"{name}@{subject}")
    return list(found.rows) if found is not None else []


def _confused(rows: list[tuple[str | int | float, ...]]) -> tuple[tuple[str, str, int], ...]:
    """Add up both directions of each pair, the most confused first."""
    pairs: dict[tuple[str, str], int] = {}
    for first, second, count in rows:
        pair = min((str(first), str(second)), (str(second), str(first)))
        pairs[pair] = pairs.get(pair, 0) + int(count)
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return tuple((first, second, n) for (first, second), n in ranked[:MOST_CONFUSED])


def _least_error(task: TaskAssessment, estimates: Mapping[str, Estimate]) -> LeastError | None:
    bound = next((estimates[id] for id in task.estimates if id.startswith("double_coding_ambiguity@") and id in estimates), None)
    if bound is None or bound.value is None or bound.interval is None:
        return None
    return LeastError(value=bound.interval[0], n=bound.n)


def _period(task: TaskAssessment, n: int) -> Period | None:
    """Choose the periods from the months that the dated cases of the audit span: their number over the cases of a month."""
    rate = task.volume
    return period_of_span(rate.n / rate.value, n) if rate is not None and rate.value else None


def _work(n: int, double: float, minutes: float | None, hourly: float | None, currency: str) -> LabellingWork | None:
    if minutes is None:
        return None
    if minutes <= 0:
        raise UsageError(f"Minutes for a label must be above 0, not {minutes:g}.")
    labels = n + round(n * double)
    hours = labels * minutes / 60
    return LabellingWork(labels=labels, minutes_each=minutes, hours=hours, cost=hours * hourly if hourly is not None else None, currency=currency)
