"""How much of a jackknife variance is none: statistics that hang on words seen once or twice.

A jackknife counts what k documents do together k times (Efron and Stein 1981), and whether a word is seen once is nothing but that. How far the sum
over types of ``h(X)`` really varies, X the units (tokens or documents) of a type, shows in two random parts of the documents: as half the squared
differences of ``h`` between them. What a jackknife of the part tells is known as well, and so is the ratio of the two, at a quarter and at a half
of the documents. From the half to all of them it is taken to fall by the same factor as from the quarter to the half.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.resampling import Excess

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST = 200
"""Units up to which types have an excess, because beyond one document more or less changes a smooth statistic almost linearly."""

EXACT = 64
"""Units up to which a statistic is computed anew for each; above, at 60 steps between which is interpolated, because it is smooth there."""

SPLITS = 8
"""Random halvings, because each of them already holds all types: the ratio of 3,000 types moves by some hundredths between halvings."""

MANY = 200_000
"""Types from which fewer halvings are made, down to one, because one halving of so many says as much as dozens of 3,000."""

PART = 200
"""One type in so many is added to find what one does, because one alone drowns in the rounding of sizes to whole tokens."""

FEWEST_GROUPS = 20
"""With fewer groups nothing is taken back, because the error of the jackknife variance itself then counts for more: with 10 groups the intervals of
what wrong characters do to entropy would cover .86."""

LEAST = 0.25
"""Least part of a jackknife variance that is variance, because it is .31 for the number of words seen once if all are expected once, and .24 if all
are expected twice, and few are expected so often where many are seen once."""


@dataclass(frozen=True, eq=False)
class Parts:
    """What random parts of the groups, all with as many of them, say of the types, as numbers of types by two numbers of units.

    Attributes
    ----------
    groups : int
        Groups of each part.
    pairs : array, shape (MOST + 1, MOST + 1)
        Types with a units in one part and b in another, added up over pairs of parts.
    left_out : array, shape (MOST + 1, MOST + 1)
        Types with a units in a part of which b are left without one of its groups, added up over groups and the same parts.
    """

    groups: int
    pairs: Floats
    left_out: Floats

    def variance_in_jackknife(self, squares: Floats) -> float:
        """Give what differs between the parts over what a jackknife tells of them, from ``(h(a) - h(b))^2``; nan where it tells nothing."""
        told = (self.groups - 1) / max(self.groups, 1) * float((self.left_out * squares).sum())
        return float((self.pairs * squares).sum()) / told if told > 0 else float("nan")


@dataclass(frozen=True, eq=False)
class GroupedTypes:
    """How types of at most :data:`MOST` units spread over groups of documents.

    Attributes
    ----------
    groups : int
        Groups that have a word, g.
    types : array, shape (MOST + 1,)
        Types by units.
    left_out : array, shape (MOST + 1, MOST + 1)
        As of :class:`Parts`, of all groups.
    halves, quarters : Parts
    """

    groups: int
    types: Floats
    left_out: Floats
    halves: Parts
    quarters: Parts

    @classmethod
    def of(cls, units: csr_matrix, seed: int = 0) -> GroupedTypes:
        """Count from the units of each type in each group, shape (groups, types). Cost O(stored entries) for each halving."""
        groups, total = units.shape[0], np.asarray(units.sum(axis=0)).ravel().astype(np.int64)
        row, rare = np.repeat(np.arange(groups), np.diff(units.indptr)), total <= MOST
        kept = rare[units.indices]
        row, here = row[kept], units.data[kept].astype(np.int64)
        place, total = (np.cumsum(rare) - 1)[units.indices[kept]], total[rare]
        whole = _pairs(total[place], total[place] - here)
        parts, random = [], np.random.default_rng(seed)
        orders = [random.permutation(groups) for _ in range(min(SPLITS, max(1, SPLITS * MANY // max(len(total), 1))))]
        for number in (2, 4):
            each, pairs, left_out = groups // number, np.zeros_like(whole), np.zeros_like(whole)
            for order in orders:
                of = np.full(groups, number)
                of[order[: each * number]] = np.arange(each * number) // max(each, 1)
                found = []
                for part in range(number):
                    inside = of[row] == part
                    seen = np.bincount(place[inside], here[inside], len(total)).astype(np.int64)
                    left_out += _pairs(seen[place[inside]], seen[place[inside]] - here[inside])
                    found.append(seen)
                for first, second in zip(found[::2], found[1::2], strict=True):
                    pairs += _pairs(first, second)
            parts.append(Parts(each, pairs, left_out))
        return cls(groups, np.bincount(total, minlength=MOST + 1).astype(float), whole, *parts)


def _pairs(first: Integers, second: Integers) -> Floats:
    size = MOST + 1
    return np.bincount(first * size + second, minlength=size * size).reshape(size, size).astype(np.float64)


def influences(k: Integers, f_k: Integers, measure: Callable[[Integers, Integers], Floats]) -> Floats:
    """Give what one type more with so many units does to statistics of a spectrum, less what its units do on average.

    Formula: ``(T(f + m e_k) - T(f)) / m``, m one in 200 types, made a table by :func:`table_of`.

    Parameters
    ----------
    k, f_k : int arrays, shape (s,)
        Frequencies, ascending, and the number of types with each.
    measure : callable
        Gives the statistics of such a spectrum, shape (t,); called about 120 times.

    Returns
    -------
    array, shape (t, MOST + 1)
        For 0 units on; nan where a statistic is undefined.
    """
    most = max(int(k[-1]) if len(k) else 0, MOST)
    grid = np.unique(np.concatenate((np.arange(1, EXACT + 1), np.round(np.geomspace(EXACT, most, 60)).astype(np.int64))))
    more, before = max(1, int(f_k.sum()) // PART), measure(k, f_k)
    found = np.array([(measure(*_with(k, f_k, int(at), more)) - before) / more for at in grid])
    return np.array([table_of(k, f_k, grid, column) for column in found.T])


def _with(k: Integers, f_k: Integers, at: int, more: int) -> tuple[Integers, Integers]:
    place = int(np.searchsorted(k, at))
    if place < len(k) and k[place] == at:
        return k, f_k + np.where(np.arange(len(k)) == place, more, 0)
    return np.insert(k, place, at), np.insert(f_k, place, more)


def table_of(k: Integers, f_k: Integers, grid: Integers, values: Floats) -> Floats:
    """Give ``h(k) - b k`` for 0 to :data:`MOST` units from h on an ascending grid, linear between its points and 0 at 0.

    Formula: ``b = sum_k f_k k (h(k) - h(k-1)) / sum_k f_k k``. The number of units is given, so what all of them do alike is no variation.

    Parameters
    ----------
    k, f_k : int arrays, shape (s,)
        The spectrum.
    grid, values : arrays, shape (p,)
        Units, ascending from 1, and h.
    """
    at, known = np.concatenate(([0], grid)), np.concatenate(([0.0], values))
    steps = np.interp(k, at, known) - np.interp(k - 1, at, known)
    each = float((f_k * k) @ steps) / max(float(f_k @ k), 1.0)
    units = np.arange(MOST + 1)
    return np.asarray(np.interp(units, at, known) - each * units)


def of_types_seen_once(k: Integers, f_k: Integers, value: float) -> Floats:
    """Give the table of a statistic that is a sum over the types of one unit, of this value."""
    once = float(f_k[k == 1].sum())
    return table_of(k, f_k, np.array([1, 2]), np.array([value / once if once > 0 else 0.0, 0.0]))


def excess_of(h: Floats, types: GroupedTypes, carried_on: bool = True) -> Excess | None:
    """Give what a jackknife tells of the sum over types of ``h(X)``, and which part of it is variance.

    Formula: told is ``(g-1)/g sum (h(a) - h(b))^2`` over types and groups, b units of a left. The part r is ``sum (h(a) - h(b))^2 / 2`` over types, a
    units in one half of the groups and b in the other, over what is told of halves; with quarters alike, ``r(1/2) min(1, r(1/2) / r(1/4))``, at least
    :data:`LEAST`. Groups stay whole, so words that cluster in documents need no model. Reference: Efron and Stein 1981.

    Parameters
    ----------
    h : array, shape (MOST + 1,)
        See :func:`influences`.
    types : GroupedTypes
        Of the same units.
    carried_on : bool
        False takes r(1/2) as it is, which takes back less.

    Returns
    -------
    Excess or None
        None for fewer than 20 groups and where h is not finite, or the same for all that is seen.
    """
    if types.groups < FEWEST_GROUPS or not np.all(np.isfinite(h)):
        return None
    squares = (h[:, None] - h[None, :]) ** 2
    half, quarter = (parts.variance_in_jackknife(squares) for parts in (types.halves, types.quarters))
    if not np.isfinite(half):
        return None
    told = (types.groups - 1) / types.groups * float((types.left_out * squares).sum())
    ahead = half * min(1.0, half / quarter) if carried_on and np.isfinite(quarter) else half
    return Excess(told, min(1.0, max(LEAST, ahead)))


def excess_of_forecast(h: Floats, types: GroupedTypes) -> Excess | None:
    """Give what a jackknife tells of a forecast ``sum h(X)`` without bias, and which part of it is its error against what comes.

    Formula: told as in :func:`excess_of`; the error is ``sum h(X)^2``, because each type forecasts its own part of what comes, and those not yet seen
    miss theirs: what they add is what the square of their mean would take away (Efron and Thisted 1976). Parameters and None as there.
    """
    if types.groups < FEWEST_GROUPS or not np.all(np.isfinite(h)):
        return None
    told = (types.groups - 1) / types.groups * float((types.left_out * (h[:, None] - h[None, :]) ** 2).sum())
    return Excess(told, min(1.0, float(types.types @ h**2) / told)) if told > 0 else None
