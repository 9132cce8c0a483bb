"""Lower bound of the vocabulary behind a sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.jackknife_excess import FEWEST_GROUPS, excess_of, influences
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import Excess, jackknife_error
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.coverage import too_small

MEASURE = Measure("chao1", "tokens", "E", "Chao 1984, 1987")


@dataclass(frozen=True, slots=True)
class Richness:
    """Chao1 estimate with its standard error and interval, in types."""

    value: float
    error: float
    interval: tuple[float, float]


def chao1(observed: int, f1: int, f2: int, n: int, level: float = 0.95, least_error: float = 0.0) -> Richness | None:
    """Estimate a lower bound of the number of types, seen and unseen.

    Formula: ``S + A f1^2 / (2 f2)``, for f2 = 0 ``S + A f1 (f1-1) / 2``, with A = (n-1)/n. Variance with r = f1/f2:
    ``f2 (A r^2/2 + A^2 r^3 + A^2 r^4/4)``; for f2 = 0 ``A f1(f1-1)/2 + A^2 f1 (2 f1-1)^2/4 - A^2 f1^4 / (4 Chao1)``. The interval is log-normal
    around the unseen part, so it never goes below what was seen. Reference: Chao 1984, 1987. Unstable when f2 < 5.

    Parameters
    ----------
    observed : int
        Types seen, S.
    f1, f2 : int
        Types seen once and twice.
    n : int
        Tokens.
    level : float
        Confidence level.
    least_error : float
        Standard error found by other means, which stands in where it is larger.

    Returns
    -------
    Richness or None
        Undefined (None) for fewer than two tokens, or when every token is a type of its own.
    """
    if n < 2 or f1 >= n:
        return None
    share = (n - 1) / n
    if f2 > 0:
        ratio = f1 / f2
        value = observed + share * f1 * ratio / 2
        variance = f2 * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    else:
        value = observed + share * f1 * (f1 - 1) / 2
        variance = share * f1 * (f1 - 1) / 2 + share**2 * f1 * (2 * f1 - 1) ** 2 / 4 - share**2 * f1**4 / (4 * value)
    error = max(float(np.sqrt(max(variance, 0.0))), least_error)
    unseen = value - observed
    if unseen <= 0:
        return Richness(float(value), error, (float(observed), float(observed)))
    spread = float(np.exp(ndtri((1 + level) / 2) * np.sqrt(np.log1p((error / unseen) ** 2))))
    return Richness(float(value), error, (observed + unseen / spread, observed + unseen * spread))


def estimate_richness(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Estimate for each language the least number of types in the language of the corpus."""
    return Estimates(estimates=tuple(_of_language(inputs, language, options) for language in inputs.languages))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    """The formula's error is that of independent tokens; where leaving out groups of documents moves the bound more, that error is taken."""
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    found, method = _of(spectrum), computed("chao1")
    if found is None:
        return MEASURE.undefined(subject, spectrum.n, method, too_small(spectrum.n), n=spectrum.n)
    parts = (_of(part) for part in inputs.spectra_without_groups[language])
    left_out = np.array([np.nan if part is None else part.value for part in parts])
    excess = _excess(inputs, language) if len(left_out) >= FEWEST_GROUPS else None
    error = jackknife_error(left_out, excess) or 0.0
    how: Method = computed("log_normal_interval_of_groups" if error > found.error else "log_normal_interval")
    how += computed("less_excess_of_rare_words") if error > found.error and excess is not None else ()
    widened = _of(spectrum, options.level, error) or found
    return MEASURE.given(subject, found.value, spectrum.n, method + how, widened.interval, options.level)


def _excess(inputs: Inputs, language: str) -> Excess | None:
    """Give what the jackknife counts too often of Chao1, which is a function of types seen once and twice."""

    def measure(k: NDArray[np.int64], f_k: NDArray[np.int64]) -> NDArray[np.float64]:
        changed = _of(FrequencySpectrum(k, f_k))
        return np.array([np.nan if changed is None else changed.value])

    spectrum = inputs.spectra[language]
    return excess_of(influences(spectrum.k, spectrum.f_k, measure)[0], inputs.grouped_types[language])


def _of(spectrum: FrequencySpectrum, level: float = 0.95, least_error: float = 0.0) -> Richness | None:
    return chao1(spectrum.types, spectrum.f1, spectrum.f2, spectrum.n, level, least_error)


RICHNESS = Estimator(
    name="richness",
    question="How many words does the language of this corpus have at least, seen and unseen?",
    reference=MEASURE.reference,
    function=estimate_richness,
)
