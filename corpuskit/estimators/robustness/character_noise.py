"""How sensitive word statistics are to wrong characters, as character recognition (OCR) and typing leave them.

Noise is added to the counts and the statistics are followed over its strength (simulation extrapolation, "SIMEX"). Nothing is drawn at random: what
the noise does to the spectrum is computed as an expectation, so there is no error of simulation and no seed.

How many characters of the texts at hand are wrong is not known, and nothing here tells. The slope says what further errors would do; the value
without noise says what would be if one in a hundred were wrong already.

The noise: each character goes wrong with probability p, independently, so a word of L characters is hit with ``1 - (1-p)^L``. Recognition takes a
character for few others, again and again: each has :data:`CONFUSIONS` equally likely wrong ones. So a hit word becomes one of 3 L forms, with two
errors or more one of 9 L (L-1) / 2, and wrong forms of frequent words repeat. A wrong form is never a word of the language here. Where many are,
as with short words, the vocabulary grows less than is said; where the text is cut into words by a dictionary, errors also move the cuts, which
is not followed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import digamma

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.binomial import binomial_mass
from corpuskit.estimators.document_groups import GroupSums, group_sums
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.jackknife_excess import FEWEST_GROUPS, excess_of, table_of
from corpuskit.estimators.method import Method, by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import Excess, unequal_jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.coverage import FEWEST_FOR_GROWTH, too_small
from corpuskit.estimators.vocabulary.spectrum_entropy import with_unseen
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

REFERENCE = "Cook and Stefanski 1994"
NAMES = ("coverage", "entropy", "hapax_share", "types")
SLOPES = tuple(Measure(f"{name}_noise_slope", "tokens", "E", REFERENCE) for name in NAMES)
WITHOUT = tuple(Measure(f"{name}_without_noise", "tokens", "E", REFERENCE) for name in NAMES)
POSSIBLE = ((0.0, 1.0), (0.0, np.inf), (0.0, 1.0), (0.0, np.inf))
"""Values that the four statistics can have. Where the extrapolation leaves them, the texts do not hold errors of this kind in this number."""

RATES = (0.0, 0.005, 0.01, 0.02, 0.04)
"""Shares of wrong characters that are followed; up to 4 %, because texts with more are hardly read as texts."""

UNIT = 0.01
"""Slopes are told for 1 % of wrong characters, and so is the condition of the value without noise."""

CONFUSIONS = 3
"""Wrong characters that one may become, because recognition errors go to few look-alikes. An assumption: with 10 the slopes are 1.1 to 1.4 times
those with 2 in folders of some hundred documents, and up to 1.7 times in 3,500, where more wrong forms of frequent words repeat."""

LONGEST = 64
"""Words with more characters are treated as if they had so many, because hardly one of them is not hit at the strongest noise either way."""

EXACT = 64
"""Frequencies up to here are followed one by one; above, on a grid of steps of 2 % between which is interpolated, for smooth functions."""

NARROW = 60.0
"""Means up to which the binomial is summed; above, its mean and variance do, which leaves less than 0.0001 nats of an entropy."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """Kinds of types: length times frequency on a grid, so that types are counted by kind and what noise does is computed once for a kind.

    Attributes
    ----------
    lengths : int64 array, shape (l,)
        Characters, ascending, all different.
    grid : int64 array, shape (g,)
        Frequencies, ascending from 1.
    """

    lengths: Integers
    grid: Integers

    @classmethod
    def of(cls, totals: Integers, lengths: Integers) -> Kinds:
        """Choose the kinds for types with these frequencies and lengths."""
        most = int(totals.max(initial=1))
        steps = np.geomspace(EXACT, max(most, EXACT), 2 + int(np.log(max(most / EXACT, 1.0)) / np.log(1.02)))
        grid = np.unique(np.concatenate((np.arange(1, EXACT + 1), np.ceil(steps).astype(np.int64))))
        return cls(np.unique(lengths.clip(1, LONGEST)), grid)

    def count(self, totals: Integers, lengths: Integers) -> Floats:
        """Count types by kind; one between two frequencies of the grid counts for both in part, so that no token is lost or won.

        Returns
        -------
        array, shape (l * g,)
        """
        length, total = np.searchsorted(self.lengths, lengths.clip(1, LONGEST)), totals
        upper = np.searchsorted(self.grid, total).clip(0, len(self.grid) - 1)
        lower = np.maximum(upper - 1, 0)
        width = np.maximum(self.grid[upper] - self.grid[lower], 1)
        part = np.where(upper == lower, 1.0, (total - self.grid[lower]) / width) * (total > 0)
        rest = np.where(upper == lower, 0.0, 1.0 - part) * (total > 0)
        size, row = len(self.lengths) * len(self.grid), length * len(self.grid)
        return np.asarray(np.bincount(row + upper, part, size) + np.bincount(row + lower, rest, size), dtype=np.float64)

    def without_each(self, groups: csr_matrix, totals: Integers, lengths: Integers, whole: Floats) -> Floats:
        """Count types by kind without each group of documents, one row a group."""
        found = []
        for row in range(groups.shape[0]):
            part = slice(groups.indptr[row], groups.indptr[row + 1])
            places, here = groups.indices[part], groups.data[part].astype(np.int64)
            before = totals[places]
            found.append(whole - self.count(before, lengths[places]) + self.count(before - here, lengths[places]))
        return np.array(found).reshape(-1, len(whole))


def noise_on(kinds: Kinds, used: NDArray[np.bool_], rate: float) -> Floats:
    """Give what a type of each kind is expected to leave when characters go wrong.

    Parameters
    ----------
    kinds : Kinds
    used : bool array, shape (l * g,)
        Kinds that are wanted; the others are 0.
    rate : float
        Share p of wrong characters.

    Returns
    -------
    array, shape (5, l * g)
        Tokens; forms seen once; forms seen twice; forms; and the sum of ``k psi(k)`` over the forms, k their frequencies.
    """
    length, total = np.repeat(kinds.lengths, len(kinds.grid))[used].astype(float), np.tile(kinds.grid, len(kinds.lengths))[used]
    right = (1 - rate) ** length
    once = length * rate * (1 - rate) ** (length - 1)
    more = np.maximum(1 - right - once, 0.0)
    found = np.zeros((5, len(used)))
    found[0, used] = total
    for forms, share in (
        (np.ones_like(length), right),
        (CONFUSIONS * length, once),
        (CONFUSIONS**2 * np.maximum(length * (length - 1) / 2, 1), more),
    ):
        found[1:, used] += forms * _of_binomial(total, share / forms)
    return found


def _of_binomial(total: Integers, share: Floats) -> Floats:
    """Give P(K = 1), P(K = 2), P(K > 0) and E[K psi(K)] for K binomial; rows of an array of shape (4, s)."""
    none = binomial_mass(0, total, share)
    found = np.array([binomial_mass(1, total, share), binomial_mass(2, total, share), 1 - none, np.zeros(len(total))])
    mean = total * share
    spread = np.sqrt(mean * (1 - share))
    wide = mean > NARROW
    # the mean of two points one standard deviation off has the right mean and the right variance
    found[3, wide] = sum(0.5 * k * digamma(k) for k in (mean[wide] - spread[wide], mean[wide] + spread[wide]))
    narrow = np.flatnonzero(~wide & (share > 0))
    low = np.maximum(1, np.floor(mean[narrow] - 8 * spread[narrow] - 8)).astype(np.int64)
    high = np.minimum(total[narrow], np.ceil(mean[narrow] + 8 * spread[narrow] + 8)).astype(np.int64)
    sizes = high - low + 1
    owner = np.repeat(np.arange(len(narrow)), sizes)
    k = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + low[owner]
    chance = binomial_mass(k, total[narrow][owner], share[narrow][owner])
    found[3, narrow] = np.bincount(owner, chance * k * digamma(k.astype(float)), len(narrow))
    return found


def statistics(sums: Floats) -> Floats:
    """Give coverage, entropy, share of types seen once and number of types; nan where undefined. ``sums``: tokens, once, twice, types, k psi(k)."""
    n, once, twice, types, weighted = (float(value) for value in sums)
    covered = chao_jost_coverage(once, twice, n)
    if covered is None or types <= 0:
        return np.full(4, np.nan)
    return np.array([covered, with_unseen(float(digamma(n)) - weighted / n, n, once, twice), once / types, types])


def under_noise(terms: csr_matrix, group: Integers, lengths: Integers) -> Floats:
    """Follow the four statistics over the strength of noise.

    Parameters
    ----------
    terms : csr_matrix, shape (documents, V)
        Tokens of each type in each document.
    group : int64 array, shape (documents,)
        Group of each document.
    lengths : int64 array, shape (V,)
        Characters of each type.

    Returns
    -------
    array, shape (rates, 4, 1 + g)
        In the order of :data:`RATES` and :data:`NAMES`, on all documents and then without each group.
    """
    _, counts, noise = _kinds_under_noise(group_sums(terms, group), lengths)
    return _values(counts, noise)


def _kinds_under_noise(sums: GroupSums, lengths: Integers) -> tuple[Kinds, Floats, Floats]:
    """Give the kinds, how many types of each there are in all and without each group, and what noise leaves of one, shape (rates, 5, kinds)."""
    totals = sums.tokens_of_types
    kinds = Kinds.of(totals, lengths)
    whole = kinds.count(totals, lengths)
    counts = np.vstack((whole[None, :], kinds.without_each(sums.tokens, totals, lengths, whole)))
    used = np.any(counts > 1e-9, axis=0)
    return kinds, counts, np.array([noise_on(kinds, used, rate) for rate in RATES])


def _values(counts: Floats, noise: Floats) -> Floats:
    return np.array([[statistics(sums) for sums in counts @ at_rate.T] for at_rate in noise]).transpose(0, 2, 1)


def influences_under_noise(kinds: Kinds, whole: Floats, noise: Floats, spectrum: FrequencySpectrum) -> Floats:
    """Give what one type more of each frequency does to the statistics at each strength, to first order, at the mean length.

    Where each type had its own length, the lengths of the few that share a frequency would show as jumps between frequencies.

    Parameters
    ----------
    kinds : Kinds
    whole : array, shape (l * g,)
        Types of each kind.
    noise : array, shape (rates, 5, l * g)
        What noise leaves of one type of each kind.
    spectrum : FrequencySpectrum
        Of the same types.

    Returns
    -------
    array, shape (rates, 4, MOST + 1)
        Tables of ``jackknife_excess.py``.
    """
    types = whole.reshape(len(kinds.lengths), -1).sum(axis=1)
    usual = Kinds(np.array([round(float(types @ kinds.lengths / types.sum()))]), kinds.grid)
    every = np.ones(len(usual.grid), dtype=bool)
    of_one = [_slopes_of_statistics(at_rate @ whole) @ noise_on(usual, every, rate) for at_rate, rate in zip(noise, RATES, strict=True)]
    return np.array([[table_of(spectrum.k, spectrum.f_k, usual.grid, row) for row in rows] for rows in of_one])


def _slopes_of_statistics(sums: Floats) -> Floats:
    """Differentiate :func:`statistics` by its sums, numerically, as they are sums over very many types. Shape (4, 5)."""
    steps = np.maximum(1e-3 * np.abs(sums), 1e-6)
    return np.array([(statistics(sums + step) - statistics(sums - step)) / (2 * step.sum()) for step in np.diag(steps)]).T


def per_unit(values: Floats) -> Floats:
    """Give how far 1 % of wrong characters moves each statistic: ``T(1 %) - T(0)``, of values as :func:`under_noise` gives them."""
    return np.asarray(values[RATES.index(UNIT)] - values[0])


def extrapolated_to_none(values: Floats) -> Floats:
    """Give each statistic without noise, if 1 % of the characters at hand were wrong.

    Formula: the quadratic through T(0), T(0.5 %) and T(1 %) at -1 %, ``6 T(0) - 8 T(0.5 %) + 3 T(1 %)``. Reference: Cook and Stefanski 1994, whose
    quadratic extrapolant is conservative: it takes back less than the noise did. Measured on eight texts to which 1 % of noise was added: 70 to 89 %
    of what it did to coverage, 90 to 97 % of entropy, 76 to 93 % of the vocabulary, but only 32 to 79 % of the share of words seen once. Values at
    stronger noise are not used, since the curves bend so much that with them 2 to 18 points less are taken back.
    """
    return np.asarray(6 * values[0] - 8 * values[RATES.index(UNIT / 2)] + 3 * values[RATES.index(UNIT)])


def estimate_character_noise(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language how far wrong characters would move coverage, entropy, the share of words seen once and the vocabulary."""
    found = [_of_language(inputs, language, options) for language in inputs.languages]
    return Estimates(
        estimates=tuple(item for estimates, _ in found for item in estimates),
        series=tuple(item for _, series in found for item in series),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[tuple[Estimate, ...], tuple[Series, ...]]:
    subject, spectrum = f"lang:{language}", inputs.spectra[language]
    n = spectrum.n
    method = computed("spectrum_under_errors", confusions=CONFUSIONS)
    if n < 2 or spectrum.f1 == n:
        return tuple(measure.undefined(subject, n, method, too_small(n), n=n) for measure in (*SLOPES, *WITHOUT)), ()
    if n < FEWEST_FOR_GROWTH:
        code = "undefined_too_few_tokens_for_forecast"
        return tuple(measure.undefined(subject, n, method, code, n=n, needed=FEWEST_FOR_GROWTH) for measure in (*SLOPES, *WITHOUT)), ()
    kinds, counts, noise = _kinds_under_noise(inputs.group_sums[language], inputs.term_lengths[language])
    values = _values(counts, noise)
    enough = values.shape[2] > FEWEST_GROUPS
    tables = influences_under_noise(kinds, counts[0], noise, spectrum) if enough else np.full((len(RATES), 4, 1), np.nan)
    followed = _Followed(inputs, language, options)
    # slopes of types as a multiple of those without added noise, because their number grows with the part
    shares, shares_of_one, types = values.copy(), tables.copy(), values[0, 3, 0]
    shares[:, 3] /= values[0, 3]
    shares_of_one[:, 3] = (tables[:, 3] - values[:, 3, :1] / types * tables[0, 3]) / types
    slopes = followed.given(SLOPES, per_unit(shares), per_unit(shares_of_one), computed("change_by_wrong_characters", share=UNIT) + method)
    without, told = extrapolated_to_none(values), computed("if_characters_were_wrong", share=UNIT) + method
    series = _series(subject, values[:, :, 0])
    if not all(low <= row[0] <= high for row, (low, high) in zip(without, POSSIBLE, strict=True)):
        refused = tuple(measure.undefined(subject, n, told, "undefined_noise_impossible", share=UNIT) for measure in WITHOUT)
        return (*slopes, *refused), series
    return (*slopes, *followed.given(WITHOUT, without, extrapolated_to_none(tables), told, POSSIBLE)), series


@dataclass(frozen=True, eq=False)
class _Followed:
    """The words of a language, of which several statistics are given."""

    inputs: Inputs
    language: str
    options: EstimatorOptions

    def given(
        self,
        measures: tuple[Measure, ...],
        values: Floats,
        tables: Floats,
        method: Method,
        bounds: tuple[tuple[float, float], ...] = ((-np.inf, np.inf),) * 4,
    ) -> tuple[Estimate, ...]:
        """Give statistics with intervals: they move with the size of the corpus, so groups of different sizes must not show as spread."""
        n, whole, level = self.inputs.spectra[self.language].n, self.inputs.document_spectra[self.language].documents, self.options.level
        parts = self.inputs.document_spectra_without_groups[self.language]
        sizes, found = np.array([whole - part.documents for part in parts], dtype=np.int64), []
        for measure, row, table, ends in zip(measures, values, tables, bounds, strict=True):
            excess = _excess(self.inputs, self.language, table)
            interval = unequal_jackknife_interval(float(row[0]), row[1:], sizes, level, bounds=ends, excess=excess)
            how = method + by_jackknife(interval, excess is not None)
            found.append(measure.given(f"lang:{self.language}", float(row[0]), n, how, interval, level))
        return tuple(found)


def _excess(inputs: Inputs, language: str, table: Floats) -> Excess | None:
    """Give what the jackknife counts too often, judged by the halves as they are.

    Half of the variance of the slope of entropy comes from common words and is only as well known as the jackknife: with what is carried on from the
    halves its interval covered .90 of 150 samples of 4,000 words.
    """
    return excess_of(table, inputs.grouped_types[language], carried_on=False) if np.all(np.isfinite(table)) else None


def _series(subject: str, values: Floats) -> tuple[Series, ...]:
    rows: tuple[tuple[str | float, ...], ...] = tuple((f"{rate:.1%}", *row.tolist()) for rate, row in zip(RATES, values, strict=True))
    return (Series(id=f"character_noise@{subject}", name="character_noise", subject=subject, columns=("wrong_characters", *NAMES), rows=rows),)


CHARACTER_NOISE = Estimator(
    name="character_noise",
    question="How far would wrong characters, as in scanned texts, move what is said of the words?",
    reference=REFERENCE,
    function=estimate_character_noise,
)
