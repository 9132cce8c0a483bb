"""Word, Excel and PowerPoint files whose bytes do not depend on the day they are made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Pt

from tests.sample_data.markup import parse, title_of

WRITTEN = datetime(2026, 4, 1, 9, 0, 0)
AUTHOR = "Aomine Fluid Precision"
Cell = str | int | float


def settled(archive: bytes) -> bytes:
    """Rewrite a zip file with fixed times, and fix the time that openpyxl puts into the properties."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-04-01T09:00:00Z", data)
            member = zipfile.ZipInfo(info.filename, date_time=(2026, 4, 1, 9, 0, 0))
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(member, data, compresslevel=9)
    return out.getvalue()


def slim(document: DocumentObject) -> None:
    """Drop what the template of python-docx carries and no file here uses: effects, thumbnail, some ninety table styles."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del relations[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in {"TableNormal", "TableGrid"}:
            styles.remove(style)


def docx(markup: str) -> bytes:
    document, blocks = Document(), parse(markup)
    slim(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title_of(blocks), AUTHOR, AUTHOR
    properties.created = properties.modified = WRITTEN
    properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Yu Gothic")
    for block in blocks:
        if block.kind == "heading":
            document.add_heading(block.text, level=block.level)
        elif block.kind == "bullet":
            document.add_paragraph(block.text, style="List Bullet")
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=max(len(row) for row in block.rows), style="Table Grid")
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=False):
                    cell.text = text
        else:
            document.add_paragraph(block.text)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def pptx(markup: str) -> bytes:
    """Every level-1 or level-2 heading opens a slide; a level-3 heading ``Notes`` sends what follows to the speaker notes."""
    presentation, blocks = Presentation(), parse(markup)
    properties = presentation.core_properties
    properties.title, properties.author, properties.last_modified_by = title_of(blocks), AUTHOR, AUTHOR
    properties.created = properties.modified = WRITTEN
    slide: Any = None
    target: Any = None
    for block in blocks:
        if block.kind == "heading" and block.level < 3:
            slide = presentation.slides.add_slide(presentation.slide_layouts[1])
            slide.shapes.title.text = block.text
            target = slide.placeholders[1].text_frame
        elif block.kind == "heading":
            target = slide.notes_slide.notes_text_frame
        elif block.kind == "table":
            rows = block.rows
            table = slide.shapes.add_table(len(rows), len(rows[0]), Pt(40), Pt(330), Pt(620), Pt(24 * len(rows))).table
            for i, row in enumerate(rows):
                for j, text in enumerate(row):
                    table.cell(i, j).text = text
        else:
            paragraph = target.paragraphs[0] if not target.text else target.add_paragraph()
            paragraph.text = block.text
    out = io.BytesIO()
    presentation.save(out)
    return settled(out.getvalue())


def xlsx(sheets: Sequence[tuple[str, Sequence[Sequence[Cell]]]], title: str = "") -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator, book.properties.created = title, AUTHOR, WRITTEN
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())
