"""Definition ambiguity of places: do the names of folders, mail folders and kinds of files tell which documents lie in them?

Documents are placed by the letters of their words (:func:`~corpuskit.counts.spelled_documents`), because a name shares letters rather than whole
words with a text; how surely the language of a document tells its place is measured on whole words, as for the language ambiguity of places.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpuskit.counts import CorpusStats
from corpuskit.estimators.definitions.definition_ambiguity import AMBIGUITY, by_names, names_of
from corpuskit.estimators.definitions.definition_space import DefinitionView, definition_view
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.document_labels import labels_from_places
from corpuskit.estimators.labels.readable_documents import readable, spelled
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator
from corpuskit.finding import Finding

OF_DOCUMENTS = replace(AMBIGUITY, unit="documents")

TOLD_OF_PLACES = {
    "label_names_say_nothing": "place_names_say_nothing",
    "label_names_alike": "place_names_alike",
    "label_names_far_from_messages": "place_names_far_from_documents",
    "definitions_merge": "place_names_compete",
    "definitions_rename": "place_names_mislead",
    "definitions_split": "place_names_scatter",
    "messages_unambiguous": "documents_unambiguous",
    "messages_epsilon_ambiguous": "documents_epsilon_ambiguous",
    "messages_insufficient_evidence": "documents_insufficient_evidence",
}
"""Findings of tables, and what they are called where labels are places."""


def estimate_document_definitions(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure, for each kind of place, the share of documents whose nearest place name is not where they lie; nothing where there are none."""
    parts = [_of_places(inputs.stats, sample, options) for sample in inputs.document_samples]
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates),
        series=tuple(series for part in parts for series in part.series),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _of_places(stats: CorpusStats, every: LabelledSample, options: EstimatorOptions) -> Estimates:
    sample = readable(stats, every, options)
    bare = sample.messages.description_features is None
    method = computed("nearest_place_name_is_another" if bare else "nearest_place_description_is_another") + labels_from_places(sample.messages)
    found = by_names(sample, lambda: view_of_documents(stats, sample), OF_DOCUMENTS, method, options)
    place = sample.messages.subject.removeprefix("labels:")
    return found.model_copy(update={"findings": tuple(_of_place(finding, place) for finding in found.findings)})


def view_of_documents(stats: CorpusStats, sample: LabelledSample) -> DefinitionView:
    """Place the names of places, with their descriptions, among the documents that lie there and those that wait to be filed.

    Parameters
    ----------
    stats : CorpusStats
    sample : LabelledSample
        Of :attr:`~corpuskit.estimators.Inputs.document_samples`, as many as are :func:`readable`.

    Returns
    -------
    DefinitionView
        Of the documents of the sample, row by row.
    """
    known, waiting = spelled(stats, sample)
    return definition_view(known, names_of(sample), waiting, sample.seed)


def _of_place(finding: Finding, place: str) -> Finding:
    """Tell of places what is told of the labels of a table; a note, because a folder may be named as its owner likes."""
    code = TOLD_OF_PLACES[finding.code]
    changed: dict[str, Any] = {"code": code, "id": finding.id.replace(finding.code, code, 1), "level": "note"}
    return finding.model_copy(update=changed | {"parameters": {**finding.parameters, "place": place}})


DOCUMENT_DEFINITIONS = Estimator(
    name="document_definitions",
    question="Do the names of folders, mail folders and kinds of files tell which documents lie in them?",
    reference=AMBIGUITY.reference,
    function=estimate_document_definitions,
)
