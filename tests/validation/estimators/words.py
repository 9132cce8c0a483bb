"""Designs of words: what an audit prints of the words of a language, held against truths that are sums over its types."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.information.entropy import estimate_entropy
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.robustness.character_noise import estimate_character_noise
from corpuskit.estimators.robustness.influence import effect_of_clustering
from corpuskit.estimators.robustness.robustness import estimate_robustness
from corpuskit.estimators.specification import Estimates
from corpuskit.estimators.vocabulary.coverage import estimate_coverage, esty_interval
from corpuskit.estimators.vocabulary.diversity import estimate_diversity
from corpuskit.estimators.vocabulary.growth import estimate_growth
from corpuskit.estimators.vocabulary.hill_numbers import estimate_hill_numbers
from corpuskit.estimators.vocabulary.new_documents import coverage_of_new_documents
from corpuskit.estimators.vocabulary.power_law import estimate_power_law
from corpuskit.estimators.vocabulary.richness import estimate_richness
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage, leave_one_document_out
from corpuskit.estimators.vocabulary.unseen import estimate_unseen
from corpuskit.synthetic import zipf_shares
from tests.validation.estimators.languages import Words, word_inputs
from tests.validation.estimators.rows import REFUSED, Design, Outcome, outcome

OPTIONS = EstimatorOptions()
TRUTH_DRAWS = 100
FIRST_TRUTH = 10**6
"""First seed of the draws whose mean is the truth where no sum gives it; far from those of the replications."""

Function = Callable[[Inputs, EstimatorOptions], Estimates]
OWN_EXPECTATION: dict[str, tuple[Function, ...]] = {
    "chao1": (estimate_richness,),
    "noise": (estimate_character_noise,),
    "averages": (estimate_robustness,),
    "power law": (estimate_power_law,),
}
"""Estimators whose intervals are held against their own expectation: bounds, slopes and averages that speak of documents like these."""

WORDED = {
    "own_words_median_of_means": "exact: own words median of means",
    "words_once_median_of_means": "exact: words once median of means",
    "coverage": "coverage as printed",
    "entropy": "entropy",
    "chao1": "Chao1, against its own expectation",
    "unseen": "new words in as much text again",
    "unseen_twice": "new words in twice as much text",
    "hd_d": "HD-D",
    "new_types": "new words of a further document",
    "new_word_rate": "new words in 1,000 of a further document",
    "heaps": "exponent of growth (Heaps)",
    "documents_needed": "documents needed",
    "power_law": "exponent of the power law, against its own expectation",
}


def words(
    n: int, agreement: float = 0.0, types: int = 3000, exponent: float = 1.0, documents: int = 40, uneven: float = 0.0, also: tuple[str, ...] = ()
) -> Design:
    """Words by Zipf's law in documents of equal length, or of log-normal lengths.

    ``also`` names what is measured besides coverage and entropy: "growth", "hill numbers" or keys of :data:`OWN_EXPECTATION`.
    """
    language = Words(zipf_shares(types, exponent), documents, n // documents, agreement, uneven)
    expected = expectations(language, also)

    def replicate(seed: int) -> dict[str, Outcome]:
        counts = language.draw(seed)
        inputs, unseen = word_inputs(counts), language.shares[np.asarray(counts.sum(axis=0)).ravel() == 0]
        found = coverages(counts, 1 - float(unseen.sum()))
        if not agreement:
            found["design effect of coverage"] = (*design_effect(counts), 1.0)
        found |= _printed(inputs, (estimate_coverage,), {"coverage": 1 - float(unseen.sum())})
        found |= _printed(inputs, (estimate_entropy,), {"entropy": language.entropy})
        if "growth" in also:
            absent = np.asarray(counts.sum(axis=0)).ravel() == 0
            grown = {name: float((1 - language.missed[absent] ** (t * documents)).sum()) for name, t in (("unseen", 1), ("unseen_twice", 2))}
            grown |= {"hd_d": float((1 - language.missed_by(42)).sum()) / 42} | growth(language)
            found |= _printed(inputs, (estimate_unseen, estimate_diversity, estimate_growth), grown)
        if "hill numbers" in also:
            found |= _hill(inputs, language)
        for part in also:
            if part in OWN_EXPECTATION:
                found |= _printed(inputs, OWN_EXPECTATION[part], expected)
        return found

    law = "words by Zipf" if (types, exponent) == (3000, 1.0) else f"words by Zipf, {types:,} types, exponent {exponent:g}"
    named = (f", {agreement:g} alike in documents" if agreement else "") + (", lengths uneven" if uneven else "")
    return Design(law + named + (f", {documents} documents" if documents != 40 else ""), n, replicate)


def coverages(counts: csr_matrix, truth: float) -> dict[str, Outcome]:
    """Give the intervals that the printed ones are made of."""
    totals = np.asarray(counts.sum(axis=0)).ravel()
    f1, f2, n = float((totals == 1).sum()), float((totals == 2).sum()), float(totals.sum())
    value, new = chao_jost_coverage(f1, f2, n), coverage_of_new_documents(counts)
    assert value is not None
    return {
        "coverage of new documents": REFUSED if new.value is None else (new.value, new.interval(), truth),
        "not printed alone: coverage, Esty": (value, esty_interval(value, f1, f2, n), truth),
        "not printed alone: coverage, delete-one-document jackknife": (
            value,
            jackknife_interval(value, leave_one_document_out(counts), bounds=(0.0, 1.0)),
            truth,
        ),
    }


def design_effect(counts: csr_matrix) -> tuple[float, tuple[float, float] | None]:
    """Give the design effect of coverage as the influence estimator does; its truth is 1 for independent tokens."""
    totals = np.asarray(counts.sum(axis=0)).ravel()
    f1, f2, n = float((totals == 1).sum()), float((totals == 2).sum()), float(totals.sum())
    found = coverage_of_new_documents(counts)
    return effect_of_clustering(found.error or 0.0, float(np.sqrt((f1 * (n - f1) + 2 * n * f2) / n**3)), found.freedom) or (0.0, None)


def _printed(inputs: Inputs, functions: tuple[Function, ...], truths: dict[str, float]) -> dict[str, Outcome]:
    made = (estimate for function in functions for estimate in function(inputs, OPTIONS).estimates)
    return {WORDED.get(item.measure, item.measure.replace("_", " ")): outcome(item, truths[item.measure]) for item in made if item.measure in truths}


def _hill(inputs: Inputs, language: Words) -> dict[str, Outcome]:
    made = estimate_hill_numbers(inputs, OPTIONS).estimates
    level = next((part.parameters["coverage"] for part in made[0].method if "coverage" in part.parameters), None)
    truths = dict.fromkeys((item.measure for item in made), 0.0) if level is None else hill(language, float(level))
    return {f"{item.measure.replace('_at_common', '').replace('_', ' ')} at common coverage": outcome(item, truths[item.measure]) for item in made}


@lru_cache(maxsize=64)
def hill(language: Words, level: float) -> dict[str, float]:
    return language.hill(level)


@cache
def growth(language: Words) -> dict[str, float]:
    return language.growth(OPTIONS.target_coverage)


@cache
def expectations(language: Words, also: tuple[str, ...]) -> dict[str, float]:
    """Give the mean value of each estimate over draws of their own, for those with an interval."""
    functions = [function for part in also for function in OWN_EXPECTATION.get(part, ())]
    values: dict[str, list[float]] = {}
    for seed in range(FIRST_TRUTH, FIRST_TRUTH + (TRUTH_DRAWS if functions else 0)):
        inputs = word_inputs(language.draw(seed))
        for function in functions:
            for item in function(inputs, OPTIONS).estimates:
                if item.value is not None and item.interval is not None:
                    values.setdefault(item.measure, []).append(item.value)
    return {measure: float(np.mean(found)) for measure, found in values.items()}
