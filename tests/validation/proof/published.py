"""Truth (b) of section 2: published accuracies of real models, by kind of model and source.

Figures of different sources differ in prompt, examples and test rows, so that they are compared within one source and metric only; of those, here,
accuracy. Rows whose note says that answers could not be parsed are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.validation.proof.statistics import Found, agreement

METRIC, UNUSABLE = "accuracy", "do not use"
KINDS = {
    "generative_llm": "language models that answered the task",
    "llm_embedding_probe": "probes on embeddings of language models",
    "encoder_embedding_probe": "probes on embeddings of smaller encoders",
}


class Figures(NamedTuple):
    """Accuracies of one kind of model in one source, of the models that answered all tasks.

    Attributes
    ----------
    kind, source : str
    tasks : tuple of str
        Names as in :class:`~tests.validation.proof.data_sets.Task`.
    models : tuple of str
    errors : array, shape (models, tasks)
        1 - accuracy.
    """

    kind: str
    source: str
    tasks: tuple[str, ...]
    models: tuple[str, ...]
    errors: NDArray[np.float64]

    def mean(self) -> NDArray[np.float64]:
        """Give the mean error over the models, shape (tasks,)."""
        return np.asarray(self.errors.mean(axis=0))

    def ceiling(self) -> Found:
        """Give the mean rank correlation of one model with the mean of the others: what a predictor could reach that knew the other models."""
        return agreement(self.errors)


def read_accuracies(file: Path) -> list[dict[str, str]]:
    """Read the rows that may be used: accuracies whose answers could be parsed."""
    with file.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["metric"] == METRIC and UNUSABLE not in (row["note"] or "")]


def source_of(row: dict[str, str]) -> str:
    """Give the site or repository of a row without the page in it.

    >>> source_of({"source": "github.com/owner/results @ f4cc results/model/ Task"}), source_of({"source": "computed from site.ai page: x"})
    ('github.com/owner/results', 'site.ai')
    """
    return next((word for word in row["source"].split() if "." in word), row["source"])


def figures_of(rows: Iterable[dict[str, str]], tasks: Sequence[str]) -> tuple[Figures, ...]:
    """Arrange published figures: for each kind and source the tasks that it has, and the models that answered all of them.

    Parameters
    ----------
    rows : iterable of dict
        From :func:`read_accuracies`.
    tasks : sequence of str
        Names of the tasks that are asked about; of a model that is given twice for a task the mean counts.

    Returns
    -------
    tuple of Figures
        By kind in the order of :data:`KINDS`, then by source; none for a source of which no model answered all of its tasks.
    """
    given: dict[tuple[str, str], dict[str, dict[str, list[float]]]] = {}
    for row in rows:
        name = row["task"] or row["dataset"]
        if row["model_kind"] in KINDS and name in tasks:
            by_model = given.setdefault((row["model_kind"], source_of(row)), {})
            by_model.setdefault(row["model"], {}).setdefault(name, []).append(1 - float(row["value"]))
    order = list(KINDS)
    return tuple(
        found
        for kind, source in sorted(given, key=lambda key: (order.index(key[0]), key[1]))
        if (found := _arranged(kind, source, given[kind, source], tasks)) is not None
    )


def _arranged(kind: str, source: str, by_model: dict[str, dict[str, list[float]]], tasks: Sequence[str]) -> Figures | None:
    held = tuple(name for name in tasks if any(name in of_model for of_model in by_model.values()))
    models = tuple(sorted(model for model, of_model in by_model.items() if len(of_model) == len(held)))
    if not models:
        return None
    errors = np.array([[np.mean(by_model[model][name]) for name in held] for model in models])
    return Figures(kind, source, held, models, errors)
