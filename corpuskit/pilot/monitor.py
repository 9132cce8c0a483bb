"""Monitoring a task in use: the error of cases drawn at random, rates over time, and whether the review still looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from corpuskit.errors import InputError
from corpuskit.estimators import CHART_ALPHA, Drift, Outcomes, alarmed_after, certified_after, clopper_pearson, rate_chart, rate_of, shift
from corpuskit.finding import Message
from corpuskit.pilot.monitoring import Chart, Every, InputDrift, MonitorOptions, MonitorResult, MovedWord, Period, Rate, SeededErrors
from corpuskit.pilot.result import MeasuredRate
from corpuskit.pilot.use import Used

FEWEST_OF_GROUP = 30
"""Cases of a group in the baseline from which it gets charts of its own; because below it the limits of a period span most rates."""

LONGEST_LIST = 200
"""Characters of a list of terms within a sentence."""

MIXES = ("terms", "languages")
"""What inputs are compared by; their formats, folders and labels are those of the export, not of the work."""

Periods = list[tuple[str, list[Used]]]


def monitor(events: Sequence[Used], options: MonitorOptions, drifts: Sequence[Drift] = ()) -> MonitorResult:
    """Judge a task in use.

    The error is that of the cases that a person looked at and that stand for all: those of the route ``sample``; where no case is sent without a
    review, all reviewed ones. Cases before the last change of the system are left out of it. Its e-process may be looked at after every case
    (:func:`~corpuskit.estimators.alarmed_after`). Charts compare each period with the first ones (:func:`~corpuskit.estimators.rate_chart`); the
    last period raises alarms, earlier ones are noted. Seeded errors count in the catch rate only.

    Parameters
    ----------
    events : sequence of Used
        In the order of time.
    options : MonitorOptions
    drifts : sequence of Drift
        Inputs compared with the audited documents (:func:`~corpuskit.estimators.compare_corpora`).

    Raises
    ------
    InputError
        There is no case.
    """
    real = [event for event in events if not event.seeded]
    if not real:
        raise InputError("No case in use to judge: the log holds seeded errors at most.")
    since = _last_change(real)
    audited = _audited(real[since:])
    error = _error(audited, options)
    wrong = [event.wrong for event in audited]
    alarmed = alarmed_after(wrong, options.tolerance, options.alpha) if audited else None
    seeded = _seeded([event for event in events if event.seeded and event.decision is not None])
    periods = _periods(real, options.every)
    charts = tuple(_charts(periods, options.baseline))
    return MonitorResult(
        task=real[0].task,
        options=options,
        events=len(real),
        first=_day(real[0].at),
        last=_day(real[-1].at),
        since=_day(real[since].at),
        audited=len(audited),
        error=error,
        certified_after=certified_after(wrong, options.tolerance, options.alpha) if audited else None,
        alarmed_after=alarmed,
        seeded=seeded,
        charts=charts,
        drifts=tuple(_input_drift(one) for one in drifts if one.measure in MIXES),
        alarms=(*_alarms(error, alarmed, seeded, charts, periods, options), *_moved_inputs(drifts)),
        notes=tuple(_notes(real, since, audited, charts, periods, seeded, options)),
    )


def _last_change(events: Sequence[Used]) -> int:
    """Give the place of the first case of the system that answered last; systems side by side count as a change each time."""
    place = len(events) - 1
    while place > 0 and events[place - 1].version == events[-1].version:
        place -= 1
    return place


def _audited(events: Sequence[Used]) -> list[Used]:
    looked = [event for event in events if event.decision is not None and not event.abstained]
    if any(event.route == "auto" for event in events):
        return [event for event in looked if event.route == "sample"]
    return [event for event in looked if event.route in ("sample", "review")]


def _error(audited: Sequence[Used], options: MonitorOptions) -> MeasuredRate | None:
    rate = rate_of(Outcomes([event.wrong for event in audited]), 0.95, options.alpha) if audited else None
    if rate is None:
        return None
    return MeasuredRate(
        value=rate.value, interval=rate.interval, level=0.95, upper=rate.upper, errors=rate.errors, n=rate.n, effective_n=rate.effective_n
    )


def _seeded(seeded: Sequence[Used]) -> SeededErrors | None:
    if not seeded:
        return None
    caught = sum(event.decision != "accept" for event in seeded)
    return SeededErrors(caught=caught, n=len(seeded), value=caught / len(seeded), interval=clopper_pearson(caught, len(seeded), 0.95))


def _periods(events: Sequence[Used], every: Every) -> Periods:
    found: dict[str, list[Used]] = {}
    for event in events:
        found.setdefault(_begin(event.at, every), []).append(event)
    return sorted(found.items())


def _begin(at: datetime, every: Every) -> str:
    if every == "month":
        return f"{at:%Y-%m}-01"
    return _day(at - timedelta(days=at.weekday() if every == "week" else 0))


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _charts(periods: Periods, baseline: int) -> Iterator[Chart]:
    """Give the charts of all cases, then of each group that has enough cases at the start, then of the groups' shares."""
    if len(periods) <= baseline:
        return
    before = [event for _, events in periods[:baseline] for event in events]
    sizes = {group: sum(event.group == group for event in before) for group in {event.group for event in before} - {""}}
    groups = sorted(group for group, n in sizes.items() if n >= FEWEST_OF_GROUP)
    for part in ("", *(groups if len(groups) > 1 else ())):
        for rate, having, among in _RATES:
            yield from _chart(rate, part, periods, baseline, having, _within(part, among))
    if len(groups) > 1:
        for group in groups:
            yield from _chart("group", group, periods, baseline, _in_group(group), _any_case)


def _within(part: str, among: Callable[[Used], bool]) -> Callable[[Used], bool]:
    return lambda event: (not part or event.group == part) and among(event)


def _in_group(group: str) -> Callable[[Used], bool]:
    return lambda event: event.group == group


def _any_case(event: Used) -> bool:
    return event is not None


def _reviewed(event: Used) -> bool:
    return event.decision is not None


_RATES: tuple[tuple[Rate, Callable[[Used], bool], Callable[[Used], bool]], ...] = (
    ("edit", lambda event: event.decision == "edit", _reviewed),
    ("reject", lambda event: event.decision == "reject", _reviewed),
    ("abstain", lambda event: event.abstained, _any_case),
    ("escalate", lambda event: event.route in ("escalate", "human_only"), _any_case),
)
"""Each rate: the events that have the property, and those they are counted among."""


def _chart(rate: Rate, part: str, periods: Periods, baseline: int, having: Callable[[Used], bool], among: Callable[[Used], bool]) -> Iterator[Chart]:
    """Chart one rate, where there are cases in the baseline and after it."""
    counted = [(begins, [event for event in events if among(event)]) for begins, events in periods]
    judged_from = periods[baseline][0]
    held = [(begins, events) for begins, events in counted if events]
    start = sum(begins < judged_from for begins, _ in held)
    if not 0 < start < len(held):
        return
    counts = [sum(having(event) for event in events) for _, events in held]
    if not any(counts):
        return
    found = rate_chart(counts, [len(events) for _, events in held], start)
    yield Chart(
        rate=rate,
        part=part,
        centre=found.centre,
        dispersion=found.dispersion,
        periods=tuple(
            Period(begins=begins, count=point.having, n=point.n, value=point.value, low=point.low, high=point.high, outside=point.outside)
            for (begins, _), point in zip(held, found.points, strict=True)
        ),
    )


def _alarms(
    error: MeasuredRate | None,
    alarmed: int | None,
    seeded: SeededErrors | None,
    charts: Sequence[Chart],
    periods: Periods,
    options: MonitorOptions,
) -> Iterator[Message]:
    if error is not None and alarmed is not None:
        yield Message(
            code="monitor_error_above",
            parameters={"errors": error.errors, "n": error.n, "after": alarmed, "tolerance": options.tolerance, "alpha": options.alpha},
        )
    if seeded is not None and seeded.interval[1] < options.catch_rate:
        yield Message(
            code="monitor_seeded_missed",
            parameters={"caught": seeded.caught, "n": seeded.n, "high": seeded.interval[1], "needed": options.catch_rate},
        )
    last = periods[-1][0]
    for chart in charts:
        period = chart.periods[-1]
        if period.begins == last and period.outside is not None:
            yield _outside(chart, period)
    yield from _shifts(charts, periods, options.baseline)


def _outside(chart: Chart, period: Period) -> Message:
    """Tell of a period outside the limits: of all cases, of one group, or of the share that a group has of all cases."""
    told: dict[str, str | int | float | bool] = {
        "side": period.outside or "",
        "begins": period.begins,
        "value": period.value,
        "n": period.n,
        "low": period.low,
        "high": period.high,
        "centre": chart.centre,
    }
    if chart.rate == "group":
        return Message(code="monitor_outside_group", parameters={**told, "part": chart.part})
    if chart.part:
        return Message(code="monitor_outside_part", parameters={**told, "part": chart.part, "kind": chart.rate})
    return Message(code="monitor_outside", parameters={**told, "kind": chart.rate})


def _shifts(charts: Sequence[Chart], periods: Periods, baseline: int) -> Iterator[Message]:
    """Raise alarms for values that moved: reviews that became shorter while no more is found, confidences, ambiguity of the inputs."""
    if len(periods) <= baseline:
        return
    before, after = [event for _, events in periods[:baseline] for event in events], periods[-1][1]
    found_more = any(chart.rate in ("edit", "reject") and not chart.part and chart.periods[-1].outside == "above" for chart in charts)
    times = shift(*([e.review_seconds for e in side if e.review_seconds is not None and e.decision is not None] for side in (before, after)))
    if times is not None and times.p < CHART_ALPHA and times.after < times.before and not found_more:
        yield Message(code="monitor_review_shorter", parameters={"before": times.before, "after": times.after, "n": times.n_after})
    for name, values in (("confidence", [e.confidence for e in before]), ("epsilon", [e.epsilon for e in before])):
        now = [e.confidence if name == "confidence" else e.epsilon for e in after]
        moved = shift([v for v in values if v is not None], [v for v in now if v is not None])
        if moved is not None and moved.p < CHART_ALPHA:
            yield Message(code=f"monitor_{name}_moved", parameters={"before": moved.before, "after": moved.after, "n": moved.n_after})


def _input_drift(one: Drift) -> InputDrift:
    words = tuple(MovedWord(form=term.form, documents=term.first, inputs=term.second) for term in one.terms)
    return InputDrift(
        measure=one.measure,
        subject=one.subject,
        value=one.value,
        band=one.band,
        p=one.p,
        documents=one.n_first,
        inputs=one.n_second,
        alarm=one.alarm,
        words=words,
    )


def _moved_inputs(drifts: Sequence[Drift]) -> Iterator[Message]:
    for one in drifts:
        if one.alarm:
            more = ", ".join(term.form for term in one.terms if term.second >= term.first)[:LONGEST_LIST]
            fewer = ", ".join(term.form for term in one.terms if term.second < term.first)[:LONGEST_LIST]
            told: dict[str, str | int | float | bool] = {
                "value": round(one.value, 4),
                "band": round(one.band, 4),
                "p": round(one.p, 4),
                "n": one.n_second,
            }
            if one.measure == "terms":
                yield Message(code="monitor_inputs_terms", parameters={**told, "language": one.subject, "more": more or "-", "fewer": fewer or "-"})
            elif one.measure in MIXES:
                yield Message(code=f"monitor_inputs_{one.measure}", parameters=told)


def _notes(
    events: Sequence[Used],
    since: int,
    audited: Sequence[Used],
    charts: Sequence[Chart],
    periods: Periods,
    seeded: SeededErrors | None,
    options: MonitorOptions,
) -> Iterator[Message]:
    if since > 0:
        yield Message(code="monitor_note_changed", parameters={"day": _day(events[since].at), "n": len(audited)})
    if not audited:
        yield Message(code="monitor_note_nothing_audited")
    if len(periods) <= options.baseline:
        yield Message(code="monitor_note_no_charts", parameters={"periods": len(periods), "needed": options.baseline + 1})
    if charts:
        yield Message(code="monitor_note_false_alarms", parameters={"charts": len(charts), "expected": round(len(charts) * CHART_ALPHA, 3)})
    earlier = sorted({p.begins for chart in charts for p in chart.periods if p.outside is not None and p.begins != periods[-1][0]})
    if earlier:
        yield Message(code="monitor_note_earlier", parameters={"n": len(earlier), "days": ", ".join(earlier[-3:])})
    if seeded is None:
        yield Message(code="monitor_note_no_seeded", parameters={"needed": options.catch_rate})
    elif seeded.interval[0] < options.catch_rate <= seeded.interval[1]:
        yield Message(
            code="monitor_note_seeded_open",
            parameters={"caught": seeded.caught, "n": seeded.n, "low": seeded.interval[0], "needed": options.catch_rate},
        )
