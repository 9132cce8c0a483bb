"""Questions with their classes and what several runs of models answered: banking77, and a stand-in on its development part.

The answers of language models are of the report part. While code is written, a classifier on words that learned from ten messages of each class
stands in for them (``tests/validation/clarity.py``), in several draws of these ten.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.validation.clarity import few_of_each, word_classifier, word_features
from tests.validation.proof.data_sets import Part, load_task, part_of
from tests.validation.proof.runs import Run

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

STAND_INS = 3
"""Draws of the stand-in; more show nothing that three do not."""


class Answered(NamedTuple):
    """Questions and answers.

    Attributes
    ----------
    texts : list of str
    labels : array of int, shape (n,)
        Index into ``names``.
    names : tuple of str
        Classes, sorted.
    counted : array of bool, shape (K,)
        Classes that figures are of; the others take part in the table, as in use.
    runs : tuple of Run
        Their rows are of counted classes that the run was offered.
    offered : array of bool, shape (runs, K)
        Classes that each run could choose from: the task that it was given.
    unanswered : int
        Questions that no run has an answer to.
    origin : str
    """

    texts: list[str]
    labels: Integers
    names: tuple[str, ...]
    counted: Bools
    runs: tuple[Run, ...]
    offered: Bools
    unanswered: int
    origin: str


def banking77(data: Path, part: Part) -> Answered:
    """Read the questions: on the report part all classes, with the runs of language models on those of odd md5; else the development classes."""
    task = load_task(data, "banking77", None if part == "report" else "development")
    names, codes = np.unique([row.label for row in task.rows], return_inverse=True)
    texts, labels = [row.text for row in task.rows], codes.astype(np.int64)
    counted = np.array([part_of("banking77", label=name) == part for name in names.tolist()])
    if part == "development":
        runs, origin = stand_ins(texts, labels), "banking77, even classes, a classifier on words standing in"
        return Answered(texts, labels, tuple(names.tolist()), counted, runs, np.ones((len(runs), len(names)), np.bool_), 0, origin)
    with gzip.open(data / "tasks" / "banking77" / "llm_predictions.jsonl.gz", "rt", encoding="utf-8") as stream:
        answers = [json.loads(line) for line in stream]
    runs, unanswered = matched([(row.id, row.label) for row in task.rows], answers, counted[labels])
    offered = np.array([offered_classes(answers, run.name, names.tolist()) for run in runs])
    return Answered(texts, labels, tuple(names.tolist()), counted, runs, offered, unanswered, "banking77, odd classes, seven runs of language models")


def matched(questions: list[tuple[str, str]], answers: list[dict[str, Any]], counted: Bools) -> tuple[tuple[Run, ...], int]:
    """Match answers to questions by id and label: some texts occur twice and share an id.

    Parameters
    ----------
    questions : list of (id, label)
    answers : list of dict
        Rows of ``llm_predictions.jsonl.gz``.
    counted : array of bool, shape (n,)
        Whether a question's class is counted.

    Returns
    -------
    runs : tuple of Run
        By name; each with the counted questions whose class it was offered.
    unanswered : int
        Questions without an answer under their id and label.
    """
    by_question = {(str(row["id"]), str(row["label"])): row for row in answers}
    found = [by_question.get(question) for question in questions]
    runs = []
    for name in sorted(answers[0]["predicted"]):
        offered = _flag_of(name)
        rows = [place for place, row in enumerate(found) if row is not None and counted[place] and row[offered]]
        given = [row for row in (found[place] for place in rows) if row is not None]
        right = np.array([row["predicted"][name] == questions[place][1] for place, row in zip(rows, given, strict=True)], np.bool_)
        runs.append(Run(name, np.array(rows, np.int64), right, np.array([_number(row["confidence"].get(name)) for row in given])))
    return tuple(runs), sum(row is None for row in found)


def offered_classes(answers: list[dict[str, Any]], run: str, names: Sequence[str]) -> Bools:
    """Tell which classes a run could choose from, shape (K,).

    Raises
    ------
    ValueError
        Questions of one class disagree about it.
    """
    told: dict[str, set[bool]] = {}
    for row in answers:
        told.setdefault(str(row["label"]), set()).add(bool(row[_flag_of(run)]))
    unclear = sorted(name for name, said in told.items() if len(said) > 1)
    if unclear:
        raise ValueError(f"{run}: whether these classes were offered differs from question to question: {', '.join(unclear)}")
    return np.array([told.get(name) == {True} for name in names])


def _flag_of(run: str) -> str:
    return "offered_few_shot" if "few" in run or "nearest" in run else "offered_zero_shot"


def _number(value: Any) -> float:
    return float(value) if value is not None else float("nan")


def stand_ins(texts: list[str], labels: Integers) -> tuple[Run, ...]:
    """Let the stand-in answer all messages that it did not learn from; its confidence is its lead over the second class."""
    words, classes, runs = word_features(texts), int(labels.max()) + 1, []
    for seed in range(STAND_INS):
        chosen = few_of_each(labels, classes, 100 + seed)  # other messages than those that clarity learns from
        scores = word_classifier(words, labels, chosen).decision_function(words)
        highest = np.partition(scores, -2, axis=1)
        rows = np.setdiff1d(np.arange(len(labels)), chosen).astype(np.int64)
        right = (scores.argmax(axis=1) == labels)[rows]
        runs.append(Run(f"words, ten a class, draw {seed + 1}", rows, right, (highest[:, -1] - highest[:, -2])[rows]))
    return tuple(runs)
