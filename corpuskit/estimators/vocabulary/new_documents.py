"""Coverage of new documents: how many of the words of one more document the others hold already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import column_sums, row_sums
from corpuskit.estimators.document_groups import blocks_of_rows, filled_rows

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def coverage_of_new_documents(counts: csr_matrix) -> tuple[float | None, Floats]:
    """Give the share of the words of one more document whose type was seen in the others.

    Formula: ``1 - (w1/n) (D-1) w1 / ((D-1) w1 + w2)`` with w1, w2 the tokens of types that occur in one and in two of D documents: Chao and
    Jost's coverage of samples by incidence, weighted by tokens (w1/n alone is what each document in turn lacks in the others). Their coverage of
    tokens speaks of more text from these very documents; where documents have words of their own, only this one speaks of others.
    Reference: Chao and Jost 2012.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.

    Returns
    -------
    value : float or None
        None for fewer than two documents with words, and when no type occurs in two documents.
    left_out : array, shape (documents with words,)
        The value without each document in turn, for a jackknife; nan where undefined. Cost O(stored entries).
    """
    counts = filled_rows(csr_matrix(counts))
    sizes = row_sums(counts).astype(float)
    documents, n = counts.shape[0], float(sizes.sum())
    if documents < 2:
        return None, np.zeros(0)
    holders, totals = np.bincount(counts.indices, minlength=counts.shape[1]), column_sums(counts)
    once, twice = (float(totals[holders == number].sum()) for number in (1, 2))
    enters_once, enters_twice = np.zeros(documents), np.zeros(documents)
    # one byte a type, which the cache of the processor holds: most entries are of types in more documents
    few = np.minimum(holders, 4).astype(np.int8)
    for first, stop, entries, rows in blocks_of_rows(counts):
        near = np.flatnonzero(few[counts.indices[entries]] < 4)
        types, own, rows = counts.indices[entries][near], counts.data[entries][near].astype(float), rows[near]
        spread, total = few[types], totals[types]
        enters, leaves = np.where(spread == 2, total - own, 0.0), np.where(spread == 1, own, 0.0)
        enters_once[first:stop] = np.bincount(rows, weights=enters - leaves, minlength=stop - first)
        enters, leaves = np.where(spread == 3, total - own, 0.0), np.where(spread == 2, total, 0.0)
        enters_twice[first:stop] = np.bincount(rows, weights=enters - leaves, minlength=stop - first)
    value = coverage_by_incidence(np.array([once]), np.array([twice]), np.array([n]), documents)[0]
    ones, twos, rest = (np.asarray(each, dtype=float) for each in (once + enters_once, twice + enters_twice, n - sizes))
    left_out = coverage_by_incidence(ones, twos, rest, documents - 1)
    return (float(value) if np.isfinite(value) else None), left_out


def coverage_by_incidence(once: Floats, twice: Floats, n: Floats, documents: int | Integers) -> Floats:
    """Give the formula of :func:`coverage_of_new_documents`; 1 where every type occurs in several documents, nan where none does."""
    weighted = (documents - 1) * once
    missed = np.where(once > 0, once / np.maximum(n, 1.0) * weighted / np.maximum(weighted + twice, 1.0), 0.0)
    return np.asarray(np.where(once < n, 1 - missed, np.nan), dtype=float)
