"""The noun of floor 3: counts of a corpus, frozen and mergeable.

Law 4: ``merge([count(a), count(b)])`` equals ``count(a + b)`` value for value, with ``count`` of nothing as zero. So only
facts that do not depend on the order of reading enter, rows stand in a canonical order (documents by id, sections
by document and ordinal, terms by language and form), and minimum counts are applied later, by views.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, Self

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator
from scipy.sparse import csr_matrix

from corpuskit.counts.packed_frames import packable
from corpuskit.text import FIELD_SCHEMA, TokenizerInfo

Boundary = Literal["sentence", "paragraph", "section", "document"]
Weights = Literal["flat", "harmonic"]

FIRST_TERMS = 64
"""Words of a labelled message whose order is kept; because most messages are shorter, and a context curve over more tokens needs long ones anyway."""

LARGEST_CORPUS = 10**10
"""Positions whose weights, all in one cell, must still fit 64 bits: what limits the window of harmonic weights (to 22)."""


class CountOptions(BaseModel):
    """How co-occurrence is counted. Part of the result: only counts with equal options merge.

    ``groups`` is the number of document groups (by a stable hash of the document id; rows of a table of messages are dealt out one by one) that
    co-occurrence is kept apart for, so that intervals can leave out one group at a time without a recount (delete-a-group jackknife).

    ``weights``: "flat", each pair of positions adds 1; "harmonic", a pair d positions apart adds 1/d. Harmonic weights are kept as integers, in units
    of 1/:attr:`pair_unit`, so that merging stays exact; :func:`~corpuskit.counts.pairs` divides by the unit. Windows of more than 22 are refused
    with them: sums over 10^10 positions would no longer fit 64 bits.

    ``ordered``: False, a pair counts in entry (i, j) with i <= j whichever word comes first; True, in (i, j) where i stands before j. Distances
    are those of positions: what was removed leaves its gap.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    window: int = Field(default=5, ge=1, le=100)
    boundary: Boundary = "sentence"
    groups: int = Field(default=25, ge=1, le=250)
    weights: Weights = "flat"
    ordered: bool = False

    @property
    def pair_unit(self) -> int:
        """What one pair of neighbours adds to its entry: 1, or lcm(1..window) for harmonic weights."""
        return math.lcm(*range(1, self.window + 1)) if self.weights == "harmonic" else 1

    @property
    def of_bigrams(self) -> CountOptions:
        """The options that bigrams are counted with, whatever these are."""
        return CountOptions(window=1, boundary="sentence", groups=self.groups, ordered=True)

    @model_validator(mode="after")
    def _fits_64_bits(self) -> Self:
        heaviest = self.pair_unit * sum(Fraction(1, apart) for apart in range(1, self.window + 1)) * LARGEST_CORPUS
        if self.weights == "harmonic" and heaviest >= 2**63:
            raise ValueError(f"harmonic weights need a window of at most 22, not {self.window}: their sums would not fit 64 bits")
        return self


STATS_DOCUMENT_SCHEMA = {
    "document": pl.String,
    "language": pl.String,
    "reader": pl.String,
    "sha256": pl.String,
    "bytes": pl.Int64,
    "characters": pl.Int64,
    "modified": pl.String,
    "title": pl.String,
    "category": pl.String,
    "text_hash": pl.UInt64,
    "series": pl.String,
    "edition": pl.String,
    "effective": pl.String,
    "expires": pl.String,
    "dated_by": pl.String,
    "row_months": pl.String,
    "message_columns": pl.String,
    "tokens": pl.Int64,  # words (punctuation not counted), headings included
    "types": pl.Int64,
    "group": pl.UInt32,  # xxh3_64(document) % groups
}
STATS_SIGNATURE_SCHEMA = {"document": pl.String, "signature": pl.Binary}
"""Apart from the documents, because near copies alone are found with it and it takes three quarters of their room."""
STATS_SECTION_SCHEMA = {
    "document": pl.String,
    "ordinal": pl.UInt32,
    "language": pl.String,
    "kind": pl.String,
    "locator": pl.String,
    "text_hash": pl.UInt64,
    "month": pl.Int32,  # 202504; null for what is no dated row of a table
}
STATS_TERM_SCHEMA: dict[str, Any] = {
    "language": pl.String,
    "form": pl.String,
    "stop": pl.Boolean,
    "frequency": pl.Int64,
    "document_frequency": pl.Int64,
    "units": pl.List(pl.String),  # forms of the shortest words it is made of; null: of none but itself, or its tokenizer knows none
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
STATS_FIELD_SCHEMA: dict[str, Any] = {
    "document": pl.String,
    "ordinal": pl.UInt32,
    **{name: kind for name, kind in FIELD_SCHEMA.items() if name not in ("document", "section")},
}


@packable("documents", "signatures", "sections", "terms", "labels", "signals", "personal_data", "notices", "lines", "fields")
@dataclass(frozen=True, eq=False)
class CorpusStats:
    """Counts of a corpus.

    Attributes
    ----------
    options : CountOptions
        How they were made.
    documents, signatures, sections, terms, labels, signals, personal_data, notices, lines, fields : polars.DataFrame
        With the schemas of this module, in canonical order. ``terms`` holds words only; V is its height. ``lines`` holds each different line of
        3 to 200 characters by source and hash, as it was found, whether or not it was removed. ``fields`` holds each different value of a field of
        a document once (at most 100 for a document), by its hash. Of a large corpus all stand packed in files; ``signatures``,
        ``signals`` and ``lines`` are unpacked each time they are asked for, the others once.
    section_terms : csr_matrix of int64, shape (sections, V)
        How often each term stands in the text of each section (heading not counted).
    heading_terms : csr_matrix of int64, shape (sections, V)
        The same for the section's own heading.
    cooccurrence : tuple of csr_matrix of int64, each (V, V), upper triangular unless ``ordered``, one per document group
        Entry (i, j), i <= j: unordered pairs of positions at most ``window`` apart within one ``boundary``, each pair of positions
        counted once. Punctuation and other removed tokens leave their gap. Entry (i, i) counts a pair of equal words once; the symmetric
        matrix adds its mirror image and so counts it twice, which is the convention of quanteda's ``fcm``. With ``ordered`` entry (i, j) counts
        pairs with i before j, the matrix is square and an equal pair counts once in both conventions. With harmonic weights in units
        of 1/``options.pair_unit``. Their sum over groups, in pairs, is :func:`~corpuskit.counts.pairs`.
    bigrams : tuple of csr_matrix of int64, each (V, V), one per document group
        Entry (i, j): how often word i stands directly before word j in one sentence, whatever the options say of window, boundary, weights and
        order. Punctuation and other removed tokens leave their gap, so words around a comma are no bigram.
    features : csr_matrix of float32, shape (sections, FEATURES)
        Hashed character n-grams of labelled sections and rows.
    first_terms : csr_matrix of int32, shape (sections, FIRST_TERMS)
        The words that a text begins with, in order: entry (i, k) is 1 + the row in ``terms`` of its word k; 0 where it is shorter. Only of sections
        that carry a label and of the rows of a document that has labels; the others are empty.
    tokenizers : dict
        Language to TokenizerInfo.
    """

    options: CountOptions
    documents: pl.DataFrame
    signatures: pl.DataFrame
    sections: pl.DataFrame
    terms: pl.DataFrame
    labels: pl.DataFrame
    signals: pl.DataFrame
    personal_data: pl.DataFrame
    notices: pl.DataFrame
    lines: pl.DataFrame
    fields: pl.DataFrame
    section_terms: csr_matrix
    heading_terms: csr_matrix
    cooccurrence: tuple[csr_matrix, ...]
    bigrams: tuple[csr_matrix, ...]
    features: csr_matrix
    first_terms: csr_matrix
    tokenizers: dict[str, TokenizerInfo] = field(default_factory=dict)
