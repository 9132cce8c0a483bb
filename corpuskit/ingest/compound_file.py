"""Compound files: the container of Office before 2007 and of Outlook messages, opened with checks; what they say of themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from typing import Any

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import COMPOUND_FILE
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.outline import clean

_STREAM = 2
_FILE_PASSWORD, _SHEET_LISTED = 0x002F, 0x0085


@contextmanager
def compound_file(data: bytes) -> Iterator[Any]:
    """Open a compound file; inside the block, whatever is damaged becomes a reason.

    Raises
    ------
    ReadError
        ``broken``: no compound file, damaged, or with parts that are together larger than the file, as in files made to do harm.
    """
    if not data.startswith(COMPOUND_FILE):
        raise ReadError("broken", "Not a file of the kind that its suffix says. Give it its right suffix.")
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as compound:
            if sum(entry.size for entry in compound.direntries if entry is not None and entry.entry_type == _STREAM) > len(data):
                raise ReadError("broken", "The parts of the file are larger than the file, as in files made to do harm.")
            yield compound
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, struct.error, RecursionError) as error:
        raise ReadError("broken", f"The file is damaged: {error}.") from error


def is_encrypted(compound: Any) -> bool:
    """Tell whether an Office file is protected by a password: each program says so at a place of its own."""
    if compound.exists("EncryptedPackage"):
        return True
    if compound.exists("WordDocument"):
        flags = compound.openstream("WordDocument").read(12)[10:12]
        return len(flags) == 2 and bool(flags[1] & 1)
    if compound.exists("Current User"):
        return bool(compound.openstream("Current User").read(16)[12:] == b"\xdf\xc4\xd1\xf3")
    return any(_has_password(compound.openstream(name).read(2**16)) for name in ("Workbook", "Book") if compound.exists(name))


def _has_password(workbook: bytes) -> bool:
    """Look for the record of a password before the sheets are listed; what follows it is unreadable."""
    place = 0
    while place + 4 <= len(workbook):
        kind, size = struct.unpack_from("<HH", workbook, place)
        if kind in (_FILE_PASSWORD, _SHEET_LISTED):
            return bool(kind == _FILE_PASSWORD)
        place += 4 + size
    return False


def summary(compound: Any) -> tuple[tuple[str, str], ...]:
    """Read title, author, subject and dates that the file gives itself; what is damaged is left out."""
    found: dict[str, str] = {}
    with suppress(Exception):  # olefile may raise anything here, and no text depends on it
        told = compound.get_metadata()
        code_page = f"cp{told.codepage % 65536}" if told.codepage and told.codepage % 65536 != 65001 else "utf-8"
        values = {"title": told.title, "author": told.author, "subject": told.subject, "created": told.create_time, "modified": told.last_saved_time}
        for name, value in values.items():
            if isinstance(value, datetime) and value.year > 1601:
                found[name] = value.date().isoformat()
            elif isinstance(value, bytes) and value.strip(b"\x00 "):
                found[name] = " ".join(clean(decode(value.rstrip(b"\x00"), code_page).text).split())
    return tuple((name, value) for name, value in found.items() if value)
