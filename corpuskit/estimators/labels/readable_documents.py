"""Which of the documents that places put into categories are read letter by letter, and their letters: as many as an audit has time for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, affordable, spelled_documents
from corpuskit.estimators.inputs import LabelledSample
from corpuskit.estimators.labels.message_groups import sample_groups
from corpuskit.estimators.options import EstimatorOptions

MOST_DOCUMENTS = 4_000
"""Documents that a space is made of; because the decomposition takes seconds for them and its time grows with their number."""


def filed(sample: LabelledSample) -> list[str]:
    """Give the documents of a sample, in its order."""
    return [sample.messages.locators[place] for place in sample.chosen.tolist()]


def readable(stats: CorpusStats, sample: LabelledSample, options: EstimatorOptions) -> LabelledSample:
    """Give as many of the documents as names can be placed among in an audit, in proportion to their labels; all where they are few or short."""
    most = min(affordable(stats, filed(sample)), MOST_DOCUMENTS)
    if sample.n <= most:
        return sample
    kept = sample_groups(sample.labels, sample.groups, most, sample.seed)
    sizes = np.bincount(sample.labels[kept], minlength=len(sample.names))
    enough = np.flatnonzero(sizes >= options.min_per_label)
    kept = kept[np.isin(sample.labels[kept], enough)]
    return replace(
        sample,
        chosen=sample.chosen[kept],
        labels=np.searchsorted(enough, sample.labels[kept]).astype(np.int64),
        names=tuple(sample.names[code] for code in enough.tolist()),
        codes=sample.codes[enough],
        groups=np.unique(sample.groups[kept], return_inverse=True)[1].astype(np.int64),
    )


def spelled(stats: CorpusStats, sample: LabelledSample) -> tuple[csr_matrix, csr_matrix]:
    """Give the letters of the documents of a sample, in its order, and of those that wait as far as there is time for them.

    Returns
    -------
    (csr_matrix, csr_matrix), shapes (n, FEATURES) and (m, FEATURES)
        As :func:`~corpuskit.counts.spelled_documents`.
    """
    known, waiting = filed(sample), list(sample.messages.unlabelled_locators)
    room = max(min(affordable(stats, [*known, *waiting]), MOST_DOCUMENTS) - len(known), 0)
    both = spelled_documents(stats, [*known, *waiting[:room]])
    rows = np.arange(both.shape[0])
    return csr_matrix(both[rows[: len(known)]]), csr_matrix(both[rows[len(known) :]])
