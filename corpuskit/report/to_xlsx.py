"""Rendering as an Excel workbook: numbers are numbers, the checklist is filled in there, and no text from a document is a formula."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from corpuskit.report.contract import AuditReport
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.phrasebook import Phrasebook, phrasebook
from corpuskit.report.sections.section import width
from corpuskit.report.tables import TABLES, Cell, Column, DataTable, Probability, Share
from corpuskit.report.visible import visible

MOST_UNITS = 32_767
"""UTF-16 units in a cell, because Excel refuses a file with more."""
LINE, TALLEST = 15.0, 409.0
"""Height of a line of 10-point letters, and of the tallest row that Excel takes, in points."""
FEW_LINES = 4
"""Lines of a row that columns off the paper may ask for, because the printed list would be mostly white otherwise."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""What a spreadsheet takes for a formula as soon as somebody edits the cell."""
FONT = {"en": "Calibri", "ja": "Yu Gothic"}


def to_xlsx(report: AuditReport, options: ExportOptions) -> dict[str, bytes]:  # noqa: ARG001  # every format is called alike
    """Write a sheet for each of the :data:`TABLES <corpuskit.report.tables.TABLES>`, in the language of the report.

    Header rows stay in sight and can be filtered; pages are A4 landscape, as wide as the sheet. The only date of the file is that of the run. Text is
    stored as text (a start such as ``=`` is kept as one by Excel's own mark), characters that a cell cannot hold are shown by their code points, and
    a text that is too long for a cell says how much was left out.

    Returns
    -------
    dict of str to bytes
        One file, by its suffix.
    """
    import xlsxwriter

    book = phrasebook(report.run.language)
    file = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(file, settings)
    started = datetime.fromisoformat(report.run.started_at).replace(tzinfo=None)
    workbook.set_properties(
        {"title": visible(book.label("title", root=report.corpus.root)), "author": f"{report.tool.name} {report.tool.version}", "created": started}
    )
    looks = _Looks(workbook, FONT[report.run.language])
    for spec in TABLES.values():
        _sheet(workbook, spec.build(report, book), book, looks)
    workbook.close()
    return {".xlsx": file.getvalue()}


class _Looks:
    """Formats of cells, each made once."""

    def __init__(self, workbook: Any, font: str) -> None:
        self._workbook, self._font = workbook, font
        self._made: dict[frozenset[tuple[str, Any]], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = frozenset(properties.items())
        if key not in self._made:
            plain = {"font_name": self._font, "font_size": 10, "valign": "top"}
            self._made[key] = self._workbook.add_format({**plain, **properties})
        return self._made[key]


def _sheet(workbook: Any, table: DataTable, book: Phrasebook, looks: _Looks) -> None:
    sheet = workbook.add_worksheet(book.label(f"sheet_{table.name}"))
    widths = []
    for place, column in enumerate(table.columns):
        heading = book.label(f"export_{column.name}")
        widths.append(_width(column, heading, (row[place] for row in table.rows)))
        sheet.set_column(place, place, widths[place])
        band = "#FFF2CC" if column.fill_in else "#DCE6F1"
        sheet.write_string(0, place, heading, looks.of(bold=True, text_wrap=True, bg_color=band, bottom=1))
        _ask(sheet, column, place, len(table.rows), book)
    sheet.set_row(0, _height([book.label(f"export_{column.name}") for column in table.columns], widths, 0))
    for row, cells in enumerate(table.rows, start=1):
        sheet.set_row(row, _height(cells, widths, table.printed))
        for place, cell in enumerate(cells):
            _cell(sheet, row, place, cell, table.columns[place], looks, book)
    _set_up(sheet, table, book)


def _set_up(sheet: Any, table: DataTable, book: Phrasebook) -> None:
    last = max(len(table.rows), 1)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&A&R{book.label('export_page')} &P / &N")
    if table.printed:
        sheet.print_area(0, 0, last, table.printed - 1)


def _cell(sheet: Any, row: int, place: int, cell: Cell, column: Column, looks: _Looks, book: Phrasebook) -> None:
    left = {} if column.kind in ("integer", "number") else {"align": "left"}
    day = {"num_format": "yyyy-mm-dd", "align": "left"}
    match cell:
        case None | "":
            sheet.write_blank(row, place, None, looks.of(**(day if column.kind == "date" else {"text_wrap": True})))
        case str():
            text = _fitting(visible(cell), book)
            sheet.write_string(row, place, text, looks.of(text_wrap=True, **({"quote_prefix": True} if text.startswith(FORMULA_STARTS) else {})))
        case date():
            sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), looks.of(**day))
        case float() if not math.isfinite(cell):
            sheet.write_string(row, place, "∞" if cell > 0 else "-∞", looks.of(align="right"))
        case _:
            sheet.write_number(row, place, cell, looks.of(num_format=_number_format(cell), **left))


def _number_format(value: float) -> str:
    """Choose a format that never rounds into a claim: shares and probabilities that are not 0 or 1 are not shown as 0 or 100 %."""
    if isinstance(value, Probability):
        return '"<1%"' if value < 0.01 else '">99%"' if value > 0.99 else "0%"
    if isinstance(value, Share):
        if 0 < abs(value) < 0.0001:
            return '"<0.01%"'
        if 0.9999 < abs(value) < 1:
            return '">99.99%"'
        return "0.00%" if 0 < abs(value) < 0.01 or 0.99 < abs(value) < 1 else "0.0%"
    if isinstance(value, int) or value.is_integer():
        return "#,##0"
    return "0.00E+00" if abs(value) < 0.0001 else "#,##0" if abs(value) >= 1000 else "0.0###"


def _fitting(text: str, book: Phrasebook) -> str:
    """Cut a text that no cell holds, and say so."""
    if len(text) * 2 <= MOST_UNITS or _units(text) <= MOST_UNITS:
        return text
    said = book.label("export_cut", n=len(text))
    kept = text.encode("utf-16-le")[: 2 * (MOST_UNITS - _units(said))].decode("utf-16-le", "ignore")
    return kept + book.label("export_cut", n=len(text) - len(kept))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _width(column: Column, heading: str, cells: Iterable[Cell]) -> int:
    """Give a column the width of its longest line: letters of East Asia take two cells. Headings are wrapped and leave room for the arrow."""
    narrowest, widest = column.widths
    lines = (line for cell in cells for line in _lines(cell))
    longest = max((width(line[:widest]) for line in lines), default=0)
    return min(max(longest + 1, -(-width(heading) // 3) + 3, narrowest), widest)


def _height(cells: Sequence[Cell], widths: Sequence[int], printed: int) -> float:
    """Give a row the height of its tallest cell: spreadsheets do not all do so themselves."""
    lines = [sum(-(-width(line) // max(room - 1, 1)) or 1 for line in _lines(cell)) for cell, room in zip(cells, widths, strict=True)]
    printed = printed or len(lines)
    needed = max(1, *lines[:printed], min(FEW_LINES, max(lines[printed:], default=1)))
    return min(needed * LINE, TALLEST)


def _lines(cell: Cell) -> Sequence[str]:
    """Give the lines of a text as far as they can matter for the size of its cell; a number or a date takes ten letters."""
    if isinstance(cell, str):
        return cell[:2000].split("\n")
    return () if cell is None else ("0" * 10,)


def _ask(sheet: Any, column: Column, place: int, rows: int, book: Phrasebook) -> None:
    """Let a cell be filled in from a list, or with a date only."""
    if not rows or not column.fill_in:
        return
    if column.choices:
        asked = {"validate": "list", "source": list(column.choices), "error_message": book.label("status_prompt")}
        sheet.data_validation(1, place, rows, place, asked)
    elif column.kind == "date":
        sheet.data_validation(1, place, rows, place, {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "ignore_blank": True})
