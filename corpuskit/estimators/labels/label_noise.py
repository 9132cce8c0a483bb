"""How much of the error is more than people's disagreement? What is left is the classifier's, or the messages', and not the labels'."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.counts import LabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.labels.double_coding import least_error
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Measure

BEYOND = Measure("error_beyond_disagreement", "messages", "B", "Cover and Hart 1967; Clopper and Pearson 1934; Dunn 1961")
METHOD = computed("error_less_least_error") + computed("interval_beyond_disagreement")


def excess_error(
    error: float, worth: float, disagreement: float, double_worth: float, classes: int, level: float = 0.95
) -> tuple[float, tuple[float, float]]:
    """Give the error beyond what the coders' disagreement explains, and its interval.

    Formula: ``e - h(D)``; as ``h(D) <= Bayes error <= D``, the part of the error that is not the labels' lies between ``e - D`` and ``e - h(D)``.
    Both rates have exact intervals, each at level (1 + level)/2 so that both hold together (Dunn 1961). Reference: Cover and Hart 1967.

    Parameters
    ----------
    error, disagreement : float
        Rates, 0..1.
    worth, double_worth : float
        Independent messages they rest on.
    classes : int
        Number of labels.
    level : float

    Returns
    -------
    tuple
        Value and interval; the value may be negative, and the lower end is cut at 0 or at the value.
    """
    each = (1 + level) / 2
    low, high = clopper_pearson(error * worth, worth, each)
    least, most = clopper_pearson(disagreement * double_worth, double_worth, each)
    value = error - least_error(disagreement, classes)
    return value, (min(max(low - most, 0.0), value), high - least_error(least, classes))


def beyond_disagreement(messages: LabelledMessages, error: float, n: int, worth: float, options: EstimatorOptions) -> Estimate:
    """Set the cross-fitted error of a table against the disagreement of its two coders; undefined with the reason where there are none."""
    subject = messages.subject
    if messages.second is None:
        return BEYOND.undefined(subject, 0, METHOD, "undefined_one_coder")
    second: NDArray[np.int64] = np.asarray(messages.second)
    coded = np.flatnonzero(second >= 0)
    if len(coded) < options.min_messages:
        return BEYOND.undefined(subject, len(coded), METHOD, "undefined_too_few_double_coded", n=len(coded), needed=options.min_messages)
    differs = float((messages.labels[coded] != second[coded]).mean())
    classes = len(np.union1d(messages.labels[coded], second[coded]))
    independent = effective_size(np.unique(messages.fold_groups[coded], return_counts=True)[1].astype(float))
    value, interval = excess_error(error, worth, differs, independent, classes, options.level)
    return BEYOND.given(subject, value, n, METHOD, interval, options.level)
