"""PDF, HTML, Markdown, plain text, CSV and JSON lines."""

from __future__ import annotations

import csv
import html
import io
import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC
from unittest import mock

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.sample_data.markup import Block, japanese, parse, title_of
from tests.sample_data.office import WRITTEN

MARGIN = 56


def styles(language: str) -> dict[str, ParagraphStyle]:
    if language == "ja":
        for name in ("HeiseiMin-W3", "HeiseiKakuGo-W5"):
            pdfmetrics.registerFont(UnicodeCIDFont(name))
    text, bold = ("HeiseiMin-W3", "HeiseiKakuGo-W5") if language == "ja" else ("Times-Roman", "Helvetica-Bold")
    wrap = "CJK" if language == "ja" else None
    paragraph = ParagraphStyle("paragraph", fontName=text, fontSize=10, leading=15, spaceAfter=5, wordWrap=wrap)
    made = {
        f"heading{n}": ParagraphStyle(f"heading{n}", paragraph, fontName=bold, fontSize=18 - 2 * n, leading=22, spaceBefore=8, keepWithNext=1)
        for n in (1, 2, 3)
    }
    made |= {"paragraph": paragraph, "cell": ParagraphStyle("cell", paragraph, fontSize=9, leading=12, spaceAfter=0)}
    made["bullet"] = made["step"] = ParagraphStyle("item", paragraph, leftIndent=14)
    return made


def flowable(block: Block, style: Mapping[str, ParagraphStyle]) -> Flowable:
    if block.kind == "table":
        rows = [[Paragraph(html.escape(cell), style["cell"]) for cell in row] for row in block.rows]
        width = (A4[0] - 2 * MARGIN) / max(len(row) for row in rows)
        table = Table(rows, colWidths=[width] * max(len(row) for row in rows))
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return table
    name = f"heading{block.level}" if block.kind == "heading" else block.kind
    mark = "- " if block.kind == "bullet" else ""
    return Paragraph(mark + html.escape(block.text), style[name])


def pdf(markup: str, password: str = "") -> bytes:
    blocks = parse(markup)
    style = styles("ja" if japanese(markup) else "en")
    encrypt = StandardEncryption(password, ownerPassword="owner-" + password, strength=128) if password else None
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, invariant=1, pageCompression=0, encrypt=encrypt,
        title=title_of(blocks), author="Aomine Fluid Precision",
    )  # fmt: skip
    flow: list[Flowable] = []
    for block in blocks:
        flow += [flowable(block, style)] + ([Spacer(1, 8)] if block.kind == "table" else [])
    # the one way to give the writer a date: without it every invariant PDF says that it was made in the year 2000
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=str(int(WRITTEN.replace(tzinfo=UTC).timestamp()))):
        template.build(flow)
    return out.getvalue()


def html_page(markup: str) -> bytes:
    """Write a page as an intranet would: with a menu and a footer around the content."""
    blocks = parse(markup)
    ja = japanese(markup)
    menu = ("ホーム", "部門", "規程集", "申請書式") if ja else ("Home", "Departments", "Policies", "Forms")
    body: list[str] = []
    for block in blocks:
        text = html.escape(block.text)
        if block.kind == "table":
            rows = ("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
            body.append("<table>" + "".join(rows) + "</table>")
        else:
            tag = f"h{block.level}" if block.kind == "heading" else "li" if block.kind == "bullet" else "p"
            body.append(f"<{tag}>{text}</{tag}>")
    navigation = "".join(f'<a href="#">{name}</a> ' for name in menu)
    return (
        f'<!doctype html>\n<html lang="{"ja" if ja else "en"}"><head><meta charset="utf-8"><title>{html.escape(title_of(blocks))}</title></head>\n'
        f"<body><nav>{navigation}</nav><main>\n" + "\n".join(body) + "\n</main><footer>&copy; 2026 Aomine Fluid Precision</footer></body></html>\n"
    ).encode()


def markdown(markup: str) -> bytes:
    parts: list[str] = []
    for block in parse(markup):
        if block.kind == "table":
            rows = ["| " + " | ".join(row) + " |" for row in block.rows]
            rows.insert(1, "|" + " --- |" * len(block.rows[0]))
            parts.append("\n".join(rows))
        else:
            parts.append({"heading": "#" * block.level + " ", "bullet": "- "}.get(block.kind, "") + block.text)
    return ("\n\n".join(parts) + "\n").encode()


def text(markup: str, encoding: str = "utf-8") -> bytes:
    parts: list[str] = []
    mark = "・" if japanese(markup) else "* "
    for block in parse(markup):
        if block.kind == "table":
            parts.append("\n".join("\t".join(row) for row in block.rows))
        elif block.kind == "heading":
            parts.append(("\n" if parts else "") + block.text)
        else:
            parts.append((mark if block.kind == "bullet" else "") + block.text)
    body = "\n".join(parts) + "\n"
    return body.replace("\n", "\r\n").encode(encoding) if encoding == "cp932" else body.encode(encoding)


def csv_table(rows: Sequence[Sequence[object]], encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def json_lines(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    return "".join(json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) + "\n" for row in rows).encode()
