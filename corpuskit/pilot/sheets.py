"""Sheets for two people who label the same cases without seeing each other's labels: CSV and Excel, each person in an order of their own."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from corpuskit.errors import UsageError
from corpuskit.pilot.sampling import Case

COLUMNS = ("id", "input", "label", "comment")
CODERS = ("coder-1", "coder-2")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""

SHEET_WORDS = ("sheet_cases", "sheet_guide", "sheet_labels", "sheet_pick", "sheet_wrong", "blind")
"""Names of the words that a workbook needs."""

WIDTHS = (16, 90, 24, 40)
"""Of the columns, in characters; because a line of 90 is as long as eyes follow, and labels are short."""


def order_for(cases: Sequence[Case], coder: str, seed: int) -> list[Case]:
    """Give the cases in the order of one coder: the first in random order (from the seed), the second in the reverse of it.

    So every case stands as early for one as it stands late for the other: fatigue and growing practice cancel out, and no place tells the other's.

    Raises
    ------
    UsageError
        There is no such coder.
    """
    if coder not in CODERS:
        raise UsageError(f"There is no {coder!r}. Coders: {', '.join(CODERS)}.")
    mixed = sorted(cases, key=lambda case: hashlib.sha256(f"{seed}\0order\0{case.id}".encode()).digest())
    return mixed if coder == CODERS[0] else mixed[::-1]


def sheet_csv(cases: Sequence[Case], mark: bool = True) -> bytes:
    """Write a sheet as CSV: ``id``, ``input``, and ``label`` and ``comment`` to fill in. UTF-8, with the byte order mark that Excel asks for.

    Cells that a spreadsheet could take for a formula begin with an apostrophe; inputs are not read back.
    """
    stream = StringIO(newline="")
    out = csv.writer(stream, lineterminator="\r\n")
    out.writerow(COLUMNS)
    out.writerows((case.id, guarded(case.input), "", "") for case in cases)
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet could take for a formula (or that apostrophes hide one in, so that none is lost)."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def unguarded(cell: str) -> str:
    """Take the apostrophe off again."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell


def sheet_xlsx(cases: Sequence[Case], labels: Sequence[str], guide: str, words: Mapping[str, str], *, title: str) -> bytes:
    """Write a sheet as a workbook: the cases with a list to pick the label from, and how to decide on a second sheet.

    Only labels and comments can be written to (protected without a password, against slips). Everything is written as text, so no cell is a formula.
    Same input, same bytes.

    Raises
    ------
    UsageError
        There are fewer than two labels, or a word is missing.
    """
    import datetime as dt

    from xlsxwriter import Workbook

    if len(labels) < 2:
        raise UsageError(f"A sheet to label with needs at least two labels; here {len(labels)}.")
    lacking = [name for name in SHEET_WORDS if not words.get(name)]
    if lacking:
        raise UsageError(f"Words of the workbook are missing: {', '.join(lacking)}.")
    data = BytesIO()
    book = Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": title, "created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E4F1F9"})
    locked = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    open_cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "locked": False, "bg_color": "#FFFDE7"})
    sheet, second = book.add_worksheet(words["sheet_cases"]), book.add_worksheet(words["sheet_guide"])
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for row, case in enumerate(cases, 1):
        sheet.write_string(row, 0, case.id, locked)
        sheet.write_string(row, 1, case.input, locked)
        sheet.write_blank(row, 2, None, open_cell)
        sheet.write_blank(row, 3, None, open_cell)
    _guide(second, labels, guide, words, head, locked)
    # a reference, because a list inside the rule may hold 255 characters only
    source = f"='{words['sheet_guide']}'!$A$2:$A${len(labels) + 1}"
    sheet.data_validation(
        1,
        2,
        max(1, len(cases)),
        2,
        {"validate": "list", "source": source, "input_message": words["sheet_pick"][:255], "error_message": words["sheet_wrong"][:255]},
    )
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return data.getvalue()


def _guide(sheet: Any, labels: Sequence[str], guide: str, words: Mapping[str, str], head: Any, text: Any) -> None:
    """Write the labels, which the list of the first sheet is taken from, and beside them how to decide."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, words["sheet_labels"], head)
    sheet.write_string(0, 1, words["sheet_guide"], head)
    for row, label in enumerate(labels, 1):
        sheet.write_string(row, 0, label, text)
    for row, line in enumerate([words["blind"], "", *guide.splitlines()], 1):
        sheet.write_string(row, 1, line[:32_000], text)
    sheet.protect("", {"format_columns": True, "format_rows": True})
