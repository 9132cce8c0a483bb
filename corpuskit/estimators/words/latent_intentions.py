"""Latent intentions: whether the documents fall into topics by themselves. A description relative to a model, never a risk."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import vocabulary
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.words.latent_topics import Fitted, topics_by_number

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_UNITS, MOST_TERMS = 2_000, 2_000
"""Documents (or messages) and terms at most, over all languages together; because twelve topics of 2,000 documents of 200 words take six seconds."""

FEWEST_UNITS, FEWEST_WORDS = 50, 10
"""Units of at least so many words, and words in each; because halves of fewer cannot agree on topics, and half of fewer words has none."""

COMMON = 0.5
"""Terms in more than this share of the units are left out, because they belong to no topic."""

AGREEING = 0.6
"""Adjusted Rand index from which two halves of the documents show the same topics, because on the ring language, where a third of the messages came
into wrong classes, it was .3, and on planted topics 1."""

ERRORS = 2.0
"""Standard errors by which held-out words must be likelier than with one topic, because a gain below them is found in text of one topic too."""

REFERENCE = "Nigam and others 2000; Wallach and others 2009; Hubert and Arabie 1985; Lange and others 2004"
LATENT = Measure("latent_ambiguity", "items", "E", REFERENCE)
METHOD = computed("mixture_of_topics") + computed("relative_and_no_risk")


def best(found: tuple[Fitted, ...]) -> Fitted:
    """Give the number of topics with the highest held-out likelihood."""
    return max(found, key=lambda fitted: fitted.gain)


def identified(fitted: Fitted) -> bool:
    """Tell whether topics count as found: held-out words are likelier than with one topic, and two halves of the documents show the same ones."""
    return fitted.gain > ERRORS * fitted.gain_error and fitted.agreement >= AGREEING


Kind = Literal["documents", "rows"]


class Units(NamedTuple):
    """Documents (or rows of tables) of a language with enough words: the unit of each section, -1 for none, how many there are, and their kind."""

    unit_of_section: Integers
    number: int
    kind: Kind


def estimate_latent_intentions(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Look for topics in each language, among its documents or, where these are more, the rows of its tables."""
    words = np.asarray(inputs.stats.section_terms.sum(axis=1)).ravel()
    units = {language: _units(inputs, language, words) for language in inputs.languages}
    enough = max(sum(found.number >= FEWEST_UNITS for found in units.values()), 1)
    parts = [_of_language(inputs, language, found, MOST_UNITS // enough, options) for language, found in units.items()]
    return Estimates(estimates=tuple(part[0] for part in parts), series=tuple(series for part in parts for series in part[1]))


def _units(inputs: Inputs, language: str, words: Integers) -> Units:
    """Find the documents (without rows of tables) and the rows that have enough words, and take whichever are more."""
    sections = inputs.stats.sections
    own, is_row = (sections["language"] == language).to_numpy(), (sections["kind"] == "row").to_numpy()
    document = inputs.documents_of_sections
    found = []
    kinds: tuple[tuple[Integers, NDArray[np.bool_], Kind], ...]
    kinds = ((document, own & ~is_row, "documents"), (np.arange(len(words)), own & is_row, "rows"))
    for unit, mask, kind in kinds:
        totals = np.bincount(unit[mask], weights=words[mask], minlength=int(unit.max(initial=-1)) + 1)
        long = totals >= FEWEST_WORDS
        numbered = np.where(long, np.cumsum(long) - 1, -1)
        found.append(Units(np.where(mask, numbered[unit], -1).astype(np.int64), int(long.sum()), kind))
    return max(found, key=lambda each: each.number)


def _counts(inputs: Inputs, language: str, units: Units, chosen: Integers) -> csr_matrix:
    """Count the content words of the chosen units; only their sections are read, so the counts of a large corpus are not copied."""
    stats = inputs.stats
    place = np.full(units.number + 1, -1, dtype=np.int64)  # the last one stands for sections of no unit
    place[chosen] = np.arange(len(chosen))
    sections = np.flatnonzero(place[units.unit_of_section] >= 0)
    of_language = (stats.terms["language"] == language).arg_true()
    start, stop = int(of_language[0]), int(of_language[-1]) + 1
    belongs = csr_matrix(
        (np.ones(len(sections), np.int64), (place[units.unit_of_section[sections]], np.arange(len(sections)))), shape=(len(chosen), len(sections))
    )
    content = np.flatnonzero(~vocabulary(stats, language)["stop"].to_numpy().astype(bool))
    return csr_matrix((belongs @ stats.section_terms[sections][:, start:stop])[:, content])


def telling_terms(counts: csr_matrix) -> csr_matrix:
    """Keep the terms that stand in at least two units and in at most half of them, the most widespread first, at most :data:`MOST_TERMS`."""
    present = np.bincount(counts.indices, minlength=counts.shape[1])
    usable = np.flatnonzero((present > 1) & (present <= COMMON * counts.shape[0]))
    order = usable[np.argsort(-present[usable], kind="stable")][:MOST_TERMS]
    return csr_matrix(counts[:, np.sort(order)])


def _of_language(inputs: Inputs, language: str, units: Units, most: int, options: EstimatorOptions) -> tuple[Estimate, tuple[Series, ...]]:
    subject, n, kind = f"lang:{language}", units.number, units.kind
    if n < FEWEST_UNITS:
        return LATENT.undefined(subject, n, METHOD, "undefined_too_few_units", n=n, needed=FEWEST_UNITS), ()
    chosen = np.sort(np.random.default_rng(options.seed).permutation(n)[:most]).astype(np.int64)
    words = telling_terms(_counts(inputs, language, units, chosen))
    words = csr_matrix(words[np.flatnonzero(np.asarray(words.sum(axis=1)).ravel() >= 2)])
    n = words.shape[0]
    if n < FEWEST_UNITS or words.shape[1] < FEWEST_WORDS:
        return LATENT.undefined(subject, n, METHOD, "undefined_too_few_units", n=n, needed=FEWEST_UNITS), ()
    found = topics_by_number(words, seed=options.seed)
    likeliest = best(found)
    method = (
        METHOD
        + computed("topics_of_rows" if kind == "rows" else "topics_of_documents", n=n, terms=int(words.shape[1]))
        + computed("topics_by_likelihood", topics=likeliest.topics, gain=likeliest.gain, error=likeliest.gain_error, agreement=likeliest.agreement)
    )
    rows = tuple((each.topics, each.gain, each.gain_error, each.agreement, float(np.nanmean(each.open))) for each in found)
    columns = ("topics", "gain", "standard_error", "agreement", "open")
    series = (Series(id=f"latent_topics@{subject}", name="latent_topics", subject=subject, columns=columns, rows=rows),)
    if not identified(likeliest):
        told = {"topics": likeliest.topics, "agreement": likeliest.agreement, "gain": likeliest.gain}
        return LATENT.undefined(subject, n, method, "undefined_not_identified", **told), series
    value, interval = _mean(likeliest.open, options.level, options.seed)
    return LATENT.given(subject, value, n, method, interval, options.level), series


def _mean(values: Floats, level: float, seed: int) -> tuple[float, tuple[float, float]]:
    """Give the mean over documents and its interval, from means of documents drawn with replacement."""
    known = values[np.isfinite(values)]
    drawn = np.random.default_rng(seed).choice(known, (1000, len(known))).mean(axis=1)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(known.mean()), (float(low), float(high))


LATENT_INTENTIONS = Estimator(
    name="latent_intentions",
    question="Do the documents fall into topics by themselves, and do two halves of them show the same ones?",
    reference=REFERENCE,
    function=estimate_latent_intentions,
)
