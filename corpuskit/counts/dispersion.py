"""Dispersion: how evenly a term is spread over the documents, beside what chance alone would give a term of that frequency.

Parts are the documents that hold at least one word of the language; s_i is a document's share of all words, v_i its share of a term's occurrences.
Rare terms look concentrated whatever they mean (a term seen once stands in one document), so DP is read next to its null value at the
same frequency, never alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_matrix, csr_matrix
from scipy.special import gammaln

from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.views import document_terms, vocabulary
from corpuskit.errors import UsageError

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dispersion:
    """Dispersion of V terms over n parts: arrays of float64, shape (V,). NaN where undefined.

    Attributes
    ----------
    dp : array
        Gries's deviation of proportions, 0 (spread like the words as a whole) to 1 - min s.
    dp_norm : array
        DP / (1 - min s), 0 to 1. NaN with fewer than two parts.
    dp_null : array
        Expected DP of a term of this frequency whose occurrences stand at random places of the corpus.
    juilland_d : array
        1 - V / sqrt(n - 1), 0 (all in one of several equal parts) to 1 (even). NaN with fewer than two parts.
    """

    dp: Values
    dp_norm: Values
    dp_null: Values
    juilland_d: Values


def dispersion_over_parts(counts: csr_matrix, sizes: ArrayLike) -> Dispersion:
    """Measure the dispersion of every term over parts.

    Formulas: ``DP = 1/2 sum |s_i - v_i|`` (Gries 2008); ``DPnorm = DP / (1 - min s)`` (Lijffijt and Gries 2012); Juilland's
    ``D = 1 - V / sqrt(n - 1)`` with V the coefficient of variation (population standard deviation over mean) of the term's relative frequencies
    in the parts (Juilland, Brodin and Davidovitch 1970, in the form for unequal parts); the null of DP by :func:`expected_dp`.

    Parameters
    ----------
    counts : csr_matrix of non-negative integers, shape (n, V)
        Occurrences of each term in each part.
    sizes : array of n
        Words of each part; a part without words is no part and is left out.

    Returns
    -------
    Dispersion
        All NaN for a term that does not occur.

    Raises
    ------
    UsageError
        The sizes do not fit the counts.
    """
    size: Values = np.asarray(sizes, np.float64)
    if size.shape != (counts.shape[0],) or (np.asarray(counts.sum(axis=1)).ravel() > size).any():
        raise UsageError("Dispersion needs one size for each part, no smaller than the occurrences counted in it.")
    filled = size > 0
    columns, size = csc_matrix(counts[filled].astype(np.float64)), size[filled]
    frequency: Values = np.asarray(columns.sum(axis=0), np.float64).ravel()
    dp = _dp(columns, frequency, size)
    spread = 1 - size.min() / size.sum() if size.size > 1 else np.nan
    return Dispersion(dp, dp / spread, _null(frequency, size), _juilland(columns, frequency, size))


def expected_dp(frequency: int, sizes: ArrayLike) -> float:
    """Give the DP to expect of a term whose occurrences are a random choice of the corpus's places (each place equally likely, without return).

    The occurrences in part i then are hypergeometric with mean ``f s_i``, and the mean deviation has a closed form:
    ``E DP = 1/2 sum E|X_i - f s_i| / f`` with ``E|X - f s| = 2 k (N - K - f + k) P(X = k) / N`` where ``k = floor(f s) + 1``, K the size of the part
    and N that of the corpus (De Moivre's identity carried over to the hypergeometric, Diaconis and Zabell 1991). No simulation.

    Raises
    ------
    UsageError
        The frequency is below 1 or above the number of places.
    """
    size: Values = np.asarray(sizes, np.float64)
    if not 1 <= frequency <= size.sum():
        raise UsageError(f"A term of {frequency} occurrences cannot stand in a corpus of {int(size.sum())} words.")
    kinds, times = np.unique(size[size > 0], return_counts=True)
    return _expected(float(frequency), kinds, times)


def dispersion_of_terms(stats: CorpusStats, language: str, minimum: int = 1) -> pl.DataFrame:
    """Give the dispersion of a language's terms over documents, text and headings together.

    Parameters
    ----------
    stats : CorpusStats
    language : str
    minimum : int
        Smallest frequency of a term that is shown.

    Returns
    -------
    polars.DataFrame
        ``term``, ``frequency``, ``documents`` (that hold it), ``dp``, ``dp_norm``, ``dp_null``, ``juilland_d``, in the order of
        :func:`~corpuskit.counts.vocabulary`. ``dp_norm`` and ``juilland_d`` are null when fewer than two documents hold words of the language.
    """
    counts = document_terms(stats, language)
    found = dispersion_over_parts(counts, np.asarray(counts.sum(axis=1)).ravel())
    terms = vocabulary(stats, language).select(term="form", frequency="frequency", documents="document_frequency")
    measures = (pl.Series(name, getattr(found, name), pl.Float64).fill_nan(None) for name in ("dp", "dp_norm", "dp_null", "juilland_d"))
    return terms.with_columns(*measures).filter(pl.col("frequency") >= minimum)


def _term_of(columns: csc_matrix) -> NDArray[np.int64]:
    return np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))


def _dp(columns: csc_matrix, frequency: Values, size: Values) -> Values:
    """Sum |s - v| over stored entries; the parts without the term add their s, all of which together are 1."""
    term, share = _term_of(columns), size / max(size.sum(), 1.0)
    s = share[columns.indices]
    away = np.abs(s - columns.data / frequency[term]) - s
    return np.where(frequency > 0, (1 + np.bincount(term, away, minlength=frequency.size)) / 2, np.nan).clip(0)


def _juilland(columns: csc_matrix, frequency: Values, size: Values) -> Values:
    parts = size.size
    if parts < 2:
        return np.full(frequency.size, np.nan)
    term, relative = _term_of(columns), columns.data / size[columns.indices]
    mean = np.bincount(term, relative, minlength=frequency.size) / parts
    squares = np.bincount(term, (relative - mean[term]) ** 2, minlength=frequency.size)
    variance = (squares + (parts - np.diff(columns.indptr)) * mean**2) / parts
    seen = frequency > 0
    return np.where(seen, 1 - np.sqrt(variance) / np.where(seen, mean, 1.0) / np.sqrt(parts - 1), np.nan)


def _null(frequency: Values, size: Values) -> Values:
    """Compute each different frequency once, over the different sizes of parts: at most sqrt(2N) of either."""
    different, place = np.unique(frequency, return_inverse=True)
    kinds, times = np.unique(size, return_counts=True)
    values = np.array([_expected(float(f), kinds, times) if f > 0 else np.nan for f in different])
    return values[place] if frequency.size else frequency


def _expected(f: float, kinds: Values, times: NDArray[np.int64]) -> float:
    total = float(kinds @ times)
    k = np.floor(f * kinds / total) + 1
    possible = (k <= f) & (k <= kinds)
    k, part, times = k[possible], kinds[possible], times[possible]
    chance = np.exp(_log_choose(part, k) + _log_choose(total - part, f - k) - _log_choose(total, f))
    return float(times @ (k * (total - part - f + k) / total * chance)) / f


def _log_choose(n: Values | float, k: Values | float) -> Values:
    return np.asarray(gammaln(np.add(n, 1)) - gammaln(np.add(k, 1)) - gammaln(np.subtract(n, k) + 1))
