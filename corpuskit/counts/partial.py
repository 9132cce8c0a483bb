"""A partial result: the counts of some files of a corpus, with what became of each file. What shards, caches and engines pass around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from corpuskit.counts.merging import merge
from corpuskit.counts.packed_frames import packable
from corpuskit.counts.stats import CorpusStats, CountOptions
from corpuskit.ingest import READERS, Document, Skipped

INTAKE = "intake"
"""What the table of files is called where it travels beside counts."""
INTAKE_SCHEMA: dict[str, Any] = {
    "document": pl.String,  # id of the document, or of the file that gave none
    "code": pl.String,  # why it was skipped; null where it was read
    "reason": pl.String,
    "readable": pl.Boolean,  # whether a skipped file should have been readable
    "sha256": pl.String,
    "bytes": pl.Int64,
    "modified": pl.String,
    "reader": pl.String,  # with its version and those of its packages
    "encoding": pl.String,
    "encoding_basis": pl.String,
    "warnings": pl.List(pl.String),
}
"""What became of each file: lineage of what was read, reason of what was not."""


@packable("intake")
@dataclass(frozen=True, eq=False)
class Partial:
    """Counts of some files, and what became of each.

    Attributes
    ----------
    stats : CorpusStats
        Of the documents that were read and not left out; all pairs, without minimum count.
    intake : polars.DataFrame
        With INTAKE_SCHEMA, by document; files that were skipped and documents that were left out of the counts too. Of a large corpus it stands
        packed in a file and is unpacked each time it is asked for.
    """

    stats: CorpusStats
    intake: pl.DataFrame


def intake_of(results: Sequence[Document | Skipped]) -> pl.DataFrame:
    """Lay out what became of files, by document."""
    rows = [_skipped(result) if isinstance(result, Skipped) else _read(result) for result in results]
    return arrange_intake(pl.DataFrame(rows, schema=INTAKE_SCHEMA, orient="row"))


def merge_partials(parts: Sequence[Partial], options: CountOptions) -> Partial:
    """Merge counts and intake of different files; of none: the counts of nothing.

    Raises
    ------
    UsageError
        As :func:`~corpuskit.counts.merge`.
    """
    return Partial(merge([part.stats for part in parts], options), merge_intakes([part.intake for part in parts]))


def merge_intakes(intakes: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put intakes of different files together, by document."""
    return arrange_intake(pl.concat([pl.DataFrame(schema=INTAKE_SCHEMA), *intakes]))


def arrange_intake(intake: pl.DataFrame) -> pl.DataFrame:
    """Sort what became of files by document."""
    return intake.sort("document", "code", nulls_last=False)


def _read(document: Document) -> tuple[object, ...]:
    source = document.source
    reader = READERS[source.reader].edition() if source.reader in READERS else source.reader
    lineage = (source.sha256, source.bytes, source.modified, reader, source.encoding, source.encoding_basis)
    return (document.id, None, None, None, *lineage, list(document.warnings))


def _skipped(result: Skipped) -> tuple[object, ...]:
    return (result.path, result.code, result.reason, result.readable, None, None, None, None, None, None, [])
