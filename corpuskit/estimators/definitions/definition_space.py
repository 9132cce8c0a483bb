"""Where the names of categories lie among the messages: in the space of the messages' own co-occurring features.

A bare name shares few letters with most of its messages. Messages that do share some have others in common with further messages: so each name is
moved towards the messages that it draws, weighted by how surely it draws them, and asked again. No label is used.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from scipy.special import softmax

from corpuskit.estimators.labels.learning_curve import message_space
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ROUNDS = 3
"""How often names are moved; because two more moved the share that is led right by .004 at most, down on banking77 (development
classes) and up on clinc150."""

SHARPNESS = 2.0
"""Inverse temperature of the reading that moves names, in standard deviations of the nearness; because 1, 2 and 4
differed by .015 at most in the share that is led right: a middle value."""

PULL = 2.0
"""Weight of the moved name beside the name as written; because with 1 the right name was nearest for .687 of the messages of banking77 (development
classes) and with 2 for .703, as written for .642."""

EVENNESS = 0.5
"""How far categories are held to equal sizes while they are read (0 not at all, 1 wholly); because 0 led .674 of banking77 (development classes) and
.550 of clinc150 right, .5 led .687 and .560, and 1 no more than .002 further, at the price of bending tables whose categories differ in size."""

BALANCING = 10
"""Passes of balancing, a limit of time because it had not come to rest: ten more moved single shares by up to .008 on banking77 (development classes)
and .08 on clinc150."""


class DefinitionView(NamedTuple):
    """What the names of the categories say about each message.

    Attributes
    ----------
    scores : array, shape (n, K)
        Nearness of message and category, in standard deviations. A category whose name shares nothing with any message has the lowest of all.
    reading : array, shape (n, K)
        The same as shares of 1 for each message: model-relative, to rank messages by; no posterior. A category whose name shares nothing has
        the share 1/K in every message: it speaks neither for nor against.
    informed : array of bool, shape (K,)
        Whether the name (with its description) shares a feature with some but not all messages.
    """

    scores: Floats
    reading: Floats
    informed: NDArray[np.bool_]


def spoken(name: str) -> str:
    """Write a category name as words: ``card_arrival``, ``card-arrival``, ``CardArrival`` and ``card/arrival`` all become ``card arrival``."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", name))
    return " ".join(re.sub(r"[_/\\.:|>#-]+", " ", apart).split())


def definition_view(features: csr_matrix, names: csr_matrix, others: csr_matrix | None = None, seed: int = 0) -> DefinitionView:
    """Place names among messages and tell how near each message is to each name.

    Nearness is the cosine of TF-IDF weights plus the cosine in the messages' co-occurrence space (truncated singular value decomposition), each in
    its standard deviation. Then, :data:`ROUNDS` times, each name is joined by the mean of all messages, weighted by its share of each message's
    reading. References: latent semantic analysis, Deerwester and others 1990; relevance feedback, Rocchio 1971, without a user Buckley and others
    1994; balanced assignment, Sinkhorn 1964.

    Parameters
    ----------
    features : csr_matrix, shape (n, f)
        Feature counts of the messages.
    names : csr_matrix, shape (K, f)
        Feature counts of the names, with the descriptions where there are any.
    others : csr_matrix, shape (m, f), optional
        Further messages, that take part in the space and draw the names but are not read.
    seed : int
        Seed of the decomposition.

    Returns
    -------
    DefinitionView
        With no messages, no names, or no name that shares a feature with a message: nearness 0 and equal shares.
    """
    n, classes = features.shape[0], names.shape[0]
    pool = features if others is None or others.shape[0] == 0 else csr_matrix(vstack([features, others], format="csr"))
    if n == 0 or classes == 0:
        return DefinitionView(np.zeros((n, classes)), np.zeros((n, classes)), np.zeros(classes, np.bool_))
    written = written_alike(pool, names)
    shared = np.bincount(pool.indices, minlength=pool.shape[1])
    telling = (shared > 0) & (shared < int(np.sum(np.diff(pool.indptr) > 0)))  # what every message has, such as the blank, tells none from another
    informed = np.diff(csr_matrix(names[:, np.flatnonzero(telling)]).indptr) > 0
    if not informed.any():
        return DefinitionView(np.zeros((n, classes)), np.full((n, classes), 1 / classes), informed)
    placed = message_space(csr_matrix(vstack([pool, names[np.flatnonzero(informed)]], format="csr")), seed=seed)
    points, told = placed[: pool.shape[0]], placed[pool.shape[0] :]
    as_written = _standard(_standard(written[:, informed]) + _standard(points @ told.T))
    nearness = as_written
    for _ in range(ROUNDS):
        drawn = balanced(softmax(SHARPNESS * nearness, axis=1)).T @ points
        lengths = np.linalg.norm(drawn, axis=1, keepdims=True)
        moved = np.divide(drawn, lengths, out=np.zeros_like(drawn), where=lengths > 1e-9)
        nearness = _standard(as_written + PULL * _standard(points @ moved.T))
    scores = np.full((n, classes), float(np.floor(nearness.min()) - 1))
    scores[:, informed] = np.round(nearness[:n], 9)  # names that read alike tie, whatever the last digits say
    reading = np.full((n, classes), 1 / classes)
    reading[:, informed] = balanced(softmax(scores[:, informed], axis=1)) * informed.mean()
    return DefinitionView(scores, reading, informed)


def written_alike(features: csr_matrix, names: csr_matrix) -> Floats:
    """Give the cosine of the TF-IDF weights of each message and each name as written; weights are those of the messages. Shape (n, K)."""
    weights = inverse_document_frequency(features)
    return np.asarray((tf_idf(features, weights) @ tf_idf(names, weights).T).todense(), float)


def _standard(scores: Floats) -> Floats:
    """Give scores in their standard deviation; zeros where they do not differ."""
    spread = float(scores.std())
    return np.asarray(scores / spread) if spread > 1e-12 else np.zeros_like(scores)


def balanced(reading: Floats, evenness: float = EVENNESS) -> Floats:
    """Move the shares of each message so that categories come nearer to equal sizes, :data:`BALANCING` times. Rows sum to 1 before and after."""
    found = reading.astype(float)
    for _ in range(BALANCING):
        found = found / np.maximum(found.mean(axis=0), 1e-9) ** evenness
        found = found / found.sum(axis=1, keepdims=True)
    return np.asarray(found)


def margins(scores: Floats) -> Floats:
    """Give the lead of the highest score of each row over the second. Shape (n,); zeros where there are fewer than two columns."""
    if scores.shape[1] < 2:
        return np.zeros(len(scores))
    highest = np.partition(scores, -2, axis=1)
    return np.asarray(highest[:, -1] - highest[:, -2])


def lead_of(scores: Floats, labels: Integers) -> Floats:
    """Give the lead of each message's own category over the best other one: below 0 where another one is nearer. Shape (n,)."""
    rows = np.arange(len(labels))
    others = scores.copy()
    others[rows, labels] = -np.inf
    return np.asarray(scores[rows, labels] - others.max(axis=1, initial=-np.inf))


def named_wrong(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each message whether its own label's name is not strictly the nearest one (a tie determines nothing)."""
    own = scores[np.arange(len(labels)), labels]
    others = scores.copy()
    others[np.arange(len(labels)), labels] = -np.inf
    return np.asarray(own <= others.max(axis=1))


def definition_match(view: DefinitionView, labels: Integers) -> Floats:
    """Give for each category how far its definition leads to its own messages: the mean share that it has in their reading, 0 to 1.

    Formula: mean over the messages i of category k of ``exp(s scores[i, k]) / sum_j exp(s scores[i, j])``, s :data:`SHARPNESS`; a category whose
    name shares nothing with any message has the share 1/K. The reading before it is balanced, because balancing levels what differs from category to
    category: on 29 of 38 development classes of banking77 and 112 of 150 of clinc150, offered to sentence encoders that could also answer "none of
    these", it went with their right answers at .59 and .50 where the balanced reading went at .55 and .48 (Spearman, means over encoders, ways to
    ask and draws; ``reports/validation/clarity.md``). Shape (K,); nan for a category without messages or the only one.
    """
    classes = view.scores.shape[1]
    if classes < 2:
        return np.full(classes, np.nan)
    shares = np.full(view.scores.shape, 1 / classes)
    if view.informed.any():
        shares[:, view.informed] = softmax(SHARPNESS * view.scores[:, view.informed], axis=1) * view.informed.mean()
    return mean_by_label(shares[np.arange(len(labels)), labels], labels, classes)


def mean_by_label(values: Floats, labels: Integers, classes: int) -> Floats:
    """Give the mean of the messages' values for each category, shape (K,); nan for a category without messages."""
    sizes = np.bincount(labels, minlength=classes).astype(float)
    totals = np.bincount(labels, weights=values, minlength=classes)
    return np.asarray(np.divide(totals, sizes, out=np.full(classes, np.nan), where=sizes > 0))


def leads_of_nearest(view: DefinitionView) -> Floats:
    """Give, for each category, its lead over the best other one in each of the n/K messages nearest to its name. Shape (K, max(n/K, 1))."""
    n, classes = view.reading.shape
    taken = max(n // classes, 1)
    found = np.zeros((classes, taken))
    for category in range(classes):
        nearest = np.argsort(-view.reading[:, category], kind="stable")[:taken]
        found[category] = lead_of(view.reading[nearest], np.full(taken, category))
    return found


def unlabelled_match(view: DefinitionView) -> Floats:
    """Give for each category, without any label, whether the n/K messages nearest to its name are drawn by it alone.

    The mean lead of its share in the reading of these messages, -1 to 1. It tells whether a name marks out a set of messages of its own, not whether
    these are the messages that people would put there. Shape (K,); nan where there are no messages or fewer than two categories.
    """
    n, classes = view.reading.shape
    if n == 0 or classes < 2:
        return np.full(classes, np.nan)
    return np.asarray(leads_of_nearest(view).mean(axis=1))


def drawn_to(view: DefinitionView, labels: Integers) -> Integers:
    """Count messages by (label, category whose name is nearest). Shape (K, K); messages that two names draw equally are left out."""
    classes = view.scores.shape[1]
    sure = margins(view.scores) > 0
    return np.bincount(labels[sure] * classes + view.scores[sure].argmax(axis=1), minlength=classes**2).reshape(classes, classes)
