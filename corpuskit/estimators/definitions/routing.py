"""The routing list of a table, or of documents in places: what is proposed for automation, for review, for a person, message by message.

Limits are set on messages that have a label, each judged by a classifier that did not see it; messages without a label are judged by the same
classifiers, so that a new message is to the limits what a labelled one was. In a table without labels the names of the owner's categories propose
one for each message; nothing is automated there, and the list says in which order to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from corpuskit.counts import UnlabelledMessages, affordable, spelled_documents
from corpuskit.estimators.definitions.clarity import LEADS_NOWHERE, Limits, Route, clarity, heard, language_reading, route, route_limits
from corpuskit.estimators.definitions.definition_ambiguity import names_of
from corpuskit.estimators.definitions.definition_space import DefinitionView, definition_view
from corpuskit.estimators.definitions.names_alone import read_by_names
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.cross_fitting import Fold, folds_of, linear_classifier
from corpuskit.estimators.labels.readable_documents import filed, readable
from corpuskit.estimators.options import EstimatorOptions

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_ASKED = 20_000
"""Messages without a label that are routed; because names are placed among all of them together, which takes a minute there. Others are named as
not read, and go to review."""

FEWEST_NEW = 200
"""Mails without a place that are routed however long they and the sorted ones are; because they are what the list is for."""

Basis = Literal["labelled", "new", "names", "rare_label", "not_read"]


class Routed(NamedTuple):
    """One message.

    Attributes
    ----------
    locator : str
        Its place in the document, or the id of the document that it is.
    route : {"automate", "review", "person"}
    proposed : str
        Answer of the classifier that did not see the message, in a table without labels the nearest name; empty without a clarity.
    clarity : float or None
        None where it was not measured.
    label : str
        Label that it has; empty for none.
    basis : {"labelled", "new", "names", "rare_label", "not_read"}
        Whether limits were set on it, it has no label, names alone were read, its label has too few messages, or it lies beyond the messages that
        are read.
    """

    locator: str
    route: Route
    proposed: str
    clarity: float | None
    label: str
    basis: Basis


class RoutingList(NamedTuple):
    """The routes of one table.

    Attributes
    ----------
    document, column : str
        Table and label column; no column where names alone were read, no table where each message is a document (its column says what its places look
        like).
    tolerance : float
        Error that the automated part may have.
    limits : Limits
    n : int
        Labelled messages that the limits were set on; 0 where names alone were read.
    messages : tuple of Routed
        The clearest first; those without a clarity last.
    """

    document: str
    column: str
    tolerance: float
    limits: Limits
    n: int
    messages: tuple[Routed, ...]


def routing_list(inputs: Inputs, sample: LabelledSample, tolerance: float) -> RoutingList | None:
    """Route every message of a table.

    Reference: Learn then Test with fixed sequence, Angelopoulos and others 2021 (:func:`~corpuskit.estimators.definitions.clarity.route_limits`).
    That the error of the automated part is at most the tolerance holds at the level of the options for messages that come from where the labelled
    ones came from.

    Parameters
    ----------
    inputs : Inputs
    sample : LabelledSample
        The usable labelled messages of the table.
    tolerance : float
        Between 0 and 1.

    Returns
    -------
    RoutingList or None
        None with fewer than two usable labels or fewer labelled messages than the options ask for: nothing could be proposed.

    Raises
    ------
    ValueError
        The tolerance is not between 0 and 1.
    """
    if not _can_route(sample, inputs.options):
        return None
    asked = csr_matrix(sample.messages.unlabelled_features[:MOST_ASKED])
    pool = csr_matrix(vstack([sample.features, asked], format="csr"))
    view = definition_view(pool, names_of(sample), seed=sample.seed)
    return _routing(sample, view, asked, sample.messages.document, tolerance, inputs.options.level)


def routing_of_documents(inputs: Inputs, every: LabelledSample, tolerance: float) -> RoutingList | None:
    """Route documents that lie in folders, mail folders and the like, and mails that a mail program put where it puts what comes in.

    As :func:`routing_list`; the label of a document is its place, and what is proposed is where it belongs.

    Parameters
    ----------
    inputs : Inputs
    every : LabelledSample
        Of :attr:`~corpuskit.estimators.Inputs.document_samples`.
    tolerance : float
        Between 0 and 1.

    Returns
    -------
    RoutingList or None
        None as for :func:`routing_list`.

    Raises
    ------
    ValueError
        The tolerance is not between 0 and 1.
    """
    sample = readable(inputs.stats, every, inputs.options)
    if not _can_route(sample, inputs.options):
        return None
    known, new = filed(sample), sample.messages.unlabelled_locators
    room = max(affordable(inputs.stats, [*known, *new]) - sample.n, min(FEWEST_NEW, len(new)))
    letters = csr_matrix(spelled_documents(inputs.stats, [*known, *new[:room]]))
    view = definition_view(letters, names_of(sample), seed=sample.seed)
    return _routing(sample, view, csr_matrix(sample.messages.unlabelled_features[:room]), "", tolerance, inputs.options.level)


def _can_route(sample: LabelledSample, options: EstimatorOptions) -> bool:
    return len(sample.names) > 1 and sample.n >= options.min_messages


def _routing(sample: LabelledSample, view: DefinitionView, asked: csr_matrix, document: str, tolerance: float, level: float) -> RoutingList:
    """Set limits on the labelled messages and route them with those that are asked about, which stand behind them in the view."""
    scores = np.concatenate([sample.crossed.scores, _scores_of_new(sample, asked)])
    clear = clarity(heard(view, sample.labels), language_reading(scores))
    wrong = scores[: sample.n].argmax(axis=1) != sample.labels
    limits = route_limits(clear[: sample.n], wrong, sample.groups, tolerance, level)
    new = sample.messages.unlabelled_locators
    locators = [*(sample.messages.locators[place] for place in sample.chosen.tolist()), *new[: asked.shape[0]]]
    labels = [*(sample.names[code] for code in sample.labels.tolist()), *[""] * asked.shape[0]]
    # what is proposed is what the limits were tested on: the answer of the classifier, which names rank by clarity and never overrule
    proposed = [sample.names[code] for code in scores.argmax(axis=1).tolist()]
    measured = [
        Routed(locators[place], one, proposed[place], float(clear[place]), labels[place], "labelled" if place < sample.n else "new")
        for place, one in route(clear, limits)
    ]
    rest = _without_clarity(sample, new[asked.shape[0] :])
    return RoutingList(document, sample.messages.column, tolerance, limits, sample.n, (*measured, *rest))


def routing_by_names(inputs: Inputs, messages: UnlabelledMessages, tolerance: float) -> RoutingList | None:
    """Route every message of a table without labels: to review, and to a person where no name leads. Nothing is automated.

    Clarity is the lead of the nearest name over the second in the reading by names, as for
    :func:`~corpuskit.estimators.definitions.clarity.clarity` without labels.

    Parameters
    ----------
    inputs : Inputs
    messages : UnlabelledMessages
    tolerance : float
        What the automated part may err once labels have set limits; it is passed on.

    Returns
    -------
    RoutingList or None
        None with fewer messages than the options ask for, or where fewer than two names share anything with a message.
    """
    read = read_by_names(messages, MOST_ASKED, inputs.options.seed)
    if messages.n < inputs.options.min_messages or not read.tells:
        return None
    clear, limits = clarity(read.view), Limits(None, LEADS_NOWHERE)
    measured = [
        Routed(messages.locators[read.chosen[place]], one, messages.names[name] if name >= 0 else "", float(clear[place]), "", "names")
        for place, one in route(clear, limits)
        for name in [int(read.nearest[place])]
    ]
    others = np.delete(np.arange(messages.n), read.chosen)
    not_read = [*(messages.locators[place] for place in others.tolist()), *messages.not_read]
    rest = [Routed(locator, "review", "", None, "", "not_read") for locator in not_read]
    return RoutingList(messages.document, "", tolerance, limits, 0, (*measured, *rest))


def _scores_of_new(sample: LabelledSample, asked: csr_matrix) -> Floats:
    """Score each message without a label by the classifier of one fold, the folds in turn: what a labelled message was scored by."""
    scores = np.full((asked.shape[0], len(sample.names)), -np.inf)
    folds = int(sample.crossed.fold.max(initial=0)) + 1
    turn = np.arange(asked.shape[0]) % folds
    for number in range(folds):
        rows = np.flatnonzero(turn == number)
        if len(rows) == 0:
            continue
        part = _fold_for(sample, number, csr_matrix(asked[rows]))
        present = np.unique(sample.labels[part.known])
        if len(present) < 2:
            scores[np.ix_(rows, present)] = 0.0
            continue
        found = linear_classifier(part, sample.labels[part.known], sample.seed).decision_function(part.judged)
        scores[np.ix_(rows, present)] = np.stack([-found, found], axis=1) if found.ndim == 1 else found
    return scores


def _fold_for(sample: LabelledSample, number: int, asked: csr_matrix) -> Fold:
    """Learn from what the fold's own messages were judged by, and ask about others."""
    known = np.flatnonzero(sample.crossed.fold != number)
    features = csr_matrix(vstack([sample.features[known], asked], format="csr"))
    fold = np.concatenate([np.ones(len(known), np.int64), np.zeros(asked.shape[0], np.int64)])
    groups = np.concatenate([sample.groups[known], np.full(asked.shape[0], -1, np.int64)]) + 1
    part = next(folds_of(features, fold, groups))
    return part._replace(known=known)


def _without_clarity(sample: LabelledSample, not_read: Sequence[str]) -> Iterator[Routed]:
    """List what has no clarity: labelled messages of rare labels or beyond those used, and messages beyond those that are read."""
    messages, used = sample.messages, set(sample.chosen.tolist())
    few = {name for name, _ in sample.left_out}
    for place, locator in enumerate(messages.locators):
        if place not in used:
            label = messages.label_names[messages.labels[place]]
            yield Routed(locator, "review", "", None, label, "rare_label" if label in few else "not_read")
    for locator, label in {**dict.fromkeys(not_read, ""), **messages.not_read}.items():
        yield Routed(locator, "review", "", None, label, "not_read")
