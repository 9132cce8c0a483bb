"""What could be cleaned away: boilerplate lines, exact duplicates, near-duplicates. Found in counts, so that batches and shards can be merged first.

Nothing is changed here: what is found is a list of lines or documents to leave out of a second count.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from corpuskit.counts.packed_frames import scan_table
from corpuskit.counts.stats import CorpusStats
from corpuskit.text import Boilerplate, TextOptions, duplicate_groups, source_of

Groups = tuple[tuple[str, ...], ...]
"""Ids of the documents of each group, the groups in the order of their first members."""


def boilerplate_lines(stats: CorpusStats, options: TextOptions) -> pl.DataFrame:
    """Give the lines that stand in more than ``boilerplate_share`` of the documents of a source and in more than ``boilerplate_documents``.

    Returns
    -------
    polars.DataFrame
        Rows of ``stats.lines``, those with most words first.
    """
    sizes = stats.documents.select(source=pl.col("document").map_elements(source_of, return_dtype=pl.String)).group_by("source").agg(size=pl.len())
    most = pl.max_horizontal(pl.lit(options.boilerplate_documents), pl.col("size") * options.boilerplate_share)
    # most lines stand in one document: of a large folder they are never in memory
    lines = scan_table(stats, "lines").filter(pl.col("documents") > options.boilerplate_documents).collect()
    found = lines.join(sizes, on="source").filter(pl.col("documents") > most).select(lines.columns)
    return found.sort(["words", "source", "line"], descending=[True, False, False])


def boilerplate(stats: CorpusStats, options: TextOptions) -> Boilerplate:
    """Give source and hash of the boilerplate lines, to leave out of a second count."""
    return frozenset(boilerplate_lines(stats, options).select("source", "line").iter_rows())


def exact_groups(stats: CorpusStats) -> Groups:
    """Group documents with the same bytes or the same normalised text (width, case and white space do not count; formats may differ).

    Each group is sorted by id.
    """
    # those whose bytes and text no other has need no second look
    shared = pl.col("sha256").is_duplicated() | pl.col("text_hash").is_duplicated()
    leader: dict[str, str] = {}
    first: dict[tuple[str, str | int], str] = {}
    for document, sha256, text in stats.documents.filter(shared).sort("document").select("document", "sha256", "text_hash").iter_rows():
        leaders = {find_leader(leader, first.setdefault(key, document)) for key in (("bytes", sha256), ("text", text)) if key[1]}
        smallest = min({document, *leaders})
        for one in (document, *leaders):
            leader[one] = smallest
    groups: dict[str, list[str]] = {}
    for document in leader:
        groups.setdefault(find_leader(leader, document), []).append(document)
    return tuple(tuple(sorted(members)) for _, members in sorted(groups.items()) if len(members) > 1)


def near_groups(stats: CorpusStats, threshold: float) -> Groups:
    """Group documents that are alike and not equal: near-duplicates among one document of each exact group.

    Parameters
    ----------
    stats : CorpusStats
    threshold : float
        Least estimated Jaccard similarity (:func:`corpuskit.text.duplicate_groups`).

    Returns
    -------
    tuple of tuple of str
        Each group newest first.
    """
    copies = {document for group in exact_groups(stats) for document in group[1:]}
    kept = stats.documents.filter(~pl.col("document").is_in(copies))
    signatures = kept.select("document").join(stats.signatures, on="document", how="left", maintain_order="left")["signature"].fill_null(b"")
    groups = duplicate_groups(kept["document"].to_list(), signatures.to_list(), threshold)
    members = stats.documents.filter(pl.col("document").is_in([document for group in groups for document in group]))
    rows = {row[-1]: row for row in members.select("effective", "modified", "edition", "document").iter_rows()}
    return tuple(_newest_first([rows[document] for document in sorted(group)]) for group in groups)


def newest_first(stats: CorpusStats, documents: Sequence[str]) -> tuple[str, ...]:
    """Order documents by the date of effect or revision in their text, else their own date; equal dates by edition, then by id."""
    return _newest_first(stats.documents.filter(pl.col("document").is_in(documents)).select("effective", "modified", "edition", "document").rows())


def _newest_first(rows: Sequence[tuple[str, str, str, str]]) -> tuple[str, ...]:
    dated = [((effective or modified or "")[:10], edition, document) for effective, modified, edition, document in rows]
    return tuple(document for *_, document in sorted(sorted(dated, key=lambda row: row[2]), key=lambda row: row[:2], reverse=True))


def redundant_documents(stats: CorpusStats, options: TextOptions) -> frozenset[str]:
    """Give the copies to leave out: all but the first of each exact group and, only if the options ask for it, all but the newest of each near group.

    A document of an exact group says nothing that the first does not say. One of a near group may: filled-in forms, contracts with other
    parties and the invoices of each month are alike in all but the words that count.
    """
    copies = {document for group in exact_groups(stats) for document in group[1:]}
    if options.near_duplicates == "remove":
        copies |= {document for group in near_groups(stats, options.duplicate_threshold) for document in group[1:]}
    return frozenset(copies)


def find_leader(leader: dict[str, str], document: str) -> str:
    """Follow the leaders of a document to the one that leads its whole group."""
    while leader.get(document, document) != document:
        document = leader[document]
    return document
