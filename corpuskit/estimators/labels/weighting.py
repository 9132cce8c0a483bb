"""TF-IDF weights of counted features: what makes two messages alike is what few other messages have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


def inverse_document_frequency(counts: csr_matrix) -> NDArray[np.float64]:
    """Give ``log(n / df) + 1`` per feature, 0 for features that no message has.

    Not smoothed, so that a corpus given twice has the same weights. Reference: Spärck Jones 1972.

    Parameters
    ----------
    counts : csr_matrix, shape (n, features)
        Feature counts of messages.

    Returns
    -------
    array, shape (features,)
    """
    present = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = np.zeros(counts.shape[1])
    seen = present > 0
    weights[seen] = np.log(counts.shape[0] / present[seen]) + 1
    return weights


def tf_idf(counts: csr_matrix, weights: NDArray[np.float64]) -> csr_matrix:
    """Give ``(1 + log count) * weight``, each row scaled to length 1; rows without a weighted feature stay empty.

    Parameters
    ----------
    counts : csr_matrix, shape (n, features)
        Feature counts, all stored values at least 1.
    weights : array, shape (features,)
        From :func:`inverse_document_frequency`, of the messages that may be known.

    Returns
    -------
    csr_matrix of float64, shape (n, features)
    """
    weighted = csr_matrix(((1 + np.log(counts.data.astype(float))) * weights[counts.indices], counts.indices, counts.indptr), shape=counts.shape)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=weighted.data**2, minlength=counts.shape[0]))
    weighted.data /= np.where(lengths > 0, lengths, 1.0)[rows]
    return weighted
