"""Sheets in OpenDocument: cells as a stream; what the file repeats is counted, never spelled out beyond the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpuskit.ingest.archive import local
from corpuskit.ingest.opendocument_styles import Styles, plain
from corpuskit.ingest.opendocument_text import SKIPPED
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.sheets import Room, Row, plain_number

_MARKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_CELLS = ("table-cell", "covered-table-cell")


@dataclass(slots=True)
class Sheet:
    """One sheet: its filled rows in order, and its annotations."""

    name: str
    rows: list[Row] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    value: str = ""
    copies: int = 1
    lines: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Give what the cell holds: dates in ISO 8601 and whole numbers, as from any other workbook, else what it shows."""
        return self.value or "\n".join(self.lines)


class SheetWalker:
    """Takes the elements of a spreadsheet; afterwards ``sheets`` and ``room`` hold what it found."""

    def __init__(self, options: ReadOptions) -> None:
        self.sheets: list[Sheet] = []
        self.hidden_sheets = 0
        self.room = Room(options)
        self._widest = options.max_cells
        self._styles = Styles()
        self._tables = self._skipping = 0
        self._row = Row(0)
        self._copies = 1
        self._column = 0
        self._cell: _Cell | None = None
        self._annotations: list[list[str]] = []
        self._pieces: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the begin of an element."""
        name = local(tag)
        if self._skipping or name in SKIPPED:
            self._skipping += 1
            return
        own = plain(attributes)
        self._styles.start(name, own)
        if name == "table":
            self._tables += 1
            if self._tables == 1:
                self.sheets.append(Sheet(" ".join(own.get("name", "").split())))
                self.hidden_sheets += self._styles.hides("table", own)
                self._row, self._copies = Row(0), 1
        elif name == "table-row" and self._tables == 1:
            self._row = Row(self._row.number + self._copies)
            self._copies, self._column = _repeated(own, "number-rows-repeated"), 0
        elif name in _CELLS and self._tables == 1:
            self._cell = _Cell(_value(own), _repeated(own, "number-columns-repeated"))
        elif name == "annotation":
            self._annotations.append([])
        elif name == "p":
            self._pieces = []
        elif name in _MARKS:
            self.data(_MARKS[name])

    def data(self, text: str) -> None:
        """Take text."""
        if not self._skipping and self._pieces is not None:
            self._pieces.append(text if text in ("\t", "\n") else " ".join(text.splitlines()) if "\n" in text else text)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._skipping:
            self._skipping -= 1
            return
        name = local(tag)
        if name == "table":
            self._tables -= 1
        elif name == "p":
            self._end_paragraph()
        elif name == "annotation" and self._annotations:
            comment = " ".join(" ".join(self._annotations.pop()).split())
            if comment and self.sheets:
                self.sheets[-1].comments.append(comment)
        elif name in _CELLS and self._tables == 1 and self._cell is not None:
            self._end_cell(self._cell, covered=name == "covered-table-cell")
        elif name == "table-row" and self._tables == 1:
            self.room.put(self.sheets[-1].rows, self._row, self._copies)

    def close(self) -> None:
        """Take the end of a part."""

    def _end_paragraph(self) -> None:
        text = "".join(self._pieces or ())
        self._pieces = None
        if self._annotations:
            self._annotations[-1].append(text)
        elif self._cell is not None:
            self._cell.lines.append(text)

    def _end_cell(self, cell: _Cell, covered: bool) -> None:
        text = cell.text()
        if text.strip() and not covered:  # a cell under a merged one is not seen
            fitting = min(cell.copies, self._widest - len(self._row.cells))
            self.room.cells_left_out += (cell.copies - fitting) * self._copies
            for column in range(self._column + 1, self._column + 1 + fitting):
                self._row.cells[column] = text
        self._column += cell.copies
        self._cell = None


def _repeated(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return max(1, int(value)) if value.isdigit() and len(value) < 9 else 1


def _value(attributes: dict[str, str]) -> str:
    """Write the stored value of a date or number; empty for what is written as it is shown."""
    kind = attributes.get("value-type", "")
    if kind == "date":
        return attributes.get("date-value", "").replace("T", " ").removesuffix(" 00:00:00")
    if kind == "float":
        try:
            return plain_number(float(attributes.get("value", "")))
        except (ValueError, OverflowError):
            return ""
    return ""
