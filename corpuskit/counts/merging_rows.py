"""Rows about documents of parts become those of the whole, a range of documents at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl

from corpuskit.counts.arrays import Growing
from corpuskit.counts.counting import arrange, refuse_twice, twice
from corpuskit.counts.key_ranges import AT_ONCE, key_ranges
from corpuskit.counts.merging_matrices import Part, height
from corpuskit.counts.storage import StoredStats


def merge_rows(parts: Sequence[Part], name: str, at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Put rows below each other in the order of all their columns, the document first. Gives the table in pieces.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
    name : str
        Of a frame whose first column is ``document``.
    at_once : int
        Rows merged at a time, about.
    """
    many = sum(height(part, name) for part in parts)
    return in_pieces([scan(part, name) for part in parts], many, arrange, at_once)


def merge_documents(parts: Sequence[Part], at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Put documents below each other by id, as :func:`merge_rows`.

    Raises
    ------
    UsageError
        After the last piece: a document is in two parts.
    """
    again: list[str] = []
    for piece in merge_rows(parts, "documents", at_once):
        again += twice(piece)
        yield piece
    refuse_twice(again)


def merge_sections(parts: Sequence[Part], order: Growing, at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Put sections below each other by document and ordinal, as :func:`merge_rows`.

    Parameters
    ----------
    parts, at_once
        As there.
    order : Growing of int64
        Takes for each section the row it had when the parts stood one below the other.
    """
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + height(part, "sections"))
    scans = [scan(part, "sections").with_row_index("stacked", start) for part, start in zip(parts, starts, strict=False)]
    for piece in in_pieces(scans, starts[-1], lambda rows: rows.sort("document", "ordinal"), at_once):
        order.append(piece["stacked"].to_numpy())
        yield piece.drop("stacked")


def in_pieces(
    scans: Sequence[pl.LazyFrame], many: int, arranged: Callable[[pl.DataFrame], pl.DataFrame], at_once: int = AT_ONCE
) -> Iterator[pl.DataFrame]:
    """Put tables below each other that are each sorted by ``document`` and have ``many`` rows together; ``arranged`` sorts each piece."""
    conditions: Iterable[pl.Expr] = [pl.lit(True)] if many <= at_once else key_ranges(scans, ("document",), at_once)
    return (arranged(pl.concat([rows.filter(inside).collect() for rows in scans])) for inside in conditions)


def scan(part: Part, name: str) -> pl.LazyFrame:
    """Give a frame of a part to be read in pieces."""
    if isinstance(part, StoredStats):
        return part.scan(name)
    frame: pl.DataFrame = getattr(part, name)
    return frame.lazy()
