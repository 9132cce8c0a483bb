"""What an audit says about the messages and classes of a labelled table, message by message and class by class."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.definitions.clarity import clarity, language_reading
from corpuskit.estimators.definitions.definition_ambiguity import view_of
from corpuskit.estimators.definitions.definition_space import definition_match, lead_of, unlabelled_match
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.posterior_calibration import calibrate
from tests.validation.clarity import from_few
from tests.validation.proof.answers import Answered
from tests.validation.proof.labelled_table import labelled_table
from tests.validation.proof.runs import Run

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

BY_MESSAGE = {
    "all_labels": "clarity, all labels",
    "ten_a_class": "clarity, ten labels a class",
    "names_only": "clarity, names only",
    "posterior": "calibrated posterior",
    "length": "length (the shorter, the clearer)",
}
BY_CLASS = {
    "match": "definition match alone",
    "with_language": "definition match and lead of the language",
    "unlabelled": "definition match without labels",
    "language": "language ambiguity (its error, reversed)",
}


class Clearness(NamedTuple):
    """What was measured.

    Attributes
    ----------
    chosen : array of int, shape (s,)
        Questions that the audit takes into its sample, ascending.
    groups : array of int, shape (s,)
        Equal for copies and near copies.
    messages : dict
        Keys of :data:`BY_MESSAGE` to scores, shape (s,): the higher, the clearer; nan for messages that a classifier of ten a class learned from.
    classes : dict
        Keys of :data:`BY_CLASS` to scores, shape (K,): the higher, the clearer; nan where a class is not in the sample.
    """

    chosen: Integers
    groups: Integers
    messages: dict[str, Floats]
    classes: dict[str, Floats]


def measure(answered: Answered, options: EstimatorOptions | None = None) -> Clearness:
    """Measure with the functions and the default options of an audit: of very long tables it draws its sample, here too."""
    used = options or EstimatorOptions()
    sample = sample_labelled(labelled_table(answered.texts, [answered.names[code] for code in answered.labels]), used)
    view, crossed = view_of(sample, used.seed), sample.crossed
    few, asked = from_few(sample.features, sample.labels, len(sample.names), used.seed)
    sizes = np.bincount(sample.labels, minlength=len(sample.names))
    scores = np.where(np.isfinite(crossed.scores), crossed.scores, crossed.scores[np.isfinite(crossed.scores)].min())
    match = definition_match(view, sample.labels)
    lead = np.bincount(sample.labels, weights=lead_of(scores, sample.labels)) / sizes
    wrong = np.bincount(sample.labels, weights=(crossed.predicted != sample.labels).astype(np.float64)) / sizes
    by_class = {"match": match, "with_language": rankdata(match) + rankdata(lead), "unlabelled": unlabelled_match(view), "language": -wrong}
    return Clearness(
        sample.chosen,
        sample.groups,
        {
            "all_labels": clarity(view, language_reading(crossed.scores)),
            "ten_a_class": np.where(asked, clarity(view, language_reading(few)), np.nan),
            "names_only": clarity(view),
            "posterior": calibrate(crossed, sample.labels, sample.groups).confidence,
            "length": -np.array([float(len(answered.texts[place])) for place in sample.chosen]),
        },
        {name: _of_all_classes(values, sample.codes, len(answered.names)) for name, values in by_class.items()},
    )


def _of_all_classes(values: Floats, codes: Integers, classes: int) -> Floats:
    found = np.full(classes, np.nan)
    found[codes] = values
    return found


def in_sample(runs: tuple[Run, ...], chosen: Integers) -> tuple[Run, ...]:
    """Keep of each run the questions of the sample, as places within it."""
    kept = [np.isin(run.rows, chosen) for run in runs]
    return tuple(
        Run(run.name, np.searchsorted(chosen, run.rows[keep]).astype(np.int64), run.right[keep], run.confidence[keep])
        for run, keep in zip(runs, kept, strict=True)
    )


def recall_of(run: Run, labels: Integers, classes: int) -> Floats:
    """Give the share of right answers by class, over all questions that the run answered, shape (K,); nan for classes without any."""
    asked = np.bincount(labels[run.rows], minlength=classes).astype(np.float64)
    hits = np.bincount(labels[run.rows], weights=run.right.astype(np.float64), minlength=classes)
    return np.asarray(np.divide(hits, asked, out=np.full(classes, np.nan), where=asked > 0))
