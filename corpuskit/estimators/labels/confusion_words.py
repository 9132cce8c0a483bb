"""Why are two labels taken for one another? The words that speak for the wrong label, and the messages to look at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import LabelledSample

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

MOST_PAIRS = 10
"""Pairs of labels explained at most; because each takes a look at its messages, and nobody looks at more."""

FEWEST_CONFUSED = 3
"""Messages of a label taken for one other below which nothing is explained, because the words of one or two messages explain only these."""

MOST_WORDS, MOST_ITEMS = 5, 5
"""Words and messages named for each pair, because they stand in one line of a table."""

MOST_COMMON = 0.5
"""Share of all messages that may have a word that is named, because what most messages have tells labels apart by little."""

PRIOR = 0.5
"""Messages added to either side of the odds, because a word that one label never has would else have infinite odds (Haldane 1956)."""

SURE = 3.0
"""Standard errors by which the log-odds must exceed zero, because of the hundreds of words in confused messages hardly one passes by chance then."""


class Confused(NamedTuple):
    """A label, what its messages were taken for, how many, the words that speak for the wrong label, and the messages that have most of them."""

    label: str
    taken_for: str
    number: int
    words: tuple[str, ...]
    items: tuple[str, ...]


def log_odds(inside: Floats, inside_n: float, outside: Floats, outside_n: float) -> tuple[Floats, Floats]:
    """Give the log-odds ratio of each word between two sets of messages, and its standard error.

    Formula: ``log((a + c)/(n_a - a + c)) - log((b + c)/(n_b - b + c))`` with c = 1/2, and the root of the sum of the four reciprocals. References:
    Haldane 1956; Monroe, Colaresi and Quinn 2008.

    Parameters
    ----------
    inside, outside : arrays, shape (terms,)
        Messages that have the word.
    inside_n, outside_n : float
        Messages in all.
    """
    cells = (inside + PRIOR, inside_n - inside + PRIOR, outside + PRIOR, outside_n - outside + PRIOR)
    value = np.log(cells[0] / cells[1]) - np.log(cells[2] / cells[3])
    return np.asarray(value), np.asarray(np.sqrt(sum(1 / cell for cell in cells)))


def misleading_words(present: csr_matrix, confused: Flags, taken: Flags) -> Floats:
    """Weigh each word by how much it spoke for the wrong label in the confused messages.

    Formula: ``k_t max(0, l_t - 3 s_t)``, k the confused messages that have the word, l the log-odds of the word in messages of the label they
    were taken for against all other messages (:func:`log_odds`; the confused ones are left out of both), s its standard error. A word of
    one confused message weighs nothing, nor does one of more than half of all messages.

    Parameters
    ----------
    present : csr_matrix, shape (n, terms)
        1 where a message has the word.
    confused, taken : arrays of bool, shape (n,)
        The confused messages, and those of the label that they were taken for.

    Returns
    -------
    array, shape (terms,)
    """
    inside, outside = taken & ~confused, ~taken & ~confused
    counts = [np.asarray(present.T @ part.astype(np.float64)) for part in (confused, inside, outside)]
    value, error = log_odds(counts[1], float(inside.sum()), counts[2], float(outside.sum()))
    common = np.asarray(present.sum(axis=0)).ravel() > MOST_COMMON * present.shape[0]
    return np.where((counts[0] > 1) & ~common, counts[0] * np.maximum(value - SURE * error, 0.0), 0.0)


def confused_pairs(sample: LabelledSample, predicted: Integers) -> list[Confused]:
    """Explain the pairs of labels that are confused most often, ordered as (label, taken for)."""
    names, k = sample.names, len(sample.names)
    wrong = (predicted >= 0) & (predicted != sample.labels)
    table = np.bincount((sample.labels * k + predicted)[wrong], minlength=k * k).reshape(k, k)
    pairs = [(int(table[a, b]), names[a], names[b], int(a), int(b)) for a, b in zip(*np.nonzero(table >= FEWEST_CONFUSED), strict=True)]
    words = csr_matrix(sample.messages.term_counts[sample.chosen])
    present = csr_matrix((np.ones(words.nnz), words.indices, words.indptr), shape=words.shape)
    stop = sample.messages.stop if sample.messages.stop is not None else np.zeros(words.shape[1], np.bool_)
    found = []
    for count, label, taken_for, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))[:MOST_PAIRS]:
        confused = wrong & (sample.labels == one) & (predicted == other)
        weights = misleading_words(present, confused, sample.labels == other)
        named = [term for term in np.flatnonzero(weights).tolist() if not stop[term] and any(map(str.isalpha, sample.messages.terms[term]))]
        order = sorted(named, key=lambda term: (-weights[term], sample.messages.terms[term]))[:MOST_WORDS]
        rows = np.flatnonzero(confused)
        rows = rows[np.argsort(-np.asarray(present[rows] @ weights), kind="stable")][:MOST_ITEMS]
        words_named = tuple(sample.messages.terms[term] for term in order)
        found.append(Confused(label, taken_for, count, words_named, tuple(sample.messages.locators[sample.chosen[row]] for row in rows)))
    return found


def confusion_words(sample: LabelledSample, predicted: Integers) -> tuple[Series, ...]:
    """Tabulate the confused pairs with the words that cause it and the messages to look at; nothing where hardly any message is confused."""
    found = confused_pairs(sample, predicted)
    if not found:
        return ()
    subject = sample.messages.subject
    rows = tuple((each.label, each.taken_for, each.number, ", ".join(each.words), ", ".join(each.items)) for each in found)
    columns = ("label", "taken_for", "count", "words", "items")
    return (Series(id=f"confusion_words@{subject}", name="confusion_words", subject=subject, columns=columns, rows=rows),)
