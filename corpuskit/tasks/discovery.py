"""Which tasks are in this corpus: a task exists only where two independent signals meet, in enough documents."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import polars as pl

from corpuskit.counts import CorpusStats
from corpuskit.finding import Evidence, Finding
from corpuskit.tasks.catalogue import TASKS, Task
from corpuskit.tasks.options import TaskOptions

MOST_EVIDENCE = 5
OUTSIDE = frozenset({"path", "title"})
PLACES = ("path", "title", "heading", "column", "body")
SHARED_START = 5
"""Two English words with this many equal first letters are one word ("policy", "policies"): an inflected form is no second signal."""
MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Signal:
    """One cue in one place of one document."""

    place: str
    cue: str
    count: int
    quote: str


@dataclass(frozen=True, slots=True)
class Found:
    """A task that is in the corpus.

    Attributes
    ----------
    id : str
        Id of the catalogue, or ``<catalogue id>@<document>`` for a labelled table (with ``#<column>`` where a document has several label columns).
    task : Task
        The entry of the catalogue.
    documents : int
        Documents or labelled rows with two independent signals.
    members : tuple of str
        Their document ids, sorted.
    evidence : tuple of Evidence
        The best ones, with masked quotes.
    table : str
        Subject of the labels, ``labels:<document>#<column>``; empty where the task has no labelled table.
    """

    id: str
    task: Task
    documents: int
    members: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    table: str = ""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The tasks found, in the order of the catalogue, and what was nearly found."""

    found: tuple[Found, ...]
    findings: tuple[Finding, ...]


def normal(text: str) -> str:
    """Compare cues as they are searched: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


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


@cache
def _content(task: str) -> frozenset[str]:
    return frozenset(normal(word) for _, word in TASKS[task].cues.items())


def independent(task: str, signals: Iterable[Signal], *, dense: bool = True) -> bool:
    """Tell whether two independent signals for a task meet.

    Independent are: a path or title together with running text, heading or column name; or running text together with heading or column
    name. Always two different words, at least one of them a word of the work itself (a name of a document alone says what a file is
    called). Except path or title with a column name: both were chosen to say what a table is. Two words in the same running text are one
    signal. Where ``dense`` is False the cues stand in few sections of a long document, and without a path or title that agrees they are a
    passing mention.
    """
    content = _content(task)
    usable = [signal for signal in signals if signal.place != "body" or normal(signal.cue) in content]
    for one, other in product(usable, usable):
        outside = one.place in OUTSIDE and other.place not in OUTSIDE
        if not (outside or (dense and one.place == "body" and other.place in ("heading", "column"))):
            continue
        if outside and other.place == "column":
            return True
        if same_word(one.cue, other.cue):
            continue
        if normal(one.cue) in content or normal(other.cue) in content:
            return True
    return False


def discover(stats: CorpusStats, options: TaskOptions) -> Discovery:
    """Find the tasks of a corpus.

    A document counts once; a row of a labelled table counts as a document of its own, because it is a message of its own. A labelled table
    belongs to the one classifying task that most of its rows speak for.

    Parameters
    ----------
    stats : CorpusStats
        Signals, with the cues of :func:`corpuskit.tasks.cues`, and labels.
    options : TaskOptions
        ``min_documents``.

    Returns
    -------
    Discovery
        With findings for labelled tables without a task and for tasks in too few documents.
    """
    tables = _tables(stats)
    by_document = _signals(stats.signals)
    dense = _dense(stats, options)
    outside_tables = {key: signals for key, signals in by_document.items() if key[1] not in tables}
    found: list[Found] = []
    near: list[tuple[Task, list[str]]] = []
    placed = _place_tables(stats, tables, by_document, options)
    for task in TASKS.values():
        of_task = [placed_table for placed_table in placed.found if placed_table.task.id == task.id]
        if of_task:
            found += of_task
            continue
        passing = {
            document: signals
            for (name, document), signals in outside_tables.items()
            if name == task.id and independent(name, signals, dense=(name, document) in dense)
        }
        passing = _each_once(stats, passing)
        if len(passing) >= options.min_documents:
            evidence = _evidence(task.id, passing)
            found.append(Found(id=task.id, task=task, documents=len(passing), members=tuple(sorted(passing)), evidence=evidence))
        elif passing:
            near.append((task, sorted(passing)))
    return Discovery(found=tuple(found), findings=(*placed.findings, *_nearly(near, options)))


def _signals(frame: pl.DataFrame) -> dict[tuple[str, str], list[Signal]]:
    """Group signals by (task, document), the same cue in the same place summed."""
    summed = (
        frame.group_by("task", "document", "signal", "cue")
        .agg(pl.col("count").sum(), pl.col("quote").sort_by(pl.col("ordinal").fill_null(0)).first())
        .sort("task", "document", "signal", "cue")
    )
    grouped: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for task, document, place, cue, count, quote in summed.select("task", "document", "signal", "cue", "count", "quote").iter_rows():
        if task in TASKS:
            grouped[task, document].append(Signal(place, cue, int(count), quote or ""))
    return dict(grouped)


def _dense(stats: CorpusStats, options: TaskOptions) -> set[tuple[str, str]]:
    """Give the (task, document) pairs whose cues stand in enough of the document's sections for the document to be about the task."""
    sections = stats.sections.group_by("document").agg(pl.len().alias("sections"))
    inside = (
        stats.signals.filter(pl.col("signal").is_in(["body", "heading"]))
        .group_by("task", "document")
        .agg(pl.col("ordinal").n_unique().alias("with_cue"))
    )
    enough = inside.join(sections, on="document", how="inner").filter(pl.col("with_cue") >= options.min_section_share * pl.col("sections"))
    return set(enough.select("task", "document").iter_rows())


def _each_once(stats: CorpusStats, passing: dict[str, list[Signal]]) -> dict[str, list[Signal]]:
    """Leave out exact copies: the same bytes under another name are not another document.

    Near-copies stay, because filled-in forms are near-copies.
    """
    kept: dict[str, str] = {}
    for document, sha256 in sorted(stats.documents.filter(pl.col("document").is_in(list(passing))).select("document", "sha256").iter_rows()):
        kept.setdefault(sha256 or document, document)
    return {document: passing[document] for document in kept.values()}


def _tables(stats: CorpusStats) -> dict[str, list[str]]:
    """Give the label columns (with at least two labels, second coders apart) of each labelled document."""
    columns = (
        stats.labels.filter(~pl.col("column").str.starts_with("second:"))
        .group_by("document", "column")
        .agg(pl.col("value").n_unique().alias("labels"))
    )
    tables: dict[str, list[str]] = defaultdict(list)
    for document, column in columns.filter(pl.col("labels") >= 2).sort("document", "column").select("document", "column").iter_rows():
        tables[document].append(column)
    return dict(tables)


def _place_tables(
    stats: CorpusStats, tables: dict[str, list[str]], by_document: dict[tuple[str, str], list[Signal]], options: TaskOptions
) -> Discovery:
    found: list[Found] = []
    findings: list[Finding] = []
    for document, all_columns in tables.items():
        columns, same = _different(stats, document, all_columns)
        rows = stats.labels.filter(pl.col("document") == document).select("ordinal").unique()
        own = stats.signals.filter(pl.col("document") == document)
        best: tuple[int, Task] | None = None
        for task in TASKS.values():
            if task.kind not in ("classify", "decide") or (task.id, document) not in by_document:
                continue
            passing = _passing_rows(task.id, by_document[task.id, document], own.filter(pl.col("task") == task.id), rows)
            if passing >= options.min_documents and (best is None or passing > best[0]):
                best = (passing, task)
        if best is None:
            findings.append(
                Finding(
                    id=f"labelled_table_without_task@{document}",
                    level="note",
                    code="labelled_table_without_task",
                    parameters={"document": document, "columns": ", ".join(columns), "n": rows.height},
                    evidence=(Evidence(document=document),),
                )
            )
            continue
        number, task = best
        evidence = _evidence(task.id, {document: by_document[task.id, document]}, spread=True)
        findings += [_same_labels(document, kept, copy) for kept, copy in same]
        for column in columns:
            identifier = f"{task.id}@{document}" + (f"#{column}" if len(columns) > 1 else "")
            found.append(Found(identifier, task, number, (document,), evidence, f"labels:{document}#{column}"))
    return Discovery(tuple(found), tuple(findings))


def _different(stats: CorpusStats, document: str, columns: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Leave out label columns that say the same as another one, each label standing for one of the other: one question is not asked twice."""
    kept: list[str] = []
    same: list[tuple[str, str]] = []
    own = stats.labels.filter(pl.col("document") == document)
    for column in columns:
        values = own.filter(pl.col("column") == column).select("ordinal", "value")
        equal = next((other for other in kept if _one_to_one(own.filter(pl.col("column") == other).select("ordinal", "value"), values)), None)
        if equal is None:
            kept.append(column)
        else:
            same.append((equal, column))
    return kept, same


def _one_to_one(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Tell whether two label columns label the same rows and each label of one goes with one of the other."""
    both = one.join(other, on="ordinal", suffix="_other")
    pairs = both.select("value", "value_other").n_unique()
    return both.height == one.height == other.height and pairs == one["value"].n_unique() == other["value"].n_unique()


def _same_labels(document: str, kept: str, copy: str) -> Finding:
    return Finding(
        id=f"label_columns_say_the_same@labels:{document}#{copy}",
        level="note",
        code="label_columns_say_the_same",
        parameters={"kept": kept, "copy": copy},
        evidence=(Evidence(document=document),),
    )


def _passing_rows(task: str, of_document: Sequence[Signal], own: pl.DataFrame, rows: pl.DataFrame) -> int:
    """Count the labelled rows in which two independent signals meet; those of the path, the title and the column names hold for every row."""
    shared = [signal for signal in of_document if signal.place in ("path", "title", "column")]
    if independent(task, shared):
        return rows.height
    inside = own.filter(pl.col("signal").is_in(["body", "heading"])).join(rows, on="ordinal", how="semi")
    passing = 0
    for (_,), row in inside.select("ordinal", "signal", "cue").unique(maintain_order=True).group_by("ordinal", maintain_order=True):
        signals = [Signal(place, cue, 1, "") for place, cue in row.select("signal", "cue").iter_rows()]
        passing += independent(task, [*shared, *signals])
    return passing


def _evidence(task: str, passing: dict[str, list[Signal]], *, spread: bool = False) -> tuple[Evidence, ...]:
    """Choose the documents with the most different cues (then the most occurrences), each with its most telling quote.

    ``spread``: several quotes of one document.
    """
    content = _content(task)

    def telling(signal: Signal) -> tuple[bool, bool, int, str]:
        return (not signal.quote, not (signal.place in ("body", "heading") and normal(signal.cue) in content), PLACES.index(signal.place), signal.cue)

    order = sorted(passing, key=lambda document: (-len({s.cue for s in passing[document]}), -sum(s.count for s in passing[document]), document))
    if spread:
        quotes = [(document, signal.quote) for document in order for signal in sorted(passing[document], key=telling)]
        return tuple(Evidence(document=document, quote=quote) for document, quote in list(dict.fromkeys(quotes))[:MOST_EVIDENCE])
    return tuple(Evidence(document=document, quote=min(passing[document], key=telling).quote) for document in order[:MOST_EVIDENCE])


def _nearly(near: Sequence[tuple[Task, list[str]]], options: TaskOptions) -> tuple[Finding, ...]:
    """Say which tasks show in too few documents to be called found."""
    if not near:
        return ()
    ordered = sorted(near, key=lambda item: (-len(item[1]), item[0].id))
    return (
        Finding(
            id="tasks_in_too_few_documents",
            level="note",
            code="tasks_in_too_few_documents",
            parameters={"n": len(near), "tasks": ", ".join(task.id for task, _ in ordered[:MOST_LISTED]), "needed": options.min_documents},
            evidence=tuple(Evidence(document=document) for document in ordered[0][1][:MOST_EVIDENCE]),
        ),
    )
