"""Moved terms: names whose company differs between departments, or between older and newer documents.

Co-occurrence within the window is kept by random group of documents only, so the company of a term is here what stands in the same section; that is
kept for every document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from corpuskit.counts import TIME_WORDS, benjamini_hochberg, choose_columns, dates_of
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator
from corpuskit.estimators.words.neighbourhoods import TermSpace, terms_of_sections
from corpuskit.finding import Evidence, Finding

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FEWEST_DOCUMENTS = 8
"""Documents that hold a term on either side, because the halves of fewer say nothing about how steady its company is there."""

MOST_TERMS = 60
"""Terms compared at most, those on most documents, because each takes some hundred shuffles of its documents."""

CONTEXTS = 1_000
"""Context words compared at most, the most frequent ones: those behind them are seen with a term a few times only."""

MOST_DOCUMENTS = 100
"""Documents of a term compared on either side at most, drawn at random, because shuffling takes the square of their number and 100 are enough to see
a company that differs by half."""

SHUFFLES = 1999
"""Random dealings of a term's documents to the two sides, because p then goes down to 1 in 2,000: a single one of sixty terms can be seen at 5 %."""

HALVINGS = 200
"""Random halves of either side, because the mean of their likeness is then known to a hundredth."""

FALSE_SHARE = 0.05
"""Share of false terms among those that are named, at most (Benjamini and Hochberg 1995)."""

CALENDAR = re.compile(
    rf"{TIME_WORDS.pattern}|dates?|days?|today|weeks|months|years|日付|日時|曜日|今日|今年|今月|翌[日月年]|[月火水木金土日]曜(?:日)?"
)
"""Words that are not compared between older and newer documents, because that they stand beside other dates there is no change of meaning."""

LESS_ALIKE = 0.5
"""A term has moved where its two sides are less than half as alike as the halves of each side, because documents of two departments differ a little
in the company of every word."""

STEADY = 0.2
"""Likeness of the halves of a side below which nothing is said, because a company that does not agree with itself cannot be seen to move."""

MOST_SHOWN = 20
"""Terms that are named, as many as the report shows of a table."""

TYPICAL = 4
"""Companions that are named for either side."""

MOST_EVIDENCE = 2
"""Documents that the finding names of either side."""

REFERENCE = "Gulordava and Baroni 2011; Benjamini and Hochberg 1995; Phipson and Smyth 2010"


@dataclass(frozen=True, eq=False)
class Sides:
    """Two parts of a corpus: ``side`` is 0 or 1 for each document, -1 for those in neither; ``kind`` is "source" or "time"."""

    kind: str
    names: tuple[str, str]
    side: Integers


@dataclass(frozen=True, slots=True)
class Moved:
    """A term, how alike its company is across the sides and within them, and how likely that is by chance."""

    row: int
    across: float
    within: float
    p: float


def sides_of(inputs: Inputs, language: str) -> tuple[Sides, ...]:
    """Give the two sources with most documents of the language, and the older and the newer half of the dated documents, where each has enough."""
    held = np.diff(inputs.document_terms[language].indptr) > 0
    names = inputs.sources
    found = []
    filled = Counter(name for name, keep in zip(names, held, strict=True) if keep and name)
    known = sorted(filled, key=lambda name: (-filled[name], name))[:2]
    if len(known) == 2:
        place = {name: number for number, name in enumerate(known)}
        found.append(Sides("source", (known[0], known[1]), np.array([place.get(name, -1) for name in names], np.int64)))
    dates = {one.document: one.own for one in dates_of(inputs.stats)}
    dated = np.array([dates.get(document, "") for document in inputs.stats.documents["document"]])
    days = np.sort(dated[held & (dated != "")])
    if len(days) >= 2 * FEWEST_DOCUMENTS and days[0] < days[len(days) // 2]:
        middle = str(days[len(days) // 2])
        side = np.where(dated == "", -1, np.where(dated < middle, 0, 1)).astype(np.int64)
        found.append(Sides("time", (middle, middle), side))
    return tuple(found)


def documents_with(where: Integers, counts: Integers, owner: Integers, totals: Integers) -> tuple[Integers, Integers]:
    """Give the documents that hold a term, and how many other words stand in its sections there.

    Parameters
    ----------
    where, counts : int64 arrays, shape (k,)
        Sections that hold the term, and how often each does.
    owner, totals : int64 arrays, shape (sections,)
        Document of each section, and its words.
    """
    documents, place = np.unique(owner[where], return_inverse=True)
    return documents.astype(np.int64), np.bincount(place, weights=totals[where] - counts).astype(np.int64)


def company_by_document(sections: csr_matrix, owner: Integers, term: int, where: Integers, among: Integers) -> tuple[Integers, Floats]:
    """Give the documents that hold a term in a section, and the words of these sections for each of them.

    Parameters
    ----------
    sections : csr_matrix, shape (sections, m)
        Words of each section.
    owner : int64 array, shape (sections,)
        Document of each section.
    term : int
        Column of the term; it is no company of itself.
    where : int64 array, shape (k,)
        Sections that hold it.
    among : int64 array
        Documents that are looked at: a common term stands in most documents of a large corpus.

    Returns
    -------
    documents : int64 array, shape (d,)
    company : array, shape (d, m)
    """
    where = where[np.isin(owner[where], among)]
    documents, place = np.unique(owner[where], return_inverse=True)
    belongs = csr_matrix((np.ones(len(where)), (place, np.arange(len(where)))), shape=(len(documents), len(where)))
    company = np.asarray((belongs @ sections[where]).toarray(), dtype=float)
    company[:, term] = 0.0
    return documents.astype(np.int64), company


def beyond_chance(company: Floats, usual: Floats) -> Floats:
    """Give the company of each document beyond what the words of its side lead to expect, in standard deviations of independent words.

    Formula: ``(c_dw - n_d q_w) / sqrt(q_w) / n_d``, q the shares of the words on the side of the document (Pearson residuals for one running word).
    So a term has not moved only because one department talks of other things throughout, and a long document does not outweigh the others.
    """
    sizes = company.sum(axis=1, keepdims=True)
    expected = sizes * usual
    return np.asarray((company - expected) / np.sqrt(np.maximum(usual, 1e-12)) / np.maximum(sizes, 1.0))


def likeness(first: Floats, second: Floats) -> Floats:
    """Give the cosine of rows, 0 for an empty one. Shapes (k, m)."""
    lengths = np.linalg.norm(first, axis=-1) * np.linalg.norm(second, axis=-1)
    products = np.einsum("...m,...m->...", first, second)
    return np.asarray(np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0))


def compare_sides(residuals: Floats, side: Integers, seed: int = 0, shuffles: int = SHUFFLES) -> tuple[float, float, float]:
    """Compare the mean company of a term on two sides with that of random halves of each side, and with random sides.

    Parameters
    ----------
    residuals : array, shape (d, m)
        Company of each document that holds the term.
    side : int64 array, shape (d,)
        0 or 1.
    seed : int
    shuffles : int

    Returns
    -------
    across : float
        Cosine of the means of random halves of the two sides, each of the size that ``within`` compares, mean of the dealings.
    within : float
        The lower of the two sides' own: cosine of the means of two halves, mean of the dealings.
    p : float
        One-sided, ``(1 + number of random sides that are at most as alike) / (1 + shuffles)`` (Phipson and Smyth 2010).
    """
    random = np.random.default_rng(seed)
    groups = [np.flatnonzero(side == number) for number in (0, 1)]
    smaller = min(len(group) for group in groups) // 2
    gram = residuals @ residuals.T
    halves = []
    for group in groups:
        dealt = np.argsort(random.random((HALVINGS, len(group))), axis=1)
        halves += [_chosen(group[dealt[:, :smaller]], len(side)), _chosen(group[dealt[:, smaller : 2 * smaller]], len(side))]
    within = min(float(_alike(halves[0], halves[1], gram).mean()), float(_alike(halves[2], halves[3], gram).mean()))
    across = float(_alike(halves[0], halves[2], gram).mean())
    seen = _alike((side == 0)[None, :] / len(groups[0]), (side == 1)[None, :] / len(groups[1]), gram)[0]
    order = np.argsort(random.random((shuffles, len(side))), axis=1)
    first, second = _chosen(order[:, : len(groups[0])], len(side)), _chosen(order[:, len(groups[0]) :], len(side))
    lower = int(np.sum(_alike(first, second, gram) <= seen + 1e-12))
    return across, within, (1 + lower) / (1 + shuffles)


def _chosen(places: Integers, size: int) -> Floats:
    weights = np.zeros((len(places), size))
    np.put_along_axis(weights, places, 1.0 / max(places.shape[1], 1), axis=1)
    return weights


def _alike(first: Floats, second: Floats, gram: Floats) -> Floats:
    """Give the cosine of weighted means of rows from the products of the rows."""
    towards = first @ gram
    lengths = np.einsum("kd,kd->k", towards, first) * np.einsum("kd,kd->k", second @ gram, second)
    products = np.einsum("kd,kd->k", towards, second)
    safe = np.maximum(lengths, 0.0)
    return np.asarray(np.divide(products, np.sqrt(safe), out=np.zeros_like(products), where=safe > 0))


def estimate_moved_terms(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Name for each language the terms whose company differs between its two largest sources, and between older and newer documents."""
    found = [_between(inputs, language, sides, options) for language in inputs.languages for sides in sides_of(inputs, language)]
    return Estimates(series=tuple(item for part in found for item in part.series), findings=tuple(item for part in found for item in part.findings))


def _between(inputs: Inputs, language: str, sides: Sides, options: EstimatorOptions) -> Estimates:
    space = inputs.term_spaces[language]
    columns = space.terms["column"].to_numpy().astype(np.int64)[:CONTEXTS]
    rows = _tested(choose_columns(inputs.document_terms[language], columns), sides.side)
    if sides.kind == "time":
        rows = rows[[CALENDAR.fullmatch(space.terms["form"][int(row)]) is None for row in rows]]
    if len(rows) == 0:
        return Estimates()
    sections, owner = terms_of_sections(inputs.stats, language, columns), inputs.documents_of_sections
    usual, totals = _usual(sections, owner, sides.side), np.asarray(sections.sum(axis=1)).ravel()
    held = csc_matrix(choose_columns(sections, rows))  # by term, so that the sections of each are at hand
    company: list[Floats] = []
    moved = []
    for number, row in enumerate(rows):
        entries = slice(held.indptr[number], held.indptr[number + 1])
        where = held.indices[entries].astype(np.int64)
        documents, others = documents_with(where, held.data[entries], owner, totals)
        side = sides.side[documents]
        kept = _drawn(np.where(others > 0, side, -1), options.seed)
        if min(np.sum(side[kept] == 0), np.sum(side[kept] == 1)) < FEWEST_DOCUMENTS:
            continue
        _, words = company_by_document(sections, owner, int(row), where, documents[kept])
        residuals = beyond_chance(words, usual[side[kept]])
        moved.append(Moved(int(row), *compare_sides(residuals, side[kept], options.seed)))
        company.append(np.stack([residuals[side[kept] == half].mean(axis=0) for half in (0, 1)]))
    return _told(inputs, language, sides, space, moved, company)


def _drawn(side: Integers, seed: int) -> Integers:
    """Choose at most 100 documents of either side."""
    random = np.random.default_rng(seed)
    groups = [np.flatnonzero(side == number) for number in (0, 1)]
    return np.sort(np.concatenate([random.permutation(group)[:MOST_DOCUMENTS] for group in groups]))


def _tested(counts: csr_matrix, side: Integers) -> Integers:
    """Choose the terms that enough documents of either side hold, those on most documents of the thinner side first."""
    held = np.stack([np.bincount(counts[side == number].indices, minlength=counts.shape[1]) for number in (0, 1)]).min(axis=0)
    order = np.argsort(-held, kind="stable")
    chosen: Integers = order[held[order] >= FEWEST_DOCUMENTS][:MOST_TERMS].astype(np.int64)
    return chosen


def _usual(sections: csr_matrix, owner: Integers, side: Integers) -> Floats:
    """Give the shares of the words on either side, shape (2, m)."""
    of = side[owner]
    totals = np.stack([np.asarray(sections[of == number].sum(axis=0), dtype=float).ravel() for number in (0, 1)]) + 0.5
    return np.asarray(totals / totals.sum(axis=1, keepdims=True))


def _told(inputs: Inputs, language: str, sides: Sides, space: TermSpace, moved: Sequence[Moved], company: Sequence[Floats]) -> Estimates:
    if not moved:
        return Estimates()
    adjusted = benjamini_hochberg([each.p for each in moved])
    named = [
        number
        for number, each in enumerate(moved)
        if adjusted[number] <= FALSE_SHARE and each.within >= STEADY and each.across < LESS_ALIKE * each.within
    ]
    named.sort(key=lambda number: (moved[number].across - moved[number].within, moved[number].row))
    if not named:
        return Estimates()
    forms = space.terms["form"].to_list()
    rows = tuple(
        (forms[moved[number].row], *(_companions(part, forms) for part in company[number]), moved[number].across, moved[number].within)
        for number in named[:MOST_SHOWN]
    )
    subject, name = f"lang:{language}", f"terms_moved_by_{sides.kind}"
    finding = Finding(
        id=f"{name}@{language}",
        level="note",
        code=name,
        parameters={
            "language": language,
            "terms": len(named),
            "n": len(moved),
            "term": str(rows[0][0]),
            "first": sides.names[0],
            "second": sides.names[1],
            "first_company": str(rows[0][1]),
            "second_company": str(rows[0][2]),
        },
        evidence=_evidence(inputs, language, sides, int(space.terms["column"][moved[named[0]].row])),
    )
    columns = ("term", "first_company", "second_company", "across", "within")
    return Estimates(series=(Series(id=f"{name}@{subject}", name=name, subject=subject, columns=columns, rows=rows),), findings=(finding,))


def _companions(residual: Floats, forms: Sequence[str]) -> str:
    return ", ".join(forms[place] for place in np.argsort(-residual, kind="stable")[:TYPICAL])


def _evidence(inputs: Inputs, language: str, sides: Sides, column: int) -> tuple[Evidence, ...]:
    """Name the documents of either side that use the term most."""
    held = np.asarray(choose_columns(inputs.document_terms[language], np.array([column])).todense()).ravel()
    chosen = [np.argsort(-np.where(sides.side == number, held, -1), kind="stable")[:MOST_EVIDENCE] for number in (0, 1)]
    return tuple(Evidence(document=document) for document in inputs.stats.documents["document"].gather(np.concatenate(chosen)).to_list())


MOVED_TERMS = Estimator(
    name="moved_terms",
    question="Which names mean something else in another department, or meant something else before?",
    reference=REFERENCE,
    function=estimate_moved_terms,
)
