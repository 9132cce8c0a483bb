"""What the labels of ten or more people say about the error that no system can avoid: shares of labels in place of one label."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.counts import LabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.agreement import krippendorff_alpha, ratings_of
from corpuskit.estimators.labels.double_coding import ALPHA
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.ingest import FEWEST_RATERS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

AMBIGUITY = Measure("soft_label_ambiguity", "messages", "B", "Ishida and others 2023; Quenouille 1956; Clopper and Pearson 1934")


class SoftLabels(NamedTuple):
    """Three readings of the error that the best answer makes against the label of one more rater, as means over messages.

    Attributes
    ----------
    within : float
        One less the largest share: each rater is judged by a majority that holds the rater's own label. Too low in the mean.
    corrected : float
        The same with its bias taken away as far as it falls with one over the number of raters.
    without : float
        Each rater is judged by the majority of the others. Too high in the mean.
    """

    within: float
    corrected: float
    without: float


def soft_labels(votes: Integers) -> SoftLabels:
    """Read the error that remains from the votes of raters.

    Formulas, with n_c of m raters for label c: ``within = 1 - max n_c / m``; ``without = 1 - sum_c n_c/m P_c``, P_c = 1 where c leads the other
    raters' votes, 1 over the number of leaders where it leads together with others, else 0; ``corrected = m within - (m - 1) sum_c n_c/m (1 -
    max(n - e_c) / (m - 1))``, kept between the two. By Jensen's inequality ``E within <= 1 - max q``; and the majority of m - 1 raters is one way
    to answer, so ``E without >= 1 - max q``, q the shares of all raters there might be. References: Ishida and others 2023 (soft labels); Quenouille
    1956 (jackknife).

    Parameters
    ----------
    votes : array of int, shape (n, K)
        At least two for each message.

    Returns
    -------
    SoftLabels

    Raises
    ------
    ValueError
        There is no message, or one with fewer than two votes.
    """
    raters = votes.sum(axis=1).astype(float)
    if len(votes) == 0 or raters.min() < 2:
        raise ValueError("Soft labels need messages with at least two votes each.")
    share = votes / raters[:, None]
    within = 1 - share.max(axis=1)
    wrong, left = np.zeros(len(votes)), np.zeros(len(votes))
    for label in range(votes.shape[1]):
        others = votes.copy()
        others[:, label] -= 1
        most = others.max(axis=1)
        leads = (others[:, label] == most) / (others == most[:, None]).sum(axis=1)
        wrong += share[:, label] * (1 - leads)
        left += share[:, label] * (1 - most / (raters - 1))
    corrected = float(np.mean(raters * within - (raters - 1) * left))
    least, most_wrong = float(within.mean()), float(wrong.mean())
    return SoftLabels(least, float(np.clip(corrected, least, max(least, most_wrong))), max(least, most_wrong))


def estimate_soft_labels(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Read the error that remains wherever ten or more people labelled the messages; nothing where they did not.

    The interval goes from the lower end of ``within`` to the upper end of ``without``, each as of a rate at the independent messages (Clopper and
    Pearson 1934). Shares between 0 and 1 vary at most as much as a yes or no of the same mean, so it is wide rather than short: on the ring language
    it held the exact error in 40 of 40 draws of 200 messages with twelve raters.
    """
    return Estimates(
        estimates=tuple(estimate for messages in inputs.labelled if messages.votes is not None for estimate in _of_messages(messages, options))
    )


def _of_messages(messages: LabelledMessages, options: EstimatorOptions) -> tuple[Estimate, ...]:
    votes, subject = np.asarray(messages.votes), messages.subject
    rated = np.flatnonzero(votes.sum(axis=1) >= FEWEST_RATERS)
    if messages.second is not None and not len(rated):
        return ()  # a few people labelled: their pairs are compared
    method = computed("shares_of_raters") + computed("between_own_and_others_majority") + computed("holds_for_blind_raters")
    method += computed("against_one_label")
    if len(rated) < options.min_messages:
        told = {"n": len(rated), "needed": options.min_messages, "raters": FEWEST_RATERS}
        return (AMBIGUITY.undefined(subject, len(rated), method, "undefined_too_few_rated", **told),)
    found, groups = soft_labels(votes[rated]), messages.fold_groups[rated]
    worth = effective_size(np.unique(groups, return_counts=True)[1].astype(float))
    low = clopper_pearson(found.within * worth, worth, options.level)[0]
    high = clopper_pearson(found.without * worth, worth, options.level)[1]
    exact = computed("exact_at_messages", independent=worth)
    ambiguity = AMBIGUITY.given(subject, found.corrected, len(rated), method + exact, (low, high), options.level)
    return ambiguity, *(() if messages.second is not None else _agreement(subject, votes[rated], groups, options.level))


def _agreement(subject: str, votes: Integers, groups: Integers, level: float) -> tuple[Estimate, ...]:
    """Give Krippendorff's alpha of all raters; of nominal labels it does not matter who gave which."""
    method = computed("nominal_labels") + computed("jackknife_of_messages")
    agreed = krippendorff_alpha(ratings_of(votes), groups, level)
    if agreed is None:
        return (ALPHA.undefined(subject, len(votes), method, "undefined_one_label"),)
    return (ALPHA.given(subject, agreed.value, len(votes), method, agreed.interval, level if agreed.interval else None),)


SOFT_LABELS = Estimator(
    name="soft_labels",
    question="What error can no system avoid, given how ten or more people label the same messages?",
    reference=AMBIGUITY.reference,
    function=estimate_soft_labels,
)
