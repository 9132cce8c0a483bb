"""Rich text as Outlook stores it: compressed against a dictionary that all programs know (Microsoft, MS-OXRTFCP)."""

from __future__ import annotations

import struct

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import refuse_growth
from corpuskit.ingest.reader import ReadOptions

_COMPRESSED, _STORED = b"LZFu", b"MELA"
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New Roman"
    rb"Courier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_SIZE = 4096


def unpack_rtf(data: bytes, options: ReadOptions) -> bytes:
    """Unpack a compressed rich text; as much of it as is there, if it is cut off.

    Raises
    ------
    ReadError
        ``broken``: not a compressed rich text. ``too_large``: unpacks to more than the limits allow.
    """
    if len(data) < 16:
        raise ReadError("broken", "The rich text of the message is cut off.")
    size, kind = struct.unpack_from("<I4s", data, 4)
    if kind == _STORED:
        return data[16 : 16 + size]
    if kind != _COMPRESSED:
        raise ReadError("broken", "The rich text of the message is compressed in an unknown way.")
    return _unpack(data, options)[:size]


def _unpack(data: bytes, options: ReadOptions) -> bytes:
    """Go through runs of eight: each bit of the byte before them tells a letter from a reference to the last 4096 letters."""
    window = bytearray(_DICTIONARY.ljust(_SIZE, b"\x00"))
    written, place = len(_DICTIONARY), 16
    text = bytearray()
    while place < len(data):
        flags = data[place]
        place += 1
        refuse_growth(len(data), len(text), options)
        for bit in range(8):
            if flags >> bit & 1:
                reference = int.from_bytes(data[place : place + 2], "big")
                place += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if place > len(data) or offset == written % _SIZE:  # a reference to the place of writing is the end
                    return bytes(text)
            elif place < len(data):
                offset, length = written % _SIZE, 1
                window[offset] = data[place]
                place += 1
            else:
                return bytes(text)
            for step in range(offset, offset + length):
                letter = window[written % _SIZE] = window[step % _SIZE]
                written += 1
                text.append(letter)
    return bytes(text)
