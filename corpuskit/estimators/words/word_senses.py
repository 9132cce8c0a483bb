"""Senses of words: terms whose company falls into parts that do not know one another, such as "book" beside flights and beside depreciation.

A lexical descriptor, never eps (theory 2.5): it says which terms need a qualifier or a glossary entry, not how often anybody errs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from corpuskit.counts import choose_columns, groups_of_sections
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import jackknife_interval, ratio_without_each
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.words.neighbourhoods import Floats, Integers, TermSpace, ego_networks, strongest, terms_of_sections
from corpuskit.estimators.words.sense_clusters import (
    CAUGHT,
    LARGEST_THRESHOLD,
    PSEUDO_WORDS,
    effective_senses,
    pseudo_words,
    sense_shares,
    senses,
    split_in_two,
    told_apart,
)
from corpuskit.finding import Evidence, Finding

FEWEST_OCCURRENCES = 100
"""Terms seen less often are not examined, because a sense with a tenth of the occurrences would rest on fewer than ten sentences."""

FEWEST_NEIGHBOURS = 15
"""Terms with fewer neighbours are not examined, because three of them would make a sense."""

MOST_TERMS = 300
"""Terms examined at most, the most frequent ones, because their likeness networks then take a second; more would be words used less."""

FEWEST_TERMS = 30
"""Fewer terms give no share, because one term would weigh more than three points."""

LEAST_TOLD_APART = 0.65
"""Below this probability that a pseudo-word is more separated than a single term nothing is said, because a share of terms above a threshold that
hardly tells two meanings from one is noise."""

CLEAR = 0.9
"""An occurrence is clear where one sense has at least this posterior: the convention of theory 2.5."""

PRIOR = 1.0
"""Weight of the shares of the senses beside the neighbours that an occurrence has, in neighbours: without a neighbour the shares decide."""

MOST_SHOWN = 20
"""Terms that are named, as many as the report shows of a table."""

TYPICAL = 4
"""Neighbours that are named for each sense, because a reader knows the sense by then."""

MOST_EVIDENCE = 3
"""Documents that the finding names."""

REFERENCE = "Biemann 2006; Pelevina and others 2016; Schuetze 1998 (pseudo-words)"
TERMS = Measure("ambiguous_terms", "types", "E", REFERENCE)
OCCURRENCES = Measure("sense_ambiguity", "tokens", "E", REFERENCE)
MEASURES = (TERMS, OCCURRENCES)
METHOD = computed("company_split", caught=CAUGHT)


@dataclass(frozen=True, eq=False)
class WordSenses:
    """Senses of the examined terms.

    Attributes
    ----------
    rows : int64 array, shape (t,)
        Rows of the space that were examined.
    places, weights : arrays, shape (t, most)
        Neighbours as rows of the space, and their weights.
    sense : int64 array, shape (t, most)
        Sense of each neighbour, -1 for none.
    shares : array, shape (t, 4)
        Share of the company of each sense.
    separation : array, shape (t,)
        Of the first split.
    threshold, told_apart : float
        Where a split counts, and how well pseudo-words are told from single terms.
    """

    rows: Integers
    places: Integers
    weights: Floats
    sense: Integers
    shares: Floats
    separation: Floats
    threshold: float
    told_apart: float

    @property
    def ambiguous(self) -> NDArray[np.bool_]:
        """Whether a term has two or more senses that are well apart."""
        return np.asarray((self.shares > 0).sum(axis=1) > 1)


def examined_terms(space: TermSpace, occurrences: int = FEWEST_OCCURRENCES, most: int = MOST_TERMS) -> Integers:
    """Give the rows of terms that are seen often enough and have enough neighbours, the most frequent first."""
    often = space.terms["frequency"].to_numpy() >= occurrences
    return np.flatnonzero(often & (np.diff(space.excess.indptr) >= FEWEST_NEIGHBOURS))[:most].astype(np.int64)


def find_senses(space: TermSpace, rows: Integers) -> WordSenses:
    """Split the company of terms into senses, at a separation that the corpus's own pseudo-words set.

    The partner of a term is the one half the list away in the order of frequency, so that nothing is drawn at random and no term is its own.

    Parameters
    ----------
    space : TermSpace
    rows : int64 array, shape (t,)
        Rows to examine, t at least 2.
    """
    excess = csr_matrix(space.excess[rows])
    places, weights = strongest(excess)
    networks = ego_networks(space.likeness, places)
    single = split_in_two(networks, weights).separation
    chosen = np.arange(len(rows))[:PSEUDO_WORDS]
    partners = (np.arange(len(rows)) + max(len(rows) // 2, 1)) % len(rows)
    mixed, mixed_weights = strongest(csr_matrix(pseudo_words(excess, partners)[chosen]))
    double = split_in_two(ego_networks(space.likeness, mixed), mixed_weights).separation
    threshold = min(float(np.quantile(double, 1 - CAUGHT)), LARGEST_THRESHOLD)
    sense = senses(networks, weights, max(threshold, 1e-9))
    return WordSenses(rows, places, weights, sense, sense_shares(sense, weights), single, threshold, told_apart(single, double))


def unclear_occurrences(sections: csr_matrix, where: Integers, occurrences: Floats, columns: Integers, sense: Integers, shares: Floats) -> Floats:
    """Tell in which sections the sense of a term is unclear: no sense has a posterior of .9.

    Formula: posterior ``(c_s + a p_s) / (sum c + a)`` with c_s the neighbours of sense s that the section holds, p_s the shares, a = 1.

    Parameters
    ----------
    sections : csr_matrix, shape (sections, V)
        Terms of each section.
    where : int64 array, shape (k,)
        Sections that hold the term.
    occurrences : array, shape (k,)
        How often each of them does.
    columns, sense : int64 arrays, shape (neighbours,)
        Its neighbours and their senses.
    shares : array, shape (4,)

    Returns
    -------
    array, shape (k,)
        The occurrences that are unclear.
    """
    membership = csr_matrix((np.ones(len(columns)), (np.arange(len(columns)), sense)), shape=(len(columns), len(shares)))
    present = csr_matrix(sections[where][:, columns])
    present = csr_matrix((np.ones(present.nnz), present.indices, present.indptr), shape=present.shape)
    seen = np.asarray((present @ membership).toarray()) + PRIOR * shares
    top = seen.max(axis=1) / seen.sum(axis=1)
    return np.where(top < CLEAR, occurrences, 0.0)


def estimate_word_senses(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the share of its frequent terms with several senses, and of their occurrences whose sense is unclear."""
    found = [_of_language(inputs, language, options) for language in inputs.languages]
    return Estimates(
        estimates=tuple(item for part in found for item in part.estimates),
        series=tuple(item for part in found for item in part.series),
        findings=tuple(item for part in found for item in part.findings),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject, space = f"lang:{language}", inputs.term_spaces[language]
    rows = examined_terms(space)
    if len(rows) < FEWEST_TERMS:
        return _refused(subject, len(rows), "undefined_too_few_frequent_terms", n=len(rows), needed=FEWEST_TERMS, times=FEWEST_OCCURRENCES)
    found = find_senses(space, rows)
    if not found.told_apart >= LEAST_TOLD_APART:
        return _refused(subject, len(rows), "undefined_senses_not_told_apart", found=found.told_apart, needed=LEAST_TOLD_APART)
    several, n = int(found.ambiguous.sum()), len(rows)
    method = METHOD + computed("pseudo_words_told_apart", probability=found.told_apart) + computed("clopper_pearson_of_terms")
    estimates = [TERMS.given(subject, several / n, n, method, clopper_pearson(several, n, options.level), options.level)]
    shown, occurrences, unclear = _of_occurrences(inputs, language, space, found)
    total, value = float(occurrences.sum()), float(unclear.sum() / occurrences.sum())
    interval = jackknife_interval(value, ratio_without_each(unclear, occurrences), options.level, bounds=(0.0, 1.0))
    method = computed("occurrences_without_clear_sense", terms=n, posterior=CLEAR) + by_jackknife(interval)
    estimates.append(OCCURRENCES.given(subject, value, int(total), method, interval, options.level))
    columns = ("term", "effective_senses", "unclear", "senses")
    series = (Series(id=f"ambiguous_terms@{subject}", name="ambiguous_terms", subject=subject, columns=columns, rows=tuple(shown)),) if shown else ()
    return Estimates(estimates=tuple(estimates), series=series, findings=_finding(inputs, language, space, found, shown))


def _of_occurrences(inputs: Inputs, language: str, space: TermSpace, found: WordSenses) -> tuple[list[tuple[str | int | float, ...]], Floats, Floats]:
    """Give the rows to show, the most frequent terms with most separate senses first, and occurrences and unclear ones by document group."""
    stats, groups = inputs.stats, groups_of_sections(inputs.stats)
    sections = terms_of_sections(stats, language, space.terms["column"].to_numpy().astype(np.int64))
    single = np.zeros(space.size)
    single[found.rows[~found.ambiguous]] = 1.0
    occurrences = np.asarray(np.bincount(groups, weights=sections @ single, minlength=stats.options.groups), dtype=np.float64)
    unclear, shown = np.zeros(len(occurrences)), []
    effective, forms = effective_senses(found.shares), space.terms["form"].to_list()
    several = np.flatnonzero(found.ambiguous)
    held = csc_matrix(choose_columns(sections, found.rows[several]))  # by term, so that the sections of each are at hand
    for number, term in enumerate(several):
        named, entries = found.sense[term] >= 0, slice(held.indptr[number], held.indptr[number + 1])
        where, here = held.indices[entries].astype(np.int64), held.data[entries].astype(float)
        open_ = unclear_occurrences(sections, where, here, found.places[term][named], found.sense[term][named], found.shares[term])
        occurrences += np.bincount(groups[where], weights=here, minlength=len(occurrences))
        unclear += np.bincount(groups[where], weights=open_, minlength=len(occurrences))
        told = " / ".join(_typical(found, int(term), forms))
        shown.append(
            (float(found.separation[term]), (forms[found.rows[term]], float(effective[term]), float(open_.sum() / max(here.sum(), 1)), told))
        )
    shown.sort(key=lambda each: (-each[0], each[1][0]))
    filled = occurrences > 0
    return [row for _, row in shown[:MOST_SHOWN]], occurrences[filled], unclear[filled]


def _typical(found: WordSenses, term: int, forms: list[str]) -> list[str]:
    """Name the strongest neighbours of each sense, the commonest sense first."""
    order = [sense for sense in np.argsort(-found.shares[term], kind="stable") if found.shares[term][sense] > 0]
    return [", ".join(forms[place] for place in found.places[term][found.sense[term] == sense][:TYPICAL]) for sense in order]


def _finding(inputs: Inputs, language: str, space: TermSpace, found: WordSenses, shown: list[tuple[str | int | float, ...]]) -> tuple[Finding, ...]:
    """Name the most separate term, with the documents that use it most."""
    if not shown:
        return ()
    term = str(shown[0][0])
    column = int(space.terms.filter(pl.col("form") == term)["column"][0])
    held = np.asarray(choose_columns(inputs.document_terms[language], np.array([column])).todense()).ravel()
    most = np.argsort(-held, kind="stable")[:MOST_EVIDENCE]
    documents = inputs.stats.documents["document"].gather(most[held[most] > 0]).to_list()
    finding = Finding(
        id=f"terms_with_several_senses@{language}",
        level="note",
        code="terms_with_several_senses",
        parameters={"language": language, "terms": int(found.ambiguous.sum()), "n": len(found.rows), "term": term, "senses": str(shown[0][3])},
        evidence=tuple(Evidence(document=document) for document in documents),
    )
    return (finding,)


def _refused(subject: str, n: int, code: str, /, **parameters: float | int | str) -> Estimates:
    return Estimates(estimates=tuple(measure.undefined(subject, n, METHOD, code, **parameters) for measure in MEASURES))


WORD_SENSES = Estimator(
    name="word_senses",
    question="Which terms are used in several senses?",
    reference=REFERENCE,
    function=estimate_word_senses,
)
