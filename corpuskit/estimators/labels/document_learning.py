"""Attainable error of places: what a classifier would reach if all documents were filed, those that wait too.

The space is made of the letters of the documents' words (:func:`~corpuskit.counts.spelled_documents`), as that of a table is made of the letters of
its messages: the same messages as files in folders are extrapolated as they are as rows.
"""

from __future__ import annotations

from typing import Any

from corpuskit.counts import CorpusStats
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.attainable_error import ERROR, by_learning
from corpuskit.estimators.labels.document_labels import labels_from_places
from corpuskit.estimators.labels.readable_documents import readable, spelled
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator


def estimate_document_learning(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Extrapolate the learning curve of each kind of place to all documents that lie there or wait; nothing where there are no such categories."""
    parts = [learning_of_places(inputs.stats, sample, options) for sample in inputs.document_samples]
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates), series=tuple(series for part in parts for series in part.series)
    )


def learning_of_places(stats: CorpusStats, every: LabelledSample, options: EstimatorOptions) -> Estimates:
    """Extrapolate the learning curve of one kind of place; undefined where there are too few documents or categories."""
    sample = readable(stats, every, options)
    found = by_learning(sample, lambda: spelled(stats, sample), options, on_words=True)
    told = labels_from_places(sample.messages)
    changed: list[dict[str, Any]] = [{"unit": "documents", "method": one.method + told} if one.unit == "messages" else {} for one in found.estimates]
    return found.model_copy(update={"estimates": tuple(one.model_copy(update=change) for one, change in zip(found.estimates, changed, strict=True))})


DOCUMENT_LEARNING = Estimator(
    name="document_learning",
    question="What error would a classifier reach if all documents were filed?",
    reference=ERROR.reference,
    function=estimate_document_learning,
)
