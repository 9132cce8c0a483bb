"""Does the error extrapolated from 200 labels come out as that with all labels?

``python -m tests.validation.attainable_error FOLDER [--part report] [--trained FILE]``.

``FOLDER`` holds the labelled tasks and their ``index.csv`` with the accuracy of a baseline on all labels. For each task and seed 200 rows keep their
label (apart: of the tasks with fewer rows half do), the others (at most 4,000 rows in all) are used without. Copies are dealt like other rows, as
the baseline's folds do.

With ``--trained`` each draw is also estimated as an audit does it (rare labels left out, copies together), and its interval is held against the
errors of three models that are trained on all labels of the task (:mod:`tests.validation.proof.trained_models`). They take minutes, so they are kept
in ``FILE`` (JSON: task to the error of each model); what stands there is not computed again.

The constants of the learning curve were set on the development part; the report part is opened once for a release, and each opening is logged in
``reports/validation/attainable_error.md``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.stats import spearmanr

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.attainable_error import estimate_attainable_error
from corpuskit.estimators.labels.classifier_kinds import kind_errors
from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.learning_curve import extrapolate, learning_curve, message_space
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.text import hashed_features
from tests.validation.proof import data_sets
from tests.validation.proof.data_sets import BY_CLASS, labelled_tasks, part_of
from tests.validation.proof.screening import drawn_table
from tests.validation.proof.theory_estimators import as_audited, inputs_at
from tests.validation.proof.trained_models import MODELS, trained_errors

LABELS, SMALLEST, MOST = 200, 200, 4_000


class Task(NamedTuple):
    """A task: its rows as texts and label codes, how many it has in all, the baseline's error on all of them, and how many keep their label."""

    name: str
    texts: list[str]
    labels: NDArray[np.int64]
    rows: int
    error: float
    labelled: int = LABELS


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["development", "report", "all"], default="development")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--labels", type=int, default=LABELS, help="rows of each task that keep their label")
    parser.add_argument("--trained", type=Path, help="file of the trained models' errors, made where it is missing")
    given = parser.parse_args()
    for chosen in (tasks(given.folder, given.part, given.labels), smaller_tasks(given.folder, given.part)):
        sys.stdout.write("\n".join(_against_baseline(chosen, given.seeds)) + "\n\n")
    if given.trained:
        lines = _against_trained(given.folder.parent, given.part, given.seeds, given.trained, given.labels)
        sys.stdout.write("\n".join(["", *lines]) + "\n")


def _against_baseline(chosen: Sequence[Task], seeds: int) -> Iterator[str]:
    """Tabulate the extrapolated error of tasks beside the baseline's, and sum up."""
    columns = (
        "task",
        "rows",
        "labels",
        "error, all labels",
        "extrapolated, median",
        "5 to 95 % of seeds",
        "90 % interval holds",
        "raw error, last point",
    )
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    truths, found, raw, held = [], [], [], []
    for task in chosen:
        values, inside, plain = _measured(task, seeds)
        truths.append(task.error)
        found.append(values)
        raw.append(plain)
        held.append(inside)
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        spread = f"{middle:.3f} | {low:.3f} to {high:.3f} | {np.mean(inside):.2f} | {np.mean(plain):.3f}"
        line = f"| {task.name} | {task.rows:,} | {task.labelled} | {task.error:.3f} | {spread} |"
        sys.stderr.write(line + "\n")
        yield line
    yield ""
    yield from _summary(np.array(truths), np.array(found), np.array(raw), np.array(held))


def tasks(folder: Path, part: str, labelled: int = LABELS) -> list[Task]:
    """Load the tasks of a part that have enough rows."""
    return [_load(folder, row, labelled) for row in _index(folder, part) if int(row["rows"]) >= SMALLEST]


def smaller_tasks(folder: Path, part: str) -> list[Task]:
    """Load the tasks of a part that have fewer rows; half of these keep their label."""
    return [_load(folder, row, int(row["rows"]) // 2) for row in _index(folder, part) if int(row["rows"]) < SMALLEST]


def _index(folder: Path, part: str) -> Iterator[dict[str, str]]:
    with (folder / "index.csv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index):
            belongs = "report" if row["name"] == BY_CLASS else part_of(row["name"], row["task"])  # all its classes in one task
            if part in ("all", belongs):
                yield row


def _load(folder: Path, row: dict[str, str], labelled: int) -> Task:
    with gzip.open(folder / row["name"] / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        data = [entry for entry in map(json.loads, stream) if not row["task"] or entry["task"] == row["task"]]
    chosen = np.random.default_rng(0).permutation(len(data))[:MOST]
    labels = np.unique([str(data[place]["label"]) for place in chosen], return_inverse=True)[1]
    texts, error = [data[place]["text"] for place in chosen], 1 - float(row["baseline_accuracy"])
    return Task(row["task"] or row["name"], texts, labels.astype(np.int64), int(row["rows"]), error, labelled)


def _measured(task: Task, seeds: int) -> tuple[list[float], list[bool], list[float]]:
    features = hashed_features(task.texts)
    points = message_space(features)
    values, inside, raw = [], [], []
    for seed in range(seeds):
        chosen = np.random.default_rng(seed).permutation(len(task.texts))[: task.labelled]
        labels = np.unique(task.labels[chosen], return_inverse=True)[1].astype(np.int64)
        groups = link_near_copies(features[chosen], np.arange(task.labelled))
        sizes, errors = learning_curve(points[chosen], labels, groups, seed=seed)
        fitted = cross_fit(csr_matrix(features[chosen]), labels, groups, seed=seed)
        kinds = kind_errors(points[chosen], labels, fitted.fold, fitted.predicted).ratios(task.labelled)
        given = extrapolate(sizes, errors, task.labelled, task.rows, level=0.9, kinds=kinds)
        values.append(given.error)
        inside.append(given.interval[0] <= task.error <= given.interval[1])
        raw.append(float(errors[-1]))
    return values, inside, raw


def _against_trained(data: Path, part: str, seeds: int, kept: Path, labelled: int) -> list[str]:
    """Count, by task and model, the audited draws whose 90 % interval holds the model's error; means are over tasks with half of their draws.

    The smaller tasks, of which half of the rows keep their label, stand below the others and are not in the means.
    """
    names = (*MODELS, "mean")
    lines = [f"| task | {' | '.join(names)} | extrapolated, mean | interval, mean | {' holds | '.join(names)} holds | draws |", "|" + "---|" * 12]
    shares = []
    for own in ("development", "report") if part == "all" else (part,):
        for task in sorted(labelled_tasks(data, own, 1), key=lambda task: len(task.rows) < SMALLEST):
            truth, known = _trained(task, own, kept), labelled if len(task.rows) >= SMALLEST else len(task.rows) // 2
            drawn = [given for seed in range(seeds) if (given := _audited(task, seed, known)) is not None]
            if not drawn:
                lines.append(f"| {task.name} | refused in all draws" + " | " * 11)
                continue
            value, low, high = np.mean(drawn, axis=0)
            held = [float(np.mean([least <= truth[name] <= most for _, least, most in drawn])) for name in names]
            shares += [held] if len(drawn) > seeds / 2 and len(task.rows) >= SMALLEST else []
            told = [*(f"{truth[name]:.3f}" for name in names), f"{value:.3f}", f"{low:.3f} to {high:.3f}", *(f"{share:.2f}" for share in held)]
            lines.append(f"| {task.name} | {' | '.join(told)} | {len(drawn)} |")
            sys.stderr.write(lines[-1] + "\n")
    mean, error = np.mean(shares, axis=0), np.std(shares, axis=0, ddof=1) / np.sqrt(len(shares))
    found = zip(names, mean, error, strict=True)
    return [*lines, "", *(f"- {name}: {share:.3f}, standard error over {len(shares)} tasks {off:.3f}" for name, share, off in found)]


def _trained(task: data_sets.Task, part: str, kept: Path) -> dict[str, float]:
    """Give the errors of the trained models from the file, or train them and write them there."""
    known: dict[str, dict[str, float]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    name = f"{task.name} ({part})"
    if name not in known:
        found = trained_errors([row.text for row in task.rows], [row.label for row in task.rows], task.language)
        known[name] = found._asdict() | {"mean": found.mean}
        kept.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return known[name]


def _audited(task: data_sets.Task, seed: int, labelled: int) -> tuple[float, float, float] | None:
    """Estimate a draw as an audit does: error and the ends of its 90 % interval; None where it is refused."""
    texts, labels = drawn_table([row.text for row in task.rows], [row.label for row in task.rows], seed, labelled)
    known = sum(map(bool, labels))
    messages = as_audited(texts[:known], labels[:known], others=texts[known:])
    found = estimate_attainable_error(inputs_at(messages, 0.9), EstimatorOptions(level=0.9)).estimates[0]
    return None if found.value is None or found.interval is None else (found.value, *found.interval)


def _summary(truth: NDArray[np.float64], found: NDArray[np.float64], raw: NDArray[np.float64], held: NDArray[np.bool_]) -> list[str]:
    def ranks(values: NDArray[np.float64]) -> str:
        each = [float(spearmanr(values[:, seed], truth)[0]) for seed in range(values.shape[1])]
        return f"{np.mean(each):.3f} (5 to 95 % of seeds {np.quantile(each, 0.05):.3f} to {np.quantile(each, 0.95):.3f})"

    differences = np.abs(found - truth[:, None]).mean(), np.abs(raw - truth[:, None]).mean()
    return [
        f"- {len(truth)} tasks, {found.shape[1]} seeds",
        f"- Spearman, extrapolated: {ranks(found)}; error at 180 labels as it stands: {ranks(raw)}",
        f"- mean absolute difference, extrapolated: {differences[0]:.3f}; as it stands: {differences[1]:.3f}",
        f"- 90 % intervals hold the error with all labels in {held.mean():.3f} of the draws",
    ]


if __name__ == "__main__":
    main()
