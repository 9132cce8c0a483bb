"""Robustness of the headline numbers: how much clustering in documents widens them, and how far a single source or group moves them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import chdtri, fdtri

from corpuskit.counts import column_sums, row_sums
from corpuskit.estimators.document_groups import filled_rows
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.information.draw_error import cells_drawn
from corpuskit.estimators.information.grouped_cells import GroupedCells
from corpuskit.estimators.information.independent_index import DEALINGS, DEALT, error_by_observation, error_of_dealt, index_by_groups
from corpuskit.estimators.information.joint_cells import joint_coverage
from corpuskit.estimators.information.joint_parts import JointParts
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import MINIMUM_GROUPS, jackknife_error
from corpuskit.estimators.robustness.influential import largest_documents, makes_most_of_the_spread, moves_most, told
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.vocabulary.coverage import expected_coverage
from corpuskit.estimators.vocabulary.new_documents import NewDocuments
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.finding import Finding, Parameter
from corpuskit.text import source_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SOURCES = "Quenouille 1956; Tukey 1958"
CLUSTERS = "Kish 1965"
COVERAGE_EFFECT = Measure("coverage_design_effect", "tokens", "E", f"{CLUSTERS}; Esty 1983")
COVERAGE_MOVED = Measure("coverage_influence", "tokens", "E", SOURCES)
NEW_DOCUMENTS = Measure("coverage_of_new_documents", "tokens", "E", "Chao and Jost 2012; Esty 1983")
U_EFFECT = Measure("sparsity_u_design_effect", "pairs", "E", f"{CLUSTERS}; Quenouille 1956")
U_MOVED = Measure("sparsity_u_influence", "pairs", "E", SOURCES)


def effect_of_clustering(
    error: float, independent: float, freedom: float, level: float = 0.95, freedom_of_independent: float = np.inf
) -> tuple[float, tuple[float, float]] | None:
    """Give the design effect: the variance between whole documents over that of independent observations.

    Formula: ``(SE_documents / SE_independent)^2``; interval of a variance by chi-square, of a ratio of two by F. Reference: Kish 1965.

    Parameters
    ----------
    error : float
        Standard error of whole documents.
    independent : float
        Standard error were all observations independent.
    freedom : float
        Degrees of freedom of its square: of a jackknife over g groups g - 1.
    level : float
        Confidence level.
    freedom_of_independent : float
        Degrees of freedom of the independent variance; infinite where it comes from a formula.

    Returns
    -------
    (float, (float, float)) or None
        None when the independent error is 0: there is nothing to compare.
    """
    if independent <= 0:
        return None
    effect, tails = (error / independent) ** 2, ((1 + level) / 2, (1 - level) / 2)
    if np.isinf(freedom_of_independent):
        high, low = (float(chdtri(freedom, 1 - tail)) / freedom for tail in tails)
    else:
        high, low = (float(fdtri(freedom, freedom_of_independent, tail)) for tail in tails)
    return effect, (effect / high, effect / low)


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
    totals = column_sums(counts)
    n, once, twice = float(totals.sum()), int((totals == 1).sum()), int((totals == 2).sum())
    found = []
    for source in range(int(sources.max(initial=-1)) + 1):
        part = csr_matrix(counts[np.flatnonzero(sources == source)])
        summed = np.bincount(part.indices, weights=part.data, minlength=counts.shape[1])
        types = np.flatnonzero(summed)
        here, before = summed[types], totals[types]
        f1, f2 = (seen + int((before - here == number).sum()) - int((before == number).sum()) for seen, number in ((once, 1), (twice, 2)))
        value = chao_jost_coverage(float(f1), float(f2), n - float(here.sum()))
        found.append(np.nan if value is None else value)
    return np.array(found)


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
    value, left_out = chao_jost_coverage(f1, f2, n), inputs.coverage_without_documents[language]
    independent = float(np.sqrt(max(f1 * (n - f1) + 2 * n * f2, 0.0) / n**3)) if n else 0.0
    new = inputs.new_documents[language]
    effect = _effect_on_coverage(subject, n, new, independent, options.level)
    names = [source_of(name) for name in inputs.stats.documents["document"]]
    sizes = row_sums(counts)
    kept = np.flatnonzero(np.diff(counts.indptr) > 0)
    known = sorted({names[row] for row in kept})
    place = {name: number for number, name in enumerate(known)}
    source = np.full(len(names), -1, np.int64)
    source[kept] = [place[names[row]] for row in kept]
    without = without_each_source(filled_rows(counts), source[kept])
    moved = _moved(COVERAGE_MOVED, subject, n, computed("change_without_source"), value, without, tuple(known))
    findings = _sources_that_move(inputs, language, value, without, jackknife_error(left_out), known, source, sizes)
    return Estimates(estimates=(effect, moved, _of_new_documents(subject, n, new, options.level)), findings=findings)


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


def _effect_on_coverage(subject: str, n: int, found: NewDocuments, independent: float, level: float) -> Estimate:
    """Hold the error of the coverage of new documents against Esty's for independent tokens, so that uneven lengths alone make no effect."""
    method = computed("variance_of_coverage")
    if found.documents < MINIMUM_GROUPS:
        return COVERAGE_EFFECT.undefined(subject, n, method, "undefined_too_few_groups", n=found.documents, needed=MINIMUM_GROUPS)
    if found.error is None:
        return COVERAGE_EFFECT.undefined(subject, n, method, "undefined_no_shared_words", n=found.documents)
    effect = effect_of_clustering(found.error, independent, found.freedom, level)
    if effect is None:
        return COVERAGE_EFFECT.undefined(subject, n, method, "undefined_constant")
    return COVERAGE_EFFECT.given(subject, effect[0], n, method + computed("chi_square_interval", freedom=found.freedom), effect[1], level)


def _of_new_documents(subject: str, n: int, found: NewDocuments, level: float) -> Estimate:
    method = computed("chao_jost_by_incidence")
    if found.value is None and found.documents >= 2:
        return NEW_DOCUMENTS.undefined(subject, n, method, "undefined_no_shared_words", n=found.documents)
    if found.value is None:
        return NEW_DOCUMENTS.undefined(subject, n, method, "undefined_too_few_groups", n=int(n > 0), needed=2)
    interval = found.interval(level)
    how = computed("esty_of_documents") if interval is not None else computed("no_interval_fewer_documents", needed=MINIMUM_GROUPS)
    return NEW_DOCUMENTS.given(subject, found.value, n, method + how, interval, level)


def _of_index(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject, counted = f"lang:{language}", inputs.stats.options
    method = computed("variance_of_u")
    if counted.weights != "flat":
        return Estimates(estimates=tuple(m.undefined(subject, 0, method, "undefined_weighted_pairs") for m in (U_EFFECT, U_MOVED)))
    cells = inputs.pair_cells[language]
    n, covered = cells.observations, joint_coverage(cells)
    if covered is None or covered < options.min_joint_coverage:
        code, needed = "undefined_low_joint_coverage", options.min_joint_coverage
        return Estimates(estimates=tuple(m.undefined(subject, n, method, code, coverage=covered or 0.0, needed=needed) for m in (U_EFFECT, U_MOVED)))
    parts, filled = JointParts.of(cells), cells.filled_groups()
    found = index_by_groups(parts, filled)
    value, left_out = (float(found[0]) if np.isfinite(found[0]) else None), found[1:] if len(filled) > 1 else np.zeros(0)
    effect = _effect_on_index(cells, parts, subject, left_out, options)
    moved = _moved(U_MOVED, subject, n, computed("change_without_group") + cells_drawn(cells), value, left_out, tuple(str(group) for group in filled))
    number = moves_most(value, left_out, jackknife_error(left_out))
    if number is None or value is None or not makes_most_of_the_spread(left_out, number):
        return Estimates(estimates=(effect, moved))
    return Estimates(estimates=(effect, moved), findings=_documents_that_move(inputs, language, parts, int(filled[number]), value, left_out[number]))


def _effect_on_index(cells: GroupedCells, parts: JointParts, subject: str, left_out: Floats, options: EstimatorOptions) -> Estimate:
    """Compare with pairs dealt at random, or in a large table with the jackknife over single pairs, whose variance is known as from a formula."""
    n, enough = cells.observations, len(left_out) >= MINIMUM_GROUPS
    if cells.whole is None and len(cells.rows) <= DEALT:
        independent, freedom = (error_of_dealt(cells, options.seed) if enough else 0.0), DEALINGS * (len(left_out) - 1.0)
        return _design_effect(subject, n, computed("variance_of_u"), left_out, independent, options.level, freedom)
    independent = error_by_observation(cells, parts) if enough else 0.0
    method = computed("variance_of_u_over_pairs") + cells_drawn(cells)
    return _design_effect(subject, n, method, left_out, independent, options.level)


def _documents_that_move(inputs: Inputs, language: str, parts: JointParts, group: int, value: float, without: float) -> tuple[Finding, ...]:
    """Name the largest document of the group that moves U far; none where it holds rows of tables alone, which are dealt to groups one by one."""
    sizes = row_sums(inputs.document_terms[language])
    chosen = (inputs.document_groups == group) & (sizes > 0)
    documents = largest_documents(inputs, chosen, sizes)
    if not documents:
        return ()
    parameters: dict[str, Parameter] = {
        "language": language,
        "largest": documents[0],
        "documents": int(chosen.sum()),
        "share": float(parts.sizes[group] / parts.sizes.sum()),
        "value": value,
        "without": float(without),
    }
    return (told("documents_move_sparsity", f"lang:{language}", parameters, documents),)


def _design_effect(
    subject: str, n: int, method: Method, left_out: Floats, independent: float, level: float, freedom_of_independent: float = np.inf
) -> Estimate:
    error, freedom = jackknife_error(left_out), len(left_out) - 1.0
    if error is None:
        return U_EFFECT.undefined(subject, n, method, "undefined_too_few_groups", n=len(left_out), needed=MINIMUM_GROUPS)
    found = effect_of_clustering(error, independent, freedom, level, freedom_of_independent)
    if found is None:
        return U_EFFECT.undefined(subject, n, method, "undefined_constant")
    how = computed("chi_square_interval", freedom=freedom) if np.isinf(freedom_of_independent) else computed("f_interval", groups=len(left_out))
    return U_EFFECT.given(subject, found[0], n, method + how, found[1], level)


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
