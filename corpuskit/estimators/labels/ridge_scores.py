"""Scores of every label from a linear classifier that saw neither the message nor a copy of it, for parts of messages too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

from corpuskit.estimators.labels.message_groups import deal_folds
from corpuskit.estimators.resampling import effective_size

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PENALTY = 1.0
"""Ridge penalty on messages of length 1, because it is the one that learning curves use (learning_curve.py)."""

MOST_MESSAGES = 2_000
"""Messages that are learned from and judged at most, because the equations cost the cube of their number: half a second for 2,000."""


def ridge_scores(known: csr_matrix, asked: Sequence[csr_matrix], labels: Integers, groups: Integers, folds: int = 5, seed: int = 0) -> list[Floats]:
    """Learn on the other folds, score the messages of each fold; folds keep groups together.

    Ridge regression on indicator variables in its dual form: one system of equations for each fold, whatever the number of labels and of parts.
    The penalty grows with the number of copies, so a corpus given twice gives the same scores. Reference: Hoerl and Kennard 1970; Saunders and
    others 1998 (dual form).

    Parameters
    ----------
    known : csr_matrix, shape (n, features)
        Weighted features of whole messages.
    asked : sequence of csr_matrix, each (n, features)
        The same messages, whole or in part.
    labels : array of int, shape (n,)
        Class 0 .. K-1.
    groups : array of int, shape (n,)
        Equal for messages that must not be parted.
    folds, seed : int

    Returns
    -------
    list of arrays, each (n, K)
        The highest score is the predicted class; a class that the other folds lack has -inf.
    """
    classes, fold = int(labels.max()) + 1, deal_folds(labels, groups, folds, seed)
    found = [np.full((len(labels), classes), -np.inf) for _ in asked]
    likeness = (known @ known.T).toarray()
    for number in range(folds):
        rows, tested = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(rows) == 0 or len(tested) == 0:
            continue
        learned = csr_matrix(known[rows])
        shares = np.bincount(labels[rows], minlength=classes) / len(rows)
        copies = len(rows) / effective_size(np.bincount(groups[rows]).astype(float))
        products = likeness[np.ix_(rows, rows)]
        products[np.diag_indices_from(products)] += PENALTY * copies
        duals = cho_solve(cho_factor(products, overwrite_a=True), np.eye(classes)[labels[rows]] - shares)
        slopes = learned.T @ duals
        for scores, part in zip(found, asked, strict=True):
            scores[tested] = np.where(shares > 0, part[tested] @ slopes + shares, -np.inf)
    return found
