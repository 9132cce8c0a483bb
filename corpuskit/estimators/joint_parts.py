"""U and entropies of a joint table on parts of its groups, and on each part without each of its groups in turn.

Entropies are sums over cells, and a group changes only the cells it fills. So all values without one group together cost one pass over the
entries, not one pass each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import digamma

from corpuskit.estimators.coverage import chao_jost_coverage
from corpuskit.estimators.entropy import with_unseen
from corpuskit.estimators.grouped_cells import GroupedCells

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TABLE = 1 << 14
"""Counts below this have their ``x psi(x)`` looked up, because a digamma costs ten times a look-up and hardly a cell is fuller."""


@dataclass(frozen=True, eq=False)
class Sums:
    """What coverage and entropy need of a spectrum: first for a part, then for the part without each of its groups; arrays of shape (1 + g,).

    Attributes
    ----------
    n : observations
    once, twice : cells seen once and twice
    weighted : ``sum x psi(x)`` over the cells
    """

    n: Floats
    once: Floats
    twice: Floats
    weighted: Floats

    @cached_property
    def entropies(self) -> Floats:
        """Chao-Wang-Jost entropies in nats; nan for fewer than two observations."""
        n = np.maximum(self.n, 1.0)
        seen = digamma(n) - self.weighted / n
        rows = zip(seen, self.n, self.once, self.twice, strict=True)
        return np.array([with_unseen(*(float(value) for value in row)) if row[1] >= 2 else np.nan for row in rows])

    @property
    def coverage(self) -> float:
        """Chao-Jost coverage of the part; 0 where it is undefined."""
        return chao_jost_coverage(float(self.once[0]), float(self.twice[0]), float(self.n[0])) or 0.0


@dataclass(frozen=True, eq=False)
class Entries:
    """The filled cells of each group, in so many cells together.

    Attributes
    ----------
    cells : int
    places, counts : tuples of int64 arrays, one a group
        Which cells the group fills, each once, and how often.
    """

    cells: int
    places: tuple[Integers, ...]
    counts: tuple[Integers, ...]

    @classmethod
    def of(cls, table: csr_matrix) -> Entries:
        """Take the entries of a table of cells by groups."""
        by_group = table.tocsc()
        cuts = by_group.indptr[1:-1]
        return cls(table.shape[0], tuple(np.split(by_group.indices, cuts)), tuple(np.split(by_group.data.astype(np.int64), cuts)))

    def sums(self, chosen: Integers, without_each: bool) -> Sums:
        """Sum up a part of the groups, and the part without each of ``chosen`` if asked for."""
        totals = np.zeros(self.cells, np.int64)
        for group in chosen:
            totals[self.places[group]] += self.counts[group]
        found = [_summed(totals)]
        for group in chosen if without_each else ():
            before, own = totals[self.places[group]], self.counts[group]
            found.append(found[0] - _summed(before) + _summed(before - own))
        return Sums(*np.array(found).T)


def _summed(counts: Integers) -> Floats:
    """Give the observations, the cells seen once and twice, and the sum of ``x psi(x)``."""
    return np.array([counts.sum(), np.count_nonzero(counts == 1), np.count_nonzero(counts == 2), weighted(counts).sum()], dtype=float)


_X = np.arange(1.0, TABLE)
_LOOKED_UP = np.concatenate(([0.0], _X * digamma(_X)))


def weighted(counts: Integers) -> Floats:
    """Give ``x psi(x)`` of each count, 0 for 0."""
    found = _LOOKED_UP[np.minimum(counts, TABLE - 1)]
    full = counts >= TABLE
    if full.any():
        found[full] = counts[full] * digamma(counts[full].astype(float))
    return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class JointParts:
    """A joint table, its margins and its entries between different terms, by group of documents."""

    joint: Entries
    margins: tuple[Entries, ...]
    apart: Floats | None

    @classmethod
    def of(cls, cells: GroupedCells) -> JointParts:
        """Sum the cells of each group to margins, one for unordered pairs."""
        joint = Entries.of(cells.counts)
        if not cells.unordered:
            return cls(joint, (_margin((cells.rows,), joint, cells.shape[0]), _margin((cells.columns,), joint, cells.shape[1])), None)
        different = cells.rows != cells.columns
        found = zip(joint.places, joint.counts, strict=True)
        apart = np.array([counts[different[places]].sum() for places, counts in found], dtype=float)
        return cls(joint, (_margin((cells.rows, cells.columns), joint, cells.shape[0]),), apart)

    def measures(self, chosen: Integers, without_each: bool = False) -> tuple[Floats, float]:
        """Give U, the joint entropy and the entropy of the column given the row on a part of the groups, and the joint coverage of the part.

        Formulas: those of :func:`~corpuskit.estimators.association_index.joint_measures`.

        Parameters
        ----------
        chosen : int array, shape (g,)
            Groups of the part.
        without_each : bool
            Whether they are given for the part without each of its groups too.

        Returns
        -------
        array, shape (3, 1 + g) or (3, 1)
            First on the part, then without each group; nan where undefined.
        coverage : float
            0 where it is undefined.
        """
        joint, sides = self.joint.sums(chosen, without_each), [margin.sums(chosen, without_each).entropies for margin in self.margins]
        together = joint.entropies
        if self.apart is not None:
            # unordered pairs are read in both orders: log 2 for those of two different terms
            own = self.apart[chosen]
            rest = np.concatenate(([own.sum()], own.sum() - own)) if without_each else np.array([own.sum()])
            together = together + np.log(2) * rest / np.maximum(joint.n, 1.0)
        row, column = sides[0], np.where(sides[-1] > 0, sides[-1], np.nan)
        found = np.array([(row + column - together) / column, together, together - row])
        return np.where(np.isnan(found[0]), np.nan, found), joint.coverage


def _margin(sides: tuple[Integers, ...], joint: Entries, size: int) -> Entries:
    """Sum the cells of each group by row or column; ``sides`` names it for each cell, for unordered pairs the row and the column."""
    places, counts = [], []
    for filled, own in zip(joint.places, joint.counts, strict=True):
        summed = np.zeros(size, np.int64)
        for side in sides:
            summed += np.bincount(side[filled], own, size).astype(np.int64)  # as floats, exact up to 2^53
        places.append(np.flatnonzero(summed).astype(np.int64))
        counts.append(summed[places[-1]])
    return Entries(size, tuple(places), tuple(counts))
