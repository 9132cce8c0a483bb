"""Entropy of counts that came in groups of documents, where a word that one document uses often is still a rare word.

The correction of Chao, Wang and Jost takes observations as independent. Where they cluster, the corpus holds fewer independent ones than it seems:
a type seen five times in one document was met once. So what corrects the entropy is taken from how counts spread over groups: by how much the
logarithm of a count is too low, how much was not seen at all, and how rare that is. The shares themselves remain those of the counts.

For independent observations it gives the value of Chao, Wang and Jost up to chance. The extension is this toolkit's own: that its intervals cover
rests on experiments with known truth (reports/validation/estimators.md), not on a paper.

Entropies are sums over types, and a group changes only the types it holds. So all values without one group cost one pass over the entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from corpuskit.estimators.information.joint_parts import TABLE, Entries, JointParts, rest_of
from corpuskit.estimators.vocabulary.spectrum_entropy import unseen_sum

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

RARE = 4
"""Types are told apart by 1, 2 and 3 groups that hold them, and the rest: the rarest ones say what was not seen."""

MOST_APART = 0.17
"""Largest part by which what was seen may be less when judged by groups than when observations count as independent, because the correction takes
back most of the bias up to here, and intervals cover; at .20 they cover in about .85, at .24 in half (1,500 x 40 and 400 x 20 tables, Zipf languages
of 1,000 to 30,000 types; reports/validation/estimators.md)."""

LEAST = 0.1
"""Least chance of three observations to fall into three groups that is divided by, because below it one group is nearly the whole corpus."""

_X = np.arange(1.0, TABLE)
_LOGS = np.concatenate(([0.0], np.log(_X)))
_BIAS = np.concatenate(([0.0], np.log(_X) - digamma(_X)))


@dataclass(frozen=True, eq=False)
class Together:
    """The chance that two, and that three, independent observations fall into one group: in a part, then without each of its groups."""

    two: Floats
    three: Floats

    @classmethod
    def of(cls, sizes: Floats, without_each: bool) -> Together:
        """Compute them from the observations of each group of the part."""
        parts = sizes[None, :]
        if without_each:
            parts = np.vstack((parts, np.where(np.eye(len(sizes), dtype=bool), 0.0, sizes)))
        shares = parts / np.maximum(parts.sum(axis=1, keepdims=True), 1.0)
        return cls((shares**2).sum(axis=1), (shares**3).sum(axis=1))


def clustered_entropies(entries: Entries, chosen: Integers, together: Together, without_each: bool = False) -> tuple[Floats, Floats]:
    """Give the entropy of a part of the groups in nats, and the share of what was seen; then the same for the part without each of its groups.

    Formula, with x the count of a type, ``s`` its squared counts summed over groups and h the chance that two observations fall into one group:
    ``H = sum (x/n) (log n - log x) - c(n) + (1/n) sum c(x) (s - h x^2) / (1 - h) + M sum_{j>=0} (1-A)^j / (m+j)``. ``c(x) = log x - psi(x)`` is the
    bias of the logarithm of a count of independent observations, and ``(s - h x^2) / (1 - h)`` the variance of a count, whose mean is x where
    they are independent. M, the share of unseen types, is ``W1/n (1-A)`` with ``A = 2 Q2 / ((m-1) Q1 + 2 Q2)`` (for Q2 = 0 with 1 for Q2 and Q1 - 1
    for Q1): Q1, Q2 are the types met once and twice, judged by the groups that hold them, W1 the tokens of the first, ``m = n Q1 / W1``. For
    independent observations it is the formula of Chao, Wang and Jost 2013 in expectation.

    Parameters
    ----------
    entries : Entries
        Filled types of each group.
    chosen : int array, shape (g,)
        Groups of the part, at least two.
    together : Together
        Of these groups.
    without_each : bool
        Whether the part without each group is wanted too.

    Returns
    -------
    entropies, seen : arrays, shape (1 + g,) or (1,)
        Nan for fewer than two observations.
    """
    return _entropies(_sums(entries, chosen, without_each), together)


def _sums(entries: Entries, chosen: Integers, without_each: bool) -> Floats:
    """Give :func:`_summed` of a part of the groups, then of the part without each of them. Shape (1 + g, 10) or (1, 10)."""
    totals, squares = entries.totals(chosen), np.zeros(entries.cells)
    held: NDArray[Any] = np.zeros(entries.cells, np.int32)
    for group in chosen:
        held[entries.places[group]] += 1
        squares[entries.places[group]] += entries.counts[group].astype(float) ** 2
    filled = held > 0
    sums = [_summed(totals[filled], held[filled], squares[filled])]
    for group in chosen if without_each else ():
        places, own = entries.places[group], entries.counts[group]
        before, groups, squared = totals[places], held[places], squares[places]
        sums.append(sums[0] - _summed(before, groups, squared) + _summed(before - own, groups - 1, squared - own.astype(float) ** 2))
    return np.array(sums)


def _summed(counts: Integers, held: Integers, squares: Floats) -> Floats:
    """Give observations, ``sum x log x``, ``sum c(x) s``, ``sum c(x) x^2``; then the types in 1, 2 and 3 groups, and their tokens."""
    x, bias, rare = counts.astype(float), _looked_up(_BIAS, counts), np.minimum(held, RARE)
    first = (x.sum(), x @ _looked_up(_LOGS, counts), bias @ squares, bias @ x**2)
    return np.concatenate((first, np.bincount(rare, minlength=RARE + 1)[1:RARE], np.bincount(rare, x, RARE + 1)[1:RARE]))


def _looked_up(table: Floats, counts: Integers) -> Floats:
    found = table[np.minimum(counts, TABLE - 1)]
    full = counts >= TABLE
    if full.any():
        logs = np.log(counts[full])
        found[full] = logs if table is _LOGS else logs - digamma(counts[full].astype(float))
    return np.asarray(found, dtype=np.float64)


def _entropies(sums: Floats, together: Together) -> tuple[Floats, Floats]:
    n, two = np.maximum(sums[:, 0], 1.0), np.minimum(together.two, 1 - LEAST)
    seen = digamma(n) - (sums[:, 1] - (sums[:, 2] - two * sums[:, 3]) / (1 - two)) / n
    once, twice = _met(sums[:, 4:7], together)
    words, _ = _met(sums[:, 7:10], together)
    known = (once > 0) & (words > 0)
    size = n * np.where(known, once, 1.0) / np.where(known, words, 1.0)
    pairs = np.where(twice > 0, 2 * twice, 2.0)
    weight = np.maximum(size - 1, 0.0) * np.where(twice > 0, once, np.maximum(once - 1, 0.0))
    hit = pairs / (weight + pairs)
    unseen = np.where(known, words / n, 0.0)
    few = sums[:, 0] < 2
    return np.where(few, np.nan, seen + unseen * unseen_sum(hit, size)), np.where(few, np.nan, 1 - unseen * (1 - hit))


def _met(by_groups: Floats, together: Together) -> tuple[Floats, Floats]:
    """Give what was met once and twice, from what stands in 1, 2 and 3 groups: two or three independent meetings may fall into one group."""
    two, three = together.two, together.three
    thrice = by_groups[:, 2] / np.maximum(1 - 3 * two + 2 * three, LEAST)
    twice = (by_groups[:, 1] - 3 * (two - three) * thrice) / np.maximum(1 - two, LEAST)
    return np.maximum(by_groups[:, 0] - two * twice - three * thrice, 0.0), np.maximum(twice, 0.0)


def clustered_measures(parts: JointParts, chosen: Integers, without_each: bool = False) -> tuple[Floats, Floats]:
    """Give U, the joint entropy and the entropy of the column given the row on a part of the groups, with :func:`clustered_entropies`.

    Formulas: those of :func:`~corpuskit.estimators.information.association_index.joint_measures`.

    Returns
    -------
    measures : array, shape (3, 1 + g) or (3, 1)
        First on the part, then without each group if asked for; nan where undefined.
    seen : array, shape (1 + g,) or (1,)
        How much of the joint distribution was seen.
    """
    together, n = Together.of(parts.sizes[chosen], without_each), rest_of(parts.sizes[chosen], without_each)
    sides = [clustered_entropies(margin, chosen, together, without_each)[0] for margin in parts.margins]
    sums = _sums(parts.joint, chosen, without_each)
    if parts.drawn is not None:
        drawn = _sums(parts.drawn, chosen, without_each)
        sums = sums + ((n - sums[:, 0]) / np.maximum(drawn[:, 0], 1.0))[:, None] * drawn
    joint, seen = _entropies(sums, together)
    if parts.apart is not None:
        # unordered pairs are read in both orders: log 2 for those of two different terms
        joint = joint + np.log(2) * rest_of(parts.apart[chosen], without_each) / np.maximum(n, 1.0)
    row, column = sides[0], np.where(sides[-1] > 0, sides[-1], np.nan)
    found = np.array([(row + column - joint) / column, joint, joint - row])
    return np.asarray(np.where(np.isnan(found[0]), np.nan, found), dtype=float), seen
