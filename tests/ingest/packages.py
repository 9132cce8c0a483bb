"""Writes small Office files part by part, for what the libraries that write fixtures cannot write."""

import io
import zipfile

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.readers import extract

_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
X = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_DOC}"'


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rels(*targets):
    lines = (f'<Relationship Id="rId{n}" Type="{_DOC}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, start=1))
    return f'<Relationships xmlns="{_REL}">{"".join(lines)}</Relationships>'


def docx(body, related=(), doctype=""):
    """Build a Word file: ``body`` is the XML inside w:body; ``related`` lists (kind, file name, XML)."""
    parts = {
        "_rels/.rels": rels(("officeDocument", "word/document.xml")),
        "word/document.xml": f"{doctype}<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels(*((kind, name) for kind, name, _ in related)),
    }
    return zipped(parts | {f"word/{name}": content for _, name, content in related})


def xlsx(sheet_data, related=(), name="Sheet1", state="visible"):
    """Build a workbook of one sheet: ``sheet_data`` is the XML inside sheetData."""
    parts = {
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {X}><sheets><sheet name="{name}" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml"), *((kind, file) for kind, file, _ in related)),
        "xl/worksheets/sheet1.xml": f"<worksheet {X}><sheetData>{sheet_data}</sheetData></worksheet>",
    }
    return zipped(parts | {f"xl/{file}": content for _, file, content in related})


def paragraph(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def texts_or_reason(name, data):
    """Read a file that may be damaged: its texts, or the reason why there are none; nothing else may happen."""
    try:
        return [section.text for section in extract(name, data, ReadOptions()).sections], ""
    except ReadError as error:
        return [], error.reason
