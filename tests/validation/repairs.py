"""Do repairs move an error as far as they are said to: twice the labels, two labels merged?

``python -m tests.validation.repairs FOLDER [--seeds 10]``.

``FOLDER`` holds the labelled tasks of :mod:`tests.validation.attainable_error`; the development part is used. For each task and seed 200 rows keep
their label. *Twice the labels*: what the rule of ``corpuskit/tasks/repairs.py`` says of 400 labels is set beside the error with 400. *Merging*:
the error after counting the two labels that are confused most as one, in the predictions at hand, is set beside the error of a classifier that
learned the joint label.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.learning_curve import Extrapolated, extrapolate, learning_curve, message_space
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.tasks.repairs import SHORTENED
from corpuskit.text import hashed_features
from tests.validation.attainable_error import LABELS, Task, tasks

FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    given = parser.parse_args()
    lines = ["| task | error, 200 labels | said of 400 | error, 400 labels | pair merged: said | learned anew |", "|" + "---|" * 6]
    doubled: list[NDArray[np.float64]] = []
    merged: list[NDArray[np.float64]] = []
    for task in tasks(given.folder, "development"):
        if len(task.texts) < 2 * LABELS:
            continue
        features = hashed_features(task.texts)
        points = message_space(features)
        twice = np.array([_twice(task, features, points, seed) for seed in range(given.seeds)])
        joint = np.array([pair for seed in range(given.seeds) if (pair := _merged(task, features, seed)) is not None])
        doubled.append(twice)
        merged += [joint] if len(joint) else []
        said = f"{joint[:, 0].mean():.3f} | {joint[:, 1].mean():.3f}" if len(joint) else "– | –"
        lines.append(f"| {task.name} | {twice[:, 0].mean():.3f} | {twice[:, 1].mean():.3f} | {twice[:, 2].mean():.3f} | {said} |")
        sys.stderr.write(lines[-1] + "\n")
    every, pairs = np.concatenate(doubled), np.concatenate(merged)
    off = every[:, 1] - every[:, 2]
    lines += [
        "",
        f"- twice the labels: said minus found {off.mean():+.3f} on average, {np.abs(off).mean():.3f} in size; error as it stands minus found "
        f"{(every[:, 0] - every[:, 2]).mean():+.3f} on average, {np.abs(every[:, 0] - every[:, 2]).mean():.3f} in size; 95 % interval held in "
        f"{every[:, 3].mean():.3f} ({len(every)} draws)",
        f"- merging: said minus learned anew {(pairs[:, 0] - pairs[:, 1]).mean():+.3f} on average, "
        f"{np.abs(pairs[:, 0] - pairs[:, 1]).mean():.3f} in size ({len(pairs)} draws)",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _curve(task: Task, features: csr_matrix, points: NDArray[np.float64], chosen: NDArray[np.int64], seed: int) -> tuple[Extrapolated, float, float]:
    """Give the error at the labels at hand with its 95 % interval, and the measured ends of the last doubling."""
    labels = np.unique(task.labels[chosen], return_inverse=True)[1].astype(np.int64)
    sizes, errors = learning_curve(points[chosen], labels, link_near_copies(features[chosen], np.arange(len(chosen))), seed=seed)
    at = [int(np.argmin(np.abs(sizes - share * len(chosen)))) for share in (SHORTENED, 2 * SHORTENED)]
    return extrapolate(sizes, errors, len(chosen), len(chosen)), float(errors[at[0]]), float(errors[at[1]])


def _twice(task: Task, features: csr_matrix, points: NDArray[np.float64], seed: int) -> tuple[float, float, float, bool]:
    """Give the error, what is said of twice the labels, what is found there, and whether the interval that is said holds it."""
    order = np.random.default_rng(seed).permutation(len(task.texts))
    at_hand, begins, ends = _curve(task, features, points, order[:LABELS], seed)
    found = _curve(task, features, points, order[: 2 * LABELS], seed)[0].error
    ratio = min(1.0, ends / begins) if begins > 0 else 1.0
    return at_hand.error, at_hand.error * ratio, found, at_hand.interval[0] * ratio <= found <= at_hand.interval[1] * ratio


def _merged(task: Task, features: csr_matrix, seed: int) -> tuple[float, float] | None:
    """Give the error said and the error found after merging; None with fewer than three labels or nothing confused."""
    chosen = np.random.default_rng(seed).permutation(len(task.texts))[:LABELS]
    kept = np.flatnonzero(np.bincount(task.labels[chosen])[task.labels[chosen]] >= FOLDS)
    chosen = chosen[kept]
    names, labels = np.unique(task.labels[chosen], return_inverse=True)
    if len(names) < 3:
        return None
    labels = labels.astype(np.int64)
    groups = link_near_copies(features[chosen], np.arange(len(chosen)))
    predicted = cross_fit(csr_matrix(features[chosen]), labels, groups, FOLDS, seed).predicted
    confused = np.zeros((len(names), len(names)))
    np.add.at(confused, (labels, predicted), 1)
    np.fill_diagonal(confused, 0)
    first, second = np.unravel_index(int(np.argmax(confused + confused.T)), confused.shape)
    between = confused[first, second] + confused[second, first]
    if not between:
        return None
    said = float(np.mean(labels != predicted) - between / len(labels))
    joint = np.unique(np.where(labels == second, first, labels), return_inverse=True)[1].astype(np.int64)
    found = cross_fit(csr_matrix(features[chosen]), joint, groups, FOLDS, seed).predicted
    return said, float(np.mean(joint != found))


if __name__ == "__main__":
    main()
