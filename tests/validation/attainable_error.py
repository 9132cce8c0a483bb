"""Does the error extrapolated from 200 labels come out as that with all labels?

``python -m tests.validation.attainable_error FOLDER [--part report]``.

``FOLDER`` holds the labelled tasks and their ``index.csv`` with the accuracy of a baseline on all labels. For each task and seed 200 rows keep their
label, the others (at most 4,000 rows in all) are used without. The constants of the learning curve were set on the development part; the report part
is opened once for a release, and each opening is logged in ``reports/validation/attainable_error.md``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from corpuskit.estimators.learning_curve import extrapolate, learning_curve, message_space
from corpuskit.estimators.message_groups import link_near_copies
from corpuskit.text import hashed_features
from tests.validation.proof.data_sets import BY_CLASS, part_of

HEAD = "| task | rows | error, all labels | extrapolated, median | 5 to 95 % of seeds | 90 % interval holds | error at 180 labels |"
LABELS, SMALLEST, MOST = 200, 200, 4_000


class Task(NamedTuple):
    """A task: its rows as texts and label codes, how many it has in all, and the baseline's error on all labels."""

    name: str
    texts: list[str]
    labels: NDArray[np.int64]
    rows: int
    error: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["development", "report", "all"], default="development")
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args()
    lines = [
        "| task | rows | error, all labels | extrapolated, median | 5 to 95 % of seeds | 90 % interval holds | raw error at 180 |",
        "|" + "---|" * 7,
    ]
    truths, found, raw, held = [], [], [], []
    for task in tasks(given.folder, given.part):
        values, inside, plain = _measured(task, given.seeds)
        truths.append(task.error)
        found.append(values)
        raw.append(plain)
        held.append(inside)
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        spread = f"{middle:.3f} | {low:.3f} to {high:.3f} | {np.mean(inside):.2f} | {np.mean(plain):.3f}"
        lines.append(f"| {task.name} | {task.rows:,} | {task.error:.3f} | {spread} |")
        sys.stderr.write(lines[-1] + "\n")
    sys.stdout.write("\n".join([*lines, "", *_summary(np.array(truths), np.array(found), np.array(raw), np.array(held))]) + "\n")


def tasks(folder: Path, part: str) -> list[Task]:
    """Load the tasks of a part that have enough rows."""
    chosen = []
    with (folder / "index.csv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index):
            belongs = "report" if row["name"] == BY_CLASS else part_of(row["name"], row["task"])  # all its classes in one task
            if int(row["rows"]) >= SMALLEST and part in ("all", belongs):
                chosen.append(_load(folder, row))
    return chosen


def _load(folder: Path, row: dict[str, str]) -> Task:
    with gzip.open(folder / row["name"] / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        data = [entry for entry in map(json.loads, stream) if not row["task"] or entry["task"] == row["task"]]
    chosen = np.random.default_rng(0).permutation(len(data))[:MOST]
    labels = np.unique([str(data[place]["label"]) for place in chosen], return_inverse=True)[1]
    name = row["task"] or row["name"]
    return Task(name, [data[place]["text"] for place in chosen], labels.astype(np.int64), int(row["rows"]), 1 - float(row["baseline_accuracy"]))


def _measured(task: Task, seeds: int) -> tuple[list[float], list[bool], list[float]]:
    features = hashed_features(task.texts)
    points = message_space(features)
    values, inside, raw = [], [], []
    for seed in range(seeds):
        chosen = np.random.default_rng(seed).permutation(len(task.texts))[:LABELS]
        labels = np.unique(task.labels[chosen], return_inverse=True)[1].astype(np.int64)
        groups = link_near_copies(features[chosen], np.arange(LABELS))
        sizes, errors = learning_curve(points[chosen], labels, groups, seed=seed)
        given = extrapolate(sizes, errors, LABELS, task.rows, level=0.9)
        values.append(given.error)
        inside.append(given.interval[0] <= task.error <= given.interval[1])
        raw.append(float(errors[-1]))
    return values, inside, raw


def _summary(truth: NDArray[np.float64], found: NDArray[np.float64], raw: NDArray[np.float64], held: NDArray[np.bool_]) -> list[str]:
    def ranks(values: NDArray[np.float64]) -> str:
        each = [float(spearmanr(values[:, seed], truth)[0]) for seed in range(values.shape[1])]
        return f"{np.mean(each):.3f} (5 to 95 % of seeds {np.quantile(each, 0.05):.3f} to {np.quantile(each, 0.95):.3f})"

    differences = np.abs(found - truth[:, None]).mean(), np.abs(raw - truth[:, None]).mean()
    return [
        f"- {len(truth)} tasks, {found.shape[1]} seeds, {LABELS} labels each",
        f"- Spearman, extrapolated: {ranks(found)}; error at 180 labels as it stands: {ranks(raw)}",
        f"- mean absolute difference, extrapolated: {differences[0]:.3f}; as it stands: {differences[1]:.3f}",
        f"- 90 % intervals hold the error with all labels in {held.mean():.3f} of the draws",
    ]


if __name__ == "__main__":
    main()
