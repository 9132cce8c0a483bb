"""Counts of parts become counts of the whole: exact, associative, with the counts of nothing as zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts.arrays import Arrays, InMemory
from corpuskit.counts.merging_lines import merge_lines
from corpuskit.counts.merging_matrices import Part, add_groups, height, stack
from corpuskit.counts.merging_rows import merge_documents, merge_rows, merge_sections
from corpuskit.counts.merging_terms import merge_terms
from corpuskit.counts.sparse import empty, same
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
from corpuskit.counts.storage import PACKED, StoredStats
from corpuskit.errors import UsageError
from corpuskit.text import FEATURES, TokenizerInfo

ROWS = {
    "signatures": STATS_SIGNATURE_SCHEMA,
    "labels": STATS_LABEL_SCHEMA,
    "signals": STATS_SIGNAL_SCHEMA,
    "personal_data": STATS_PERSONAL_SCHEMA,
    "notices": STATS_NOTICE_SCHEMA,
    "fields": STATS_FIELD_SCHEMA,
}
"""Frames of rows about documents that are put below each other as they are."""


def count_nothing(options: CountOptions) -> CorpusStats:
    """Give the counts of no document: the zero of :func:`merge`."""
    return CorpusStats(
        options=options,
        documents=pl.DataFrame(schema=STATS_DOCUMENT_SCHEMA),
        signatures=pl.DataFrame(schema=STATS_SIGNATURE_SCHEMA),
        sections=pl.DataFrame(schema=STATS_SECTION_SCHEMA),
        terms=pl.DataFrame(schema=STATS_TERM_SCHEMA),
        labels=pl.DataFrame(schema=STATS_LABEL_SCHEMA),
        signals=pl.DataFrame(schema=STATS_SIGNAL_SCHEMA),
        personal_data=pl.DataFrame(schema=STATS_PERSONAL_SCHEMA),
        notices=pl.DataFrame(schema=STATS_NOTICE_SCHEMA),
        lines=pl.DataFrame(schema=STATS_LINE_SCHEMA),
        fields=pl.DataFrame(schema=STATS_FIELD_SCHEMA),
        section_terms=empty((0, 0)),
        heading_terms=empty((0, 0)),
        cooccurrence=tuple(empty((0, 0)) for _ in range(options.groups)),
        bigrams=tuple(empty((0, 0)) for _ in range(options.groups)),
        features=empty((0, FEATURES), np.float32),
        first_terms=empty((0, FIRST_TERMS), np.int32),
        tokenizers={},
    )


def merge(parts: Sequence[Part], options: CountOptions | None = None, arrays: Arrays | None = None) -> CorpusStats:
    """Merge counts of parts of a corpus: ``merge([count(a), count(b)])`` equals ``count(a + b)`` value for value.

    Of stored parts a range of rows of one table is in memory at a time, of co-occurrence one of one document group.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
        Counted with equal options and tokenizers, over different documents. None is changed.
    options : CountOptions, optional
        What the parts must have been counted with; needed when there are no parts. Default: those of the first part.
    arrays : Arrays, optional
        Makes the arrays of the matrices, and the tables; default: in memory.

    Returns
    -------
    CorpusStats
        In canonical order, arrays read-only.

    Raises
    ------
    UsageError
        Options or tokenizers differ, a document is in two parts, or there are neither parts nor options.
    """
    if options is None:
        if not parts:
            raise UsageError("Nothing to merge, and no options to say how nothing was counted. Give the options.")
        options = parts[0].options
    _refuse_other_options(parts, options)
    tokenizers = _tokenizers(parts)
    filled = [part for part in parts if height(part, "documents")]
    if not filled:
        return replace(count_nothing(options), tokenizers=tokenizers)
    if len(filled) == 1 and filled[0].tokenizers == tokenizers:
        return filled[0].whole() if isinstance(filled[0], StoredStats) else filled[0]
    put = arrays or InMemory()
    placed = put.growing(np.int64)
    numbered = [put.growing(np.int32) for _ in filled]
    frames = {
        "documents": put.frame(merge_documents(filled), STATS_DOCUMENT_SCHEMA, kept=True),  # first, because it tells of documents counted twice
        "lines": put.frame(merge_lines(filled), STATS_LINE_SCHEMA),
        "sections": put.frame(merge_sections(filled, placed), STATS_SECTION_SCHEMA, kept=True),
        "terms": put.frame(merge_terms(filled, numbered), STATS_TERM_SCHEMA, kept=True),
        **{name: put.frame(merge_rows(filled, name), schema, kept=name not in PACKED) for name, schema in ROWS.items()},
    }
    order, term_rows, terms = placed.filled(), [rows.filled() for rows in numbered], int(frames["terms"].height)
    return CorpusStats(
        options=options,
        **frames,
        section_terms=stack(filled, "section_terms", term_rows, terms, order, put),
        heading_terms=stack(filled, "heading_terms", term_rows, terms, order, put),
        cooccurrence=add_groups(filled, "cooccurrence", term_rows, terms, options.groups, put),
        bigrams=add_groups(filled, "bigrams", term_rows, terms, options.groups, put),
        features=stack(filled, "features", None, FEATURES, order, put),
        first_terms=stack(filled, "first_terms", term_rows, FIRST_TERMS, order, put, of_terms=True),
        tokenizers=tokenizers,
    )


def equal(a: CorpusStats, b: CorpusStats) -> bool:
    """Tell whether two counts agree in every option, frame and matrix entry."""
    return all(_equal(getattr(a, field.name), getattr(b, field.name)) for field in fields(CorpusStats))


def _equal(a: object, b: object) -> bool:
    if isinstance(a, pl.DataFrame) and isinstance(b, pl.DataFrame):
        return a.schema == b.schema and a.equals(b)
    if isinstance(a, csr_matrix) and isinstance(b, csr_matrix):
        return same(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(_equal(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b)


def _refuse_other_options(parts: Sequence[Part], options: CountOptions) -> None:
    for part in parts:
        if part.options != options:
            asked, found = options.model_dump(), part.options.model_dump()
            differing = ", ".join(f"{name} {found[name]} instead of {asked[name]}" for name in asked if asked[name] != found[name])
            raise UsageError(f"Only counts with equal options can be merged; one has {differing}. Count all parts with the same options.")


def _tokenizers(parts: Sequence[Part]) -> dict[str, TokenizerInfo]:
    merged: dict[str, TokenizerInfo] = {}
    for part in parts:
        for language, info in part.tokenizers.items():
            if merged.setdefault(language, info) != info:
                used = " and ".join(f"{each.name} {each.version} {each.mode}".strip() for each in (merged[language], info))
                raise UsageError(
                    f"The parts cut {language!r} with different tokenizers ({used}): their counts do not mean the same. "
                    "Count all parts with one tokenizer and dictionary."
                )
    return dict(sorted(merged.items()))
