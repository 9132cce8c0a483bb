"""Kinds of classifiers beside each other: how far the error depends on who learns from the labels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.labels.learning_curve import ridge_labels

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NEIGHBOURS = 5
"""Neighbours that vote, because one alone follows every exchanged label, and many reach into other labels where a label has few messages."""


class KindErrors(NamedTuple):
    """Share of messages that each kind of classifier named wrongly, none having seen the message or a copy of it.

    Attributes
    ----------
    ridge : float
        Ridge regression in the space of the messages, whose learning curve is drawn.
    neighbours : float
        Nearest neighbours in the same space.
    n_grams : float
        Linear support vectors on character n-grams.
    """

    ridge: float
    neighbours: float
    n_grams: float

    def ratios(self, independent: float) -> tuple[float, float]:
        """Give the errors of the other two kinds over that of ridge regression.

        Each error counts as ``(k + 1/2) / (m + 1)``, k wrong ones in m independent messages (the posterior mean under the prior of Jeffreys 1946), so
        that none is 0 and few errors make no large ratio.
        """
        ridge, *others = ((error * independent + 0.5) / (independent + 1) for error in self)
        return others[0] / ridge, others[1] / ridge


def kind_errors(points: Floats, labels: Integers, fold: Integers, by_n_grams: Integers) -> KindErrors:
    """Judge every message by three kinds of classifiers that learned from the other folds, the same ones for all.

    Parameters
    ----------
    points : array, shape (n, d)
        From :func:`~corpuskit.estimators.labels.learning_curve.message_space`.
    labels : array of int, shape (n,)
        Class 0 .. K-1.
    fold : array of int, shape (n,)
        Fold of each message; copies are in one fold.
    by_n_grams : array of int, shape (n,)
        What :func:`~corpuskit.estimators.labels.cross_fitting.cross_fit` says on these folds, in the classes of ``labels``.

    Returns
    -------
    KindErrors
        A message whose fold holds all messages is named wrongly by all kinds: there was nothing to learn from.
    """
    classes = int(labels.max()) + 1
    by_ridge, by_neighbours = np.full(len(labels), -1), np.full(len(labels), -1)
    for number in np.unique(fold):
        known, asked = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(known):
            by_ridge[asked] = ridge_labels(points[known], labels[known], points[asked], classes)
            by_neighbours[asked] = neighbour_labels(points[known], labels[known], points[asked], classes)
    return KindErrors(*(float(np.mean(given != labels)) for given in (by_ridge, by_neighbours, by_n_grams)))


def neighbour_labels(known: Floats, labels: Integers, asked: Floats, classes: int, neighbours: int = NEIGHBOURS) -> Integers:
    """Predict labels by the nearest neighbours (cosine), each vote weighing one over its distance (Cover and Hart 1967; Dudani 1976).

    Parameters
    ----------
    known, asked : arrays, shapes (m, d) and (k, d)
        Of length 1; a message at the origin is equally far from all, and any of them vote.
    labels : array of int, shape (m,)
        Class 0 .. classes-1 of each known message.

    Returns
    -------
    array of int, shape (k,)
    """
    likeness = asked @ known.T
    nearest = np.argpartition(-likeness, min(neighbours, len(known)) - 1, axis=1)[:, :neighbours]
    # for points of length 1 the squared distance is 2 - 2 cos
    distances = np.sqrt(np.maximum(2 - 2 * np.take_along_axis(likeness, nearest, axis=1), 1e-12))
    votes = np.zeros((len(asked), classes))
    np.add.at(votes, (np.arange(len(asked))[:, None], labels[nearest]), 1 / distances)
    return np.asarray(votes.argmax(axis=1), np.int64)
