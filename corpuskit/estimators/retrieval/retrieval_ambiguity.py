"""Retrieval ambiguity: does a question lead to the one section that answers it? Headings, questions among them, and titles stand in for questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS
from corpuskit.estimators.retrieval.retrieval_cues import Cues, Passages, draw, heading_cues, passages_of, question_cues, title_cues
from corpuskit.estimators.retrieval.retrieval_findings import estimate_causes
from corpuskit.estimators.retrieval.retrieval_measures import mean_of_cues, reciprocal, self_posteriors, share_of_cues
from corpuskit.estimators.retrieval.retrieval_scores import (
    Scorer,
    Weighted,
    bm25_weights,
    by_rest,
    by_space,
    by_words,
    place_terms,
    ranks_of_own,
    weigh,
    weights_by_term,
)
from corpuskit.estimators.specification import Estimates, Estimator, Measure

Floats = NDArray[np.float64]

BM25 = "Robertson and Zaragoza 2009 (BM25); Clopper and Pearson 1934; Kish 1965"
SPACE = "Deerwester and others 1990; Clopper and Pearson 1934; Kish 1965"
AMBIGUITY = Measure("retrieval_ambiguity", "headings", "D", BM25)
RECALL = {depth: Measure(f"retrieval_recall_{depth}", "headings", "D", BM25) for depth in (1, 5, 10)}
MRR = Measure("retrieval_mrr", "headings", "D", "Robertson and Zaragoza 2009 (BM25); Voorhees 1999; Tukey 1958")
POSTERIOR = Measure("retrieval_self_posterior", "headings", "D", "Robertson and Zaragoza 2009 (BM25); Guo and others 2017; Tukey 1958")
OF_CUES = {kind: Measure(f"retrieval_recall_of_{kind}", kind, "D", BM25) for kind in ("questions", "titles")}
BY_SPACE = Measure("retrieval_recall_by_cooccurrence", "headings", "D", SPACE)
BY_REST = Measure("retrieval_recall_without_cue_words", "headings", "D", SPACE)

DEPTHS = (1, 5, 10)
"""Places that recall is told at: the one answer, what is passed to a language model, and a search page."""

SPACE_CELLS = 10_000_000
"""Cues times passages that are scored in the co-occurrence space, because there each takes a hundred multiplications."""

FEWEST_PASSAGES = 50
"""Fewer passages give no co-occurrence space: half of its directions would be passages."""


@dataclass(frozen=True, eq=False)
class Searched:
    """The headings of a language, and how BM25 ranks their passages."""

    passages: Passages
    all_headings: Cues
    headings: Cues
    by_term: csr_matrix
    words: Scorer
    ranks: Floats


def estimate_retrieval_ambiguity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language which cues find their own section; the heading is not part of the text that is searched.

    Cues are headings, headings with a question word, and titles of documents; the search is by words (BM25) and by the co-occurrence space, and by
    what is left of every section without the cue's own words. Texts with the same content are one.
    """
    parts = [_of_language(inputs, language, options) for language in inputs.languages]
    return Estimates(
        estimates=tuple(item for part in parts for item in part.estimates),
        series=tuple(item for part in parts for item in part.series),
        findings=tuple(item for part in parts for item in part.findings),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject = f"lang:{language}"
    passages = passages_of(inputs.stats, language, options)
    every, others = heading_cues(passages), (question_cues(passages), title_cues(passages))
    weights = bm25_weights(passages.texts)
    by_term = weights_by_term(weights, np.concatenate([cues.terms.indices for cues in (every, *others)]))
    words = by_words(by_term)
    of_others = [_of_cues(cues, passages, words, subject, options) for cues in others]
    if every.n < options.min_headings:
        return Estimates(estimates=(*_refused(subject, every.n, options), *of_others))
    headings = draw(every, options.max_headings, options.seed)
    searched = Searched(passages, every, headings, by_term, words, ranks_of_own(headings, words, passages.n))
    spaces = _by_spaces(searched, subject, options)
    causes = estimate_causes(inputs, searched.passages, every, headings, searched.ranks, weights, words, subject, options)
    return Estimates(
        estimates=(*_by_words(searched, subject, options), *spaces.estimates, *of_others, *causes.estimates),
        series=(*spaces.series, *causes.series),
        findings=causes.findings,
    )


def _refused(subject: str, n: int, options: EstimatorOptions) -> tuple[Estimate, ...]:
    measures = (AMBIGUITY, *RECALL.values(), MRR, POSTERIOR, BY_SPACE, BY_REST)
    return tuple(
        measure.undefined(subject, n, computed("rank_of_own_section"), "undefined_too_few_headings", n=n, needed=options.min_headings)
        for measure in measures
    )


def _by_words(searched: Searched, subject: str, options: EstimatorOptions) -> tuple[Estimate, ...]:
    n, documents, level, ranks = searched.headings.n, searched.headings.documents, options.level, searched.ranks
    where = computed("among_sections", sections=searched.passages.n)

    def share(measure: Measure, outcome: NDArray[np.bool_], told: Method) -> Estimate:
        value, interval, effect = share_of_cues(outcome, documents, level)
        return measure.given(subject, value, n, told + where + computed("exact_with_design_effect", effect=effect), interval, level)

    depth = options.retrieval_depth
    missed = share(AMBIGUITY, ranks > depth, computed("headings_missed", depth=depth))
    recalls = [share(RECALL[at], ranks <= at, computed("headings_found", depth=at)) for at in DEPTHS]
    mrr, interval = mean_of_cues(reciprocal(ranks), documents, level)
    mean = MRR.given(subject, mrr, n, computed("mean_reciprocal_rank") + where + _of_interval(interval), interval, level)
    likely, interval = mean_of_cues(self_posteriors(searched.headings, searched.by_term, options.seed), documents, level)
    told = computed("probability_of_own_section") + where + computed("relative_to_model")
    posterior = POSTERIOR.given(subject, likely, n, told + _of_interval(interval), interval, level)
    return missed, *recalls, mean, posterior


def _of_interval(interval: tuple[float, float] | None) -> Method:
    return computed("jackknife_over_documents") if interval is not None else computed("no_interval_fewer_documents", needed=MINIMUM_GROUPS)


def _of_cues(cues: Cues, passages: Passages, words: Scorer, subject: str, options: EstimatorOptions) -> Estimate:
    measure = OF_CUES[cues.kind]
    depth, titles = options.retrieval_depth, cues.kind == "titles"
    method = computed("titles_found" if titles else "questions_found", depth=depth)
    if cues.n < options.min_headings:
        return measure.undefined(subject, cues.n, method, f"undefined_too_few_{cues.kind}", n=cues.n, needed=options.min_headings)
    cues = draw(cues, options.max_headings, options.seed)
    starts = np.flatnonzero(np.concatenate(([True], np.diff(passages.documents) != 0))) if titles else None
    found = ranks_of_own(cues, words, passages.n, starts) <= depth
    value, interval, effect = share_of_cues(found, cues.documents, options.level)
    among = computed("among_documents", documents=len(starts)) if starts is not None else computed("among_sections", sections=passages.n)
    return measure.given(subject, value, cues.n, method + among + computed("exact_with_design_effect", effect=effect), interval, options.level)


def _by_spaces(searched: Searched, subject: str, options: EstimatorOptions) -> Estimates:
    """Search in the co-occurrence space, with and without the cue's own words, beside BM25 on the same cues."""
    passages, depth, level = searched.passages, options.retrieval_depth, options.level
    methods = {
        BY_SPACE: computed("found_by_cooccurrence", depth=depth),
        BY_REST: computed("found_without_cue_words", depth=depth) + computed("relative_to_model"),
    }
    if passages.n < FEWEST_PASSAGES:
        given = (
            measure.undefined(subject, passages.n, method, "undefined_too_few_sections", n=passages.n, needed=FEWEST_PASSAGES)
            for measure, method in methods.items()
        )
        return Estimates(estimates=tuple(given))
    most = max(options.min_headings, SPACE_CELLS // passages.n)
    chosen = draw(Cues("headings", searched.headings.terms, np.arange(searched.headings.n), searched.headings.documents), most, options.seed).own
    cues = searched.headings.take(chosen)
    weighted = weigh(passages.texts)
    by_cosine = rank_by_space(weighted, cues, options.seed)
    rest = rank_by_rest(weighted, cues, options.seed)
    estimates = []
    for (measure, method), ranks in zip(methods.items(), (by_cosine, rest), strict=True):
        value, interval, effect = share_of_cues(ranks <= depth, cues.documents, level)
        told = method + computed("among_sections", sections=passages.n) + computed("exact_with_design_effect", effect=effect)
        estimates.append(measure.given(subject, value, cues.n, told, interval, level))
    lists = (searched.ranks[chosen], by_cosine, rest)
    rows = tuple((at, *(float(np.mean(ranks <= at)) for ranks in lists)) for at in DEPTHS)
    columns = ("depth", "words", "cooccurrence", "without_cue_words")
    series = Series(id=f"retrieval_recall@{subject}", name="retrieval_recall", subject=subject, columns=columns, rows=rows)
    return Estimates(estimates=tuple(estimates), series=(series,))


def rank_by_space(weighted: Weighted, cues: Cues, seed: int = 0) -> Floats:
    """Rank each cue's own passage in the space of all passages, as a search engine would."""
    passages = weighted.passages.shape[0]
    terms = place_terms(weighted, np.random.default_rng(seed).permutation(passages))
    return ranks_of_own(cues, by_space(weighted, terms), passages)


def rank_by_rest(weighted: Weighted, cues: Cues, seed: int = 0) -> Floats:
    """Rank each cue's own passage without the cue's own words, in a space that neither it nor its rivals had a say in.

    The space is learned from one half of the passages, drawn at random, and the cues of the other half are tried among that half, and the other way
    round. A rank r among h passages counts as ``1 + (r - 1) (S - 1) / (h - 1)`` among all S.
    """
    passages = weighted.passages.shape[0]
    dealt = np.random.default_rng(seed).permutation(passages)
    ranks = np.full(cues.n, np.inf)
    for half in (0, 1):
        chosen, others = np.flatnonzero(dealt % 2 == half), np.flatnonzero(dealt % 2 != half)
        places = np.flatnonzero(dealt[cues.own] % 2 == half)
        part = cues.take(places)
        terms = place_terms(weighted, others[np.argsort(dealt[others])])
        scorer = by_rest(weighted, terms, np.unique(part.terms.indices).astype(np.int64), chosen)
        among = Cues(part.kind, part.terms, np.searchsorted(chosen, part.own), part.documents)
        ranks[places] = 1 + (ranks_of_own(among, scorer, len(chosen)) - 1) * (passages - 1) / (len(chosen) - 1)
    return ranks


RETRIEVAL_AMBIGUITY = Estimator(
    name="retrieval_ambiguity",
    question="How often does a question in the words of a heading not lead to the section that answers it?",
    reference=f"{AMBIGUITY.reference}; {SPACE}",
    function=estimate_retrieval_ambiguity,
)
