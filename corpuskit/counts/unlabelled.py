"""Find the messages that nobody labelled, and that the names of the owner's categories can be held against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.definitions import Definitions
from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import CorpusStats
from corpuskit.ingest import OF_OTHERS
from corpuskit.text import hashed_features

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
    """

    subject: str
    document: str
    locators: tuple[str, ...]
    features: csr_matrix
    fold_groups: NDArray[np.int64]
    names: tuple[str, ...]
    description_features: csr_matrix | None
    language: str

    @property
    def n(self) -> int:
        """Number of messages."""
        return len(self.locators)


def tables_without_labels(stats: CorpusStats, definitions: Mapping[str, str] | None) -> tuple[str, ...]:
    """Give the tables of messages that the owner's categories can be held against, because nobody sorted them into these categories.

    Tables of messages have a column for them. Where its categories are the labels of some table, only tables without labels whose messages stand in
    a column of the same name are taken to ask the same question (an export of another month); where they are the labels of none, they are a new
    question, and any table may be asked it.

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
    categories = Definitions.of(definitions)
    if len(categories) < FEWEST_CATEGORIES:
        return ()
    tables = stats.documents.filter(pl.col("message_columns") != "").select("document", "message_columns")
    answered = answered_tables(stats, categories)
    if answered:
        alike = tables.filter(pl.col("document").is_in(list(answered)))["message_columns"].to_list()
        sorted_already = _labelled(stats)["document"].to_list()
        tables = tables.filter(pl.col("message_columns").is_in(alike) & ~pl.col("document").is_in(sorted_already))
    return tuple(sorted(document for document in tables["document"] if len(categories.for_document(document)) >= FEWEST_CATEGORIES))


def answered_tables(stats: CorpusStats, categories: Collection[str]) -> frozenset[str]:
    """Give the tables that hold one of the categories as a label, among two labels or more."""
    held = _labelled(stats).filter(pl.col("values").list.eval(pl.element().is_in(list(categories))).list.any())
    return frozenset(held["document"])


def _labelled(stats: CorpusStats) -> pl.DataFrame:
    """Give the label columns with at least two different labels, without those of further people."""
    given = stats.labels.filter(~pl.col("column").str.contains(OF_OTHERS))
    return given.group_by("document", "column").agg(pl.col("value").unique().alias("values")).filter(pl.col("values").list.len() >= 2)


def unlabelled_messages(stats: CorpusStats, definitions: Mapping[str, str] | None) -> tuple[UnlabelledMessages, ...]:
    """Give the messages of every table that :func:`tables_without_labels` names, by document."""
    rows = stats.sections.with_row_index("row").filter(pl.col("kind") == "row")
    return tuple(
        _messages(stats, document, rows.filter(pl.col("document") == document), Definitions.of(definitions).for_document(document))
        for document in tables_without_labels(stats, definitions)
    )


def _messages(stats: CorpusStats, document: str, rows: pl.DataFrame, categories: Mapping[str, str]) -> UnlabelledMessages:
    described = [meaning.strip() for meaning in categories.values()]
    languages = rows["language"].value_counts(name="messages").sort(["messages", "language"], descending=[True, False])
    groups = np.unique(rows["text_hash"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    groups.flags.writeable = False
    return UnlabelledMessages(
        subject=f"{BY_NAME}{document}",
        document=document,
        locators=tuple(rows["locator"]),
        features=freeze(csr_matrix(stats.features[rows["row"].to_numpy()])),
        fold_groups=groups,
        names=tuple(categories),
        description_features=freeze(csr_matrix(hashed_features(described))) if any(described) else None,
        language=str(languages["language"][0]) if rows.height else "",
    )
