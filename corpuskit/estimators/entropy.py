"""Entropy of a frequency spectrum, in nats, corrected for the types that were not seen.

Every function takes the spectrum: ``k`` the frequencies that occur, ``f_k`` how many types have each, both of shape (s,).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from corpuskit.estimators.coverage import too_small
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Integers = NDArray[np.int64]

MEASURE = Measure("entropy", "tokens", "E", "Chao, Wang and Jost 2013")

OTHERS_REFERENCE = "Miller 1955; Chao and Shen 2003; Grassberger 2003"
LOWEST = Measure("entropy_lowest", "tokens", "E", OTHERS_REFERENCE)
HIGHEST = Measure("entropy_highest", "tokens", "E", OTHERS_REFERENCE)


def spectrum_of(counts: NDArray[np.int64]) -> tuple[Integers, Integers]:
    """Group counts by value: give the frequencies above zero, ascending, and the number of types with each."""
    k, f_k = np.unique(counts[counts > 0], return_counts=True)
    return k.astype(np.int64), f_k.astype(np.int64)


def plug_in(k: Integers, f_k: Integers) -> float | None:
    """Give ``-sum p log p`` with p = x/n: too low by about (S-1)/2n. None for an empty sample."""
    n = float((k * f_k).sum())
    if n == 0:
        return None
    share = k / n
    return float(max(0.0, -np.sum(f_k * share * np.log(share))))


def miller_madow(k: Integers, f_k: Integers) -> float | None:
    """Give the plug-in entropy plus (S-1)/2n. Reference: Miller 1955. None for an empty sample."""
    base = plug_in(k, f_k)
    return None if base is None else base + (float(f_k.sum()) - 1) / (2 * float((k * f_k).sum()))


def chao_shen(k: Integers, f_k: Integers) -> float | None:
    """Give the Horvitz-Thompson entropy with Good-Turing coverage C: ``-sum Cp log(Cp) / (1 - (1-Cp)^n)``.

    Reference: Chao and Shen 2003. None for an empty sample or when every token is a type of its own (C = 0).
    """
    n = float((k * f_k).sum())
    singletons = float(f_k[k == 1].sum())
    if n == 0 or singletons == n:
        return None
    share = (1 - singletons / n) * k / n
    one = share >= 1  # a single type: its entropy is 0 and the logarithm of 1 - p is undefined
    inclusion = -np.expm1(n * np.log1p(-np.where(one, 0.5, share)))
    return float(max(0.0, -np.sum(f_k * share * np.log(share) / np.where(one, 1.0, inclusion))))


def grassberger(k: Integers, f_k: Integers) -> float | None:
    """Give ``log n - (1/n) sum x G(x)`` with ``G(x) = psi(x) + (-1)^x (psi((x+1)/2) - psi(x/2)) / 2``.

    Reference: Grassberger 2003. None for an empty sample.
    """
    n = float((k * f_k).sum())
    if n == 0:
        return None
    x = k.astype(float)
    correction = np.where(k % 2 == 0, 0.5, -0.5) * (digamma((x + 1) / 2) - digamma(x / 2))
    return float(np.log(n) - np.sum(f_k * x * (digamma(x) + correction)) / n)


def chao_wang_jost(k: Integers, f_k: Integers) -> float | None:
    """Estimate entropy with the unseen types; the default, best where samples are smaller than the number of types.

    Formula: ``sum (x/n)(psi(n) - psi(x)) + (f1/n) sum_{j>=0} (1-A)^(j+1) / (n+j)`` with ``A = 2 f2 / ((n-1) f1 + 2 f2)``, for f2 = 0
    ``A = 2 / ((n-1)(f1-1) + 2)``. Reference: Chao, Wang and Jost 2013; the sum is the stable form of their second term and is integrated
    here as ``integral exp(-u) / (n (1 - (1-A) exp(-u/n))) du``, so that large n cost nothing.

    Returns
    -------
    float or None
        None for fewer than two tokens. When every token is a type of its own, the value rests on A alone and is a guess: see coverage.
    """
    n = float((k * f_k).sum())
    if n < 2:
        return None
    x = k.astype(float)
    seen = float(np.sum(f_k * (x / n) * (digamma(n) - digamma(x))))
    return with_unseen(seen, n, float(f_k[k == 1].sum()), float(f_k[k == 2].sum()))


def with_unseen(seen: float, n: float, f1: float, f2: float) -> float:
    """Add the second term of :func:`chao_wang_jost`, what types that were not seen add, to its first; f1 and f2 are types seen once and twice."""
    if f1 == 0:
        return seen
    hit = 2 * f2 / ((n - 1) * f1 + 2 * f2) if f2 > 0 else 2 / ((n - 1) * (f1 - 1) + 2)
    return seen + f1 / n * _tail(1 - hit, hit, n)


def _tail(miss: float, hit: float, n: float) -> float:
    """Sum ``miss^(j+1) / (n+j)`` over j >= 0, on a logarithmic axis where the integrand is smooth for every n."""
    if miss <= 0:
        return 0.0

    def integrand(s: float) -> float:
        u = np.exp(s)
        return float(u * np.exp(-u) / (n * (hit - miss * np.expm1(-u / n))))

    from scipy.integrate import quad  # not at the top: it takes longer to load than an audit of known documents

    value, _ = quad(integrand, -60.0, 6.6, limit=400, epsabs=0.0, epsrel=1e-10, points=(-20.0, -5.0, 0.0, 3.0))
    return miss * float(value)


OTHERS = {"Miller-Madow": miller_madow, "Chao-Shen": chao_shen, "Grassberger": grassberger}
"""What is shown beside the default, so that a reader sees how much the choice of estimator matters."""


def spread(k: Integers, f_k: Integers) -> tuple[tuple[str, float], tuple[str, float]] | None:
    """Give the lowest and the highest of the other estimators, each with its name; None where one of them is undefined."""
    values = {name: function(k, f_k) for name, function in OTHERS.items()}
    defined = [(name, value) for name, value in values.items() if value is not None]
    if len(defined) < len(values):
        return None
    return min(defined, key=lambda one: one[1]), max(defined, key=lambda one: one[1])


def estimate_entropy(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the entropy of words, in nats, with an interval from leaving out one group of documents at a time.

    Beside it stand the lowest and the highest of three other estimators: where they lie far apart, the number rests on the choice among them.
    """
    return Estimates(estimates=tuple(item for language in inputs.languages for item in _of_language(inputs, language, options)))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    method, n = computed("chao_wang_jost_of_words"), spectrum.n
    value, others = chao_wang_jost(spectrum.k, spectrum.f_k), spread(spectrum.k, spectrum.f_k)
    if value is None or spectrum.f1 == n or others is None:
        return tuple(measure.undefined(subject, n, method, too_small(n), n=n) for measure in (MEASURE, LOWEST, HIGHEST))
    left_out = (chao_wang_jost(part.k, part.f_k) for part in inputs.spectra_without_groups[language])
    values = np.array([np.nan if one is None else one for one in left_out])
    interval = jackknife_interval(value, values, options.level, bounds=(0.0, np.inf))
    (lowest, least), (highest, most) = others
    return (
        MEASURE.given(subject, value, n, method + by_jackknife(interval), interval, options.level),
        LOWEST.given(subject, least, n, computed("entropy_by", estimator=lowest) + computed("lowest_of_entropies")),
        HIGHEST.given(subject, most, n, computed("entropy_by", estimator=highest) + computed("highest_of_entropies")),
    )


ENTROPY = Estimator(
    name="entropy",
    question="How evenly are words used?",
    reference=MEASURE.reference,
    function=estimate_entropy,
)
