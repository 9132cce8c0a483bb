"""Keyness: which terms two sub-corpora do not share evenly, with the size of the difference and how far the documents bear it out.

G2 treats every token as drawn alone and grows with the corpus: it ranks, and is no test here. What is said about chance is said about documents:
interval and p leave out one document at a time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_matrix, csr_matrix
from scipy.special import stdtr, stdtrit

from corpuskit.counts.association import g2
from corpuskit.counts.merging import merge
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.views import document_terms, vocabulary
from corpuskit.errors import UsageError

Values = NDArray[np.float64]

UNSEEN = 0.5
"""Frequency that stands for zero in the log ratio, because a ratio to nothing has no size (Hardie 2014)."""


@dataclass(frozen=True, eq=False)
class _Side:
    """One sub-corpus: frequency of each term, documents that hold it, total words, and the jackknife variance of log2 of the relative frequency."""

    frequency: Values
    documents: Values
    total: float
    variance: Values
    size: int

    @classmethod
    def of(cls, counts: csr_matrix) -> _Side:
        words = np.asarray(counts.sum(axis=1), np.float64).ravel()
        counts, words = counts[words > 0], words[words > 0]
        if words.size == 0:
            raise UsageError("A sub-corpus holds no word of the language: there is nothing to compare.")
        columns = csc_matrix(counts.astype(np.float64))
        frequency = np.asarray(columns.sum(axis=0), np.float64).ravel()
        return cls(frequency, np.diff(columns.indptr).astype(np.float64), float(words.sum()), _variance(columns, frequency, words), words.size)


def key_terms(
    stats: CorpusStats, language: str, a: Collection[str], b: Collection[str], minimum: int = 5, level: float = 0.95, other: CorpusStats | None = None
) -> pl.DataFrame:
    """Compare the terms of two sets of documents.

    Formulas, with f the frequencies, N the words of either side: log ratio ``log2((f_a / N_a) / (f_b / N_b))``, zero replaced by 0.5
    (Hardie 2014); %DIFF ``100 (f_a/N_a - f_b/N_b) / (f_b/N_b)`` (Gabrielatos and Marchi 2011); signed G2 over the four cells (term or not) x (a or b)
    (Dunning 1993; Rayson and Garside 2000 sum the two cells of the term alone, which gives a little less). Interval of the log ratio: delete-one
    jackknife over documents on either side (Quenouille 1956, Tukey 1958), variances added, Student's t with the degrees of freedom of Welch
    and Satterthwaite. It is too short for terms that a handful of documents hold. Swapping a and b turns the signs and nothing else; in %DIFF
    it turns 1 + d/100 into its inverse.

    Parameters
    ----------
    stats : CorpusStats
    language : str
    a, b : collections of str
        Ids of documents, of ``stats`` or of ``other``; no document in both.
    minimum : int
        Smallest ``f_a + f_b`` of a term that is shown and tested, at least 1.
    level : float
        Confidence level of the interval.
    other : CorpusStats, optional
        Counts of further documents, made with the same options and tokenizers.

    Returns
    -------
    polars.DataFrame
        ``term``, ``frequency_a``, ``frequency_b``, ``documents_a``, ``documents_b``, ``log_ratio``, ``low``, ``high``, ``percent_difference``
        (null where f_b = 0), ``g2``, ``p`` and ``p_adjusted`` (two-sided, of the log ratio over documents; Benjamini and Hochberg 1995 over the terms
        that have one), ``without_interval``. The last gives the reason why interval and p are null: ``zero_in_a``, ``zero_in_b``,
        ``one_document`` (all occurrences of a side stand in one document, so the ratio without it is a ratio to nothing), ``no_variation``
        (leaving out a document changes nothing); null elsewhere. Nothing is infinite. Highest g2 first, then by term.

    Raises
    ------
    UsageError
        A document is unknown or on both sides, a side has no word of the language, or the two counts do not merge.
    """
    whole = stats if other is None else merge([stats, other])
    _refuse(whole, a, b, minimum, level)
    counts = document_terms(whole, language)
    place = whole.documents["document"]
    sides = [_Side.of(counts[place.is_in(list(chosen)).to_numpy()]) for chosen in (a, b)]
    frame = _compare(vocabulary(whole, language)["form"], sides[0], sides[1], minimum, level)
    return frame.sort(["g2", "term"], descending=[True, False])


def log_ratio(f_a: ArrayLike, n_a: ArrayLike, f_b: ArrayLike, n_b: ArrayLike) -> Values:
    """Give ``log2((f_a / N_a) / (f_b / N_b))``: 1 for twice as frequent in a, -1 for half (Hardie 2014). A frequency of zero counts as 0.5.

    Raises
    ------
    UsageError
        A frequency is negative or above its total, or a total is not positive.
    """
    fa, na, fb, nb = (np.asarray(each, np.float64) for each in (f_a, n_a, f_b, n_b))
    if any(((f < 0) | (f > n) | (n <= 0)).any() for f, n in ((fa, na), (fb, nb))):
        raise UsageError("The log ratio needs frequencies from 0 to their total, and totals above 0.")
    fa, fb = np.where(fa > 0, fa, UNSEEN), np.where(fb > 0, fb, UNSEEN)
    return np.asarray(np.log2(fa) - np.log2(na) - (np.log2(fb) - np.log2(nb)))


def benjamini_hochberg(p: ArrayLike) -> Values:
    """Adjust p-values for their number: ``min_{j >= i} m p_(j) / j``, at most 1 (Benjamini and Hochberg 1995). NaN stays NaN and does not count."""
    values: Values = np.asarray(p, np.float64)
    given = np.flatnonzero(~np.isnan(values))
    order = given[np.argsort(values[given], kind="stable")]
    raised = values[order] * order.size / np.arange(1, order.size + 1)
    adjusted = np.full(values.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted


def _refuse(stats: CorpusStats, a: Collection[str], b: Collection[str], minimum: int, level: float) -> None:
    if minimum < 1 or not 0 < level < 1:
        raise UsageError(f"The minimum must be at least 1 and the level between 0 and 1, not {minimum} and {level}.")
    if shared := sorted(set(a) & set(b)):
        raise UsageError(f"{len(shared)} documents stand on both sides: {', '.join(shared[:3])}. Give each document to one side.")
    if unknown := sorted((set(a) | set(b)) - set(stats.documents["document"])):
        raise UsageError(f"{len(unknown)} documents were not counted: {', '.join(unknown[:3])}. Give ids of counted documents.")


def _variance(columns: csc_matrix, frequency: Values, words: Values) -> Values:
    """Give the jackknife variance of log2(f / N) for each term: ``(n-1)/n sum (y_i - mean y)^2`` with ``y_i = log2((f - x_i) / (N - n_i))``.

    y_i is a part that every term shares, -log2(N - n_i), and a part that only the documents with the term have, so no dense table is made.
    NaN with fewer than two documents, or when one document holds all occurrences.
    """
    n = words.size
    if n < 2:
        return np.full(frequency.size, np.nan)
    shared = -np.log2(words.sum() - words)
    shared -= shared.mean()
    term = np.repeat(np.arange(frequency.size), np.diff(columns.indptr))
    left = 1 - columns.data / frequency[term]
    own = np.log2(left, out=np.full_like(left, np.nan), where=left > 0)
    sums = np.bincount(term, own, minlength=frequency.size)
    crossed = np.bincount(term, own**2 + 2 * own * shared[columns.indices], minlength=frequency.size)
    squares = crossed + float(shared @ shared) - sums**2 / n
    # equal documents differ by rounding alone, which must not pass for evidence
    squares = np.where(squares <= 1e-10 * sums**2 / n, 0.0, squares)
    return np.where(frequency > 0, squares * (n - 1) / n, np.nan)


def _compare(terms: pl.Series, a: _Side, b: _Side, minimum: int, level: float) -> pl.DataFrame:
    kept = np.flatnonzero(a.frequency + b.frequency >= minimum)
    f_a, f_b = a.frequency[kept], b.frequency[kept]
    ratio = log_ratio(f_a, a.total, f_b, b.total)
    low, high, p = _interval(ratio, a.variance[kept], b.variance[kept], (a.size, b.size), level)
    difference = 100 * (np.divide(f_a * b.total, f_b * a.total, out=np.full(kept.size, np.nan), where=f_b > 0) - 1)
    frame = pl.DataFrame({"term": terms.gather(kept), "frequency_a": f_a, "frequency_b": f_b}).with_columns(
        pl.Series("documents_a", a.documents[kept]),
        pl.Series("documents_b", b.documents[kept]),
        *(pl.Series(name, values, pl.Float64).fill_nan(None) for name, values in (("log_ratio", ratio), ("low", low), ("high", high))),
        pl.Series("percent_difference", difference, pl.Float64).fill_nan(None),
        pl.Series("g2", g2(f_a, f_a + f_b, a.total, a.total + b.total) if kept.size else f_a, pl.Float64),
        pl.Series("p", p, pl.Float64).fill_nan(None),
        pl.Series("p_adjusted", benjamini_hochberg(p), pl.Float64).fill_nan(None),
    )
    counts = ("frequency_a", "frequency_b", "documents_a", "documents_b")
    return frame.with_columns(pl.col(counts).cast(pl.Int64), without_interval=_reason())


def _interval(ratio: Values, of_a: Values, of_b: Values, sizes: tuple[int, int], level: float) -> tuple[Values, Values, Values]:
    """Give lower and upper end and two-sided p of each log ratio; NaN where a variance is, or where it is zero."""
    variance = of_a + of_b
    variance = np.where(variance > 0, variance, np.nan)
    freedom = variance**2 / (of_a**2 / max(sizes[0] - 1, 1) + of_b**2 / max(sizes[1] - 1, 1))
    error = np.sqrt(variance)
    reach = stdtrit(freedom, (1 + level) / 2) * error
    return ratio - reach, ratio + reach, 2 * stdtr(freedom, -np.abs(ratio) / error)


def _reason() -> pl.Expr:
    return (
        pl.when(pl.col("frequency_a") == 0)
        .then(pl.lit("zero_in_a"))
        .when(pl.col("frequency_b") == 0)
        .then(pl.lit("zero_in_b"))
        .when((pl.col("documents_a") == 1) | (pl.col("documents_b") == 1))
        .then(pl.lit("one_document"))
        .when(pl.col("p").is_null())
        .then(pl.lit("no_variation"))
    )
