"""What two people's labels of the same messages say about the error that no system can avoid: no model is needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.counts import LabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.agreement import Agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha, ratings_of
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Estimates, Estimator, Measure

FEWEST = 2
"""Labels of a message; because one person alone can disagree with nobody."""

AMBIGUITY = Measure("double_coding_ambiguity", "messages", "B", "Cover and Hart 1967; Clopper and Pearson 1934; Korn and Graubard 1998")
KAPPA = Measure("cohen_kappa", "messages", "B", "Cohen 1960; Tukey 1958")
FLEISS = Measure("fleiss_kappa", "messages", "B", "Fleiss 1971; Tukey 1958")
ALPHA = Measure("krippendorff_alpha", "messages", "B", "Krippendorff 2011; Tukey 1958")
DISAGREEMENT = Measure("coder_disagreement", "messages", "B", "Clopper and Pearson 1934; Korn and Graubard 1998")


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


def pairs_that_differ(votes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give, for each message, the share of pairs of its raters who gave different labels: ``1 - sum_c n_c (n_c - 1) / (m (m - 1))``.

    Parameters
    ----------
    votes : array of int, shape (n, K)
        At least two for each message.
    """
    raters = votes.sum(axis=1)
    return np.asarray(1 - (votes * (votes - 1)).sum(axis=1) / (raters * (raters - 1)))


def worth_of_pairs(differs: NDArray[np.float64], raters: NDArray[np.int64], independent: float) -> float:
    """Give how many messages with two labels each these are worth: shares of several pairs vary less than a yes or no.

    Formula: ``n D (1 - D) / var(d)``, D the mean of the shares d; at least n, and at most n times half the mean number of raters, which is how many
    pairs without a rater in common there are. Reference: Korn and Graubard 1998 (the exact interval at the effective number).

    Parameters
    ----------
    differs : array, shape (n,)
        From :func:`pairs_that_differ`.
    raters : array of int, shape (n,)
    independent : float
        How many independent messages these are worth.
    """
    rate, spread = float(differs.mean()), float(differs.var(ddof=1)) if len(differs) > 1 else 0.0
    gain = rate * (1 - rate) / spread if spread > 0 else 1.0
    return independent * float(np.clip(gain, 1.0, max(float(raters.mean()) / 2, 1.0)))


def _of_messages(messages: LabelledMessages, options: EstimatorOptions) -> tuple[Estimate, ...]:
    second = np.asarray(messages.second)
    coded = np.flatnonzero(second >= 0)
    n, subject = len(coded), messages.subject
    method = computed("bound_of_disagreement") + computed("holds_for_blind_coders") + computed("against_one_label")
    if n < options.min_messages:
        return (AMBIGUITY.undefined(subject, n, method, "undefined_too_few_double_coded", n=n, needed=options.min_messages),)
    votes = votes_of(messages, coded)
    differs, raters = pairs_that_differ(votes), votes.sum(axis=1)
    classes = int((votes.sum(axis=0) > 0).sum())
    copies = effective_size(np.unique(messages.fold_groups[coded], return_counts=True)[1].astype(float))
    independent, rate = worth_of_pairs(differs, raters, copies), float(differs.mean())
    low, high = clopper_pearson(rate * independent, independent, options.level)
    several = bool(raters.max() > FEWEST)
    compared = computed("over_all_pairs_of_raters", raters=float(raters.mean())) if several else ()
    exact = computed("exact_at_pairs_of_raters" if several else "exact_at_messages", independent=independent)
    return (
        AMBIGUITY.given(subject, least_error(rate, classes), n, method + compared, (least_error(low, classes), high), options.level),
        DISAGREEMENT.given(
            subject,
            rate,
            n,
            computed("labelled_differently") + compared + exact,
            (low, high),
            options.level,
        ),
        *_agreement(messages, coded, votes, options.level),
    )


def votes_of(messages: LabelledMessages, coded: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count how many people gave each of these messages each label: all that are known of, else the two coders. Shape (n, K)."""
    pair = np.zeros((len(coded), len(messages.label_names)), np.int64)
    rows = np.arange(len(coded))
    np.add.at(pair, (rows, messages.labels[coded]), 1)
    np.add.at(pair, (rows, np.asarray(messages.second)[coded]), 1)
    if messages.votes is None:
        return pair
    everyone = np.asarray(messages.votes)[coded]
    among_them = np.asarray((everyone >= pair).all(axis=1))  # else the raters are others than the two coders
    return np.where(among_them[:, None], everyone, pair)


def _agreement(messages: LabelledMessages, coded: NDArray[np.int64], votes: NDArray[np.int64], level: float) -> tuple[Estimate, ...]:
    """Give the coefficients of agreement beyond chance, equal messages counting as one for the interval.

    Cohen's kappa is of two coders, or of two of the raters. Where there are more, Fleiss' kappa is of all of them, if every message has as many.
    """
    first, second, groups = messages.labels[coded], np.asarray(messages.second)[coded], messages.fold_groups[coded]
    raters, subject, n = votes.sum(axis=1), messages.subject, len(coded)
    several, method = bool(raters.max() > FEWEST), computed("nominal_labels") + computed("jackknife_of_messages")

    def told(measure: Measure, agreed: Agreement | None, method: Method) -> Estimate:
        if agreed is None:
            return measure.undefined(subject, n, method, "undefined_one_label")
        return measure.given(subject, agreed.value, n, method, agreed.interval, level if agreed.interval else None)

    found = [
        told(KAPPA, cohen_kappa(first, second, groups, level), method + (computed("of_two_raters") if several else ())),
        told(ALPHA, krippendorff_alpha(ratings_of(votes), groups, level), method),
    ]
    if several and raters.min() < raters.max():
        unequal = {"fewest": int(raters.min()), "most": int(raters.max())}
        found.append(FLEISS.undefined(subject, n, method, "undefined_unequal_raters", **unequal))
    elif several:
        found.append(told(FLEISS, fleiss_kappa(votes, groups, level), method))
    return tuple(found)


DOUBLE_CODING = Estimator(
    name="double_coding",
    question="What error can no system avoid, given how often two people disagree?",
    reference=AMBIGUITY.reference,
    function=estimate_double_coding,
)
