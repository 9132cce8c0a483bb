"""Entropy of the words of a language, in nats: how evenly words are used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.half_samples import Extrapolated, extrapolate
from corpuskit.estimators.information.clustered_entropy import MOST_APART, Together, clustered_entropies
from corpuskit.estimators.information.joint_parts import Entries
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, effective_size
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.coverage import too_small
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spread
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

Integers = NDArray[np.int64]

REFERENCE = "Chao, Wang and Jost 2013; Quenouille 1956"
MEASURE = Measure("entropy", "tokens", "E", REFERENCE)

OTHERS_REFERENCE = "Miller 1955; Chao and Shen 2003; Grassberger 2003"
LOWEST = Measure("entropy_lowest", "tokens", "E", OTHERS_REFERENCE)
HIGHEST = Measure("entropy_highest", "tokens", "E", OTHERS_REFERENCE)

LEAST_COVERAGE = 0.7
"""Less of the running words seen gives no entropy, because on Zipf languages of 1,000 to 30,000 types the interval covers from here on, and at .6 the
value is .25 nats too low with a vocabulary of 30,000 (reports/validation/estimators.md)."""

LEAST_GROUPS = 4.0
"""Groups of equal size that those at hand must be worth, because below that nearly all words come from one of them."""


def entropy_of_groups(groups: csr_matrix, seed: int = 0) -> tuple[Extrapolated, float] | None:
    """Give the entropy of words that cluster in groups of documents, with its small-sample bias extrapolated away, and how much was seen.

    Formula: :func:`~corpuskit.estimators.information.clustered_entropy.clustered_entropies`, ``2 H(N) - mean H(N/2)`` over random halves of the
    groups.

    Parameters
    ----------
    groups : csr_matrix, shape (groups, types)
        Tokens of each type in each group, none of them empty.
    seed : int
        Seed of the halves.

    Returns
    -------
    (Extrapolated, float) or None
        None for fewer than 8 groups, and where they are worth fewer than 4 of equal size: then groups tell nothing of clustering.
    """
    entries, chosen = Entries.of(groups.T.tocsc()), np.arange(groups.shape[0])
    sizes = np.asarray(groups.sum(axis=1), dtype=float).ravel()
    if len(sizes) < MINIMUM_GROUPS or effective_size(sizes) < LEAST_GROUPS:
        return None
    whole, seen = clustered_entropies(entries, chosen, Together.of(sizes, True), without_each=True)
    if np.isnan(whole[0]):
        return None
    found = extrapolate(whole[None, :], lambda half: clustered_entropies(entries, half, Together.of(sizes[half], False))[0], chosen, seed)
    return found, float(seen[0])


def estimate_entropy(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the entropy of words, in nats, with an interval from leaving out one group of documents at a time.

    Refused where too little of the running words was seen. Beside it stand the lowest and the highest of three other estimators: where they lie far
    apart, the number rests on the choice among them.
    """
    return Estimates(estimates=tuple(item for language in inputs.languages for item in _of_language(inputs, language, options)))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    n, others = spectrum.n, spread(spectrum.k, spectrum.f_k)
    if n < 2 or spectrum.f1 == n or others is None:
        method = computed("chao_wang_jost_of_words")
        return tuple(measure.undefined(subject, n, method, too_small(n), n=n) for measure in (MEASURE, LOWEST, HIGHEST))
    groups = inputs.group_sums[language].tokens
    (lowest, least), (highest, most) = others
    return (
        corrected_entropy(MEASURE, subject, inputs.spectra[language], groups, options, computed("chao_wang_jost_of_words")),
        LOWEST.given(subject, least, n, computed("entropy_by", estimator=lowest) + computed("lowest_of_entropies")),
        HIGHEST.given(subject, most, n, computed("entropy_by", estimator=highest) + computed("highest_of_entropies")),
    )


def corrected_entropy(
    measure: Measure, subject: str, spectrum: FrequencySpectrum, groups: csr_matrix, options: EstimatorOptions, method: Method
) -> Estimate:
    """Give the entropy of words or units in groups of documents as an estimate, or the reason why there is none."""
    n, found = spectrum.n, entropy_of_groups(groups, options.seed)
    independent, covered = chao_wang_jost(spectrum.k, spectrum.f_k), chao_jost_coverage(spectrum.f1, spectrum.f2, n)
    seen = found[1] if found is not None else covered
    method = method + computed("unseen_by_groups" if found is not None else "unseen_as_independent")
    if independent is None or seen is None:
        return measure.undefined(subject, n, method, too_small(n), n=n)
    if seen < LEAST_COVERAGE:
        return measure.undefined(subject, n, method, "undefined_low_coverage_for_entropy", coverage=seen, needed=LEAST_COVERAGE)
    if found is not None and (covered or 0.0) - seen > MOST_APART:
        return measure.undefined(subject, n, method, "undefined_observations_cluster", value=covered or 0.0, new=seen)
    if found is None:
        return measure.given(subject, independent, n, method + computed("no_interval_too_few_groups"))
    interval = found[0].interval(0, options.level)
    how = computed("jackknife_and_halves" if interval is not None else "no_interval_too_few_groups")
    if interval is not None:
        interval = (max(0.0, interval[0]), interval[1])
    return measure.given(subject, max(0.0, float(found[0].values[0])), n, method + computed("halves_extrapolated") + how, interval, options.level)


ENTROPY = Estimator(
    name="entropy",
    question="How evenly are words used?",
    reference=MEASURE.reference,
    function=estimate_entropy,
)
