"""Stepwise clarity: where labels stand in levels, do the upper ones make the last one clear?

The theory's chain of thought (Jiang 2023, section 6) says that a step is no less certain when the steps before it are known. That is measured here
for the last level of a label and all those above it; whether a language model gains from steps of its own is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.decay import resampled_means
from corpuskit.estimators.labels.message_groups import sample_groups
from corpuskit.estimators.labels.ridge_scores import MOST_MESSAGES, ridge_scores
from corpuskit.estimators.labels.weighting import inverse_document_frequency, tf_idf
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SEPARATORS = (" > ", ">", " / ", "/", "::", "＞", "／", "｜", "|")
"""What parts the levels of a name; the first that stands in every name decides."""

DETERMINED = 0.95
"""Share of messages whose upper label follows from the lower one, from which columns count as two levels; because typing errors break a rule here and
there."""

REFERENCE = "Jiang 2023; Efron 1979"
DIRECT = Measure("last_step_error", "messages", "C", REFERENCE)
GIVEN = Measure("last_step_error_given_step", "messages", "C", REFERENCE)
GAIN = Measure("stepwise_gain", "messages", "C", REFERENCE)
OWN_GAIN = Measure("stepwise_gain_own_step", "messages", "C", REFERENCE)
METHOD = computed("ridge_on_n_grams") + computed("bootstrap_of_same_groups")


@dataclass(frozen=True, eq=False)
class Levels:
    """A sample and the upper label of each of its messages.

    Attributes
    ----------
    sample : LabelledSample
        The lower level.
    upper : array of int, shape (n,)
        Upper label of each chosen message.
    source : Method
        Where the upper labels come from.
    """

    sample: LabelledSample
    upper: Integers
    source: Method


class Steps(NamedTuple):
    """Whether the lower label came out wrong for each message: asked at once, with the true upper label given, and after the predicted upper one."""

    direct: Floats
    given: Floats
    own: Floats


def upper_of_names(names: tuple[str, ...]) -> Integers | None:
    """Give what stands above the last level of each name of the form "A > B" or "A > B > C".

    None unless every name has levels, and several names share one of at least two uppers. Where nothing is shared above the last level, one level
    more is taken away.
    """
    separator = next((each for each in SEPARATORS if all(each in name for name in names)), "")
    if not separator:
        return None
    paths = [tuple(part.strip() for part in name.split(separator)) for name in names]
    for depth in range(max(map(len, paths)) - 1, 0, -1):
        heads = [" > ".join(path[: min(depth, len(path) - 1)]) for path in paths]
        codes: Integers = np.unique(heads, return_inverse=True)[1].astype(np.int64)
        if 1 < codes.max() + 1 < len(names):
            return codes
    return None


def upper_of_column(lower: Integers, upper: Integers) -> Integers | None:
    """Give the upper label of each lower one, by majority; None where it does not follow from it, or says nothing less or nothing at all.

    Parameters
    ----------
    lower, upper : arrays of int, shape (n,)
        Codes of both columns for the same messages.
    """
    table = np.zeros((int(lower.max()) + 1, int(upper.max()) + 1), dtype=np.int64)
    np.add.at(table, (lower, upper), 1)
    of_label: Integers = table.argmax(axis=1).astype(np.int64)
    present = table.sum(axis=1) > 0
    kinds = len(np.unique(of_label[present]))
    if table.max(axis=1).sum() < DETERMINED * len(lower) or not 1 < kinds < present.sum():
        return None
    return of_label


def steps_of(scores: Floats, labels: Integers, upper: Integers, upper_scores: Floats) -> Steps:
    """Judge the lower label in three ways.

    Parameters
    ----------
    scores : array, shape (n, K)
        Of the lower labels, for messages that were not learned from.
    labels : array of int, shape (n,)
        True lower label.
    upper : array of int, shape (K,)
        Upper label of each lower one.
    upper_scores : array, shape (n, U)
        Of the upper labels.
    """

    def under(step: Integers) -> Floats:
        wrong = np.where(upper == step[:, None], scores, -np.inf).argmax(axis=1) != labels
        return np.asarray(wrong, dtype=float)

    return Steps((scores.argmax(axis=1) != labels).astype(float), under(upper[labels]), under(upper_scores.argmax(axis=1).astype(np.int64)))


def estimate_stepwise_clarity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure every label column that another one, or the front part of its names, puts in groups; nothing where there is none."""
    samples = inputs.samples
    found = [levels for sample in samples for levels in _levels(sample, samples)]
    return Estimates(estimates=tuple(estimate for levels in found for estimate in _of_levels(levels, options)))


def _levels(sample: LabelledSample, samples: tuple[LabelledSample, ...]) -> list[Levels]:
    """Find the upper level of a column: in its own names, or the coarsest other column of the table that follows from it."""
    if len(sample.names) < 3:
        return []
    of_names = upper_of_names(sample.names)
    if of_names is not None:
        return [Levels(sample, of_names[sample.labels], computed("upper_from_names"))]
    for other in sorted(samples, key=lambda each: (len(each.names), each.messages.column)):
        if other is sample or other.messages.document != sample.messages.document or not 1 < len(other.names) < len(sample.names):
            continue
        value = {other.messages.locators[place]: int(code) for place, code in zip(other.chosen, other.labels, strict=True)}
        aligned = np.array([value.get(sample.messages.locators[place], -1) for place in sample.chosen], dtype=np.int64)
        known = aligned >= 0
        if known.mean() < DETERMINED:
            continue
        upper = upper_of_column(sample.labels[known], aligned[known])
        if upper is not None and len(upper) == len(sample.names):
            return [Levels(sample, upper[sample.labels], computed("upper_from_column", column=other.messages.column))]
    return []


def _of_levels(levels: Levels, options: EstimatorOptions) -> tuple[Estimate, ...]:
    sample = levels.sample
    subject, n = sample.messages.subject, sample.n
    if sample.effective_n < options.min_messages:
        short = round(sample.effective_n)
        return tuple(
            measure.undefined(subject, n, METHOD, "undefined_too_few_messages", n=short, needed=options.min_messages)
            for measure in (DIRECT, GIVEN, GAIN, OWN_GAIN)
        )
    kept = sample_groups(sample.labels, sample.groups, MOST_MESSAGES, options.seed)
    labels = np.unique(sample.labels[kept], return_inverse=True)[1].astype(np.int64)
    upper = np.unique(levels.upper[kept], return_inverse=True)[1].astype(np.int64)
    groups, features = sample.groups[kept], csr_matrix(sample.features[kept])
    # what one message alone has tells nothing of another, and most hashed n-grams are such
    features = csr_matrix(features[:, np.flatnonzero(np.bincount(features.indices, minlength=features.shape[1]) > 1)])
    weighted = tf_idf(features, inverse_document_frequency(features))
    (scores,) = ridge_scores(weighted, [weighted], labels, groups, options.folds, options.seed)
    of_label = np.zeros(int(labels.max()) + 1, dtype=np.int64)
    of_label[labels] = upper
    # ridge is linear in its targets: the score of an upper label is the sum of those of its lower ones
    upper_scores = np.where(np.isfinite(scores), scores, 0.0) @ np.eye(int(upper.max()) + 1)[of_label]
    steps = steps_of(scores, labels, of_label, upper_scores)
    losses = np.stack([steps.direct, steps.given, steps.direct - steps.given, steps.direct - steps.own], axis=1)
    means = resampled_means(losses, groups, seed=options.seed)
    low, high = np.quantile(means[1:], [(1 - options.level) / 2, (1 + options.level) / 2], axis=0)
    method = METHOD + levels.source + computed("labels_of_levels", upper=int(upper.max()) + 1, lower=int(labels.max()) + 1)
    return tuple(
        measure.given(subject, float(means[0, place]), len(kept), method, (float(low[place]), float(high[place])), options.level)
        for place, measure in enumerate((DIRECT, GIVEN, GAIN, OWN_GAIN))
    )


STEPWISE_CLARITY = Estimator(
    name="stepwise_clarity",
    question="Do the upper levels of a label make the last one clear?",
    reference=REFERENCE,
    function=estimate_stepwise_clarity,
)
