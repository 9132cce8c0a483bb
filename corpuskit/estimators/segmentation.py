"""Japanese under other segmentations: word-level numbers in the shortest units and in pairs of characters, beside those in words as they were cut.

Japanese is written without blanks, so every number that rests on words rests on the segmenter too. Three segmentations side by side show how much.
Their values are on different scales: only whether they put two folders of Japanese documents in the same order says something, and never a value
against that of another segmentation or language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, FrequencySpectrum, Segmentation, character_bigrams, short_units
from corpuskit.estimators.coverage import chao_jost_coverage, esty_interval, leave_one_document_out, too_small
from corpuskit.estimators.document_groups import spectra_without_each_group
from corpuskit.estimators.entropy import chao_wang_jost
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.influence import coverage_of_new_documents
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure

LANGUAGE = "ja"
SUBJECT = f"lang:{LANGUAGE}"
SHORTEST = "A"
"""Sudachi's mode of the shortest units."""

REFERENCE = "Chao and Jost 2012; Chao, Wang and Jost 2013; Baayen 2001; units: Takaoka and others 2018"
COLUMNS = ("segmentation", "tokens", "types", "coverage_of_new_documents", "coverage", "entropy", "hapax_share")


def _measures(units: str) -> tuple[Measure, Measure, Measure, Measure]:
    return (
        Measure(f"coverage_of_new_documents_in_{units}", "tokens", "E", "Chao and Jost 2012 (incidence), weighted by tokens"),
        Measure(f"coverage_in_{units}", "tokens", "E", "Chao and Jost 2012; Esty 1983"),
        Measure(f"entropy_in_{units}", "tokens", "E", "Chao, Wang and Jost 2013"),
        Measure(f"hapax_share_in_{units}", "types", "E", "Baayen 2001"),
    )


IN_UNITS = _measures("short_units")
IN_BIGRAMS = _measures("character_bigrams")


@dataclass(frozen=True, slots=True)
class Division:
    """A way to divide the words that were counted.

    Attributes
    ----------
    code : str
        How the table of segmentations names it.
    measures : tuple of Measure
        Coverage of new documents, coverage, entropy, share of types seen once.
    divide : callable
        Gives the units of each word.
    method : str
        What the units are, and what they leave out.
    """

    code: str
    measures: tuple[Measure, Measure, Measure, Measure]
    divide: Callable[[CorpusStats, str], Segmentation]
    method: str


UNITS = Division(SHORTEST, IN_UNITS, short_units, "units of Sudachi's mode A, from the dictionary entry of each word")
BIGRAMS = Division(
    "2-gram", IN_BIGRAMS, character_bigrams, "pairs of characters inside words, none across word borders, words of one character as themselves"
)


@dataclass(frozen=True, eq=False)
class Divided:
    """Counts in some units, and what the estimates take from them.

    Attributes
    ----------
    counts : csr_matrix, shape (documents, units)
    group : int64 array, shape (documents,)
        Group of each document.
    spectrum : FrequencySpectrum
        Of all documents together.
    """

    counts: csr_matrix
    group: NDArray[np.int64]
    spectrum: FrequencySpectrum

    @classmethod
    def of(cls, counts: csr_matrix, group: NDArray[np.int64]) -> Divided:
        """Take the spectrum of counts."""
        return cls(counts, group, FrequencySpectrum.of(np.asarray(counts.sum(axis=0)).ravel().astype(np.int64)))

    def row(self, code: str) -> tuple[str | int | float, ...]:
        """Give the row of the table of segmentations; a dash where a number is not defined."""
        spectrum = self.spectrum
        values = (
            coverage_of_new_documents(self.counts)[0],
            chao_jost_coverage(spectrum.f1, spectrum.f2, spectrum.n),
            chao_wang_jost(spectrum.k, spectrum.f_k) if spectrum.f1 < spectrum.n else None,
            spectrum.f1 / spectrum.types,
        )
        return (code, spectrum.n, spectrum.types, *("–" if value is None else value for value in values))


def estimate_segmentation(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure Japanese in short units and in pairs of characters, with a table of all segmentations; nothing for other languages."""
    if LANGUAGE not in inputs.languages:
        return Estimates()
    words, mode = inputs.document_terms[LANGUAGE], mode_of(inputs)
    rows = [Divided.of(words, inputs.document_groups).row(mode)]
    estimates: list[Estimate] = []
    for division in (UNITS, BIGRAMS):
        if division is UNITS and mode == SHORTEST:
            n = int(words.sum())
            estimates += [measure.undefined(SUBJECT, n, division.method, "undefined_units_are_words") for measure in division.measures]
            continue
        divided = Divided.of(division.divide(inputs.stats, LANGUAGE).count(words), inputs.document_groups)
        rows.append(divided.row(division.code))
        estimates += _estimates(divided, division, options.level)
    table = Series(id=f"segmentations@{SUBJECT}", name="segmentations", subject=SUBJECT, columns=COLUMNS, rows=tuple(rows))
    return Estimates(estimates=tuple(estimates), series=(table,))


def mode_of(inputs: Inputs) -> str:
    """Give the mode that Japanese was cut in; the tokenizer's name where it has none."""
    info = inputs.stats.tokenizers.get(LANGUAGE)
    return "" if info is None else info.mode.partition(",")[0] or info.name


def _estimates(divided: Divided, division: Division, level: float) -> tuple[Estimate, ...]:
    of_new_documents, coverage, entropy, hapax_share = division.measures
    return (
        _of_new_documents(of_new_documents, divided, division.method, level),
        _coverage(coverage, divided, division.method, level),
        _entropy(entropy, divided, division.method, level),
        _hapax_share(hapax_share, divided, division.method),
    )


def _of_new_documents(measure: Measure, divided: Divided, units: str, level: float) -> Estimate:
    method, n = f"Chao-Jost by incidence in documents, weighted by tokens; {units}", divided.spectrum.n
    value, left_out = coverage_of_new_documents(divided.counts)
    if value is None and len(left_out):
        return measure.undefined(SUBJECT, n, method, "undefined_no_shared_words", n=len(left_out))
    if value is None:
        return measure.undefined(SUBJECT, n, method, "undefined_too_few_groups", n=int(n > 0), needed=2)
    interval = jackknife_interval(value, left_out, level, bounds=(0.0, 1.0))
    how = "delete-one-document jackknife" if interval is not None else f"no interval: fewer than {MINIMUM_GROUPS} documents"
    return measure.given(SUBJECT, value, n, f"{method}; {how}", interval, level)


def _coverage(measure: Measure, divided: Divided, units: str, level: float) -> Estimate:
    """Give coverage; Esty's interval alone is never given, since units of one word are not independent of one another."""
    spectrum, method = divided.spectrum, f"Chao-Jost; {units}"
    value = chao_jost_coverage(spectrum.f1, spectrum.f2, spectrum.n)
    if value is None:
        return measure.undefined(SUBJECT, spectrum.n, method, too_small(spectrum.n), n=spectrum.n)
    documents = jackknife_interval(value, leave_one_document_out(divided.counts), level, bounds=(0.0, 1.0))
    if documents is None:
        return measure.given(SUBJECT, value, spectrum.n, f"{method}; no interval: fewer than {MINIMUM_GROUPS} documents")
    tokens = esty_interval(value, spectrum.f1, spectrum.f2, spectrum.n, level)
    wider = documents[1] - documents[0] > tokens[1] - tokens[0]
    how = "delete-one-document jackknife interval (wider than Esty)" if wider else "Esty interval (wider than delete-one-document jackknife)"
    return measure.given(SUBJECT, value, spectrum.n, f"{method}; {how}", documents if wider else tokens, level)


def _entropy(measure: Measure, divided: Divided, units: str, level: float) -> Estimate:
    spectrum, method = divided.spectrum, f"Chao-Wang-Jost, nats per unit; {units}"
    value = chao_wang_jost(spectrum.k, spectrum.f_k)
    if value is None or spectrum.f1 == spectrum.n:
        return measure.undefined(SUBJECT, spectrum.n, method, too_small(spectrum.n), n=spectrum.n)
    left_out = (chao_wang_jost(part.k, part.f_k) for part in spectra_without_each_group(divided.counts, divided.group))
    values = np.array([np.nan if one is None else one for one in left_out])
    interval = jackknife_interval(value, values, level, bounds=(0.0, np.inf))
    how = "delete-a-group jackknife interval" if interval is not None else "no interval: too few document groups"
    return measure.given(SUBJECT, value, spectrum.n, f"{method}; {how}", interval, level)


def _hapax_share(measure: Measure, divided: Divided, units: str) -> Estimate:
    spectrum, method = divided.spectrum, "types seen once over types; compare at equal coverage only"
    return measure.given(SUBJECT, spectrum.f1 / spectrum.types, spectrum.types, f"{method}; {units}; exact for these documents, no interval")


SEGMENTATION = Estimator(
    name="segmentation",
    question="How much do the numbers of Japanese rest on how words are divided?",
    reference=REFERENCE,
    function=estimate_segmentation,
)
