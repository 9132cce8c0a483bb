"""Tables of messages, with labels or with categories that the owner named: which work each belongs to, by its name, its columns and its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from corpuskit.counts import CorpusStats
from corpuskit.finding import Evidence, Finding
from corpuskit.ingest import OF_OTHERS
from corpuskit.tasks.catalogue import Task
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.signals import ByDocument, Signal, independent

MOST_TOLD = 5
"""Tables named as evidence; because a reader looks at a few of them."""


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of messages and the work it belongs to.

    Attributes
    ----------
    document : str
    task : Task
    columns : tuple of str
        Label columns that differ; none of a table without labels.
    rows : int
        Rows (labelled ones, where there are labels) with two independent signals.
    """

    document: str
    task: Task
    columns: tuple[str, ...]
    rows: int


def label_columns(stats: CorpusStats) -> dict[str, list[str]]:
    """Give the label columns (with at least two labels, second coders and raters apart) of each labelled document."""
    columns = (
        stats.labels.filter(~pl.col("column").str.contains(OF_OTHERS)).group_by("document", "column").agg(pl.col("value").n_unique().alias("labels"))
    )
    tables: dict[str, list[str]] = defaultdict(list)
    for document, column in columns.filter(pl.col("labels") >= 2).sort("document", "column").select("document", "column").iter_rows():
        tables[document].append(column)
    return dict(tables)


def labelled_rows(stats: CorpusStats, document: str) -> pl.DataFrame:
    """Give the ordinals of the labelled rows of a document, each once."""
    return stats.labels.filter(pl.col("document") == document).select("ordinal").unique()


def place_tables(
    stats: CorpusStats, tables: dict[str, list[str]], by_document: ByDocument, options: TaskOptions
) -> tuple[list[PlacedTable], list[Finding]]:
    """Give each labelled table to the one classifying task that most of its rows speak for.

    Columns that a user declared, and those that say the same as one of them, are left out.

    Parameters
    ----------
    stats : CorpusStats
    tables : dict
        Document to label columns, as :func:`label_columns` gives them.
    by_document : dict
        Signals, as :func:`~corpuskit.tasks.signals.signals_by_document` gives them.
    options : TaskOptions

    Returns
    -------
    tuple of (list of PlacedTable, list of Finding)
        The findings tell of tables without a task and of columns that say the same.
    """
    placed: list[PlacedTable] = []
    findings: list[Finding] = []
    taken = {(one.labels.file, one.labels.column) for one in options.declared if one.labels is not None}
    for document, every in tables.items():
        declared = [column for column in every if (document, column) in taken]
        different, same = _different(stats, document, [*declared, *(column for column in every if column not in declared)])
        columns = [column for column in different if column not in declared]
        findings += [_same_labels(document, kept, copy) for kept, copy in same if kept in declared]
        if not columns:
            continue
        rows = labelled_rows(stats, document)
        best = _spoken_for(stats, document, rows, by_document, options)
        if best is None:
            findings.append(_without_task(document, columns, rows.height))
            continue
        placed.append(PlacedTable(document, best[1], tuple(columns), best[0]))
        findings += [_same_labels(document, kept, copy) for kept, copy in same if kept not in declared]
    return placed, findings


def place_unlabelled(
    stats: CorpusStats, tables: Iterable[str], by_document: ByDocument, options: TaskOptions
) -> tuple[list[PlacedTable], list[Finding]]:
    """Give each table without labels, that categories are named for, to the one classifying task that most of its rows speak for.

    Parameters and findings are those of :func:`place_tables`; ``tables`` are documents.
    """
    placed: list[PlacedTable] = []
    without: dict[str, int] = {}
    for document in tables:
        rows = stats.sections.filter((pl.col("document") == document) & (pl.col("kind") == "row")).select("ordinal")
        best = _spoken_for(stats, document, rows, by_document, options)
        if best is None:
            without[document] = rows.height
        else:
            placed.append(PlacedTable(document, best[1], (), best[0]))
    return placed, _unlabelled_without_task(without)


def _spoken_for(stats: CorpusStats, document: str, rows: pl.DataFrame, by_document: ByDocument, options: TaskOptions) -> tuple[int, Task] | None:
    """Give the classifying task that most rows of a table speak for, and how many; None where it is too few."""
    own = stats.signals.filter(pl.col("document") == document)
    best: tuple[int, Task] | None = None
    for task in options.rulebook.tasks.values():
        if task.kind not in ("classify", "decide") or (task.id, document) not in by_document:
            continue
        passing = _passing_rows(task, by_document[task.id, document], own.filter(pl.col("task") == task.id), rows)
        if passing >= options.min_documents and (best is None or passing > best[0]):
            best = (passing, task)
    return best


def _unlabelled_without_task(tables: Mapping[str, int]) -> list[Finding]:
    """Tell of the tables, with their rows, that no task was found for: all of them at once, because one list of categories was held against each."""
    if not tables:
        return []
    code = "unlabelled_tables_without_task"
    evidence = tuple(Evidence(document=document) for document in list(tables)[:MOST_TOLD])
    return [Finding(id=code, level="note", code=code, parameters={"count": len(tables), "n": sum(tables.values())}, evidence=evidence)]


def _without_task(document: str, columns: Sequence[str], rows: int) -> Finding:
    return Finding(
        id=f"labelled_table_without_task@{document}",
        level="note",
        code="labelled_table_without_task",
        parameters={"document": document, "columns": ", ".join(columns), "n": rows},
        evidence=(Evidence(document=document),),
    )


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


def _passing_rows(task: Task, of_document: Sequence[Signal], own: pl.DataFrame, rows: pl.DataFrame) -> int:
    """Count the labelled rows in which two independent signals meet; those of the path, the title and the column names hold for every row."""
    shared = [signal for signal in of_document if signal.place in ("path", "title", "column")]
    if independent(task, shared):
        return rows.height
    inside = own.filter(pl.col("signal").is_in(["body", "heading"])).join(rows, on="ordinal", how="semi")
    passing = 0
    for (_,), row in inside.select("ordinal", "signal", "cue").unique(maintain_order=True).group_by("ordinal", maintain_order=True):
        signals = [Signal("cell" if cue in task.patterns else place, cue, 1, "") for place, cue in row.select("signal", "cue").iter_rows()]
        passing += independent(task, [*shared, *signals])
    return passing
