"""Attainable error: what a classifier would reach if all messages of a table were labelled, from the labels that are there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.classifier_kinds import KindErrors, kind_errors
from corpuskit.estimators.labels.examples_to_clarity import NEEDED, PER_LABEL, clarity_estimates
from corpuskit.estimators.labels.learning_curve import extrapolate, learning_curve, message_space
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_MESSAGES = 4_000
"""Messages that the space is made of, labelled ones first; because the decomposition takes seconds for them and its time grows with their number."""

FEWEST_PER_LABEL = 2
"""Independent messages for each label below which no curve is drawn, because a label with one message is never both learned and asked."""

REFERENCE = "Amari 1993; Hestness and others 2017; Deerwester and others 1990; Hoerl and Kennard 1970; Zou and Donner 2008; Clopper and Pearson 1934"
ERROR = Measure("attainable_error", "messages", "C", REFERENCE)
METHOD = computed("learning_curve") + computed("extrapolated")


def estimate_attainable_error(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Extrapolate the learning curve of every labelled table to all of its messages, labelled or not."""
    parts = inputs.of_tables(of_table, options)
    if not parts:
        return Estimates(estimates=_undefined("corpus", 0, "undefined_no_labels"))
    return Estimates(
        estimates=tuple(item for part in parts for item in part.estimates), series=tuple(series for part in parts for series in part.series)
    )


def _undefined(subject: str, n: int, code: str, /, **parameters: float | int | str) -> tuple[Estimate, ...]:
    return tuple(measure.undefined(subject, n, METHOD, code, **parameters) for measure in (ERROR, NEEDED, PER_LABEL))


def of_table(sample: LabelledSample, options: EstimatorOptions) -> Estimates:
    """Extrapolate the learning curve of one table, or say why that is undefined."""
    return by_learning(sample, lambda: (sample.features, sample.messages.unlabelled_features), options)


def by_learning(
    sample: LabelledSample, features: Callable[[], tuple[csr_matrix, csr_matrix]], options: EstimatorOptions, on_words: bool = False
) -> Estimates:
    """Extrapolate the learning curve of messages, or of documents.

    Parameters
    ----------
    sample : LabelledSample
    features : callable
        Gives the features of the sample, row by row, and of messages without a label; not called where there are too few labels.
    options : EstimatorOptions
    on_words : bool
        Whether the sample's own features, on which its classifier was fitted, are words and no n-grams.
    """
    subject, n, independent = sample.messages.subject, sample.n, sample.effective_n
    if len(sample.names) < 2:
        return Estimates(estimates=_undefined(subject, n, "undefined_too_few_labels", labels=len(sample.names), needed=options.min_per_label))
    needed = max(options.min_messages, FEWEST_PER_LABEL * len(sample.names))
    if independent < needed:
        return Estimates(estimates=_undefined(subject, n, "undefined_too_few_messages", n=round(independent), needed=needed))
    chosen = _at_most(sample, options.seed)
    known, without = features()
    labelled = csr_matrix(known[chosen])
    others = _at_most_rows(without, MOST_MESSAGES - len(chosen), options.seed)
    points = message_space(csr_matrix(vstack([labelled, others], format="csr")), seed=options.seed)[: len(chosen)]
    labels = np.unique(sample.labels[chosen], return_inverse=True)[1].astype(np.int64)
    sizes, errors = learning_curve(points, labels, sample.groups[chosen], seed=options.seed)
    target = sample.usable + sample.messages.unlabelled + len(sample.messages.not_read)
    used, worth = len(chosen), independent * len(chosen) / n
    kinds = _kinds(sample, points, labels, chosen)
    found = extrapolate(sizes, errors, used, target, worth, options.level, kinds.ratios(worth))
    unlearned = share_left_out(sample)
    method = computed("learning_curve_of_documents" if on_words else "learning_curve") + computed(
        "extrapolated_from", labelled=used, independent=worth, target=target
    )
    method += computed("errors_fall", exponent=found.exponent) + _interval_method(kinds, unlearned, on_words)
    rows = (*zip((round(size) for size in sizes), (float(error) for error in errors), strict=True), (target, found.error))
    curve = Series(id=f"learning_curve@{subject}", name="learning_curve", subject=subject, columns=("labelled", "error"), rows=rows)
    error_at_all = ERROR.given(subject, found.error, used, method, with_left_out(found.interval, unlearned), options.level)
    clarity = clarity_estimates(subject, sizes, errors, used, target, worth, len(sample.names), options.level, options.seed)
    return Estimates(estimates=(error_at_all, *clarity), series=(curve,))


def _interval_method(kinds: KindErrors, unlearned: float, on_words: bool) -> Method:
    """Say how wide the interval is and why."""
    compared = computed(
        "kinds_compared_on_words" if on_words else "kinds_compared", ridge=kinds.ridge, neighbours=kinds.neighbours, n_grams=kinds.n_grams
    )
    compared += computed("to_rest_and_kinds")
    return (
        compared
        + (computed("labels_left_out", share=unlearned) if unlearned else ())
        + computed("intervals_held_for_documents" if on_words else "intervals_held")
    )


def _kinds(sample: LabelledSample, points: Floats, labels: Integers, chosen: Integers) -> KindErrors:
    """Compare kinds of classifiers on the folds on which language ambiguity is measured, so that nothing is fitted twice."""
    codes = np.unique(sample.labels[chosen])
    said = sample.crossed.predicted[chosen]
    by_n_grams = np.where(np.isin(said, codes), np.searchsorted(codes, said), -1)
    return kind_errors(points, labels, sample.crossed.fold[chosen], by_n_grams)


def share_left_out(sample: LabelledSample) -> float:
    """Give the share of labelled messages whose label has too few of them to be learned."""
    rare = sum(count for _, count in sample.left_out)
    return rare / (rare + sample.usable)


def with_left_out(interval: tuple[float, float], share: float) -> tuple[float, float]:
    """Widen an interval of the error by messages that nothing was learned of: all of them may be named rightly, or none (Manski 1989).

    >>> with_left_out((0.125, 0.5), 0.25)
    (0.09375, 0.625)
    """
    return interval[0] * (1 - share), interval[1] * (1 - share) + share


def _at_most(sample: LabelledSample, seed: int) -> Integers:
    """Choose labelled messages at random where there are more than the space is made of."""
    if sample.n <= MOST_MESSAGES:
        return np.arange(sample.n, dtype=np.int64)
    return np.sort(np.random.default_rng(seed).permutation(sample.n)[:MOST_MESSAGES]).astype(np.int64)


def _at_most_rows(features: csr_matrix, most: int, seed: int) -> csr_matrix:
    """Give at most so many rows, drawn at random."""
    if features.shape[0] <= most:
        return features
    return csr_matrix(features[np.sort(np.random.default_rng(seed).permutation(features.shape[0])[: max(most, 0)])])


ATTAINABLE_ERROR = Estimator(
    name="attainable_error",
    question="What error would a classifier reach if all of the table's messages were labelled?",
    reference=ERROR.reference,
    function=estimate_attainable_error,
    of_table=of_table,
)
