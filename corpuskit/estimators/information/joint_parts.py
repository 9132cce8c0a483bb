"""U and entropies of a joint table on parts of its groups, and on each part without each of its groups in turn.

Entropies are sums over cells, and a group changes only the cells it fills. So all values without one group together cost one pass over the
entries, not one pass each. Of a table of which only some cells were drawn (``drawn_cells.py``) sums over those are raised to all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix
from scipy.special import digamma

from corpuskit.estimators.information.grouped_cells import GroupedCells, Places
from corpuskit.estimators.vocabulary.spectrum_entropy import with_unseen
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

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

    def and_raised(self, drawn: Sums, n: Floats) -> Sums:
        """Add the sums over drawn cells, each time raised by one factor so that there are ``n`` observations together: the ratio estimator."""
        factor = (n - self.n) / np.maximum(drawn.n, 1.0)
        return Sums(n, self.once + factor * drawn.once, self.twice + factor * drawn.twice, self.weighted + factor * drawn.weighted)


@dataclass(frozen=True, eq=False)
class Entries:
    """The filled cells of each group, in so many cells together.

    Attributes
    ----------
    cells : int
    places, counts : tuples of int arrays, one a group
        Which cells the group fills, each once, and how often.
    """

    cells: int
    places: tuple[Places, ...]
    counts: tuple[Places, ...]

    @classmethod
    def of(cls, table: csc_matrix) -> Entries:
        """Take the entries of a table of cells by groups; nothing is copied."""
        cuts, counts = table.indptr[1:-1], table.data if np.issubdtype(table.dtype, np.integer) else table.data.astype(np.int64)
        return cls(table.shape[0], tuple(np.split(table.indices, cuts)), tuple(np.split(counts, cuts)))

    def among(self, chosen: NDArray[np.bool_]) -> Entries:
        """Give the entries in some of the cells, which are numbered anew."""
        place = np.cumsum(chosen, dtype=np.int32) - 1
        kept = [chosen[own] for own in self.places]
        return Entries(
            int(chosen.sum()),
            tuple(place[own[keep]] for own, keep in zip(self.places, kept, strict=True)),
            tuple(own[keep] for own, keep in zip(self.counts, kept, strict=True)),
        )

    def totals(self, chosen: Integers) -> Integers:
        """Sum each cell over some of the groups: int32 where none can need more, since reading sums from memory is most of what follows."""
        totals: NDArray[Any] = np.zeros(self.cells, np.int32 if self._most < 2**31 else np.int64)
        for group in chosen:
            totals[self.places[group]] += self.counts[group]
        return totals

    @cached_property
    def _most(self) -> int:
        """Observations in all cells together."""
        return sum(int(own.sum()) for own in self.counts)

    def sums(self, chosen: Integers, without_each: bool) -> Sums:
        """Sum up a part of the groups, and the part without each of ``chosen`` if asked for."""
        totals = self.totals(chosen)
        found = [_summed(totals)]
        for group in chosen if without_each else ():
            before, own = totals[self.places[group]], self.counts[group]
            found.append(found[0] - _summed(before) + _summed(before - own))
        return Sums(*np.array(found).T)

    def totals_without_each(self, chosen: Integers) -> Iterator[Floats]:
        """Give the sums over a part of the groups, then over the part without each of them."""
        totals = self.totals(chosen).astype(float)
        yield totals
        for group in chosen:
            left = totals.copy()
            left[self.places[group]] -= self.counts[group]
            yield left

    def spectra(self, chosen: Integers) -> Iterator[tuple[Integers, Integers]]:
        """Give the spectrum of a part of the groups, then that of the part without each of them, exactly."""
        totals = self.totals(chosen)
        dense, full = np.bincount(np.minimum(totals, TABLE), minlength=TABLE + 1)[:TABLE], np.flatnonzero(totals >= TABLE)
        yield _spectrum(dense, totals[full])
        for group in chosen:
            places, own = self.places[group], self.counts[group]
            before = totals[places]
            gone, come = (np.bincount(np.minimum(each, TABLE), minlength=TABLE + 1)[:TABLE] for each in (before, before - own))
            totals[places] = before - own
            yield _spectrum(dense - gone + come, totals[full])
            totals[places] = before


def _spectrum(dense: Integers, full: Integers) -> tuple[Integers, Integers]:
    """Put together the tallies of counts below :data:`TABLE` and the fuller cells, of which some may have fallen below: these are tallied already."""
    k = np.flatnonzero(dense[1:]) + 1
    beyond, f_beyond = np.unique(full[full >= TABLE], return_counts=True)
    return np.concatenate((k, beyond)).astype(np.int64), np.concatenate((dense[k], f_beyond)).astype(np.int64)


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
    """A joint table, its margins and its entries between different terms, by group of documents.

    Attributes
    ----------
    joint : Entries
        The cells; of a table that was drawn from, the fullest ones.
    margins : tuple of Entries
        Rows and columns; one for unordered pairs.
    apart : array, shape (groups,), or None
        Observations between different terms, for unordered pairs.
    sizes : array, shape (groups,)
        Observations of each group.
    drawn : Entries or None
        Cells that stand for others too.
    """

    joint: Entries
    margins: tuple[Entries, ...]
    apart: Floats | None
    sizes: Floats
    drawn: Entries | None = None

    @classmethod
    def of(cls, cells: GroupedCells) -> JointParts:
        """Sum the cells of each group to margins, one for unordered pairs."""
        joint = Entries.of(cells.counts)
        if cells.whole is not None:
            margins, apart = tuple(Entries.of(side) for side in cells.whole.margins), cells.whole.apart if cells.unordered else None
            drawn = cells.whole.drawn
            return cls(joint.among(~drawn), margins, apart, cells.whole.sizes.astype(float), joint.among(drawn))
        sizes = np.array([counts.sum() for counts in joint.counts], dtype=float)
        if not cells.unordered:
            sides = _margin((cells.rows,), joint, cells.shape[0]), _margin((cells.columns,), joint, cells.shape[1])
            return cls(joint, sides, None, sizes)
        different = cells.rows != cells.columns
        found = zip(joint.places, joint.counts, strict=True)
        apart = np.array([counts[different[places]].sum() for places, counts in found], dtype=float)
        return cls(joint, (_margin((cells.rows, cells.columns), joint, cells.shape[0]),), apart, sizes)

    def measures(self, chosen: Integers, without_each: bool = False) -> tuple[Floats, float]:
        """Give U, the joint entropy and the entropy of the column given the row on a part of the groups, and the joint coverage of the part.

        Formulas: those of :func:`~corpuskit.estimators.information.association_index.joint_measures`.

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
        joint, sides = self._joint_sums(chosen, without_each), [margin.sums(chosen, without_each).entropies for margin in self.margins]
        together = joint.entropies
        if self.apart is not None:
            # unordered pairs are read in both orders: log 2 for those of two different terms
            together = together + np.log(2) * rest_of(self.apart[chosen], without_each) / np.maximum(joint.n, 1.0)
        row, column = sides[0], np.where(sides[-1] > 0, sides[-1], np.nan)
        found = np.array([(row + column - together) / column, together, together - row])
        return np.where(np.isnan(found[0]), np.nan, found), joint.coverage

    def _joint_sums(self, chosen: Integers, without_each: bool) -> Sums:
        joint = self.joint.sums(chosen, without_each)
        return joint if self.drawn is None else joint.and_raised(self.drawn.sums(chosen, without_each), rest_of(self.sizes[chosen], without_each))

    def spectra(self, chosen: Integers) -> Iterator[tuple[Integers, Floats]]:
        """Give the spectrum of the cells of a part of the groups, then that of the part without each of them.

        Exactly; where cells were drawn, these are raised as in :meth:`Sums.and_raised`, so the numbers of cells are no whole ones.
        """
        if self.drawn is None:
            yield from ((k, f_k.astype(float)) for k, f_k in self.joint.spectra(chosen))
            return
        for n, fullest, drawn in zip(rest_of(self.sizes[chosen], True), self.joint.spectra(chosen), self.drawn.spectra(chosen), strict=True):
            factor = (n - fullest[0] @ fullest[1]) / max(int(drawn[0] @ drawn[1]), 1)
            k, place = np.unique(np.concatenate((fullest[0], drawn[0])), return_inverse=True)
            yield k, np.bincount(place, weights=np.concatenate((fullest[1].astype(float), factor * drawn[1]))).astype(float)


def rest_of(own: Floats, without_each: bool) -> Floats:
    """Give the sum over groups, and if asked for the sums without each of them."""
    return np.concatenate(([own.sum()], own.sum() - own)) if without_each else np.array([own.sum()])


def _margin(sides: tuple[Places, ...], joint: Entries, size: int) -> Entries:
    """Sum the cells of each group by row or column; ``sides`` names it for each cell, for unordered pairs the row and the column."""
    places, counts = [], []
    for filled, own in zip(joint.places, joint.counts, strict=True):
        summed = np.zeros(size, np.int64)
        for side in sides:
            summed += np.bincount(side[filled], own, size).astype(np.int64)  # as floats, exact up to 2^53
        places.append(np.flatnonzero(summed).astype(np.int64))
        counts.append(summed[places[-1]])
    return Entries(size, tuple(places), tuple(counts))
