"""What two people's labels of the same messages say about the error that no system can avoid: no model is needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.counts import LabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.agreement import Agreement, cohen_kappa, krippendorff_alpha
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Estimates, Estimator, Measure

AMBIGUITY = Measure("double_coding_ambiguity", "messages", "B", "Cover and Hart 1967; Clopper and Pearson 1934")
KAPPA = Measure("cohen_kappa", "messages", "B", "Cohen 1960; Tukey 1958")
ALPHA = Measure("krippendorff_alpha", "messages", "B", "Krippendorff 2011; Tukey 1958")
DISAGREEMENT = Measure("coder_disagreement", "messages", "B", "Clopper and Pearson 1934")


def least_error(disagreement: float, classes: int) -> float:
    """Give the smallest error against one person's labels that this disagreement of two people allows.

    Formula: ``h(D) = (K-1)/K (1 - sqrt(1 - K D / (K-1)))``, with D cut at (K-1)/K. Reference: Cover and Hart 1967, read for annotators: the
    disagreement of two independent coders is the expected 1 - sum q^2, and ``h(D) <= Bayes error <= D``.

    Parameters
    ----------
    disagreement : float
        Share of messages that two independent coders label differently, 0..1.
    classes : int
        Number of labels K, at least 2.

    Returns
    -------
    float
        0 for one class.
    """
    if classes < 2:
        return 0.0
    most = (classes - 1) / classes
    return float(most * (1 - np.sqrt(max(0.0, 1 - disagreement / most))))


def estimate_double_coding(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Bound the error from below and above wherever a second person labelled the messages; nothing where nobody did."""
    return Estimates(
        estimates=tuple(estimate for messages in inputs.labelled if messages.second is not None for estimate in _of_messages(messages, options))
    )


def _of_messages(messages: LabelledMessages, options: EstimatorOptions) -> tuple[Estimate, ...]:
    second = np.asarray(messages.second)
    coded = np.flatnonzero(second >= 0)
    n, subject = len(coded), messages.subject
    method = computed("bound_of_disagreement") + computed("holds_for_blind_coders") + computed("against_one_label")
    if n < options.min_messages:
        return (AMBIGUITY.undefined(subject, n, method, "undefined_too_few_double_coded", n=n, needed=options.min_messages),)
    differs = messages.labels[coded] != second[coded]
    classes = len(np.union1d(messages.labels[coded], second[coded]))
    independent = effective_size(np.unique(messages.fold_groups[coded], return_counts=True)[1].astype(float))
    rate = float(differs.mean())
    low, high = clopper_pearson(rate * independent, independent, options.level)
    return (
        AMBIGUITY.given(subject, least_error(rate, classes), n, method, (least_error(low, classes), high), options.level),
        DISAGREEMENT.given(
            subject, rate, n, computed("labelled_differently") + computed("exact_at_messages", independent=independent), (low, high), options.level
        ),
        *_agreement(messages, coded, options.level),
    )


def _agreement(messages: LabelledMessages, coded: NDArray[np.int64], level: float) -> tuple[Estimate, ...]:
    """Give the coefficients of agreement beyond chance, equal messages counting as one for the interval."""
    first, second, groups = messages.labels[coded], np.asarray(messages.second)[coded], messages.fold_groups[coded]
    found: tuple[tuple[Measure, Agreement | None], ...] = (
        (KAPPA, cohen_kappa(first, second, groups, level)),
        (ALPHA, krippendorff_alpha(np.stack([first, second], axis=1), groups, level)),
    )
    method, subject, n = computed("nominal_labels") + computed("jackknife_of_messages"), messages.subject, len(coded)
    return tuple(
        measure.undefined(subject, n, method, "undefined_one_label")
        if agreed is None
        else measure.given(subject, agreed.value, n, method, agreed.interval, level if agreed.interval else None)
        for measure, agreed in found
    )


DOUBLE_CODING = Estimator(
    name="double_coding",
    question="What error can no system avoid, given how often two people disagree?",
    reference=AMBIGUITY.reference,
    function=estimate_double_coding,
)
