"""Writes the least that is a .xls, .doc and .ppt of Office 97, and a .xlsb: nobody maintains a library that does."""

import struct

from tests.ingest import packages
from tests.ingest.compound import compound


def xls(sheets):
    """Build a workbook from (name, state, rows): 0 shown, 1 hidden; a cell is text, a number, a bool, a ("date", number), or None."""
    globals_ = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 6))
    globals_ += _record(0x041E, struct.pack("<H", 164) + _text("yyyy-mm-dd", 2))
    globals_ += _format(0) + _format(164)
    bodies = [_sheet(rows) for _, _, rows in sheets]
    names = [struct.pack("<BB", state, 0) + _text(name, 1) for name, state, _ in sheets]
    place = len(globals_) + sum(4 + 4 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        globals_ += _record(0x0085, struct.pack("<I", place) + name)
        place += len(body)
    return compound({"Workbook": globals_ + _record(0x000A, b"") + b"".join(bodies)})


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def _format(number):
    return _record(0x00E0, struct.pack("<HH", 0, number) + bytes(16))


def _text(text, width):
    """Write a text behind its length (of ``width`` bytes), in two bytes per letter."""
    return len(text).to_bytes(width, "little") + b"\1" + text.encode("utf-16-le")


def _sheet(rows):
    records = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 6))
    columns = max((len(row) for row in rows), default=0)
    records += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, columns, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HH", number, column)
            if isinstance(cell, bool):
                records += _record(0x0205, place + struct.pack("<HBB", 0, cell, 0))
            elif isinstance(cell, str):
                records += _record(0x0204, place + struct.pack("<H", 0) + _text(cell, 2))
            elif cell is not None:
                form, value = (1, cell[1]) if isinstance(cell, tuple) else (0, cell)
                records += _record(0x0203, place + struct.pack("<Hd", form, value))
    return records + _record(0x000A, b"")


def xlsb(rows):
    """Build a binary workbook of one sheet; a cell is text or a number."""
    sheets = _binary(0x9C, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1"))
    cells = b""
    for number, row in enumerate(rows):
        cells += _binary(0x00, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            cells += _binary(0x06, place + _wide(cell)) if isinstance(cell, str) else _binary(0x05, place + struct.pack("<d", cell))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(len(row) for row in rows) - 1)
    return packages.zipped({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.bin": _binary(0x83) + _binary(0x99, bytes(12)) + _binary(0x8F) + sheets + _binary(0x90) + _binary(0x84),
        "xl/_rels/workbook.bin.rels": packages.rels(("worksheet", "worksheets/sheet1.bin")),
        "xl/worksheets/sheet1.bin": _binary(0x81) + _binary(0x94, size) + _binary(0x91) + cells + _binary(0x92) + _binary(0x82),
    })  # fmt: skip


def _binary(kind, content=b""):
    """Write a record of a binary workbook: kind and length in seven bits a byte."""
    return _sevens(kind) + _sevens(len(content)) + content


def _sevens(number):
    return bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def doc(text, encrypted=False):
    """Build a Word file of one piece of text; paragraphs end with ``\\r``."""
    stored = text.encode("utf-16-le")
    fib = bytearray(1472)
    struct.pack_into("<HHHHHH", fib, 0, 0xA5EC, 0x00C1, 0, 0x0411, 0, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<II", fib, 0x18, len(fib), len(fib) + len(stored))
    struct.pack_into("<H", fib, 0x20, 14)
    struct.pack_into("<H", fib, 0x3E, 22)
    struct.pack_into("<I", fib, 0x4C, len(text))
    struct.pack_into("<H", fib, 0x98, 93)
    piece = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, len(fib), 0)
    table = b"\2" + struct.pack("<I", len(piece)) + piece
    struct.pack_into("<II", fib, 0x01A2, 0, len(table))
    return compound({"WordDocument": (bytes(fib) + stored).ljust(4096, b"\0"), "1Table": table.ljust(4096, b"\0")})


def ppt(slides):
    """Build a presentation: each slide is a list of texts in one box; paragraphs end with ``\\r``."""
    stream = _atom(0x03E8, _atom(0x03E9, bytes(40), 1), 0xF)
    for texts in slides:
        box = b"".join(_atom(0x0F9F, struct.pack("<I", 1)) + _atom(0x0FA0, text.encode("utf-16-le")) for text in texts)
        for kind in (0xF00D, 0xF004, 0xF003, 0xF002, 0x040C, 0x03EE):  # text box, shape, group, drawing, its place, slide
            box = _atom(kind, box, 0xF)
        stream += box
    return compound({"PowerPoint Document": stream, "Current User": _atom(0x0FF6, bytes(24))})


def _atom(kind, content, version=0):
    return struct.pack("<HHI", version, kind, len(content)) + content
