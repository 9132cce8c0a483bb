"""Rows of labels and of answers, as people and other tools write them: CSV, TSV, JSON and JSON lines, with the line of everything that is wrong."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError, ReadError
from corpuskit.ingest import decode

MOST_TOLD = 10
"""Wrong lines that a message lists, because more are the same mistake again."""

CELL = 2**31 - 1
"""Characters of one cell; because inputs are whole documents, and csv stops at 131,072."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table of text.

    Attributes
    ----------
    path : str
        Where it was read.
    lines : list of int
        Line (of JSON: number of the entry) that each row begins at.
    columns : dict of str to list of str
        Cells by column; empty where there is nothing.
    """

    path: str
    lines: list[int]
    columns: dict[str, list[str]]

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def column(self, name: str) -> list[str] | None:
        """Give a column, or None where there is none or nothing stands in it."""
        cells = self.columns.get(name)
        return cells if cells is not None and any(cells) else None

    def wrong(self, problems: Sequence[tuple[int, str]], what: str, advice: str) -> InputError:
        """Make the error that lists wrong rows by their lines."""
        listed = "\n".join(f"  line {self.lines[row]}: {told}" for row, told in problems[:MOST_TOLD])
        more = f"\n  and {len(problems) - MOST_TOLD:,} more" if len(problems) > MOST_TOLD else ""
        return InputError(f"{self.path}: {what} ({len(problems):,} of {self.height:,} rows).\n{listed}{more}\n{advice}")


def read_sheet(path: Path, encoding: str = "", needed: Sequence[str] = ("id",)) -> Sheet:
    """Read a table whose first row names the columns, or JSON objects.

    Parameters
    ----------
    path : Path
        ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson`` or ``.json`` (a list of objects). Nested objects become columns with a dot: ``slice.language``.
    encoding : str
        Of a file without a byte order mark; default: found out.
    needed : sequence of str
        Columns that must be there.

    Raises
    ------
    InputError
        There is no such file, it is not what its name says, a needed column is missing, or it has no row; with the lines that are wrong.
    """
    text = _text(path, encoding)
    read = {".jsonl": _json_lines, ".ndjson": _json_lines, ".json": _json_list}.get(path.suffix.lower(), _delimited)
    sheet = read(path, text)
    missing = [name for name in needed if name not in sheet.columns]
    if missing:
        raise InputError(
            f"{path}: no column {', '.join(map(repr, missing))}. Columns found: {', '.join(sheet.columns) or 'none'}. Name them in the first row."
        )
    if not sheet.height:
        raise InputError(f"{path}: no rows below the names of the columns.")
    return sheet


def _text(path: Path, encoding: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Give an existing file.") from error
    try:
        decoded = decode(data, forced=encoding)
    except ReadError as error:
        raise InputError(f"{path}: {error} Save it as UTF-8, or give --encoding (such as cp932).") from error
    doubtful = [number for number, line in enumerate(decoded.text.splitlines(), 1) if "\ufffd" in line]
    if doubtful or any("mixed" in warning for warning in decoded.warnings):
        raise InputError(
            f"{path}: not all of it is {decoded.encoding}"
            + (f" (first at line {doubtful[0]})" if doubtful else "")
            + ". Labels would be misread: save it as UTF-8, or give --encoding (such as cp932)."
        )
    return decoded.text


def _delimited(path: Path, text: str) -> Sheet:
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    csv.field_size_limit(CELL)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines, begins = [], [], 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}: line {reader.line_num}: {error}. A quote is left open, or a cell is not quoted as CSV wants it.") from error
    if not rows:
        raise InputError(f"{path}: empty.")
    names = [name.strip() for name in rows[0]]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError(f"{path}: column {', '.join(map(repr, twice))} stands there twice. Rename or remove one.")
    sheet = Sheet(str(path), lines[1:], {name: [] for name in names if name})
    uneven = [(place, f"{len(row)} cells") for place, row in enumerate(rows[1:]) if any(row[len(names) :])]
    if uneven:
        raise sheet.wrong(uneven, f"rows with more cells than the {len(names)} columns", "Quote cells that hold the delimiter.")
    for row in rows[1:]:
        for name, cell in zip(names, [*row, *[""] * (len(names) - len(row))], strict=False):
            if name:
                sheet.columns[name].append(cell.strip())
    return sheet


def json_lines(text: str, name: str) -> tuple[list[dict[str, Any]], list[int]]:
    """Give the objects of JSON lines, and the line of each.

    Raises
    ------
    InputError
        A line is no object; the message names it.
    """
    entries, lines = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                entries.append(json.loads(line))
            except ValueError as error:
                raise InputError(f"{name}: line {number}: no valid JSON ({error}). Each line must be one whole object.") from error
            lines.append(number)
    _refuse_others(entries, lines, name)
    return entries, lines


def _refuse_others(entries: Sequence[Any], lines: Sequence[int], name: str) -> None:
    for entry, line in zip(entries, lines, strict=True):
        if not isinstance(entry, dict):
            raise InputError(f"{name}: line {line}: an object is expected, not {type(entry).__name__}.")


def _json_lines(path: Path, text: str) -> Sheet:
    return _of_objects(path, *json_lines(text, str(path)))


def _json_list(path: Path, text: str) -> Sheet:
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: no valid JSON ({error}).") from error
    if not isinstance(entries, list):
        raise InputError(f"{path}: a list of objects is expected, not {type(entries).__name__}.")
    numbers = list(range(1, len(entries) + 1))
    _refuse_others(entries, numbers, str(path))
    return _of_objects(path, entries, numbers)


def _of_objects(path: Path, entries: Sequence[Any], lines: list[int]) -> Sheet:
    flat = [dict(_flat(entry)) for entry in entries]
    names = list(dict.fromkeys(name for entry in flat for name in entry))
    return Sheet(str(path), lines, {name: [entry.get(name, "") for entry in flat] for name in names})


def _flat(entry: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, _cell(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
