"""The spectrum of documents counted plainly, from a whole table."""

import numpy as np

from corpuskit.estimators.document_groups import DocumentSpectrum


def document_spectrum(counts):
    """Count a table of documents by types type by type."""
    table = counts.toarray()
    held, tokens = (table > 0).sum(axis=0), table.sum(axis=0)
    k = np.unique(held[held > 0])
    types, words = (np.array([each[held == number].sum() for number in k], np.int64) for each in (np.ones_like(held), tokens))
    return DocumentSpectrum(int((table.sum(axis=1) > 0).sum()), k.astype(np.int64), types, words)
