"""Windowed co-occurrence of words on their lines, for each group of documents: places words so that :mod:`~corpuskit.counts.pair_counting` can count.

One group at a time: its positions fit the processor's cache, and its own small vocabulary lets keys be 32 bits wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.pair_counting import count_pairs
from corpuskit.counts.sparse import Integers, empty, relocate


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


class Reach(NamedTuple):
    """Which pairs are counted, and how.

    Attributes
    ----------
    window : int
        Pairs of positions at most so far apart.
    ordered : bool
        Entry (i, j) holds the pairs with i before j, and the matrix is not triangular.
    unit : int or None
        A pair d apart counts unit / d instead of 1 (harmonic weights; a multiple of all distances, so the sums are exact).
    """

    window: int
    ordered: bool = False
    unit: int | None = None


def cooccurrence(positions: Positions, vocabulary: int, groups: int, reaches: Sequence[Reach]) -> tuple[tuple[csr_matrix, ...], ...]:
    """Count pairs of positions within a unit, for each document group, once for each reach; words are placed once for all.

    Entry (i, j), i <= j, of a group's matrix: pairs of positions that hold the terms i and j in either order; each pair of positions once
    (so N is the number of pairs, not of tokens). Ordered: with i before j.

    Returns
    -------
    tuple of tuple of csr_matrix of int64, each (vocabulary, vocabulary)
        For each reach, for each group; upper triangular unless ordered, canonical, read-only.
    """
    by_group = np.argsort(positions.group.astype(np.uint8), kind="stable")
    ends = np.cumsum(np.bincount(positions.group, minlength=groups))
    starts = np.concatenate(([0], ends[:-1]))
    found = [_one_group(positions, by_group[start:end], vocabulary, reaches) for start, end in zip(starts, ends, strict=True)]
    return tuple(zip(*found, strict=True))


def _one_group(positions: Positions, chosen: Integers, vocabulary: int, reaches: Sequence[Reach]) -> list[csr_matrix]:
    if chosen.size < 2:
        return [empty((vocabulary, vocabulary)) for _ in reaches]
    widest = max(reach.window for reach in reaches)
    line, term = _line(positions.unit[chosen], positions.place[chosen], positions.term[chosen], widest)
    # the group's own vocabulary, in the same order, so that keys are short and stay canonical
    present = np.zeros(vocabulary, np.bool_)
    present[term] = True
    own = np.flatnonzero(present)
    local: Integers = (np.cumsum(present) - 1)[term]
    counted = (count_pairs(line, local, own.size, reach.window, unit=reach.unit, ordered=reach.ordered) for reach in reaches)
    return [relocate(matrix, own, own, (vocabulary, vocabulary)) for matrix in counted]


def _line(unit: Integers, place: Integers, term: Integers, window: int) -> tuple[NDArray[np.int64], Integers]:
    """Put all units on one line with gaps wider than the window between them, in order of unit and place."""
    changes = np.diff(unit)
    if (changes < 0).any() or (np.diff(place)[changes == 0] < 0).any():
        order = np.lexsort((place, unit))
        unit, place, term = unit[order], place[order], term[order]
        changes = np.diff(unit)
    steps = np.where(changes == 0, np.diff(place), window + 1)
    return np.concatenate(([0], np.cumsum(steps))), term
