"""Inputs of estimators made from a matrix of documents by terms, without text."""

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators import EstimatorOptions, Inputs


class Corpus(Inputs):
    """Inputs of one language, given as counts and the group of each document."""

    @property
    def languages(self):  # type: ignore[override]
        return ("en",)

    @property
    def document_terms(self):  # type: ignore[override]
        return {"en": self.stats}

    @property
    def term_lengths(self):  # type: ignore[override]
        return {"en": 2 + np.arange(self.stats.shape[1]) % 9}

    @property
    def document_groups(self):  # type: ignore[override]
        return self.definitions

    @property
    def spectra(self):  # type: ignore[override]
        return {"en": FrequencySpectrum.of(np.asarray(self.stats.sum(axis=0)).ravel())}


def corpus(counts, groups=25, seed=0, **options):
    """Make inputs of a dense or sparse matrix of counts; documents are dealt to groups at random."""
    matrix = csr_matrix(counts)
    group = np.random.default_rng(seed).integers(0, groups, matrix.shape[0])
    return Corpus(matrix, EstimatorOptions(**options), group)


def drawn(documents, seed=0, words=200, types=3000, clustered=True, exponent=1.05):
    """Draw documents from a falling distribution of words; clustered, each document prefers words of its own."""
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, types + 1) ** exponent
    rows = []
    for _ in range(documents):
        own = share * random.gamma(0.2, 1, types) if clustered else share
        rows.append(random.multinomial(words, own / own.sum()))
    return np.array(rows)


def by_measure(estimates):
    return {item.measure: item for item in estimates.estimates}
