"""Signals that speak for a task in a document, and which two of them are independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import polars as pl

from corpuskit.counts import CorpusStats
from corpuskit.tasks.catalogue import Task, normal

OUTSIDE = frozenset({"path", "title"})
INSIDE = frozenset({"body", "heading"})
PLACES = ("path", "title", "heading", "column", "cell", "body", "template", "pair")
"""Where a signal stands. ``cell``: a pattern that a whole cell of a row matches; ``template``: a word that several documents of one build share;
``pair``: the same name in another language, with a text in it."""
SHARED_START = 5
"""Two English words with this many equal first letters are one word ("policy", "policies"): an inflected form is no second signal."""

ByDocument = dict[tuple[str, str], list["Signal"]]
"""Signals by (task, document)."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One cue in one place of one document."""

    place: str
    cue: str
    count: int
    quote: str


@cache
def same_word(a: str, b: str) -> bool:
    """Tell whether two cues are one word: equal, one inside the other, or (in Latin letters) every word of one an inflected form in the other."""
    a, b = normal(a), normal(b)
    if a in b or b in a:
        return True
    short, long = sorted((a.split(), b.split()), key=len)
    return all(any(_inflected(one, other) for other in long) for one in short)


def _inflected(a: str, b: str) -> bool:
    return a == b or (a.isascii() and b.isascii() and a[:SHARED_START] == b[:SHARED_START] and min(len(a), len(b)) >= SHARED_START)


def independent(task: Task, signals: Iterable[Signal], *, dense: bool = True) -> bool:
    """Tell whether two independent signals for a task meet.

    Independent are:

    - a path or title together with running text, heading or column name;
    - running text together with heading or column name;
    - a column name together with a cell that looks as the cells of this work do;
    - a word of the work in running text or heading together with the template that the document shares with others that have the word;
    - a pair of documents, which is the name and the language of the text at once.

    Always two different words, at least one of them a word of the work itself. Except path or title with a column name, and a column name with
    a cell: these were chosen to say what a table is. Two words in the same running text are one signal. Where ``dense`` is False the cues stand
    in few sections of a long document, and without a path or title that agrees they are a passing mention.
    """
    content = task.words_of_the_work
    usable = [signal for signal in signals if signal.place != "body" or normal(signal.cue) in content]
    return any(_meet(one, other, content, dense) for one, other in product(usable, usable))


def _meet(one: Signal, other: Signal, content: frozenset[str], dense: bool) -> bool:
    """Tell whether two signals are independent, looked at from the first."""
    if one.place == "pair" or (one.place == "column" and other.place == "cell"):
        return True
    if "cell" in (one.place, other.place):
        return False
    if one.place == "template":
        return dense and other.place in INSIDE and normal(other.cue) in content
    if other.place == "template":
        return False
    outside = one.place in OUTSIDE and other.place not in OUTSIDE
    if not (outside or (dense and one.place == "body" and other.place in ("heading", "column"))):
        return False
    if outside and other.place == "column":
        return True
    return not same_word(one.cue, other.cue) and (normal(one.cue) in content or normal(other.cue) in content)


def signals_by_document(frame: pl.DataFrame, tasks: Mapping[str, Task]) -> ByDocument:
    """Group signals by (task, document), the same cue in the same place summed; those of tasks that are not asked for are left out."""
    summed = (
        frame.group_by("task", "document", "signal", "cue")
        .agg(pl.col("count").sum(), pl.col("quote").sort_by(pl.col("ordinal").fill_null(0)).first())
        .sort("task", "document", "signal", "cue")
    )
    grouped: ByDocument = defaultdict(list)
    for task, document, place, cue, count, quote in summed.select("task", "document", "signal", "cue", "count", "quote").iter_rows():
        if task in tasks:
            at = "cell" if cue in tasks[task].patterns else place
            grouped[task, document].append(Signal(at, cue, int(count), quote or ""))
    return dict(grouped)


def dense_documents(stats: CorpusStats, tasks: Mapping[str, Task], share: float) -> set[tuple[str, str]]:
    """Give the (task, document) pairs whose cues stand in at least this share of the document's sections: the document is about the task."""
    patterns = {pattern for task in tasks.values() for pattern in task.patterns}
    sections = stats.sections.group_by("document").agg(pl.len().alias("sections"))
    inside = (
        stats.signals.filter(pl.col("signal").is_in(INSIDE) & ~pl.col("cue").is_in(patterns))
        .group_by("task", "document")
        .agg(pl.col("ordinal").n_unique().alias("with_cue"))
    )
    enough = inside.join(sections, on="document", how="inner").filter(pl.col("with_cue") >= share * pl.col("sections"))
    return set(enough.select("task", "document").iter_rows())
