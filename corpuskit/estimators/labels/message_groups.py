"""Groups of messages that are not independent: duplicates, near copies and minimal pairs, and folds that keep them together.

A near copy in the training part answers for its twin: the error comes out too low when both carry the same label, and too high when a
data set pairs each message with a near copy of the other label. So folds never part such messages, and intervals count them as one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, triu
from scipy.sparse.csgraph import connected_components

from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf

Integers = NDArray[np.int64]

ALIKE = 0.3
"""Cosine over rare features from which two messages count as near copies, because below it chains of ordinary messages form: on short texts
the largest group grew from 20 to 915 messages between .3 and .2."""

STRICTER = (0.5, 0.7, 0.9)
"""Thresholds tried in turn when one group would swallow too much, as with messages made from a form."""

LARGEST_SHARE = 0.1
"""Share of all messages that a group of near copies may hold, because five folds cannot be even with larger ones."""

RARE_SHARE, FEWEST_RARE, MOST_RARE = 0.02, 2, 50
"""Features in more than a fiftieth of the messages (at least 2, at most 50 messages) are left out of the comparison, because frequent ones say
little about copying and cost the square of their number."""


def link_near_copies(features: csr_matrix, groups: Integers, alike: float = ALIKE) -> Integers:
    """Merge the given groups with those found by near copying.

    Two messages are linked when the cosine of their TF-IDF vectors, summed over rare features alone, exceeds ``alike``; groups are the
    connected parts. One message of each given group stands for the group, so given duplicates change nothing. When a part would hold more
    than a tenth of the messages, the threshold rises; when no threshold helps, the given groups stay.

    Parameters
    ----------
    features : csr_matrix, shape (n, features)
        Feature counts.
    groups : array of int, shape (n,)
        Groups known before, such as equal texts.
    alike : float
        Threshold of the cosine.

    Returns
    -------
    array of int, shape (n,)
        Group of each message, 0 .. g-1.
    """
    known, first, place = np.unique(groups, return_index=True, return_inverse=True)
    kept = csr_matrix(features[first])
    if len(known) < 2:
        return place.astype(np.int64)
    weighted = tf_idf(kept, inverse_document_frequency(kept))
    present = np.bincount(kept.indices, minlength=kept.shape[1])
    most = min(max(FEWEST_RARE, int(RARE_SHARE * len(known))), MOST_RARE)
    rare = weighted[:, np.flatnonzero((present > 1) & (present <= most))]
    products = triu(rare @ rare.T, 1).tocoo()
    for threshold in (alike, *(value for value in STRICTER if value > alike)):
        linked = products.data > threshold
        edges = coo_matrix((np.ones(int(linked.sum())), (products.row[linked], products.col[linked])), shape=products.shape)
        parts = connected_components(edges, directed=False)[1]
        if np.bincount(parts).max() <= max(2, LARGEST_SHARE * len(known)):
            return np.asarray(parts[place], dtype=np.int64)
    return place.astype(np.int64)


def _order_of_groups(labels: Integers, groups: Integers, seed: int) -> tuple[Integers, Integers, Integers]:
    """Give the first label and the size of each group, and the groups in random order (from the seed)."""
    _, first, sizes = np.unique(groups, return_index=True, return_counts=True)
    return labels[first], sizes.astype(np.int64), np.random.default_rng(seed).permutation(len(first)).astype(np.int64)


def sample_groups(labels: Integers, groups: Integers, most: int, seed: int) -> Integers:
    """Choose whole groups at random, in proportion to the labels, until about ``most`` messages are chosen.

    Parameters
    ----------
    labels, groups : arrays of int, shape (n,)
        Class and group of each message.
    most : int
        Number of messages wanted; it is exceeded by less than one group.
    seed : int
        Seed of the choice.

    Returns
    -------
    array of int
        Positions of the chosen messages, ascending; all of them when there are no more than ``most``.
    """
    if len(labels) <= most:
        return np.arange(len(labels), dtype=np.int64)
    groups = np.unique(groups, return_inverse=True)[1]  # those of a part of a table have gaps in their numbers
    label, sizes, order = _order_of_groups(labels, groups, seed)
    order = order[np.argsort(label[order], kind="stable")]
    reached = np.cumsum(sizes[order])
    steps = np.floor(reached * (most / len(labels)))  # an even walk through the labels: a group is taken whenever the count passes a whole number
    budget = np.diff(steps, prepend=0.0)
    chosen, owed = [], 0.0
    for group, due in zip(order, budget, strict=True):
        owed += due
        if owed >= sizes[group] or (owed > 0 and sizes[group] > most):
            chosen.append(group)
            owed -= sizes[group]
    return np.flatnonzero(np.isin(groups, np.array(chosen, dtype=np.int64))).astype(np.int64)


def deal_folds(labels: Integers, groups: Integers, folds: int, seed: int) -> Integers:
    """Deal whole groups to folds so that every label is spread as evenly as it can be.

    Groups go, largest first and otherwise in random order, to the fold that has the fewest messages of the group's (first) label.

    Returns
    -------
    array of int, shape (n,)
        Fold of each message, 0 .. folds-1.
    """
    groups = np.unique(groups, return_inverse=True)[1]  # those of a part of a table have gaps in their numbers
    label, sizes, order = _order_of_groups(labels, groups, seed)
    order = order[np.argsort(-sizes[order], kind="stable")]
    load = np.zeros((int(label.max()) + 1 if len(label) else 0, folds), dtype=np.int64)
    whole = np.zeros(folds, dtype=np.int64)
    dealt = np.zeros(len(sizes), dtype=np.int64)
    for group in order:
        row = load[label[group]]
        fold = int(np.lexsort((whole, row))[0])
        dealt[group] = fold
        row[fold] += sizes[group]
        whole[fold] += sizes[group]
    return dealt[groups]
