"""Windowed co-occurrence: pairs of positions, counted by sorting integer keys.

One group of documents at a time: its positions fit the processor's cache, and its own small vocabulary lets most keys be 32 bits wide, which
sort about twice as fast as 64.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.sparse import Integers, empty, from_entries, run_lengths


@dataclass(frozen=True)
class Positions:
    """Words on their lines: arrays of one length.

    Attributes
    ----------
    unit : int64
        Pairs are counted within a unit only.
    place : int64
        Position within the unit; differs for every word of a unit; gaps stand for what was removed.
    term : int64
        Row of the vocabulary.
    group : uint32
        Document group.
    """

    unit: Integers
    place: Integers
    term: Integers
    group: Integers


def cooccurrence(
    positions: Positions, vocabulary: int, window: int, groups: int, *, unit: int | None = None, ordered: bool = False
) -> tuple[csr_matrix, ...]:
    """Count pairs of positions at most ``window`` apart within a unit, for each document group.

    Entry (i, j), i <= j, of a group's matrix: pairs of positions that hold the terms i and j in either order; each pair of positions once
    (so N is the number of pairs, not of tokens). ``ordered``: entry (i, j) holds the pairs with i before j, and the matrix is not triangular.
    ``unit``: a pair d apart counts unit / d instead of 1 (harmonic weights; a multiple of all distances, so the sums are exact).

    Returns
    -------
    tuple of csr_matrix of int64, each (vocabulary, vocabulary)
        Upper triangular unless ordered, canonical, read-only; one per group.
    """
    by_group = np.argsort(positions.group.astype(np.uint8), kind="stable")
    ends = np.cumsum(np.bincount(positions.group, minlength=groups))
    starts = np.concatenate(([0], ends[:-1]))
    return tuple(_one_group(positions, by_group[start:end], vocabulary, window, unit, ordered) for start, end in zip(starts, ends, strict=True))


def _one_group(positions: Positions, chosen: Integers, vocabulary: int, window: int, unit: int | None, ordered: bool) -> csr_matrix:
    if chosen.size < 2:
        return empty((vocabulary, vocabulary))
    line, term = _line(positions.unit[chosen], positions.place[chosen], positions.term[chosen], window)
    # the group's own vocabulary, in the same order, so that keys stay canonical
    present = np.zeros(vocabulary, np.bool_)
    present[term] = True
    own = np.flatnonzero(present)
    key = np.uint32 if own.size**2 <= 2**32 else np.uint64
    local: Integers = (np.cumsum(present) - 1)[term].astype(key)
    pieces, weights = [], []
    for apart in range(1, window + 1):
        # places differ within a unit, so words ``apart`` rows apart are at least as many positions apart: no pair is missed or met twice
        distance = line[apart:] - line[:-apart]
        near = distance <= window
        if not near.any():
            break
        left, right = local[:-apart][near], local[apart:][near]
        if not ordered:
            left, right = np.minimum(left, right), np.maximum(left, right)
        pieces.append(left * key(own.size) + right)
        if unit is not None:
            weights.append(unit // distance[near])
    if not pieces:
        return empty((vocabulary, vocabulary))
    keys = np.concatenate(pieces)
    distinct, counts = _sums(keys, np.concatenate(weights)) if weights else _numbers(keys)
    low, high = np.divmod(distinct, key(own.size))
    return from_entries(own[low], own[high], counts, (vocabulary, vocabulary))


def _numbers(keys: Integers) -> tuple[Integers, NDArray[np.int64]]:
    """Give the distinct keys in order, and how often each stands there. Sorts in place."""
    keys.sort()
    return run_lengths(keys)


def _sums(keys: Integers, weights: NDArray[np.int64]) -> tuple[Integers, NDArray[np.int64]]:
    """Give the distinct keys in order, and the sum of the weights of each."""
    order = np.argsort(keys, kind="stable")
    distinct, lengths = run_lengths(keys[order])
    return distinct, np.add.reduceat(weights[order], np.cumsum(lengths) - lengths)


def _line(unit: Integers, place: Integers, term: Integers, window: int) -> tuple[NDArray[np.int64], Integers]:
    """Put all units on one line with gaps wider than the window between them, in order of unit and place."""
    changes = np.diff(unit)
    if (changes < 0).any() or (np.diff(place)[changes == 0] < 0).any():
        order = np.lexsort((place, unit))
        unit, place, term = unit[order], place[order], term[order]
        changes = np.diff(unit)
    steps = np.where(changes == 0, np.diff(place), window + 1)
    return np.concatenate(([0], np.cumsum(steps))), term
