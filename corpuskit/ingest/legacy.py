"""Office files of before 2007 (.xls, .doc, .ppt) and binary workbooks (.xlsb): read by packages that not everybody needs.

Sheets are read by python-calamine (extra ``xls``), texts and slides by xberg (extra ``formats``), which also reads .xls where only it is there.
Many files with these suffixes are something else, saved or renamed so; they are read as what they are.
python-calamine ends the whole process on some damaged files: these readers belong in a process of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import COMPOUND_FILE, refuse_growth
from corpuskit.ingest.compound_file import compound_file, is_encrypted, summary
from corpuskit.ingest.document import Section
from corpuskit.ingest.outline import Outline, row_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions
from corpuskit.ingest.sheets import Room, Row, plain_number, sheet_sections
from corpuskit.ingest.zip_archive import directory

Properties = tuple[tuple[str, str], ...]

_MIME = {"doc": "application/msword", "ppt": "application/vnd.ms-powerpoint", "xls": "application/vnd.ms-excel"}


def _read_xls(file: RawFile) -> Extraction:
    if (renamed := _as_what_it_is(file, "xlsx")) is not None:
        return renamed
    properties = _checked(file)
    try:
        return _by_calamine(file, properties)
    except ImportError:
        pass
    try:
        sections = _by_xberg(file, "xls", "table")
    except ImportError as error:
        raise _needs("xls", "Excel files of before 2007", "xlsx") from error
    return Extraction(sections, properties)


def _read_xlsb(file: RawFile) -> Extraction:
    if not file.data.startswith(b"PK"):
        _checked(file)  # says whether it is encrypted
        raise ReadError("broken", "Not a binary Excel file although its suffix says so. Give it its right suffix.")
    parts = {entry.filename.casefold(): entry for entry in directory(file)}
    if "xl/workbook.xml" in parts:
        return file.read_inner(f"{file.name}.xlsx", file.data, file.depth)
    if "xl/workbook.bin" not in parts:
        raise ReadError("broken", "Not a binary Excel file although its suffix says so. Give it its right suffix.")
    for entry in parts.values():
        if entry.filename.casefold().endswith((".bin", ".xml", ".rels")):
            refuse_growth(entry.compress_size, entry.file_size, file.options)
    try:
        return _by_calamine(file, ())
    except ImportError as error:
        raise _needs("xls", "Binary Excel files", "xlsx") from error


def _reader_of(kind: str, title: str, modern: str) -> Callable[[RawFile], Extraction]:
    def read(file: RawFile) -> Extraction:
        if (renamed := _as_what_it_is(file, modern)) is not None:
            return renamed
        properties = _checked(file)
        try:
            return Extraction(_by_xberg(file, kind, "body"), properties)
        except ImportError as error:
            raise _needs("formats", title, modern) from error

    return read


def _needs(extra: str, what: str, modern: str) -> ReadError:
    return ReadError("needs_extra", f"{what} need a package that is not installed: pip install 'corpuskit[{extra}]', or save it as {modern}.")


def _as_what_it_is(file: RawFile, modern: str) -> Extraction | None:
    """Read a file that is no Office file of before 2007 by the reader of what it is; None if it is one, or nothing that is known."""
    begin = file.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(COMPOUND_FILE):
        return None
    suffix = next((suffix for mark, suffix in ((b"PK\x03\x04", modern), (b"{\\rtf", "rtf"), (b"<", "html")) if begin.startswith(mark)), "")
    return file.read_inner(f"{file.name}.{suffix}", file.data, file.depth) if suffix else None


def _checked(file: RawFile) -> Properties:
    """Look at a compound file before a library gets it; give what it says of itself."""
    with compound_file(file.data) as compound:
        if is_encrypted(compound):
            raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.")
        return summary(compound)


def _by_calamine(file: RawFile, properties: Properties) -> Extraction:
    """Read sheets as those of xlsx are read.

    Raises
    ------
    ImportError
        The package is not installed.
    """
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    room, hidden = Room(file.options), 0
    sheets: list[tuple[str, list[Row]]] = []
    try:
        with CalamineWorkbook.from_filelike(BytesIO(file.data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    hidden += sheet.visible != SheetVisibleEnum.Visible
                    rows: list[Row] = []
                    for row in _rows(book.get_sheet_by_name(sheet.name).iter_rows()):
                        room.put(rows, row)
                    sheets.append((" ".join(sheet.name.split()), rows))
    except PasswordError as error:
        raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the library, where its build does not end the process, is no Exception
        raise ReadError("broken", f"Cannot be read as Excel: {str(error)[:200]}.") from error
    found = sheet_sections(sheets, file.options)
    sections = tuple(section for of_sheet in found.sections for section in of_sheet)
    if not sections:
        raise ReadError("no_text", "The workbook holds no text.")
    warnings = (*((f"hidden_sheets: {hidden}",) if hidden else ()), *room.warnings(), *found.warnings)
    return Extraction(sections, (*properties, *found.metadata), warnings)


def _rows(values: Iterator[list[Any]]) -> Iterator[Row]:
    for number, row in enumerate(values, start=1):
        cells = {column: text for column, value in enumerate(row, start=1) if (text := _cell_text(value)).strip()}
        if cells:
            yield Row(number, cells)


def _cell_text(value: str | float | date | time | timedelta) -> str:
    """Write a value as it is written of xlsx: dates in ISO 8601, to the second."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime):
        moment = (value + timedelta(milliseconds=500)).replace(microsecond=0) if value.microsecond else value
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return value


def _by_xberg(file: RawFile, kind: str, place: str) -> tuple[Section, ...]:
    """Read text in the order of the file; lines with tabs are rows of tables.

    Raises
    ------
    ImportError
        The package is not installed.
    ReadError
        ``broken`` or ``no_text``.
    """
    import xberg  # noqa: F401 - so that a missing package is not taken for a damaged file

    try:
        text = _result_of(_text_by_xberg(file.data, _MIME[kind], file.options))
    except Exception as error:  # one class for all reasons
        raise ReadError("broken", f"The file cannot be read: {str(error)[:200]}.") from error
    outline = Outline()
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if "\t" in line.strip():
            outline.add(row_text(line.split("\t")), "table")
        else:
            outline.add(line, "table" if place == "table" else "body")
    sections = outline.finish()
    if not sections:
        raise ReadError("no_text", "The file holds no text; pages made of pictures need text recognition first.")
    return sections


@cache
def event_loop() -> asyncio.AbstractEventLoop:
    """Give the loop that xberg needs, one for the process: making it opens a pair of sockets, which a worker may do only before it reads."""
    return asyncio.new_event_loop()


def _result_of(work: Coroutine[Any, Any, str]) -> str:
    """Run work to its end, in a thread of its own where the caller's thread runs a loop already, as that of a notebook does."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return event_loop().run_until_complete(work)
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(event_loop().run_until_complete, work).result()


async def _text_by_xberg(data: bytes, mime: str, options: ReadOptions) -> str:
    from xberg import ContentFilterConfig, ExtractInput, ExtractionConfig, extract

    # the cache would keep confidential text in the user's folder; text that repeats is what is counted here
    everything = ContentFilterConfig(include_headers=True, include_footers=True, include_footnotes=True, strip_repeating_text=False)
    config = ExtractionConfig(
        use_cache=False,
        disable_ocr=True,
        enable_quality_processing=False,
        content_filter=everything,
        extraction_timeout_secs=max(1, round(options.max_seconds)),
    )
    found = await extract(ExtractInput(kind="bytes", bytes=data, mime_type=mime), config)
    return "\n".join(document.content for document in found.results)


XLS = Reader("xls", (".xls", ".xlt"), "Excel before 2007", _read_xls, packages=("python-calamine", "xberg", "olefile"))
XLSB = Reader("xlsb", (".xlsb",), "Excel binary", _read_xlsb, packages=("python-calamine", "olefile"))
_read_doc = _reader_of("doc", "Word files of before 2007", "docx")
_read_ppt = _reader_of("ppt", "PowerPoint files of before 2007", "pptx")
DOC = Reader("doc", (".doc", ".dot"), "Word before 2007", _read_doc, packages=("xberg", "olefile"))
PPT = Reader("ppt", (".ppt", ".pps", ".pot"), "PowerPoint before 2007", _read_ppt, packages=("xberg", "olefile"))
