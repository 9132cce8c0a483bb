"""Do category names and clarity tell where models go wrong? The development part.

``python -m tests.validation.clarity FOLDER``. ``FOLDER`` holds the labelled tasks.

On the classes of banking77 whose md5 ends on an even digit, and on clinc150, the answers of a word-based classifier that learned from ten messages
of each class stand in for a model. Constants were set on these and on other stand-ins that ``reports/validation/clarity.md`` names. The answers of
language models are read by the proof alone (``python -m tests.validation.proof``, experiment ``items``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.stats import rankdata, spearmanr

from corpuskit.estimators.definitions.clarity import category_clarity, clarity, language_reading
from corpuskit.estimators.definitions.definition_space import definition_match, definition_view, spoken, unlabelled_match
from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf
from corpuskit.text import hashed_features
from tests.validation.proof.data_sets import is_even

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
FEW = 10
MOST = 6_000


class Task(NamedTuple):
    """Messages with their classes."""

    rows: list[dict[str, Any]]
    labels: NDArray[np.int64]
    names: list[str]


class Measured(NamedTuple):
    """Clarity of each message in three ways (nan for messages that were learned from), and three measures by class."""

    all_labels: Floats
    few_labels: Floats
    names_only: Floats
    match: Floats
    combined: Floats
    unlabelled: Floats


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    for line in _development(parser.parse_args().folder):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _load(folder: Path, name: str) -> Task:
    with gzip.open(folder / name / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    rows = [row for row in rows if row["label"] != "oos" and (name != "banking77" or is_even(row["label"]))]
    if len(rows) > MOST and name != "banking77":
        rows = [rows[place] for place in np.random.default_rng(0).permutation(len(rows))[:MOST]]
    names, labels = np.unique([row["label"] for row in rows], return_inverse=True)
    return Task(rows, labels.astype(np.int64), names.tolist())


def measure(task: Task, seed: int = 0) -> Measured:
    """Measure clarity and matches with the functions that an audit uses."""
    features = hashed_features([row["text"] for row in task.rows])
    view = definition_view(features, hashed_features([spoken(name) for name in task.names]), seed=seed)
    groups = link_near_copies(features, np.unique([row["text"] for row in task.rows], return_inverse=True)[1])
    scores = cross_fit(features, task.labels, groups, 5, seed).scores
    few, asked = from_few(features, task.labels, len(task.names), seed)
    few_clear = np.where(asked, clarity(view, language_reading(few)), np.nan)
    match, combined = definition_match(view, task.labels), category_clarity(view, language_reading(scores), task.labels)
    return Measured(clarity(view, language_reading(scores)), few_clear, clarity(view), match, combined, unlabelled_match(view))


def from_few(features: csr_matrix, labels: NDArray[np.int64], classes: int, seed: int) -> tuple[Floats, Bools]:
    """Score all messages by a classifier that learned from ten of each class; the second array tells which were not learned from."""
    from sklearn.svm import LinearSVC

    chosen = few_of_each(labels, classes, seed)
    weights = inverse_document_frequency(features)
    model = LinearSVC(C=1.0, tol=0.01, random_state=seed).fit(tf_idf(features[chosen], weights), labels[chosen])
    asked = np.ones(len(labels), np.bool_)
    asked[chosen] = False
    return model.decision_function(tf_idf(features, weights)), asked


def few_of_each(labels: NDArray[np.int64], classes: int, seed: int) -> NDArray[np.int64]:
    """Draw ten messages of each class."""
    random = np.random.default_rng(seed)
    return np.concatenate([random.permutation(np.flatnonzero(labels == code))[:FEW] for code in range(classes)])


def auc(scores: Floats, right: Bools) -> float:
    """Give the probability that a right answer has the higher score (Mann and Whitney 1947); nan scores are left out."""
    known = np.isfinite(scores)
    ranks, hit = rankdata(scores[known]), right[known]
    first = int(hit.sum())
    return float((ranks[hit].sum() - first * (first + 1) / 2) / (first * (len(hit) - first)))


def _recall(right: Bools, labels: NDArray[np.int64], classes: NDArray[np.int64]) -> Floats:
    return np.array([right[labels == code].mean() for code in classes])


def _development(folder: Path) -> Iterator[str]:
    for name in ("banking77", "clinc150"):
        task = _load(folder, name)
        found, right = measure(task), _stand_in(task)
        aucs = ", ".join(f"{way} {auc(getattr(found, way), right):.3f}" for way in ("all_labels", "few_labels", "names_only"))
        recall = _recall(right, task.labels, np.arange(len(task.names)))
        ranks = ", ".join(f"{way} {spearmanr(getattr(found, way), recall)[0]:.2f}" for way in ("match", "combined", "unlabelled"))
        yield f"- {name}, {len(task.names)} classes, stand-in right in {right.mean():.3f}: AUC {aucs}; Spearman {ranks}"


def _stand_in(task: Task) -> Bools:
    """Tell where a word-based classifier is right that learned from ten messages of each class: the majority of five draws."""
    words = word_features([row["text"] for row in task.rows])
    hits = np.zeros(len(task.labels))
    for seed in range(5):
        hits += word_classifier(words, task.labels, few_of_each(task.labels, len(task.names), seed)).predict(words) == task.labels
    return np.asarray(hits >= 3)


def word_features(texts: list[str]) -> csr_matrix:
    """Count words and pairs of words, weighted by TF-IDF."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2).fit_transform(texts)


def word_classifier(words: csr_matrix, labels: NDArray[np.int64], chosen: NDArray[np.int64]) -> Any:
    """Fit the stand-in for a model on some messages."""
    from sklearn.svm import LinearSVC

    return LinearSVC(random_state=0).fit(words[chosen], labels[chosen])


if __name__ == "__main__":
    main()
