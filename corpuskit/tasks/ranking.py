"""The screening order: how probable is it that the attainable error is within the task's tolerance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpuskit.estimators import Estimate, Grade, beta_binomial_quantile, clopper_pearson, probability_below
from corpuskit.tasks.assessment import Tier
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.tiers import SEVERITY


@dataclass(frozen=True, slots=True)
class Suitability:
    """P(error <= tolerance | evidence).

    Attributes
    ----------
    value : float
        The probability.
    interval : (float, float)
        Where it would lie if the same number of cases were drawn again.
    grade : Grade
        That of the estimate it rests on.
    estimate : Estimate
        The measured error.
    effective_n : float
        Independent cases that it was computed with.
    """

    value: float
    interval: tuple[float, float]
    grade: Grade
    estimate: Estimate
    effective_n: float


def independent_cases(estimate: Estimate) -> float:
    """Give the number of independent cases that the interval of an error rate stands for.

    Copies of a message and headings of one document are not independent; the estimator widened its interval for that. This is the number
    m <= n at which the exact interval (Clopper and Pearson 1934) of ``value * m`` errors is as wide as the given one; n where there is no
    interval.
    """
    if estimate.value is None or estimate.interval is None or estimate.level is None or estimate.n == 0:
        return float(estimate.n)
    wanted = estimate.interval[1] - estimate.interval[0]

    def width(m: float) -> float:
        low, high = clopper_pearson(estimate.value * m if estimate.value else 0.0, m, estimate.level or 0.95)
        return high - low

    if width(estimate.n) >= wanted:
        return float(estimate.n)
    low, high = 1.0, float(estimate.n)
    for _ in range(60):
        middle = (low + high) / 2
        if width(middle) > wanted:
            low = middle
        else:
            high = middle
    return high


def suitability(estimate: Estimate, tolerance: float, options: TaskOptions, cases: float | None = None) -> Suitability:
    """Compute the suitability of one measured error.

    Formula: with k = value * n errors in n independent cases, ``P = F(tolerance; k + 1/2, n - k + 1/2)``, F the Beta distribution function:
    the posterior under the prior of Jeffreys 1946. Its interval answers how much P would move if n cases were drawn again: K' is
    beta-binomial(n, k + 1/2, n - k + 1/2), and the ends are P at the (1 +- level)/2 quantiles of K' (90 % by default). Evidence of grade D
    counts with half of its n (``structure_discount``), because headings only stand in for questions.

    Raises
    ------
    ValueError
        The estimate has no value.
    """
    if estimate.value is None:
        raise ValueError(f"{estimate.id} has no value.")
    n = independent_cases(estimate) if cases is None else cases
    if cases is None and estimate.grade in ("D", "E"):
        n *= options.structure_discount
    whole = max(1, round(n))
    errors = estimate.value * whole
    tail = (1 - options.replication_level) / 2
    value = probability_below(errors, whole, tolerance)
    again = (beta_binomial_quantile(p, whole, errors + 0.5, whole - errors + 0.5) for p in (tail, 1 - tail))
    ends = sorted(probability_below(errors_again, whole, tolerance) for errors_again in again)
    return Suitability(value, (min(ends[0], value), max(ends[1], value)), estimate.grade, estimate, float(whole))


@dataclass(frozen=True, slots=True)
class Place:
    """Rank of a task, and the tasks whose intervals overlap with its own."""

    rank: int
    tied_with: tuple[str, ...]


def rank(judged: Mapping[str, tuple[Suitability, Tier]]) -> dict[str, Place]:
    """Order tasks by suitability, then by the lighter tier, then by id.

    Tasks whose intervals overlap are tied, because the data do not separate them.

    Parameters
    ----------
    judged : mapping
        Task id to its suitability and tier; tasks without suitability are not ranked and do not appear.
    """
    order = sorted(judged, key=lambda task: (-judged[task][0].value, SEVERITY.index(judged[task][1]), task))
    return {task: Place(place, _overlapping(task, order, judged)) for place, task in enumerate(order, start=1)}


def _overlapping(task: str, order: Sequence[str], judged: Mapping[str, tuple[Suitability, Tier]]) -> tuple[str, ...]:
    low, high = judged[task][0].interval
    return tuple(other for other in order if other != task and judged[other][0].interval[0] <= high and low <= judged[other][0].interval[1])
