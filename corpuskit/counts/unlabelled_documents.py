"""Mails and other documents that nobody sorted, and that the names of the owner's categories can be held against: each document one message."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

import numpy as np
import polars as pl
import xxhash
from scipy.sparse import csr_matrix

from corpuskit.counts.definitions import Definitions
from corpuskit.counts.labelled_documents import MAILS, held_together, without_numbers, words_of_documents
from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.unlabelled import BY_NAME, FEWEST_CATEGORIES, UnlabelledMessages, answered_tables, tables_without_labels
from corpuskit.text import hashed_features

MOST_DOCUMENTS = 4_000
"""Documents read at most, those with the smallest hash of their name; because the names of a table are placed among no more messages either."""

MOST_FEATURES = 8_000_000
"""Features of all documents together, from which on fewer documents are read; because a table of 4,000 messages has two million, and four times as
many are decomposed in the time that an audit can wait."""

FEWEST_DOCUMENTS = 200
"""Documents that are read however long they are; because with fewer the interval of a share is wider than a tenth on either side."""


def unlabelled_documents(stats: CorpusStats, definitions: Mapping[str, str] | None) -> tuple[UnlabelledMessages, ...]:
    """Give the mails of a corpus, else its other documents, where categories are named that nothing in the corpus is sorted into.

    Categories are for mails where there are any that they can be for. Without mails they are for all documents, but only where there is no table of
    messages that they could be meant for. Categories of a source are for the documents of that source.

    Parameters
    ----------
    stats : CorpusStats
    definitions : mapping or None
        As :func:`~corpuskit.counts.tables_without_labels`.

    Returns
    -------
    tuple of UnlabelledMessages
        One for each list of categories (sources may name their own), subjects ``names:mails`` or ``names:documents``, with ``@<source>`` where the
        categories are those of a source. Empty where the categories are labels of a table, or two of them names of folders. Locators are the ids of
        the documents; features are the character n-grams of each word, as of messages in English; of Japanese none reaches across two words.
    """
    categories = Definitions.of(definitions)
    if len(categories) < FEWEST_CATEGORIES or answered_tables(stats, categories) or _are_places(stats, categories):
        return ()
    texts = stats.documents.filter((pl.col("message_columns") == "") & (pl.col("tokens") > 0))
    texts = texts.filter(~pl.col("document").is_in(stats.labels["document"].unique().to_list()))
    mails = texts.filter(pl.col("reader").is_in(list(MAILS)))
    if mails.is_empty() and tables_without_labels(stats, categories):
        return ()
    kind, chosen = ("documents", texts) if mails.is_empty() else ("mails", mails)
    groups: dict[tuple[str, ...], list[str]] = {}
    for document in chosen["document"]:
        groups.setdefault(tuple(categories.for_document(document)), []).append(document)
    return tuple(
        _messages(stats, f"{BY_NAME}{kind}{_source_of(names, categories)}", documents, {name: categories[name] for name in names})
        for names, documents in groups.items()
        if len(names) >= FEWEST_CATEGORIES
    )


def _are_places(stats: CorpusStats, categories: Collection[str]) -> bool:
    """Tell whether two of the categories are names of folders, or are what documents call themselves: they are sorted then."""
    folders = {part for document in stats.documents["document"] for part in PurePosixPath(document).parts[:-1]}
    known = {without_numbers(folder) for folder in folders} | set(stats.documents["category"])
    return len(known & set(categories)) >= FEWEST_CATEGORIES


def _source_of(names: Sequence[str], categories: Definitions) -> str:
    """Name the sources whose categories these are; nothing where all of them are for every document."""
    sources = sorted({source for name in names for source in categories.sources.get(name, ())})
    return f"@{'+'.join(sources)}" if sources else ""


def _messages(stats: CorpusStats, subject: str, documents: Sequence[str], categories: Mapping[str, str]) -> UnlabelledMessages:
    order = sorted(documents, key=lambda name: xxhash.xxh3_64_intdigest(name.encode()))[:MOST_DOCUMENTS]
    words = words_of_documents(stats, order)
    used = np.unique(words.indices)
    counts, letters = csr_matrix(words[:, used]), csr_matrix(hashed_features(stats.terms["form"].gather(used).to_list()))
    affordable = int(np.searchsorted(np.cumsum((counts > 0) @ np.diff(letters.indptr)), MOST_FEATURES, side="right"))
    row = {name: place for place, name in enumerate(order[: max(affordable, FEWEST_DOCUMENTS)])}
    frame = stats.documents.filter(pl.col("document").is_in(list(row)))
    chosen = frame["document"].to_list()
    described = [meaning.strip() for meaning in categories.values()]
    groups = np.asarray(held_together(frame, mails=False), np.int64)
    groups.flags.writeable = False
    return UnlabelledMessages(
        subject=subject,
        document="",
        locators=tuple(chosen),
        features=freeze(csr_matrix(counts[[row[name] for name in chosen]].astype(np.float32) @ letters)),
        fold_groups=groups,
        names=tuple(categories),
        description_features=freeze(csr_matrix(hashed_features(described))) if any(described) else None,
        language=str(frame["language"].mode().sort()[0]),
    )
