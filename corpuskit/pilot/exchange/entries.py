"""What the readers of other tools' files share: the file as JSON, and values as cells, each with the place it stands in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError, ReadError
from corpuskit.ingest import decode
from corpuskit.pilot.sheet import Sheet, json_lines


def load_json(path: Path, encoding: str = "") -> Any:
    """Read a JSON file; of JSON lines the list of its objects.

    Raises
    ------
    InputError
        There is no such file, or it is no JSON.
    """
    text = text_of(path, encoding)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return json_lines(text, str(path))[0]
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: no valid JSON ({error}). Give the file as the tool wrote it.") from error


def text_of(path: Path, encoding: str = "") -> str:
    """Read a text file."""
    try:
        return decode(path.read_bytes(), forced=encoding).text
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Give an existing file.") from error
    except ReadError as error:
        raise InputError(f"{path}: {error}") from error


def sheet_of_rows(path: Path, rows: Sequence[dict[str, str]], needed: Sequence[str], what: str) -> Sheet:
    """Make a sheet of rows, each of which stands in the entry of its number.

    Raises
    ------
    InputError
        There is no row, or none has a needed column; the message says what was looked for.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    missing = [name for name in needed if name not in names]
    if not rows or missing:
        raise InputError(f"{path}: no {what} in it" + (f" (nothing for {', '.join(missing)})" if missing and rows else "") + ".")
    return Sheet(str(path), list(range(1, len(rows) + 1)), {name: [row.get(name, "") for row in rows] for name in names})


def cell(value: Any) -> str:
    """Write a value as a cell: text as it is, nothing as nothing, all else as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)


def dump(data: Any) -> bytes:
    """Write JSON for people and machines."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
