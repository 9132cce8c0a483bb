"""From a batch of tokens to counts: everything vectorised, no Python object per token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import xxhash
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.cooccurrence import Positions, Reach, cooccurrence
from corpuskit.counts.sparse import Integers, empty, from_entries, tally
from corpuskit.counts.stats import (
    FIRST_TERMS,
    STATS_DOCUMENT_SCHEMA,
    STATS_FIELD_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_LINE_SCHEMA,
    STATS_NOTICE_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
    STATS_SIGNATURE_SCHEMA,
    STATS_TERM_SCHEMA,
    CorpusStats,
    CountOptions,
)
from corpuskit.errors import UsageError
from corpuskit.text import TokenTable


def count(batch: TokenTable, options: CountOptions) -> CorpusStats:
    """Count a batch: terms per section, co-occurrence within the window, bigrams, and the facts that travel with them.

    Only terms with a letter or digit (``word``) are counted; the others keep their place, so that a comma between two words makes
    them one further apart. A heading is its own sentence: its words pair with each other and never with the text below it.
    Words of different languages never pair.

    Parameters
    ----------
    batch : TokenTable
        Whole documents: a document never spans two batches.
    options : CountOptions
        Window, boundary and number of document groups.

    Returns
    -------
    CorpusStats
        In canonical order, arrays read-only.

    Raises
    ------
    UsageError
        A document stands twice in the batch, or a section belongs to no document of it.
    """
    documents = batch.documents.sort("document")
    refuse_twice(twice(documents))
    sections = _sections(batch.sections, documents)
    terms, term_of = _terms(batch)
    words = _Words.of(batch, sections, term_of)
    groups = document_groups(documents, options.groups)
    shape = (sections.height, terms.height)
    text = ~words.heading
    per_document = tally(words.document, words.term, (documents.height, terms.height))
    frequency = np.bincount(words.term, minlength=terms.height)
    document_frequency = np.bincount(per_document.indices, minlength=terms.height)
    pairs, bigrams = _pairs(batch, words, sections, terms, groups, options)
    return CorpusStats(
        options=options,
        documents=_fit(
            documents.with_columns(
                tokens=pl.Series(np.bincount(words.document, minlength=documents.height), dtype=pl.Int64),
                types=pl.Series(np.diff(per_document.indptr), dtype=pl.Int64),
                group=pl.Series(groups, dtype=pl.UInt32),
            ),
            STATS_DOCUMENT_SCHEMA,
        ),
        signatures=_fit(documents, STATS_SIGNATURE_SCHEMA),
        sections=_fit(sections, STATS_SECTION_SCHEMA),
        terms=_fit(
            terms.with_columns(frequency=pl.Series(frequency, dtype=pl.Int64), document_frequency=pl.Series(document_frequency, dtype=pl.Int64)),
            STATS_TERM_SCHEMA,
        ),
        labels=arrange(_fit(_with_place(batch.labels, sections), STATS_LABEL_SCHEMA)),
        signals=arrange(_fit(_with_place(batch.signals.drop("document"), sections, batch.signals["document"]), STATS_SIGNAL_SCHEMA)),
        personal_data=arrange(_fit(batch.personal_data, STATS_PERSONAL_SCHEMA)),
        notices=arrange(_fit(_with_place(batch.notices.drop("document"), sections, batch.notices["document"]), STATS_NOTICE_SCHEMA)),
        lines=_fit(batch.lines, STATS_LINE_SCHEMA).sort("source", "line"),
        fields=arrange(_fit(_with_place(batch.fields.drop("document"), sections), STATS_FIELD_SCHEMA)),
        section_terms=tally(words.row[text], words.term[text], shape),
        heading_terms=tally(words.row[words.heading], words.term[words.heading], shape),
        cooccurrence=pairs,
        bigrams=bigrams,
        features=_features(batch, sections),
        first_terms=_first_terms(batch, words, sections),
        tokenizers=dict(sorted(batch.tokenizers.items())),
    )


def document_groups(documents: pl.DataFrame, groups: int) -> NDArray[np.uint32]:
    """Give each document its group: xxh3_64 of its id, modulo the number of groups. Stable across runs, machines and batches."""
    return np.array([xxhash.xxh3_64_intdigest(name.encode()) % groups for name in documents["document"]], np.uint32)


def section_groups(sections: pl.DataFrame, documents: NDArray[np.uint32], options: CountOptions) -> NDArray[np.uint32]:
    """Give each section the group its pairs are counted in: that of its document; rows of a table of messages are dealt out one by one.

    ``sections`` in canonical order with the row of their document, ``documents`` the group of each document.

    Each row is a message of its own, so a table alone still gives groups to leave out, and a large table does not fill one group. Where pairs
    may reach from row to row (boundary "document") the document stays whole.
    """
    groups: NDArray[np.uint32] = documents[sections["document_row"].to_numpy()]
    if options.boundary != "document":
        rows = (sections["kind"] == "row").to_numpy()
        groups[rows] = (groups[rows].astype(np.uint64) + sections["ordinal"].to_numpy()[rows]) % options.groups
    return groups


def twice(documents: pl.DataFrame) -> list[str]:
    """Give the ids that stand more than once, sorted."""
    return documents.filter(pl.col("document").is_duplicated())["document"].unique().sort().to_list()


def refuse_twice(names: Sequence[str]) -> None:
    """Raise UsageError for documents whose id stands twice, if there are any: counting one twice would narrow every interval."""
    if names:
        raise UsageError(f"{len(names)} documents are counted twice: {', '.join(names[:3])}. Give every document once, under one id.")


def with_units(terms: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Give each term the units that ``sources`` hold for it. Of several the smallest list, which no order of reading changes."""
    found = sources.filter(pl.col("units").is_not_null()).select("language", "form", "units")
    return terms.join(found.sort(found.columns).unique(["language", "form"], keep="first"), on=["language", "form"], how="left")


def arrange(frame: pl.DataFrame) -> pl.DataFrame:
    """Sort by all columns from left to right, missing values first: an order that no order of reading can change."""
    return frame.sort(frame.columns, nulls_last=False)


@dataclass(frozen=True)
class _Words:
    """The words of a batch, in the order of its token rows. ``kept`` are their row numbers; ``row`` is the section's row in canonical order."""

    kept: Integers
    row: Integers
    document: Integers
    term: Integers
    heading: NDArray[np.bool_]

    @classmethod
    def of(cls, batch: TokenTable, sections: pl.DataFrame, term_of: Integers) -> _Words:
        term = term_of[batch.tokens["term"].to_numpy()]
        kept = np.flatnonzero(term >= 0)
        row = _rows(sections)[batch.tokens["section"].to_numpy()[kept]]
        return cls(
            kept=kept,
            row=row,
            document=sections["document_row"].to_numpy()[row],
            term=term[kept],
            heading=batch.tokens["heading"].to_numpy()[kept],
        )


def _sections(sections: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Put the sections in canonical order, with the row of their document."""
    known = documents.select("document").with_row_index("document_row")
    placed = sections.join(known, on="document", how="left").sort("document", "ordinal")
    if placed["document_row"].null_count():
        lost = placed.filter(pl.col("document_row").is_null())["document"][0]
        raise UsageError(f"A section belongs to the document {lost!r}, which is not in the batch.")
    return placed


def _rows(sections: pl.DataFrame) -> Integers:
    """Section number in the batch to row in canonical order."""
    numbers = sections["section"].to_numpy()
    rows = np.full(int(numbers.max()) + 1 if numbers.size else 0, -1, np.int64)
    rows[numbers] = np.arange(numbers.size)
    return rows


def _terms(batch: TokenTable) -> tuple[pl.DataFrame, Integers]:
    """Give the words that occur, by language and form, and the map from term number in the batch to row, -1 for what is no counted word."""
    numbers = batch.terms["term"].to_numpy().astype(np.int64)
    seen = np.bincount(batch.tokens["term"].to_numpy(), minlength=int(numbers.max(initial=-1)) + 1)
    words = batch.terms.filter(pl.col("word") & pl.Series(seen[numbers] > 0, dtype=pl.Boolean))
    terms = words.group_by("language", "form").agg(pl.col("stop").any())
    terms = with_units(terms, words).sort("language", "form").with_row_index("row")
    placed = words.join(terms.select("language", "form", "row"), on=["language", "form"])
    term_of = np.full(seen.size, -1, np.int64)
    term_of[placed["term"].to_numpy()] = placed["row"].to_numpy()
    return terms, term_of


def _pairs(
    batch: TokenTable, words: _Words, sections: pl.DataFrame, terms: pl.DataFrame, documents: NDArray[np.uint32], options: CountOptions
) -> tuple[tuple[csr_matrix, ...], tuple[csr_matrix, ...]]:
    """Count co-occurrence as the options say, and bigrams, which no option changes; each once where both are the same."""
    near, harmonic = options.of_bigrams, options.weights == "harmonic"
    bigrams = Reach(near.window, near.ordered)
    asked = Reach(options.window, options.ordered, options.pair_unit if harmonic else None)
    in_sentences = _positions(batch, words, sections, terms, section_groups(sections, documents, near), near)
    if options.boundary == near.boundary:
        reaches = (bigrams,) if asked == bigrams else (bigrams, asked)
        counted = cooccurrence(in_sentences, terms.height, options.groups, reaches)
        return counted[-1], counted[0]
    positions = _positions(batch, words, sections, terms, section_groups(sections, documents, options), options)
    (pairs,) = cooccurrence(positions, terms.height, options.groups, (asked,))
    return pairs, cooccurrence(in_sentences, terms.height, options.groups, (bigrams,))[0]


def _positions(
    batch: TokenTable, words: _Words, sections: pl.DataFrame, terms: pl.DataFrame, groups: NDArray[np.uint32], options: CountOptions
) -> Positions:
    """Place every word on its line: the unit within which pairs are counted, and its position there."""
    place = batch.tokens["position"].to_numpy()[words.kept].astype(np.int64)
    if options.boundary == "document":
        lengths = _section_lengths(batch, sections)
        starts = np.cumsum(lengths) - lengths
        # sections of one document stand one after the other, so a running start joins them without a seam; headings stay apart
        place = np.where(words.heading, place, place + starts[words.row])
        unit = np.where(words.heading, sections.height + words.row, words.document).astype(np.int64)
    elif options.boundary == "section":
        unit = words.row.astype(np.int64)
    else:
        unit = batch.tokens[options.boundary].to_numpy()[words.kept].astype(np.int64)
    language = terms["language"].rle_id().to_numpy()[words.term].astype(np.int64)
    languages = int(terms["language"].n_unique()) or 1
    unit = (unit * 2 + words.heading) * languages + language
    return Positions(unit=unit, place=place, term=words.term, group=groups[words.row])


def _section_lengths(batch: TokenTable, sections: pl.DataFrame) -> Integers:
    """Positions that the text of each section takes, punctuation included, in canonical order; headings are numbered apart."""
    text = batch.tokens.filter(~pl.col("heading"))
    lengths = np.zeros(sections.height, np.int64)
    np.maximum.at(lengths, _rows(sections)[text["section"].to_numpy()], text["position"].to_numpy().astype(np.int64) + 1)
    return lengths


def _with_place(frame: pl.DataFrame, sections: pl.DataFrame, document: pl.Series | None = None) -> pl.DataFrame:
    """Replace the section number of the batch by document and ordinal; ``document`` is given where a row may have no section."""
    place = sections.select("section", "document", "ordinal")
    if document is None:
        return frame.join(place, on="section", how="inner")
    return frame.with_columns(document).join(place.drop("document"), on="section", how="left")


def _fit(frame: pl.DataFrame, schema: dict[str, Any]) -> pl.DataFrame:
    """Select the columns of a schema in its order and types."""
    return frame.select(pl.col(name).cast(kind) for name, kind in schema.items()).rechunk()


def _features(batch: TokenTable, sections: pl.DataFrame) -> Any:
    ordered = batch.features[sections["section"].to_numpy()].tocoo()
    order = np.lexsort((ordered.col, ordered.row))
    return from_entries(ordered.row[order], ordered.col[order], ordered.data[order].astype(np.float32), ordered.shape)


def _first_terms(batch: TokenTable, words: _Words, sections: pl.DataFrame) -> csr_matrix:
    """Lay out the words that labelled sections, and the rows beside them, begin with."""
    labelled = _rows(sections)[batch.labels["section"].to_numpy()]
    shape = (sections.height, FIRST_TERMS)
    if not labelled.size:
        return empty(shape, np.int32)
    document = sections["document_row"].to_numpy()
    wanted = np.isin(document, document[labelled]) & (sections["kind"] == "row").to_numpy()
    wanted[labelled] = True
    chosen = np.flatnonzero(wanted[words.row] & ~words.heading)
    row, position = words.row[chosen], batch.tokens["position"].to_numpy()[words.kept[chosen]].astype(np.int64)
    order = np.argsort((row << 32) | position, kind="stable")
    row, term = row[order], words.term[chosen][order]
    index = np.arange(row.size)
    place = index - np.maximum.accumulate(np.where(np.append(True, row[1:] != row[:-1])[: row.size], index, 0))
    first = place < FIRST_TERMS
    return from_entries(row[first], place[first], (term[first] + 1).astype(np.int32), shape)
