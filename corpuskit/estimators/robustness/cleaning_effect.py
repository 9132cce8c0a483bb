"""What cleaning changes: the headline numbers without exact copies, near copies and boilerplate, minus the same numbers with them.

Copies are told in any folder, whether or not the options remove them. Boilerplate is made of lines, and words are not counted by line; so what it
changes is known where it was removed, from the counts before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from corpuskit.counts import boilerplate_lines
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.robustness.cleaning_spectra import CleaningSpectra, Spectra, StageSpectra, spectra_of_terms
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.coverage import too_small
from corpuskit.estimators.vocabulary.growth import new_word_share
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

REFERENCE = "Lee et al. 2022; Tukey 1958"


@dataclass(frozen=True, slots=True)
class _Statistic:
    """A number whose change is told, and the most it can change by."""

    name: str
    function: Callable[[Spectra], float | None]
    reference: str
    most: float = 1.0


def coverage_of(spectra: Spectra) -> float | None:
    """Give the coverage (:func:`~corpuskit.estimators.vocabulary.coverage.chao_jost_coverage`)."""
    return chao_jost_coverage(spectra.words.f1, spectra.words.f2, spectra.words.n)


def coverage_of_new_documents_of(spectra: Spectra) -> float | None:
    """Give the coverage of new documents; None for fewer than two documents and where no type stands in two of them."""
    documents = spectra.documents
    if documents.of(1)[1] == documents.tokens.sum():
        return None
    share = new_word_share(documents, documents.documents)
    return None if share is None else 1.0 - share


def entropy_of(spectra: Spectra) -> float | None:
    """Give the entropy in nats; None where every token is a type of its own."""
    return None if spectra.words.f1 == spectra.words.n else chao_wang_jost(spectra.words.k, spectra.words.f_k)


def hapax_share_of(spectra: Spectra) -> float | None:
    """Give the share of types that were seen once; None without types."""
    return spectra.words.f1 / spectra.words.types if spectra.words.types else None


STATISTICS = (
    _Statistic("coverage", coverage_of, "Chao and Jost 2012"),
    _Statistic("coverage_of_new_documents", coverage_of_new_documents_of, "Chao and Jost 2012 (incidence)"),
    _Statistic("entropy", entropy_of, "Chao, Wang and Jost 2013", np.inf),
    _Statistic("hapax_share", hapax_share_of, "Baayen 2001"),
)
REMOVALS = ("exact_copies", "near_copies", "boilerplate")
MEASURES = {
    (statistic.name, removal): Measure(f"{statistic.name}_change_without_{removal}", "tokens", "E", f"{statistic.reference}; {REFERENCE}")
    for removal in REMOVALS
    for statistic in STATISTICS
}


METHODS = {
    "exact_copies": computed("without_exact_copies"),
    "near_copies": computed("without_near_copies"),
    "boilerplate": computed("without_boilerplate"),
}


def difference(
    before: StageSpectra, after: StageSpectra, function: Callable[[Spectra], float | None], level: float = 0.95, most: float = 1.0
) -> tuple[float, tuple[float, float] | None] | None:
    """Give the change of a number from one stage of cleaning to the next.

    Formula: ``T(after) - T(before)``, interval by delete-a-group jackknife of the difference itself: each group of documents is left out of both
    at once, so what the stages have in common does not widen it.

    Parameters
    ----------
    before, after : StageSpectra
        With the same groups.
    function : callable
        Gives the number, or None where it is undefined.
    level : float
        Confidence level.
    most : float
        The most that the number can change by.

    Returns
    -------
    (float, (float, float) or None) or None
        None where the number is undefined before or after; no interval for fewer than 8 groups and where it is undefined without one of them.
    """
    value = _change(before.whole, after.whole, function)
    if value is None:
        return None
    groups = sorted(set(before.without) | set(after.without))
    changes = (_change(*pair, function) for pair in zip(before.without_each(groups), after.without_each(groups), strict=True))
    left_out = np.array([np.nan if change is None else change for change in changes])
    return value, jackknife_interval(value, left_out, level, bounds=(-most, most))


def _change(before: Spectra, after: Spectra, function: Callable[[Spectra], float | None]) -> float | None:
    first, second = function(before), function(after)
    return None if first is None or second is None else second - first


def estimate_cleaning_effect(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language what leaving out copies and boilerplate changes; undefined, never 0, where there is nothing to leave out."""
    repeated = boilerplate_lines(inputs.as_found, inputs.text).height > 0
    return Estimates(
        estimates=tuple(
            item for language in inputs.languages for removal in REMOVALS for item in _of_removal(inputs, removal, language, repeated, options)
        )
    )


def _of_removal(inputs: Inputs, removal: str, language: str, repeated: bool, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, kept, n = f"lang:{language}", inputs.cleaning, inputs.spectra[language].n
    if kept is None:
        return _nothing(removal, subject, n, "undefined_words_before_cleaning_not_kept")
    stages = _stages(inputs, kept, removal, language)
    if stages is None and removal == "boilerplate" and repeated and inputs.text.boilerplate == "keep":
        return _nothing(removal, subject, n, "undefined_boilerplate_not_removed")
    if stages is None or stages[0].whole.words.n == stages[1].whole.words.n:
        return _nothing(removal, subject, n, f"undefined_no_{removal}")
    return tuple(_measured(statistic, removal, subject, *stages, options) for statistic in STATISTICS)


def _stages(inputs: Inputs, kept: CleaningSpectra, removal: str, language: str) -> tuple[StageSpectra, StageSpectra] | None:
    """Give the spectra of a language before and after a removal; None where nothing was removed."""
    before, after = kept.as_found.get(language), kept.without_exact.get(language)
    if removal == "near_copies":
        before, after = after or before, kept.without_near.get(language)
    elif removal == "boilerplate":
        before, after = kept.without_left_out.get(language), None
        if before is not None:
            after = spectra_of_terms(inputs.document_terms[language], kept.groups_of(inputs.stats.documents["document"]))
    return None if before is None or after is None else (before, after)


def _nothing(removal: str, subject: str, n: int, code: str) -> tuple[Estimate, ...]:
    return tuple(MEASURES[statistic.name, removal].undefined(subject, n, METHODS[removal], code) for statistic in STATISTICS)


def _measured(statistic: _Statistic, removal: str, subject: str, before: StageSpectra, after: StageSpectra, options: EstimatorOptions) -> Estimate:
    measure, method, n = MEASURES[statistic.name, removal], METHODS[removal], before.whole.words.n
    found = difference(before, after, statistic.function, options.level, statistic.most)
    if found is None:
        unknown = after.whole if statistic.function(after.whole) is None else before.whole
        return _undefined(measure, statistic, subject, n, method, unknown)
    value, interval = found
    documents, words = before.whole.documents.documents, (n - after.whole.words.n) / n
    gone = computed("left_out", out=documents - after.whole.documents.documents, documents=documents, words=words)
    how = computed("jackknife_of_difference" if interval is not None else "no_interval_too_few_groups")
    return measure.given(subject, value, n, method + gone + how, interval, options.level)


def _undefined(measure: Measure, statistic: _Statistic, subject: str, n: int, method: Method, unknown: Spectra) -> Estimate:
    if statistic.name != "coverage_of_new_documents":
        return measure.undefined(subject, n, method, too_small(unknown.words.n), n=unknown.words.n)
    if unknown.documents.documents < 2:
        return measure.undefined(subject, n, method, "undefined_too_few_groups", n=unknown.documents.documents, needed=2)
    return measure.undefined(subject, n, method, "undefined_no_shared_words", n=unknown.documents.documents)


CLEANING_EFFECT = Estimator(
    name="cleaning_effect",
    question="What do copies and boilerplate do to the headline numbers?",
    reference="; ".join((*(statistic.reference for statistic in STATISTICS), REFERENCE)),
    function=estimate_cleaning_effect,
)
