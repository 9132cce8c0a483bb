"""Tables as text: CSV and TSV with any usual delimiter, JSON Lines, and JSON with or without an array of objects."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpuskit.errors import ReadError
from corpuskit.ingest.compressed import COMPRESSIONS, unpack
from corpuskit.ingest.decoding import Decoded, decode
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table
from corpuskit.ingest.outline import Outline
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 60
MOST_BROKEN_LINES = 0.5
"""Share of lines; because a file in which most lines are no JSON is something else."""

_DEEPEST = 6
"""Levels of nesting that are spelled out as columns; below, the value is kept as JSON text."""

_NUMBER_OR_DATE = re.compile(r"[\d.,:/%+\-¥$€ ]*\d[\d.,:/%+\-年月日 ]*")


def read_table(path: Path, encoding: str = "") -> tuple[list[str], list[list[str]]]:
    """Read a small table that belongs to the settings, such as category definitions.

    Parameters
    ----------
    path : Path
        A file of separated values, which may be compressed.
    encoding : str
        As ``ReadOptions.encoding``: what the user says; empty: found.

    Returns
    -------
    header : list of str
        The first row, as written.
    rows : list of list of str
        The others, each as long as the header; blank rows left out.

    Raises
    ------
    ReadError
        The file cannot be decoded (in the encoding that was named) or holds no row.
    """
    data = path.read_bytes()
    if compression := COMPRESSIONS.get(path.suffix.casefold()):
        data = unpack(data, compression, ReadOptions())
    records = _records(decode(data, forced=encoding).text, "\t" if ".tsv" in path.name.casefold() else None)
    if not records:
        raise ReadError("empty", f"{path}: the table is empty.")
    header = [cell.strip() for cell in records[0][1]]
    return header, [(row + [""] * len(header))[: len(header)] for _, row in records[1:]]


def _read_delimited(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    records = _records(decoded.text, "\t" if file.name.casefold().endswith((".tsv", ".tab")) else None)
    if not records:
        raise ReadError("empty", "The table holds nothing but blank lines.")
    (_, first), body = records[0], records[1:]
    if _is_header(first, [row for _, row in body[:_SAMPLE_LINES]]):
        columns = unique([cell.strip() for cell in first])
    else:
        columns, body = [], records
    return _extraction(decoded, columns, body, file.options)


def _extraction(decoded: Decoded, columns: list[str], body: list[tuple[int, list[str]]], options: ReadOptions) -> Extraction:
    wide = max((len(row) for _, row in body), default=0)
    ragged = sum(len(row) != len(columns) for _, row in body) if columns else 0
    columns += [f"column {number}" for number in range(len(columns) + 1, wide + 1)]
    kept = body[: options.max_rows]
    table = Table(tuple(columns), [row + [""] * (len(columns) - len(row)) for _, row in kept], [number for number, _ in kept])
    warnings = [*decoded.warnings]
    if ragged:
        warnings.append(f"ragged_rows: {ragged}")
    return _from_table(table, len(body) - len(kept), warnings, decoded, options)


def _from_table(table: Table, left_out: int, warnings: list[str], decoded: Decoded, options: ReadOptions) -> Extraction:
    rows = row_sections(table, options)
    if not rows.sections:
        raise ReadError("no_text", f"The table has no row with text. Columns: {', '.join(table.columns)}.")
    doubts = (f"rows_left_out: {left_out}",) if left_out else ()
    return Extraction(rows.sections, rows.metadata, (*warnings, *rows.warnings, *doubts), decoded.encoding, decoded.basis)


def _records(text: str, delimiter: str | None) -> list[tuple[int, list[str]]]:
    """Split into rows with their numbers as a spreadsheet shows them: blank rows are counted and left out."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if match := re.match(r"sep=(.)\n", text):  # written by spreadsheets for spreadsheets
        delimiter, text = match[1], text[match.end() :]
    if delimiter is None:
        delimiter = _sniff(text)
    before = csv.field_size_limit(sys.maxsize)  # bodies of mails exceed the module's 128 KiB
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ReadError("broken", f"Not a table of separated values: {error}.") from error
    finally:
        csv.field_size_limit(before)
    return [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


def _sniff(text: str) -> str:
    """Find the delimiter that cuts most lines into the same number of cells, more than one; a comma if none does."""
    sample = "\n".join(text[: 2**18].split("\n")[:_SAMPLE_LINES])
    best, chosen = (0.0, 0), ","
    for delimiter in _DELIMITERS:
        try:
            lengths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        except csv.Error:
            continue
        if not lengths:
            continue
        length, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
        score = (round(count / lengths.total(), 2), length)
        if length > 1 and score > best:
            best, chosen = score, delimiter
    return chosen


def _is_header(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns: filled, different, short, no numbers or dates, and not repeated below."""
    cells = [cell.strip() for cell in first]
    named = [cell for cell in cells if cell]
    if not named or len(named) < 0.5 * len(cells) or len(set(named)) < len(named):
        return False
    if any(_NUMBER_OR_DATE.fullmatch(cell) or len(cell) > 60 or ("\n" in cell.strip() and len(cell) > 40) for cell in named):
        return False
    return not any(name and index < len(row) and row[index].strip() == name for row in body for index, name in enumerate(cells) if len(cells) > 1)


def unique(names: Sequence[str]) -> list[str]:
    """Name every column differently: blank names by their number, repeated names with a number behind."""
    seen: Counter[str] = Counter()
    result = []
    for number, name in enumerate(names, start=1):
        flat = " ".join(name.split()) or f"column {number}"
        seen[flat] += 1
        result.append(flat if seen[flat] == 1 else f"{flat} ({seen[flat]})")
    return result


def _read_json_lines(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    records: list[tuple[int, object]] = []
    wrong: list[int] = []
    lines = 0
    for number, line in enumerate(decoded.text.lstrip("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        lines += 1
        try:
            records.append((number, json.loads(line)))
        except (ValueError, RecursionError):
            wrong.append(number)
    if not lines:
        raise ReadError("empty", "The file holds nothing but blank lines.")
    if len(wrong) > MOST_BROKEN_LINES * lines:
        raise ReadError("broken", f"{len(wrong)} of {lines} lines are no JSON, the first is line {wrong[0]}.")
    warnings = [*decoded.warnings]
    if wrong:
        warnings.append(f"lines_not_json: {len(wrong)} (first: line {wrong[0]})")
    return _from_objects(records, warnings, decoded, file.options)


def _read_json(file: RawFile) -> Extraction:
    decoded = decode(file.data, forced=file.options.encoding)
    try:
        content = json.loads(decoded.text.lstrip("\ufeff"))
    except RecursionError as error:
        raise ReadError("broken", "Nested too deeply to be a document.") from error
    except ValueError as error:
        try:
            return _read_json_lines(file)  # JSON Lines under the wrong suffix
        except ReadError:
            raise ReadError("broken", f"Not JSON: {error}.") from error
    if isinstance(content, dict):
        arrays = [value for value in content.values() if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)]
        if len(arrays) == 1:
            content = arrays[0]
    if isinstance(content, list) and content and all(isinstance(item, dict) for item in content):
        return _from_objects(list(enumerate(content, start=1)), [*decoded.warnings], decoded, file.options)
    outline = Outline()
    for name, value in _flatten(content, "", 0).items():
        outline.add(f"{name}: {value}" if name else value)
    sections = outline.finish()
    if not sections:
        raise ReadError("no_text", "The JSON holds no value.")
    return Extraction(sections, (), decoded.warnings, decoded.encoding, decoded.basis)


def _from_objects(records: list[tuple[int, object]], warnings: list[str], decoded: Decoded, options: ReadOptions) -> Extraction:
    kept = records[: options.max_rows]
    flat = [_flatten(value, "", 0) if isinstance(value, dict) else {"text": _as_text(value, 0)} for _, value in kept]
    columns = tuple(dict.fromkeys(name for row in flat for name in row))
    if len(columns) * len(flat) > 50 * sum(len(row) for row in flat) + 100_000:
        # because objects that share no names are no table, and writing them as one would fill the memory with blanks
        columns, flat = ("text",), [{"text": "; ".join(f"{name}: {value}" for name, value in row.items())} for row in flat]
    table = Table(columns, [[row.get(name, "") for name in columns] for row in flat], [number for number, _ in kept])
    return _from_table(table, len(records) - len(kept), warnings, decoded, options)


def _flatten(value: object, name: str, depth: int) -> dict[str, str]:
    """Spell an object out as columns: ``{"a": {"b": 1}}`` is ``{"a.b": "1"}``."""
    if not isinstance(value, dict) or depth >= _DEEPEST:
        return {name: _as_text(value, depth)}
    flat: dict[str, str] = {}
    for key, inner in value.items():
        if isinstance(inner, str):
            flat[f"{name}.{key}" if name else str(key)] = inner
        else:
            flat.update(_flatten(inner, f"{name}.{key}" if name else str(key), depth + 1))
    return flat


def _as_text(value: object, depth: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and depth < _DEEPEST:
        if any(isinstance(item, dict | list) for item in value):
            return "\n".join("; ".join(f"{key}: {text}" if key else text for key, text in _flatten(item, "", depth + 1).items()) for item in value)
        return "; ".join(_as_text(item, depth + 1) for item in value)
    return json.dumps(value, ensure_ascii=False)


CSV = Reader("csv", (".csv", ".tsv", ".tab"), "Separated values", _read_delimited, version=2)
JSONL = Reader("jsonl", (".jsonl", ".ndjson"), "JSON Lines", _read_json_lines, version=2)
JSON = Reader("json", (".json",), "JSON", _read_json, version=2)
