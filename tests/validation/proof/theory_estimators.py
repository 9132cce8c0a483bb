"""What corpuskit says of messages whose best decoder is known: how often its intervals hold the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from corpuskit.counts import LabelledMessages
from corpuskit.estimators import EstimatorOptions, Inputs, clopper_pearson
from corpuskit.estimators.information.association_index import estimate_association_index
from corpuskit.estimators.inputs import LabelledSample, sample_labelled
from corpuskit.estimators.labels.attainable_error import estimate_attainable_error
from corpuskit.estimators.labels.double_coding import estimate_double_coding
from corpuskit.estimators.labels.label_ambiguity import estimate_label_ambiguity
from corpuskit.synthetic import FeatureTable, RingMessages, ring_matrices
from tests.estimators.tables import Tables, table
from tests.validation.proof.prompts import ALPHABET, INTENTIONS, LETTERS, messages_of

Integers = NDArray[np.int64]

ERRORS = {0.0: 0.0, 0.02: 0.0893, 0.04: 0.1963}
"""Error of the best decoder for each amount of noise: from 100,000 messages, to .0003 (theory 5.1); the protocol gives the same to three digits."""

ROWS, STEPS = 5_000, 20

NAMES = {
    "bracket": "double-coding bracket",
    "cross_fitted": "cross-fitted error",
    "extrapolated": "extrapolated error",
    "u_of_letters": "U, letters as words",
    "u_of_messages": "U, messages as words",
}

STATED = 0.9
"""Level of all intervals but that of the bracket, because the protocol's aim is set for intervals stated at 90 %; the default of an audit is 95 %."""


class Held(NamedTuple):
    """What one estimator said of one draw.

    Attributes
    ----------
    estimator : str
        A key of :data:`NAMES`.
    ambiguity, labels : float, int
        Noise of the language, and labelled messages.
    value, interval : float, (float, float), or None
        None where it refused.
    truth : float
        Error of the best decoder; for U the exact one.
    measured : float or None
        For the extrapolated error: error of the same classifier on messages it did not learn from, with nine tenths of the labels.
    """

    estimator: str
    ambiguity: float
    labels: int
    value: float | None
    interval: tuple[float, float] | None
    truth: float
    measured: float | None = None

    @property
    def held(self) -> bool:
        return self.interval is not None and self.interval[0] <= self.truth <= self.interval[1]


def all_draws(ambiguities: Sequence[float], sizes: Sequence[int], draws: int, rows: int, seed: int, workers: int = 2) -> list[Held]:
    """Ask every estimator about every draw; every draw of every size has messages of its own."""
    cells = [(ambiguity, size) for ambiguity in ambiguities for size in sizes]
    made = [(*cell, seed + 100 * place + draw) for place, cell in enumerate(cells) for draw in range(draws)]
    found = Parallel(n_jobs=workers)(delayed(one_draw)(ambiguity, size, rows, own) for ambiguity, size, own in made)
    return [entry for of_draw in found for entry in of_draw]


def one_draw(ambiguity: float, size: int, rows: int, seed: int) -> list[Held]:
    """Draw messages, give labels to the first ones, and ask every estimator.

    The label is the intention; the second person's label is drawn from the exact posterior, and as the intention is distributed by it too, they are
    two independent coders. The other messages of the table have no label: it is to all of them that the error is extrapolated.
    """
    messages = messages_of(rows, ambiguity, seed)
    random = np.random.default_rng([seed, 7])
    second = (messages.posterior.cumsum(axis=1) < random.random((rows, 1))).sum(axis=1).clip(max=INTENTIONS - 1)
    return _asked(messages, second, ambiguity, size)


def _asked(messages: RingMessages, second: Integers, ambiguity: float, size: int) -> list[Held]:
    texts, options = messages.texts(), EstimatorOptions(level=STATED)
    labels, others = ([f"intention {code}" for code in codes[:size]] for codes in (messages.intentions, second))
    whole = inputs_at(as_audited(texts[:size], labels, others, texts[size:]), STATED)
    spaced = inputs_at(as_audited([" ".join(text) for text in texts[:size]], labels), STATED)
    error, curve = ERRORS[ambiguity], estimate_attainable_error(whole, options)
    asked = (
        ("bracket", estimate_double_coding(whole, EstimatorOptions()).estimates[0], error),
        ("cross_fitted", estimate_label_ambiguity(whole, options).estimates[0], error),
        ("extrapolated", curve.estimates[0], error),
        ("u_of_messages", estimate_association_index(whole, options).estimates[0], determination_of_messages(messages)),
        ("u_of_letters", estimate_association_index(spaced, options).estimates[0], determination_of_letters(ambiguity)),
    )
    measured = tuple((float(known), float(wrong)) for known, wrong in curve.series[0].rows[:-1])
    return [
        Held(name, ambiguity, size, found.value, found.interval, truth, measured[-1][1] if name == "extrapolated" else None)
        for name, found, truth in asked
    ]


def as_audited(texts: Sequence[str], labels: Sequence[str], second: Sequence[str] | None = None, others: Sequence[str] = ()) -> LabelledMessages:
    """Make the labelled messages of a table; equal ones are numbered by the hash of their text as in an audit, so that folds are dealt alike."""
    numbers = np.unique(np.array([xxh3_64_intdigest(text.encode()) for text in texts], dtype=np.uint64), return_inverse=True)[1]
    return replace(table(texts, labels, second, unlabelled=others), fold_groups=numbers)


class _Inputs(Tables):
    """Inputs of given tables and no running text; like those of an audit, they draw the samples once."""

    @cached_property
    def samples(self) -> tuple[LabelledSample, ...]:
        return tuple(sample_labelled(messages, self.options) for messages in self.labelled)

    @property
    def languages(self) -> tuple[str, ...]:
        return ()


def inputs_at(messages: LabelledMessages, level: float) -> Inputs:
    """Give the inputs of estimators at a confidence level, for one table and nothing else."""
    return _Inputs(None, EstimatorOptions(level=level), (messages,))  # type: ignore[arg-type]


def determination_of_letters(ambiguity: float) -> float:
    """Give U of a letter, drawn from anywhere in a message, and the intention: exact, from the chains."""
    chains = ring_matrices(ambiguity)
    reached = np.full((INTENTIONS, ALPHABET), 1 / ALPHABET)
    if ambiguity == 0:
        reached = np.kron(np.eye(INTENTIONS), np.full(LETTERS, 1 / LETTERS))
    total = reached.copy()
    for _ in range(STEPS):
        reached = np.einsum("ia,iab->ib", reached, chains)
        total += reached
    return min(FeatureTable(total.T / total.sum()).determination, 1.0)


def determination_of_messages(messages: RingMessages) -> float:
    """Give U of a whole message and the intention, from the exact posteriors of these messages (theory 5.1: .858 and .690)."""
    return 1 - messages.conditional_entropy / float(np.log2(INTENTIONS))


def share_held(entries: Sequence[Held]) -> tuple[float, tuple[float, float], int] | None:
    """Give the share of intervals that hold the truth, its exact 95 % interval, and how many there are; None where all were refused."""
    given = [entry for entry in entries if entry.interval is not None]
    if not given:
        return None
    held = sum(entry.held for entry in given)
    return held / len(given), clopper_pearson(held, len(given)), len(given)
