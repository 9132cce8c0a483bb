"""Section 2, published models: figures and the table of one reading of the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tests.validation.proof.baselines import BASELINES
from tests.validation.proof.measured_tasks import PREDICTORS, Measured, predictions
from tests.validation.proof.published import KINDS, Figures
from tests.validation.proof.results import Cell, Figure, Table
from tests.validation.proof.statistics import FEWEST, Found, spearman, spearman_difference
from tests.validation.proof.task_figures import Reading, baseline_values, figure_of, told

Floats = NDArray[np.float64]
PROBES = "llm_embedding_probe"


def published_figures(tasks: Sequence[Measured], published: Sequence[Figures], reading: Reading) -> tuple[Figure, ...]:
    """Give for each kind of model the order by extrapolated error and the ceiling, in the source that has most tasks."""
    return tuple(figure for kind in KINDS for figure in _of_kind(kind, tasks, published, reading))


def _of_kind(kind: str, tasks: Sequence[Measured], published: Sequence[Figures], reading: Reading) -> tuple[Figure, Figure]:
    widest = max((one for one in published if one.kind == kind), key=lambda one: len(one.tasks), default=None)
    if widest is None:
        order = ceiling = Found(None, None, 0, undefined_because="no published figures of this kind for these tasks")
        where = "no source"
    else:
        order, ceiling = _order(predictions(tasks)["extrapolated"], tasks, widest), widest.ceiling()
        where = f"{widest.source}, {len(widest.models)} models that answered all {len(widest.tasks)} tasks"
    return (
        figure_of(
            f"{reading.prefix}_published_{kind}",
            f"Order of tasks by extrapolated error against the mean error of {KINDS[kind]}",
            order,
            "tasks",
            f"{reading.method}; {where}",
            reading,
        ),
        figure_of(
            f"{reading.prefix}_ceiling_{kind}",
            f"Ceiling: order of one of the {KINDS[kind]} against the mean of the others",
            ceiling,
            "tasks",
            f"mean; {reading.method}; {where}",
            reading,
        ),
    )


def published_table(tasks: Sequence[Measured], published: Sequence[Figures], reading: Reading) -> Table:
    """Give the Spearman of each number, by kind and source with five tasks or more, and how much more the extrapolated error says than it."""
    predicted = predictions(tasks)
    numbers = {PREDICTORS[name]: values for name, values in predicted.items()}
    numbers |= {BASELINES[name]: values for name, values in baseline_values(tasks).items()}
    rows: list[tuple[Cell, ...]] = []
    for one in published:
        if len(one.tasks) < FEWEST:
            continue
        head = (KINDS[one.kind], one.source, len(one.models))
        for name, values in numbers.items():
            found = _order(values, tasks, one)
            place = _places(tasks, one)
            lead = spearman_difference(predicted["extrapolated"][place], values[place], one.mean())
            rows.append((*head, name, *told(found), *(told(lead) if name in BASELINES.values() else (None, "none")), found.n))
        rows.append((*head, "ceiling: one model against the others", *told(one.ceiling()), None, "none", len(one.tasks)))
    columns = ("kind", "source", "models", "number", "Spearman", "interval", "extrapolated error minus its size", "interval", "tasks")
    return Table(f"{reading.prefix}_published", f"Order of tasks against published errors ({reading.origin})", columns, tuple(rows))


def _order(values: Floats, tasks: Sequence[Measured], published: Figures) -> Found:
    return spearman(values[_places(tasks, published)], published.mean())


def _places(tasks: Sequence[Measured], published: Figures) -> list[int]:
    place = {task.name: number for number, task in enumerate(tasks)}
    return [place[name] for name in published.tasks]


def probes_table(tasks: Sequence[Measured], published: Sequence[Figures], known: Mapping[str, float], reading: Reading) -> Table:
    """Set the extrapolated error beside the error that the index of the data gives, against probes on embeddings, on groups of the tasks.

    Parameters
    ----------
    tasks : sequence of Measured
    published : sequence of Figures
    known : mapping from str to float
        Error of a linear classifier on all labels, by name of the task: what a screening could reach at best that foresees such a classifier.
    reading : Reading
    """
    rows: list[tuple[Cell, ...]] = []
    for one in (figures for figures in published if figures.kind == PROBES):
        legal = frozenset(name for name in one.tasks if name.startswith("cuad"))
        groups = {
            "all tasks": frozenset(one.tasks),
            "without unfair_tos": frozenset(one.tasks) - {"unfair_tos"},
            "cuad alone": legal,
            "without cuad": frozenset(one.tasks) - legal,
        }
        for group, names in groups.items():
            place = [number for number, name in enumerate(one.tasks) if name in names]
            predicted = predictions(tasks)["extrapolated"][_places(tasks, one)]
            of_index = np.array([known.get(name, np.nan) for name in one.tasks])
            for told_by, values in (("extrapolated error", predicted), ("error of a linear classifier on all labels", of_index)):
                found = spearman(values[place], one.mean()[place], reading.draws)
                rows.append((one.source, group, told_by, *told(found), found.n))
    title = f"Order of tasks against {KINDS[PROBES]}, by group of tasks ({reading.origin})"
    return Table(f"{reading.prefix}_probes", title, ("source", "group", "number", "Spearman", "interval", "tasks"), tuple(rows))
