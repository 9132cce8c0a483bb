"""Find the messages that nobody labelled, and that the names of the owner's categories can be held against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.definitions import Definitions
from corpuskit.counts.labelled import described_features, most_frequent_language
from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import CorpusStats
from corpuskit.ingest import OF_OTHERS

BY_NAME = "names:"
"""What stands before the document in the subject of messages that are read by the names of categories alone."""

FEWEST_CATEGORIES = 2
"""Categories; because one alone is no choice."""


@dataclass(frozen=True, eq=False)
class UnlabelledMessages:
    """The messages of one table, and the categories that the owner named.

    Attributes
    ----------
    subject : str
        ``names:<document>``, or ``names:mails`` and the like for messages that are documents.
    document : str
        The table; empty where each message is a document.
    locators : tuple of str
        Place of each message in the document, or the ids of documents.
    features : csr_matrix of float32, shape (messages, FEATURES)
        Hashed character n-grams; of documents those within each word.
    fold_groups : int64 array
        Equal for messages with equal text.
    names : tuple of str
        The categories, in the order of the owner's list.
    description_features : csr_matrix or None
        Their descriptions in the same space, row by row (empty rows where one is missing); None where none is described.
    language : str
        That of most messages.
    not_read : tuple of str
        Where each message is a document: those beyond the ones that are read.
    """

    subject: str
    document: str
    locators: tuple[str, ...]
    features: csr_matrix
    fold_groups: NDArray[np.int64]
    names: tuple[str, ...]
    description_features: csr_matrix | None
    language: str
    not_read: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of messages."""
        return len(self.locators)


def tables_without_labels(stats: CorpusStats, definitions: Mapping[str, str] | None) -> tuple[str, ...]:
    """Give the tables of messages that the owner's categories can be held against, because nobody sorted them into these categories.

    Tables of messages have a column for them. Where the categories that a table can be of are labels of some table, only tables without labels whose
    messages stand in a column of the same name as there are taken to ask the same question (an export of another month); where they are labels of
    none, they are a new question, and any table may be asked it.

    Parameters
    ----------
    stats : CorpusStats
    definitions : mapping or None
        Category to description; with :class:`~corpuskit.counts.Definitions` also for which sources.

    Returns
    -------
    tuple of str
        Document ids, sorted; only of documents that at least two categories are for.
    """
    categories, labels = Definitions.of(definitions), labels_of_tables(stats)
    columns = dict(stats.documents.filter(pl.col("message_columns") != "").select("document", "message_columns").iter_rows())

    def is_open(table: str) -> bool:
        own = categories.for_document(table)
        answered = {columns.get(other) for other in sorted_into(own, labels)}
        return len(own) >= FEWEST_CATEGORIES and (not answered or (table not in labels and columns[table] in answered))

    return tuple(sorted(filter(is_open, columns)))


def labels_of_tables(stats: CorpusStats) -> dict[str, frozenset[str]]:
    """Give the labels of each table, of its columns with at least two different ones, without those of further people."""
    given = stats.labels.filter(~pl.col("column").str.contains(OF_OTHERS))
    columns = given.group_by("document", "column").agg(pl.col("value").unique().alias("values")).filter(pl.col("values").list.len() >= 2)
    tables = columns.explode("values").group_by("document").agg(pl.col("values").unique())
    return {document: frozenset(values) for document, values in tables.iter_rows()}


def sorted_into(categories: Collection[str], labels: Mapping[str, frozenset[str]]) -> list[str]:
    """Give the tables that have one of the categories as a label."""
    return [table for table, values in labels.items() if not values.isdisjoint(categories)]


def unlabelled_messages(stats: CorpusStats, definitions: Mapping[str, str] | None) -> tuple[UnlabelledMessages, ...]:
    """Give the messages of every table that :func:`tables_without_labels` names, by document."""
    rows = stats.sections.with_row_index("row").filter(pl.col("kind") == "row")
    return tuple(
        _messages(stats, document, rows.filter(pl.col("document") == document), Definitions.of(definitions).for_document(document))
        for document in tables_without_labels(stats, definitions)
    )


def _messages(stats: CorpusStats, document: str, rows: pl.DataFrame, categories: Mapping[str, str]) -> UnlabelledMessages:
    groups = np.unique(rows["text_hash"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    groups.flags.writeable = False
    return UnlabelledMessages(
        subject=f"{BY_NAME}{document}",
        document=document,
        locators=tuple(rows["locator"]),
        features=freeze(csr_matrix(stats.features[rows["row"].to_numpy()])),
        fold_groups=groups,
        names=tuple(categories),
        description_features=described_features(tuple(categories), categories),
        language=most_frequent_language(rows["language"]) if rows.height else "",
    )
