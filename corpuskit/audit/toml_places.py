"""Where a key stands in a TOML file: the line for a message. ``tomllib`` gives values without their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'))*)\s*=""")
_LONG_STRING = re.compile(r'"""|\'\'\'')

Place = tuple[str | int, ...]


def places(text: str) -> dict[Place, int]:
    """Give the line (from 1) of every table and key that has one of its own; entries of arrays of tables are numbered from 0.

    What stands inside an inline table or array has no line of its own: :func:`line_of` gives that of what holds it.
    """
    found: dict[Place, int] = {}
    entries: dict[Place, int] = {}
    table: Place = ()
    inside = ""  # the quotes of the long string that is open
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            if header := _HEADER.match(line):
                table = _table(_words(header[2]), header[1] == "[[", entries)
                found.setdefault(table, number)
                if isinstance(table[-1:][0] if table else "", int):
                    found.setdefault(table[:-1], number)
            elif key := _KEY.match(line):
                found.setdefault((*table, *_words(key[1])), number)
        inside = _still_open(line, inside)
    return found


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """Give the line of a key, or of the nearest table or key around it; None where nothing of it has one."""
    known = places(text)
    for length in range(len(place), 0, -1):
        if tuple(place[:length]) in known:
            return known[tuple(place[:length])]
    return None


def _table(words: Place, repeated: bool, entries: dict[Place, int]) -> Place:
    """Give the place of a table: names of arrays of tables on the way are followed by the number of their last entry."""
    place: Place = ()
    for index, word in enumerate(words):
        place = (*place, word)
        if repeated and index == len(words) - 1:
            entries[place] = entries.get(place, -1) + 1
        if place in entries:
            place = (*place, entries[place])
    return place


def _words(dotted: str) -> Place:
    """Divide a dotted key, quoted or not, as TOML itself does."""
    try:
        found: Any = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return (dotted,)
    words: list[str | int] = []
    while isinstance(found, dict):
        ((word, found),) = found.items()
        words.append(word)
    return tuple(words)


def _still_open(line: str, inside: str) -> str:
    for mark in _LONG_STRING.findall(line):
        inside = "" if inside == mark else (inside or mark)
    return inside
