"""The vocabulary as it was counted: tokens, types, hapax legomena and the frequency spectrum. Exact for this corpus, so without intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure

REFERENCE = "Baayen 2001"
TOKENS = Measure("tokens", "tokens", "E", REFERENCE)
TYPES = Measure("types", "tokens", "E", REFERENCE)
HAPAX_SHARE = Measure("hapax_share", "types", "E", REFERENCE)

MOST_POINTS = 120
"""Longest spectrum that is handed on, because a picture on logarithmic axes shows no more."""


def thin(k: NDArray[np.int64], most: int = MOST_POINTS) -> NDArray[np.int64]:
    """Choose positions of a spectrum for a logarithmic axis: all when there are few, else evenly in log k, always the first and the last."""
    if len(k) <= most:
        return np.arange(len(k))
    wanted = np.geomspace(float(k[0]), float(k[-1]), most)
    return np.unique(np.searchsorted(k, np.floor(wanted * (1 + 1e-12)))).clip(0, len(k) - 1)


def estimate_vocabulary(inputs: Inputs, options: EstimatorOptions) -> Estimates:  # noqa: ARG001  every estimator takes options
    """Count tokens and types of each language, the share of types seen once (it falls as a corpus grows), and the spectrum to draw."""
    if not inputs.languages:
        return Estimates(estimates=(TOKENS.given("corpus", 0.0, 0, computed("count_of_words")),))
    return Estimates(
        estimates=tuple(estimate for language in inputs.languages for estimate in _of_language(inputs, language)),
        series=tuple(_spectrum(inputs, language) for language in inputs.languages),
    )


def _of_language(inputs: Inputs, language: str) -> tuple[Estimate, ...]:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    method = computed("hapax_over_types") + computed("compare_at_equal_coverage")
    return (
        TOKENS.given(subject, float(spectrum.n), spectrum.n, computed("count_of_words")),
        TYPES.given(subject, float(spectrum.types), spectrum.n, computed("count_of_forms")),
        HAPAX_SHARE.given(subject, spectrum.f1 / spectrum.types, spectrum.types, method),
    )


def _spectrum(inputs: Inputs, language: str) -> Series:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    rows = tuple((int(spectrum.k[place]), int(spectrum.f_k[place])) for place in thin(spectrum.k))
    return Series(id=f"spectrum@{subject}", name="spectrum", subject=subject, columns=("k", "types"), rows=rows)


VOCABULARY = Estimator(
    name="vocabulary",
    question="How many words, how many different ones, how many seen only once?",
    reference=REFERENCE,
    function=estimate_vocabulary,
)
