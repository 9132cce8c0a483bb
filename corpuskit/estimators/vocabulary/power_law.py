"""Power law of word frequencies: its exponent, and whether the data speak for it, for a rival, or for neither.

That frequencies fall about like a power never shows that a law holds. So an exponent is given only where no rival fits better, and its method says
whether the rivals are worse or cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc, log_ndtr, zeta

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.jackknife_excess import FEWEST_GROUPS, excess_of, influences
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import Excess, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.vocabulary import thin

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Standing = Literal["compatible", "cannot tell", "a rival fits better"]
STANDINGS: dict[Standing, Method] = {
    "compatible": computed("power_law_compatible"),
    "cannot tell": computed("power_law_undecided"),
    "a rival fits better": computed("rival_fits_better"),
}

MEASURE = Measure("power_law", "types", "E", "Clauset, Shalizi and Newman 2009; Vuong 1989")

FEWEST_IN_TAIL = 100
"""Fewer types in the tail give no exponent: its standard error is (a-1)/sqrt(types), a tenth of a-1 at 100, and rivals cannot be told apart."""

LEAST_SPAN = 10
"""The tail spans at least one power of ten in frequency: on less, every falling curve looks straight."""

SIGNIFICANT = 0.1
"""A likelihood ratio with a p-value below this decides between two curves (Clauset, Shalizi and Newman 2009, section 5)."""


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """Fit of ``p(x) = x^-a / zeta(a, xmin)`` for x >= xmin: exponent, smallest frequency, types at or above it, Kolmogorov-Smirnov distance."""

    exponent: float
    minimum: int
    tail: int
    distance: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Log-likelihood ratio of the power law against a rival: above 0 the power law fits better. ``p_value`` is for "both fit alike"."""

    rival: str
    ratio: float
    p_value: float


def exponents(k: Integers, f_k: Integers, minima: Integers) -> Floats:
    """Fit the exponent above each of several minima by maximum likelihood.

    Formula: maximum of ``-a sum ln x - N ln zeta(a, xmin)`` over 1 < a <= 10, by golden section for all minima at once (it has one maximum).
    Reference: Clauset, Shalizi and Newman 2009.

    Parameters
    ----------
    k, f_k : arrays of int, shape (s,)
        Frequencies, ascending, and the number of types with each.
    minima : array of int, shape (c,)
        Values of ``k``.

    Returns
    -------
    array, shape (c,)
        To 1e-8.
    """
    starts = np.searchsorted(k, minima)
    types = np.cumsum(f_k[::-1])[::-1][starts].astype(float)
    mean_log = np.cumsum((f_k * np.log(k))[::-1])[::-1][starts] / types

    def likelihood(a: Floats) -> Floats:
        return np.asarray(-a * mean_log - np.log(zeta(a, minima.astype(float))))

    golden = (np.sqrt(5.0) - 1) / 2
    low, high = np.full(len(minima), 1.0 + 1e-6), np.full(len(minima), 10.0)
    for _ in range(45):
        left, right = high - golden * (high - low), low + golden * (high - low)
        better = likelihood(left) > likelihood(right)
        low, high = np.where(better, low, left), np.where(better, right, high)
    return np.asarray((low + high) / 2)


def distance(k: Integers, f_k: Integers, exponent: float, minimum: int) -> float:
    """Give the largest distance between the two distribution functions above a minimum, at every whole number, seen or not.

    Between two frequencies that occur the empirical function is flat and the fitted one rises, so both ends of each gap are enough.
    """
    seen, number = k[k >= minimum].astype(float), f_k[k >= minimum]
    empirical = np.cumsum(number) / number.sum()
    whole = zeta(exponent, float(minimum))
    at = 1.0 - zeta(exponent, seen + 1.0) / whole
    before_next = 1.0 - zeta(exponent, seen[1:]) / whole
    return float(max(np.max(np.abs(empirical - at)), np.max(np.abs(empirical[:-1] - before_next), initial=0.0)))


def fit_power_law(k: Integers, f_k: Integers, fewest: int = FEWEST_IN_TAIL) -> PowerLaw | None:
    """Choose the minimum whose tail is nearest to its fitted power law, and give the fit.

    Tried are all frequencies that leave ``fewest`` types and at least one power of ten, at most 120 of them (evenly in the logarithm). No
    bootstrap: cost O(120 s). Reference: Clauset, Shalizi and Newman 2009.

    Returns
    -------
    PowerLaw or None
        None when no tail is large and wide enough.
    """
    tails = np.cumsum(f_k[::-1])[::-1]
    possible = k[(tails >= fewest) & (k * LEAST_SPAN <= (k[-1] if len(k) else 0))]
    if not len(possible):
        return None
    minima = possible[thin(possible)]
    fitted = exponents(k, f_k, minima)
    distances = [distance(k, f_k, float(a), int(minimum)) for a, minimum in zip(fitted, minima, strict=True)]
    best = int(np.argmin(distances))
    tail = int(tails[np.searchsorted(k, minima[best])])
    return PowerLaw(float(fitted[best]), int(minima[best]), tail, float(distances[best]))


def compare(k: Integers, f_k: Integers, fit: PowerLaw) -> tuple[Comparison, Comparison]:
    """Compare the fit with a log-normal and an exponential curve above the same minimum.

    Formula: R the sum of the differences of log-likelihood, ``p = erfc(abs(R) / (sqrt(2 N) sd of the differences))``. Reference: Vuong 1989;
    Clauset, Shalizi and Newman 2009.
    """
    x, number = k[k >= fit.minimum].astype(float), f_k[k >= fit.minimum].astype(float)
    power = -fit.exponent * np.log(x) - float(np.log(zeta(fit.exponent, float(fit.minimum))))
    rivals = (("log-normal", log_normal), ("exponential", exponential))
    first, second = (_ratio(name, power - curve(x, number, fit.minimum), number) for name, curve in rivals)
    return first, second


def _ratio(rival: str, differences: Floats, number: Floats) -> Comparison:
    types = float(number.sum())
    total = float(number @ differences)
    variance = float(number @ (differences - total / types) ** 2) / types
    spread = float(np.sqrt(max(variance, 0.0)))
    p_value = float(erfc(abs(total) / (np.sqrt(2 * types) * spread))) if spread > 0 else 1.0
    return Comparison(rival, total, p_value)


def exponential(x: Floats, number: Floats, minimum: int) -> Floats:
    """Give the log-probabilities of the best ``p(x) = (1 - e^-l) e^(-l (x - xmin))``; l is ``log(1 + 1/(mean - xmin))``."""
    beyond = float(number @ (x - minimum)) / float(number.sum())
    rate = float(np.log1p(1 / beyond)) if beyond > 0 else 50.0
    return np.asarray(np.log(-np.expm1(-rate)) - rate * (x - minimum))


def log_normal(x: Floats, number: Floats, minimum: int) -> Floats:
    """Give the log-probabilities of the best log-normal curve, rounded to whole numbers and cut off below the minimum.

    Formula: ``(F(ln(x+.5)) - F(ln(x-.5))) / (1 - F(ln(xmin-.5)))``, F normal with mean and deviation by maximum likelihood (Nelder-Mead).
    """
    below, above, cut = np.log(x - 0.5), np.log(x + 0.5), float(np.log(minimum - 0.5))

    def logs(parameters: Floats) -> Floats:
        centre, deviation = float(parameters[0]), float(np.exp(parameters[1]))
        upper = log_ndtr(-(below - centre) / deviation)  # of the upper tail, where rounding to 1 would lose everything
        step = np.minimum(log_ndtr(-(above - centre) / deviation) - upper, -1e-300)
        return np.asarray(upper + np.log(-np.expm1(step)) - log_ndtr(-(cut - centre) / deviation))

    return logs(_most_likely(logs, np.log(x), number))


def _most_likely(logs: Callable[[Floats], Floats], values: Floats, number: Floats) -> Floats:
    from scipy.optimize import minimize  # not at the top: it takes longer to load than an audit of known documents

    mean = float(number @ values / number.sum())
    deviation = float(np.sqrt(number @ (values - mean) ** 2 / number.sum()))

    def cost(parameters: Floats) -> float:
        found = -float(number @ logs(parameters))
        return found if np.isfinite(found) else 1e300

    start = np.array([mean, np.log(max(deviation, 0.1))])
    found = minimize(cost, start, method="Nelder-Mead", options={"maxiter": 4000, "maxfev": 4000, "xatol": 1e-6, "fatol": 1e-8})
    return np.asarray(found.x, dtype=np.float64)


def standing(comparisons: tuple[Comparison, ...]) -> Standing:
    """Say what the likelihood ratios allow: a rival fits better, all rivals fit worse ("compatible"), or it cannot be told."""
    if any(one.ratio < 0 and one.p_value < SIGNIFICANT for one in comparisons):
        return "a rival fits better"
    worse = all(one.ratio > 0 and one.p_value < SIGNIFICANT for one in comparisons)
    return "compatible" if worse else "cannot tell"


def estimate_power_law(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Give for each language the exponent of the tail of word frequencies, refused where a rival fits better."""
    return Estimates(estimates=tuple(_of_language(inputs, language, options) for language in inputs.languages))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    fit = fit_power_law(spectrum.k, spectrum.f_k)
    method = computed("discrete_maximum_likelihood")
    if fit is None:
        return MEASURE.undefined(subject, spectrum.types, method, "undefined_short_tail", n=spectrum.types, needed=FEWEST_IN_TAIL)
    comparisons = compare(spectrum.k, spectrum.f_k, fit)
    found, p_values = standing(comparisons), {one.rival: one.p_value for one in comparisons}
    ratios = computed("vuong", log_normal=p_values["log-normal"], exponential=p_values["exponential"])
    told = method + computed("frequencies_from", minimum=int(fit.minimum)) + STANDINGS[found] + ratios
    if found == "a rival fits better":
        best = min((one for one in comparisons if one.p_value < SIGNIFICANT), key=lambda one: one.ratio)
        code = "undefined_log_normal_fits_better" if best.rival == "log-normal" else "undefined_exponential_fits_better"
        return MEASURE.undefined(subject, fit.tail, told, code, p_value=best.p_value, minimum=fit.minimum)
    left_out = _left_out(inputs.spectra_without_groups[language], fit.minimum)
    excess = _excess(inputs, language, fit.minimum) if len(left_out) >= FEWEST_GROUPS else None
    interval = jackknife_interval(fit.exponent, left_out, options.level, bounds=(1.0, np.inf), excess=excess)
    how = computed("jackknife_at_minimum" if interval is not None else "no_interval_too_few_groups")
    how += computed("less_excess_of_rare_words") if interval is not None and excess is not None else ()
    return MEASURE.given(subject, fit.exponent, fit.tail, told + how, interval, options.level)


def _left_out(parts: tuple[FrequencySpectrum, ...], minimum: int) -> Floats:
    """Fit each part above the same minimum: choosing it anew makes the exponent jump, which a jackknife takes for a huge spread."""
    above = np.array([minimum])
    return np.array([exponents(part.k, part.f_k, above)[0] if len(part.k) and part.k[-1] > minimum else np.nan for part in parts])


def _excess(inputs: Inputs, language: str, minimum: int) -> Excess | None:
    """Give what the jackknife counts too often, as words pass the minimum; judged by the halves as they are.

    That the minimum was chosen adds to the error, and the jackknife does not know of it: with what is carried on from the halves the interval covered
    .90 of 150 samples with .02 alike in documents.
    """
    spectrum, above = inputs.spectra[language], np.array([minimum])
    of_types = influences(spectrum.k, spectrum.f_k, lambda k, f_k: exponents(k[k >= minimum], f_k[k >= minimum], above))
    return excess_of(of_types[0], inputs.grouped_types[language], carried_on=False)


POWER_LAW = Estimator(
    name="power_law",
    question="How steeply do frequencies fall from common to rare words, and is it a power law?",
    reference=MEASURE.reference,
    function=estimate_power_law,
)
