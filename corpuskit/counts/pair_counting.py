"""The inner loop of co-occurrence: pairs of nearby words become integer keys, keys are sorted in blocks, sorted blocks are merged range by range.

Sorting wins over hashing and over sparse products because numpy sorts 32-bit integers at about 5 ns each on processors with wide vectors; so keys
are kept at 32 bits as long as the vocabulary allows, and a key and its count are packed into 64 bits when blocks are merged.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.counts.sparse import Integers, add, assemble, empty, run_lengths

PIECE = 2**16
"""Words whose pairs are made at a time; because their arrays fit the processor's cache."""

BLOCK = 2**22
"""Words whose pairs are sorted together; because larger blocks meet more equal pairs, and leave less to merge, in the memory this takes (200 MB)."""

RANGE = 2**19
"""Entries that are merged at a time; because they fit the cache while there are few enough ranges to cut every block at."""

MOST_BYTES = 2**29
"""Bytes of sorted blocks that are held before they are merged; because memory then follows the result and not the text."""

_LOW = np.uint64(0xFFFF_FFFF)


class Run(NamedTuple):
    """Distinct keys in ascending order, and the count of each."""

    keys: Integers
    counts: Integers


@dataclass(frozen=True)
class Keys:
    """How a pair of words is written as one integer.

    Unordered pairs (i, j), i <= j, are numbered row by row of the upper triangle, ``i V - i (i + 1) / 2 + j``, which fits 32 bits up to 92,681 words;
    ordered pairs as ``i V + j``, up to 65,536 words. Beyond, keys take 64 bits.
    """

    vocabulary: int
    ordered: bool

    @property
    def dtype(self) -> Any:
        """The narrowest type that holds every key."""
        largest = self.vocabulary**2 if self.ordered else self.vocabulary * (self.vocabulary + 1) // 2
        return np.uint32 if largest <= 2**32 else np.uint64

    def of(self, left: Integers, right: Integers) -> Any:
        """Write pairs as keys. Overwrites nothing; sums and products wrap around, and end up right because every key fits."""
        kind = self.dtype
        if self.ordered:
            return left * kind(self.vocabulary) + right
        low, high = np.minimum(left, right), np.maximum(left, right)
        # i (i + 1) / 2 without leaving the type: one of the factors is even
        triangle = (low + kind(1)) >> kind(1)
        triangle *= low | kind(1)
        low *= kind(self.vocabulary)
        low -= triangle
        low += high
        return low

    def matrix(self, run: Run) -> csr_matrix:
        """Lay a run out as a matrix of int64, canonical and read-only."""
        if run.keys.size == 0:
            return empty((self.vocabulary, self.vocabulary))
        rows = np.arange(self.vocabulary + 1, dtype=np.int64)
        # key of the first place of each row, and what the columns of the row start from
        begins = rows * self.vocabulary - (0 if self.ordered else rows * (rows - 1) // 2)
        indptr = np.searchsorted(run.keys, begins[:-1].astype(self.dtype))
        indptr = np.append(indptr, run.keys.size)
        first_column = begins[:-1] - (0 if self.ordered else rows[:-1])
        columns = np.empty(run.keys.size, np.int32)
        cuts = np.unique(np.searchsorted(indptr, np.append(np.arange(0, run.keys.size, RANGE), run.keys.size)))
        for first, last in pairwise(cuts):  # some rows at a time, because wide sums of all of them would be the most memory that counting takes
            inside = slice(int(indptr[first]), int(indptr[last]))
            columns[inside] = run.keys[inside].astype(np.int64) - np.repeat(first_column[first:last], np.diff(indptr[first : last + 1]))
        return assemble(indptr, columns, run.counts.astype(np.int64), (self.vocabulary, self.vocabulary))


def count_pairs(
    line: Integers, term: Integers, vocabulary: int, window: int, *, unit: int | None = None, ordered: bool = False, threads: int = 1
) -> csr_matrix:
    """Count pairs of words at most ``window`` apart.

    Parameters
    ----------
    line : integer array
        Place of each word on one line, ascending, no two equal; places of words that must not pair are more than ``window`` apart.
    term : integer array
        Row of the vocabulary of each word.
    vocabulary : int
        Number of rows and columns.
    window : int
        Largest distance.
    unit : int, optional
        A pair d apart counts unit / d (a multiple of all distances) instead of 1.
    ordered : bool
        Count (i, j) where i stands before j, instead of (i, j), i <= j, for either order.
    threads : int
        Blocks that are sorted, and ranges that are merged, at the same time. Changes no result.

    Returns
    -------
    csr_matrix of int64, shape (vocabulary, vocabulary)
        Canonical, read-only; upper triangular unless ordered.
    """
    keys = Keys(vocabulary, ordered)
    if line.size and int(line[-1]) - int(line[0]) < 2**31:
        line = (line - line[0]).astype(np.int32, copy=False)
    term = term.astype(keys.dtype, copy=False)

    bench = _Bench(min(BLOCK, line.size) * window, keys.dtype)

    def block(start: int) -> Run:
        return _block(line, term, start, window, keys, unit, bench)

    held: list[Run] = []
    for run in _in_threads(block, range(0, line.size, BLOCK), threads):
        held.append(run)
        if sum(map(_nbytes, held)) > max(MOST_BYTES, 2 * _nbytes(held[0])):
            held = [_merged(held, keys, unit is not None, threads)]
    return keys.matrix(_merged(held, keys, unit is not None, threads)) if held else empty((vocabulary, vocabulary))


def _nbytes(run: Run) -> int:
    return int(run.keys.nbytes + run.counts.nbytes)


class _Bench(threading.local):
    """Room for the keys of one block, one for each thread and used again for every block: a system takes time for every page of fresh memory."""

    def __init__(self, size: int, dtype: Any) -> None:
        self.keys: Integers = np.empty(size, dtype)


def _block(line: Integers, term: Integers, start: int, window: int, keys: Keys, unit: int | None, bench: _Bench) -> Run:
    """Count the pairs whose later word stands in one block."""
    weights, filled = [], 0
    for first in range(start, min(start + BLOCK, line.size), PIECE):
        last = min(first + PIECE, start + BLOCK, line.size)
        for apart in range(1, window + 1):
            begin = max(first, apart)
            if begin >= last:
                break
            # words ``apart`` rows apart are at least as many places apart: no pair is missed or met twice
            distance = line[begin:last] - line[begin - apart : last - apart]
            near = distance <= window
            # keys of all first: making one is cheaper than choosing twice
            made = keys.of(term[begin - apart : last - apart], term[begin:last])[near]
            bench.keys[filled : filled + made.size] = made
            filled += made.size
            if unit is not None:
                weights.append(unit // distance[near])
    every = bench.keys[:filled]
    if weights:
        return _summed(every, np.concatenate(weights))
    every.sort()
    distinct, lengths = run_lengths(every)
    return Run(distinct, _narrow(lengths))


def _summed(keys: Integers, weights: Integers) -> Run:
    order = np.argsort(keys, kind="stable")
    distinct, lengths = run_lengths(keys[order])
    return Run(distinct, np.add.reduceat(weights[order].astype(np.int64), np.cumsum(lengths) - lengths) if distinct.size else lengths)


def _merged(runs: Sequence[Run], keys: Keys, weighted: bool, threads: int) -> Run:
    """Add up runs."""
    if len(runs) == 1:
        return runs[0]
    if keys.dtype is not np.uint32 or weighted or any(run.counts.dtype != np.uint32 for run in runs):
        total = add([keys.matrix(run) for run in runs])
        rows = np.repeat(np.arange(keys.vocabulary), np.diff(total.indptr))
        return Run(keys.of(rows.astype(keys.dtype), total.indices.astype(keys.dtype)), total.data)
    cuts = _cuts(runs)

    def merge_range(number: int) -> Run:
        return _add_up([Run(*(array[cut[number] : cut[number + 1]] for array in run)) for run, cut in zip(runs, cuts, strict=True)])

    # room for all entries, of which only what the result fills is ever touched
    room = sum(run.keys.size for run in runs)
    every, filled = Run(np.empty(room, np.uint32), np.empty(room, np.uint32)), 0
    for part in _in_threads(merge_range, range(cuts[0].size - 1), threads):
        inside = slice(filled, filled + part.keys.size)
        if part.counts.dtype.itemsize > every.counts.dtype.itemsize:
            every = Run(every.keys, every.counts.astype(np.int64))
        every.keys[inside], every.counts[inside] = part
        filled = inside.stop
    return Run(every.keys[:filled], every.counts[:filled])


def _cuts(runs: Sequence[Run]) -> list[Integers]:
    """Cut every run at the same keys, so that ranges of all runs together hold about RANGE entries."""
    ranges = max(1, sum(run.keys.size for run in runs) // RANGE)
    sample = np.sort(np.concatenate([run.keys[::256] for run in runs]))
    splits = sample[np.linspace(0, sample.size - 1, ranges + 1).astype(np.int64)[1:-1]]
    return [np.concatenate(([0], np.searchsorted(run.keys, splits), [run.keys.size])) for run in runs]


def _add_up(runs: Sequence[Run]) -> Run:
    """Add up the same range of runs: key and count in 64 bits, so that one sort moves both."""
    both = np.concatenate([run.keys for run in runs]).astype(np.uint64)
    both <<= np.uint64(32)
    both |= np.concatenate([run.counts for run in runs])
    both.sort(kind="stable")  # numpy's stable sort merges what is sorted in runs already
    keys = (both >> np.uint64(32)).astype(np.uint32)
    if keys.size == 0:
        return Run(keys, np.zeros(0, np.uint32))
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    both &= _LOW
    return Run(keys[starts], _narrow(np.add.reduceat(both, starts)))


def _narrow(counts: Integers) -> Integers:
    """Write counts in 32 bits where all of them fit."""
    return counts.astype(np.uint32 if int(counts.max(initial=0)) <= int(_LOW) else np.int64)


def _in_threads(work: Callable[[int], Run], numbers: Sequence[int], threads: int) -> Iterator[Run]:
    """Give the results in order. Few more blocks than threads are in work, so that memory does not grow with the text."""
    if threads == 1 or len(numbers) < 2:
        yield from map(work, numbers)
        return
    with ThreadPoolExecutor(threads) as pool:
        for begin in range(0, len(numbers), 2 * threads):
            yield from pool.map(work, numbers[begin : begin + 2 * threads])
