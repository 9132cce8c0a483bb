"""Sharp but thin: terms whose company is of one kind, and nearly all of whose occurrences stand in one or two documents, or in few of one source.

A sharp meaning looks like good evidence; where few documents carry it, it is the usage of one text. Authors are not kept in the counts, so nothing is
said about terms of one author.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import choose_columns
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.words.neighbourhoods import (
    Floats,
    Integers,
    TermSpace,
    company_in,
    content_terms,
    ego_networks,
    mean_likeness,
    strongest,
    terms_of_sections,
)
from corpuskit.finding import Evidence, Finding

FEWEST_OCCURRENCES = 20
"""Terms seen less often are not examined, because their company is that of a few sentences whatever they mean."""

FEWEST_NEIGHBOURS = 10
"""Terms with fewer neighbours have no company to be of one kind."""

FEWEST_SHOWN = 3
"""A term is named only where so many documents hold it, because what stands in one or two may be a person's name."""

DOCUMENTS = 20_000
"""Documents whose sections are looked at together, because all of a gigabyte would take half of one."""

MOST_TERMS = 3_000
"""Terms examined at most, the most frequent ones: those that tasks meet."""

COMPANY = 30
"""Neighbours whose likeness is taken, because rare terms have few more."""

FEWEST_TERMS = 30
"""Fewer terms give no share, because one term would weigh more than three points."""

FEWEST_SOURCES = 3
"""With fewer sources nothing is said about terms of one source: half of all terms may be."""

FEWEST_DOCUMENTS = 8
"""With fewer documents nothing is said, because every term then rests on few."""

THIN = 3.0
"""A term is thin below so many effective documents, because two texts that share a usage may share its writer as well."""

THIN_IN_ONE_SOURCE = 6.0
"""Where one source holds a term it is thin below so many effective documents: twice as many, because they speak with one voice."""

ONE_SOURCE = 0.95
"""A term is of one source where it holds this share of the occurrences, because a stray mention elsewhere is no second witness."""

SHARP = 0.75
"""A company is sharp where it is more alike than that of this share of the examined terms: thin terms are compared with the corpus they stand in."""

MOST_SHOWN = 20
"""Terms that are named, as many as the report shows of a table."""

MOST_EVIDENCE = 3
"""Documents that the finding names."""

REFERENCE = "Hill 1973 (effective number of documents); Clopper and Pearson 1934"
SHARE = Measure("sharp_but_thin_terms", "types", "E", REFERENCE)
METHOD = computed("sharp_and_thin", documents=THIN, in_one_source=THIN_IN_ONE_SOURCE)


def effective_texts(inputs: Inputs, language: str, columns: Integers) -> Floats:
    """Give the effective number of texts of each term, ``(sum f)^2 / sum f^2`` with f its occurrences in each text: k for k texts with equal shares.

    A document is a text, and so is each row of a table of messages, since other people wrote them. Reference: Hill 1973.

    Parameters
    ----------
    inputs : Inputs
    language : str
    columns : int64 array, shape (terms,)
        Places in the language's vocabulary, each once.

    Returns
    -------
    array, shape (terms,)
        0 for a term that no section holds.
    """
    totals, squares = np.zeros(len(columns)), np.zeros(len(columns))
    for counts in texts_of_terms(inputs, language, columns):
        own = counts.data.astype(float)
        totals += np.bincount(counts.indices, weights=own, minlength=len(columns))
        squares += np.bincount(counts.indices, weights=own**2, minlength=len(columns))
    return np.asarray(np.divide(totals**2, squares, out=np.zeros_like(totals), where=squares > 0))


def largest_source(counts: csr_matrix, source: Integers) -> Floats:
    """Give the share of the occurrences of each term that its largest source holds; 0 for a term that does not occur.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, terms)
    source : int64 array, shape (documents,)
        Number of the source of each document, from 0.
    """
    belongs = csr_matrix((np.ones(len(source)), (source, np.arange(len(source)))), shape=(int(source.max(initial=-1)) + 1, len(source)))
    held = np.asarray((belongs @ counts).todense(), dtype=float)
    totals = held.sum(axis=0)
    return np.asarray(np.divide(held.max(axis=0, initial=0.0), totals, out=np.zeros_like(totals), where=totals > 0))


def sharpness(space: TermSpace, excess: csr_matrix) -> Floats:
    """Give the mean likeness of two neighbours of each term, drawn with their weights: near 1 where its company is of one kind.

    Parameters
    ----------
    space : TermSpace
    excess : csr_matrix, shape (terms, m)
        Excess pairs of each term with those of the space.

    Returns
    -------
    array, shape (terms,)
        nan for fewer than two neighbours.
    """
    places, weights = strongest(excess, COMPANY)
    return mean_likeness(ego_networks(space.likeness, places), weights, weights)


def texts_of_terms(inputs: Inputs, language: str, columns: Integers) -> Iterator[csr_matrix]:
    """Count terms in each text, shape (texts, terms), for some thousand documents at a time: of a large corpus all at once would fill the memory."""
    owner, row = inputs.documents_of_sections, (inputs.stats.sections["kind"] == "row").to_numpy()
    text = np.where(row, inputs.stats.documents.height + np.arange(len(owner)), owner)
    for first in range(0, inputs.stats.documents.height, DOCUMENTS):
        # sections stand in the order of documents
        part = slice(*np.searchsorted(owner, [first, first + DOCUMENTS]).tolist())
        place = np.unique(text[part], return_inverse=True)[1]
        belongs = csr_matrix((np.ones(len(place), np.int64), (place, np.arange(len(place)))), shape=(int(place.max(initial=-1)) + 1, len(place)))
        yield csr_matrix(belongs @ terms_of_sections(inputs.stats, language, columns, part))


def estimate_thin_terms(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the share of frequent terms that are sharp but thin, and name them."""
    found = [_of_language(inputs, language, options) for language in inputs.languages]
    return Estimates(
        estimates=tuple(item for part in found for item in part.estimates),
        series=tuple(item for part in found for item in part.series),
        findings=tuple(item for part in found for item in part.findings),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject, space = f"lang:{language}", inputs.term_spaces[language]
    terms = content_terms(inputs.stats, language, FEWEST_OCCURRENCES).head(MOST_TERMS)
    excess = company_in(inputs.stats, language, terms["column"].to_numpy().astype(np.int64), space)
    rows = np.flatnonzero(np.diff(excess.indptr) >= FEWEST_NEIGHBOURS)
    filled = np.diff(inputs.document_terms[language].indptr) > 0
    documents = int(filled.sum())
    if documents < FEWEST_DOCUMENTS:
        return _refused(subject, len(rows), "undefined_too_few_documents_for_terms", n=documents, needed=FEWEST_DOCUMENTS)
    if len(rows) < FEWEST_TERMS:
        return _refused(subject, len(rows), "undefined_too_few_frequent_terms", n=len(rows), needed=FEWEST_TERMS, times=FEWEST_OCCURRENCES)
    terms = terms[rows.tolist()]
    columns = terms["column"].to_numpy().astype(np.int64)
    counts = choose_columns(inputs.document_terms[language], columns)
    source = np.unique(np.array(inputs.sources), return_inverse=True)[1]
    sharp = sharpness(space, csr_matrix(excess[rows]))
    spread, most = effective_texts(inputs, language, columns), largest_source(counts, source.astype(np.int64))
    enough_sources = len(set(np.array(inputs.sources)[filled])) >= FEWEST_SOURCES
    thin: NDArray[np.bool_] = (spread < THIN) | (enough_sources & (most >= ONE_SOURCE) & (spread < THIN_IN_ONE_SOURCE))
    chosen = thin & (sharp > np.nanquantile(sharp, SHARP))
    n, several = len(rows), int(chosen.sum())
    method, interval = METHOD + computed("clopper_pearson_of_terms"), clopper_pearson(several, n, options.level)
    estimate = SHARE.given(subject, several / n, n, method, interval, options.level)
    held = np.bincount(counts.indices, minlength=n)
    shown = terms.with_columns(pl.Series("spread", spread), pl.Series("source", most), pl.Series("held", held), pl.Series("sharp", sharp))
    shown = shown.filter(pl.Series(chosen) & (pl.col("held") >= FEWEST_SHOWN)).sort("frequency", "form", descending=[True, False])
    return Estimates(estimates=(estimate,), series=_series(shown, subject), findings=_finding(inputs, language, shown, several, n))


def _series(shown: pl.DataFrame, subject: str) -> tuple[Series, ...]:
    rows = tuple(shown.head(MOST_SHOWN).select("form", "frequency", "held", "spread", "source").iter_rows())
    columns = ("term", "count", "documents", "effective_documents", "largest_source")
    return (Series(id=f"thin_terms@{subject}", name="thin_terms", subject=subject, columns=columns, rows=rows),) if rows else ()


def _finding(inputs: Inputs, language: str, shown: pl.DataFrame, several: int, n: int) -> tuple[Finding, ...]:
    """Name the most frequent of these terms, and the documents that hold most of it."""
    if shown.height == 0:
        return ()
    held = np.asarray(choose_columns(inputs.document_terms[language], np.array([int(shown["column"][0])])).todense()).ravel()
    most = np.argsort(-held, kind="stable")[:MOST_EVIDENCE]
    documents = inputs.stats.documents["document"].gather(most[held[most] > 0]).to_list()
    finding = Finding(
        id=f"sharp_but_thin_terms@{language}",
        level="note",
        code="sharp_but_thin_terms",
        parameters={"language": language, "terms": several, "n": n, "term": shown["form"][0], "documents": int(shown["held"][0])},
        evidence=tuple(Evidence(document=document) for document in documents),
    )
    return (finding,)


def _refused(subject: str, n: int, code: str, /, **parameters: float | int | str) -> Estimates:
    return Estimates(estimates=(SHARE.undefined(subject, n, METHOD, code, **parameters),))


THIN_TERMS = Estimator(
    name="thin_terms",
    question="Which terms look clear only because few documents use them?",
    reference=REFERENCE,
    function=estimate_thin_terms,
)
