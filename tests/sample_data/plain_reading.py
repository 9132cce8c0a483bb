"""Reading the files back with plain means, independent of the package under test."""

from __future__ import annotations

import io
import re
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pypdfium2


def without_tags(xml: str) -> str:
    """Text of an XML or HTML page, one paragraph, cell or row per line."""
    broken = re.sub(r"</(?:w:p|a:p|p|h\d|li|td|tr|title)>|\r?\n", "\n", xml)
    plain = re.sub(r"<[^>]+>", "", broken)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&copy;", "©"), ("&amp;", "&")):
        plain = plain.replace(entity, letter)
    return plain


def text_of(folder: Path, path: str) -> str:
    content = (folder / path).read_bytes()
    if path.endswith((".docx", ".pptx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if re.fullmatch(r"word/document\.xml|ppt/(notesSlides|slides)/\w+\.xml", name)]
            return "\n".join(without_tags(archive.read(name).decode()) for name in names)
    if path.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return "\n".join("\t".join(str(cell) for cell in row) for sheet in book for row in sheet.iter_rows(values_only=True))
    if path.endswith(".pdf"):
        with pypdfium2.PdfDocument(content) as document:
            return "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    if path.endswith(".eml"):
        message = message_from_bytes(content, policy=policy.default)
        body = message.get_body(("plain",))
        return f"{message['subject']}\n{body.get_content() if body else ''}"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932")
    return without_tags(text) if path.endswith(".html") else text


def members(content: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]
