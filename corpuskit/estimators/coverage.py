"""Sample coverage: how much of the running text of the same kind is made of words that were already seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import gammaln, ndtri

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure

FEWEST_FOR_GROWTH = 100
"""Fewer tokens give no growth curve, because its points would differ by single words."""

POINTS = 20
"""Points of the growth curve."""

MEASURE = Measure("coverage", "tokens", "E", "Chao and Jost 2012; Esty 1983")


def chao_jost_coverage(f1: float, f2: float, n: float) -> float | None:
    """Estimate the total probability of the types that were seen.

    Formula: ``1 - (f1/n) (n-1)f1 / ((n-1)f1 + 2 f2)``; for f2 = 0 the bracket has f1 - 1 for f1 and 2 for 2 f2.
    Reference: Chao and Jost 2012.

    Parameters
    ----------
    f1, f2 : float
        Types seen once and twice.
    n : float
        Tokens.

    Returns
    -------
    float or None
        Undefined (None) for fewer than two tokens, or when every token is a type of its own.
    """
    if n < 2 or f1 >= n:
        return None
    if f1 == 0:
        return 1.0
    once, twice = (f1, 2 * f2) if f2 > 0 else (f1 - 1, 2.0)
    return 1.0 - f1 / n * (n - 1) * once / ((n - 1) * once + twice)


def esty_interval(value: float, f1: float, f2: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Give the normal interval of coverage for independent tokens.

    Formula: ``value -+ z sqrt((f1 (n - f1) + 2 n f2) / n^3)``, cut at 0 and 1. Reference: Esty 1983.
    Tokens of one document are not independent, so it is too narrow where words cluster: see :func:`leave_one_document_out`.
    """
    half = float(ndtri((1 + level) / 2)) * float(np.sqrt(max(f1 * (n - f1) + 2 * n * f2, 0.0) / n**3))
    return max(0.0, value - half), min(1.0, value + half)


def leave_one_document_out(counts: csr_matrix) -> NDArray[np.float64]:
    """Compute coverage without each document in turn.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.

    Returns
    -------
    array, shape (documents with at least one token,)
        Coverage without that document; nan where it is undefined. Empty when there are fewer than 8 such documents. Cost O(stored entries).
    """
    counts = csr_matrix(counts)
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    counts = counts[sizes > 0]
    documents = counts.shape[0]
    if documents < MINIMUM_GROUPS:
        return np.zeros(0)
    totals = np.asarray(counts.sum(axis=0)).ravel()
    rows = np.repeat(np.arange(documents), np.diff(counts.indptr))
    before = totals[counts.indices]
    after = before - counts.data
    ones = np.sum(totals == 1) + np.bincount(rows, weights=(after == 1).astype(float) - (before == 1), minlength=documents)
    twos = np.sum(totals == 2) + np.bincount(rows, weights=(after == 2).astype(float) - (before == 2), minlength=documents)
    left = totals.sum() - sizes[sizes > 0]
    values = (chao_jost_coverage(float(f1), float(f2), float(n)) for f1, f2, n in zip(ones, twos, left, strict=True))
    return np.array([np.nan if value is None else value for value in values])


def expected_coverage(k: NDArray[np.int64], f_k: NDArray[np.int64], size: int) -> float:
    """Give the coverage that a random part of the sample has, without bias.

    Formula: ``1 - sum_k f_k (k/n) C(n-k, m) / C(n-1, m)`` for m < n. Reference: Chao and Jost 2012.

    Parameters
    ----------
    k, f_k : arrays of int, shape (s,)
        Frequencies and the number of types with that frequency.
    size : int
        Tokens m of the part, 0 <= m < n.
    """
    n = int((k * f_k).sum())
    possible = k <= n - size
    seen, number = k[possible].astype(float), f_k[possible]
    logs = gammaln(n - seen + 1) - gammaln(n - seen - size + 1) - gammaln(n) + gammaln(n - size)
    return float(1.0 - np.sum(number * (seen / n) * np.exp(logs)))


def estimate_coverage(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure coverage and its growth for each language; of the two intervals (independent tokens, whole documents) the wider is given and named."""
    if not inputs.languages:
        return Estimates(estimates=(MEASURE.undefined("corpus", 0, computed("chao_jost"), "undefined_no_tokens"),))
    return Estimates(
        estimates=tuple(_of_language(inputs, language, options) for language in inputs.languages),
        series=tuple(series for language in inputs.languages for series in _growth(inputs, language)),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    f1, f2, n = spectrum.f1, spectrum.f2, spectrum.n
    value, method = chao_jost_coverage(f1, f2, n), computed("chao_jost")
    if value is None:
        return MEASURE.undefined(subject, n, method, too_small(n), n=n)
    tokens = esty_interval(value, f1, f2, n, options.level)
    documents = jackknife_interval(value, leave_one_document_out(inputs.document_terms[language]), options.level, bounds=(0.0, 1.0))
    if documents is not None and documents[1] - documents[0] > tokens[1] - tokens[0]:
        return MEASURE.given(subject, value, n, method + computed("jackknife_of_documents_wider"), documents, options.level)
    how = computed("esty_wider_than_documents" if documents is not None else "esty_too_few_documents")
    return MEASURE.given(subject, value, n, method + how, tokens, options.level)


def too_small(n: int) -> str:
    """Name the reason why a spectrum of n tokens gives nothing: fewer than two tokens, or no type seen twice."""
    return "undefined_too_few_tokens" if n < 2 else "undefined_all_hapax"


def _growth(inputs: Inputs, language: str) -> tuple[Series, ...]:
    spectrum = inputs.spectra[language]
    n = spectrum.n
    if n < FEWEST_FOR_GROWTH:
        return ()
    sizes = np.unique(np.round(np.linspace(0, n - 1, POINTS + 1)[1:]).astype(np.int64))
    rows = tuple((int(size), expected_coverage(spectrum.k, spectrum.f_k, int(size))) for size in sizes)
    subject = f"lang:{language}"
    return (Series(id=f"coverage_growth@{subject}", name="coverage_growth", subject=subject, columns=("tokens", "coverage"), rows=rows),)


COVERAGE = Estimator(
    name="coverage",
    question="How much of new text of the same kind will be made of words that were already seen?",
    reference=MEASURE.reference,
    function=estimate_coverage,
)
