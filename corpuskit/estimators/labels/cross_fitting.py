"""Cross-fitting: every message is judged by a classifier that saw neither it nor a copy of it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.labels.message_groups import deal_folds
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf
from corpuskit.estimators.resampling import effective_size

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class CrossFitted(NamedTuple):
    """What classifiers say of messages they did not see.

    Attributes
    ----------
    predicted : array of int, shape (n,)
        Class; -1 where there was nothing to learn from.
    scores : array, shape (n, K)
        Distance from the plane between each class and the others; -inf for a class that the other folds do not hold.
    fold : array of int, shape (n,)
        Fold of each message.
    """

    predicted: Integers
    scores: Floats
    fold: Integers


class Fold(NamedTuple):
    """Weighted features of the messages that are learned from and of those that are asked about, with their rows."""

    known: Integers
    asked: Integers
    learned: csr_matrix
    judged: csr_matrix
    penalty: float


def folds_of(features: csr_matrix, fold: Integers, groups: Integers) -> Iterator[Fold]:
    """Give each fold that has messages, weighted as the other folds say.

    The penalty is 1 times the share of independent messages, so a corpus given twice yields the same classifier.
    """
    for number in range(int(fold.max(initial=-1)) + 1):
        known, asked = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(known) == 0 or len(asked) == 0:
            continue
        weights = inverse_document_frequency(features[known])
        share = effective_size(np.bincount(groups[known]).astype(float)) / len(known)
        yield Fold(known, asked, tf_idf(features[known], weights), tf_idf(features[asked], weights), share)


def cross_fit(features: csr_matrix, labels: Integers, groups: Integers, folds: int = 5, seed: int = 0) -> CrossFitted:
    """Judge each message by a linear classifier that saw neither the message nor a copy of it.

    TF-IDF weights and a linear support vector classifier (squared hinge, one against the rest) are fitted on the other folds; folds keep
    groups together. Reference: cross-fitting, Stone 1974; the error of the result bounds the Bayes error from above in expectation.

    Parameters
    ----------
    features : csr_matrix, shape (n, features)
        Feature counts.
    labels, groups : arrays of int, shape (n,)
        Class 0 .. K-1, and group of messages that must not be parted.
    folds : int
        Number of folds.
    seed : int
        Seed of folds and solver.
    """
    fold = deal_folds(labels, groups, folds, seed)
    n, classes = len(labels), int(labels.max(initial=-1)) + 1
    predicted, scores = np.full(n, -1, dtype=np.int64), np.full((n, classes), -np.inf)
    for part in folds_of(features, fold, groups):
        present = np.unique(labels[part.known])
        if len(present) == 1:
            found = np.zeros((len(part.asked), 1))
        else:
            found = linear_classifier(part, labels[part.known], seed).decision_function(part.judged)
            found = np.stack([-found, found], axis=1) if found.ndim == 1 else found
        scores[np.ix_(part.asked, present)] = found
        predicted[part.asked] = present[found.argmax(axis=1)]
    return CrossFitted(predicted, scores, fold)


def linear_classifier(part: Fold, targets: NDArray[Any], seed: int) -> Any:
    """Fit the linear classifier on the known messages of a fold."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=part.penalty, tol=0.01, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # more steps move single predictions at the margin, not the error
        return model.fit(part.learned, targets)
