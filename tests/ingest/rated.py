"""Writes tables of labelled messages, wide (a column for each person) and long (a line for each label)."""

import random

from corpuskit.ingest.messages import Table

TEXTS = [
    f"The {thing} has been leaking since {day} morning, {who} says."
    for thing in ("pump", "valve", "seal", "pipe", "hose")
    for day in ("Monday", "Tuesday", "Friday")
    for who in ("Ito", "Abe")
]
"""Thirty messages."""


def said(items=30, people=2, labels="xyz", seed=0, error=0.3):
    """Labels that people gave to items: ``said[item][person]``."""
    draw = random.Random(seed)
    return [[labels[n % len(labels)] if draw.random() > error else draw.choice(labels) for _ in range(people)] for n in range(items)]


def lines(given, names=None, shuffled=None):
    """Lines of (item, text, person, label) of what people said; None: said nothing."""
    names = names or [f"rater {number}" for number in range(1, 1 + max(map(len, given)))]
    found = [(str(n), TEXTS[n], name, label) for n, row in enumerate(given) for name, label in zip(names, row, strict=True) if label is not None]
    if shuffled is not None:
        random.Random(shuffled).shuffle(found)
    return found


def long(rows, columns=("id", "text", "rater", "label")):
    return Table(tuple(columns), [[str(cell) for cell in row] for row in rows], range(2, len(rows) + 2))
