"""Sheets of labels that come back as Excel workbooks, read in the process of their own that every document is read in."""

from __future__ import annotations

from pathlib import Path

from corpuskit.errors import InputError
from corpuskit.ingest import Document, ReadOptions, Skipped, read

WORKBOOKS = (".xlsx", ".xlsm")


def read_workbook(path: Path) -> tuple[list[int], dict[str, list[str]]]:
    """Read the sheet of a workbook whose first row has a column ``id``; rows without an id are left out.

    Returns
    -------
    lines : list of int
        Row that each stands in.
    columns : dict of str to list of str
        Cells by column; a column without any value is not there.

    Raises
    ------
    InputError
        There is no such file, it cannot be read, or no sheet, or several, have a column ``id``.
    """
    if not path.is_file():
        raise InputError(f"{path}: cannot be read (no such file). Give an existing file.")
    found = next(iter(read([path], ReadOptions(text_columns=("id",), jobs=1))))
    if isinstance(found, Skipped):
        raise InputError(f"{path}: {found.reason}")
    rows, lines, sheets = _rows(found)
    if len(sheets) != 1:
        told = f"several sheets have one: {', '.join(sorted(sheets))}" if sheets else "no sheet with one was found"
        raise InputError(f"{path}: a sheet with the column 'id' in its first row is needed; {told}. Give the workbook that was handed out.")
    names = list(dict.fromkeys(("id", *(name for row in rows for name in row))))
    return lines, {name: [row.get(name, "") for row in rows] for name in names}


def _rows(document: Document) -> tuple[list[dict[str, str]], list[int], set[str]]:
    rows, lines, sheets = [], [], set()
    for section in document.sections:
        if section.kind == "row" and not section.text.startswith("id: "):
            rows.append({"id": section.text, **dict(section.fields), **dict(section.labels)})
            lines.append(int(section.locator.rpartition(" ")[2]))
            sheets.add(section.heading[0] if section.heading else "")
    return rows, lines, sheets
