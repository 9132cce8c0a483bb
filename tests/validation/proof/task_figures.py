"""Section 2, trained models: figures and tables of one reading of the tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators import clopper_pearson
from tests.validation.proof.baselines import BASELINES
from tests.validation.proof.measured_tasks import PREDICTORS, Measured, predictions
from tests.validation.proof.results import Aim, Cell, Figure, Table
from tests.validation.proof.statistics import DRAWS_OF_RANKS, Found, partial_rank_correlation, spearman, spearman_difference
from tests.validation.proof.trained_models import MODELS

Floats = NDArray[np.float64]
SOURCE = "protocol, 2"
ALL_BASELINES = 8
"""More tasks than this allow all baselines to be taken out at once."""


class Reading(NamedTuple):
    """One reading of tasks.

    Attributes
    ----------
    prefix : str
        Of the codes of its figures.
    origin : str
        Which tasks.
    judged : bool
        Whether the aims of the protocol are of this reading.
    opened : bool
        Whether these data had been opened before for this measure.
    draws : int
        Of the bootstrap.
    """

    prefix: str
    origin: str
    judged: bool
    opened: bool
    draws: int = DRAWS_OF_RANKS

    @property
    def method(self) -> str:
        """How a rank correlation gets its interval."""
        return f"Spearman; percentile bootstrap over tasks, {self.draws:,} draws"

    def aim(self, low: float | None = None, high: float | None = None) -> Aim | None:
        """Give an aim, if this reading is judged."""
        return Aim(low, high, SOURCE) if self.judged else None


def figure_of(code: str, says: str, found: Found, unit: str, method: str, reading: Reading, **more: Any) -> Figure:
    """Make a figure of a statistic; draws without a value are named in its method."""
    if found.left_out:
        method += f"; {found.left_out} draws without a value left out"
    return Figure(
        code=code,
        says=says,
        value=found.value,
        interval=found.interval if found.value is not None else None,
        n=found.n,
        unit=unit,
        method=method,
        origin=f"labelled tasks, {reading.origin}",
        first_reading=not reading.opened,
        undefined_because=found.undefined_because,
        **more,
    )


def trained_figures(tasks: Sequence[Measured], reading: Reading) -> tuple[Figure, ...]:
    """Give everything that the protocol asks about models that are trained here."""
    predicted, truth = predictions(tasks), true_errors(tasks)
    by_predictor = {name: spearman(values, truth, reading.draws) for name, values in predicted.items()}
    ranks = tuple(
        figure_of(
            f"{reading.prefix}_spearman_{name}",
            f"Order of tasks by {PREDICTORS[name]} against the mean error of three models trained on all labels",
            found,
            "tasks",
            reading.method,
            reading,
            aim=reading.aim(low=0.9) if name == "extrapolated" else None,
        )
        for name, found in by_predictor.items()
    )
    lead = _over_baselines(tasks, predicted["extrapolated"], truth, by_predictor["extrapolated"], reading)
    return (*ranks, lead, _partial_figure(tasks, predicted["extrapolated"], truth, reading), *_coverage(tasks, reading))


def true_errors(tasks: Sequence[Measured]) -> Floats:
    """Give the mean error of the three models, shape (tasks,)."""
    return np.array([np.nan if task.truth is None else task.truth.mean for task in tasks])


def baseline_values(tasks: Sequence[Measured]) -> dict[str, Floats]:
    """Give the simple numbers by name, shape (tasks,)."""
    return {name: np.array([task.baselines[name] for task in tasks]) for name in BASELINES}


def _over_baselines(tasks: Sequence[Measured], predicted: Floats, truth: Floats, found: Found, reading: Reading) -> Figure:
    """Give the lower end of the interval minus the largest |Spearman| of a baseline."""
    given = ~np.isnan(predicted)
    others = {name: spearman(values[given], truth[given], draws=1).value for name, values in baseline_values(tasks).items()}
    known = {name: abs(value) for name, value in others.items() if value is not None}
    if found.interval is None or not known:
        reason = found.undefined_because or "no interval, or no baseline that differs between tasks"
        lead, best = Found(None, None, found.n, undefined_because=reason), "none"
    else:
        best = max(known, key=lambda name: known[name])
        lead = Found(found.interval[0] - known[best], None, found.n)
    return figure_of(
        f"{reading.prefix}_lower_end_over_baselines",
        "Lower end of the interval of that order (extrapolated error) minus the largest |Spearman| of a simple number",
        lead,
        "tasks",
        f"best simple number: {BASELINES.get(best, best)}; no interval, since the value is made of the end of one",
        reading,
        aim=reading.aim(low=0.0),
    )


def _partial_figure(tasks: Sequence[Measured], predicted: Floats, truth: Floats, reading: Reading) -> Figure:
    given = ~np.isnan(predicted)
    if given.sum() > ALL_BASELINES:
        found = partial_rank_correlation(predicted[given], truth[given], np.column_stack(list(baseline_values(tasks).values()))[given], reading.draws)
    else:
        found = Found(None, None, int(given.sum()), undefined_because="8 tasks or fewer: given each simple number by itself, in the table")
    return figure_of(
        f"{reading.prefix}_partial_spearman",
        "What the extrapolated error says of the order beyond all five simple numbers",
        found,
        "tasks",
        f"partial; {reading.method}",
        reading,
    )


def _coverage(tasks: Sequence[Measured], reading: Reading) -> tuple[Figure, ...]:
    """Give the share of task-draws whose interval holds the error of the three models, of each of them, and at the level that audits state."""
    method = "Clopper-Pearson; draws of one task are not independent, so the interval is too narrow"
    held = {"mean": (_holding(tasks, "mean"), "the mean error of the three models", reading.aim(low=0.85, high=0.95))}
    held |= {name: (_holding(tasks, name), f"the error of the {text}", None) for name, text in MODELS.items()}
    figures = [
        figure_of(
            f"{reading.prefix}_coverage_{name}",
            f"90 % intervals of the extrapolated error that hold {text}",
            _share(each),
            "task-draws",
            method,
            reading,
            aim=aim,
        )
        for name, (each, text, aim) in held.items()
    ]
    stated = figure_of(
        f"{reading.prefix}_coverage_as_stated",
        "Intervals as an audit states them (95 %) that hold the mean error of the three models",
        _share(_holding(tasks, "mean", at_ninety=False)),
        "task-draws",
        method,
        reading,
    )
    return (*figures, stated)


def _holding(tasks: Sequence[Measured], model: str, at_ninety: bool = True) -> list[bool]:
    each = []
    for task in tasks:
        for one in task.screened:
            interval = one.at_ninety if at_ninety else one.interval
            if interval is not None and task.truth is not None:
                each.append(bool(interval[0] <= getattr(task.truth, model) <= interval[1]))
    return each


def _share(held: Sequence[bool]) -> Found:
    if not held:
        return Found(None, None, 0, undefined_because="no audit gave an interval")
    return Found(sum(held) / len(held), clopper_pearson(sum(held), len(held)), len(held))


def trained_tables(tasks: Sequence[Measured], reading: Reading) -> tuple[Table, ...]:
    """Give the tables: each task, each predictor against each model, each simple number."""
    return (_by_task(tasks, reading), _by_model(tasks, reading), _by_baseline(tasks, reading))


def _by_task(tasks: Sequence[Measured], reading: Reading) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for task in tasks:
        assert task.truth is not None
        held = _holding([task], "mean")
        says = (task.mean(field) for field in ("error", "ambiguity", "suitability"))
        models = (task.truth.mean, *(getattr(task.truth, name) for name in MODELS))
        counted = f"{sum(held)} of {len(held)}" if held else "refused"
        rows.append((task.name, task.rows, task.classes, *map(rounded, says), counted, *map(rounded, models)))
    columns = ("task", "rows", "classes", "extrapolated error", "cross-fitted error", "suitability", "90 % intervals hold", "error, mean", *MODELS)
    return Table(f"{reading.prefix}_by_task", f"Each task, means over draws ({reading.origin})", columns, tuple(rows))


def _by_model(tasks: Sequence[Measured], reading: Reading) -> Table:
    predicted, rows = predictions(tasks), []
    for name, text in PREDICTORS.items():
        for model, kind in (("mean", "mean of the three"), *MODELS.items()):
            truth = np.array([np.nan if task.truth is None else getattr(task.truth, model) for task in tasks])
            found = spearman(predicted[name], truth, reading.draws)
            rows.append((text, kind, *told(found), found.n))
    columns = ("corpuskit", "model", "Spearman", "interval", "tasks")
    return Table(f"{reading.prefix}_by_model", f"Order of tasks, each model by itself ({reading.origin})", columns, tuple(rows))


def _by_baseline(tasks: Sequence[Measured], reading: Reading) -> Table:
    """Hold each predictor against each simple number, on the tasks that have the predictor; against all five where there are tasks enough."""
    truth, simple, rows = true_errors(tasks), baseline_values(tasks), []
    for name, predicted in predictions(tasks).items():
        given = ~np.isnan(predicted)
        for number, values in simple.items():
            own = spearman(values[given], truth[given], reading.draws)
            lead = spearman_difference(predicted, values, truth, reading.draws)
            left = partial_rank_correlation(predicted[given], truth[given], values[given, None], reading.draws)
            rows.append((PREDICTORS[name], BASELINES[number], *told(own), *told(lead), *told(left), int(given.sum())))
        if given.sum() > ALL_BASELINES:
            left = partial_rank_correlation(predicted[given], truth[given], np.column_stack(list(simple.values()))[given], reading.draws)
            rows.append((PREDICTORS[name], "all five", None, "none", None, "none", *told(left), int(given.sum())))
    columns = (
        "corpuskit",
        "simple number",
        "its Spearman",
        "interval",
        "corpuskit's minus its size",
        "interval",
        "corpuskit's, given it",
        "interval",
        "tasks",
    )
    return Table(f"{reading.prefix}_by_baseline", f"Simple numbers against the mean of the three models ({reading.origin})", columns, tuple(rows))


def rounded(value: float) -> float | None:
    """Round to three digits; None for nan."""
    return None if np.isnan(value) else round(float(value), 3)


def told(found: Found) -> tuple[Cell, Cell]:
    """Give value and interval for a table; the reason stands in the place of the interval where there is no value."""
    if found.value is None:
        return None, found.undefined_because
    return round(found.value, 3), "none" if found.interval is None else f"{found.interval[0]:.3f} to {found.interval[1]:.3f}"
