"""The noun of floor 2: tokens and everything else that is taken from raw text, as columns.

Raw text ends here. A batch of documents becomes one :class:`TokenTable`; its frames refer to documents by their id
and to sections by a number within the batch, so that batches can be counted apart and merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from pydantic import BaseModel, ConfigDict
from scipy.sparse import csr_matrix

from corpuskit.text.field_values import VALUE_TYPES

FEATURES = 2**18
"""Number of hashed character n-gram features of a message (columns of ``TokenTable.features``)."""

DOCUMENT_SCHEMA = {
    "document": pl.String,  # id
    "language": pl.String,  # en, ja, mixed, other
    "reader": pl.String,
    "sha256": pl.String,
    "bytes": pl.Int64,
    "characters": pl.Int64,
    "modified": pl.String,  # ISO date the document gives itself, else that of the file
    "title": pl.String,
    "category": pl.String,  # that the document gives itself (front matter, properties of Office files); empty if it has none
    "signature": pl.Binary,  # MinHash: 128 little-endian uint32; empty when the text is too short to compare
    "text_hash": pl.UInt64,  # xxh3 of the normalised text: equal for equal texts, whatever their format; 0 for none
    "series": pl.String,  # name without version marks; empty if it has none
    "edition": pl.String,  # the version marks, sortable; empty if there are none
    "effective": pl.String,  # ISO date of effect or of the last revision that the text names; empty if none
    "expires": pl.String,  # ISO date until which the text says it is valid; empty if none
    "dated_by": pl.String,  # where ``modified`` comes from: metadata of the document, or file
    "row_months": pl.String,  # rows of a table by month, as "2025-04:12 2025-05:9"; empty if they have no dates
    "message_columns": pl.String,  # columns of a table whose cells are messages, joined by a comma; empty if rows are taken as a whole
}
SECTION_SCHEMA = {
    "section": pl.UInt32,  # number within the batch: 0, 1, 2 ... in reading order
    "document": pl.String,
    "ordinal": pl.UInt32,  # number within the document
    "language": pl.String,
    "kind": pl.String,
    "locator": pl.String,
    "text_hash": pl.UInt64,  # xxh3 of the normalised text: equal for equal messages
    "month": pl.Int32,  # of a row of a table, by its column of dates: 202504; null for text and for rows without a date
}
TOKEN_SCHEMA = {
    "section": pl.UInt32,
    "paragraph": pl.UInt32,  # number within the batch
    "sentence": pl.UInt32,  # number within the batch
    "position": pl.UInt32,  # number within the section, punctuation and stop words counted
    "term": pl.UInt32,  # row of ``terms``
    "heading": pl.Boolean,  # True: a token of the section's own heading, not of its text
    "nominal": pl.Boolean,  # noun or part of compound nouns; False too where the tokenizer tells no parts of speech (English)
}
TERM_SCHEMA: dict[str, Any] = {
    "term": pl.UInt32,  # number within the batch
    "language": pl.String,
    "form": pl.String,  # normalised form: the term
    "word": pl.Boolean,  # has a letter or digit; False: punctuation and symbols
    "stop": pl.Boolean,  # function word of its language
    "units": pl.List(pl.String),  # forms of the shortest words it is made of; null: of none but itself, or its tokenizer knows none
}
LABEL_SCHEMA = {"section": pl.UInt32, "column": pl.String, "value": pl.String}
SIGNAL_SCHEMA = {
    "document": pl.String,
    "section": pl.UInt32,  # number within the batch; null for path and title
    "task": pl.String,
    "signal": pl.String,  # path, title, heading, body, column
    "cue": pl.String,
    "count": pl.UInt32,
    "quote": pl.String,  # masked for personal data, at most 160 characters
}
PERSONAL_SCHEMA = {"document": pl.String, "type": pl.String, "count": pl.UInt32}
NOTICE_SCHEMA = {
    "document": pl.String,
    "section": pl.UInt32,  # number within the batch; null: the whole document
    "type": pl.String,  # see ``hidden_instructions``
    "count": pl.UInt32,
    "quote": pl.String,  # masked for personal data, at most 160 characters
}
LINE_SCHEMA = {
    "source": pl.String,  # first folder of the document id; empty at the top
    "line": pl.UInt64,  # xxh3 of the line, normalised, with numbers of up to three digits as 0
    "documents": pl.Int64,  # documents of the source that hold it
    "occurrences": pl.Int64,
    "words": pl.Int64,  # in all occurrences together
    "first": pl.String,  # smallest id of a document that holds it
}
FIELD_SCHEMA: dict[str, Any] = {
    "document": pl.String,
    "section": pl.UInt32,  # number within the batch
    "cue": pl.String,  # name of the field: folded, at most 30 characters
    "type": pl.Enum(VALUE_TYPES),
    "value": pl.UInt64,  # xxh3 of the value in its canonical form; 0: empty
    "position": pl.UInt8,  # characters of the document before it, in hundredths
    "place": pl.Enum(("cell", "line", "running")),
}


class TokenizerInfo(BaseModel):
    """What cut the text of one language: printed in every report, since counts depend on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    mode: str = ""
    dictionary_version: str = ""


@dataclass(frozen=True, eq=False)
class TokenTable:
    """A batch of documents as columns.

    Attributes
    ----------
    documents, sections, tokens, terms, labels, signals, personal_data, notices, lines, fields : polars.DataFrame
        With the schemas of this module.
    features : scipy.sparse.csr_matrix of float32, shape (sections, FEATURES)
        Hashed character n-gram counts of the sections that carry a label or are a ``row``; other rows are empty.
    tokenizers : dict
        Language code to :class:`TokenizerInfo`.
    """

    documents: pl.DataFrame
    sections: pl.DataFrame
    tokens: pl.DataFrame
    terms: pl.DataFrame
    labels: pl.DataFrame
    signals: pl.DataFrame
    personal_data: pl.DataFrame
    notices: pl.DataFrame
    lines: pl.DataFrame
    fields: pl.DataFrame
    features: csr_matrix
    tokenizers: dict[str, TokenizerInfo]
