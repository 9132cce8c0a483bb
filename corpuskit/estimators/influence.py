"""Robustness of the headline numbers: how much clustering in documents widens them, and how far a single source or group moves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix, hstack
from scipy.special import chdtri, fdtri

from corpuskit.estimators.association_index import association_index
from corpuskit.estimators.coverage import chao_jost_coverage, expected_coverage, leave_one_document_out
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.grouped_cells import GroupedCells
from corpuskit.estimators.influential import largest_documents, makes_most_of_the_spread, moves_most, told
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.joint_cells import joint_coverage
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_error, jackknife_interval
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.finding import Finding, Parameter
from corpuskit.text import source_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DEALINGS = 2
"""Random dealings that the variance of U is compared with, because each costs as much as the jackknife itself and more narrow the ratio little."""

SOURCES = "Quenouille 1956; Tukey 1958"
CLUSTERS = "Kish 1965"
COVERAGE_EFFECT = Measure("coverage_design_effect", "tokens", "E", f"{CLUSTERS}; Esty 1983")
COVERAGE_MOVED = Measure("coverage_influence", "tokens", "E", SOURCES)
NEW_DOCUMENTS = Measure("coverage_of_new_documents", "tokens", "E", "Chao and Jost 2012")
U_EFFECT = Measure("sparsity_u_design_effect", "pairs", "E", f"{CLUSTERS}; Quenouille 1956")
U_MOVED = Measure("sparsity_u_influence", "pairs", "E", SOURCES)


def effect_of_clustering(
    error: float, independent: float, groups: int, level: float = 0.95, freedom: float = np.inf
) -> tuple[float, tuple[float, float]] | None:
    """Give the design effect: the variance between whole documents over that of independent observations.

    Formula: ``(SE_jackknife / SE_independent)^2``; interval of a variance from g groups by chi-square, of a ratio of two such by F. Reference:
    Kish 1965.

    Parameters
    ----------
    error : float
        Jackknife standard error over g groups of documents.
    independent : float
        Standard error were all observations independent.
    groups : int
        Number of groups g.
    level : float
        Confidence level.
    freedom : float
        Degrees of freedom of the independent variance; infinite where it comes from a formula.

    Returns
    -------
    (float, (float, float)) or None
        None when the independent error is 0: there is nothing to compare.
    """
    if independent <= 0:
        return None
    effect, tails = (error / independent) ** 2, ((1 + level) / 2, (1 - level) / 2)
    if np.isinf(freedom):
        high, low = (float(chdtri(groups - 1, 1 - tail)) / (groups - 1) for tail in tails)
    else:
        high, low = (float(fdtri(groups - 1, freedom, tail)) for tail in tails)
    return effect, (effect / high, effect / low)


def dealt_at_random(cells: GroupedCells, random: np.random.Generator) -> GroupedCells:
    """Deal the observations anew to as many groups of about the same sizes, as if documents were nothing but heaps of independent observations."""
    left, sizes = cells.totals().astype(np.int64), np.asarray(cells.counts.sum(axis=0)).ravel()
    columns = []
    for group, size in enumerate(sizes):
        rest = float(sizes[group:].sum())
        part = random.binomial(left, min(1.0, size / rest) if rest > 0 else 0.0)
        left = left - part
        columns.append(csc_matrix(part[:, None]))
    return replace(cells, counts=csr_matrix(hstack(columns, format="csc")))


def index_without_each_group(cells: GroupedCells) -> Floats:
    """Give U, not extrapolated, without each group that has observations; nan where undefined. Empty when there is only one."""
    groups, filled = np.arange(cells.counts.shape[1]), cells.filled_groups()
    found = [association_index(cells, (groups != group).astype(float)) for group in filled] if len(filled) > 1 else []
    return np.array([np.nan if each is None else each for each in found])


def independent_error_of_index(cells: GroupedCells, seed: int = 0) -> float:
    """Give the standard error that U would have, were observations independent: the jackknife's own, with observations dealt at random.

    The root mean square over two dealings. A formula would not do: near the smallest samples the jackknife itself is too wide for U, and only its
    own value for independent observations cancels that.
    """
    random = np.random.default_rng(seed)
    errors = [jackknife_error(index_without_each_group(dealt_at_random(cells, random))) for _ in range(DEALINGS)]
    known = [error for error in errors if error is not None]
    return float(np.sqrt(np.mean(np.square(known)))) if known else 0.0


def without_each_source(counts: csr_matrix, sources: Integers) -> Floats:
    """Compute coverage without each source in turn.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.
    sources : array of int, shape (documents,)
        Source 0 .. s-1 of each document.

    Returns
    -------
    array, shape (s,)
        Coverage without that source; nan where it is undefined, as without the only one.
    """
    documents, number = counts.shape[0], int(sources.max(initial=-1)) + 1
    belongs = csr_matrix((np.ones(documents), (sources, np.arange(documents))), shape=(number, documents))
    by_source, totals = csr_matrix(belongs @ counts), np.asarray(counts.sum(axis=0)).ravel()
    found = []
    for source in range(number):
        part = by_source[source]
        left = totals.astype(float)
        left[part.indices] -= part.data
        value = chao_jost_coverage(float((left == 1).sum()), float((left == 2).sum()), float(left.sum()))
        found.append(np.nan if value is None else value)
    return np.array(found)


def coverage_of_new_documents(counts: csr_matrix) -> tuple[float | None, Floats]:
    """Give the share of the words of one more document whose type was seen in the others.

    Formula: ``1 - (w1/n) (D-1) w1 / ((D-1) w1 + w2)`` with w1, w2 the tokens of types that occur in one and in two of D documents: Chao and
    Jost's coverage of samples by incidence, weighted by tokens (w1/n alone is what each document in turn lacks in the others). Their coverage of
    tokens speaks of more text from these very documents; where documents have words of their own, only this one speaks of others.
    Reference: Chao and Jost 2012.

    Parameters
    ----------
    counts : csr_matrix, shape (documents, types)
        Tokens of each type in each document.

    Returns
    -------
    value : float or None
        None for fewer than two documents with words, and when no type occurs in two documents.
    left_out : array, shape (documents with words,)
        The value without each document in turn, for a jackknife; nan where undefined. Cost O(stored entries).
    """
    counts = csr_matrix(counts)
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    counts, sizes = counts[sizes > 0], sizes[sizes > 0].astype(float)
    documents, n = counts.shape[0], float(sizes.sum())
    if documents < 2:
        return None, np.zeros(0)
    rows = np.repeat(np.arange(documents), np.diff(counts.indptr))
    spread = np.bincount(counts.indices, minlength=counts.shape[1])[counts.indices]
    own, total = counts.data.astype(float), np.asarray(counts.sum(axis=0)).ravel()[counts.indices]
    once, twice = float(own[spread == 1].sum()), float(own[spread == 2].sum())
    enters_once = np.bincount(rows, weights=np.where(spread == 2, total - own, 0.0) - np.where(spread == 1, own, 0.0), minlength=documents)
    enters_twice = np.bincount(rows, weights=np.where(spread == 3, total - own, 0.0) - np.where(spread == 2, total, 0.0), minlength=documents)
    value = coverage_by_incidence(np.array([once]), np.array([twice]), np.array([n]), documents)[0]
    ones, twos, rest = (np.asarray(each, dtype=float) for each in (once + enters_once, twice + enters_twice, n - sizes))
    left_out = coverage_by_incidence(ones, twos, rest, documents - 1)
    return (float(value) if np.isfinite(value) else None), left_out


def coverage_by_incidence(once: Floats, twice: Floats, n: Floats, documents: int | Integers) -> Floats:
    """Give the formula of :func:`coverage_of_new_documents`; 1 where every type occurs in several documents, nan where none does."""
    weighted = (documents - 1) * once
    missed = np.where(once > 0, once / np.maximum(n, 1.0) * weighted / np.maximum(weighted + twice, 1.0), 0.0)
    return np.asarray(np.where(once < n, 1 - missed, np.nan), dtype=float)


def estimate_influence(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure the design effect and the largest influence on coverage and on U of each language; nothing where there is only one document.

    Sources and document groups that move a number far are named in findings.
    """
    found = [part for language in inputs.languages for part in (_of_coverage(inputs, language, options), _of_index(inputs, language, options))]
    return Estimates(
        estimates=tuple(item for part in found for item in part.estimates), findings=tuple(item for part in found for item in part.findings)
    )


def _of_coverage(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject, spectrum, counts = f"lang:{language}", inputs.spectra[language], inputs.document_terms[language]
    n, f1, f2 = spectrum.n, spectrum.f1, spectrum.f2
    value, left_out = chao_jost_coverage(f1, f2, n), leave_one_document_out(counts)
    independent = float(np.sqrt(max(f1 * (n - f1) + 2 * n * f2, 0.0) / n**3)) if n else 0.0
    method = computed("variance_of_coverage")
    effect = _design_effect(COVERAGE_EFFECT, subject, n, method, left_out, independent, options.level)
    names = [source_of(name) for name in inputs.stats.documents["document"]]
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    kept = np.flatnonzero(sizes > 0)
    known = sorted({names[row] for row in kept})
    place = {name: number for number, name in enumerate(known)}
    source = np.full(len(names), -1, np.int64)
    source[kept] = [place[names[row]] for row in kept]
    without = without_each_source(csr_matrix(counts[kept]), source[kept])
    moved = _moved(COVERAGE_MOVED, subject, n, computed("change_without_source"), value, without, tuple(known))
    findings = _sources_that_move(inputs, language, value, without, jackknife_error(left_out), known, source, sizes)
    return Estimates(estimates=(effect, moved, _of_new_documents(subject, n, counts, options.level)), findings=findings)


def _sources_that_move(
    inputs: Inputs,
    language: str,
    value: float | None,
    without: Floats,
    error: float | None,
    names: Sequence[str],
    source: Integers,
    sizes: Integers,
) -> tuple[Finding, ...]:
    """Name the source that moves coverage most, if any moves it far. Its size alone moves it, too: so that is told beside it."""
    number = moves_most(value, without, error)
    if number is None or value is None:
        return ()
    words, spectrum = int(sizes[source == number].sum()), inputs.spectra[language]
    parameters: dict[str, Parameter] = {
        "language": language,
        "source": f"{names[number]}/" if names[number] else "./",
        "share": words / spectrum.n,
        "value": value,
        "without": float(without[number]),
        "by_size": expected_coverage(spectrum.k, spectrum.f_k, spectrum.n - words),
    }
    return (told("source_moves_coverage", f"lang:{language}", parameters, largest_documents(inputs, source == number, sizes)),)


def _of_new_documents(subject: str, n: int, counts: csr_matrix, level: float) -> Estimate:
    method = computed("chao_jost_by_incidence")
    value, left_out = coverage_of_new_documents(counts)
    if value is None and len(left_out):
        return NEW_DOCUMENTS.undefined(subject, n, method, "undefined_no_shared_words", n=len(left_out))
    if value is None:
        return NEW_DOCUMENTS.undefined(subject, n, method, "undefined_too_few_groups", n=int(n > 0), needed=2)
    interval = jackknife_interval(value, left_out, level, bounds=(0.0, 1.0))
    how = computed("jackknife_of_documents") if interval is not None else computed("no_interval_fewer_documents", needed=MINIMUM_GROUPS)
    return NEW_DOCUMENTS.given(subject, value, n, method + how, interval, level)


def _of_index(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject, counted = f"lang:{language}", inputs.stats.options
    method = computed("variance_of_u")
    if counted.weights != "flat":
        return Estimates(estimates=tuple(m.undefined(subject, 0, method, "undefined_weighted_pairs") for m in (U_EFFECT, U_MOVED)))
    cells = inputs.pair_cells[language]
    n, covered = int(cells.totals().sum()), joint_coverage(cells)
    if covered is None or covered < options.min_joint_coverage:
        code, needed = "undefined_low_joint_coverage", options.min_joint_coverage
        return Estimates(estimates=tuple(m.undefined(subject, n, method, code, coverage=covered or 0.0, needed=needed) for m in (U_EFFECT, U_MOVED)))
    value, left_out, filled = association_index(cells), index_without_each_group(cells), cells.filled_groups()
    independent = independent_error_of_index(cells, options.seed) if len(left_out) >= MINIMUM_GROUPS else 0.0
    effect = _design_effect(U_EFFECT, subject, n, method, left_out, independent, options.level, DEALINGS * (len(left_out) - 1.0))
    moved = _moved(U_MOVED, subject, n, computed("change_without_group"), value, left_out, tuple(str(group) for group in filled))
    number = moves_most(value, left_out, jackknife_error(left_out))
    if number is None or value is None or not makes_most_of_the_spread(left_out, number):
        return Estimates(estimates=(effect, moved))
    return Estimates(estimates=(effect, moved), findings=_documents_that_move(inputs, language, cells, int(filled[number]), value, left_out[number]))


def _documents_that_move(inputs: Inputs, language: str, cells: GroupedCells, group: int, value: float, without: float) -> tuple[Finding, ...]:
    """Name the largest document of the group that moves U far; none where it holds rows of tables alone, which are dealt to groups one by one."""
    sizes = np.asarray(inputs.document_terms[language].sum(axis=1)).ravel()
    chosen = (inputs.document_groups == group) & (sizes > 0)
    documents = largest_documents(inputs, chosen, sizes)
    if not documents:
        return ()
    parameters: dict[str, Parameter] = {
        "language": language,
        "largest": documents[0],
        "documents": int(chosen.sum()),
        "share": float(cells.counts[:, group].sum() / cells.counts.sum()),
        "value": value,
        "without": float(without),
    }
    return (told("documents_move_sparsity", f"lang:{language}", parameters, documents),)


def _design_effect(
    measure: Measure, subject: str, n: int, method: Method, left_out: Floats, independent: float, level: float, freedom: float = np.inf
) -> Estimate:
    error = jackknife_error(left_out)
    if error is None:
        return measure.undefined(subject, n, method, "undefined_too_few_groups", n=len(left_out), needed=MINIMUM_GROUPS)
    found = effect_of_clustering(error, independent, len(left_out), level, freedom)
    if found is None:
        return measure.undefined(subject, n, method, "undefined_constant")
    how = computed("chi_square_interval" if np.isinf(freedom) else "f_interval", groups=len(left_out))
    return measure.given(subject, found[0], n, method + how, found[1], level)


def _moved(measure: Measure, subject: str, n: int, method: Method, value: float | None, without: Floats, names: tuple[str, ...]) -> Estimate:
    """Give the largest change that leaving out one source makes, with its sign: T - T without it, as a part of T."""
    usable = np.flatnonzero(np.isfinite(without)) if len(without) else np.zeros(0, np.int64)
    if value is None or value == 0 or len(names) < 2 or len(usable) == 0:
        return measure.undefined(subject, n, method, "undefined_too_few_groups", n=len(names), needed=2)
    changes = (value - without[usable]) / value
    most = int(np.abs(changes).argmax())
    told = method + computed("moved_most_by", name=names[usable[most]], of=len(names))
    told += computed("without_one", low=float(without[usable].min()), high=float(without[usable].max())) + computed("no_interval")
    return measure.given(subject, float(changes[most]), n, told)


INFLUENCE = Estimator(
    name="influence",
    question="Do the headline numbers hang on single sources, and how far are documents from independent?",
    reference=f"{SOURCES}; {CLUSTERS}",
    function=estimate_influence,
)
