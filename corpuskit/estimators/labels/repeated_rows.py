"""Rows of a table that repeat each other: equal texts, and texts that share most of their character n-grams.

Not the near copies of :mod:`~corpuskit.estimators.labels.message_groups`, which keep folds apart: these leave frequent features out, so that messages
with a few rare words in common already belong together. Here one row is to stand for others, so nearly all of two rows must be equal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

Integers = NDArray[np.int64]
Numbers = NDArray[np.uint64]

COPY = 0.85
"""Jaccard similarity of n-grams from which a row repeats another; because a sign or a greeting more leaves short messages above, another part and
number below."""

BANDS, ROWS = 16, 6
"""Bands and hashes in each: rows with a similarity of .85 agree in at least one band with probability .999, of .5 with .22, and are then compared."""


def repeated_rows(features: csr_matrix, equal: Integers, seed: int = 0) -> Integers:
    """Group rows that repeat each other.

    Candidates share a band of their MinHash signature over the n-grams; of each band's candidates every one is compared with the first. References:
    Broder 1997 (MinHash); Indyk and Motwani 1998 (bands).

    Parameters
    ----------
    features : csr_matrix, shape (n, features)
        Counts of hashed character n-grams; which ones occur matters, not how often.
    equal : array of int, shape (n,)
        Equal for rows with equal text: 0 .. g-1.
    seed : int
        Seed of the hashes.

    Returns
    -------
    array of int, shape (n,)
        Group of each row, 0 .. k-1.
    """
    _, first = np.unique(equal, return_index=True)
    present = csr_matrix(features[first])
    present.data = np.ones_like(present.data)
    filled = np.flatnonzero(np.diff(present.indptr))
    pairs = _candidates(csr_matrix(present[filled]), seed)
    one, other = filled[pairs[:, 0]], filled[pairs[:, 1]]
    alike = _similarities(present, one, other) >= COPY
    edges = coo_matrix((np.ones(int(alike.sum())), (one[alike], other[alike])), shape=(len(first), len(first)))
    parts = connected_components(edges, directed=False)[1].astype(np.int64)
    return np.asarray(parts[np.searchsorted(equal[first], equal)])


def _candidates(present: csr_matrix, seed: int) -> Integers:
    """Give pairs (first row of a bucket, other row of it), each once. Shape (p, 2)."""
    n = present.shape[0]
    if n < 2:
        return np.empty((0, 2), np.int64)
    random, found = np.random.default_rng(seed), []
    for _ in range(BANDS):
        key = np.zeros(n, np.uint64)
        for _ in range(ROWS):
            smallest = np.minimum.reduceat(_scrambled(present.shape[1], random)[present.indices], present.indptr[:-1])
            key = key * np.uint64(0x9E3779B97F4A7C15) + smallest
        _, leader, bucket = np.unique(key, return_index=True, return_inverse=True)
        pairs = np.stack([leader[bucket], np.arange(n)], axis=1)
        found.append(pairs[pairs[:, 0] != pairs[:, 1]])
    return np.unique(np.concatenate(found), axis=0).astype(np.int64)


def _scrambled(size: int, random: np.random.Generator) -> Numbers:
    """Give every feature a random number of its own, one hash of MinHash."""
    return random.integers(0, 2**63, size, dtype=np.uint64)


def _similarities(present: csr_matrix, one: Integers, other: Integers) -> NDArray[np.float64]:
    shared = np.asarray(present[one].multiply(present[other]).sum(axis=1), float).ravel()
    sizes = np.diff(present.indptr)
    together = sizes[one] + sizes[other] - shared
    return np.asarray(np.divide(shared, together, out=np.zeros_like(shared), where=together > 0))
