"""Mails and other documents that nobody sorted, and that the names of the owner's categories can be held against: each document one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import numpy as np
import polars as pl
import xxhash

from corpuskit.counts.definitions import Definitions
from corpuskit.counts.document_places import MAILS, without_numbers
from corpuskit.counts.labelled import described_features, most_frequent_language
from corpuskit.counts.labelled_documents import held_together
from corpuskit.counts.spelled_documents import affordable, spelled_documents
from corpuskit.counts.stats import CorpusStats
from corpuskit.counts.unlabelled import BY_NAME, FEWEST_CATEGORIES, UnlabelledMessages, labels_of_tables, sorted_into, tables_without_labels

OF_MAILS, OF_DOCUMENTS = "mails", "documents"
"""What stands in the subject of mails, and of other documents."""

MOST_DOCUMENTS = 4_000
"""Documents read at most, those with the smallest hash of their name; because the names of a table are placed among no more messages either."""


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
    return tuple(
        _messages(stats, subject, documents, {name: categories[name] for name in categories.for_document(documents[0])})
        for subject, documents in documents_to_name(stats, categories).items()
    )


def documents_to_name(stats: CorpusStats, definitions: Mapping[str, str] | None) -> dict[str, list[str]]:
    """Give the documents that :func:`unlabelled_documents` reads of, for each subject; of very many or long ones it reads some."""
    categories, labels = Definitions.of(definitions), labels_of_tables(stats)
    lists: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for document, reader in _texts(stats).iter_rows():
        lists.setdefault(tuple(categories.for_document(document)), []).append((document, reader))
    asked = {tuple(categories.for_document(table)) for table in tables_without_labels(stats, categories)}
    places, found = _places(stats), {}
    for names, documents in lists.items():
        if len(names) < FEWEST_CATEGORIES or sorted_into(names, labels) or len(places & set(names)) >= FEWEST_CATEGORIES:
            continue
        mails = [document for document, reader in documents if reader in MAILS]
        if mails or names not in asked:
            chosen = mails or [document for document, _ in documents]
            found[f"{BY_NAME}{OF_MAILS if mails else OF_DOCUMENTS}{_source_of(chosen, names, categories)}"] = chosen
    return found


def documents_of(stats: CorpusStats, subject: str) -> list[str]:
    """Give the documents that a subject of :func:`documents_to_name` speaks of; empty where it is the subject of a table.

    >>> from corpuskit.counts import CountOptions, count_nothing
    >>> documents_of(count_nothing(CountOptions()), "names:mails")
    []
    """
    kind, _, sources = subject.removeprefix(BY_NAME).partition("@")
    if kind not in (OF_MAILS, OF_DOCUMENTS):
        return []
    known, mails = sources.split("+"), kind == OF_MAILS
    return [
        document
        for document, reader in _texts(stats).iter_rows()
        if (not mails or reader in MAILS) and (not sources or document.split("/", 1)[0] in known)
    ]


def _texts(stats: CorpusStats) -> pl.DataFrame:
    """Give the documents with words that are no tables of messages and have no labels, with their readers."""
    texts = stats.documents.filter((pl.col("message_columns") == "") & (pl.col("tokens") > 0))
    return texts.filter(~pl.col("document").is_in(stats.labels["document"].unique().to_list())).select("document", "reader")


def _places(stats: CorpusStats) -> set[str]:
    """Give the names of folders, and what documents call themselves: where two of them are categories, the documents are sorted already."""
    folders = {part for document in stats.documents["document"] for part in PurePosixPath(document).parts[:-1]}
    return {without_numbers(folder) for folder in folders} | set(stats.documents["category"])


def _source_of(documents: Sequence[str], names: Sequence[str], categories: Definitions) -> str:
    """Name the sources of documents that have categories of their own; nothing where the categories are for every document."""
    if not categories.sources.keys() & set(names):
        return ""
    return f"@{'+'.join(sorted({document.split('/', 1)[0] for document in documents}))}"


def _messages(stats: CorpusStats, subject: str, documents: Sequence[str], categories: Mapping[str, str]) -> UnlabelledMessages:
    order = sorted(documents, key=lambda name: xxhash.xxh3_64_intdigest(name.encode()))[:MOST_DOCUMENTS]
    frame = stats.documents.filter(pl.col("document").is_in(order[: affordable(stats, order)]))
    chosen = frame["document"].to_list()
    groups = np.asarray(held_together(frame, mails=False), np.int64)
    groups.flags.writeable = False
    return UnlabelledMessages(
        subject=subject,
        document="",
        locators=tuple(chosen),
        features=spelled_documents(stats, chosen),
        fold_groups=groups,
        names=tuple(categories),
        description_features=described_features(tuple(categories), categories),
        language=most_frequent_language(frame["language"]),
        not_read=tuple(sorted(set(documents) - set(chosen))),
    )
