"""Rare in public: how many of the corpus's own terms a general list of words does not hold, so that a model has probably read them rarely.

A risk of its own (Kandpal et al. 2023: accuracy follows the number of relevant documents in training), no ambiguity and no part of the suitability.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import choose_columns, column_sums, row_sums, vocabulary
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.document_groups import GroupSums, filled_rows
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.jackknife_excess import MOST as MOST_UNITS
from corpuskit.estimators.jackknife_excess import GroupedTypes, excess_of
from corpuskit.estimators.method import Method, by_jackknife, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import Excess, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.public_words import PublicWords, public_words, standings
from corpuskit.finding import Evidence, Finding

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_DOCUMENTS = 3
"""A term in fewer documents is not looked at, because slips of the pen, names and numbers of single cases stand there: what three documents use is
vocabulary of the house, and an example that is shown names nobody of a single case."""

FEWEST_TERMS = 50
"""Fewer terms give no share, because one term would then weigh more than two points."""

RARE_WORDS = 0.02
"""A larger share of the words that carry content gives a finding, because about half of all words do: then every hundred words hold one that a
model may not know."""

MOST_EXAMPLES = 20
"""Terms that are named, as many as the report shows of a table."""

MOST_EVIDENCE = 3
"""Documents that the finding names: those that hold most of these words."""

TERMS = r"^\p{L}{2,}$"
"""Domain terms are words of letters alone, at least two: addresses, part numbers and abbreviations with points are cut in other ways by the list."""

NO_TERMS = r"^(\p{Han}?\p{Hiragana}+|.*[一二三四五六七八九十百千万].*)$"
"""Japanese terms that are left out: grammar in hiragana and numbers in Chinese characters, which the list cuts shorter
(主に stands there as 主 and に)."""

REFERENCE = "Kandpal et al. 2023; Speer 2022 (wordfreq)"
SHARE = Measure("rare_in_public_share", "types", "E", REFERENCE)
WORDS = Measure("rare_in_public_words", "tokens", "E", REFERENCE)
PARTS = Measure("public_parts_share", "types", "E", REFERENCE)
MEASURES = (SHARE, WORDS, PARTS)
METHOD = computed("public_terms", documents=FEWEST_DOCUMENTS)


@dataclass(frozen=True, eq=False)
class TermUse:
    """How often terms are used, in all documents and in each group of documents.

    Attributes
    ----------
    documents, tokens : int64 arrays, shape (terms,)
        Documents that hold each term, and its tokens.
    group_documents, group_tokens : csr_matrix, shape (groups, terms)
        The same for each group with a term.
    """

    documents: NDArray[np.int64]
    tokens: NDArray[np.int64]
    group_documents: csr_matrix
    group_tokens: csr_matrix

    @classmethod
    def of(cls, sums: GroupSums, columns: NDArray[np.int64]) -> TermUse:
        """Take some types of what was added up for groups of documents."""
        documents, tokens = (filled_rows(choose_columns(matrix, columns)) for matrix in (sums.documents, sums.tokens))
        return cls(column_sums(documents), column_sums(tokens), documents, tokens)


def shares(documents: NDArray[np.int64], tokens: NDArray[np.int64], chosen: Flags, fewest: int = FEWEST_DOCUMENTS) -> tuple[float, float]:
    """Give the share of chosen terms among those in enough documents, by terms and by their tokens; nan where there are none."""
    enough = documents >= fewest
    if not enough.any():
        return np.nan, np.nan
    return float(chosen[enough].mean()), float(tokens[enough & chosen].sum() / tokens[enough].sum())


def shares_without_each(use: TermUse, chosen: Flags) -> Floats:
    """Give :func:`shares` without each group of documents: terms that are then in too few documents are left out. Shape (groups, 2)."""
    found = []
    for row in range(use.group_tokens.shape[0]):
        documents, tokens = _columns(use.group_documents[row]), _columns(use.group_tokens[row])
        found.append(shares(use.documents - documents, use.tokens - tokens, chosen))
    return np.array(found).reshape(-1, 2)


def excess_of_share(use: TermUse, types: GroupedTypes, value: float, fewest: int = FEWEST_DOCUMENTS) -> Excess | None:
    """Give what a jackknife counts too often of a share of terms, because which ones stand in just enough documents is chance.

    Formula: ``(g-1)/g R (1-R) / T^2`` for each term and group without which it stands in too few documents, R the share and T the terms: such a
    term is one of those meant with probability R. Which part of it is variance shows in halves of the groups, over all types of the language.

    Returns
    -------
    Excess or None
        None where :func:`~corpuskit.estimators.jackknife_excess.excess_of` gives none.
    """
    found = excess_of((np.arange(MOST_UNITS + 1) >= fewest).astype(float), types, carried_on=False)
    if found is None:
        return None
    held, enough = use.group_documents, use.documents >= fewest
    before = use.documents[held.indices]
    lost, groups = int(((before >= fewest) & (before - held.data < fewest)).sum()), held.shape[0]
    return Excess((groups - 1) / groups * lost * value * (1 - value) / float(enough.sum()) ** 2, found.part)


def _columns(matrix: csr_matrix) -> NDArray[np.int64]:
    return np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64)


def estimate_public_rarity(inputs: Inputs, options: EstimatorOptions, lists: Callable[[str], PublicWords | None] = public_words) -> Estimates:
    """Measure for each language the share of terms that the list does not hold, by terms and by words, and of those that it holds in parts."""
    found = [_of_language(inputs, language, options, lists) for language in inputs.languages]
    return Estimates(
        estimates=tuple(item for part in found for item in part.estimates),
        series=tuple(item for part in found for item in part.series),
        findings=tuple(item for part in found for item in part.findings),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions, lists: Callable[[str], PublicWords | None]) -> Estimates:
    terms = vocabulary(inputs.stats, language).with_row_index("column").filter(_domain_terms(language))
    n = terms.height
    if n < FEWEST_TERMS:
        return _refused(language, n, "undefined_too_few_terms", n=n, needed=FEWEST_TERMS)
    try:
        words = lists(language)
    except ImportError:
        return _refused(language, n, "undefined_no_wordfreq", command='pip install "wordfreq>=3.1,<4"')
    if words is None:
        return _refused(language, n, "undefined_no_frequency_list", language=language)
    standing = np.array(standings(terms, words))
    use = TermUse.of(inputs.group_sums[language], terms["column"].to_numpy())
    absent, parts = standing == "absent", standing == "parts"
    method = METHOD + computed("public_list", edition=words.edition) + (computed("public_compounds") if language == "ja" else ())
    rare, of_parts = shares_without_each(use, absent), shares_without_each(use, parts)
    share, weighted = shares(use.documents, use.tokens, absent)
    tokens, types = int(use.tokens.sum()), inputs.grouped_documents[language]
    given = partial(_given, language=language, options=options, terms=n)
    of_words = given(WORDS, weighted, tokens, computed("public_share_of_occurrences") + method, rare[:, 1])
    estimates = [given(SHARE, share, n, computed("public_share_of_terms") + method, rare[:, 0], excess=excess_of_share(use, types, share)), of_words]
    if language == "ja":
        made = shares(use.documents, use.tokens, parts)[0]
        excess = excess_of_share(use, types, made)
        estimates.append(given(PARTS, made, n, computed("public_share_in_parts") + method, of_parts[:, 0], excess=excess))
    shown = terms.filter(pl.Series(absent)).sort("document_frequency", "frequency", "form", descending=[True, True, False])
    return Estimates(
        estimates=tuple(estimates),
        series=_examples(shown, language),
        findings=_finding(inputs, estimates[1], choose_columns(inputs.document_terms[language], terms["column"].to_numpy()[absent]), language, shown),
    )


def _domain_terms(language: str) -> pl.Expr:
    chosen = ~pl.col("stop") & (pl.col("document_frequency") >= FEWEST_DOCUMENTS) & pl.col("form").str.contains(TERMS)
    return chosen & ~pl.col("form").str.contains(NO_TERMS) if language == "ja" else chosen


def _given(
    measure: Measure,
    value: float,
    n: int,
    method: Method,
    left_out: Floats,
    language: str,
    options: EstimatorOptions,
    terms: int,
    excess: Excess | None = None,
) -> Estimate:
    """Make an estimate; where no term or every term is meant the jackknife sees no spread, and the exact binomial interval of terms stands in."""
    subject = f"lang:{language}"
    if value in (0.0, 1.0):
        ends = clopper_pearson(value * terms, terms, options.level)
        return measure.given(subject, value, n, method + computed("clopper_pearson_of_n_terms", terms=terms), ends, options.level)
    interval = jackknife_interval(value, left_out, options.level, bounds=(0.0, 1.0), excess=excess)
    return measure.given(subject, value, n, method + by_jackknife(interval, excess is not None), interval, options.level)


def _examples(shown: pl.DataFrame, language: str) -> tuple[Series, ...]:
    rows = tuple(shown.head(MOST_EXAMPLES).select("form", "document_frequency", "frequency").iter_rows())
    subject = f"lang:{language}"
    named = Series(id=f"rare_terms@{subject}", name="rare_terms", subject=subject, columns=("term", "documents", "count"), rows=rows)
    return (named,) if rows else ()


def _finding(inputs: Inputs, estimate: Estimate, counts: csr_matrix, language: str, shown: pl.DataFrame) -> tuple[Finding, ...]:
    """Say so where the lower end of the share of words is above the threshold."""
    if estimate.value is None or estimate.interval is None or estimate.interval[0] <= RARE_WORDS:
        return ()
    held = row_sums(counts)
    documents = inputs.stats.documents["document"].gather(np.argsort(-held, kind="stable")[:MOST_EVIDENCE]).to_list()
    finding = Finding(
        id=f"terms_rare_in_public@{language}",
        level="note",
        code="terms_rare_in_public",
        parameters={"language": language, "terms": shown.height, "share": estimate.value},
        evidence=tuple(Evidence(document=document) for document in documents),
    )
    return (finding,)


def _refused(language: str, n: int, code: str, /, **parameters: float | int | str) -> Estimates:
    measures = MEASURES if language == "ja" else (SHARE, WORDS)
    return Estimates(estimates=tuple(measure.undefined(f"lang:{language}", n, METHOD, code, **parameters) for measure in measures))


PUBLIC_RARITY = Estimator(
    name="public_rarity",
    question="How many of the terms has a language model probably read only rarely?",
    reference=REFERENCE,
    function=estimate_public_rarity,
)
