"""Truth and answers of a pilot, put together case by case: whatever does not fit is told with its line, and nothing is dropped."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpuskit.errors import InputError
from corpuskit.estimators import Outcomes
from corpuskit.pilot.sheet import Sheet

TRUE, FALSE = {"true", "1", "yes", "y"}, {"", "false", "0", "no", "n"}
UNNAMED = "system"
"""Name of the answering system where the answers name none."""

REMEMBERED = 65_536
"""Different labels that are normalised once only, because a table has few of them and many rows."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers of one system, in the order of the cases.

    Attributes
    ----------
    labels : list of str
        First answer to each case.
    confidence : list of float or None
        How sure it was; None where it does not say.
    abstained : list of bool
        Whether the answer was withheld.
    scores : list of float or None
        Graded score between 0 and 1, where answers are graded instead of right or wrong.
    repeats : dict of int to list of str
        Place of each case that was answered several times, and all its answers.
    """

    labels: list[str]
    confidence: list[float | None]
    abstained: list[bool]
    scores: list[float | None]
    repeats: dict[int, list[str]] = field(default_factory=dict)

    @property
    def graded(self) -> bool:
        """Tell whether every answer has a score; one that was withheld needs none."""
        return any(score is not None for score in self.scores)

    @property
    def losses(self) -> list[float]:
        """Give 1 less the score of each answer; 1 where it was withheld."""
        return [1.0 if held or score is None else 1 - score for score, held in zip(self.scores, self.abstained, strict=True)]


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases with truth, in the order of the sheet of truth.

    Attributes
    ----------
    ids : list of str
    truth : list of str
        Empty where answers are graded instead.
    first, second : list of str
        Blind labels of the first and the second person; empty where there is none. The first one is the truth unless the truth was settled.
    settled : int
        Cases whose truth a third person settled against the first.
    clusters : list of str or None
        Document of each case; None where each case is its own.
    weights : list of float or None
        How many cases of the work each stands for.
    slices : dict of str to list of str
        Parts of the cases by division.
    answers : dict of str to Answers
        By system.
    """

    ids: list[str]
    truth: list[str]
    first: list[str]
    second: list[str]
    settled: int | None
    clusters: list[str] | None
    weights: list[float] | None
    slices: dict[str, list[str]]
    answers: dict[str, Answers]

    def outcomes(self, system: str) -> Outcomes:
        """Judge the first answer of a system to each case; one that was withheld is wrong. Without truth, one that lost a part of its score is."""
        given = self.answers[system]
        known = [value for value in given.confidence if value is not None]
        if any(self.truth):
            wrong = [held or label != truth for label, held, truth in zip(given.labels, given.abstained, self.truth, strict=True)]
        else:
            wrong = [loss > 0 for loss in given.losses]
        # a withheld answer is the least sure of all, whatever was written beside it
        least = min(known) - 1 if known else 0.0
        return Outcomes(
            wrong=wrong,
            weights=self.weights,
            clusters=self.clusters,
            confidence=[least if held else value for held, value in zip(given.abstained, known, strict=True)] if len(known) == len(wrong) else None,
            slices=self.slices,
        )

    def unknown_labels(self, system: str) -> dict[str, int]:
        """Count labels that the system gave and no person ever did."""
        people, counts = {*self.truth, *self.first, *self.second}, dict[str, int]()
        if people == {""}:
            return {}
        given = self.answers[system]
        for label, held in zip(given.labels, given.abstained, strict=True):
            if not held and label not in people:
                counts[label] = counts.get(label, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def put_together(truth: Sheet, answers: Sheet) -> Cases:
    """Join truth and answers by ``id``.

    Columns of the truth: ``id``, ``truth``, and where they are there ``truth2`` (blind second person), ``truth1`` (blind first person, where the
    truth is a settled one), ``doc_id``, ``weight``, ``slice.<name>``. Columns of the answers: ``id``, ``prediction``, and where they are there
    ``confidence``, ``abstained``, ``model``, ``repeat``, ``score``. Both may be one sheet. Labels are compared in NFKC, without space around them.
    Where every answer has a score between 0 and 1, neither truth nor prediction is needed.

    Raises
    ------
    InputError
        A case twice, without truth or without an answer, an answer to no case, or a cell that is no number where one must be; with lines.
    """
    ids = _once(truth)
    labels = _labels(truth, "truth")
    found = _answers(answers, ids)
    if any(labels) or not all(given.graded for given in found.values()):
        _refuse_without(truth, "truth")
        _refuse_empty(truth, labels)
        if "prediction" not in answers.columns:
            raise InputError(f"{answers.path}: no column 'prediction'. Columns found: {', '.join(answers.columns)}. Name them in the first row.")
    blind = _labels(truth, "truth1") if truth.column("truth1") is not None else labels
    return Cases(
        ids=ids,
        truth=labels,
        first=blind,
        second=_labels(truth, "truth2"),
        settled=None if blind is labels else sum(one != settled for one, settled in zip(blind, labels, strict=True)),
        clusters=_clusters(truth, ids),
        weights=_weights(truth),
        slices={name.removeprefix("slice."): cells for name, cells in truth.columns.items() if name.startswith("slice.") and any(cells)},
        answers=found,
    )


def _labels(sheet: Sheet, name: str) -> list[str]:
    return [_label(cell) for cell in sheet.columns.get(name, [""] * sheet.height)]


def _refuse_without(sheet: Sheet, name: str) -> None:
    if name not in sheet.columns:
        raise InputError(f"{sheet.path}: no column {name!r}. Columns found: {', '.join(sheet.columns)}. Name them in the first row.")


def _once(sheet: Sheet) -> list[str]:
    ids = sheet.columns["id"]
    if len(set(ids)) == len(ids) and "" not in ids:
        return ids
    seen: dict[str, int] = {}
    problems = []
    for row, case in enumerate(ids):
        if not case:
            problems.append((row, "no id"))
        elif case in seen:
            problems.append((row, f"id {case!r} stands in line {sheet.lines[seen[case]]} too"))
        else:
            seen[case] = row
    raise sheet.wrong(problems, "every case needs an id of its own", "Give each case its id once; a second label goes into the column truth2.")


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


def _answers(sheet: Sheet, ids: list[str]) -> dict[str, Answers]:
    """Put the answers of each system in the order of the cases; the first of several is the one that is judged."""
    place = {case: number for number, case in enumerate(ids)}
    systems = _systems(sheet)
    rows_of: dict[str, list[int]] = {}
    for row, system in enumerate(systems):
        rows_of.setdefault(system, []).append(row)
    cells = sheet.columns["id"]
    strange = [(row, f"id {case!r}") for row, case in enumerate(cells) if case not in place]
    if strange:
        raise sheet.wrong(strange, "answers to cases that have no truth", "Check the ids, or add the cases to the sheet of truth.")
    confidence, scores, held = _numbers(sheet, "confidence"), _scores(sheet), _abstained(sheet)
    labels, repeat = _labels(sheet, "prediction"), sheet.column("repeat")
    found: dict[str, Answers] = {}
    twice: list[tuple[int, str]] = []
    missing: list[InputError] = []
    for system, rows in sorted(rows_of.items()):
        first = [-1] * len(ids)
        several: dict[int, dict[str, int]] = {}
        for row in rows:
            at = place[cells[row]]
            if first[at] < 0:
                first[at] = row
                continue
            named = several.setdefault(at, {repeat[first[at]] if repeat else "": first[at]})
            name = repeat[row] if repeat else ""
            if name in named:
                twice.append((row, f"id {cells[row]!r} stands in line {sheet.lines[named[name]]} too"))
            named[name] = row
        if -1 in first:
            missing.append(_missing(sheet, system, [case for case, row in zip(ids, first, strict=True) if row < 0], len(ids)))
            continue
        found[system] = Answers(
            labels=[labels[row] for row in first],
            confidence=[confidence[row] for row in first],
            abstained=[held[row] for row in first],
            scores=[scores[row] for row in first],
            repeats={at: [labels[row] for row in named.values()] for at, named in several.items()},
        )
    if twice:
        raise sheet.wrong(twice, "answers that stand there twice", "Number repeats in the column repeat; name systems in the column model.")
    if missing:
        raise missing[0]
    return found


def _missing(sheet: Sheet, system: str, cases: Sequence[str], needed: int) -> InputError:
    return InputError(
        f"{sheet.path}: {system} answered {needed - len(cases):,} of {needed:,} cases; missing: {', '.join(cases[:10])}"
        + (" ..." if len(cases) > 10 else "")
        + ". Give an answer for each, with abstained = true where it was withheld."
    )


def _systems(sheet: Sheet) -> list[str]:
    model, version = sheet.column("model"), sheet.column("model_version")
    if model is None and version is None:
        return [UNNAMED] * sheet.height
    empty = [""] * sheet.height
    return [" ".join(filter(None, pair)) or UNNAMED for pair in zip(model or empty, version or empty, strict=True)]


def _numbers(sheet: Sheet, name: str) -> Sequence[float | None]:
    cells = sheet.column(name)
    if cells is None:
        return [None] * sheet.height
    numbers = [_number(cell) if cell else None for cell in cells]
    bad = [(row, f"{name} {cell!r}") for row, (cell, number) in enumerate(zip(cells, numbers, strict=True)) if cell and number is None]
    if bad:
        raise sheet.wrong(bad, "cells that cannot be understood", f"{name} is a number or empty.")
    return numbers


def _abstained(sheet: Sheet) -> list[bool]:
    """Tell which answers were withheld: those that say so, and those without a prediction and without a score."""
    cells, given, scores = sheet.column("abstained"), sheet.columns.get("prediction"), sheet.columns.get("score")
    empty = [""] * sheet.height
    flags = [cell.lower() for cell in cells] if cells is not None else empty
    known = TRUE | FALSE
    bad = [(row, f"abstained {cells[row]!r}") for row, flag in enumerate(flags) if flag not in known] if cells is not None else []
    if bad:
        raise sheet.wrong(bad, "cells that cannot be understood", "abstained is true or false.")
    return [flag in TRUE or not (label or score) for flag, label, score in zip(flags, given or empty, scores or empty, strict=True)]


def _scores(sheet: Sheet) -> Sequence[float | None]:
    """Give the graded scores: all answers that were not withheld have one, or none has."""
    scores = _numbers(sheet, "score")
    if sheet.column("score") is None:
        return scores
    outside = [(row, f"score {score}") for row, score in enumerate(scores) if score is not None and not 0 <= score <= 1]
    if outside:
        raise sheet.wrong(outside, "scores outside 0 and 1", "Divide scores by the highest that can be given, so that 1 is the best.")
    held = _abstained(sheet)
    open_rows = [(row, f"id {sheet.columns['id'][row]!r}") for row, score in enumerate(scores) if score is None and not held[row]]
    if open_rows:
        raise sheet.wrong(open_rows, "answers without a score", "Score every answer, or give abstained = true where it was withheld.")
    return scores


@lru_cache(maxsize=REMEMBERED)
def _label(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
