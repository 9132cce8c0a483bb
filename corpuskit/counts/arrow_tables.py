"""A partial result as rows of Arrow data: how it travels where only tables travel. Nothing is lost, and nothing is executed on the way back.

Each table is cut into pieces, so that no row grows beyond what a database engine holds in one cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

import polars as pl

from corpuskit.counts.partial import INTAKE, Partial
from corpuskit.counts.stats import CountOptions
from corpuskit.counts.storage import stats_of, tables_of
from corpuskit.text import TokenizerInfo

DESCRIPTION = "description"
"""The row that is no table: options and tokenizers, as JSON."""

PIECE_ROWS = 2**20
"""Rows of a table in one piece; because a piece of any of the tables then stays far below the 2 GB of one cell."""


class Piece(NamedTuple):
    """Some rows of a table of a partial result.

    Attributes
    ----------
    table : str
        Which.
    number : int
        Its place among the pieces of the table.
    content : bytes
        Arrow IPC stream, packed; of the description JSON.
    """

    table: str
    number: int
    content: bytes


def to_pieces(partial: Partial, rows: int = PIECE_ROWS) -> Iterator[Piece]:
    """Take a partial result apart, table by table."""
    stats = partial.stats
    tokenizers = {language: info.model_dump() for language, info in stats.tokenizers.items()}
    yield Piece(DESCRIPTION, 0, json.dumps({"options": stats.options.model_dump(), "tokenizers": tokenizers}).encode())
    for name, table in (*tables_of(stats), (INTAKE, partial.intake)):
        for number, start in enumerate(range(0, max(table.height, 1), rows)):
            yield Piece(name, number, _pack(table.slice(start, rows)))


def from_pieces(pieces: Iterable[Piece]) -> Partial:
    """Put a partial result together again, from its pieces in any order: equal to what was taken apart, value for value.

    Raises
    ------
    KeyError, ValueError
        Pieces are missing.
    """
    described: dict[str, dict[str, object]] = {}
    found: dict[str, list[pl.DataFrame]] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.table, piece.number)):
        if piece.table == DESCRIPTION:
            described = json.loads(piece.content)
            continue
        if piece.number != len(found.setdefault(piece.table, [])):
            raise ValueError(f"piece {len(found[piece.table])} of {piece.table} is missing")
        found[piece.table].append(pl.read_ipc_stream(BytesIO(piece.content)))
    tables = {name: pl.concat(parts) for name, parts in found.items()}
    options = CountOptions.model_validate(described["options"])
    tokenizers = {language: TokenizerInfo.model_validate(info) for language, info in described["tokenizers"].items()}
    return Partial(stats_of(tables, options, tokenizers), tables[INTAKE])


def _pack(table: pl.DataFrame) -> bytes:
    stream = BytesIO()
    table.write_ipc_stream(stream, compression="zstd")
    return stream.getvalue()
