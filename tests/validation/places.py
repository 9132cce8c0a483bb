"""Do the names of folders tell what lies in them, and should a name that misleads be listened to? Development part, and folders of real documents.

``python -m tests.validation.places FOLDER``. ``FOLDER`` holds ``tasks`` and ``company_docs``. Messages of development classes are read as rows of a
table and as files in folders; names of labels are listened to and left out where they lead wrong as often as always naming the most frequent label.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from corpuskit.audit import Settings
from corpuskit.audit.intake import files_found
from corpuskit.audit.run import count_files
from corpuskit.counts import CorpusStats, Job
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.definitions.category_names import name_features
from corpuskit.estimators.definitions.clarity import clarity, halves, heard, language_reading
from corpuskit.estimators.definitions.definition_space import DefinitionView, definition_view, named_wrong
from corpuskit.estimators.definitions.document_definitions import view_of_documents
from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.estimators.labels.readable_documents import readable
from corpuskit.text import hashed_features
from tests.validation.names_alone import read_task
from tests.validation.proof.data_sets import is_even

TASKS = ("banking77", "clinc150", "chabsa_polarity", "jnli", "unfair_tos", "sib200_ja")
FOLDERS = ("en_agency_handbook", "en_training_library", "ja_working_group")
SIZES, SEEDS = (200, 1500), 4
CLASSES, MESSAGES = 10, 600


class Told(NamedTuple):
    """Shares wrong by names and by always naming the most frequent label, areas under the curve of clarity without and with names, error by half."""

    named: float
    majority: float
    error: float
    without: float
    both: float
    clear: float
    unclear: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    for line in _lines(given.folder):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _lines(folder: Path) -> Iterator[str]:
    yield "| task | labels | names wrong | most frequent label wrong | AUC without names | with names | listened to |\n|---|---|---|---|---|---|---|"
    for task in TASKS:
        rows = read_rows(folder / "tasks" / task)
        for size in SIZES:
            told = np.mean([_of_rows(rows, size, seed) for seed in range(SEEDS)], axis=0)
            one = Told(*told.tolist())
            kept = "yes" if one.named < one.majority else "no"
            yield f"| {task} | {size} | {one.named:.3f} | {one.majority:.3f} | {one.without:.3f} | {one.both:.3f} | {kept} |"
    yield "\n| messages of ten classes | led wrong as rows of a table | as files in folders |\n|---|---|---|"
    for task in TASKS[:2]:
        for seed in range(3):
            table, places = _both_ways(read_rows(folder / "tasks" / task), seed)
            yield f"| {task}, draw {seed + 1} | {table:.3f} | {places:.3f} |"
    yield "\n| folder | documents | names wrong | most frequent wrong | classifier wrong | clearer half | other half |\n|---|---|---|---|---|---|---|"
    for name in FOLDERS:
        for n, one in _of_folder(folder / "company_docs" / name):
            shares = f"{one.named:.3f} | {one.majority:.3f} | {one.error:.3f} | {one.clear:.3f} | {one.unclear:.3f}"
            yield f"| {name} | {n} | {shares} |"


def read_rows(folder: Path) -> list[tuple[str, str]]:
    """Give text and label of a task's rows; of banking77 only those of development classes."""
    rows = zip(*read_task(folder.parent, folder.name), strict=True)
    return [row for row in rows if folder.name != "banking77" or is_even(row[1])]


def _of_rows(rows: Sequence[tuple[str, str]], size: int, seed: int) -> Told:
    chosen = np.random.default_rng(seed).permutation(len(rows))[:size]
    every = np.array([rows[place][1] for place in chosen])
    known, sizes = np.unique(every, return_counts=True)
    enough = np.isin(every, known[sizes >= EstimatorOptions().min_per_label])
    texts = [rows[place][0] for place, kept in zip(chosen, enough, strict=True) if kept]
    names, labels = np.unique(every[enough], return_inverse=True)
    features = hashed_features(texts)
    groups = link_near_copies(features, np.unique(texts, return_inverse=True)[1].astype(np.int64))
    crossed = cross_fit(features, labels.astype(np.int64), groups, 5, 0)
    return told_of(definition_view(features, name_features(names.tolist())), crossed.scores, crossed.predicted, labels.astype(np.int64))


def told_of(view: DefinitionView, scores: NDArray[np.float64], predicted: NDArray[np.int64], labels: NDArray[np.int64]) -> Told:
    """Hold the names and the clarity with and without them against a linear classifier that did not see the message."""
    wrong, language = predicted != labels, language_reading(scores)
    even = view._replace(reading=np.full(view.reading.shape, 1 / view.reading.shape[1]))
    areas = [float(roc_auc_score(~wrong, clarity(one, language))) if 0 < wrong.sum() < len(wrong) else 1.0 for one in (even, view)]
    clear, unclear = (float(wrong[part].mean()) for part in halves(clarity(heard(view, labels), language)))
    majority = 1 - np.bincount(labels).max() / len(labels)
    return Told(float(named_wrong(view.scores, labels).mean()), float(majority), float(wrong.mean()), areas[0], areas[1], clear, unclear)


def _both_ways(rows: Sequence[tuple[str, str]], seed: int) -> tuple[float, float]:
    """Give the share led wrong of the same messages as rows and as files in folders."""
    random = np.random.default_rng(seed)
    classes = random.choice(sorted({label for _, label in rows}), CLASSES, replace=False)
    own = [row for row in rows if row[1] in set(classes)]
    chosen = [own[place] for place in random.permutation(len(own))[:MESSAGES]]
    names, labels = np.unique([label for _, label in chosen], return_inverse=True)
    view = definition_view(hashed_features([text for text, _ in chosen]), name_features(names.tolist()))
    with TemporaryDirectory() as made:
        for number, (text, label) in enumerate(chosen):
            place = Path(made) / label
            place.mkdir(exist_ok=True)
            (place / f"{number:04}.txt").write_text(text + "\n", encoding="utf-8")
        ((_, told),) = _of_folder(Path(made))
    return float(named_wrong(view.scores, labels.astype(np.int64)).mean()), told.named


def _of_folder(folder: Path) -> Iterator[tuple[int, Told]]:
    inputs = Inputs(counts_of(folder), EstimatorOptions())
    for every in inputs.document_samples:
        sample = readable(inputs.stats, every, inputs.options)
        if len(sample.names) > 1 and sample.n >= inputs.options.min_messages:
            crossed = sample.crossed
            yield sample.n, told_of(view_of_documents(inputs.stats, sample), crossed.scores, crossed.predicted, sample.labels)


def counts_of(folder: Path) -> CorpusStats:
    """Read and count a folder as an audit does."""
    settings = Settings()
    job = Job(settings.read, settings.text, settings.count, ())
    return count_files(files_found([folder]), job, settings, None, lambda *_: None, "read").partial.stats


if __name__ == "__main__":
    main()
