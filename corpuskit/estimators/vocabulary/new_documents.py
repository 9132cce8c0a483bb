"""Coverage of new documents: how many of the words of one more document the others hold already, and how exactly that is known.

The error is Esty's for whole documents. It holds the estimate against what these very documents lack, so that it does not grow because documents
are of different lengths: a jackknife takes for spread that without the longest document less is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import stdtrit

from corpuskit.counts import row_sums
from corpuskit.estimators.document_groups import blocks_of_rows, filled_rows
from corpuskit.estimators.resampling import MINIMUM_GROUPS, effective_size

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FEWER = 1.5
"""What degrees of freedom are divided by, because the variance is .01 to .16 too large itself with 200 to 10 equally long documents: the interval of
the design effect then covers .90 to .98 in ten designs of equal length, where it covered .84 to .95 (reports/validation/estimators.md)."""


@dataclass(frozen=True, slots=True)
class NewDocuments:
    """The coverage of new documents and its error.

    Attributes
    ----------
    value : float or None
        None for fewer than two documents with words, and when no type occurs in two documents.
    error : float or None
        Standard error; None where there is no value and for fewer than 8 documents.
    documents : int
        Documents with at least one word, D.
    worth : float
        Documents of equal length that they are worth, because few long ones decide where lengths differ much. Reference: Kish 1965.
    freedom : float
        Degrees of freedom of the square of the error; as many as documents less one where there is no error.
    """

    value: float | None
    error: float | None
    documents: int
    worth: float
    freedom: float

    def interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """Give the value -+ t times the error, cut at 0 and 1, with as many degrees of freedom as the documents are worth, less one."""
        if self.value is None or self.error is None:
            return None
        half = float(stdtrit(max(self.worth - 1, 1.0), (1 + level) / 2)) * self.error
        return max(0.0, self.value - half), min(1.0, self.value + half)


@dataclass(frozen=True, eq=False)
class RareTypes:
    """What documents hold of the types that stand in one and in two of them.

    Attributes
    ----------
    sizes, own : arrays, shape (D,)
        Tokens of each document, and those of types in no other, m.
    first, second : int arrays, shape (p,)
        Pairs of documents that share a type which no third one holds.
    in_first, in_second : arrays, shape (p,)
        Tokens of all such types in either.
    """

    sizes: Floats
    own: Floats
    first: Integers
    second: Integers
    in_first: Floats
    in_second: Floats

    @classmethod
    def of(cls, counts: csr_matrix) -> RareTypes:
        """Count from the tokens of each type in each document, shape (documents, types), none of them empty. Cost O(stored entries)."""
        documents, types = counts.shape
        # one byte a type, which the cache of the processor holds: most entries are of types in more documents
        holders = np.minimum(np.bincount(counts.indices, minlength=types), 3).astype(np.int8)
        own, shared = np.zeros(documents), []
        for first, stop, entries, rows in blocks_of_rows(counts):
            spread = holders[counts.indices[entries]]
            once, twice = np.flatnonzero(spread == 1), np.flatnonzero(spread == 2)
            own[first:stop] = np.bincount(rows[once], weights=counts.data[entries][once], minlength=stop - first)
            shared.append((counts.indices[entries][twice], first + rows[twice], counts.data[entries][twice]))
        types_of, rows_of, tokens = (np.concatenate(parts) for parts in zip(*shared, strict=True)) if shared else (np.zeros(0, np.int64),) * 3
        order = np.argsort(types_of, kind="stable")  # of each type the entry of the earlier document, then that of the later one
        row, token = rows_of[order].astype(np.int64), tokens[order].astype(float)
        pairs, place = np.unique(row[::2] * documents + row[1::2], return_inverse=True)
        in_first, in_second = (np.bincount(place, weights=part, minlength=len(pairs)) for part in (token[::2], token[1::2]))
        return cls(row_sums(counts).astype(float), own, pairs // documents, pairs % documents, in_first.astype(float), in_second.astype(float))

    def error(self) -> tuple[float, float]:
        """Give the standard error of the coverage of new documents, and the degrees of freedom of its square.

        Formula: with n tokens in D documents, n_a of them and m_a own in document a, ``L = sum m / n`` and ``s_ab`` the tokens in a of types that
        only a and b hold, ``d = sum s / (n (D-1))``:
        ``sqrt(D/(D-1) (sum_a (m_a - L n_a)^2 + sum_(a != b) (s_ab - d n_a) (s_ba - d n_b))) / n``. The first sum is how far the estimate varies, the
        second how far what documents lack does: types in two documents would be new in one of them without the other. Documents of one token each
        give Esty's ``(f1 + 2 f2)/n^2 - f1^2/n^3`` up to terms in 1/n. Degrees of freedom ``2 V^2 / (1.5 sum (h_a - h)^2)``, V the two sums and h_a
        what document a has in them, pairs counted in both. Reference: Esty 1983, carried over from tokens to documents.
        """
        sizes, n, documents = self.sizes, float(self.sizes.sum()), len(self.sizes)
        lacking = (self.own - self.own.sum() / n * sizes) ** 2
        each = float(self.in_first.sum() + self.in_second.sum()) / (n * (documents - 1))
        pairs = self.in_first * self.in_second - each * (self.in_first * sizes[self.second] + self.in_second * sizes[self.first])
        both = (np.bincount(side, weights=pairs, minlength=documents) for side in (self.first, self.second))
        together = sum(both, each**2 * sizes * (n - sizes))
        variance, held = float(lacking.sum()) + max(float(together.sum()), 0.0), lacking + 2 * together
        spread = FEWER * float(np.sum((held - held.mean()) ** 2))
        freedom = 2 * variance**2 / spread if spread > 0 else documents - 1.0
        return float(np.sqrt(documents / (documents - 1) * variance)) / n, max(freedom, 1.0)


def coverage_of_new_documents(counts: csr_matrix) -> NewDocuments:
    """Give the share of the words of one more document whose type was seen in the others, with the error of :meth:`RareTypes.error`.

    Formula: ``1 - (w1/n) (D-1) w1 / ((D-1) w1 + w2)`` with w1, w2 the tokens of types that occur in one and in two of D documents: Chao and
    Jost's coverage of samples by incidence, weighted by tokens (w1/n alone is what each document in turn lacks in the others). Their coverage of
    tokens speaks of more text from these very documents; where documents have words of their own, only this one speaks of others.
    Reference: Chao and Jost 2012; Esty 1983.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.
    """
    counts = filled_rows(csr_matrix(counts))
    documents = counts.shape[0]
    if documents < 2:
        return NewDocuments(None, None, documents, float(documents), max(documents - 1.0, 0.0))
    rare = RareTypes.of(counts)
    once, twice, n = (np.array([float(part)]) for part in (rare.own.sum(), rare.in_first.sum() + rare.in_second.sum(), rare.sizes.sum()))
    value, worth = float(coverage_by_incidence(once, twice, n, documents)[0]), effective_size(rare.sizes)
    if not np.isfinite(value) or documents < MINIMUM_GROUPS:
        return NewDocuments(value if np.isfinite(value) else None, None, documents, worth, documents - 1.0)
    error, freedom = rare.error()
    return NewDocuments(value, error, documents, worth, freedom)


def coverage_by_incidence(once: Floats, twice: Floats, n: Floats, documents: int | Integers) -> Floats:
    """Give the formula of :func:`coverage_of_new_documents`; 1 where every type occurs in several documents, nan where none does."""
    weighted = (documents - 1) * once
    missed = np.where(once > 0, once / np.maximum(n, 1.0) * weighted / np.maximum(weighted + twice, 1.0), 0.0)
    return np.asarray(np.where(once < n, 1 - missed, np.nan), dtype=float)
