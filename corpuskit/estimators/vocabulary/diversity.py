"""HD-D: how varied the wording of a document is, whatever its length.

MTLD, the other index of McCarthy and Jarvis, walks through the words in their order. Counts do not hold the order, so it is left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import row_sums
from corpuskit.estimators.document_groups import blocks_of_rows
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.rarefaction import log_choose

MEASURE = Measure("hd_d", "documents", "E", "McCarthy and Jarvis 2010")

DRAWN = 42
"""Words drawn from each document: the number for which HD-D and its forerunner vocd-D were compared (McCarthy and Jarvis 2010)."""


def hd_d(counts: csr_matrix) -> NDArray[np.float64]:
    """Give for each document the share of different words among 42 that are drawn from it at random.

    Formula: ``sum_w (1 - C(n - x_w, 42) / C(n, 42)) / 42``. Reference: McCarthy and Jarvis 2010.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.

    Returns
    -------
    array, shape (documents,)
        Between 1/42 and 1; nan for documents with fewer than 42 tokens. Cost O(stored entries).
    """
    sizes = row_sums(counts)
    # log C(m, 42) of every number of words there is, -inf below 42: one place is looked up for each entry instead of four logarithms computed
    draws = np.concatenate((np.full(DRAWN, -np.inf), log_choose(np.arange(DRAWN, max(int(sizes.max(initial=0)), DRAWN) + 1.0), float(DRAWN))))
    types = np.zeros(counts.shape[0])
    for first, stop, entries, rows in blocks_of_rows(counts):
        long = sizes[first:stop][rows] >= DRAWN
        rows, x = rows[long], counts.data[entries][long].astype(np.int64)
        n = sizes[first:stop][rows]
        types[first:stop] = np.bincount(rows, weights=1.0 - np.exp(draws[n - x] - draws[n]), minlength=stop - first)
    return np.where(sizes >= DRAWN, types / DRAWN, np.nan)


def estimate_diversity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Give for each language the mean HD-D of its documents with at least 42 words."""
    return Estimates(estimates=tuple(_of_language(inputs, language, options) for language in inputs.languages))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    subject, method = f"lang:{language}", computed("hd_d", words=DRAWN)
    values = hd_d(inputs.document_terms[language])
    long = np.isfinite(values)
    n = int(long.sum())
    if n == 0:
        documents = int(np.sum(np.diff(inputs.document_terms[language].indptr) > 0))
        return MEASURE.undefined(subject, 0, method, "undefined_documents_too_short", documents=documents, needed=DRAWN)
    value = float(values[long].mean())
    interval = jackknife_interval(value, means_without_each_group(values[long], inputs.document_groups[long]), options.level, bounds=(0.0, 1.0))
    return MEASURE.given(subject, value, n, method + by_jackknife(interval), interval, options.level)


def means_without_each_group(values: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the mean without the items of each group; nan where nothing is left.

    Parameters
    ----------
    values, group : arrays, shape (n,)
    """
    place = np.unique(group, return_inverse=True)[1]
    count, total = np.bincount(place), np.bincount(place, weights=values)
    left = len(values) - count
    return np.where(left > 0, (values.sum() - total) / np.maximum(left, 1), np.nan)


DIVERSITY = Estimator(
    name="diversity",
    question="How varied is the wording of a document?",
    reference=MEASURE.reference,
    function=estimate_diversity,
)
