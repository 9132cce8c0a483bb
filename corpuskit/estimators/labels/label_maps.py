"""Maps of a labelled table: which labels are taken for which, and which words go with which label. Small tables, ordered so that blocks show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import LabelledSample

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_LABELS = 10
"""Labels in a map, because more columns than this are no longer told apart on a page; those that are confused most, or that have most messages."""

MOST_WORDS = 10
"""Words in a map, because it stands beside another picture on half a page."""

FEWEST_MESSAGES = 5
"""Messages that must have a word that is shown, because the words of fewer say more of these messages than of their label."""


def seriation(likeness: Floats) -> Integers:
    """Order things so that those alike stand side by side.

    The order of the leaves of average linkage that minimises the sum of distances of neighbours (Bar-Joseph, Gifford and Jaakkola 2001), turned so
    that the first of its two ends is the one that came first.

    Parameters
    ----------
    likeness : array, shape (n, n)
        Symmetric, not negative; the diagonal is not read.

    Returns
    -------
    array of int, shape (n,)
        All places, each once; those given for fewer than three things.
    """
    n = len(likeness)
    if n < 3:
        return np.arange(n)
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    distance = likeness.max() - likeness
    np.fill_diagonal(distance, 0.0)
    order = leaves_list(linkage(squareform(distance, checks=False), "average", optimal_ordering=True)).astype(np.int64)
    return order if order[0] < order[-1] else order[::-1]


def confusion_matrix(subject: str, table: Integers, names: tuple[str, ...]) -> Series:
    """Give the messages by label and by what they were taken for, agreement included, as rows (label, taken_for, count) of a whole grid.

    Parameters
    ----------
    table : array of int, shape (labels, labels)
        Messages by label and predicted label.
    names : tuple of str
        Their names; of more than :data:`MOST_LABELS`, those with most confusions are shown.
    """
    off = table - np.diag(np.diag(table))
    confused = off.sum(axis=0) + off.sum(axis=1)
    shown = np.sort(np.argsort(-confused, kind="stable")[:MOST_LABELS])
    part = off[np.ix_(shown, shown)].astype(float)
    shares = (part + part.T) / np.maximum(table.sum(axis=1)[shown][:, None] + table.sum(axis=1)[shown][None, :], 1)
    order = shown[seriation(shares)]
    rows = tuple((names[a], names[b], int(table[a, b])) for a in order for b in order)
    return Series(id=f"confusion_matrix@{subject}", name="confusion_matrix", subject=subject, columns=("label", "taken_for", "count"), rows=rows)


def telling(joint: Floats) -> Floats:
    """Give what each row of a joint table adds to the mutual information of rows and columns, in nats times observations.

    Formula: ``sum_t n(x,t) ln(n(x,t) N / (n(x) n(t)))``, half of the likelihood ratio G of the row (Dunning 1993); never negative.

    Parameters
    ----------
    joint : array, shape (rows, columns)
        Counts.
    """
    rows, columns = joint.sum(axis=1, keepdims=True), joint.sum(axis=0, keepdims=True)
    expected = rows * columns / max(float(joint.sum()), 1.0)
    ratio = np.divide(joint, expected, out=np.ones_like(joint), where=(joint > 0) & (expected > 0))
    return np.asarray((joint * np.log(ratio)).sum(axis=1), dtype=float)


def label_words(sample: LabelledSample) -> tuple[Series, ...]:
    """Give the words that tell the labels apart most, with the messages of each label that have them, as rows (word, label, count) of a whole grid.

    Labels with like words stand side by side, and each word stands with the label that it favours most, so that clear labels show as blocks down
    the diagonal. Function words, words without letters and words of few messages are left out; nothing where no word or only one label is left.
    """
    messages = sample.messages
    sizes = np.bincount(sample.labels, minlength=len(sample.names)).astype(float)
    labels = np.sort(np.argsort(-sizes, kind="stable")[:MOST_LABELS])
    usable, joint = _counts(sample, labels)
    told = telling(joint)
    by_worth = sorted(range(len(usable)), key=lambda place: (-told[place], messages.terms[usable[place]]))
    chosen = np.array([place for place in by_worth if told[place] > 0][:MOST_WORDS], dtype=np.int64)
    if not len(chosen) or len(labels) < 2:
        return ()
    order = seriation(_cosines(joint[chosen]))
    columns, part = labels[order], joint[np.ix_(chosen, order)]
    favoured = (part / sizes[columns]).argmax(axis=1)
    down = np.lexsort((-part.sum(axis=1), favoured))
    cells = tuple(
        (messages.terms[usable[chosen[row]]], sample.names[label], int(count))
        for row in down
        for label, count in zip(columns, part[row], strict=True)
    )
    subject = messages.subject
    return (Series(id=f"label_words@{subject}", name="label_words", subject=subject, columns=("word", "label", "count"), rows=cells),)


def _counts(sample: LabelledSample, labels: Integers) -> tuple[Integers, Floats]:
    """Give the words that may be shown, and the messages of each of the labels that have them, shape (words, labels)."""
    messages = sample.messages
    words = csr_matrix(messages.term_counts[sample.chosen])
    present = csr_matrix((np.ones(words.nnz), words.indices, words.indptr), shape=words.shape)
    marks = csr_matrix((np.ones(sample.n), (np.arange(sample.n), sample.labels)), shape=(sample.n, len(sample.names)))[:, labels]
    joint = csr_matrix(present.T @ marks)
    stop = messages.stop if messages.stop is not None else np.zeros(joint.shape[0], np.bool_)
    seen = np.flatnonzero((np.asarray(joint.sum(axis=1)).ravel() >= FEWEST_MESSAGES) & ~stop)
    usable = np.array([place for place in seen.tolist() if any(map(str.isalpha, messages.terms[place]))], dtype=np.int64)
    return usable, np.asarray(joint[usable].todense(), dtype=float)


def _cosines(part: Floats) -> Floats:
    """Give how alike the columns are."""
    length = np.sqrt((part**2).sum(axis=0))
    return np.asarray(part.T @ part / np.maximum(np.outer(length, length), 1e-12), dtype=float)
