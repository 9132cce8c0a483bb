"""Are calibrated confidences right on real labels, and is the error of a slice that of new messages?

``python -m tests.validation.calibration FOLDER [--part report]``.

``FOLDER`` holds the labelled tasks and their ``index.csv``. Of each task 300 and up to 2,000 rows are taken as the audit would see them: calibration
error of the confidences before and after calibration (each by folds that were not learned from), and the error of the quarters of their lengths,
which is held against the error of the same quarters on up to 4,000 other rows that are no near copies of these, by a classifier that learned from
four fifths of the rows, as each of cross-fitting does. Openings of the report part are logged in ``reports/validation/calibration.md``.
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
from scipy.sparse import csr_matrix

from corpuskit.estimators.labels.cross_fitting import Fold, cross_fit, linear_classifier
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.estimators.labels.posterior_calibration import calibrate, calibration_error, posteriors
from corpuskit.estimators.labels.slices import length_quarters, slice_errors
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf
from corpuskit.estimators.resampling import effective_size
from corpuskit.text import hashed_features
from tests.validation.proof.data_sets import is_even, part_of

SIZES, SHARE, OTHERS, SMALLEST, FEWEST = (300, 2000), 0.6, 4_000, 600, 5


class Task(NamedTuple):
    name: str
    texts: list[str]
    labels: NDArray[np.int64]


class Slices(NamedTuple):
    """Slices: whether the interval holds the error of new messages, whether reported, and whether those are worse on new messages."""

    held: list[bool]
    reported: int
    confirmed: int
    differences: list[float]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["development", "report"], default="development")
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    head = "| task | rows | labels | error | before | after, at 300 | after, all rows | slices held | reported | worse on new |"
    lines = [head, "|" + "---|" * 10]
    after: dict[int, list[float]] = {size: [] for size in SIZES}
    before, held, differences, reported, confirmed, within = [], [], [], 0, 0, []
    for task in tasks(given.folder, given.part):
        told: dict[int, list[tuple[float, float, float, bool]]] = {size: [] for size in SIZES}
        found = Slices([], 0, 0, [])
        for seed in range(given.seeds):
            for size in SIZES:
                told[size].append(_calibration(task, size, seed))
            found = _joined(found, _slices(task, SIZES[-1], seed))
        rows, labels = min(SIZES[-1], int(SHARE * len(task.texts))), len(set(task.labels.tolist()))
        means = {size: np.mean([[entry[0], entry[1], entry[2]] for entry in told[size]], axis=0) for size in SIZES}
        for size in SIZES:
            after[size].append(float(means[size][2]))
        before.append(float(means[SIZES[-1]][1]))
        within += [entry[3] for entry in told[SIZES[-1]]]
        held += found.held
        differences += found.differences
        reported, confirmed = reported + found.reported, confirmed + found.confirmed
        last, first = means[SIZES[-1]], means[SIZES[0]]
        figures = f"{last[0]:.3f} | {last[1]:.3f} | {first[2]:.3f} | {last[2]:.3f} | {sum(found.held)} of {len(found.held)}"
        lines.append(f"| {task.name} | {rows:,} | {labels} | {figures} | {found.reported} | {found.confirmed} |")
        sys.stderr.write(lines[-1] + "\n")
    lines += [
        "",
        f"- mean calibration error before {np.mean(before):.3f}, after: at 300 rows {np.mean(after[300]):.3f}, all rows {np.mean(after[2000]):.3f}",
        f"- intervals of the calibration error that hold 0 after calibration: {np.mean(within):.2f}",
        f"- intervals of slices that hold the error on new messages: {sum(held)} of {len(held)} ({np.mean(held):.2f})",
        f"- error of the slice at hand less that on new messages: mean {np.mean(differences):+.3f}, mean absolute {np.mean(np.abs(differences)):.3f}",
        f"- slices reported as worse: {reported}, worse on new messages too: {confirmed}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def tasks(folder: Path, part: str) -> list[Task]:
    """Load the tasks of a part that have enough rows; the classes of banking77 are parted by the rule of the data's README."""
    with (folder / "index.csv").open(encoding="utf-8") as index:
        rows = [row for row in csv.DictReader(index) if int(row["rows"]) >= SMALLEST]
    return [task for row in rows if (task := _load(folder, row, part)) is not None]


def _load(folder: Path, row: dict[str, str], part: str) -> Task | None:
    by_class, develop = row["name"] == "banking77", part == "development"
    if not by_class and (part_of(row["name"], row["task"]) == "development") != develop:
        return None
    with gzip.open(folder / row["name"] / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        data = [entry for entry in map(json.loads, stream) if not row["task"] or entry["task"] == row["task"]]
    if by_class:
        data = [entry for entry in data if is_even(str(entry["label"])) == develop]
    labels = np.unique([str(entry["label"]) for entry in data], return_inverse=True)[1].astype(np.int64)
    return Task(row["task"] or row["name"], [entry["text"] for entry in data], labels)


def _drawn(task: Task, size: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw the rows of the audit and up to 4,000 others of the same labels.

    Near copies are never parted: whole groups are dealt to either side, or copies would differ from the rest in what they are about. Labels with
    fewer than five rows in the audit are left out.
    """
    random = np.random.default_rng(seed)
    wanted = min(size, int(SHARE * len(task.texts)))
    rows = random.permutation(len(task.texts))[: size + OTHERS]
    linked = link_near_copies(hashed_features([task.texts[row] for row in rows]), np.arange(len(rows)))
    order = np.argsort(random.permutation(int(linked.max()) + 1)[linked], kind="stable")
    ends = np.flatnonzero(np.diff(linked[order], append=-1)) + 1
    cut = int(ends[max(int(np.searchsorted(ends, wanted, side="right")) - 1, 0)])
    known, others = rows[order[:cut]], rows[order[cut:]]
    enough = np.flatnonzero(np.bincount(task.labels[known]) >= FEWEST)
    return known[np.isin(task.labels[known], enough)], others[np.isin(task.labels[others], enough)]


def _calibration(task: Task, size: int, seed: int) -> tuple[float, float, float, bool]:
    known, _ = _drawn(task, size, seed)
    labels = np.unique(task.labels[known], return_inverse=True)[1].astype(np.int64)
    features = hashed_features([task.texts[row] for row in known])
    groups = link_near_copies(features, np.arange(len(known)))
    fitted = cross_fit(features, labels, groups, seed=seed)
    correct = fitted.predicted == labels
    plain = posteriors(fitted.scores)[np.arange(len(known)), np.maximum(fitted.predicted, 0)]
    found = calibration_error(calibrate(fitted, labels, groups).confidence, correct, groups)
    holds = found.interval is not None and found.interval[0] == 0.0
    return float(1 - correct.mean()), calibration_error(plain, correct, groups).value, found.value, holds


def _slices(task: Task, size: int, seed: int) -> Slices:
    known, others = _drawn(task, size, seed)
    labels = np.unique(task.labels[known], return_inverse=True)[1].astype(np.int64)
    features, asked = (hashed_features([task.texts[row] for row in rows]) for rows in (known, others))
    groups = link_near_copies(features, np.arange(len(known)))
    fitted = cross_fit(features, labels, groups, seed=seed)
    wrong = fitted.predicted != labels
    lengths, new_lengths = (np.array([len(task.texts[row]) for row in rows]) for rows in (known, others))
    found = slice_errors(length_quarters(lengths), wrong, groups)
    learned = fitted.fold != 0
    new_wrong = _judged(csr_matrix(features[learned]), task.labels[known][learned], groups[learned], asked, seed) != task.labels[others]
    held, reported, confirmed, differences = [], 0, 0, []
    for each in found:
        low, high = (int(end) for end in (each.slice.name.split("–") * 2)[:2])
        inside = (new_lengths >= low) & (new_lengths <= high)
        if inside.sum() < 100:
            continue
        rate = float(new_wrong[inside].mean())
        held.append(each.interval[0] <= rate <= each.interval[1])
        differences.append(each.error - rate)
        if each.p_value < 0.05 and each.error > each.rest:
            reported += 1
            confirmed += rate > float(new_wrong[~inside].mean())
    return Slices(held, reported, confirmed, differences)


def _judged(features: csr_matrix, labels: NDArray[np.int64], groups: NDArray[np.int64], asked: csr_matrix, seed: int) -> NDArray[np.int64]:
    """Predict new messages by a classifier that learned from these."""
    weights = inverse_document_frequency(features)
    share = effective_size(np.bincount(groups).astype(float)) / len(labels)
    part = Fold(np.arange(len(labels)), np.arange(asked.shape[0]), tf_idf(features, weights), tf_idf(asked, weights), share)
    return np.asarray(linear_classifier(part, labels, seed).predict(part.judged), np.int64)


def _joined(one: Slices, other: Slices) -> Slices:
    return Slices(one.held + other.held, one.reported + other.reported, one.confirmed + other.confirmed, one.differences + other.differences)


if __name__ == "__main__":
    main()
