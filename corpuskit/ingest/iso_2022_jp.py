"""ISO-2022-JP, the encoding of older Japanese mail: seven bits, with escape sequences between Latin and Japanese stretches."""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\(D|\([BJI])")
_CODECS = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004")


def is_iso_2022_jp(data: bytes) -> bool:
    """Tell whether the bytes hold its escape sequences and no byte of eight bits."""
    return b"\x1b" in data and bool(_ESCAPE.search(data)) and data.isascii()


def strict_text(data: bytes) -> tuple[str, str] | None:
    """Give text and codec if one of the standard codecs reads every byte, else None."""
    for codec in _CODECS:
        try:
            return data.decode(codec), codec
        except UnicodeError:
            continue
    return None


def as_cp932(data: bytes) -> bytes:
    """Rewrite as Shift_JIS bytes, keeping the rows of the vendors: ① and ㈱ stand in row 13, which no standard codec of ISO-2022-JP has."""
    out = bytearray()
    double = kana = False
    position = 0
    while position < len(data):
        escape = _ESCAPE.match(data, position)
        if escape:
            double, kana = escape[1].startswith(b"$"), escape[1] == b"(I"
            position = escape.end()
        elif data[position] in b"\r\n":
            double = kana = False  # a line always ends in ASCII; where its escape is lost, the next line is not
            out.append(data[position])
            position += 1
        elif double and position + 1 < len(data) and min(data[position : position + 2]) > 0x20:
            out += _pair(data[position] - 0x21, data[position + 1] - 0x21)
            position += 2
        else:
            out.append(data[position] | 0x80 if kana and data[position] > 0x20 else data[position])
            position += 1
    return bytes(out)


def _pair(row: int, cell: int) -> bytes:
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 0x3F)
    return bytes((min(lead, 0xFC), min(max(trail, 0x40), 0xFC)))
