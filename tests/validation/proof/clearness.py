"""What an audit says about the messages and classes of a labelled table, message by message and class by class."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.definitions.clarity import category_clarity, clarity, language_reading
from corpuskit.estimators.definitions.definition_ambiguity import view_of
from corpuskit.estimators.definitions.definition_space import definition_match, mean_by_label, unlabelled_match
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.estimators.labels.posterior_calibration import calibrate
from corpuskit.text import hashed_features
from tests.validation.clarity import from_few
from tests.validation.proof.answers import Answered
from tests.validation.proof.labelled_table import labelled_table
from tests.validation.proof.runs import Run

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

BY_MESSAGE = {
    "all_labels": "clarity, all labels",
    "ten_a_class": "clarity, ten labels a class",
    "names_only": "clarity, names only",
    "posterior": "calibrated posterior",
    "length": "length (the shorter, the clearer)",
}
BY_CLASS = {
    "match": "definition match alone",
    "with_language": "clarity of the class (names and language together)",
    "unlabelled": "definition match without labels",
    "language": "language ambiguity (its error, reversed)",
}


class Clearness(NamedTuple):
    """What an audit says of one table: the questions of the classes that could be chosen from.

    Attributes
    ----------
    read : array of bool, shape (n,)
        Questions that it read: of very long tables an audit draws a sample.
    messages : dict
        Keys of :data:`BY_MESSAGE` to scores, shape (n,): the higher, the clearer; nan for questions not read, and for messages that a classifier of
        ten a class learned from.
    classes : dict
        Keys of :data:`BY_CLASS` to scores, shape (K,): the higher, the clearer; nan where a class is not in the table.
    """

    read: Bools
    messages: dict[str, Floats]
    classes: dict[str, Floats]


class Judged(NamedTuple):
    """The runs, and what an audit says of the table that each was asked.

    Attributes
    ----------
    runs : tuple of Run
        Their rows are questions that the audit read.
    clear : dict
        Name of a run to its :class:`Clearness`; runs that could choose from the same classes share one.
    groups : array of int, shape (n,)
        Equal for copies and near copies among all questions.
    """

    runs: tuple[Run, ...]
    clear: dict[str, Clearness]
    groups: Integers


def judge(answered: Answered, options: EstimatorOptions | None = None) -> Judged:
    """Measure for every run the table that it was asked: names, messages and labels of the classes that it could choose from, and no others."""
    tables = {offer.tobytes(): measure(answered, offer, options) for offer in answered.offered}
    clear = {run.name: tables[offer.tobytes()] for run, offer in zip(answered.runs, answered.offered, strict=True)}
    groups = link_near_copies(hashed_features(answered.texts), np.unique(answered.texts, return_inverse=True)[1].astype(np.int64))
    return Judged(
        tuple(_within(run, clear[run.name].read) for run in answered.runs), clear, np.unique(groups, return_inverse=True)[1].astype(np.int64)
    )


def _within(run: Run, read: Bools) -> Run:
    kept = read[run.rows]
    return Run(run.name, run.rows[kept], run.right[kept], run.confidence[kept])


def measure(answered: Answered, offered: Bools, options: EstimatorOptions | None = None) -> Clearness:
    """Measure the table of some classes with the functions and the default options of an audit."""
    used, asked = options or EstimatorOptions(), np.flatnonzero(offered[answered.labels])
    texts, labels = [answered.texts[place] for place in asked], [answered.names[answered.labels[place]] for place in asked]
    sample = sample_labelled(labelled_table(texts, labels), used)
    view, crossed, classes = view_of(sample, used.seed), sample.crossed, len(sample.names)
    few, others = from_few(sample.features, sample.labels, classes, used.seed)
    language = language_reading(crossed.scores)
    by_message = {
        "all_labels": clarity(view, language),
        "ten_a_class": np.where(others, clarity(view, language_reading(few)), np.nan),
        "names_only": clarity(view),
        "posterior": calibrate(crossed, sample.labels, sample.groups).confidence,
        "length": -np.array([float(len(texts[place])) for place in sample.chosen]),
    }
    by_class = {
        "match": definition_match(view, sample.labels),
        "with_language": category_clarity(view, language, sample.labels),
        "unlabelled": unlabelled_match(view),
        "language": -mean_by_label((crossed.predicted != sample.labels).astype(np.float64), sample.labels, classes),
    }
    places = asked[sample.chosen]
    codes = np.flatnonzero(offered & np.isin(np.arange(len(offered)), answered.labels))[sample.codes]  # the table's own numbering, to ours
    return Clearness(
        np.isin(np.arange(len(answered.texts)), places),
        {name: _spread(values, places, len(answered.texts)) for name, values in by_message.items()},
        {name: _spread(values, codes, len(answered.names)) for name, values in by_class.items()},
    )


def _spread(values: Floats, places: Integers, size: int) -> Floats:
    found = np.full(size, np.nan)
    found[places] = values
    return found


def recall_of(run: Run, labels: Integers, classes: int) -> Floats:
    """Give the share of right answers by class, over all questions that the run answered, shape (K,); nan for classes without any."""
    asked = np.bincount(labels[run.rows], minlength=classes).astype(np.float64)
    hits = np.bincount(labels[run.rows], weights=run.right.astype(np.float64), minlength=classes)
    return np.asarray(np.divide(hits, asked, out=np.full(classes, np.nan), where=asked > 0))
