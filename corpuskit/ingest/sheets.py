"""Sheets of a workbook, whatever its format: those that are tables of messages become rows, every other becomes text in the order of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpuskit.ingest.delimited import unique
from corpuskit.ingest.document import Section
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table, has_named_columns, roles
from corpuskit.ingest.outline import Outline
from corpuskit.ingest.reader import ReadOptions

HEADER_WITHIN = 10
"""Rows from the top among which a header is looked for; because titles and dates of issue stand above it, and little else does."""

LEAST_FILLED = 0.5
"""Share of cells below the header that are filled on average; because forms drawn with cells are mostly blank, tables mostly full."""

LEAST_CELLS = 1.6
"""Filled cells of a row on average; because a layout in two columns fills one or the other, a table of two columns both."""

FEWEST_ROWS = 2
"""Rows below a header; because one row is no table."""

LONGEST_COLUMN_NAME = 60
"""Characters; because longer cells are sentences, and codes such as "L2.1" are no names either: most cells must hold a word of letters."""

WIDEST_TABLE = 256
"""Columns; because a sheet with more is a matrix or a form, and rows of it are no messages."""


@dataclass(slots=True)
class Row:
    """The filled cells of one row: ``number`` is what a reader sees (from 1), ``cells`` go by the number of their column (from 1)."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)


class Room:
    """What a workbook may still give: ``max_rows`` for each sheet, ``max_cells`` for all, and the count of what did not fit."""

    def __init__(self, options: ReadOptions) -> None:
        self._rows, self._cells = options.max_rows, options.max_cells
        self.rows_left_out = self.cells_left_out = 0

    def put(self, rows: list[Row], row: Row, copies: int = 1) -> None:
        """Add a row to those of its sheet, several times with following numbers if the file says so; rows without a filled cell are nothing."""
        if not row.cells:
            return
        fitting = max(0, min(copies, self._rows - len(rows)))
        kept = min(fitting, self._cells // len(row.cells))
        rows.extend(Row(row.number + copy, row.cells) for copy in range(kept))
        self._cells -= kept * len(row.cells)
        self.rows_left_out += copies - fitting
        self.cells_left_out += (fitting - kept) * len(row.cells)

    def warnings(self) -> list[str]:
        """Say what was left out."""
        counted = ((f"rows_left_out: {self.rows_left_out}", self.rows_left_out), (f"cells_left_out: {self.cells_left_out}", self.cells_left_out))
        return [warning for warning, count in counted if count]


@dataclass(frozen=True, slots=True)
class Sheets:
    """What the sheets of a workbook hold: the sections of each in the order given, and what is said of all."""

    sections: tuple[tuple[Section, ...], ...]
    metadata: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def sheet_sections(sheets: Sequence[tuple[str, list[Row]]], options: ReadOptions) -> Sheets:
    """Turn sheets (name, rows) into sections.

    Raises
    ------
    ReadError
        ``missing_column``: there are tables, and none has the message columns that the options name.
    """
    tables = [as_table(name, rows) for name, rows in sheets]
    named = [table is not None and has_named_columns(table, options) for table in tables]
    first = next((table for table in tables if table is not None), None)
    if first is not None and not any(named):
        # one sheet with the named columns is enough; without any, the message of the first table says what there is
        roles(first, options)
    sections: list[tuple[Section, ...]] = []
    metadata: list[tuple[str, str]] = []
    warnings: list[str] = []
    for (name, rows), table, chosen in zip(sheets, tables, named, strict=True):
        if table is not None and chosen:
            found = row_sections(table, options)
            metadata += [(role, f"{name}: {columns}") for role, columns in found.metadata]
            warnings += [f"{warning} ({name})" for warning in found.warnings]
            sections.append((*_above(name, rows, table), *found.sections))
        else:
            sections.append(tuple(_plain_sheet(name, rows)))
    return Sheets(tuple(sections), tuple(metadata), tuple(warnings))


def as_table(name: str, rows: list[Row]) -> Table | None:
    """Recognise a table: a header of different words within the first rows, over rows that mostly fill its columns.

    Returns
    -------
    Table or None
        None for forms, notes and matrices.
    """
    for place, header in enumerate(rows[:HEADER_WITHIN]):
        body = rows[place + 1 :]
        if len(body) < FEWEST_ROWS or not 2 <= len(header.cells) <= WIDEST_TABLE or not _names_columns(header):
            continue
        columns = sorted(header.cells)
        filled = sum(len(row.cells.keys() & header.cells.keys()) for row in body)
        outside = sum(len(row.cells.keys() - header.cells.keys()) for row in body)
        if filled < max(LEAST_FILLED * len(columns), LEAST_CELLS) * len(body) or outside > 0.1 * filled:
            continue
        titles = unique([header.cells[column] for column in columns])
        beyond = sorted({column for row in body for column in row.cells} - set(columns))
        titles += [f"column {column}" for column in beyond]
        order = [*columns, *beyond]
        return Table(tuple(titles), [[row.cells.get(column, "") for column in order] for row in body], [row.number for row in body], name)
    return None


def _names_columns(header: Row) -> bool:
    cells = [" ".join(cell.split()) for cell in header.cells.values()]
    worded = sum(re.search(r"[^\W\d_]{2,}", cell) is not None for cell in cells)
    named = all(len(cell) <= LONGEST_COLUMN_NAME and not re.fullmatch(r"[\d.,:/%+\-\s]+", cell) for cell in cells)
    return named and len(set(cells)) == len(cells) and 2 * worded > len(cells)


def _line(row: Row) -> str:
    return "\t".join(" ".join(row.cells[column].split()) for column in sorted(row.cells))


def _above(name: str, rows: list[Row], table: Table) -> list[Section]:
    """Keep what stands above the header of a table."""
    header = next(place for place, row in enumerate(rows) if row.number == table.numbers[0]) - 1
    return _plain_sheet(name, rows[:header])


def _plain_sheet(name: str, rows: list[Row]) -> list[Section]:
    outline = Outline()
    for row in rows:
        outline.add(_line(row), "table", name)
    return [Section(section.text, (name,), "table", name) for section in outline.finish()]


def plain_number(number: float) -> str:
    """Write a number without the rounding errors of binary fractions, and a whole one without a point."""
    if abs(number) < 1e15 and number == int(number):
        return str(int(number))
    return f"{number:.15g}"
