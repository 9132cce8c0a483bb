"""Writes small OpenDocument files part by part."""

from tests.ingest import packages

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
META = (
    "<office:meta><dc:title>旅費規程</dc:title><meta:initial-creator>総務部</meta:initial-creator><dc:creator>someone</dc:creator>"
    "<meta:creation-date>2025-04-01T09:00:00</meta:creation-date><dc:date>2025-05-02T09:00:00</dc:date></office:meta>"
)


def content(kind, body, styles=""):
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return f"<office:document-content {NAMES}>{automatic}<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"


def packed(kind, body, styles="", **parts):
    named = {f"{name}.xml": f"<office:document-{name} {NAMES}>{inner}</office:document-{name}>" for name, inner in parts.items()}
    return packages.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content(kind, body, styles), **named})


def flat(kind, body):
    inside = f"{META}<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES}>{inside}</office:document>'.encode()


def cell(text, copies=1, more=""):
    return f'<table:table-cell table:number-columns-repeated="{copies}" {more}><text:p>{text}</text:p></table:table-cell>'


def sheet(*rows, name="受付", style=""):
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def row(*cells, copies=1):
    return f'<table:table-row table:number-rows-repeated="{copies}">{"".join(cells)}</table:table-row>'


def tickets(count=12):
    rows = [
        row(
            cell(str(n), more=f'office:value-type="float" office:value="{n}"'),
            cell(f"ポンプ{n}号機から油が漏れています。至急点検してください。"),
            cell("修理" if n % 2 else "点検"),
        )
        for n in range(count)
    ]
    return sheet(row(cell("番号"), cell("問い合わせ内容"), cell("区分")), *rows)


def slide(title, body, notes="", style=""):
    frame = '<draw:frame presentation:class="{}"><draw:text-box>{}</draw:text-box></draw:frame>'
    said = f"<presentation:notes>{frame.format('notes', f'<text:p>{notes}</text:p>')}</presentation:notes>" if notes else ""
    head = frame.format("title", f"<text:p>{title}</text:p>")
    return f'<draw:page draw:style-name="{style}">{frame.format("outline", body)}{head}{said}</draw:page>'
