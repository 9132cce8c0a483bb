"""Rows of labels and of answers, as people and other tools write them: CSV, TSV, JSON and JSON lines, with the line of everything that is wrong."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError, ReadError
from corpuskit.ingest import decode
from corpuskit.pilot.workbook import WORKBOOKS, read_workbook

MOST_TOLD = 10
"""Wrong lines that a message lists, because more are the same mistake again."""

CELL = 2**31 - 1
"""Characters of one cell; because inputs are whole documents, and csv stops at 131,072."""


LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
JSON_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""A line with its end; JSON lines end at line feeds alone."""

MOST_SHARED = 1_000
"""Different texts of a column that are kept once; because a column with more holds ids, inputs or numbers, which do not repeat."""


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
        ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson``, ``.json`` (a list of objects) or ``.xlsx``. Nested objects become columns with a dot:
        ``slice.language``.
    encoding : str
        Of a file without a byte order mark; default: found out.
    needed : sequence of str
        Columns that must be there.

    Raises
    ------
    InputError
        There is no such file, it is not what its name says, a needed column is missing, or it has no row; with the lines that are wrong.
    """
    if path.suffix.lower() in WORKBOOKS:
        sheet = Sheet(str(path), *read_workbook(path))
    else:
        read = {".jsonl": _json_lines, ".ndjson": _json_lines, ".json": _json_list}.get(path.suffix.lower(), _delimited)
        sheet = read(path, _text(path, encoding))
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
    if "\ufffd" in decoded.text or any("mixed" in warning for warning in decoded.warnings):
        lines = _foreign_lines(data, decoded.encoding)
        told = f" ({len(lines):,} {'line' if len(lines) == 1 else 'lines'}, first: {', '.join(map(str, lines[:MOST_TOLD]))})" if lines else ""
        raise InputError(
            f"{path}: not all of it is {decoded.encoding}{told}. Labels would be misread: save it as UTF-8, or give --encoding (such as cp932)."
        )
    return decoded.text


def _foreign_lines(data: bytes, encoding: str) -> list[int]:
    """Give the lines that are not in an encoding, or hold the sign of a character that was lost before."""
    found = []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            if "\ufffd" in line.decode(encoding):
                found.append(number)
        except (UnicodeDecodeError, LookupError):
            found.append(number)
    return found


def _delimited(path: Path, text: str) -> Sheet:
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    csv.field_size_limit(CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        names = next((names for row in reader if any(names := [name.strip() for name in row])), None)
        if names is None:
            raise InputError(f"{path}: empty.")
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            raise InputError(f"{path}: column {', '.join(map(repr, twice))} stands there twice. Rename or remove one.")
        cells, lines, uneven = _columns(reader, len(names))
    except csv.Error as error:
        raise InputError(f"{path}: line {reader.line_num}: {error}. A quote is left open, or a cell is not quoted as CSV wants it.") from error
    sheet = Sheet(str(path), lines, {name: column for name, column in zip(names, cells, strict=True) if name})
    if uneven:
        raise sheet.wrong(uneven, f"rows with more cells than the {len(names)} columns", "Quote cells that hold the delimiter.")
    return sheet


def _lines(text: str, line: re.Pattern[str] = LINE) -> Iterator[str]:
    """Give the lines of a text with their ends, one at a time: a stream of the text would hold it once more, at four bytes a character."""
    return (match.group() for match in line.finditer(text))


def _columns(reader: Any, width: int) -> tuple[list[list[str]], list[int], list[tuple[int, str]]]:
    """Turn rows into columns as they are read, so that a million of them never stand there as lists of their own.

    Returns
    -------
    columns : list of list of str
        Cells without space around them; each different text of a column once, up to a limit, because labels and parts repeat.
    lines : list of int
        Line that each row begins at.
    uneven : list of (row, what is wrong with it)
    """
    columns: list[list[str]] = [[] for _ in range(width)]
    known: list[dict[str, str]] = [{} for _ in range(width)]
    lines: list[int] = []
    uneven: list[tuple[int, str]] = []
    begins = reader.line_num + 1
    for row in reader:
        stripped = [cell.strip() for cell in row]
        if any(stripped):
            if len(stripped) != width:
                if any(stripped[width:]):
                    uneven.append((len(lines), f"{len(row)} cells"))
                stripped = (stripped + [""] * width)[:width]
            for column, seen, cell in zip(columns, known, stripped, strict=True):
                column.append(seen.setdefault(cell, cell) if len(seen) < MOST_SHARED else seen.get(cell, cell))
            lines.append(begins)
        begins = reader.line_num + 1
    return columns, lines, uneven


def json_lines(text: str, name: str) -> tuple[list[dict[str, Any]], list[int]]:
    """Give the objects of JSON lines, and the line of each.

    Raises
    ------
    InputError
        A line is no object; the message names it.
    """
    entries, lines = [], []
    for entry, line in _objects(text, name):
        entries.append(entry)
        lines.append(line)
    return entries, lines


def _objects(text: str, name: str) -> Iterator[tuple[dict[str, Any], int]]:
    """Give each object with its line, one at a time."""
    for number, line in enumerate(_lines(text, JSON_LINE), 1):
        if line.strip():
            try:
                entry = json.loads(line)
            except ValueError as error:
                raise InputError(f"{name}: line {number}: no valid JSON ({error}). Each line must be one whole object.") from error
            if not isinstance(entry, dict):
                raise _no_object(name, number, entry)
            yield entry, number


def _no_object(name: str, line: int, entry: Any) -> InputError:
    return InputError(f"{name}: line {line}: an object is expected, not {type(entry).__name__}.")


def _json_lines(path: Path, text: str) -> Sheet:
    return _gathered(path, _objects(text, str(path)))


def _json_list(path: Path, text: str) -> Sheet:
    try:
        entries = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: no valid JSON ({error}).") from error
    if not isinstance(entries, list):
        raise InputError(f"{path}: a list of objects is expected, not {type(entries).__name__}.")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise _no_object(str(path), number, entry)
    return _gathered(path, zip(entries, range(1, len(entries) + 1), strict=True))


def sheet_of_objects(path: Path, entries: Sequence[dict[str, Any]], lines: Sequence[int]) -> Sheet:
    """Make a table of objects; nested ones become columns with a dot."""
    return _gathered(path, zip(entries, lines, strict=True))


def _gathered(path: Path, entries: Iterable[tuple[dict[str, Any], int]]) -> Sheet:
    """Make a table of objects and their lines as they come; a column that comes late is empty above."""
    columns: dict[str, list[str]] = {}
    known: dict[str, dict[str, str]] = {}
    lines: list[int] = []
    for entry, line in entries:
        for name, cell in _flat(entry):
            column = columns.setdefault(name, [])
            if len(column) > len(lines):  # "a.b" and {"a": {"b": ...}} name the same column: the last counts
                column.pop()
            column += [""] * (len(lines) - len(column))
            seen = known.setdefault(name, {})
            column.append(seen.setdefault(cell, cell) if len(seen) < MOST_SHARED else seen.get(cell, cell))
        lines.append(line)
    for column in columns.values():
        column += [""] * (len(lines) - len(column))
    return Sheet(str(path), lines, columns)


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
