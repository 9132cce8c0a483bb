"""Views of the counts: one language, sums over groups, minimum counts. Nothing here changes what was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.counting import section_groups
from corpuskit.counts.frequency_spectrum import FrequencySpectrum
from corpuskit.counts.mapped_pages import give_back_freed, out_of_memory
from corpuskit.counts.merging import count_nothing
from corpuskit.counts.packed_frames import as_held
from corpuskit.counts.sparse import add, assemble, choose_columns, empty, freeze, narrow, stack
from corpuskit.counts.stats import CorpusStats

DOCUMENTS = 5_000
"""Documents whose sections are added up at a time, because all at once would stand in memory three times."""

SECTIONS = 50_000
"""Sections that are added up to groups at a time, for the same reason; fewer would add up the groups more often."""


def languages(stats: CorpusStats) -> tuple[str, ...]:
    """Give the languages that have terms, the one with most tokens first."""
    totals = stats.terms.group_by("language").agg(pl.col("frequency").sum()).sort(["frequency", "language"], descending=[True, False])
    return tuple(totals["language"])


def vocabulary(stats: CorpusStats, language: str) -> pl.DataFrame:
    """Give the terms of a language: what the rows and columns of its views stand for. Empty for a language without terms."""
    start, stop = _range(stats, language)
    return stats.terms[start:stop]


def spectrum(stats: CorpusStats, language: str) -> FrequencySpectrum:
    """Give the frequency spectrum of a language (text and headings)."""
    return FrequencySpectrum.of(vocabulary(stats, language)["frequency"].to_numpy())


def pairs(stats: CorpusStats, language: str, minimum: int = 1) -> csr_matrix:
    """Give the co-occurrence of a language's terms, summed over document groups.

    Parameters
    ----------
    stats : CorpusStats
    language : str
    minimum : int
        Smallest count that is kept. Applied to the sum: a threshold on parts would depend on how the corpus was split.

    Returns
    -------
    csr_matrix, shape (V, V), upper triangular unless ``ordered``
        Entry (i, j): pairs of positions; its sum is the number of pairs. Of int64; with harmonic weights of float64, since a pair d apart is 1/d
        of a pair. Rows as in :func:`vocabulary`. Read-only.
    """
    total, unit = add(_blocks(stats, language)), stats.options.pair_unit
    if minimum > 1:
        total = total.copy()
        total.data[total.data < minimum * unit] = 0
        total.eliminate_zeros()
    return _in_pairs(freeze(total), stats)


def pairs_between(stats: CorpusStats, language: str, rows: NDArray[np.int64] | None, columns: NDArray[np.int64] | None) -> csr_matrix:
    """Give the entries of :func:`pairs` in some rows and columns (None for all), without adding up all others. Shape (rows, columns)."""
    start, stop = _range(stats, language)
    return _in_pairs(freeze(add(_chosen(matrix, start, stop, rows, columns) for matrix in stats.cooccurrence)), stats)


def _chosen(matrix: csr_matrix, start: int, stop: int, rows: NDArray[np.int64] | None, columns: NDArray[np.int64] | None) -> csr_matrix:
    # columns first: of the rows that are asked for most are long, and what is left of them is short
    found = choose_columns(matrix, start + columns) if columns is not None else matrix
    found = found[start + rows] if rows is not None else found[start:stop]
    found = csr_matrix(found if columns is not None else found[:, start:stop])
    found.sort_indices()
    out_of_memory(matrix)
    return assemble(found.indptr, found.indices, found.data, found.shape)


def pair_groups(stats: CorpusStats, language: str) -> tuple[csr_matrix, ...]:
    """Give the co-occurrence of a language's terms for each document group (shape, type and order as :func:`pairs`), to leave out one at a time."""
    return tuple(_in_pairs(block, stats) for block in _blocks(stats, language))


def pair_group(stats: CorpusStats, language: str, group: int) -> csr_matrix:
    """Give one of :func:`pair_groups`, so that of a large corpus one stands in memory at a time: pages of the others are given back."""
    for other in stats.cooccurrence:
        out_of_memory(other)
    return _in_pairs(_block(stats.cooccurrence[group], *_range(stats, language)), stats)


def bigrams(stats: CorpusStats, language: str) -> csr_matrix:
    """Give the bigrams of a language's terms, summed over document groups: int64, shape (V, V), entry (i, j) where i stands directly before j."""
    return add(bigram_groups(stats, language))


def bigram_groups(stats: CorpusStats, language: str) -> Iterator[csr_matrix]:
    """Give the bigrams of a language's terms for each document group (shape, type and order as :func:`bigrams`), one after the other."""
    start, stop = _range(stats, language)
    for matrix in stats.bigrams:
        yield _block(matrix, start, stop)
        out_of_memory(matrix)


def group_terms(stats: CorpusStats, language: str) -> csr_matrix:
    """Count each term of a language in each group that bigrams are counted in, text and headings together: int64, shape (groups, V).

    The groups of documents, but rows of a table of messages are dealt out one by one, as for bigrams.
    """
    start, stop = _range(stats, language)
    group = groups_of_sections(stats)
    matrix = empty((stats.options.groups, stop - start))
    for first in range(0, group.size, SECTIONS):
        part = slice(first, first + SECTIONS)
        counted, own = _text_and_headings(stats, part, start, stop), group[part]
        belongs = csr_matrix((np.ones(own.size, np.int64), (own, np.arange(own.size))), shape=(stats.options.groups, own.size))
        matrix = csr_matrix(matrix + belongs @ counted)
    matrix.sum_duplicates()
    return freeze(matrix)


def groups_of_sections(stats: CorpusStats) -> NDArray[np.int64]:
    """Give each section the group that its bigrams are counted in."""
    known = stats.documents.select("document").with_row_index("document_row")
    placed = stats.sections.join(known, on="document", how="left", maintain_order="left")
    return section_groups(placed, stats.documents["group"].to_numpy(), stats.options.of_bigrams).astype(np.int64)


def document_terms(stats: CorpusStats, language: str) -> csr_matrix:
    """Count each term of a language in each document, text and headings together.

    Returns
    -------
    csr_matrix of int32 (int64 where a count needs it), shape (documents, V)
        Rows as in ``stats.documents`` (documents without a word of the language have an empty row), columns as in :func:`vocabulary`. Read-only.
    """
    start, stop = _range(stats, language)
    known = stats.documents.select("document").with_row_index("row")
    rows = stats.sections.join(known, on="document", how="left", maintain_order="left")["row"].to_numpy()
    parts: list[csr_matrix] = []
    for first in range(0, stats.documents.height, DOCUMENTS):
        last = min(first + DOCUMENTS, stats.documents.height)
        # sections stand in the order of documents
        part = slice(*np.searchsorted(rows, [first, last]).tolist())
        counted = _text_and_headings(stats, part, start, stop)
        own = rows[part].astype(np.int64) - first
        block = counted
        if not np.array_equal(own, np.arange(last - first)):  # of short documents each is one section
            belongs = csr_matrix((np.ones(own.size, np.int64), (own, np.arange(own.size))), shape=(last - first, own.size))
            block = csr_matrix(belongs @ counted)
            block.sum_duplicates()
        parts.append(narrow(block))
    return freeze(stack(parts, stop - start))


def give_back(stats: CorpusStats) -> None:
    """Let the system take back memory: that of matrices that are mapped from files, which are read again when they are used, and what was freed."""
    for matrix in (stats.section_terms, stats.heading_terms, stats.features, stats.first_terms, *stats.cooccurrence, *stats.bigrams):
        out_of_memory(matrix)
    give_back_freed()


def facts_only(stats: CorpusStats) -> CorpusStats:
    """Give the documents, lines, personal data and notices without terms, sections and matrices: what is kept of a first pass."""
    nothing = count_nothing(stats.options)
    facts = {name: as_held(stats, name) for name in ("documents", "signatures", "lines", "personal_data", "notices")}
    return replace(nothing, **facts)


def texts_only(stats: CorpusStats) -> CorpusStats:
    """Give what each text says, without pairs of words, lines and signals: what a later audit is compared with, at a tenth of the size.

    Texts of such counts merge with each other as all counts do.
    """
    sections, terms = stats.sections.height, stats.terms.height
    no_pairs = tuple(empty((terms, terms)) for _ in stats.cooccurrence)
    return replace(
        count_nothing(stats.options),
        documents=stats.documents,
        signatures=as_held(stats, "signatures"),
        sections=stats.sections,
        terms=stats.terms,
        labels=stats.labels,
        personal_data=stats.personal_data,
        section_terms=stats.section_terms,
        heading_terms=empty((sections, terms)),
        cooccurrence=no_pairs,
        bigrams=no_pairs,
        features=empty((sections, stats.features.shape[1]), np.float32),
        first_terms=empty((sections, stats.first_terms.shape[1]), np.int32),
        tokenizers=stats.tokenizers,
    )


def _text_and_headings(stats: CorpusStats, sections: slice, start: int, stop: int) -> csr_matrix:
    """Add the words of the headings of some sections to those of their texts, for a range of terms."""
    text, headings = stats.section_terms[sections], stats.heading_terms[sections]
    out_of_memory(stats.section_terms)
    found = text + headings if headings.nnz else text
    return csr_matrix(found if stop - start == found.shape[1] else found[:, start:stop])


def _range(stats: CorpusStats, language: str) -> tuple[int, int]:
    """Terms are sorted by language first, so a language is a range of rows."""
    places = (stats.terms["language"] == language).arg_true()
    return (int(places[0]), int(places[-1]) + 1) if places.len() else (0, 0)


def _blocks(stats: CorpusStats, language: str) -> tuple[csr_matrix, ...]:
    start, stop = _range(stats, language)
    return tuple(_block(matrix, start, stop) for matrix in stats.cooccurrence)


def _in_pairs(matrix: csr_matrix, stats: CorpusStats) -> csr_matrix:
    """Turn harmonic units into pairs; flat counts are pairs already. Sums are taken before, while they are integers and exact."""
    if stats.options.weights == "flat":
        return matrix
    return assemble(matrix.indptr, matrix.indices, matrix.data / stats.options.pair_unit, matrix.shape)


def _block(matrix: csr_matrix, start: int, stop: int) -> csr_matrix:
    if stop - start == matrix.shape[0]:
        return matrix
    cut = matrix[start:stop, start:stop]
    out_of_memory(matrix)
    return assemble(cut.indptr, cut.indices, cut.data, cut.shape)
