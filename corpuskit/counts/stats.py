"""The noun of floor 3: counts of a corpus, frozen and mergeable.

Law 4: ``merge([count(a), count(b)])`` equals ``count(a + b)`` value for value, with ``count`` of nothing as zero. So only
facts that do not depend on the order of reading enter, rows stand in a canonical order (documents by id, sections
by document and ordinal, terms by language and form), and minimum counts are applied later, by views.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field
from scipy.sparse import csr_matrix

from corpuskit.text import TokenizerInfo

Boundary = Literal["sentence", "paragraph", "section", "document"]


class CountOptions(BaseModel):
    """How co-occurrence is counted. Part of the result: only counts with equal options merge.

    ``groups`` is the number of document groups (by a stable hash of the document id; rows of a table of messages are dealt out one by one) that
    co-occurrence is kept apart for, so that intervals can leave out one group at a time without a recount (delete-a-group jackknife).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    window: int = Field(default=5, ge=1, le=100)
    boundary: Boundary = "sentence"
    groups: int = Field(default=25, ge=1, le=250)


STATS_DOCUMENT_SCHEMA = {
    "document": pl.String,
    "language": pl.String,
    "reader": pl.String,
    "sha256": pl.String,
    "bytes": pl.Int64,
    "characters": pl.Int64,
    "modified": pl.String,
    "title": pl.String,
    "signature": pl.Binary,
    "text_hash": pl.UInt64,
    "series": pl.String,
    "edition": pl.String,
    "effective": pl.String,
    "expires": pl.String,
    "dated_by": pl.String,
    "tokens": pl.Int64,  # words (punctuation not counted), headings included
    "types": pl.Int64,
    "group": pl.UInt32,  # xxh3_64(document) % groups
}
STATS_SECTION_SCHEMA = {
    "document": pl.String,
    "ordinal": pl.UInt32,
    "language": pl.String,
    "kind": pl.String,
    "locator": pl.String,
    "text_hash": pl.UInt64,
}
STATS_TERM_SCHEMA = {
    "language": pl.String,
    "form": pl.String,
    "stop": pl.Boolean,
    "frequency": pl.Int64,
    "document_frequency": pl.Int64,
}
STATS_LABEL_SCHEMA = {"document": pl.String, "ordinal": pl.UInt32, "column": pl.String, "value": pl.String}
STATS_SIGNAL_SCHEMA = {
    "document": pl.String,
    "ordinal": pl.UInt32,  # null for path and title
    "task": pl.String,
    "signal": pl.String,
    "cue": pl.String,
    "count": pl.Int64,
    "quote": pl.String,
}
STATS_PERSONAL_SCHEMA = {"document": pl.String, "type": pl.String, "count": pl.Int64}
STATS_NOTICE_SCHEMA = {
    "document": pl.String,
    "ordinal": pl.UInt32,  # null for the whole document
    "type": pl.String,
    "count": pl.Int64,
    "quote": pl.String,
}
STATS_LINE_SCHEMA = {
    "source": pl.String,
    "line": pl.UInt64,
    "documents": pl.Int64,
    "occurrences": pl.Int64,
    "words": pl.Int64,
    "first": pl.String,
}


@dataclass(frozen=True, eq=False)
class CorpusStats:
    """Counts of a corpus.

    Attributes
    ----------
    options : CountOptions
        How they were made.
    documents, sections, terms, labels, signals, personal_data, notices, lines : polars.DataFrame
        With the schemas of this module, in canonical order. ``terms`` holds words only; V is its height. ``lines`` holds each different line of
        3 to 200 characters by source and hash, as it was found, whether or not it was removed.
    section_terms : csr_matrix of int64, shape (sections, V)
        How often each term stands in the text of each section (heading not counted).
    heading_terms : csr_matrix of int64, shape (sections, V)
        The same for the section's own heading.
    cooccurrence : tuple of csr_matrix of int64, each (V, V), upper triangular, one per document group
        Entry (i, j), i <= j: unordered pairs of positions at most ``window`` apart within one ``boundary``, each pair of positions
        counted once. Punctuation and other removed tokens leave their gap. Their sum over groups is :meth:`pairs`.
    features : csr_matrix of float32, shape (sections, FEATURES)
        Hashed character n-grams of labelled sections and rows.
    tokenizers : dict
        Language to TokenizerInfo.
    """

    options: CountOptions
    documents: pl.DataFrame
    sections: pl.DataFrame
    terms: pl.DataFrame
    labels: pl.DataFrame
    signals: pl.DataFrame
    personal_data: pl.DataFrame
    notices: pl.DataFrame
    lines: pl.DataFrame
    section_terms: csr_matrix
    heading_terms: csr_matrix
    cooccurrence: tuple[csr_matrix, ...]
    features: csr_matrix
    tokenizers: dict[str, TokenizerInfo] = field(default_factory=dict)
