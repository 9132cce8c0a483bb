"""Section 2, measured: for each task what audits of 200 labels say, what models trained on all labels do, and the simple numbers."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.cli.processor import sort_well
from tests.validation.proof import kept_work
from tests.validation.proof.baselines import baselines_of
from tests.validation.proof.data_sets import Task
from tests.validation.proof.screening import LABELLED, SEEDS, Screened, drawn_table, screen
from tests.validation.proof.trained_models import Errors, trained_errors

Floats = NDArray[np.float64]
Job = tuple[Callable[..., Any], tuple[Any, ...]]
WORKERS = 2


class Measured(NamedTuple):
    """What was measured of one task.

    Attributes
    ----------
    name, language : str
    rows, classes : int
    screened : tuple of Screened
        One for each draw.
    truth : Errors or None
        None for tasks that are held against published figures only.
    baselines : dict
        From :func:`~tests.validation.proof.baselines.baselines_of`.
    """

    name: str
    language: str
    rows: int
    classes: int
    screened: tuple[Screened, ...]
    truth: Errors | None
    baselines: dict[str, float]

    def mean(self, field: str) -> float:
        """Give the mean of a field of :class:`Screened` over the draws that have it; nan where none has."""
        values = [value for one in self.screened if (value := getattr(one, field)) is not None]
        return float(np.mean(values)) if values else float("nan")


PREDICTORS = {
    "extrapolated": "extrapolated error",
    "suitability": "suitability, turned round",
    "cross_fitted": "cross-fitted error at the labels at hand",
}
"""What corpuskit says of a task: the higher, the harder."""


def predictions(tasks: Sequence[Measured]) -> dict[str, Floats]:
    """Give the predictors by name, shape (tasks,); nan where an audit refuses one in all draws."""
    return {
        "extrapolated": np.array([task.mean("error") for task in tasks]),
        "suitability": np.array([1 - task.mean("suitability") for task in tasks]),
        "cross_fitted": np.array([task.mean("ambiguity") for task in tasks]),
    }


def measure(tasks: Sequence[Task], small: Sequence[Task] = (), seeds: Sequence[int] = SEEDS, processes: bool = True) -> tuple[Measured, ...]:
    """Measure tasks; the small ones with all their labels, once and without trained models.

    Parameters
    ----------
    tasks, small : sequence of Task
    seeds : sequence of int
        Of the draws of 200 labels.
    processes : bool
        Whether two processes share the work; changes no number.
    """
    work: list[Job] = []
    for task in tasks:
        texts, labels = _columns(task)
        work += [(trained_errors, (texts, labels, task.language)), (_baselines, (texts, labels, task.language, LABELLED))]
        work += [(screen, drawn_table(texts, labels, seed)) for seed in seeds]
    for task in small:
        texts, labels = _columns(task)
        work += [(_baselines, (texts, labels, task.language, len(texts))), (screen, drawn_table(texts, labels, 0, labelled=len(texts)))]
    results = iter(_done(work, processes))
    measured: list[Measured] = []
    for task in (*tasks, *small):
        truth = next(results) if len(measured) < len(tasks) else None
        numbers = next(results)
        screened = tuple(next(results) for _ in (seeds if truth is not None else (0,)))
        measured.append(Measured(task.name, task.language, len(task.rows), len({row.label for row in task.rows}), screened, truth, numbers))
    return tuple(measured)


def _columns(task: Task) -> tuple[list[str], list[str]]:
    return [row.text for row in task.rows], [row.label for row in task.rows]


def _baselines(texts: list[str], labels: list[str], language: str, labelled: int) -> dict[str, float]:
    """Compute the simple numbers, the rows in the order of the first draw: files may be ordered by class."""
    order = np.random.default_rng(SEEDS[0]).permutation(len(texts))
    return baselines_of([texts[place] for place in order], [labels[place] for place in order], language, labelled)


def _done(work: Sequence[Job], processes: bool) -> list[Any]:
    """Do all work, in its order; what an earlier run has kept is taken from there."""
    if not processes:
        return [kept_work.done(function, given) for function, given in work]
    sort_well()
    for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(library, "1")  # two processes on two cores; with threads of their own beside, each waits for the other's
    # processes that start afresh: forks of a process that runs threads may hang
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        return [future.result() for future in [pool.submit(kept_work.done, function, given) for function, given in work]]
