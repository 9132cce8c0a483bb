"""Context curve: how the error of a message's label falls with the words that have been read, and how many words are enough."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.decay import FURTHEST, LARGEST_UNREACHABLE, Decay, Reached, decay_of, length_to, resampled_means
from corpuskit.estimators.labels.message_groups import sample_groups
from corpuskit.estimators.labels.ridge_scores import MOST_MESSAGES, ridge_scores
from corpuskit.estimators.labels.weighting import inverse_document_frequency
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LENGTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
"""Words read; two lengths for each doubling, because a curve of three parameters needs more points than messages of ten words have doublings."""

SHORTEST_RANGE = 6
"""Words that half of the messages must have, because below it fewer than five lengths can be compared."""

TOLERANCE = 0.05
"""Error at which a message counts as clear; because one wrong in twenty is what a second look at a sample of a hundred still shows."""

MARGIN = 0.02
"""What the first words may cost against all of them to be enough; because smaller differences are not seen with a thousand messages."""

REFERENCE = "Jiang 2023; Chernoff 1952; Golub and Pereyra 1973; Efron 1979"
NEEDED = Measure("context_t_star", "messages", "C", REFERENCE)
ENOUGH = Measure("context_words_enough", "messages", "C", REFERENCE)
FLOOR = Measure("context_floor", "messages", "C", REFERENCE)
MEASURES = (NEEDED, ENOUGH, FLOOR)
METHOD = computed("error_on_first_words")


class PrefixErrors(NamedTuple):
    """Whether the label came out wrong after so many words.

    Attributes
    ----------
    lengths : array of int, shape (t,)
        Words read.
    wrong : array of 0 and 1, shape (n, t)
        For each message that is long enough, and each length.
    guessed : array of 0 and 1, shape (n,)
        Whether the most frequent label is wrong.
    groups : array of int, shape (n,)
        Equal for copies.
    """

    lengths: Integers
    wrong: Floats
    guessed: Floats
    groups: Integers


def prefix_counts(first_terms: NDArray[np.int32], length: int, terms: int) -> csr_matrix:
    """Count the first words of each message.

    Parameters
    ----------
    first_terms : array of int, shape (n, m)
        Terms in order, -1 where the message is shorter.
    length : int
        Words that are read.
    terms : int
        Number of terms.

    Returns
    -------
    csr_matrix of float64, shape (n, terms)
    """
    read = first_terms[:, :length]
    rows, places = np.nonzero(read >= 0)
    counts = csr_matrix((np.ones(len(rows)), (rows, read[rows, places])), shape=(len(read), terms))
    counts.sum_duplicates()
    return counts


def weighted_prefixes(first_terms: NDArray[np.int32], lengths: Integers, terms: int) -> tuple[csr_matrix, list[csr_matrix]]:
    """Weigh whole messages and their first words by TF-IDF, each divided by its own length as a vector or by the median one, whichever is larger.

    One word alone so does not count as much as a whole message: scaled to length 1 it gave errors above those of guessing (chabsa_polarity).
    """
    whole = prefix_counts(first_terms, first_terms.shape[1], terms)
    weights = inverse_document_frequency(whole)
    lengths_of = _vector_lengths(_weighted(whole, weights))
    usual = float(np.median(lengths_of[lengths_of > 0])) if np.any(lengths_of > 0) else 1.0

    def scaled(counts: csr_matrix, least: float) -> csr_matrix:
        found = _weighted(counts, weights)
        found.data /= np.repeat(np.maximum(_vector_lengths(found), least), np.diff(found.indptr))
        return found

    return scaled(whole, 1e-9), [scaled(prefix_counts(first_terms, int(length), terms), usual) for length in lengths]


def _weighted(counts: csr_matrix, weights: Floats) -> csr_matrix:
    return csr_matrix(((1 + np.log(counts.data)) * weights[counts.indices], counts.indices, counts.indptr), shape=counts.shape)


def _vector_lengths(matrix: csr_matrix) -> Floats:
    return np.asarray(np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()), dtype=float)


def lengths_in_range(words: Integers) -> Integers:
    """Give the lengths that at least half of the messages have."""
    return np.array([length for length in LENGTHS if np.mean(words >= length) >= 0.5], dtype=np.int64)


def prefix_errors(first_terms: NDArray[np.int32], terms: int, labels: Integers, groups: Integers, folds: int = 5, seed: int = 0) -> PrefixErrors:
    """Predict the label of each message from its first words, by a classifier that saw neither it nor a copy of it.

    Only messages that have as many words as the longest length are judged, so that the same messages stand behind every length; all are learned
    from. Without lengths in range there are none.
    """
    words = (first_terms >= 0).sum(axis=1)
    lengths = lengths_in_range(words)
    if len(lengths) == 0:
        return PrefixErrors(lengths, np.zeros((0, 0)), np.zeros(0), groups[:0])
    whole, parts = weighted_prefixes(first_terms, lengths, terms)
    long = np.flatnonzero(words >= lengths[-1])
    scores = ridge_scores(whole, parts, labels, groups, folds, seed)
    wrong = np.stack([score[long].argmax(axis=1) != labels[long] for score in scores], axis=1)
    guessed = labels[long] != np.bincount(labels[long]).argmax()
    return PrefixErrors(lengths, wrong.astype(float), guessed.astype(float), groups[long])


def words_enough(lengths: Integers, means: Floats, margin: float = MARGIN) -> Floats:
    """Give, for each row of mean errors, the words after which the error is within the margin of that after all of them, between points linear."""
    goal = means[:, -1:] + margin
    later = np.argmax(means <= goal, axis=1)  # the last length is always within the margin
    before, rows = np.maximum(later - 1, 0), np.arange(len(means))
    high, low = means[rows, before], means[rows, later]
    share = np.divide(high - goal[:, 0], high - low, out=np.zeros(len(means)), where=high > low)
    return np.asarray(lengths[before] + np.clip(share, 0, 1) * (lengths[later] - lengths[before]), dtype=float)


def estimate_context_curve(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure the error after so many words for every labelled table."""
    parts = inputs.of_tables(of_table, options)
    if not parts:
        return Estimates(estimates=tuple(measure.undefined("corpus", 0, METHOD, "undefined_no_labels") for measure in MEASURES))
    return Estimates(
        estimates=tuple(item for part in parts for item in part.estimates), series=tuple(series for part in parts for series in part.series)
    )


def of_table(sample: LabelledSample, options: EstimatorOptions) -> Estimates:
    """Measure the error after so many words of one table, or say why that is undefined."""
    subject, n = sample.messages.subject, sample.n
    if len(sample.names) < 2:
        return _undefined(subject, n, "undefined_too_few_labels", labels=len(sample.names), needed=options.min_per_label)
    if sample.effective_n < options.min_messages:
        return _undefined(subject, n, "undefined_too_few_messages", n=round(sample.effective_n), needed=options.min_messages)
    kept = sample_groups(sample.labels, sample.groups, MOST_MESSAGES, options.seed)
    first = sample.messages.first_terms[sample.chosen[kept]]
    labels = np.unique(sample.labels[kept], return_inverse=True)[1].astype(np.int64)
    found = prefix_errors(first, len(sample.messages.terms), labels, sample.groups[kept], options.folds, options.seed)
    reach = int(found.lengths[-1]) if len(found.lengths) else 0
    if reach < SHORTEST_RANGE:
        return _undefined(subject, n, "undefined_messages_too_short", n=reach, needed=SHORTEST_RANGE)
    judged = len(np.unique(found.groups))
    if judged < options.min_messages:
        return _undefined(subject, n, "undefined_too_few_messages", n=judged, needed=options.min_messages)
    both = resampled_means(np.column_stack([found.wrong, found.guessed]), found.groups, seed=options.seed)
    means, falls = both[:, :-1], both[:, -1] - both[:, -2]
    curve = (_curve(subject, found.lengths, means, options.level),)
    fall = float(falls[0])
    if fall < MARGIN or np.mean(falls[1:] <= 0) > LARGEST_UNREACHABLE:
        refused = _undefined(subject, len(found.wrong), "undefined_words_tell_nothing", fall=max(fall, 0.0), words=reach)
        return Estimates(estimates=refused.estimates, series=curve)
    decay = decay_of(found.lengths.astype(float), found.wrong, found.groups, seed=options.seed)
    method = METHOD + computed("messages_of_words", messages=len(found.wrong), words=reach) + computed("bootstrap_of_copies")
    return Estimates(
        estimates=(
            _needed(subject, length_to(decay, TOLERANCE, options.level), decay, method, len(found.wrong), options.level),
            _enough(subject, found, means, method, options.level),
            _floor(subject, decay, method, len(found.wrong), options.level),
        ),
        series=curve,
    )


def _undefined(subject: str, n: int, code: str, /, **parameters: float | int | str) -> Estimates:
    return Estimates(estimates=tuple(measure.undefined(subject, n, METHOD, code, **parameters) for measure in MEASURES))


def _needed(subject: str, reached: Reached, decay: Decay, method: Method, n: int, level: float) -> Estimate:
    rho, ends = decay.rho(level)
    form = computed("exponential_fits_better" if decay.form == "exponential" else "power_fits_better", share=decay.exponential_share)
    how = method + form + computed("left_by_each_word", rho=rho, low=ends[0], high=ends[1]) + computed("error_of", tolerance=TOLERANCE)
    if reached.length is not None and reached.interval is not None:
        return NEEDED.given(subject, max(reached.length, 1.0), n, how, (max(reached.interval[0], 1.0), max(reached.interval[1], 1.0)), level)
    floor = decay.floor(level)[1][0]
    if decay.rests(level) and floor >= TOLERANCE:
        return NEEDED.undefined(subject, n, how, "undefined_not_reachable", tolerance=TOLERANCE, floor=floor)
    return NEEDED.undefined(subject, n, how, "undefined_beyond_range", tolerance=TOLERANCE, limit=round(FURTHEST * decay.longest))


def _enough(subject: str, found: PrefixErrors, means: Floats, method: Method, level: float) -> Estimate:
    values = words_enough(found.lengths, means)
    low, high = np.quantile(values[1:], [(1 - level) / 2, (1 + level) / 2])
    if values[0] > found.lengths[-2] or np.mean(values[1:] > found.lengths[-2]) > LARGEST_UNREACHABLE:
        return ENOUGH.undefined(subject, len(found.wrong), method, "undefined_still_falling", words=int(found.lengths[-1]))
    how = method + computed("within_of_last_error", margin=MARGIN, words=int(found.lengths[-1]))
    return ENOUGH.given(subject, float(values[0]), len(found.wrong), how, (float(low), float(high)), level)


def _floor(subject: str, decay: Decay, method: Method, n: int, level: float) -> Estimate:
    value, interval = decay.floor(level)
    if not decay.rests(level):
        return FLOOR.undefined(subject, n, method, "undefined_no_floor", words=round(decay.longest))
    form = computed("floor_of_exponential" if decay.form == "exponential" else "floor_of_power")
    return FLOOR.given(subject, value, n, method + form, interval, level)


def _curve(subject: str, lengths: Integers, means: Floats, level: float) -> Series:
    low, high = np.quantile(means[1:], [(1 - level) / 2, (1 + level) / 2], axis=0)
    rows = tuple(
        (int(length), float(mean), float(lower), float(upper)) for length, mean, lower, upper in zip(lengths, means[0], low, high, strict=True)
    )
    return Series(id=f"context_curve@{subject}", name="context_curve", subject=subject, columns=("words", "error", "low", "high"), rows=rows)


CONTEXT_CURVE = Estimator(
    name="context_curve",
    question="How many words of a message must be read until its label is clear?",
    reference=REFERENCE,
    function=estimate_context_curve,
    of_table=of_table,
)
