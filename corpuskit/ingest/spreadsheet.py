"""Excel workbooks: sheets that are tables of messages become rows, every other sheet becomes text in the order of its cells.

Cells are walked as a stream and blank cells are never filled in, so a sheet with one cell in its last corner costs nothing.
Phonetic guides are left out, dates are written as ISO 8601, formulas give the value that was stored with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import Package, attribute, core_properties, forget, local, parse_events
from corpuskit.ingest.document import Section
from corpuskit.ingest.reader import Extraction, RawFile, Reader
from corpuskit.ingest.sheets import Room, Row, plain_number, sheet_sections

_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|General', re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


@dataclass(slots=True)
class _Cell:
    column: int = 0
    value: str = ""
    inline: list[str] = field(default_factory=list)
    formula: bool = False

    def take(self, name: str, text: str) -> None:
        if name == "v":
            self.value = text
        elif name == "t":
            self.inline.append(text)
        elif name == "f":
            self.formula = True


@dataclass(frozen=True, slots=True)
class _Book:
    strings: list[str]
    date_styles: frozenset[int]
    epoch: datetime


@dataclass(slots=True)
class _Doubts:
    """What is counted over all sheets for the warnings of the document."""

    hidden: int = 0
    formulas: int = 0

    def warnings(self) -> list[str]:
        counted = (("hidden_sheets", self.hidden), ("formulas_without_value", self.formulas))
        return [f"{name}: {count}" for name, count in counted if count]


def _read_xlsx(file: RawFile) -> Extraction:
    package = Package(file.data, file.options)
    main = package.main_part()
    if main.casefold().startswith(("ppt/", "word/")):
        raise ReadError("broken", f"Not an Excel file although its suffix says so: its main part is {main!r}. Give it its right suffix.")
    sheets, epoch = _sheets(package, main)
    book = _Book(_shared_strings(package, main), _date_styles(package, main), epoch)
    doubts = _Doubts(hidden=sum(hidden for _, _, hidden in sheets))
    room = Room(file.options)
    rows = [(name, _rows(_stream(package, part, book, doubts), room)) for name, part, _ in sheets]
    found = sheet_sections(rows, file.options)
    sections: list[Section] = []
    for (name, part, _), of_sheet in zip(sheets, found.sections, strict=True):
        sections += [*of_sheet, *_comments(package, part, name)]
    if not sections:
        raise ReadError("no_text", "The workbook holds no text.")
    return Extraction(tuple(sections), (*core_properties(package), *found.metadata), (*doubts.warnings(), *room.warnings(), *found.warnings))


def _sheets(package: Package, main: str) -> tuple[list[tuple[str, str, bool]], datetime]:
    """List (name, part, hidden) of the sheets in their order, and the day from which the workbook counts."""
    targets = {relation.id: relation.target for relation in package.relations(main) if relation.kind == "worksheet"}
    sheets: list[tuple[str, str, bool]] = []
    epoch = _EPOCH
    for _, element in parse_events(package.open(main), ("end",)):
        name = local(element.tag)
        if name == "sheet":
            part = targets.get(attribute(element, "id") or "")
            if part and part in package:
                sheets.append((" ".join((element.get("name") or "").split()), part, (element.get("state") or "visible") != "visible"))
        elif name == "workbookPr" and (element.get("date1904") or "").casefold() in ("1", "true"):
            epoch = _EPOCH_1904
    return sheets, epoch


def _shared_strings(package: Package, main: str) -> list[str]:
    strings: list[str] = []
    for part in package.related(main, "sharedStrings"):
        pieces: list[str] = []
        phonetic = 0
        for event, element in parse_events(package.open(part), ("start", "end")):
            name = local(element.tag)
            if name == "rPh":
                phonetic += 1 if event == "start" else -1
            elif event == "start":
                continue
            elif name == "t" and not phonetic:
                pieces.append(element.text or "")
            elif name == "si":
                strings.append(_unescape("".join(pieces)))
                pieces = []
                forget(element)
    return strings


def _unescape(text: str) -> str:
    """Resolve ``_x000D_``: how workbooks write characters that XML forbids."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _date_styles(package: Package, main: str) -> frozenset[int]:
    """Number the cell styles that show a number as a date."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for part in package.related(main, "styles"):
        for event, element in parse_events(package.open(part), ("start", "end")):
            name = local(element.tag)
            if name == "cellXfs":
                inside = event == "start"
            elif event == "end" and name == "numFmt":
                formats[int(element.get("numFmtId") or 0)] = element.get("formatCode") or ""
            elif event == "end" and name == "xf" and inside:
                styles.append(int(element.get("numFmtId") or 0))
    dates = {number for number, code in formats.items() if re.search(r"[ymdhse年月日]", _NOT_DATE.sub("", code), re.IGNORECASE)}
    return frozenset(index for index, number in enumerate(styles) if number in _DATE_FORMATS or number in dates)


def _rows(stream: Iterator[Row], room: Room) -> list[Row]:
    rows: list[Row] = []
    for row in stream:
        room.put(rows, row)
    return rows


def _stream(package: Package, part: str, book: _Book, doubts: _Doubts) -> Iterator[Row]:
    row, cell = Row(0), _Cell()
    phonetic = 0
    for event, element in parse_events(package.open(part), ("start", "end")):
        name = local(element.tag)
        if name == "rPh":
            phonetic += 1 if event == "start" else -1
        elif event == "start":
            if name == "row":
                number = element.get("r") or ""
                row, cell = Row(int(number) if number.isdigit() else row.number + 1), _Cell()
            elif name == "c":
                cell = _Cell(_column(element.get("r") or "") or cell.column + 1)
        elif name == "c":
            doubts.formulas += cell.formula and not cell.value and not cell.inline
            text = _cell_text(element.get("t") or "n", cell, element.get("s") or "", book)
            if text.strip():
                row.cells[cell.column] = text
        elif name == "row":
            if row.cells:
                yield row
            forget(element)
        elif not phonetic:
            cell.take(name, element.text or "")


def _column(reference: str) -> int:
    """Turn the letters of a cell's name into a number: A is 1, AA is 27; 0 if there are none."""
    number = 0
    for character in reference:
        if not "A" <= character <= "Z":
            break
        number = number * 26 + ord(character) - 64
    return number


def _cell_text(kind: str, cell: _Cell, style: str, book: _Book) -> str:
    value = cell.value
    if kind == "s":
        return book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ""
    if kind == "inlineStr":
        return _unescape("".join(cell.inline))
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "e":
        return ""  # #REF! and the like say nothing
    if kind in ("str", "d"):
        return _unescape(value)
    return _number(value, style.isdigit() and int(style) in book.date_styles, book.epoch) if value else ""


def _number(value: str, date: bool, epoch: datetime) -> str:
    """Write a number as the sheet shows it: dates in ISO 8601, and no rounding errors of binary fractions."""
    try:
        number = float(value)
    except ValueError:
        return value
    if date and 0 <= number < 2_958_466:  # the last day of the year 9999
        moment = epoch + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return moment.strftime("%H:%M:%S")
        return moment.date().isoformat() if number == int(number) else moment.isoformat(sep=" ")
    return plain_number(number)


def _comments(package: Package, part: str, name: str) -> list[Section]:
    found: list[str] = []
    for kind in ("comments", "threadedComment"):
        for comments in package.related(part, kind):
            pieces: list[str] = []
            for _, element in parse_events(package.open(comments), ("end",)):
                tag = local(element.tag)
                if tag in ("t", "text") and element.text:
                    pieces.append(element.text)
                elif tag in ("comment", "threadedComment") and (text := " ".join("".join(pieces).split())):
                    found.append(text)
                    pieces = []
    return [Section("\n".join(dict.fromkeys(found)), (name,), "comment", name)] if found else []


XLSX = Reader("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm"), "Excel", _read_xlsx, version=3, packages=("lxml",))
