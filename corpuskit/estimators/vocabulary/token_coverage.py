"""Coverage of tokens, and without each document in turn: what its jackknife over documents rests on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import column_sums, row_sums
from corpuskit.estimators.document_groups import blocks_of_rows, filled_rows
from corpuskit.estimators.resampling import MINIMUM_GROUPS


def chao_jost_coverage(f1: float, f2: float, n: float) -> float | None:
    """Estimate the total probability of the types that were seen.

    Formula: ``1 - (f1/n) (n-1)f1 / ((n-1)f1 + 2 f2)``; for f2 = 0 the bracket has f1 - 1 for f1 and 2 for 2 f2.
    Reference: Chao and Jost 2012.

    Parameters
    ----------
    f1, f2 : float
        Types seen once and twice.
    n : float
        Tokens.

    Returns
    -------
    float or None
        Undefined (None) for fewer than two tokens, or when every token is a type of its own.
    """
    if n < 2 or f1 >= n:
        return None
    if f1 == 0:
        return 1.0
    once, twice = (f1, 2 * f2) if f2 > 0 else (f1 - 1, 2.0)
    return 1.0 - f1 / n * (n - 1) * once / ((n - 1) * once + twice)


def leave_one_document_out(counts: csr_matrix) -> NDArray[np.float64]:
    """Compute coverage without each document in turn.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.

    Returns
    -------
    array, shape (documents with at least one token,)
        Coverage without that document; nan where it is undefined. Empty when there are fewer than 8 such documents. Cost O(stored entries).
    """
    counts = filled_rows(csr_matrix(counts))
    documents = counts.shape[0]
    if documents < MINIMUM_GROUPS:
        return np.zeros(0)
    totals = column_sums(counts)
    ones, twos = (np.full(documents, np.sum(totals == number), dtype=float) for number in (1, 2))
    # one byte a type, which the cache of the processor holds: nearly all entries are of types of which others have more
    capped = np.minimum(totals, 127).astype(np.int8)
    for first, stop, entries, rows in blocks_of_rows(counts):
        near = np.flatnonzero(capped[counts.indices[entries]] <= counts.data[entries] + 2)
        before, rows = totals[counts.indices[entries][near]], rows[near]
        after = before - counts.data[entries][near]
        for found, number in ((ones, 1), (twos, 2)):
            found[first:stop] += np.bincount(rows, weights=(after == number).astype(float) - (before == number), minlength=stop - first)
    left = totals.sum() - row_sums(counts)
    values = (chao_jost_coverage(float(f1), float(f2), float(n)) for f1, f2, n in zip(ones, twos, left, strict=True))
    return np.array([np.nan if value is None else value for value in values])
