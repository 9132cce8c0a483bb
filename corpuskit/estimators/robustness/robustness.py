"""Robustness of means: how far a few odd documents, or another mix of sources, would move what a document is like on average.

For each document: the share of its running words that no other document holds, and the share that was seen once in the whole corpus. A page of
garbled text, a foreign language or a log file has far more of both than the rest, so the plain mean beside the trimmed one shows what such
documents do. The two also differ, without any fault, where most documents have few words of their own and some have many.

Leaving documents out makes words of others rare, which drawing others anew does not: what the jackknife counts too often by that is taken from its
variance where there are enough groups (``jackknife_excess.py``). Without it the intervals were about twice as wide as 95 % asks for in simulated
folders of 60 and 200 documents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from corpuskit.estimators.document_groups import DocumentSpectrum
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.jackknife_excess import FEWEST_GROUPS, excess_of, of_types_seen_once
from corpuskit.estimators.method import Method, by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, Excess, effective_size, unequal_jackknife_interval
from corpuskit.estimators.robustness.reweighting import FACTOR, reweighting_band
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.own_words import OwnWords, words_of_one_document, words_seen_once
from corpuskit.text import source_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TRIMMED = 0.1
"""Share of documents left out at each end, because a tenth holds the odd ones of most folders and costs a clean one little precision."""

FEWEST_TO_TRIM = 10
"""With fewer documents a tenth is none of them: the trimmed mean would be the plain one under another name."""

MEAN_REFERENCE = "Busing, Meijer and van der Leeden 1999"
TRIMMED_REFERENCE = "Tukey and McLaughlin 1963; Busing, Meijer and van der Leeden 1999"
MEDIAN_REFERENCE = "Nemirovsky and Yudin 1983; Thompson 1936"
BAND_REFERENCE = "Charnes and Cooper 1962; Busing, Meijer and van der Leeden 1999"


@dataclass(frozen=True, slots=True)
class _Averages:
    """The three averages of one statistic of documents."""

    what: Method
    mean: Measure
    trimmed: Measure
    median: Measure

    @classmethod
    def of(cls, name: str, what: Method) -> _Averages:
        named = ((f"{name}_mean", MEAN_REFERENCE), (f"{name}_trimmed_mean", TRIMMED_REFERENCE), (f"{name}_median_of_means", MEDIAN_REFERENCE))
        return cls(what, *(Measure(measure, "documents", "E", reference) for measure, reference in named))


OWN = _Averages.of("own_words", computed("words_of_no_other_document"))
ONCE = _Averages.of("words_once", computed("words_seen_once"))
LOWEST_MIX = Measure("coverage_lowest_mix", "tokens", "E", BAND_REFERENCE)
HIGHEST_MIX = Measure("coverage_highest_mix", "tokens", "E", BAND_REFERENCE)
EFFECTIVE = Measure("effective_documents", "documents", "E", "Kish 1965")


def trimmed_mean(values: Floats, share: float = TRIMMED) -> float | None:
    """Give the mean without the lowest and the highest tenth of the values.

    Formula: mean of the sorted values without ``floor(share n)`` at each end. Reference: Tukey and McLaughlin 1963.

    Parameters
    ----------
    values : array, shape (n,)
    share : float
        Part left out at each end, below one half.

    Returns
    -------
    float or None
        None for an empty array. With fewer than ``1 / share`` values it is the plain mean.
    """
    left_out = int(share * len(values) + 1e-9)
    kept = np.sort(values)[left_out : len(values) - left_out]
    return float(kept.mean()) if len(kept) else None


def means_by_group(values: Floats, group: Integers) -> Floats:
    """Give the mean of each group that has a value, in the order of the groups. Parameters: arrays of shape (n,)."""
    place = np.unique(group, return_inverse=True)[1]
    return np.bincount(place, weights=values) / np.maximum(np.bincount(place), 1)


def median_interval(values: Floats, level: float = 0.95) -> tuple[float, float] | None:
    """Give the interval of a median between two of the sorted values, exact for independent values of any distribution.

    Formula: from the k-th lowest to the k-th highest, with the largest k for which ``2 P(binomial(n, 1/2) < k) <= 1 - level``. Reference: Thompson
    1936. A jackknife would not do: its variance of a median does not settle however many values there are (Efron 1982).

    Returns
    -------
    (float, float) or None
        None where even the lowest and the highest value are too near: fewer than 6 values at 95 %.
    """
    n = len(values)
    k = 0
    while 2 * (k + 1) <= n and 2 * float(bdtr(k, n, 0.5)) <= 1 - level:
        k += 1
    ordered = np.sort(values)
    return (float(ordered[k - 1]), float(ordered[n - k])) if k else None


def deficits_of_sources(own: Floats, sizes: Floats, source: Integers, once: float, twice: float, documents: int) -> tuple[Floats, Floats]:
    """Give the part of each source's running words that other documents do not hold, on the scale of the coverage of new documents.

    Formula: ``A w1_s / n_s`` with w1_s the tokens of the source that stand in one document only, n_s all its tokens, and
    ``A = (D-1) w1 / ((D-1) w1 + w2)`` over all documents, as in :func:`~corpuskit.estimators.robustness.influence.coverage_of_new_documents`:
    weighted by n_s the deficits average to one minus it.

    Parameters
    ----------
    own, sizes : arrays, shape (d,)
        Own tokens and tokens of each document.
    source : int64 array, shape (d,)
        Number of its source.
    once, twice : float
        Tokens of the types in one and in two documents, w1 and w2.
    documents : int
        Documents D.

    Returns
    -------
    deficits, sizes : arrays, shape (s,)
        Of each source; the deficit of a source without words is 0.
    """
    weighted = (documents - 1) * once
    factor = weighted / (weighted + twice) if once > 0 else 0.0
    totals = np.asarray(np.bincount(source, weights=sizes), dtype=float)
    return np.asarray(factor * np.bincount(source, weights=own) / np.maximum(totals, 1.0)), totals


def estimate_robustness(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the averages over documents, plain and robust, the band of mixes of sources and the effective number of documents."""
    return Estimates(estimates=tuple(item for language in inputs.languages for item in _of_language(inputs, language, options)))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, counts, group = f"lang:{language}", inputs.document_terms[language], inputs.document_groups
    sums = inputs.group_sums[language]
    own, once = words_of_one_document(counts, group, sums), words_seen_once(counts, group, sums)
    names = inputs.stats.documents["document"].to_list()
    kept = [names[row] for row in own.kept.tolist()]
    source = np.unique([source_of(name) for name in kept], return_inverse=True)[1].astype(np.int64)
    of_own, of_once = _excesses(inputs, language) if own.groups >= FEWEST_GROUPS else (None, None)
    both = ((OWN, own, of_own), (ONCE, once, of_once))
    averages = (item for each, words, excess in both for item in _averages(each, words, source, kept, subject, options, excess))
    return *averages, *_mixes(inputs, language, own, source, options, of_own), _effective(subject, own)


def _excesses(inputs: Inputs, language: str) -> tuple[Excess | None, Excess | None]:
    """Give what a jackknife counts too often of sums over the types of one document and over those seen once that come to 1.

    All of them count alike here. In truth those of short documents, and those used several times, count more: then more is counted too often than is
    taken back, and the interval stays wide.
    """
    documents, tokens = inputs.document_spectra[language], inputs.spectra[language]
    return (
        excess_of(of_types_seen_once(documents.k, documents.types, 1.0), inputs.grouped_documents[language]),
        excess_of(of_types_seen_once(tokens.k, tokens.f_k, 1.0), inputs.grouped_types[language]),
    )


def _averages(
    each: _Averages, words: OwnWords, source: Integers, names: list[str], subject: str, options: EstimatorOptions, excess: Excess | None
) -> tuple[Estimate, Estimate, Estimate]:
    """Give the three averages over documents; undefined for one document, which cannot be held against others."""
    shares, n = words.shares(), len(names)
    if n < 2:
        mean, trimmed, median = (
            measure.undefined(subject, n, each.what, "undefined_too_few_groups", n=n, needed=2) for measure in (each.mean, each.trimmed, each.median)
        )
        return mean, trimmed, median
    without = [words.shares_without(number) for number in range(words.groups)]
    method = each.what + computed("mean_over_documents", highest=float(shares.max()), document=names[int(shares.argmax())])
    left_out = np.array([part.mean() if len(part) else np.nan for part in without])
    value = float(shares.mean())
    mean = _with_jackknife(each.mean, subject, value, n, method, left_out, words, options, _times(excess, value))
    return mean, _trimmed(each, words, without, subject, options, excess), _median(each, words, source, subject, options)


def _with_jackknife(
    measure: Measure,
    subject: str,
    value: float,
    n: int,
    method: Method,
    left_out: Floats,
    words: OwnWords,
    options: EstimatorOptions,
    excess: Excess | None,
) -> Estimate:
    """Own words grow fewer with every document, so groups of different sizes must not show as spread."""
    interval = unequal_jackknife_interval(value, left_out, np.bincount(words.group), options.level, bounds=(0.0, 1.0), excess=excess)
    return measure.given(subject, value, n, method + by_jackknife(interval, excess is not None), interval, options.level)


def _times(excess: Excess | None, value: float) -> Excess | None:
    return None if excess is None else excess.times(value)


def _trimmed(each: _Averages, words: OwnWords, without: list[Floats], subject: str, options: EstimatorOptions, excess: Excess | None) -> Estimate:
    """The interval is a jackknife too, not Tukey and McLaughlin's: theirs takes values as independent, and these depend on the other documents."""
    shares = words.shares()
    n, method = len(shares), each.what + computed("mean_without_ends", share=TRIMMED)
    value = trimmed_mean(shares) if n >= FEWEST_TO_TRIM else None
    if value is None:
        return each.trimmed.undefined(subject, n, method, "undefined_too_few_documents_to_trim", n=n, needed=FEWEST_TO_TRIM)
    parts = (trimmed_mean(part) for part in without)
    left_out = np.array([np.nan if part is None else part for part in parts])
    return _with_jackknife(each.trimmed, subject, value, n, method, left_out, words, options, _times(excess, value))


def _median(each: _Averages, words: OwnWords, source: Integers, subject: str, options: EstimatorOptions) -> Estimate:
    """Over sources where there are enough, else over document groups, which any odd documents fall into at random."""
    shares, sources = words.shares(), len(np.unique(source))
    by_source = sources >= MINIMUM_GROUPS
    means = means_by_group(shares, source if by_source else words.group)
    of_groups = computed("median_of_group_means", groups=len(means), sources=sources, needed=MINIMUM_GROUPS)
    method = each.what + (computed("median_of_source_means", sources=sources) if by_source else of_groups)
    if len(means) < MINIMUM_GROUPS:
        return each.median.undefined(subject, len(shares), method, "undefined_too_few_groups", n=len(means), needed=MINIMUM_GROUPS)
    interval = median_interval(means, options.level)
    how = computed("between_sorted_means" if interval is not None else "no_interval_too_few_means")
    return each.median.given(subject, float(np.median(means)), len(shares), method + how, interval, options.level)


def _mixes(
    inputs: Inputs, language: str, own: OwnWords, source: Integers, options: EstimatorOptions, excess: Excess | None
) -> tuple[Estimate, Estimate]:
    """Give the ends of the reweighting band of the coverage of new documents; refused for fewer than two sources."""
    subject, whole, n = f"lang:{language}", inputs.document_spectra[language], int(own.sizes.sum())
    method, sources = computed("sources_reweighted", factor=FACTOR), len(np.unique(source))
    if sources < 2:
        lowest, highest = (m.undefined(subject, n, method, "undefined_too_few_groups", n=sources, needed=2) for m in (LOWEST_MIX, HIGHEST_MIX))
        return lowest, highest
    if whole.of(1)[1] == n:
        lowest, highest = (m.undefined(subject, n, method, "undefined_no_shared_words", n=whole.documents) for m in (LOWEST_MIX, HIGHEST_MIX))
        return lowest, highest
    band = _band(own.own, own.sizes, source, whole)
    parts = inputs.document_spectra_without_groups[language]
    without = np.array([_band_without(own, source, number, part) for number, part in enumerate(parts)])
    how = method + computed("of_sources", sources=sources)
    ends = ((computed("lowest_coverage"), LOWEST_MIX), (computed("highest_coverage"), HIGHEST_MIX))
    lowest, highest = (
        _with_jackknife(measure, subject, band[end], n, which + how, without[:, end], own, options, _times(excess, 1 - band[end]))
        for end, (which, measure) in enumerate(ends)
    )
    return lowest, highest


def _band(own: Floats, sizes: Floats, source: Integers, spectrum: DocumentSpectrum) -> tuple[float, float]:
    """Give the ends as coverages; nan where fewer than two documents or sources are left."""
    if spectrum.documents < 2:
        return np.nan, np.nan
    once, twice = float(spectrum.of(1)[1]), float(spectrum.of(2)[1])
    deficits, totals = deficits_of_sources(own, sizes, source, once, twice, spectrum.documents)
    found = reweighting_band(1.0 - deficits, totals)
    return found if found is not None else (np.nan, np.nan)


def _band_without(own: OwnWords, source: Integers, number: int, part: DocumentSpectrum) -> tuple[float, float]:
    outside = own.group != number
    return _band(own.own_without(number)[outside], own.sizes[outside], source[outside], part)


def _effective(subject: str, own: OwnWords) -> Estimate:
    documents = len(own.kept)
    return EFFECTIVE.given(subject, effective_size(own.sizes), documents, computed("effective_size_of_documents") + computed("counted_in_full"))


ROBUSTNESS = Estimator(
    name="robustness",
    question="Would a few odd documents or another mix of sources change what a document is like on average?",
    reference="; ".join((MEAN_REFERENCE, TRIMMED_REFERENCE, MEDIAN_REFERENCE, BAND_REFERENCE, EFFECTIVE.reference)),
    function=estimate_robustness,
)
