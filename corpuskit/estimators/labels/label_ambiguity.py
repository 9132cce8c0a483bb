"""Language ambiguity: do messages determine their label? An upper bound of the error that any system must make against these labels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.information.peaks import as_concentration
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.confusion_words import confusion_words
from corpuskit.estimators.labels.label_levels import errors_by_level
from corpuskit.estimators.labels.label_maps import confusion_matrix, label_words
from corpuskit.estimators.labels.label_noise import beyond_disagreement
from corpuskit.estimators.labels.label_sets import estimate_label_sets
from corpuskit.estimators.labels.posterior_calibration import calibrate, calibration_estimate
from corpuskit.estimators.labels.slices import slice_errors, slice_findings, slice_series, slices_of
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.finding import Evidence, Finding

Integers = NDArray[np.int64]

LONGEST_CONFUSIONS = 20
"""Pairs of labels listed at most, because a reader can act on few; the rest stay in the error rates by label."""

OVERLAP = 0.2
"""Share of two labels' messages taken for each other from which they are reported, because one in five is what two people already notice."""

FEWEST_CONFUSIONS = 10
"""Confusions needed to report an overlap, because below ten the share has an interval of more than half its own size."""

ERROR = Measure("language_ambiguity", "messages", "C", "Cover and Hart 1967; Clopper and Pearson 1934; Kish 1965")
MAJORITY = Measure("majority_class_error", "messages", "C", "Clopper and Pearson 1934")


def rate_interval(wrong: NDArray[np.bool_], effective_n: float, level: float = 0.95) -> tuple[float, tuple[float, float]]:
    """Give the share of errors and its exact interval at the effective number of independent messages."""
    rate = float(wrong.mean())
    return rate, clopper_pearson(rate * effective_n, effective_n, level)


def confusions(labels: Integers, predicted: Integers, classes: int) -> Integers:
    """Count messages by (label, predicted label). Shape (classes, classes); messages without a prediction are left out."""
    known = predicted >= 0
    return np.bincount(labels[known] * classes + predicted[known], minlength=classes * classes).reshape(classes, classes)


def estimate_label_ambiguity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure the cross-fitted error of every labelled table, beside the error of always guessing the most frequent label."""
    parts = list(inputs.of_tables(ambiguity_of, options))
    if not parts:
        return Estimates(estimates=(ERROR.undefined("corpus", 0, computed("cross_fitted_error"), "undefined_no_labels"),))
    parts += [estimate_label_sets(messages, options) for messages in inputs.labelled]
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates),
        series=tuple(series for part in parts for series in part.series),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def ambiguity_of(sample: LabelledSample, options: EstimatorOptions, on_words: bool = False) -> Estimates:
    """Measure the cross-fitted error of one sample, by label and by slice, with its confusions and what is known beside it.

    ``on_words`` says that its features are words, not n-grams of characters.
    """
    subject, n = sample.messages.subject, sample.n
    method = computed("cross_fitted_on_words" if on_words else "cross_fitted_on_n_grams", folds=options.folds)
    findings = _few(sample, options)
    if len(sample.names) < 2:
        return Estimates(
            estimates=(ERROR.undefined(subject, n, method, "undefined_too_few_labels", labels=len(sample.names), needed=options.min_per_label),),
            findings=findings,
        )
    if n < options.min_messages:
        return Estimates(
            estimates=(ERROR.undefined(subject, n, method, "undefined_too_few_messages", n=n, needed=options.min_messages),), findings=findings
        )
    fitted = sample.crossed
    predicted, wrong = fitted.predicted, fitted.predicted != sample.labels
    independent = sample.effective_n
    rate, interval = rate_interval(wrong, independent, options.level)
    guess = int(np.argmax(np.bincount(sample.labels)))
    majority, majority_interval = rate_interval(sample.labels != guess, independent, options.level)
    exact = computed("exact_at_documents" if on_words else "exact_at_messages", independent=independent)
    error = ERROR.given(subject, rate, n, method + exact + computed("own_error_above_least"), interval, options.level)
    calibrated = calibrate(fitted, sample.labels, sample.groups)
    upper, by_level = errors_by_level(sample, predicted, options.level)
    by_slice = slice_errors(slices_of(sample), wrong, sample.groups, options.level)
    return Estimates(
        estimates=(
            error,
            MAJORITY.given(subject, majority, n, computed("not_most_frequent_label") + exact, majority_interval, options.level),
            as_concentration(error),
            *upper,
            beyond_disagreement(sample.messages, rate, n, independent, options),
            calibration_estimate(subject, calibrated, ~wrong, sample.groups, options.level, options.seed),
        ),
        series=(
            *_series(sample, predicted, options.level),
            *by_level,
            *confusion_words(sample, predicted),
            *label_words(sample),
            *slice_series(subject, by_slice),
        ),
        findings=(*findings, *_capped(sample), *_overlaps(sample, predicted), *slice_findings(sample, by_slice, options.level)),
    )


def _series(sample: LabelledSample, predicted: Integers, level: float) -> tuple[Series, ...]:
    subject, names = sample.messages.subject, sample.names
    table = confusions(sample.labels, predicted, len(names))
    sizes = np.bincount(sample.labels, minlength=len(names))
    errors = tuple(_of_label(sample, code, 1.0 - float(table[code, code]) / int(sizes[code]), level) for code in range(len(names)))
    off = [(int(table[a, b]), names[a], names[b]) for a, b in zip(*np.nonzero(table), strict=True) if a != b]
    off.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    pairs = tuple((label, taken, count) for count, label, taken in off[:LONGEST_CONFUSIONS])
    return (
        Series(id=f"label_error@{subject}", name="label_error", subject=subject, columns=("label", "error", "n", "low", "high"), rows=errors),
        Series(id=f"confusions@{subject}", name="confusions", subject=subject, columns=("label", "taken_for", "count"), rows=pairs),
        confusion_matrix(subject, table, names),
    )


def _of_label(sample: LabelledSample, code: int, error: float, level: float) -> tuple[str | int | float, ...]:
    """Give a label, its error, its messages, and the exact interval, copies counting as one."""
    own = sample.groups[sample.labels == code]
    worth = effective_size(np.unique(own, return_counts=True)[1].astype(float))
    return (sample.names[code], error, len(own), *clopper_pearson(error * worth, worth, level))


def _few(sample: LabelledSample, options: EstimatorOptions) -> tuple[Finding, ...]:
    if not sample.left_out:
        return ()
    messages = sample.messages
    return (
        Finding(
            id=f"labels_with_few_messages@{messages.subject}",
            level="warning",
            code="labels_with_few_messages",
            parameters={
                "column": messages.column,
                "count": len(sample.left_out),
                "labels": listed([f"{name} ({size})" for name, size in sample.left_out]),
                "needed": options.min_per_label,
            },
            evidence=(Evidence(document=messages.document),),
        ),
    )


def _capped(sample: LabelledSample) -> tuple[Finding, ...]:
    messages = sample.messages
    total = sample.usable + sum(1 for label in messages.not_read.values() if label)
    if sample.n >= total:
        return ()
    return (
        Finding(
            id=f"labelled_messages_sampled@{messages.subject}",
            level="note",
            code="labelled_messages_sampled",
            parameters={"column": messages.column, "n": sample.n, "total": total},
            evidence=(Evidence(document=messages.document),),
        ),
    )


def _overlaps(sample: LabelledSample, predicted: Integers) -> tuple[Finding, ...]:
    """Report pairs of labels whose messages are often taken for each other, the worst three."""
    messages, names = sample.messages, sample.names
    table = confusions(sample.labels, predicted, len(names))
    both = np.triu(table + table.T, 1)
    sizes = np.bincount(sample.labels, minlength=len(names))
    share = both / np.maximum(sizes[:, None] + sizes[None, :], 1)
    found = [(float(share[a, b]), int(both[a, b]), names[a], names[b]) for a, b in zip(*np.nonzero(both), strict=True)]
    worst = sorted(
        (entry for entry in found if entry[0] >= OVERLAP and entry[1] >= FEWEST_CONFUSIONS), key=lambda entry: (-entry[0], entry[2], entry[3])
    )
    return tuple(
        Finding(
            id=f"labels_overlap@{messages.subject}:{first}/{second}",
            level="warning",
            code="labels_overlap",
            parameters={"column": messages.column, "first": first, "second": second, "share": overlap, "count": count},
            evidence=(Evidence(document=messages.document),),
        )
        for overlap, count, first, second in worst[:3]
    )


def listed(names: list[str], most: int = 5) -> str:
    """Join names for a sentence, at most ``most`` of them, then how many more there are."""
    return ", ".join(names[:most]) + (f" (+{len(names) - most})" if len(names) > most else "")


LABEL_AMBIGUITY = Estimator(
    name="label_ambiguity",
    question="How often must a system be wrong against these labels, because messages do not determine them?",
    reference=ERROR.reference,
    function=estimate_label_ambiguity,
    of_table=ambiguity_of,
)
