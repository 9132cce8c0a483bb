"""Growth with whole documents: how many new words a further document brings, how the vocabulary grows, how many more documents are needed.

Words come in documents, and a new word is often used several times in the one document that brings it. So growth is measured with documents as
the units that are drawn. The curves are expectations over all orders of the documents, computed from document frequencies, without drawing any.
What the documents at hand tell of one more is the coverage of new documents (``influence.py``); here is how it grows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.document_groups import DocumentSpectrum
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.jackknife_excess import FEWEST_GROUPS, excess_of, influences
from corpuskit.estimators.method import Method, by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import Excess, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.rarefaction import expected_types, missed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

REFERENCE = "Colwell, Mao and Chang 2004; Chao and Jost 2012"
NEW_TYPES = Measure("new_types", "documents", "E", REFERENCE)
NEW_WORD_RATE = Measure("new_word_rate", "documents", "E", REFERENCE)
HEAPS = Measure("heaps", "documents", "E", "Heaps 1978; Colwell, Mao and Chang 2004")
DOCUMENTS_NEEDED = Measure("documents_needed", "documents", "E", REFERENCE)

FEWEST = 10
"""Fewer documents give no growth: the curve would span less than one power of ten."""

MOST = 2.0
"""Largest forecast, in numbers of documents at hand: the decay of unseen words is extrapolated from the rarest ones, which fails further out."""

PER = 1000
"""Running words that the rate of new ones is told for, because the share of single words is too small to read."""

POINTS = 40
"""Points of a curve, evenly spaced; a fit to more of them gives the same two numbers."""


def new_word_share(spectrum: DocumentSpectrum, size: float) -> float | None:
    """Give the expected share of a further document's running words that ``size`` documents did not show.

    Formula: for size < D exactly ``sum_k (W_k/n) C(D-k, size) / C(D-1, size)``, W_k the tokens of the types that stand in k documents; from
    D - 1 on ``(W_1/n) A^(size-D+1)`` with ``A = (D-1) W_1 / ((D-1) W_1 + W_2)``, the ratio of the last two exact values. With each type counted
    once per document it is the coverage deficit of Chao and Jost 2012 for incidences. The extrapolation falls too fast when there are ever rarer
    words, so it is a lower side.

    Returns
    -------
    float or None
        None for fewer than two documents, a negative size or one beyond twice D.
    """
    documents, n = spectrum.documents, int(spectrum.tokens.sum())
    if documents < 2 or n == 0 or not 0 <= size <= MOST * documents:
        return None
    if size < documents - 1:
        return float(np.sum(spectrum.tokens / n * missed(spectrum.k - 1, documents - 1, size)))
    once = spectrum.of(1)[1] / n
    return once * float(np.power(_decay(spectrum), size - documents + 1))


def _decay(spectrum: DocumentSpectrum) -> float:
    """Give the factor by which one more document lowers the share of new words; 1 where no word stands in exactly two documents."""
    once, twice = spectrum.of(1)[1] * (spectrum.documents - 1.0), float(spectrum.of(2)[1])
    return once / (once + twice) if once > 0 else 0.0


def documents_for(spectrum: DocumentSpectrum, target: float) -> float | None:
    """Give the number of documents after which at most ``1 - target`` of a further document's running words are new.

    Formula: where D - 1 documents are enough, the size at which the exact curve of :func:`new_word_share` meets the target (bisection); else
    ``D - 1 + log((1-target) n / W_1) / log A``.

    Returns
    -------
    float or None
        Not rounded, at least 1 and without a limit above; None for fewer than two documents and where no further document would lower the share.
    """
    documents, n = spectrum.documents, int(spectrum.tokens.sum())
    if documents < 2 or n == 0:
        return None
    once, decay, allowed = spectrum.of(1)[1] / n, _decay(spectrum), 1 - target
    if once > allowed:
        return None if decay >= 1.0 else documents - 1 + float(np.log(allowed / once) / np.log(decay))
    low, high = 1.0, documents - 1.0  # between none and the first document there is no curve
    while high - low > 1e-6 * documents:
        middle = (low + high) / 2
        low, high = (low, middle) if (new_word_share(spectrum, middle) or 0.0) <= allowed else (middle, high)
    return high


def sizes_up_to(documents: int) -> NDArray[np.int64]:
    """Give the numbers of documents at which curves are computed, from 1 to all."""
    return np.unique(np.round(np.linspace(0, documents, POINTS + 1)[1:]).astype(np.int64).clip(1))


def vocabulary_curve(spectrum: DocumentSpectrum, sizes: NDArray[np.int64]) -> Floats:
    """Give the number of types expected in so many documents, exactly, whatever their order."""
    return np.array([expected_types(spectrum.k, spectrum.types, spectrum.documents, float(size)) for size in sizes])


def fit_heaps(sizes: Floats, types: Floats) -> tuple[float, float]:
    """Fit ``types = K size^b`` by least squares, for b between 0 and 1.

    Reference: Heaps 1978. For each b the best K is known, so b alone is searched, on ever finer grids down to 1e-9.

    Parameters
    ----------
    sizes, types : arrays, shape (p,)
        At least two different sizes, above 0. Unlike single passes through a corpus they should not depend on an order.

    Returns
    -------
    (float, float)
        b and K.
    """
    low, high = 0.0, 1.0
    relative = sizes / sizes.max()
    for _ in range(6):
        grid = np.linspace(low, high, 101)
        powers = relative[None, :] ** grid[:, None]
        factors = powers @ types / np.sum(powers**2, axis=1)
        best = int(np.argmin(np.sum((factors[:, None] * powers - types) ** 2, axis=1)))
        step = (high - low) / 100
        low, high = max(0.0, grid[best] - step), min(1.0, grid[best] + step)
    return float(grid[best]), float(factors[best] / sizes.max() ** grid[best])


def new_types(spectrum: DocumentSpectrum, size: int) -> float:
    """Give the number of new types expected in the last of ``size`` documents, exactly, whatever their order; Q_1/D for all of them."""
    last, before = vocabulary_curve(spectrum, np.array([size, size - 1]))
    return float(last - before)


def new_word_rate(spectrum: DocumentSpectrum, size: int) -> float:
    """Give the number of new types for 1,000 running words of the last of ``size`` documents: :func:`new_types` over the mean length of documents.

    For all documents it is ``1000 Q_1 / n``. Documents of any length count alike, so it is a ratio of means, not a mean of ratios.
    """
    return PER * new_types(spectrum, size) * spectrum.documents / float(spectrum.tokens.sum())


def heaps_exponent(spectrum: DocumentSpectrum, most: int) -> float:
    """Give the exponent b of the growth of the vocabulary over 1 to ``most`` documents: 0, no new words; 1, each as many as the first."""
    sizes = sizes_up_to(most)
    return fit_heaps(sizes.astype(float), vocabulary_curve(spectrum, sizes))[0]


def estimate_growth(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language what a further document brings, and forecast the documents that the target coverage needs."""
    return Estimates(
        estimates=tuple(item for language in inputs.languages for item in _of_language(inputs, language, options)),
        series=tuple(item for language in inputs.languages for item in _series(inputs, language)),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    subject, spectrum = f"lang:{language}", inputs.document_spectra[language]
    documents = spectrum.documents
    if documents < FEWEST:
        method = computed("curves_over_documents")
        return tuple(
            measure.undefined(subject, documents, method, "undefined_too_few_documents_for_growth", n=documents, needed=FEWEST)
            for measure in (NEW_TYPES, NEW_WORD_RATE, HEAPS, DOCUMENTS_NEEDED)
        )
    parts, level = inputs.document_spectra_without_groups[language], options.level
    # all parts at one number of documents: what grows with the corpus would else show the sizes of the groups as spread
    size = max(2, min((part.documents for part in parts), default=0))
    usable = [part for part in parts if part.documents >= size]
    brought = np.array([new_types(part, size) for part in usable])
    rates = np.array([new_word_rate(part, size) for part in usable])
    exponents = np.array([heaps_exponent(part, size) for part in usable])
    types, exponent = spectrum.of(1)[0] / documents, heaps_exponent(spectrum, documents)
    of_types, of_exponent = _excesses(inputs, language, spectrum, parts)
    last, of_words = computed("expected_for_last_document"), computed("per_words", words=PER)
    return (
        _measured(NEW_TYPES, subject, types, documents, last, brought, level, np.inf, of_types),
        _measured(
            NEW_WORD_RATE,
            subject,
            new_word_rate(spectrum, documents),
            documents,
            of_words + last,
            rates,
            level,
            float(PER),
            None if of_types is None else of_types.times(PER * documents / float(spectrum.tokens.sum())),
        ),
        _measured(HEAPS, subject, exponent, documents, computed("least_squares_on_curve"), exponents, level, 1.0, of_exponent),
        _documents_needed(subject, spectrum, parts, options),
    )


def _excesses(inputs: Inputs, language: str, spectrum: DocumentSpectrum, parts: tuple[DocumentSpectrum, ...]) -> tuple[Excess | None, Excess | None]:
    """Give what the jackknife counts too often of the new types and of the exponent; None where there are too few groups for an interval."""
    if len(parts) < FEWEST_GROUPS:
        return None, None

    def measure(k: Integers, types: Integers) -> Floats:
        changed = DocumentSpectrum(spectrum.documents, k, types, types)
        return np.array([changed.of(1)[0] / spectrum.documents, heaps_exponent(changed, spectrum.documents)])

    spread = inputs.grouped_documents[language]
    of_types, of_exponent = (excess_of(each, spread) for each in influences(spectrum.k, spectrum.types, measure))
    return of_types, of_exponent


def _measured(
    measure: Measure,
    subject: str,
    value: float,
    documents: int,
    method: Method,
    left_out: Floats,
    level: float,
    most: float,
    excess: Excess | None,
) -> Estimate:
    interval = jackknife_interval(value, left_out, level, bounds=(0.0, most), excess=excess)
    return measure.given(subject, value, documents, method + by_jackknife(interval, excess is not None), interval, level)


def _documents_needed(subject: str, spectrum: DocumentSpectrum, parts: tuple[DocumentSpectrum, ...], options: EstimatorOptions) -> Estimate:
    """Forecast the further documents; refused where the number, or the upper end of its interval, is more than the documents at hand."""
    documents, target = spectrum.documents, options.target_coverage
    method = computed("until_known", target=target) + computed("chao_jost_by_documents")
    total = documents_for(spectrum, target)
    if total is None or total > MOST * documents:
        return DOCUMENTS_NEEDED.undefined(subject, documents, method, "undefined_beyond_twice_the_documents", target=target, documents=documents)
    interval = _interval_of_total(total, parts, options)
    more = max(0, int(np.ceil(total - documents)))
    if interval is None:
        return DOCUMENTS_NEEDED.given(subject, float(more), documents, method + by_jackknife(None))
    if interval[1] > MOST * documents:
        return DOCUMENTS_NEEDED.undefined(
            subject, documents, method, "undefined_twice_the_documents_not_excluded", target=target, documents=documents, more=more
        )
    low, high = (float(max(0, int(np.ceil(end - documents)))) for end in interval)
    return DOCUMENTS_NEEDED.given(subject, float(more), documents, method + by_jackknife((low, high)), (low, high), options.level)


def _interval_of_total(total: float, parts: tuple[DocumentSpectrum, ...], options: EstimatorOptions) -> tuple[float, float] | None:
    """Give the interval on the scale of logarithms, because the forecast is a multiple of what is at hand."""
    found = (documents_for(part, options.target_coverage) for part in parts)
    left_out = np.array([np.nan if value is None else np.log(value) for value in found])
    interval = jackknife_interval(float(np.log(total)), left_out, options.level)
    return None if interval is None else (float(np.exp(min(interval[0], 700.0))), float(np.exp(min(interval[1], 700.0))))


def _series(inputs: Inputs, language: str) -> tuple[Series, ...]:
    subject, spectrum = f"lang:{language}", inputs.document_spectra[language]
    if spectrum.documents < FEWEST:
        return ()
    sizes = sizes_up_to(spectrum.documents)
    types = vocabulary_curve(spectrum, sizes)
    rates = [(int(size), new_word_rate(spectrum, int(size))) for size in sizes]
    shares = [(int(size), new_word_share(spectrum, int(size))) for size in sizes if size < spectrum.documents]
    return (
        Series(
            id=f"vocabulary_growth@{subject}",
            name="vocabulary_growth",
            subject=subject,
            columns=("documents", "types"),
            rows=tuple((int(size), float(value)) for size, value in zip(sizes, types, strict=True)),
        ),
        Series(
            id=f"new_word_rate_growth@{subject}",
            name="new_word_rate_growth",
            subject=subject,
            columns=("documents", "new_types"),
            rows=tuple(rates),
        ),
        Series(
            id=f"document_coverage_growth@{subject}",
            name="document_coverage_growth",
            subject=subject,
            columns=("documents", "coverage"),
            rows=tuple((size, 1.0 - share) for size, share in shares if share is not None),
        ),
    )


GROWTH = Estimator(
    name="growth",
    question="What does a further document bring, and how many more are needed?",
    reference=REFERENCE,
    function=estimate_growth,
)
