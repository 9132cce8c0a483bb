"""The routing list beside a report: messages of every table with labels or named categories, and documents in folders, each with its route."""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.audit.config import Settings
from corpuskit.audit.sources import Source, definitions_of
from corpuskit.counts import CorpusStats
from corpuskit.estimators import Inputs, RoutingList, routing_by_names, routing_list, routing_of_documents
from corpuskit.tasks import TaskAssessment

TOLERANCE = 0.05
"""Error of the automated part where no task names a smaller one; because labels of well-kept data sets are themselves wrong at about that rate
(3.3 % on average, Northcutt and others 2021)."""


def routes(stats: CorpusStats, tasks: Sequence[TaskAssessment], settings: Settings, sources: Sequence[Source] = ()) -> tuple[RoutingList, ...]:
    """Route messages of tables with enough labels, documents in places that are categories, and messages that named categories are held against.

    Parameters
    ----------
    stats : CorpusStats
        Counts of the audit.
    tasks : sequence of TaskAssessment
        Their tolerances hold for the tables that they rest on, the smallest of each.
    settings : Settings
        As audited.
    sources : sequence of Source
        Those that were read.

    Returns
    -------
    tuple of RoutingList
        By table and column, then documents by kind of place, those by names alone last; empty where nothing has enough messages.
    """
    definitions = definitions_of(settings.definitions, sources, settings.read.encoding)
    options = settings.estimate.model_copy(update={"seed": settings.seed})
    inputs = Inputs(stats, options, definitions, settings.text)
    found = [routing_list(inputs, sample, tolerance_of(sample.messages.subject, tasks)) for sample in inputs.samples]
    found += [routing_of_documents(inputs, sample, tolerance_of(sample.messages.subject, tasks)) for sample in inputs.document_samples]
    found += [routing_by_names(inputs, messages, tolerance_of(messages.subject, tasks)) for messages in inputs.unlabelled]
    return tuple(one for one in found if one is not None)


def tolerance_of(subject: str, tasks: Sequence[TaskAssessment]) -> float:
    """Give the smallest error that a task resting on a table may make, else :data:`TOLERANCE`."""
    resting = [task for task in tasks if any(id.partition("@")[2] == subject for id in task.estimates)]
    allowed = [task.tolerance.max_error for task in resting if task.tolerance.max_error is not None]
    return min((error for error in allowed if 0 < error < 1), default=TOLERANCE)
