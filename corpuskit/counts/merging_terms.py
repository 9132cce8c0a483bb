"""Vocabularies of parts become the vocabulary of the whole, a range of words at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from corpuskit.counts.arrays import Growing
from corpuskit.counts.counting import with_units
from corpuskit.counts.key_ranges import key_ranges
from corpuskit.counts.merging_matrices import Part, height
from corpuskit.counts.merging_rows import scan
from corpuskit.counts.stats import STATS_TERM_SCHEMA

KEYS = ("language", "form")
AT_ONCE = 2**17
"""Rows of the parts merged at a time, about; because adding them up and finding their places takes some 800 bytes a row, and each range a look into
every part."""


def merge_terms(parts: Sequence[Part], places: Sequence[Growing], at_once: int = AT_ONCE) -> Iterator[pl.DataFrame]:
    """Add up terms that are equal in language and form. Gives the vocabulary in pieces, in its order.

    Parameters
    ----------
    parts : sequence of CorpusStats or StoredStats
    places : sequence of Growing
        For each part, takes the row of each of its terms in the vocabulary (strictly increasing).
    at_once : int
        Rows of the parts merged at a time, about.
    """
    scans = [scan(part, "terms") for part in parts]
    many = sum(height(part, "terms") for part in parts)
    conditions: Iterable[pl.Expr] = [pl.lit(True)] if many <= at_once else key_ranges(scans, KEYS, at_once)
    start = 0
    for inside in conditions:
        found = [terms.drop("units").filter(inside).collect() for terms in scans]
        # apart, because polars holds lists of a whole part for some rows of it, and most words have none
        units = [terms.select(*KEYS, "units").filter(inside & pl.col("units").is_not_null()).collect() for terms in scans]
        piece = with_units(_added(found), pl.concat(units)).select(STATS_TERM_SCHEMA.keys()).sort(KEYS)
        rows = piece.select(KEYS).with_row_index("row", start)
        for terms, place in zip(found, places, strict=True):
            place.append(terms.join(rows, on=KEYS, how="left", maintain_order="left")["row"].to_numpy())
        start += piece.height
        yield piece


def _added(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).group_by(KEYS).agg(pl.col("stop").any(), pl.col("frequency", "document_frequency").sum())
