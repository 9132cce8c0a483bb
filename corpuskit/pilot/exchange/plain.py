"""CSV and JSON lines of canonical rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from corpuskit.pilot.exchange.exchange import Exchange, Row, columns_of
from corpuskit.pilot.sampling import Case
from corpuskit.pilot.sheet import Sheet, read_sheet
from corpuskit.pilot.sheets import guarded, unguarded


def table_csv(rows: Sequence[Row], mark: bool = True) -> bytes:
    """Write rows as CSV in UTF-8, with the byte order mark that Excel asks for.

    Cells that a spreadsheet could take for a formula begin with an apostrophe, which reading takes off again.
    """
    columns = columns_of(rows)
    stream = StringIO(newline="")
    out = csv.writer(stream, lineterminator="\r\n")
    out.writerow(columns)
    out.writerows([guarded(row.get(name, "")) for name in columns] for row in rows)
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8", "replace")


def table_jsonl(rows: Sequence[Row]) -> bytes:
    """Write rows as JSON lines, columns without a value left out."""
    columns = columns_of(rows)
    lines = [json.dumps({name: row[name] for name in columns if row.get(name)}, ensure_ascii=False) for row in rows]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def cases_csv(cases: Sequence[Case], task: str, mark: bool = True) -> bytes:
    """Write cases that were drawn."""
    from corpuskit.pilot.exchange.exchange import rows_of

    return table_csv(rows_of(cases, task), mark)


def _read_csv(path: Path, encoding: str) -> Sheet:
    sheet = read_sheet(path, encoding)
    return Sheet(sheet.path, sheet.lines, {name: [unguarded(cell) for cell in cells] for name, cells in sheet.columns.items()})


CSV = Exchange("csv", "CSV", lambda rows, _labels: {"csv": table_csv(rows)}, _read_csv)
JSONL = Exchange("jsonl", "JSON lines", lambda rows, _labels: {"jsonl": table_jsonl(rows)}, read_sheet)
