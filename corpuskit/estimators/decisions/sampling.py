"""Drawing the cases of a pilot: spread over strata, with known inclusion probabilities, the same cases for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from corpuskit.errors import UsageError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

Allocation = Literal["proportional", "at_least_one", "optimum"]
"""How cases are allotted to strata: in proportion, so that every case has the same weight; in proportion with one from each stratum at the least; or
more where errors are likelier (Neyman)."""

CASES_EACH = 5
"""Cases for each stratum on average from which strata get numbers of their own; because with fewer the least of one would decide most numbers."""

LEAST_ERROR = 0.02
"""Expected error below which a stratum is not thought better than another; because a stratum without an error so far is not free of errors, and
Neyman would give it no case."""


class Allotted(NamedTuple):
    """A stratum with a number of its own: its name (the leading divisions), the cases it holds and those drawn."""

    name: tuple[str, ...]
    population: int
    drawn: int


class Draw(NamedTuple):
    """Cases that were drawn.

    Attributes
    ----------
    chosen : array of int, shape (n,)
        Positions, ascending.
    probability : array, shape (n,)
        Inclusion probability of each; the weight is its inverse.
    strata : tuple of Allotted
        Strata with numbers of their own, sorted; one with an empty name where cases are spread in proportion over all.
    """

    chosen: Integers
    probability: Floats
    strata: tuple[Allotted, ...]


def draw(
    strata: Sequence[tuple[str, ...]],
    keys: Sequence[str],
    n: int,
    seed: int = 0,
    allocation: Allocation = "proportional",
    expected_errors: Sequence[float] | None = None,
) -> Draw:
    """Draw n cases without replacement, spread over strata.

    Each case has a random number of its own, the xxh3 hash of the seed and its key, so the draw does not depend on the order of the cases. Strata are
    walked in sorted order with a random start and a step of N/n cases (systematic sampling): of every stratum, and of every group of strata that
    share their leading divisions, the number drawn differs from its proportion by less than one, and every case has the inclusion probability n/N
    exactly. Inside the last stratum the cases with the smallest random numbers are taken, so most stay when others come and go. With ``at_least_one``
    and ``optimum`` the leading divisions that leave five cases to a stratum on average get numbers of their own, ``n_h``, and the walk is made inside
    each: the probability is ``n_h/N_h``. References: Madow 1949 (systematic); Ohlsson 1995 (permanent random numbers); Neyman 1934, ``n_h`` in
    proportion to ``N_h sqrt(e_h (1 - e_h))``.

    Parameters
    ----------
    strata : sequence of tuple of str, shape (N,)
        Divisions of each case, the most important first; all of one length.
    keys : sequence of str, shape (N,)
        Names each case, whatever else is there; all different.
    n : int
        Cases to draw.
    seed : int
    allocation : {"proportional", "at_least_one", "optimum"}
    expected_errors : sequence of float, shape (N,), optional
        Error that is expected of each case; needed for the optimum.

    Raises
    ------
    UsageError
        There are fewer cases than n, n is below 1, keys repeat, or the optimum has no errors to go by.
    """
    if not 1 <= n <= len(keys):
        raise UsageError(f"{n} cases cannot be drawn from {len(keys)}.")
    if len(set(keys)) < len(keys):
        raise UsageError("Two cases have the same key, so the draw would not be repeatable.")
    if allocation == "optimum" and expected_errors is None:
        raise UsageError("The optimum needs the error that is expected of each stratum.")
    uniform = np.array([xxhash.xxh3_64_intdigest(f"{seed}\0{key}".encode("utf-8", "surrogatepass")) for key in keys], np.uint64)
    order = sorted(range(len(keys)), key=lambda place: (strata[place], int(uniform[place]), keys[place]))
    depth = 0 if allocation == "proportional" else _depth(strata, n)
    heads = [strata[place][:depth] for place in order]
    names = sorted(set(heads))
    counts = Counter(heads)
    sizes = np.array([counts[name] for name in names], np.int64)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    numbers = _allot(sizes, _spreads(order, bounds, expected_errors if allocation == "optimum" else None), n)
    chosen, probability = [], []
    for first, size, number, name in zip(bounds, sizes, numbers, names, strict=False):
        places = order[int(first) : int(first + size)]
        start = xxhash.xxh3_64_intdigest(f"{seed}\0start\0{name}".encode("utf-8", "surrogatepass")) / 2**64
        taken = _walk([strata[place] for place in places], int(number), start)
        chosen += [places[place] for place in taken]
        probability += [number / size] * len(taken)
    ascending = np.argsort(chosen, kind="stable")
    return Draw(
        np.array(chosen, np.int64)[ascending],
        np.array(probability, float)[ascending],
        tuple(Allotted(name, int(size), int(number)) for name, size, number in zip(names, sizes, numbers, strict=True)),
    )


def _depth(strata: Sequence[tuple[str, ...]], n: int) -> int:
    """Give how many leading divisions leave enough cases to each stratum."""
    depth = 0
    while depth < len(strata[0]) and len({name[: depth + 1] for name in strata}) * CASES_EACH <= n:
        depth += 1
    return depth


def _spreads(order: Sequence[int], bounds: Integers, expected: Sequence[float] | None) -> Floats:
    """Give the standard deviation of an error in each stratum; all 1 without expectations."""
    if expected is None:
        return np.ones(len(bounds) - 1)
    errors = np.array([expected[place] for place in order], float)
    means = np.array([errors[first:last].mean() for first, last in pairwise(bounds.tolist())])
    means = np.clip(means, LEAST_ERROR, 1 - LEAST_ERROR)
    return np.asarray(np.sqrt(means * (1 - means)))


def _allot(sizes: Integers, spreads: Floats, n: int) -> Integers:
    """Allot n cases: one to each stratum, the rest in proportion to size times spread, to none more than it holds; parts of cases to the largest."""
    if len(sizes) == 1:
        return np.array([n], np.int64)
    shares = sizes * spreads
    numbers = np.ones(len(sizes))
    free = np.ones(len(sizes), bool)
    while True:
        left = n - numbers[~free].sum()
        wanted = np.where(free, left * shares / shares[free].sum(), numbers)
        full, bare = free & (wanted > sizes), free & (wanted < 1)
        fixed = full if full.any() else bare
        if not fixed.any():
            break
        numbers = np.where(fixed, np.where(full, sizes, 1.0), wanted)
        free &= ~fixed
        if not free.any():
            return np.asarray(numbers, np.int64)
    whole = np.floor(wanted + 1e-9).astype(np.int64)
    order = np.lexsort((np.arange(len(sizes)), whole - wanted))
    order = order[whole[order] < sizes[order]]
    whole[order[: n - int(whole.sum())]] += 1
    return whole


def _walk(names: Sequence[tuple[str, ...]], n: int, start: float) -> list[int]:
    """Take n of the cases, which stand stratum by stratum: of each stratum the first ones, as many as steps of N/n end in it."""
    ends = np.flatnonzero(np.array([*(one != other for one, other in pairwise(names)), True])) + 1
    # integers, so that a sum of shares never falls short of n by its last bit
    reached = (ends * n + int(start * len(names))) // len(names)
    drawn = np.diff(reached, prepend=0)
    taken: list[int] = []
    for first, number in zip(np.concatenate(([0], ends[:-1])), drawn, strict=True):
        taken += range(int(first), int(first + number))
    return taken
