"""Splitting neighbourhoods: does the company of a term fall into parts that do not know one another?

How far apart the parts must be is learned from the corpus itself: pseudo-words, two of its own terms taken for one (Schuetze 1998), show what
two meanings look like here, and single terms what one looks like.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.words.neighbourhoods import Floats, Integers, mean_likeness

STEPS = 8
"""Rounds in which neighbours go to the part they are more like, because no term of the development corpora changes after the fifth."""

SMALLEST_SENSE = 0.1
"""A part with a smaller share of the company is no sense, because two or three stray neighbours of sixty make one."""

CAUGHT = 0.5
"""The threshold of separation catches this share of pseudo-words: as far apart as two unrelated terms usually are."""

LARGEST_THRESHOLD = 0.7
"""The threshold is never above this, because parts less than a third as alike as each is in itself are two senses, however far apart pseudo-words
lie."""

MOST_SENSES = 4
"""Senses of one term at most: two rounds of splitting, because further parts rest on a dozen neighbours each."""

PSEUDO_WORDS = 300
"""Pseudo-words that the threshold is learned from, because its standard error is then three points of the share caught."""


@dataclass(frozen=True, eq=False)
class Split:
    """Neighbourhoods in two parts.

    Attributes
    ----------
    second : bool array, shape (terms, most)
        Whether a neighbour is in the second part.
    separation : array, shape (terms,)
        How much less alike the parts are than each is in itself: 0 (no difference) to 1 (nothing in common); 0 where there is no second part.
    """

    second: NDArray[np.bool_]
    separation: Floats


def split_in_two(networks: Floats, weights: Floats) -> Split:
    """Split weighted neighbourhoods into the two parts that are least alike.

    Formula: the sign of the first eigenvector of the doubly centred, weighted likeness, then rounds of kernel 2-means (each neighbour goes to the
    part it is more like on average). Separation ``1 - b / sqrt(w1 w2)``, b the mean likeness between the parts, w within each. Reference:
    Newman 2006 (leading eigenvector); Dhillon and others 2004 (kernel k-means).

    Parameters
    ----------
    networks : array, shape (terms, most, most)
        Likeness of the neighbours, diagonal 0.
    weights : array, shape (terms, most)
        Weight of each neighbour, 0 where there is none.
    """
    total = weights.sum(axis=1, keepdims=True)
    share = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    means = np.einsum("tij,tj->ti", networks, share)
    overall = np.einsum("ti,ti->t", means, share)
    roots = np.sqrt(share)
    centred = (networks - means[:, :, None] - means[:, None, :] + overall[:, None, None]) * roots[:, :, None] * roots[:, None, :]
    second = np.linalg.eigh(centred)[1][:, :, -1] > 0
    for _ in range(STEPS):
        second = _moved(networks, share, second)
    # the larger part is the first one, whatever sign the eigenvector had
    mass = (share * second).sum(axis=1)
    second = np.where(mass[:, None] > 0.5, ~second, second) & (share > 0)
    first_part, second_part = share * ~second, share * second
    between = mean_likeness(networks, first_part, second_part)
    within = mean_likeness(networks, first_part, first_part), mean_likeness(networks, second_part, second_part)
    with np.errstate(invalid="ignore", divide="ignore"):
        separation = 1 - between / np.sqrt(within[0] * within[1])
    enough = second_part.sum(axis=1) >= SMALLEST_SENSE
    return Split(second, np.where(enough & np.isfinite(separation), np.clip(separation, 0.0, 1.0), 0.0))


def _moved(networks: Floats, share: Floats, second: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Let each neighbour go to the part whose members, itself not counted, it is more like on average, corrected for how alike each part is."""
    scores = []
    for part in (share * ~second, share * second):
        mass = part.sum(axis=1, keepdims=True)
        others = np.maximum(mass - part, 1e-12)
        towards = np.einsum("tij,tj->ti", networks, part) / others
        inside = np.nan_to_num(mean_likeness(networks, part, part))[:, None]
        scores.append(np.where(mass > 0, 2 * towards - inside, -np.inf))
    return np.asarray(scores[1] > scores[0])


def pseudo_words(excess: csr_matrix, partners: Integers) -> csr_matrix:
    """Take each row and its partner for one word: the mean of the two rows, each brought to the same total."""
    totals = np.asarray(excess.sum(axis=1)).ravel()
    scale = np.divide(1.0, totals, out=np.zeros_like(totals), where=totals > 0)
    even = csr_matrix(excess.multiply(scale[:, None]))
    return csr_matrix(even + even[partners])


def senses(networks: Floats, weights: Floats, threshold: float) -> Integers:
    """Number the sense of each neighbour: a neighbourhood is split where its parts are at least ``threshold`` apart, and each part once more.

    Returns
    -------
    int64 array, shape (terms, most)
        0, 1 ... for the senses of a term, in no order; -1 where there is no neighbour.
    """
    found = np.where(weights > 0, 0, -1).astype(np.int64)
    first = split_in_two(networks, weights)
    apart = first.separation >= threshold
    found[apart[:, None] & first.second] = 1
    for part in (0, 1):
        inside = np.where((found == part) & apart[:, None], weights, 0.0)
        further = split_in_two(networks, inside)
        # a part of a part must still be no stray: its share is that of the whole company
        large = (inside * further.second).sum(axis=1) >= SMALLEST_SENSE
        found[((further.separation >= threshold) & large)[:, None] & further.second] = part + 2
    return found


def sense_shares(found: Integers, weights: Floats) -> Floats:
    """Give the share of the company that belongs to each sense, shape (terms, 4)."""
    shares = np.stack([(weights * (found == sense)).sum(axis=1) for sense in range(MOST_SENSES)], axis=1)
    total = shares.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(shares, total, out=np.zeros_like(shares), where=total > 0))


def effective_senses(shares: Floats) -> Floats:
    """Give ``exp(H)`` of the shares of the senses: 1 for one sense, k for k equally frequent ones. Reference: Hill 1973."""
    safe = np.where(shares > 0, shares, 1.0)
    return np.asarray(np.exp(-(safe * np.log(safe)).sum(axis=1)))


def told_apart(single: Floats, double: Floats) -> float:
    """Give the probability that a pseudo-word is more separated than a single term (area under the curve, ties half; Mann and Whitney 1947)."""
    ranks = pl.Series(np.concatenate((single, double))).rank().to_numpy()
    n, m = len(single), len(double)
    return float((ranks[n:].sum() - m * (m + 1) / 2) / (n * m)) if n and m else float("nan")
