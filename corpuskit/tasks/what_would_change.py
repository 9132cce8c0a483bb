"""What more data or context would change a verdict, and where that cannot be told: nothing is foretold beyond twice what was seen."""

from __future__ import annotations

from corpuskit.estimators import CONTEXT_TOLERANCE, Estimate
from corpuskit.finding import Message, Parameter
from corpuskit.tasks.evidence import TaskEvidence
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.ranking import Suitability, suitability


def what_would_change(evidence: TaskEvidence, suited: Suitability | None, tolerance: float | None, options: TaskOptions) -> tuple[Message, ...]:
    """Say what twice the cases, more labels, longer messages and more documents would change.

    Each entry is a figure with its limits, or the reason why there is none; where a number lies beyond twice of what was seen, the refusal of the
    estimator is printed in its own words. Twice the cases are not mentioned where the suitability is high already, further documents only where
    coverage matters. Larger models are not mentioned: the theory says nothing about them.
    """
    told: list[Message] = []
    if suited is not None and tolerance is not None and suited.interval[0] < options.start_probability:
        told += _twice_the_cases(suited, tolerance, options)
    for measure in ("examples_to_clarity", "context_t_star"):
        told += _told(evidence.of_table(measure), f"change_{measure}")
    if "COV" in evidence.found.task.stats:
        told += _told(evidence.of_language("documents_needed"), "change_documents_needed")
    if evidence.found.task.kind not in ("classify", "retrieve", "decide"):
        told.append(Message(code="change_pass_or_fail"))
    return tuple(told)


def _twice_the_cases(suited: Suitability, tolerance: float, options: TaskOptions) -> list[Message]:
    """Give the suitability if twice as many cases showed the same error: what more evidence alone can change."""
    error = suited.estimate
    twice = suitability(error, tolerance, options, cases=2 * suited.effective_n)
    numbers: dict[str, Parameter] = {
        "value": twice.value,
        "low": twice.interval[0],
        "high": twice.interval[1],
        "n": 2 * error.n,
        "error": error.value or 0.0,
    }
    return [Message(code="change_twice_the_cases", parameters=numbers)]


def _told(estimate: Estimate | None, code: str) -> list[Message]:
    if estimate is None:
        return []
    if estimate.value is None:
        return [Message(code=f"{code}_open"), estimate.undefined_because] if estimate.undefined_because is not None else []
    low, high = estimate.interval or (estimate.value, estimate.value)
    if round(high) == 0:
        return [Message(code=f"{code}_none", parameters={"n": estimate.n})]
    numbers: dict[str, Parameter] = {"value": round(estimate.value), "low": round(low), "high": round(high), "n": estimate.n}
    return [Message(code=code, parameters=numbers | ({"tolerance": CONTEXT_TOLERANCE} if estimate.measure == "context_t_star" else {}))]
