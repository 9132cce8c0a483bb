"""Some of the cells of a table that is too large to line up: the fullest ones, and of the others those that a hash draws.

What estimators need of a table are sums over its cells, such as ``sum x psi(x)`` or how many were seen once, besides its margins, which are cheap to
count whole. A sum over cells is estimated without bias from some of them, drawn by their place alone, each standing for as many as its chance says
(Horvitz and Thompson 1952); the fullest cells, which few others resemble, are all taken. All observations of a drawn cell come with it, of all
groups of documents. So the table keeps its size: thinned observations would give U of a smaller corpus, and U moves with the size of the corpus.
What the draw adds to the error is known (``draw_error.py``) and told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from corpuskit.estimators.information.grouped_cells import GroupedCells, Integers, Whole, canonical, group_cells, keys_of, line_up

LARGEST = 12_000_000
"""Entries (cells of each group) up to which all are lined up, because all estimators together then take less than a minute and one gigabyte."""

KEPT = 12_000_000
"""Entries that are drawn of more, about, because the error that the draw adds to U was then a fourteenth of the jackknife's at 128 MB of text and a
fourth at 512 MB, and more entries cost time (figures in reports/benchmarks.md)."""

MARKED = 4
"""Part of the kept entries that may mark their cell as one of the fullest, because such a cell has entries in most groups of documents."""

AT_ONCE = 1 << 15
"""Places hashed at a time, because the whole takes three times as long."""

COUNTS = 1 << 14
"""Counts from here on are tallied as one: entries as full as that are always among the fullest."""


def cells_of_groups(table: Callable[[int], csr_matrix], groups: int, unordered: bool, largest: int = LARGEST, kept: int = KEPT) -> GroupedCells:
    """Line up the tables of groups of documents: all cells, or of more than ``largest`` entries about ``kept`` entries by :func:`draw_cells`.

    Parameters
    ----------
    table : callable
        Gives the table of a group. Asked for one group after the other, so that tables need not stand in memory together.
    groups : int
    unordered : bool
        Whether tables are upper triangular.
    largest, kept : int
    """
    if sum(table(group).nnz for group in range(groups)) <= largest:
        return group_cells([table(group) for group in range(groups)], unordered)
    return draw_cells(table, groups, unordered, kept)


def draw_cells(table: Callable[[int], csr_matrix], groups: int, unordered: bool, kept: int) -> GroupedCells:
    """Draw cells of a large table; parameters as of :func:`cells_of_groups`. Cost O(entries), sorted are only those kept.

    A cell is one of the fullest where it has at least so many observations in some group that no more than a twelfth of ``kept`` entries do.
    """
    tally = np.zeros(COUNTS + 1, np.int64)
    for group in range(groups):
        tally += np.bincount(np.minimum(table(group).data, COUNTS), minlength=COUNTS + 1)
    threshold, share = _threshold(tally, kept // MARKED), kept / 2 / int(tally.sum())
    fullest = np.unique(np.concatenate([_full_keys(canonical(table(group)), threshold) for group in range(groups)]))
    keys, values, sizes, apart, margins = [], [], [], [], []
    for group in range(groups):
        own = canonical(table(group))
        places = keys_of(own)
        chosen = _drawn(places, share)
        chosen[_found(fullest, places)] = True
        keys.append(places[chosen])
        values.append(own.data[chosen])
        sizes.append(int(own.data.sum()))
        apart.append(float(sizes[-1] - own.diagonal().sum()) if unordered else float(sizes[-1]))
        margins.append(_margins(own, unordered))
    cells = line_up(keys, values, own.shape, unordered)
    drawn = np.ones(len(cells.rows), np.bool_)
    drawn[_found(fullest, cells.rows.astype(np.int64) * own.shape[1] + cells.columns)] = False
    sides = tuple(_by_group([each[side] for each in margins]) for side in range(len(margins[0])))
    whole = Whole(drawn, np.array(sizes, np.int64), np.array(apart), sides, share)
    return GroupedCells(cells.rows, cells.columns, cells.counts, cells.shape, unordered, whole)


def _drawn(places: Integers, share: float) -> NDArray[np.bool_]:
    """Tell which places have a number below the share: some at a time, which stay in the processor's cache through all steps."""
    found = np.empty(len(places), np.bool_)
    for first in range(0, len(places), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        found[part] = hashed(places[part]) < share
    return found


def hashed(places: Integers) -> NDArray[np.float64]:
    """Give each place a number from 0 to below 1, the same each time, as if drawn at random. Reference: Steele, Lea and Flood 2014 (SplitMix64)."""
    x = places.astype(np.uint64)
    x *= np.uint64(0x9E3779B97F4A7C15)
    x ^= x >> np.uint64(30)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    return np.asarray((x >> np.uint64(11)) * 2.0**-53, dtype=np.float64)


def _threshold(tally: Integers, most: int) -> int:
    """Give the least count, at least 2, that at most so many entries reach; :data:`COUNTS` where more entries than that reach it."""
    as_full = np.cumsum(tally[::-1])[::-1]
    return max(2, int(np.argmax(as_full <= most))) if as_full[-1] <= most else COUNTS


def _full_keys(table: csr_matrix, threshold: int) -> Integers:
    full = np.flatnonzero(table.data >= threshold)
    rows = np.searchsorted(table.indptr, full, side="right") - 1
    return np.asarray(rows * table.shape[1] + table.indices[full], dtype=np.int64)


def _found(wanted: Integers, places: Integers) -> Integers:
    """Give where the wanted places stand among ascending ones; those that do not are left out."""
    at = np.searchsorted(places, wanted)
    at = at[at < len(places)]
    return np.asarray(at[places[at] == wanted[: len(at)]], dtype=np.int64)


def _margins(table: csr_matrix, unordered: bool) -> tuple[Integers, ...]:
    rows, columns = (np.asarray(table.sum(axis=axis)).ravel().astype(np.int64) for axis in (1, 0))
    return (rows + columns,) if unordered else (rows, columns)


def _by_group(margins: Sequence[Integers]) -> csc_matrix:
    """Put the margins of the groups side by side; only what is filled is kept."""
    filled = [np.flatnonzero(margin).astype(np.int32) for margin in margins]
    bounds = np.concatenate(([0], np.cumsum([len(own) for own in filled])))
    counts = np.concatenate([margin[own] for margin, own in zip(margins, filled, strict=True)])
    return csc_matrix((counts, np.concatenate(filled), bounds), shape=(len(margins[0]), len(margins)))
