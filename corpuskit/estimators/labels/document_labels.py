"""Do documents tell where they belong? Language ambiguity of folders, mail folders and kinds in file names, each document one message."""

from __future__ import annotations

from typing import Any

from corpuskit.counts import LabelledMessages
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.label_ambiguity import ERROR, ambiguity_of
from corpuskit.estimators.labels.label_noise import BEYOND
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator
from corpuskit.finding import Evidence, Finding

TOLD_OF_PLACES = {
    "labels_with_few_messages": "places_with_few_documents",
    "labelled_messages_sampled": "filed_documents_sampled",
    "labels_overlap": "places_overlap",
    "slice_error_higher": "place_error_higher",
}
"""Findings of tables, and what they are called where labels are places."""


def estimate_document_labels(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure how surely a document's words tell its folder, mail folder or kind of file; nothing where there are no such categories."""
    parts = [_of_documents(sample, options) for sample in inputs.document_samples]
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates),
        series=tuple(series for part in parts for series in part.series),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _of_documents(sample: LabelledSample, options: EstimatorOptions) -> Estimates:
    found, messages = ambiguity_of(sample, options, on_words=True), sample.messages
    told = labels_from_places(messages)
    kept = []
    for estimate in found.estimates:
        if estimate.measure == BEYOND.name:
            continue  # nobody files a document twice
        changed: dict[str, Any] = {"unit": "documents", "method": estimate.method + told}
        kept.append(estimate.model_copy(update=changed))
    return Estimates(estimates=tuple(kept), series=found.series, findings=(_where_from(messages, options), *map(_of_place, found.findings)))


def labels_from_places(messages: LabelledMessages) -> Method:
    """Say, in a method, which places are the labels."""
    return computed("labels_from_places", place=messages.subject.removeprefix("labels:"), column=messages.column)


def _of_place(finding: Finding) -> Finding:
    """Tell of places what is told of the labels of a table; a note, because where documents lie need not be a label that somebody relies on."""
    code, (_, _, subject) = TOLD_OF_PLACES[finding.code], finding.id.partition("@")
    place = subject.partition(":")[2].partition(":")[0]
    changed: dict[str, Any] = {"level": "note", "code": code, "id": f"{code}@{subject}"}
    return finding.model_copy(update=changed | {"parameters": {**finding.parameters, "place": place}})


def _where_from(messages: LabelledMessages, options: EstimatorOptions) -> Finding:
    """Say that places were read as labels: a reader must be able to object."""
    kind = messages.subject.removeprefix("labels:")
    sizes = {name: int((messages.labels == code).sum()) for code, name in enumerate(messages.label_names)}
    most = sorted((name for name, size in sizes.items() if size >= options.min_per_label), key=lambda name: (-sizes[name], name))
    return Finding(
        id=f"labels_from_places@{messages.subject}",
        level="note",
        code="labels_from_places",
        parameters={
            "place": kind,
            "column": messages.column,
            "n": messages.n,
            "count": len(most),
            "labels": ", ".join(f"{name} ({sizes[name]})" for name in most[:5]),
        },
        evidence=(Evidence(document=messages.document),),
    )


DOCUMENT_LABELS = Estimator(
    name="document_labels",
    question="Do the words of a document tell the folder, mail folder or kind of file that it was filed under?",
    reference=ERROR.reference,
    function=estimate_document_labels,
)
