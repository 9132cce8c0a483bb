"""Signals from how documents are built and which belong together: templates whose words are shared, and one text in two languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from corpuskit.counts import CorpusStats, near_groups
from corpuskit.tasks.catalogue import Task, normal
from corpuskit.tasks.parallel import parallel_documents
from corpuskit.tasks.signals import INSIDE, ByDocument, Signal

LIKENESS = 0.8
"""Estimated Jaccard similarity of filled-in copies of one form; the threshold that near-duplicates are found with by default."""
FEWEST_HEADINGS = 3
"""Equal headings that make a build; because one or two ("Introduction", "Summary") stand in documents of every kind."""


def template_clusters(stats: CorpusStats, fewest: int) -> tuple[tuple[str, ...], ...]:
    """Group documents of one build: near-duplicates (filled-in forms), and documents with the same sequence of at least three headings.

    Parameters
    ----------
    stats : CorpusStats
    fewest : int
        Smaller groups are left out.

    Returns
    -------
    tuple of tuple of str
        A document may be in one group of each kind.
    """
    groups = [*near_groups(stats, LIKENESS), *_same_headings(stats)]
    return tuple(tuple(sorted(group)) for group in groups if len(group) >= fewest)


def _same_headings(stats: CorpusStats) -> list[tuple[str, ...]]:
    headed = np.flatnonzero(np.diff(stats.heading_terms.indptr))
    if not len(headed):
        return []
    outline: dict[str, list[bytes]] = defaultdict(list)
    documents = stats.sections["document"].gather(headed.tolist()).to_list()
    for row, document in zip(headed.tolist(), documents, strict=True):
        start, end = stats.heading_terms.indptr[row : row + 2]
        outline[document].append(stats.heading_terms.indices[start:end].tobytes())
    alike: dict[tuple[bytes, ...], list[str]] = defaultdict(list)
    copies = dict(stats.documents.select("document", "sha256").iter_rows())
    seen: set[tuple[tuple[bytes, ...], str]] = set()
    for document, headings in sorted(outline.items()):
        key = tuple(headings)
        if len(set(headings)) >= FEWEST_HEADINGS and (key, copies[document]) not in seen:
            alike[key].append(document)
            seen.add((key, copies[document]))
    return [tuple(group) for group in alike.values()]


def with_templates(
    stats: CorpusStats, signals: ByDocument, tasks: Mapping[str, Task], fewest: int, clusters: Sequence[Sequence[str]] | None = None
) -> ByDocument:
    """Add a ``template`` signal where a word of the work is shared by at least ``fewest`` documents of one cluster.

    Parameters
    ----------
    stats, signals, tasks, fewest
        As :func:`~corpuskit.tasks.signals.signals_by_document` gives and :func:`template_clusters` takes them.
    clusters : sequence of sequences of str, optional
        Default: those of the corpus.

    Returns
    -------
    dict
        A new one; no signal is taken away.
    """
    added: ByDocument = {key: list(own) for key, own in signals.items()}
    inside = set(stats.signals.filter(pl.col("signal").is_in(INSIDE))["task"].unique().to_list())
    for members in template_clusters(stats, fewest) if clusters is None else clusters:
        for task in (tasks[name] for name in sorted(inside & set(tasks))):
            content = task.words_of_the_work
            words = {
                document: {s.cue for s in signals.get((task.id, document), ()) if s.place in INSIDE and normal(s.cue) in content}
                for document in members
            }
            often = Counter(cue for found in words.values() for cue in found)
            shared = {cue for cue, number in often.items() if number >= fewest}
            for document, found in words.items():
                if both := sorted(found & shared):
                    added[task.id, document].append(Signal("template", both[0], len(members), ""))
    return added


def with_pairs(stats: CorpusStats, signals: ByDocument, tasks: Mapping[str, Task]) -> ByDocument:
    """Add a ``pair`` signal to both documents of one text in two languages, for tasks that translate.

    It is two independent signals in one: the names differ in marks of the language only, and the texts are in two languages. The quote of its
    evidence names the other document.
    """
    added: ByDocument = {key: list(own) for key, own in signals.items()}
    for task in tasks.values():
        if task.kind == "translate":
            for english, japanese in parallel_documents(stats):
                for document, other in ((english, japanese), (japanese, english)):
                    added.setdefault((task.id, document), []).append(Signal("pair", "pair", 1, other))
    return added
