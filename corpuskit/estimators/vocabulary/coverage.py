"""Sample coverage: how much of the running text of the same kind is made of words that were already seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtri

from corpuskit.counts import row_sums
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import unequal_jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

FEWEST_FOR_GROWTH = 100
"""Fewer tokens give no growth curve, because its points would differ by single words."""

POINTS = 20
"""Points of the growth curve."""

MEASURE = Measure("coverage", "tokens", "E", "Chao and Jost 2012; Esty 1983")


def esty_interval(value: float, f1: float, f2: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Give the normal interval of coverage for independent tokens.

    Formula: ``value -+ z sqrt((f1 (n - f1) + 2 n f2) / n^3)``, cut at 0 and 1. Reference: Esty 1983.
    Tokens of one document are not independent, so it is too narrow where words cluster: see :func:`leave_one_document_out`.
    """
    half = float(ndtri((1 + level) / 2)) * float(np.sqrt(max(f1 * (n - f1) + 2 * n * f2, 0.0) / n**3))
    return max(0.0, value - half), min(1.0, value + half)


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
    """Measure coverage and its growth for each language.

    Of the two intervals (independent tokens, whole documents) the wider is given and named, and it reaches down to the lower end of the coverage of
    new documents. Where even so that lies below, words cluster in documents and coverage is refused: it would be that of these documents only.
    """
    if not inputs.languages:
        return Estimates(estimates=(MEASURE.undefined("corpus", 0, computed("chao_jost"), "undefined_no_tokens"),))
    return Estimates(
        estimates=tuple(_of_language(inputs, language, options) for language in inputs.languages),
        series=tuple(series for language in inputs.languages for series in _growth(inputs, language)),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    subject, spectrum, n = f"lang:{language}", inputs.spectra[language], inputs.spectra[language].n
    method, value = computed("chao_jost"), chao_jost_coverage(spectrum.f1, spectrum.f2, n)
    if value is None:
        return MEASURE.undefined(subject, n, method, too_small(n), n=n)
    (low, high), how = _interval(inputs, language, value, options.level)
    new = inputs.new_documents[language]
    of_new = new.interval(options.level)
    if new.value is None or of_new is None:
        return MEASURE.given(subject, value, n, method + how, (low, high), options.level)
    lower, upper = of_new
    if upper < low:
        return MEASURE.undefined(subject, n, method, "undefined_documents_cluster", value=value, new=new.value)
    if lower < low:
        how, low = how + computed("down_to_new_documents"), lower
    return MEASURE.given(subject, value, n, method + how, (low, high), options.level)


def _interval(inputs: Inputs, language: str, value: float, level: float) -> tuple[tuple[float, float], Method]:
    spectrum = inputs.spectra[language]
    tokens = esty_interval(value, spectrum.f1, spectrum.f2, spectrum.n, level)
    sizes = row_sums(inputs.document_terms[language])
    documents = unequal_jackknife_interval(value, inputs.coverage_without_documents[language], sizes[sizes > 0], level, bounds=(0.0, 1.0))
    if documents is not None and documents[1] - documents[0] > tokens[1] - tokens[0]:
        return documents, computed("jackknife_of_documents_wider")
    return tokens, computed("esty_wider_than_documents" if documents is not None else "esty_too_few_documents")


def documents_cluster(inputs: Inputs, language: str, level: float = 0.95) -> tuple[float, float] | None:
    """Tell whether documents clearly have words of their own, so that numbers which take tokens as independent do not speak of others.

    They do where the interval of the coverage of new documents ends below that of the coverage of tokens: then the one is not the other.

    Returns
    -------
    (float, float) or None
        Coverage of tokens and of new documents where they differ; None where they may be equal or cannot be compared.
    """
    spectrum = inputs.spectra[language]
    value = chao_jost_coverage(spectrum.f1, spectrum.f2, spectrum.n)
    new = inputs.new_documents[language]
    of_new = new.interval(level)
    if value is None or new.value is None or of_new is None:
        return None
    return (value, new.value) if of_new[1] < _interval(inputs, language, value, level)[0][0] else None


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
