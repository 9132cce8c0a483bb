"""Human truth against the answers of systems: errors with exact bounds, and a decision that names what it rests on."""

from __future__ import annotations

from itertools import combinations

from corpuskit.errors import UsageError
from corpuskit.estimators import (
    Agreement,
    Outcomes,
    Rate,
    Scale,
    agreement_of,
    compare,
    controlled_of,
    curve_of,
    flips_of,
    holm_of,
    mean_loss,
    rate_of,
    slices_of,
    threshold_of,
)
from corpuskit.finding import Message
from corpuskit.pilot.cases import Answers, Cases
from corpuskit.pilot.plan import FixedPlan
from corpuskit.pilot.result import (
    Coefficient,
    ComparisonResult,
    ControlledShare,
    Decision,
    Flips,
    MeasuredLoss,
    MeasuredRate,
    PeopleResult,
    PilotResult,
    ServedShare,
    SliceResult,
    SystemResult,
)

LEAST_COVERAGE = 0.2
"""Share of the cases from which serving the surest is worth a threshold; because below it the review of the rest costs about as much as all of it."""

FEWEST_DOUBLE = 30
"""Cases with two labels from which their disagreement decides; because below it the interval of the disagreement spans most rates."""


def evaluate(
    cases: Cases,
    tolerance: float | None = None,
    alpha: float = 0.05,
    level: float = 0.95,
    plan: FixedPlan | None = None,
    scale: Scale = "nominal",
) -> PilotResult:
    """Hold the answers of each system against the truth.

    Parameters
    ----------
    cases : Cases
    tolerance : float, optional
        Largest error that is borne; needed where there is no plan.
    alpha : float
        Largest probability that a system at the tolerance is accepted.
    level : float
        Of two-sided intervals.
    plan : FixedPlan, optional
        Fixed before the labels were opened; its tolerance and alpha are used, and fewer cases than planned are noted.
    scale : {"nominal", "ordinal", "interval", "ratio"}
        Of the labels, for Krippendorff's alpha; on any but the nominal one they are numbers.

    Raises
    ------
    UsageError
        A number is outside 0 and 1, or there is neither a tolerance nor a plan.
    """
    if plan is not None:
        tolerance, alpha = plan.plan.tolerance, plan.plan.alpha
    if tolerance is None:
        raise UsageError("Give the plan that was fixed before the labels were opened, or a tolerance.")
    for name, value in (("tolerance", tolerance), ("alpha", alpha), ("level", level)):
        if not 0 < value < 1:
            raise UsageError(f"The {name} must lie between 0 and 1, not {value!r}.")
    people = _people(cases, level, scale)
    outcomes = {system: cases.outcomes(system) for system in cases.answers}
    systems = tuple(_system(cases, system, found, people, tolerance, alpha, level) for system, found in outcomes.items())
    return PilotResult(
        tolerance=tolerance,
        alpha=alpha,
        level=level,
        cases=len(cases.ids),
        documents=len(set(cases.clusters)) if cases.clusters is not None else len(cases.ids),
        people=people,
        systems=systems,
        comparisons=_comparisons(outcomes, level) if any(cases.truth) else (),
        notes=_notes(cases, people, plan),
        plan_digest=plan.digest if plan is not None else "",
    )


def _system(cases: Cases, system: str, outcomes: Outcomes, people: PeopleResult | None, tolerance: float, alpha: float, level: float) -> SystemResult:
    rate = rate_of(outcomes, level, alpha)
    if rate is None:
        raise UsageError("A pilot without a case decides nothing.")
    error = _measured(rate, level)
    judged = any(cases.truth)  # right and wrong are known; of graded answers alone only the mean loss is judged
    threshold = threshold_of(outcomes, tolerance, alpha, level) if judged else None
    served = None
    if threshold is not None:
        served = ServedShare(
            confidence=threshold.confidence,
            coverage=threshold.coverage,
            served=threshold.served,
            errors=threshold.errors,
            interval=threshold.interval,
        )
    given = cases.answers[system]
    flips = flips_of(list(given.repeats.values()), level)
    loss = _loss(given, outcomes, level, alpha)
    return SystemResult(
        system=system,
        error=error,
        loss=loss,
        withheld=sum(given.abstained),
        unknown_labels=cases.unknown_labels(system),
        slices=tuple(
            SliceResult(division=row.division, part=row.part, error=_measured(row.rate, level), p=row.p, above_tolerance=row.p < alpha)
            for row in (slices_of(outcomes, tolerance, level, alpha) if judged else ())
        ),
        served=served,
        controlled=_controlled(outcomes, tolerance) if judged else None,
        risk_coverage=curve_of(outcomes) if judged else (),
        flips=None if flips is None else Flips(value=flips[0], interval=flips[1], n=flips[2]),
        decision=(
            decide_graded(loss, tolerance, alpha) if loss is not None else decide(error, served, people, tolerance, alpha, _why_no_share(outcomes))
        ),
    )


def _controlled(outcomes: Outcomes, tolerance: float) -> ControlledShare | None:
    found = controlled_of(outcomes, tolerance)
    if found is None:
        return None
    return ControlledShare(confidence=found.confidence, coverage=found.coverage, risk=found.risk, bound=found.bound)


def decide(error: MeasuredRate, served: ServedShare | None, people: PeopleResult | None, tolerance: float, alpha: float, no_share: str) -> Decision:
    """Decide for one system; the first rule that applies.

    D1: two people's disagreement alone puts the error against one person's labels above the tolerance, so no system can meet it. D2: the exact upper
    bound of the error is within the tolerance. D3: that holds for the answers it is surest of, at least a fifth of them. D4: neither; it may assist
    people only.

    Parameters
    ----------
    error, served, people
        What was measured; None where it was not.
    no_share : str
        Code of the sentence that says why no share can be served, where none can.
    """
    parameters: dict[str, str | int | float | bool] = {
        "error": error.value,
        "errors": error.errors,
        "n": error.n,
        "upper": error.upper,
        "tolerance": tolerance,
        "confidence": 1 - alpha,
    }
    measured = Message(code="pilot_measured", parameters=parameters)
    # a truth that a third person settled is no one person's labels, so their disagreement no longer bounds the error
    single = people is not None and people.settled is None
    if people is not None and single and people.n >= FEWEST_DOUBLE and people.least_error_interval[0] > tolerance:
        least = Message(
            code="pilot_d1_least_error",
            parameters={"least": people.least_error_interval[0], "disagreement": people.disagreement, "n": people.n, "tolerance": tolerance},
        )
        return Decision(code="D1", reasons=(least, measured))
    if error.upper <= tolerance:
        return Decision(code="D2", reasons=(measured, Message(code="pilot_d2_within", parameters=parameters)))
    above = Message(code="pilot_above", parameters=parameters)
    if served is not None and served.coverage >= LEAST_COVERAGE:
        share = Message(
            code="pilot_d3_share",
            parameters={
                "coverage": served.coverage,
                "threshold": served.confidence,
                "errors": served.errors,
                "served": served.served,
                "tolerance": tolerance,
            },
        )
        return Decision(code="D3", reasons=(measured, above, share))
    why = Message(code=no_share, parameters={"coverage": LEAST_COVERAGE, "tolerance": tolerance})
    return Decision(code="D4", reasons=(measured, above, why))


def decide_graded(loss: MeasuredLoss, tolerance: float, alpha: float) -> Decision:
    """Decide for one system whose answers were graded: D2 where the upper bound of the mean loss is within the tolerance, else D4."""
    parameters: dict[str, str | int | float | bool] = {"loss": loss.value, "n": loss.n, "tolerance": tolerance, "confidence": 1 - alpha}
    if loss.upper is None:
        return Decision(code="D4", reasons=(Message(code="pilot_loss_weights", parameters=parameters),))
    measured = Message(code="pilot_loss_measured", parameters=parameters | {"upper": loss.upper, "independent": loss.effective_n})
    within = loss.upper <= tolerance
    told = Message(code="pilot_loss_within" if within else "pilot_loss_above", parameters={"tolerance": tolerance})
    return Decision(code="D2" if within else "D4", reasons=(measured, told))


def _loss(given: Answers, outcomes: Outcomes, level: float, alpha: float) -> MeasuredLoss | None:
    found = mean_loss(given.losses, outcomes.weights, outcomes.clusters, level, alpha) if given.graded else None
    if found is None:
        return None
    return MeasuredLoss(value=found.value, interval=found.interval, level=level, upper=found.upper, n=found.n, effective_n=found.effective_n)


def _why_no_share(outcomes: Outcomes) -> str:
    if outcomes.confidence is None:
        return "pilot_d4_no_confidence"
    return "pilot_d4_no_share" if outcomes.weights is None else "pilot_d4_weights"


def _measured(rate: Rate, level: float) -> MeasuredRate:
    return MeasuredRate(
        value=rate.value,
        interval=rate.interval,
        level=level,
        upper=rate.upper,
        errors=rate.errors,
        n=rate.n,
        effective_n=rate.effective_n,
    )


def _people(cases: Cases, level: float, scale: Scale) -> PeopleResult | None:
    found = agreement_of(cases.first, cases.second, cases.clusters, level, scale)
    if found is None:
        return None
    return PeopleResult(
        n=found.n,
        disagreement=found.disagreement,
        interval=found.interval,
        least_error=found.least_error[0],
        least_error_interval=found.least_error[1:],
        cohen_kappa=_coefficient(found.kappa),
        krippendorff_alpha=_coefficient(found.alpha),
        scale=scale,
        settled=cases.settled,
    )


def _coefficient(agreement: Agreement | None) -> Coefficient | None:
    return None if agreement is None else Coefficient(value=agreement.value, interval=agreement.interval)


def _comparisons(outcomes: dict[str, Outcomes], level: float) -> tuple[ComparisonResult, ...]:
    pairs = [(one, two, compare(outcomes[one].wrong, outcomes[two].wrong, level)) for one, two in combinations(outcomes, 2)]
    known = [(one, two, pair) for one, two, pair in pairs if pair is not None]
    adjusted = holm_of([pair.p for *_, pair in known])
    return tuple(
        ComparisonResult(
            first=one,
            second=two,
            only_first_wrong=pair.only_first,
            only_second_wrong=pair.only_second,
            difference=pair.difference,
            interval=pair.interval,
            p=p,
        )
        for (one, two, pair), p in zip(known, adjusted, strict=True)
    )


def _notes(cases: Cases, people: PeopleResult | None, plan: FixedPlan | None) -> tuple[Message, ...]:
    notes = []
    if plan is None:
        notes.append(Message(code="pilot_note_no_plan"))
    elif len(cases.ids) < plan.plan.n:
        notes.append(Message(code="pilot_note_fewer_cases", parameters={"n": len(cases.ids), "planned": plan.plan.n}))
    if not any(cases.truth):
        notes.append(Message(code="pilot_note_graded"))
    elif people is None:
        notes.append(Message(code="pilot_note_single_labels"))
    elif people.n < FEWEST_DOUBLE:
        notes.append(Message(code="pilot_note_few_double", parameters={"n": people.n, "needed": FEWEST_DOUBLE}))
    if people is not None and people.settled is not None:
        notes.append(Message(code="pilot_note_settled", parameters={"n": people.settled, "cases": len(cases.ids)}))
    if cases.clusters is not None:
        notes.append(Message(code="pilot_note_clusters", parameters={"n": len(cases.ids), "documents": len(set(cases.clusters))}))
    if len(cases.answers) > 1 and (cases.clusters is not None or cases.weights is not None):
        notes.append(Message(code="pilot_note_comparison"))
    return tuple(notes)
