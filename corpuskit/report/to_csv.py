"""Rendering as CSV: one file for each table, which a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO

from corpuskit.report.contract import AuditReport
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.phrasebook import Phrasebook, phrasebook
from corpuskit.report.tables import TABLES, Cell, DataTable
from corpuskit.report.visible import visible

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t]")
"""What a spreadsheet takes for a formula, also in full width and behind blanks; and the same behind our own mark, so that taking one mark away gives
the text back."""


def to_csv(report: AuditReport, options: ExportOptions) -> dict[str, bytes]:
    """Write each of the :data:`TABLES <corpuskit.report.tables.TABLES>` in UTF-8, comma separated (RFC 4180), headings in the language of the report.

    Numbers and dates are as a program reads them: shares as fractions, days as ``2026-11-29``. Text that a spreadsheet would take for a formula
    begins with an apostrophe (:func:`guarded`).

    Returns
    -------
    dict of str to bytes
        Each file by its suffix, ``.<table>.csv``.
    """
    book = phrasebook(report.run.language)
    mark = BYTE_ORDER_MARK if options.csv_bom else ""
    return {f".{spec.name}.csv": (mark + _written(spec.build(report, book), book)).encode() for spec in TABLES.values()}


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run, or that has such an apostrophe already.

    Examples
    --------
    >>> guarded("=cmd|' /C calc'!A0"), guarded("'=1"), guarded("it's")
    ("'=cmd|' /C calc'!A0", "''=1", "it's")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _written(table: DataTable, book: Phrasebook) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([book.label(f"export_{column.name}") for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(visible(cell))
    return cell.isoformat() if isinstance(cell, date) else cell + 0  # a number in its plain type
