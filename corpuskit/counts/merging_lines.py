"""Lines of parts become lines of the whole, a range of them at a time: of all tables of counts this one has most rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from corpuskit.counts.merging_matrices import Part
from corpuskit.counts.merging_rows import scan
from corpuskit.counts.stats import STATS_LINE_SCHEMA

AT_ONCE = 250_000
"""Rows merged at a time, about; because grouping takes some 300 bytes a row, and each range costs a look into every part."""

HASHES = 2**64
"""Hashes of lines are evenly spread below this, so equal ranges of them hold about equally many lines."""


class _Range(NamedTuple):
    """Lines of sources ``first`` to ``last``, both included, with hashes from ``low`` to ``high``, both included."""

    first: str
    last: str
    low: int
    high: int


def merge_lines(parts: Sequence[Part], at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Add up lines that are equal in one source; no document is in two parts, so numbers of documents add up too.
    Gives the table in pieces.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
    at_once : int
        Rows merged at a time, about.
    """
    scans = [scan(part, "lines") for part in parts]
    return (_merged(scans, chosen) for chosen in _ranges(scans, at_once))


def _merged(scans: Sequence[pl.LazyFrame], chosen: _Range) -> pl.DataFrame:
    inside = pl.col("source").is_between(pl.lit(chosen.first), pl.lit(chosen.last)) & pl.col("line").is_between(
        pl.lit(chosen.low, pl.UInt64), pl.lit(chosen.high, pl.UInt64)
    )
    return (
        pl.concat([scan.filter(inside).collect() for scan in scans])
        .group_by("source", "line")
        .agg(pl.col("documents", "occurrences", "words").sum(), pl.col("first").min())
        .sort("source", "line")
        .select(STATS_LINE_SCHEMA.keys())
    )


def _ranges(scans: Sequence[pl.LazyFrame], at_once: int) -> Iterator[_Range]:
    """Divide (source, line) into ranges, in order: some sources each, or a part of one."""
    counted = pl.concat([scan.group_by("source").len().collect() for scan in scans])
    sources = counted.group_by("source").agg(pl.col("len").sum()).sort("source")
    waiting: list[str] = []
    rows = 0
    for source, many in sources.iter_rows():
        if waiting and rows + many > at_once:
            yield _Range(waiting[0], waiting[-1], 0, HASHES - 1)
            waiting, rows = [], 0
        pieces = -(-many // at_once)
        if pieces > 1:
            edges = [HASHES * piece // pieces for piece in range(pieces + 1)]
            yield from (_Range(source, source, low, high - 1) for low, high in pairwise(edges))
        else:
            waiting.append(source)
            rows += many
    if waiting:
        yield _Range(waiting[0], waiting[-1], 0, HASHES - 1)
