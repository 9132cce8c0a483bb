"""What a folder's owner can do about cues that do not find their sections: merge copies, retire versions, rename headings, look at dead sections."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.retrieval.retrieval_causes import Dead, Displaced, dead_passages, displaced
from corpuskit.estimators.retrieval.retrieval_cues import Cues, Passages, marks_of
from corpuskit.estimators.retrieval.retrieval_measures import share_of_cues
from corpuskit.estimators.retrieval.retrieval_scores import Scorer
from corpuskit.estimators.specification import Estimates, Measure
from corpuskit.finding import Evidence, Finding, Level, Parameter
from corpuskit.text import mask

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Parameters = dict[str, Parameter]

OF_MISSES = {
    "copies": Measure("retrieval_misses_with_copies", "misses", "D", "Ruzicka 1958; Clopper and Pearson 1934; Kish 1965"),
    "versions": Measure("retrieval_misses_with_versions", "misses", "D", "Clopper and Pearson 1934; Kish 1965"),
    "mended": Measure("retrieval_misses_mended", "misses", "D", "Clopper and Pearson 1934; Kish 1965"),
}
DEAD = Measure("dead_section_share", "sections", "D", "Robertson and Zaragoza 2009 (BM25); Clopper and Pearson 1934; Kish 1965")

FEWEST_MISSES = 5
"""Misses with the same cause from which it is reported, because fewer are mended by hand while they are looked at."""

SHARED = 3
"""Sections under headings of the same words from which the heading is called generic, because two may be a pair of versions."""

MOST_EVIDENCE = 5
"""Documents named as evidence, because a reader checks a handful and then trusts or distrusts the rest."""

MOST_ROWS = 20
"""Rows of a list: a reader can act on few."""


def estimate_causes(
    inputs: Inputs,
    passages: Passages,
    every: Cues,
    headings: Cues,
    ranks: Floats,
    weights: csr_matrix,
    words: Scorer,
    subject: str,
    options: EstimatorOptions,
) -> Estimates:
    """Measure what hides sections, and name the sections.

    Takes every heading, those that were tried, their ranks by BM25, and its weights and scorer (``words``).
    """
    depth, alike = options.retrieval_depth, inputs.text.duplicate_threshold
    found = displaced(passages, headings, ranks, words, alike, options.seed)
    dead = dead_passages(passages, every, weights, words, depth, options.max_headings, options.seed)
    generic = _generic(passages, every, headings, ranks, subject, depth)
    return Estimates(
        estimates=(*_of_misses(found, subject, alike, options), _dead_share(dead, passages, subject, options)),
        series=(*generic.series, *_dead_list(dead, passages, every, subject)),
        findings=(*_hidden(found, passages, subject), *generic.findings, *_dead_finding(dead, passages, every, subject)),
    )


def _of_misses(found: Displaced, subject: str, alike: float, options: EstimatorOptions) -> tuple[Estimate, ...]:
    n = found.misses.n
    methods = {
        "copies": computed("misses_with_copies", likeness=alike),
        "versions": computed("misses_with_versions"),
        "mended": computed("misses_mended"),
    }
    flags = {"copies": found.copies, "versions": found.versions, "mended": found.mended}
    given = []
    for cause, method in methods.items():
        if not n:
            given.append(OF_MISSES[cause].undefined(subject, 0, method, "undefined_no_misses"))
            continue
        value, interval, effect = share_of_cues(flags[cause], found.misses.documents, options.level)
        told = method + computed("exact_with_design_effect", effect=effect)
        given.append(OF_MISSES[cause].given(subject, value, n, told, interval, options.level))
    return tuple(given)


def _dead_share(dead: Dead, passages: Passages, subject: str, options: EstimatorOptions) -> Estimate:
    """Formula: dead passages over all; where not all candidates were tried, times candidates over tried, and so is the exact interval."""
    depth = options.retrieval_depth
    method = computed("dead_sections", depth=depth)
    flags = np.zeros(passages.n, bool)
    flags[dead.passages] = True
    if dead.tried < dead.candidates:
        method += computed("dead_sections_tried", tried=dead.tried, candidates=dead.candidates)
    scale = dead.candidates / dead.tried if dead.tried else 1.0
    _, (low, high), effect = share_of_cues(flags, passages.documents, options.level)
    value = float(flags.mean()) * scale
    told = method + computed("exact_with_design_effect", effect=effect)
    return DEAD.given(subject, value, passages.n, told, (min(low * scale, 1.0), min(high * scale, 1.0)), options.level)


def _hidden(found: Displaced, passages: Passages, subject: str) -> tuple[Finding, ...]:
    """Report copies and versions that come first in place of the section that is looked for."""
    codes = (("copies_hide_sections", found.copies), ("versions_hide_sections", found.versions & ~found.copies))
    made = []
    for code, flags in codes:
        count = int(flags.sum())
        if count < FEWEST_MISSES:
            continue
        pairs = [(found.misses.own[place], found.by[place]) for place in np.flatnonzero(flags)]
        named = dict.fromkeys(passage for pair in pairs for passage in pair if passage >= 0)
        parameters: Parameters = {"language": passages.language, "count": count, "misses": found.misses.n, "share": count / found.misses.n}
        made.append(_finding(code, subject, "warning", parameters, _evidence(list(named), passages)))
    return tuple(made)


def _generic(passages: Passages, every: Cues, headings: Cues, ranks: Floats, subject: str, depth: int) -> Estimates:
    """List headings of the same words over several sections whose sections are not found."""
    marks, first, which, sizes = np.unique(marks_of(every.terms), return_index=True, return_inverse=True, return_counts=True)
    tried = np.searchsorted(marks, marks_of(headings.terms))
    missed = np.bincount(tried[ranks > depth], minlength=len(marks))
    all_tried = np.bincount(tried, minlength=len(marks))
    generic = np.flatnonzero((sizes >= SHARED) & (missed > 0))
    if int(missed[generic].sum()) < FEWEST_MISSES:
        return Estimates()
    texts = {int(place): _words(every.terms, int(first[place]), passages) for place in generic}
    order = sorted(texts, key=lambda place: (-int(missed[place]), -int(sizes[place]), int(first[place])))[:MOST_ROWS]
    rows = tuple((texts[place], int(sizes[place]), int(all_tried[place]), int(missed[place])) for place in order)
    columns = ("heading", "sections", "tried", "missed")
    series = Series(id=f"generic_headings@{subject}", name="generic_headings", subject=subject, columns=columns, rows=rows)
    count = int(missed[generic].sum())
    parameters: Parameters = {
        "language": passages.language,
        "headings": len(generic),
        "count": count,
        "share": count / int((ranks > depth).sum()),
        "example": rows[0][0],
    }
    shown = every.own[which == order[0]]
    return Estimates(series=(series,), findings=(_finding("generic_headings", subject, "note", parameters, _evidence(shown.tolist(), passages)),))


def _dead_list(dead: Dead, passages: Passages, every: Cues, subject: str) -> tuple[Series, ...]:
    if not len(dead.passages):
        return ()
    sizes = np.asarray(passages.texts.sum(axis=1)).ravel()
    largest = dead.passages[np.lexsort((dead.passages, -sizes[dead.passages]))][:MOST_ROWS]
    rows = tuple((_document(passages, int(place)), _place(passages, every, int(place)), int(sizes[place])) for place in largest)
    return (Series(id=f"dead_sections@{subject}", name="dead_sections", subject=subject, columns=("document", "place", "words"), rows=rows),)


def _dead_finding(dead: Dead, passages: Passages, every: Cues, subject: str) -> tuple[Finding, ...]:
    count = len(dead.passages)
    if not count:
        return ()
    parameters: Parameters = {"language": passages.language, "count": count, "sections": passages.n, "share": count / passages.n}
    evidence = tuple(
        Evidence(document=_document(passages, one), quote=_place(passages, every, one), place=_locator(passages, one))
        for one in dead.passages[:MOST_EVIDENCE].tolist()
    )
    return (_finding("dead_sections", subject, "note", parameters, evidence),)


def _finding(code: str, subject: str, level: Level, parameters: Parameters, evidence: tuple[Evidence, ...]) -> Finding:
    return Finding(id=f"{code}@{subject}", level=level, code=code, parameters=parameters, evidence=evidence)


def _evidence(places: Sequence[int], passages: Passages) -> tuple[Evidence, ...]:
    documents = dict.fromkeys(_document(passages, int(place)) for place in places)
    return tuple(Evidence(document=document) for document in list(documents)[:MOST_EVIDENCE])


def _document(passages: Passages, place: int) -> str:
    return str(passages.stats.sections["document"][int(passages.rows[place])])


def _place(passages: Passages, every: Cues, place: int) -> str:
    """Say where a section stands: its locator, else the words of its heading, else its number."""
    if locator := _locator(passages, place):
        return locator
    row = int(passages.rows[place])
    cue = np.flatnonzero(every.own == place)
    return _words(every.terms, int(cue[0]), passages) if len(cue) else f"#{int(passages.stats.sections['ordinal'][row]) + 1}"


def _locator(passages: Passages, place: int) -> str:
    return str(passages.stats.sections["locator"][int(passages.rows[place])])


def _words(terms: csr_matrix, cue: int, passages: Passages) -> str:
    """Give the words of a heading, sorted: their order was not counted."""
    columns = passages.columns[terms.indices[terms.indptr[cue] : terms.indptr[cue + 1]]]
    return mask(" ".join(sorted(passages.stats.terms["form"].gather(columns).to_list())))
