"""Tables: what a number is stands in the heading of its column, further away than a context word may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

Search = Callable[[str], Iterator[tuple[int, int]]]


class Column(NamedTuple):
    """The cells of a column below its heading: the heading, and where each cell stands."""

    heading: str
    cells: tuple[tuple[int, int], ...]


def columns(text: str) -> list[Column]:
    """Find the columns of the tables of a text: lines one below the other with equally many tabs, of which the first holds the headings."""
    found: list[Column] = []
    block: list[list[tuple[int, int]]] = []
    start = 0
    for line in text.split("\n"):
        cells = _cells(line, start)
        if block and len(cells) != len(block[0]):
            found += _columns_of(text, block)
            block = []
        if len(cells) > 1:
            block.append(cells)
        start += len(line) + 1
    return found + _columns_of(text, block)


def search_columns(text: str, tables: list[Column], words: tuple[str, ...], search: Search) -> Iterator[tuple[int, int]]:
    """Search each cell as if its heading stood before it, where the heading holds one of the words (lower case)."""
    for heading, cells in tables:
        if any(word in heading.lower() for word in words):
            before = f"{heading}: "
            for start, end in cells:
                for low, high in search(before + text[start:end]):
                    if low >= len(before):
                        yield start + low - len(before), start + high - len(before)


def _cells(line: str, start: int) -> list[tuple[int, int]]:
    places = []
    for cell in line.split("\t"):
        places.append((start, start + len(cell)))
        start += len(cell) + 1
    return places


def _columns_of(text: str, block: list[list[tuple[int, int]]]) -> list[Column]:
    """Turn the lines of a block into columns; one line alone has no heading."""
    if len(block) < 2:
        return []
    return [Column(text[slice(*heading)].strip(), tuple(cells)) for heading, *cells in zip(*block, strict=True)]
