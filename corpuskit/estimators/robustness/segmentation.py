"""Japanese under other segmentations: word-level numbers in the shortest units and in pairs of characters, beside those in words as they were cut.

Japanese is written without blanks, so every number that rests on words rests on the segmenter too. Three segmentations side by side show how much.
Their values are on different scales: only whether they put two folders of Japanese documents in the same order says something, and never a value
against that of another segmentation or language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, FrequencySpectrum, Segmentation, character_bigrams, row_sums, short_units
from corpuskit.estimators.document_groups import group_sums, spectra_without_each_group, sum_by_group
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.information.entropy import corrected_entropy, estimate_entropy
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_interval, unequal_jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.coverage import estimate_coverage, esty_interval, too_small
from corpuskit.estimators.vocabulary.new_documents import NewDocuments, coverage_by_incidence, coverage_of_new_documents
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LANGUAGE = "ja"
SUBJECT = f"lang:{LANGUAGE}"
SHORTEST = "A"
"""Sudachi's mode of the shortest units."""

MOST_ALONE = 250
"""Up to so many documents each is left out by itself; because groups of a few documents would be of very different sizes."""

REFERENCE = "Chao and Jost 2012; Chao, Wang and Jost 2013; Baayen 2001; units: Takaoka and others 2018"
COLUMNS = ("segmentation", "tokens", "types", "coverage_of_new_documents", "coverage", "entropy", "hapax_share")


def _measures(units: str) -> tuple[Measure, Measure, Measure, Measure]:
    return (
        Measure(f"coverage_of_new_documents_in_{units}", "units", "E", "Chao and Jost 2012; Esty 1983"),
        Measure(f"coverage_in_{units}", "units", "E", "Chao and Jost 2012; Esty 1983"),
        Measure(f"entropy_in_{units}", "units", "E", "Chao, Wang and Jost 2013"),
        Measure(f"hapax_share_in_{units}", "unit_types", "E", "Baayen 2001"),
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
    method : Method
        What the units are, and what they leave out.
    """

    code: str
    measures: tuple[Measure, Measure, Measure, Measure]
    divide: Callable[[CorpusStats, str], Segmentation]
    method: Method


UNITS = Division(SHORTEST, IN_UNITS, short_units, computed("short_units"))
BIGRAMS = Division("2-gram", IN_BIGRAMS, character_bigrams, computed("character_bigrams"))


@dataclass(frozen=True, eq=False)
class GroupedUnits:
    """Counts in some units by group of documents, which is all that delete-a-group jackknives need.

    Attributes
    ----------
    tokens, holders : csr_matrix of int64, shape (groups, units)
        Tokens of each unit in each group, and the documents there that hold it; stored in the same places.
    documents : int64 array, shape (groups,)
        Documents of each group.
    """

    tokens: csr_matrix
    holders: csr_matrix
    documents: Integers


def units_by_group(words: csr_matrix, group: Integers, segmentation: Segmentation) -> GroupedUnits:
    """Count units in each group of documents; documents by units are in memory for one group at a time.

    Parameters
    ----------
    words : csr_matrix, shape (documents, V)
        Tokens of each word in each document; documents without words do not count.
    group : int64 array, shape (documents,)
    segmentation : Segmentation
        Units of each word.
    """
    filled = np.diff(words.indptr) > 0
    size = len(segmentation.forms)
    indptr, places, tokens, holders, documents = [0], [], [], [], []
    for number in np.unique(group[filled]):
        rows = np.flatnonzero(filled & (group == number))
        block = segmentation.count(words[rows])
        held = np.bincount(block.indices, minlength=size)
        place = np.flatnonzero(held)
        # summed as floats, exact up to 2^53 tokens
        tokens.append(np.bincount(block.indices, weights=block.data, minlength=size)[place].astype(np.int64))
        holders.append(held[place].astype(np.int64))
        places.append(place)
        indptr.append(indptr[-1] + place.size)
        documents.append(rows.size)
    columns, shape = np.concatenate([np.zeros(0, np.int64), *places]), (len(documents), size)

    def matrix(data: list[Integers]) -> csr_matrix:
        return csr_matrix((np.concatenate([np.zeros(0, np.int64), *data]), columns, indptr), shape=shape)

    return GroupedUnits(matrix(tokens), matrix(holders), np.array(documents, dtype=np.int64))


def coverage_of_new_documents_by_group(units: GroupedUnits) -> tuple[float | None, Floats]:
    """Give the coverage of new documents as :func:`~corpuskit.estimators.robustness.influence.coverage_of_new_documents`, and without each group in
    turn.

    Returns
    -------
    value : float or None
        None for fewer than two documents, and when no unit stands in two of them.
    left_out : array, shape (groups,)
        nan where undefined. Cost O(stored entries).
    """
    groups, size = units.tokens.shape
    total, spread = (np.bincount(each.indices, weights=each.data, minlength=size) for each in (units.tokens, units.holders))
    group, places = np.repeat(np.arange(groups), np.diff(units.tokens.indptr)), units.tokens.indices
    after, left = spread[places] - units.holders.data, total[places] - units.tokens.data

    def all_and_without(whole: float, change: Floats) -> Floats:
        return np.append(whole, whole + np.bincount(group, weights=change, minlength=groups))

    once, twice = (
        all_and_without(
            float(total[spread == times].sum()), np.where(after == times, left, 0.0) - np.where(spread[places] == times, total[places], 0.0)
        )
        for times in (1, 2)
    )
    n = all_and_without(float(total.sum()), -units.tokens.data.astype(float))
    documents = units.documents.sum() - np.append(0, units.documents)
    value, *left_out = np.where(documents > 1, coverage_by_incidence(once, twice, n, documents), np.nan).tolist()
    return (value if np.isfinite(value) else None), np.array(left_out)


@dataclass(frozen=True, eq=False)
class Numbers:
    """What the estimates take from counts in some units, whole and without each group of documents.

    Attributes
    ----------
    spectrum, without : FrequencySpectrum
    known, known_without : float or None, array
        Coverage of new documents.
    of_documents : NewDocuments or None
        The same with the error of whole documents; None where groups of documents were counted.
    sizes : int64 array, shape (groups or documents,)
        Tokens of what is left out at a time.
    documents : int
    alone : bool
        Whether single documents are left out at a time, not groups of them.
    groups : csr_matrix, shape (groups, units)
        Tokens of each unit in each group of documents.
    """

    spectrum: FrequencySpectrum
    without: tuple[FrequencySpectrum, ...]
    known: float | None
    known_without: Floats
    of_documents: NewDocuments | None
    sizes: Integers
    documents: int
    alone: bool
    groups: csr_matrix

    def known_interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """Give the interval of the coverage of new documents: Esty's of whole documents, or the jackknife's of groups of them."""
        if self.of_documents is not None:
            return self.of_documents.interval(level)
        return None if self.known is None else jackknife_interval(self.known, self.known_without, level, bounds=(0.0, 1.0))


def numbers_of(words: csr_matrix, group: Integers, segmentation: Segmentation) -> Numbers:
    """Divide counts of words, shape (documents, V), and take what the estimates need."""
    documents = int(np.sum(np.diff(words.indptr) > 0))
    alone = documents <= MOST_ALONE
    units = units_by_group(words, np.arange(words.shape[0]) if alone else group, segmentation)
    known, known_without = coverage_of_new_documents_by_group(units)
    return Numbers(
        spectrum=FrequencySpectrum.of(np.asarray(units.tokens.sum(axis=0)).ravel().astype(np.int64)),
        without=spectra_without_each_group(group_sums(units.tokens, np.arange(len(units.documents)))),
        known=known,
        known_without=known_without,
        of_documents=coverage_of_new_documents(units.tokens) if alone else None,
        sizes=row_sums(units.tokens),
        documents=documents,
        alone=alone,
        groups=sum_by_group(units.tokens, group[np.diff(words.indptr) > 0]) if alone else units.tokens,
    )


def estimate_segmentation(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure Japanese in short units and in pairs of characters, with a table of all segmentations; nothing for other languages."""
    if LANGUAGE not in inputs.languages:
        return Estimates()
    words, mode = inputs.document_terms[LANGUAGE], mode_of(inputs)
    rows = [_row(mode, inputs.spectra[LANGUAGE], _of_words(inputs, options))]
    estimates: list[Estimate] = []
    for division in (UNITS, BIGRAMS):
        if division is UNITS and mode == SHORTEST:
            n = inputs.spectra[LANGUAGE].n
            estimates += [measure.undefined(SUBJECT, n, division.method, "undefined_units_are_words") for measure in division.measures]
            continue
        numbers = numbers_of(words, inputs.document_groups, division.divide(inputs.stats, LANGUAGE))
        made = _estimates(numbers, division, options)
        rows.append(_row(division.code, numbers.spectrum, (each.value for each in made)))
        estimates += made
    table = Series(id=f"segmentations@{SUBJECT}", name="segmentations", subject=SUBJECT, columns=COLUMNS, rows=tuple(rows))
    return Estimates(estimates=tuple(estimates), series=(table,))


def mode_of(inputs: Inputs) -> str:
    """Give the mode that Japanese was cut in; the tokenizer's name where it has none."""
    info = inputs.stats.tokenizers.get(LANGUAGE)
    return "" if info is None else info.mode.partition(",")[0] or info.name


def _known_words(inputs: Inputs) -> float | None:
    """Give the coverage of new documents in words, from numbers that other estimators need as well."""
    found = inputs.document_spectra[LANGUAGE]
    if found.documents < 2:
        return None
    once, twice, n = (np.array([float(each)]) for each in (found.of(1)[1], found.of(2)[1], found.tokens.sum()))
    value = float(coverage_by_incidence(once, twice, n, found.documents)[0])
    return value if np.isfinite(value) else None


def _row(code: str, spectrum: FrequencySpectrum, values: Iterable[float | None]) -> tuple[str | int | float, ...]:
    """Give a row of the table of segmentations; a dash where a number is not defined."""
    return (code, spectrum.n, spectrum.types, *("–" if value is None else value for value in values))


def _of_words(inputs: Inputs, options: EstimatorOptions) -> tuple[float | None, ...]:
    """Give coverage of new documents, coverage, entropy and hapax share of the words as they were cut, as the other estimators print them."""
    made = (item for estimate in (estimate_coverage, estimate_entropy) for item in estimate(inputs, options).estimates)
    found = {item.measure: item.value for item in made if item.subject == SUBJECT}
    spectrum = inputs.spectra[LANGUAGE]
    return _known_words(inputs), found["coverage"], found["entropy"], spectrum.f1 / spectrum.types


def _estimates(numbers: Numbers, division: Division, options: EstimatorOptions) -> tuple[Estimate, ...]:
    of_new_documents, coverage, entropy, hapax_share = division.measures
    spectrum, exact = numbers.spectrum, computed("hapax_over_types") + computed("compare_at_equal_coverage")
    return (
        _of_new_documents(of_new_documents, numbers, division.method, options.level),
        _coverage(coverage, numbers, division.method, options.level),
        _entropy(entropy, numbers, division.method, options),
        hapax_share.given(SUBJECT, spectrum.f1 / spectrum.types, spectrum.types, exact + division.method + computed("exact_for_these_documents")),
    )


def _of_new_documents(measure: Measure, numbers: Numbers, units: Method, level: float) -> Estimate:
    method, n = computed("chao_jost_by_incidence") + units, numbers.spectrum.n
    if numbers.known is None and numbers.documents > 1:
        return measure.undefined(SUBJECT, n, method, "undefined_no_shared_words", n=numbers.documents)
    if numbers.known is None:
        return measure.undefined(SUBJECT, n, method, "undefined_too_few_groups", n=numbers.documents, needed=2)
    interval = numbers.known_interval(level)
    how = computed("esty_of_documents") if interval is not None and numbers.alone else _how(numbers, interval)
    return measure.given(SUBJECT, numbers.known, n, method + how, interval, level)


def _coverage(measure: Measure, numbers: Numbers, units: Method, level: float) -> Estimate:
    """Give coverage as that of words; Esty's interval alone is never given, since units of one word are not independent of one another."""
    spectrum, method = numbers.spectrum, computed("chao_jost") + units
    value = chao_jost_coverage(spectrum.f1, spectrum.f2, spectrum.n)
    if value is None:
        return measure.undefined(SUBJECT, spectrum.n, method, too_small(spectrum.n), n=spectrum.n)
    left_out = _finite(chao_jost_coverage(part.f1, part.f2, part.n) for part in numbers.without)
    documents = unequal_jackknife_interval(value, left_out, numbers.sizes, level, bounds=(0.0, 1.0))
    tokens = esty_interval(value, spectrum.f1, spectrum.f2, spectrum.n, level)
    interval, how = documents, _how(numbers, documents)
    if documents is not None and documents[1] - documents[0] < tokens[1] - tokens[0]:
        interval, how = tokens, computed("esty_wider_than_documents" if numbers.alone else "esty_wider_than_groups")
    of_new = numbers.known_interval(level)
    if interval is not None and of_new is not None and numbers.known is not None:
        if of_new[1] < interval[0]:
            return measure.undefined(SUBJECT, spectrum.n, method, "undefined_documents_cluster", value=value, new=numbers.known)
        if of_new[0] < interval[0]:
            interval, how = (of_new[0], interval[1]), how + computed("down_to_new_documents")
    return measure.given(SUBJECT, value, spectrum.n, method + how, interval, level)


def _entropy(measure: Measure, numbers: Numbers, units: Method, options: EstimatorOptions) -> Estimate:
    """Give the entropy of units, as that of words by groups of documents."""
    spectrum, method = numbers.spectrum, computed("chao_wang_jost_of_units") + units
    if spectrum.n < 2 or spectrum.f1 == spectrum.n:
        return measure.undefined(SUBJECT, spectrum.n, method, too_small(spectrum.n), n=spectrum.n)
    return corrected_entropy(measure, SUBJECT, spectrum, numbers.groups, options, method)


def _finite(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values])


def _how(numbers: Numbers, interval: tuple[float, float] | None) -> Method:
    if interval is None:
        return computed("no_interval_fewer_documents_or_groups", needed=MINIMUM_GROUPS)
    return computed("jackknife_of_documents" if numbers.alone else "jackknife_of_groups")


SEGMENTATION = Estimator(
    name="segmentation",
    question="How much do the numbers of Japanese rest on how words are divided?",
    reference=REFERENCE,
    function=estimate_segmentation,
)
