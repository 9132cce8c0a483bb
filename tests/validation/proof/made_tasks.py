"""Labelled tasks that are made, so that the error of the best classifier is known: for runs without the labelled data."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tests.validation.proof.data_sets import Task, TaskRow

OWN = {
    "delivery": ("parcel", "courier", "shipment", "arrives", "carrier"),
    "invoice": ("invoice", "payment", "amount", "billed", "tax"),
    "password": ("password", "login", "locked", "account", "reset"),
}
SHARED = (
    *("please", "today", "about", "again", "asked", "before", "could", "office", "morning", "question", "since", "still", "thank", "there"),
    *("week", "would", "yesterday", "need", "help", "time", "know", "because", "customer", "evening", "number", "order", "place", "reply"),
)


class Made(NamedTuple):
    """A made task and the error that no classifier can go below.

    Attributes
    ----------
    exchanged : float
        Share of rows whose label is exchanged for one of the two others.
    silent : float
        Share of rows without any word of their kind: all three labels are as likely.
    """

    task: Task
    exchanged: float
    silent: float

    @property
    def error(self) -> float:
        """Error of the best classifier: ``(1 - silent) exchanged + silent (K - 1) / K``, for exchanged below (K - 1) / K."""
        return (1 - self.silent) * self.exchanged + self.silent * (len(OWN) - 1) / len(OWN)


KINDS = ((0.0, 0.0), (0.05, 0.0), (0.1, 0.0), (0.0, 0.22), (0.2, 0.0), (0.06, 0.32), (0.3, 0.0), (0.4, 0.0))
"""Shares exchanged and silent of the eight tasks, by growing error: noise of the labels, and messages that do not say enough."""


def made_tasks(rows: int = 240) -> tuple[Made, ...]:
    """Make eight tasks of three kinds of requests, the best classifier's error growing from 0 to .4."""
    return tuple(_made(rows, exchanged, silent, number) for number, (exchanged, silent) in enumerate(KINDS))


def _made(rows: int, exchanged: float, silent: float, number: int) -> Made:
    random, names, made = np.random.default_rng(number), sorted(OWN), []
    for row in range(rows):
        kind = int(random.integers(len(names)))
        own = [] if random.random() < silent else random.choice(OWN[names[kind]], 2, replace=False).tolist()
        words = [*own, *random.choice(SHARED, 6 - len(own)).tolist()]
        step = int(random.integers(1, len(names))) if random.random() < exchanged else 0
        label = names[(kind + step) % len(names)]
        made.append(TaskRow(f"{number}-{row}", " ".join(random.permutation(words).tolist()), label, {}))
    return Made(Task(f"made{number}", "", "en", tuple(made)), exchanged, silent)
