"""What describes a task whose measure nothing bears on before a pilot: labels, form text, sections, terms, coverage, lengths, translations."""

from __future__ import annotations

import polars as pl

from corpuskit.estimators import Estimate
from corpuskit.finding import Message, Parameter
from corpuskit.tasks.evidence import TaskEvidence
from corpuskit.tasks.lengths import case_lengths
from corpuskit.tasks.parallel import parallel_documents


def described_by(evidence: TaskEvidence) -> tuple[Estimate, ...]:
    """Give the estimates that describe the task; those that were not measured are left out."""
    known = (
        evidence.of_table("attainable_error"),
        evidence.of_table("language_ambiguity"),
        evidence.fields,
        evidence.measured.estimates.get("template_share@corpus"),
        evidence.measured.estimates.get("repeated_section_share@corpus"),
        evidence.of_language("terminology_consistency"),
        evidence.coverage,
    )
    return tuple(item for item in known if item is not None)


def describe(evidence: TaskEvidence) -> tuple[Message, ...]:
    """Describe the texts of a task. None of it is an error rate, and none of it ranks."""
    told = [_value(estimate) for estimate in described_by(evidence)]
    lengths = case_lengths(evidence)
    if lengths is not None and lengths.longest:
        told.append(Message(code="describe_length", parameters={"median": lengths.median, "most": lengths.largest, "n": lengths.n}))
    if evidence.found.task.kind == "translate":
        told += _pairs(evidence)
    if evidence.found.task.kind == "extract":
        told += _fields(evidence)
    return tuple(told)


def _value(estimate: Estimate) -> Message:
    if estimate.value is None:
        return Message(code="describe_undefined", parameters={"measure": estimate.measure})
    parameters: dict[str, Parameter] = {
        "measure": estimate.measure,
        "share": estimate.value,
        "n": estimate.n,
        "unit": estimate.unit,
        "grade": estimate.grade,
    }
    if estimate.interval is None:
        return Message(code="describe_share", parameters=parameters)
    low, high = estimate.interval
    return Message(code="describe_share_between", parameters={**parameters, "low": low, "high": high})


def _pairs(evidence: TaskEvidence) -> list[Message]:
    pairs = parallel_documents(evidence.stats)
    if not pairs:
        return [Message(code="describe_no_pairs")]
    return [Message(code="describe_pairs", parameters={"n": len(pairs), "one": pairs[0][0], "other": pairs[0][1]})]


def _fields(evidence: TaskEvidence) -> list[Message]:
    """Count the named fields in the task's documents, and how many of them stand in cells of tables."""
    fields = evidence.stats.fields.filter(pl.col("document").is_in(evidence.found.members))
    if fields.is_empty():
        return [Message(code="describe_no_fields", parameters={"n": len(evidence.members)})]
    holding, cells = fields["document"].n_unique(), int((fields["place"] == "cell").sum())
    numbers: dict[str, Parameter] = {"documents": holding, "n": len(evidence.members), "fields": fields.height, "cells": cells / fields.height}
    return [Message(code="describe_fields", parameters=numbers)]
