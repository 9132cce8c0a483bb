"""Truth and answers of a pilot, put together case by case: whatever does not fit is told with its line, and nothing is dropped."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from corpuskit.errors import InputError
from corpuskit.estimators import Outcomes
from corpuskit.pilot.sheet import Sheet

TRUE, FALSE = {"true", "1", "yes", "y"}, {"", "false", "0", "no", "n"}
UNNAMED = "system"
"""Name of the answering system where the answers name none."""


@dataclass(frozen=True)
class Answer:
    """One answer: the label given, how sure, whether it was withheld, and the line it stands in."""

    label: str
    confidence: float | None
    abstained: bool
    line: int


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases with truth, in the order of the sheet of truth.

    Attributes
    ----------
    ids, truth : list of str
    second : list of str
        Label of the second person; empty where there is none.
    clusters : list of str or None
        Document of each case; None where each case is its own.
    weights : list of float or None
        How many cases of the work each stands for.
    slices : dict of str to list of str
        Parts of the cases by division.
    answers : dict of str to dict of str to tuple of Answer
        For each system, for each case its answers, one for each repeat.
    """

    ids: list[str]
    truth: list[str]
    second: list[str]
    clusters: list[str] | None
    weights: list[float] | None
    slices: dict[str, list[str]]
    answers: dict[str, dict[str, tuple[Answer, ...]]]

    def outcomes(self, system: str) -> Outcomes:
        """Judge the first answer of a system to each case; one that was withheld is wrong."""
        given = [self.answers[system][case][0] for case in self.ids]
        sure = [answer.confidence for answer in given]
        known = [value for value in sure if value is not None]
        return Outcomes(
            wrong=[answer.abstained or answer.label != truth for answer, truth in zip(given, self.truth, strict=True)],
            weights=self.weights,
            clusters=self.clusters,
            # a withheld answer is the least sure of all, whatever was written beside it
            confidence=[min(known) - 1 if a.abstained else v for a, v in zip(given, known, strict=True)] if len(known) == len(sure) else None,
            slices=self.slices,
        )

    def unknown_labels(self, system: str) -> dict[str, int]:
        """Count labels that the system gave and no person ever did."""
        people, counts = {*self.truth, *self.second}, dict[str, int]()
        for case in self.ids:
            answer = self.answers[system][case][0]
            if not answer.abstained and answer.label not in people:
                counts[answer.label] = counts.get(answer.label, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def put_together(truth: Sheet, answers: Sheet) -> Cases:
    """Join truth and answers by ``id``.

    Columns of the truth: ``id``, ``truth``, and where they are there ``truth2`` (blind second person), ``doc_id``, ``weight``, ``slice.<name>``.
    Columns of the answers: ``id``, ``prediction``, and where they are there ``confidence``, ``abstained``, ``model``, ``repeat``. Both may be one
    sheet. Labels are compared in NFKC, without space around them.

    Raises
    ------
    InputError
        A case twice, without truth or without an answer, an answer to no case, or a cell that is no number where one must be; with lines.
    """
    ids = _once(truth)
    labels = [_label(cell) for cell in truth.columns["truth"]]
    _refuse_empty(truth, labels)
    return Cases(
        ids=ids,
        truth=labels,
        second=[_label(cell) for cell in truth.columns.get("truth2", [""] * truth.height)],
        clusters=_clusters(truth, ids),
        weights=_weights(truth),
        slices={name.removeprefix("slice."): cells for name, cells in truth.columns.items() if name.startswith("slice.") and any(cells)},
        answers=_answers(answers, ids),
    )


def _once(sheet: Sheet) -> list[str]:
    seen: dict[str, int] = {}
    problems = []
    for row, case in enumerate(sheet.columns["id"]):
        if not case:
            problems.append((row, "no id"))
        elif case in seen:
            problems.append((row, f"id {case!r} stands in line {sheet.lines[seen[case]]} too"))
        else:
            seen[case] = row
    if problems:
        raise sheet.wrong(problems, "every case needs an id of its own", "Give each case its id once; a second label goes into the column truth2.")
    return list(seen)


def _refuse_empty(sheet: Sheet, labels: list[str]) -> None:
    empty = [(row, f"case {sheet.columns['id'][row]!r}") for row, label in enumerate(labels) if not label]
    if empty:
        raise sheet.wrong(
            empty, "cases without truth", "Label them, or take them out and say so: hard cases left open make the error look smaller than it is."
        )


def _clusters(sheet: Sheet, ids: list[str]) -> list[str] | None:
    documents = sheet.column("doc_id")
    if documents is None:
        return None
    filled = [document or f"case {case}" for document, case in zip(documents, ids, strict=True)]
    return filled if len(set(filled)) < len(filled) else None


def _weights(sheet: Sheet) -> list[float] | None:
    cells = sheet.column("weight")
    if cells is None:
        return None
    numbers = [_number(cell) for cell in cells]
    wrong = [(row, f"weight {cells[row]!r}") for row, number in enumerate(numbers) if number is None or number <= 0]
    if wrong:
        raise sheet.wrong(wrong, "weights that are no number above 0", "Give each case the weight that `pilot sample` wrote, or none to any.")
    found = [number for number in numbers if number is not None]
    return found if len(set(found)) > 1 else None


def _answers(sheet: Sheet, ids: list[str]) -> dict[str, dict[str, tuple[Answer, ...]]]:
    empty, cases = [""] * sheet.height, set(ids)
    columns = {name: sheet.columns.get(name, empty) for name in ("id", "prediction", "confidence", "abstained", "model", "model_version", "repeat")}
    given: dict[str, dict[str, dict[str, Answer]]] = {}
    strange, twice, bad = [], [], []
    for row in range(sheet.height):
        cell = {name: cells[row] for name, cells in columns.items()}
        system = " ".join(filter(None, (cell["model"], cell["model_version"]))) or UNNAMED
        confidence, abstained = _number(cell["confidence"]), cell["abstained"].lower()
        if cell["id"] not in cases:
            strange.append((row, f"id {cell['id']!r}"))
        if (cell["confidence"] and confidence is None) or abstained not in TRUE | FALSE:
            bad.append((row, f"confidence {cell['confidence']!r}, abstained {cell['abstained']!r}"))
        answer = Answer(_label(cell["prediction"]), confidence, abstained in TRUE or not cell["prediction"], sheet.lines[row])
        repeats = given.setdefault(system, {}).setdefault(cell["id"], {})
        if cell["repeat"] in repeats:
            twice.append((row, f"id {cell['id']!r} stands in line {repeats[cell['repeat']].line} too"))
        repeats[cell["repeat"]] = answer
    if strange:
        raise sheet.wrong(strange, "answers to cases that have no truth", "Check the ids, or add the cases to the sheet of truth.")
    if bad:
        raise sheet.wrong(bad, "cells that cannot be understood", "confidence is a number or empty; abstained is true or false.")
    if twice:
        raise sheet.wrong(twice, "answers that stand there twice", "Number repeats in the column repeat; name systems in the column model.")
    for system, by_case in given.items():
        missing = [case for case in ids if case not in by_case]
        if missing:
            raise InputError(
                f"{sheet.path}: {system} answered {len(by_case):,} of {len(ids):,} cases; missing: {', '.join(missing[:10])}"
                + (" ..." if len(missing) > 10 else "")
                + ". Give an answer for each, with abstained = true where it was withheld."
            )
    return {system: {case: tuple(repeats.values()) for case, repeats in by_case.items()} for system, by_case in sorted(given.items())}


def _label(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
