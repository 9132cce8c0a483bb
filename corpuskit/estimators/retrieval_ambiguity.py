"""Retrieval ambiguity: does a question lead to the one section that answers it? Headings stand in for questions. First version."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import design_effect
from corpuskit.estimators.specification import Estimates, Estimator, Measure

AMBIGUITY = Measure("retrieval_ambiguity", "headings", "D", "Robertson and Zaragoza 2009 (BM25); Clopper and Pearson 1934; Kish 1965")

SATURATION, LENGTH = 1.2, 0.75
"""The usual constants k1 and b of BM25."""

KINDS = ("body", "table", "notes")
"""Sections with a text of their own; rows, running heads and quotes repeat what stands elsewhere."""

BATCH = 256


def bm25_weights(counts: csr_matrix) -> csr_matrix:
    """Weigh terms in sections so that the product with a query's term set is its BM25 score.

    Formula: ``idf (k1+1) tf / (tf + k1 (1 - b + b length/mean length))``, ``idf = log(1 + (S - df + 1/2)/(df + 1/2))``.
    Reference: Robertson and Zaragoza 2009.

    Parameters
    ----------
    counts : csr_matrix, shape (sections, terms)
        Term counts.
    """
    sections = counts.shape[0]
    present = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p((sections - present + 0.5) / (present + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    scale = SATURATION * (1 - LENGTH + LENGTH * lengths / max(float(lengths.mean()), 1.0)) if sections else lengths
    rows = np.repeat(np.arange(sections), np.diff(counts.indptr))
    data = idf[counts.indices] * (SATURATION + 1) * counts.data / (counts.data + scale[rows])
    return csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)


def ranks_of_own(queries: csr_matrix, weights: csr_matrix, own: NDArray[np.int64], same: NDArray[np.int64]) -> NDArray[np.float64]:
    """Rank each query's own section among all sections.

    Parameters
    ----------
    queries : csr_matrix of 0 and 1, shape (queries, terms)
        Terms of each query.
    weights : csr_matrix, shape (sections, terms)
        From :func:`bm25_weights`.
    own : array of int, shape (queries,)
        Row of the section that should be found.
    same : array of int, shape (sections,)
        Equal for sections with equal text: a copy of the own section is as good and does not push it down.

    Returns
    -------
    array of float, shape (queries,)
        1 is best; ties count half; infinite when the own section shares no term with the query.
    """
    ranks = np.full(queries.shape[0], np.inf)
    turned = weights.T.tocsc()
    for start in range(0, queries.shape[0], BATCH):
        stop = min(start + BATCH, queries.shape[0])
        scores = np.asarray((queries[start:stop] @ turned).todense(), dtype=float)
        target = own[start:stop]
        mine = scores[np.arange(stop - start), target][:, None]
        others = same[None, :] != same[target][:, None]
        above = ((scores > mine) & others).sum(axis=1)
        level = ((scores == mine) & others).sum(axis=1)
        ranks[start:stop] = np.where(mine[:, 0] > 0, 1 + above + level / 2, np.inf)
    return ranks


def estimate_retrieval_ambiguity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language how many headings do not find their own section; the heading is not part of the text that is searched."""
    return Estimates(estimates=tuple(_of_language(inputs, language, options) for language in inputs.languages))


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimate:
    stats, subject = inputs.stats, f"lang:{language}"
    method = f"share of headings whose own section is not among the first {options.retrieval_depth} by BM25"
    columns = (stats.terms["language"] == language).arg_true().to_numpy()
    content = columns[~stats.terms["stop"].gather(columns).to_numpy().astype(bool)]
    sections = stats.sections.with_row_index("row").filter((pl.col("language") == language) & pl.col("kind").is_in(KINDS))
    rows = sections["row"].to_numpy()
    texts = csr_matrix(stats.section_terms[rows][:, content])
    searched = np.flatnonzero(np.asarray(texts.sum(axis=1)).ravel() >= options.min_section_words)
    texts, rows = texts[searched], rows[searched]
    headings = csr_matrix(stats.heading_terms[rows][:, content])
    usable = np.flatnonzero(np.diff(headings.indptr) > 0)
    if len(usable) < options.min_headings:
        return AMBIGUITY.undefined(subject, len(usable), method, "undefined_too_few_headings", n=len(usable), needed=options.min_headings)
    if len(usable) > options.max_headings:
        usable = np.sort(np.random.default_rng(options.seed).permutation(usable)[: options.max_headings])
    queries = headings[usable]
    queries.data = np.ones_like(queries.data)
    same = np.unique(stats.sections["text_hash"].to_numpy()[rows], return_inverse=True)[1]
    missed = ranks_of_own(queries, bm25_weights(texts), usable, same) > options.retrieval_depth
    documents = np.unique(stats.sections["document"].to_numpy()[rows[usable]].astype(str), return_inverse=True)[1]
    effect = design_effect(missed.astype(float), documents)
    rate, independent = float(missed.mean()), len(usable) / effect
    interval = clopper_pearson(rate * independent, independent, options.level)
    detail = f"{len(rows)} sections; exact interval, design effect of documents {effect:.2f}"
    return AMBIGUITY.given(subject, rate, len(usable), f"{method} of {detail}", interval, options.level)


RETRIEVAL_AMBIGUITY = Estimator(
    name="retrieval_ambiguity",
    question="How often does a question in the words of a heading not lead to the section that answers it?",
    reference=AMBIGUITY.reference,
    function=estimate_retrieval_ambiguity,
)
