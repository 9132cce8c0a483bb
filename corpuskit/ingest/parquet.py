"""Parquet: a table as from any other file; nested values are kept as JSON text."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from corpuskit.errors import ReadError
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions
from corpuskit.ingest.sheets import plain_number

if TYPE_CHECKING:
    import polars as pl

_MARK, _LOCKED_MARK = b"PAR1", b"PARE"


def _read_parquet(file: RawFile) -> Extraction:
    if file.data.startswith(_LOCKED_MARK) or (file.data.startswith(_MARK) and file.data.endswith(_LOCKED_MARK)):
        raise ReadError("encrypted", "Encrypted. Save it without encryption, or leave it out.")
    if not file.data.startswith(_MARK):
        raise ReadError("broken", "Not a Parquet file: its first bytes are not those of one.")
    frame, rows_left_out, cells_left_out = _frame(file.data, file.options)
    columns = tuple(name or f"column {number}" for number, name in enumerate(frame.columns, start=1))
    values = [[_text(value) for value in series.to_list()] for series in frame.get_columns()]
    table = Table(columns, [list(row) for row in zip(*values, strict=True)], range(1, frame.height + 1))
    found = row_sections(table, file.options)
    if not found.sections:
        raise ReadError("no_text", f"The table has no row with text. Columns: {', '.join(columns)}.")
    counted = ((f"rows_left_out: {rows_left_out}", rows_left_out), (f"cells_left_out: {cells_left_out}", cells_left_out))
    return Extraction(found.sections, found.metadata, (*found.warnings, *(warning for warning, count in counted if count)))


def _frame(data: bytes, options: ReadOptions) -> tuple[pl.DataFrame, int, int]:
    """Read the rows that the limits allow; and count those beyond, and the cells beyond in rows that are not."""
    import polars as pl

    try:
        scan = pl.scan_parquet(BytesIO(data))
        width = len(scan.collect_schema())
        height = int(scan.select(pl.len()).collect().item()) if width else 0
        within = min(height, options.max_rows)
        kept = min(within, options.max_cells // max(width, 1))
        return scan.head(kept).collect(), height - within, (within - kept) * width
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ReadError("broken", f"The Parquet file cannot be read: {str(error).splitlines()[0][:200]}") from error
    except pl.exceptions.PanicException as error:  # not an Exception: it would pass every guard above
        raise ReadError("broken", "The Parquet file cannot be read: it contradicts itself.") from error


def _text(value: object) -> str:
    """Write a value as a table of text would hold it: dates in ISO 8601, nested values as JSON; bytes are text or nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return plain_number(value) if value - value == 0 else ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_text)
    return str(value)


PARQUET = Reader("parquet", (".parquet",), "Parquet", _read_parquet, packages=("polars",))
