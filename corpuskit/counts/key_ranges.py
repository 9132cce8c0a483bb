"""Sorted tables of parts, looked at in ranges of their keys, so that of tables of any length only so many rows stand in memory together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import polars as pl

AT_ONCE = 250_000
"""Rows merged at a time, about; because sorting holds them about three times, with their quotes some 200 bytes each."""

LOOKS = 8
"""Keys of each part looked at for each range; because a range then holds more than ``at_once`` rows by an eighth at most."""


def key_ranges(scans: Sequence[pl.LazyFrame], keys: Sequence[str], at_once: int = AT_ONCE) -> Iterator[pl.Expr]:
    """Give conditions that divide the rows of all tables together into ranges of about ``at_once`` rows, in the order of their keys.

    Rows with equal keys are never parted.

    Parameters
    ----------
    scans : sequence of LazyFrame
        Each sorted by the keys.
    keys : sequence of str
        Columns, none with missing values.
    at_once : int
    """
    step = max(1, at_once // (LOOKS * max(len(scans), 1)))
    seen = pl.concat([scan.select(keys).gather_every(step).collect() for scan in scans]).sort(keys)
    edges = seen.gather_every(max(1, at_once // step))[1:].unique(maintain_order=True).rows()
    for low, high in pairwise([None, *edges, None]):
        from_low = pl.lit(True) if low is None else _from(keys, low)
        yield from_low if high is None else from_low & ~_from(keys, high)


def _from(keys: Sequence[str], least: Sequence[object]) -> pl.Expr:
    """Tell of each row whether its keys, compared from left to right, are at least these."""
    above = pl.col(keys[-1]) >= pl.lit(least[-1])
    for key, value in zip(keys[-2::-1], least[-2::-1], strict=True):
        above = (pl.col(key) > pl.lit(value)) | ((pl.col(key) == pl.lit(value)) & above)
    return above
