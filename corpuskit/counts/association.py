"""Association of two terms from their counts: pure functions of arrays.

Every function takes the joint count O, the marginal counts f_x and f_y of the two terms, and the total N *in the same unit*. For the pairs of
``joint_of_pairs`` these are cells, row sums, column sums and total of its matrix. N counts pairs, not tokens.

Pairs of overlapping windows are not independent: none of these numbers is a test. Intervals come from leaving out document groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix
from scipy.special import xlogy

from corpuskit.errors import UsageError

Values = NDArray[np.float64]


def pmi(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike, n: ArrayLike) -> Values:
    """Pointwise mutual information in bits: ``log2(O N / (f_x f_y))`` (Church and Hanks 1990).

    Minus infinity for O = 0. Of huge variance below O = 5: ask for a minimum count. ``f_y`` may be smoothed (:func:`smoothed_contexts`).

    Raises
    ------
    UsageError
        A marginal or the total is not positive, or a count is negative.
    """
    joint, x, y, total = _arrays(o, f_x, f_y, n)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(joint) + np.log2(total) - np.log2(x) - np.log2(y))


def npmi(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike, n: ArrayLike) -> Values:
    """Normalised PMI: ``PMI / -log2(O/N)``, in [-1, 1] (Bouma 2009).

    -1 for O = 0 and 1 for O = N, its limits. With a smoothed ``f_y`` (:func:`smoothed_contexts`) the value may pass 1, since a smoothed marginal
    can be smaller than O.
    """
    joint, x, y, total = _arrays(o, f_x, f_y, n)
    inside = (joint > 0) & (joint < total)
    safe = np.where(inside, joint, 1.0)
    scale = np.where(inside, np.log2(total) - np.log2(safe), 1.0)
    value = (np.log2(safe) + np.log2(total) - np.log2(x) - np.log2(y)) / scale
    return np.asarray(np.where(inside, value, np.where(joint > 0, 1.0, -1.0)))


def ppmi(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike, n: ArrayLike) -> Values:
    """Positive PMI in bits: ``max(0, PMI)``."""
    return np.maximum(pmi(o, f_x, f_y, n), 0.0)


def smoothed_contexts(f_y: ArrayLike, power: float = 0.75) -> Values:
    """Smooth the marginal counts of *all* contexts: ``N f^a / sum f^a`` with N = sum f (Levy, Goldberg and Dagan 2015).

    The result takes the place of ``f_y`` in :func:`pmi` and :func:`ppmi`; it lowers the association with rare contexts. ``power`` 1 changes nothing.

    Raises
    ------
    UsageError
        ``power`` is outside (0, 1].
    """
    if not 0 < power <= 1:
        raise UsageError(f"The power of context smoothing must be in (0, 1], not {power}.")
    counts = np.asarray(f_y, np.float64)
    raised = np.where(counts > 0, counts, 0.0) ** power
    return np.asarray(counts.sum() * raised / raised.sum() if counts.size else counts)


def ppmi_matrix(counts: csr_matrix, power: float = 0.75) -> csr_matrix:
    """Positive PMI of every cell of a matrix of counts, with context smoothing on the columns.

    Parameters
    ----------
    counts : csr_matrix of non-negative integers, shape (X, Y)
        A full joint distribution: for pairs the symmetric matrix of ``joint_of_pairs``.
    power : float
        Of the smoothing; 1 for plain PPMI.

    Returns
    -------
    csr_matrix of float64, shape (X, Y)
        Cells with PPMI 0 are not stored.
    """
    if counts.nnz == 0:
        return csr_matrix(counts.shape, dtype=np.float64)
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = smoothed_contexts(np.asarray(counts.sum(axis=0)).ravel(), power)
    of_row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    values = ppmi(counts.data, rows[of_row], columns[counts.indices], rows.sum())
    matrix = csr_matrix((values, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
    matrix.eliminate_zeros()
    return matrix


def log_dice(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike) -> Values:
    """``14 + log2(2 O / (f_x + f_y))``, at most 14 and independent of the corpus size: the default for display (Rychly 2008).

    Minus infinity for O = 0.
    """
    joint, x, y, _ = _arrays(o, f_x, f_y, 1)
    with np.errstate(divide="ignore"):
        return np.asarray(14 + np.log2(2 * joint / (x + y)))


def dice(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike) -> Values:
    """``2 O / (f_x + f_y)``, in [0, 1] (Dice 1945). ``log_dice`` is 14 plus its binary logarithm.

    Raises
    ------
    UsageError
        A marginal is not positive, or O is negative or above a marginal.
    """
    joint, x, y = _overlap(o, f_x, f_y)
    return np.asarray(2 * joint / (x + y))


def jaccard(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike) -> Values:
    """``O / (f_x + f_y - O)``, in [0, 1]: of all that holds one of the two, the share that holds both (Jaccard 1901). Equals D / (2 - D) of Dice's D.

    Raises
    ------
    UsageError
        As for :func:`dice`.
    """
    joint, x, y = _overlap(o, f_x, f_y)
    return np.asarray(joint / (x + y - joint))


def g2(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike, n: ArrayLike) -> Values:
    """Log-likelihood ratio ``2 sum O ln(O/E)`` over the four cells, negative where O < E (Dunning 1993).

    Best for sparse tables; grows with the corpus, so it is not a size of effect.

    Raises
    ------
    UsageError
        The counts do not make a table: O above a marginal, or the marginals above what N allows.
    """
    joint, x, y, total = _arrays(o, f_x, f_y, n)
    cells = _table(joint, x, y, total)
    value = 2 * sum(xlogy(observed, observed * total / np.where(observed > 0, row * column, 1.0)) for observed, row, column in cells)
    return np.asarray(np.where(joint * total < x * y, -value, value))


def chi_square(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike, n: ArrayLike) -> Values:
    """Pearson's ``sum (O - E)^2 / E`` over the four cells, negative where O < E, uncorrected for continuity (Manning and Schuetze 1999, 5.3.3).

    Misleading where an expected count is below 5: prefer :func:`g2`. NaN where a marginal equals N, since a row or column of the table is empty then.

    Raises
    ------
    UsageError
        The counts do not make a table, as for :func:`g2`.
    """
    joint, x, y, total = _arrays(o, f_x, f_y, n)
    _table(joint, x, y, total)
    away = joint * total - x * y
    spread = x * y * (total - x) * (total - y)
    value = np.divide(total * away**2, spread, out=np.full_like(spread, np.nan), where=spread > 0)
    return np.asarray(np.sign(away) * value)


def t_score(o: ArrayLike, f_x: ArrayLike, f_y: ArrayLike, n: ArrayLike) -> Values:
    """``(O - E) / sqrt(O)`` with ``E = f_x f_y / N`` (Church et al. 1991). Favours frequent pairs; minus infinity for O = 0."""
    joint, x, y, total = _arrays(o, f_x, f_y, n)
    with np.errstate(divide="ignore"):
        return np.asarray((joint - x * y / total) / np.sqrt(joint))


def _arrays(*counts: ArrayLike) -> tuple[Values, Values, Values, Values]:
    o, x, y, n = (np.asarray(values, np.float64) for values in counts)
    if (o < 0).any() or not ((x > 0).all() and (y > 0).all() and (n > 0).all()):
        raise UsageError("Association needs joint counts of at least 0, and marginal counts and a total above 0.")
    return o, x, y, n


def _overlap(*counts: ArrayLike) -> tuple[Values, Values, Values]:
    o, x, y, _ = _arrays(*counts, 1)
    if (o > x).any() or (o > y).any():
        raise UsageError("The joint count must not exceed the marginal count of either term.")
    return o, x, y


def _table(o: Values, x: Values, y: Values, n: Values) -> tuple[tuple[Values, Values, Values], ...]:
    """Give the four cells of the 2 x 2 table, each with its row and column sum; refuse counts that make none."""
    cells = ((o, x, y), (x - o, x, n - y), (y - o, n - x, y), (n - x - y + o, n - x, n - y))
    if any((observed < 0).any() for observed, _, _ in cells):
        raise UsageError("The counts do not make a 2 x 2 table: O must not exceed f_x or f_y, nor f_x + f_y - O exceed N.")
    return cells
