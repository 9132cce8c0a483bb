"""Words that a document has for itself: how many of its running words no other document holds, with and without each group of documents.

Nothing is counted anew without a group: only types that stand in the group and in one more document change, and each of them changes one document.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from corpuskit.counts import row_sums
from corpuskit.estimators.document_groups import GroupSums, blocks_of_rows, filled_rows, group_sums

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class OwnWords:
    """Running words of each document, and those among them that are its own.

    Attributes
    ----------
    kept : int64 array, shape (d,)
        Rows of the documents that have a word; all other arrays hold these documents only.
    sizes : float array, shape (d,)
        Tokens.
    own : float array, shape (d,)
        Tokens that are the document's own.
    group : int64 array, shape (d,)
        Group of each document, numbered 0 to g-1 in the order of the given numbers.
    gained : csc_matrix, shape (d, g)
        Tokens that become the document's own when the documents of a group are left out.
    """

    kept: Integers
    sizes: Floats
    own: Floats
    group: Integers
    gained: csc_matrix

    @property
    def groups(self) -> int:
        """Number of groups, g."""
        return int(self.gained.shape[1])

    def shares(self) -> Floats:
        """Give the share of own tokens of each document, shape (d,)."""
        return self.own / self.sizes

    def own_without(self, group: int) -> Floats:
        """Give the own tokens of each document when a group is left out; those of its own documents mean nothing. Shape (d,)."""
        part = slice(self.gained.indptr[group], self.gained.indptr[group + 1])
        own = self.own.copy()
        own[self.gained.indices[part]] += self.gained.data[part]
        return own

    def shares_without(self, group: int) -> Floats:
        """Give the share of own tokens of each document outside a group, as if that group had not been read."""
        outside = self.group != group
        return np.asarray(self.own_without(group)[outside] / self.sizes[outside])


def words_of_one_document(counts: csr_matrix, group: Integers, sums: GroupSums | None = None) -> OwnWords:
    """Count in each document the tokens of types that no other document holds: what leaving it out, one document at a time, does not cover.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.
    group : int64 array, shape (documents,)
        Group of each document.
    sums : GroupSums, optional
        What :func:`~corpuskit.estimators.document_groups.group_sums` gives for them, where it is known already.

    Returns
    -------
    OwnWords
        Cost O(stored entries).
    """
    return _own(csr_matrix(counts), group, sums or group_sums(counts, group), by_tokens=False)


def words_seen_once(counts: csr_matrix, group: Integers, sums: GroupSums | None = None) -> OwnWords:
    """Count in each document the tokens of types that were seen once in all documents together. Parameters and cost as above."""
    return _own(csr_matrix(counts), group, sums or group_sums(counts, group), by_tokens=True)


def _own(counts: csr_matrix, group: Integers, sums: GroupSums, by_tokens: bool) -> OwnWords:
    """Find the types whose units, documents or tokens, come to one, as they are and without each group."""
    kept = np.flatnonzero(np.diff(counts.indptr) > 0)
    counts = filled_rows(counts)
    place = np.searchsorted(sums.numbers, group[kept]).astype(np.int64)
    documents, groups = len(kept), len(sums.numbers)
    by_group = sums.tokens if by_tokens else sums.documents
    total, held = np.asarray(by_group.sum(axis=0)).ravel(), np.bincount(by_group.indices, minlength=counts.shape[1])
    first_group, units_of_first, both = _two_groups(by_group)
    own, gained, where = np.zeros(documents), [], []
    for first, stop, entries, rows in blocks_of_rows(counts):
        types, tokens = counts.indices[entries], counts.data[entries]
        alone = total[types] == 1
        own[first:stop] = np.bincount(rows[alone], weights=tokens[alone], minlength=stop - first)
        # without a group one unit is left over: the type stands in two groups, and in the other one of them once
        possible = np.flatnonzero((held[types] == 2) & (tokens == 1 if by_tokens else True))
        of, type_of = first + rows[possible], types[possible]
        in_group = place[of]
        left = np.where(in_group == first_group[type_of], units_of_first[type_of], total[type_of] - units_of_first[type_of])
        chosen = left == 1
        gained.append(tokens[possible[chosen]].astype(float))
        where.append(np.array([of[chosen], both[type_of[chosen]] - in_group[chosen]]))
    placed = np.concatenate([np.zeros((2, 0), np.int64), *where], axis=1)
    tokens_gained = csc_matrix((np.concatenate([np.zeros(0), *gained]), (placed[0], placed[1])), shape=(documents, groups))
    return OwnWords(kept, row_sums(counts).astype(float), own, place, tokens_gained)


def _two_groups(by_group: csr_matrix) -> tuple[Integers, Integers, Integers]:
    """Give for each type the first group that holds it, its units there, and the sum of the numbers of all its groups. Shape (types,) each."""
    group = np.repeat(np.arange(by_group.shape[0]), np.diff(by_group.indptr))
    first, units = np.zeros(by_group.shape[1], np.int64), np.zeros(by_group.shape[1], np.int64)
    # the entries go by group, so that written backwards the first one stays
    first[by_group.indices[::-1]] = group[::-1]
    units[by_group.indices[::-1]] = by_group.data[::-1]
    both = np.bincount(by_group.indices, weights=group, minlength=by_group.shape[1]).astype(np.int64)
    return first, units, both
