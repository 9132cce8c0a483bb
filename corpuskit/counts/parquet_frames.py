"""Tables as Parquet: how all of them are written, at once or piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

ROW_GROUP = 2**18
"""Entries that are packed together; because a document group is found without unpacking the others, and smaller packs take more room."""


def write_frame(frame: pl.DataFrame, path: Path, row_group: int = ROW_GROUP) -> None:
    """Write a table."""
    frame.write_parquet(path, compression="zstd", compression_level=1, row_group_size=row_group)


def write_pieces(pieces: Iterable[pl.DataFrame], schema: Mapping[str, Any], path: Path, row_group: int = ROW_GROUP) -> None:
    """Write a table of which one piece at a time is in memory.

    Raises
    ------
    OSError, polars.exceptions.ComputeError
        The disk is full.
    """

    def read(*_: object) -> Iterator[pl.DataFrame]:
        yield pl.DataFrame(schema=schema)
        yield from pieces

    from polars.io.plugins import register_io_source  # not at the top: most runs have no such large table

    table = register_io_source(read, schema=pl.Schema(schema))
    table.sink_parquet(path, compression="zstd", compression_level=1, row_group_size=row_group, maintain_order=True)
