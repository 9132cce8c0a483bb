"""A small table of the report as Parquet, for programs: floors that hold no frames hand their rows down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Literal

import polars as pl

ColumnType = Literal["text", "integer", "number", "date"]
_TYPES: dict[ColumnType, pl.DataType] = {"text": pl.String(), "integer": pl.Int64(), "number": pl.Float64(), "date": pl.Date()}


def export_table(columns: Mapping[str, ColumnType], rows: Sequence[Sequence[str | int | float | date | None]]) -> bytes:
    """Write rows as one Parquet file.

    Parameters
    ----------
    columns : mapping
        Name and type of each column, in order. A column keeps its type where the table has no row.
    rows : sequence
        As many cells in each as there are columns; None is null. Halves of characters, which UTF-8 cannot write, are written as ``\\udxxx``.

    Returns
    -------
    bytes
        The same for the same rows.

    Raises
    ------
    TypeError, OverflowError
        A cell is not of the type of its column.
    """
    schema = {name: _TYPES[kind] for name, kind in columns.items()}
    by_column = [[_writable(row[place]) for row in rows] for place in range(len(schema))]
    series = [pl.Series(name, values, dtype=kind, strict=True) for (name, kind), values in zip(schema.items(), by_column, strict=True)]
    file = BytesIO()
    pl.DataFrame(series).write_parquet(file, compression="zstd")
    return file.getvalue()


def _writable(cell: str | int | float | date | None) -> str | int | float | date | None:
    if isinstance(cell, str):
        return cell.encode("utf-8", "backslashreplace").decode()
    return float(cell) if isinstance(cell, float) else cell  # a share is a float to polars only in its plain type
