"""PDF files: one section for each page, with lines joined to paragraphs; pages with an unreadable text layer are left out and listed.

Text that a person does not see comes after the pages, as hidden sections (:mod:`~corpuskit.ingest.pdf_visibility`).
pdfium is not safe for threads: one process reads one file at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.ingest.document import Section
from corpuskit.ingest.garbled import is_garbled
from corpuskit.ingest.outline import clean, join, width
from corpuskit.ingest.pdf_visibility import seen_and_unseen
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_HYPHEN_AT_LINE_END = re.compile(r"[\x02\ufffe]\r?\n")
_ENDS_SENTENCE = re.compile(r"[。．.!?！？:：;；」』）)]$")
_STARTS_ITEM = re.compile(
    r"[•●■□◆◇○◎▪・※✓→▶]|[\-–*]\s|[(（](?:\d{1,3}|[a-zA-Zア-ン]|[ivx]{1,4})[)）]|(?:\d{1,3}|[a-zA-Zア-ン])[)）]|\d{1,3}[.．](?!\d)|[a-zA-Z]\.\s"
    r"|第\s?[\d一二三四五六七八九十百]+\s?[章節条項]|\d+(?:\.\d+)+\s|[①-⑳]"
)

_FIELD = re.compile(r"[^\s:：。、,.][^:：。、,.]{0,24}[:：]")

FULL_LINE = 0.9
"""Share of the usual line width from which a line that ends a sentence still runs on; because justified lines all reach it."""

WRAPPED_LINE = 0.75
"""Share of the usual line width from which any other line runs on; because wrapped lines break within their last word or two."""

LEAST_DIGITS = 0.3
"""Share of digits from which a line is a row of a table or an address; because running text has fewer, and rows must not be glued together."""

_PLACEHOLDERS = frozenset({"(unspecified)", "(anonymous)", "unspecified", "anonymous", "untitled", "(untitled)"})
_NAMES = (("Title", "title"), ("Author", "author"), ("Subject", "subject"), ("CreationDate", "created"), ("ModDate", "modified"))


def _read_pdf(file: RawFile) -> Extraction:
    import pypdfium2

    if b"%PDF" not in file.data[:1024]:
        raise ReadError("broken", "Not a PDF file: its first bytes are not those of one.")
    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).casefold():
            raise ReadError("encrypted", "Protected by a password. Save it without one, or leave it out.") from error
        raise ReadError("broken", f"The PDF file cannot be opened: {error}") from error
    try:
        return _extract(document, file.options.max_pages)
    finally:
        document.close()


def _extract(document: Any, most_pages: int) -> Extraction:
    import pypdfium2

    sections: list[Section] = []
    hidden: list[Section] = []
    blank: list[int] = []
    unreadable: list[int] = []
    garbled: list[int] = []
    pages = min(len(document), most_pages)
    for number in range(1, pages + 1):
        try:
            raw, unseen = _page_texts(document, number - 1)
        except pypdfium2.PdfiumError:
            unreadable.append(number)
            continue
        text = clean(paragraphs(raw))
        if unseen := clean(paragraphs(unseen)):
            hidden.append(Section(unseen, kind="hidden", locator=f"page {number}"))
        if not text:
            blank.append(number)
        elif is_garbled(raw):
            garbled.append(number)
        else:
            sections.append(Section(text, locator=f"page {number}"))
    if not sections and not hidden:
        raise _nothing(pages, unreadable, garbled)
    lost = (("pages_without_text", blank), ("pages_garbled", garbled), ("pages_unreadable", unreadable))
    warnings = [f"{name}: {_listed(numbers)}" for name, numbers in lost if numbers]
    if pages < len(document):
        warnings.append(f"pages_left_out: {len(document) - pages}")
    if hidden:
        warnings.append(f"hidden_text: {len(hidden)}")
    return Extraction((*sections, *hidden), _metadata(document), tuple(warnings))


def _nothing(pages: int, unreadable: Sequence[int], garbled: Sequence[int]) -> ReadError:
    """Say why a document without a readable page has none."""
    if unreadable:
        return ReadError("broken", f"None of the {pages} pages can be read.")
    if garbled:
        return ReadError(
            "no_text", f"The text layer is unreadable on page {_listed(garbled)} of {pages} (its fonts lack a table of characters): run OCR on it."
        )
    return ReadError("no_text", f"No text layer on any of the {pages} pages (scanned, or pictures only): recognise the text first (OCR).")


def _page_texts(document: Any, index: int) -> tuple[str, str]:
    """Give what is seen of a page, and what is not."""
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            return seen_and_unseen(page, textpage)
        finally:
            textpage.close()
    finally:
        page.close()


def _listed(pages: Sequence[int]) -> str:
    """Write page numbers with runs: ``3, 5-9``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def paragraphs(text: str) -> str:
    """Join the lines of a page to paragraphs.

    A hyphen at a line end goes with its line end. Lines join without a space between Japanese characters, else with one. A paragraph ends
    at a blank line, at a short line, at a line that ends a sentence before the margin, and before a bullet, number, article or named field;
    a line with many digits stands alone.
    """
    lines = [line.strip() for line in _HYPHEN_AT_LINE_END.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    widths = sorted(width(line) for line in lines if line)
    if not widths:
        return ""
    usual = widths[int(0.9 * (len(widths) - 1))]
    result: list[str] = []
    running = False
    for line in lines:
        if not line:
            running = False
            continue
        row = sum(character.isdigit() for character in line) >= LEAST_DIGITS * len(line.replace(" ", ""))
        if running and not row and not _STARTS_ITEM.match(line) and not _FIELD.match(line):
            result[-1] = join(result[-1], line)
        else:
            result.append(line)
        reach = width(line) / usual
        running = not row and reach >= (FULL_LINE if _ENDS_SENTENCE.search(line) else WRAPPED_LINE)
    return "\n".join(result)


def _metadata(document: Any) -> tuple[tuple[str, str], ...]:
    known = document.get_metadata_dict(skip_empty=True)
    found = []
    for theirs, ours in _NAMES:
        value = clean(str(known.get(theirs, ""))).replace("\n", " ")
        if ours in ("created", "modified"):
            match = re.match(r"D:(\d{4})(\d{2})?(\d{2})?", value)
            value = "-".join(part for part in match.groups("01")) if match else ""
        if value and value.casefold() not in _PLACEHOLDERS:
            found.append((ours, value))
    return tuple(found)


PDF = Reader("pdf", (".pdf",), "PDF", _read_pdf, version=3, packages=("pypdfium2",))
