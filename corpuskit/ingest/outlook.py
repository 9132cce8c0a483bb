"""Outlook messages (.msg): headers, body, quoted part, and attachments through the readers of their suffixes; messages in messages too.

python-oxmsg opens the file; texts are decoded here, since it takes 8-bit text without a code page for Latin-9.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from email.message import Message
from typing import TYPE_CHECKING

from corpuskit.errors import ReadError
from corpuskit.ingest.compound_file import compound_file
from corpuskit.ingest.compressed_rtf import unpack_rtf
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.document import Section
from corpuskit.ingest.mail import header_text, sent_on
from corpuskit.ingest.mail_body import attached, read_attachment, write_html, write_plain, write_sections
from corpuskit.ingest.markup import html_warnings, shows_text
from corpuskit.ingest.outline import Outline, clean
from corpuskit.ingest.reader import Extraction, RawFile, Reader

if TYPE_CHECKING:
    from oxmsg.storage import Storage

_PROPERTIES = "__properties_version1.0"
_EMBEDDED = "__substg1.0_3701000D"
_MESSAGE_HEADER, _EMBEDDED_HEADER = 32, 24
"""Bytes before the list of properties: in a file, and in a message inside another."""

_BINARY, _TEXT_8, _TEXT_16, _TIME, _INTEGER = 0x0102, 0x001E, 0x001F, 0x0040, 0x0003
_CLASS, _SUBJECT, _HEADERS, _BODY, _RTF, _HTML = 0x001A, 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
_SENDER, _SENDER_ADDRESS, _SENDER_SMTP, _TO = 0x0C1A, 0x0C1F, 0x5D01, 0x0E04
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_BODY_CODE_PAGE, _CODE_PAGE = 0x3FDE, 0x3FFD
_DATA, _NAME, _LONG_NAME, _DISPLAY_NAME = 0x3701, 0x3704, 0x3707, 0x3001


@dataclass(slots=True)
class _Item:
    """A message or an attachment: its properties, read when asked for, and what was doubtful about them."""

    storage: Storage
    header: int
    code_page: str = ""
    warnings: list[str] = field(default_factory=list)
    encodings: dict[str, str] = field(default_factory=dict)

    def binary(self, property_id: int, kind: int = _BINARY) -> bytes:
        try:
            return self.storage.property_stream_bytes(property_id, kind)
        except KeyError:
            return b""

    def text(self, property_id: int, code_page: str = "", html: bool = False) -> str:
        if wide := self.binary(property_id, _TEXT_16):
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = (self.binary(property_id) if html else b"") or self.binary(property_id, _TEXT_8)
        if not narrow.strip(b"\x00 \r\n"):
            return ""
        try:
            decoded = decode(narrow.rstrip(b"\x00"), code_page or self.code_page or None, html=html)
        except ReadError:
            self.warnings.append("body_undecodable")
            return ""
        self.warnings += decoded.warnings
        self.encodings[decoded.encoding] = decoded.basis
        return decoded.text

    def line(self, property_id: int) -> str:
        return " ".join(clean(self.text(property_id)).split())

    def fixed(self, property_id: int, kind: int) -> int:
        """Give an integer or time from the list of properties; 0 if there is none."""
        with suppress(KeyError, struct.error):
            listed = self.storage.properties_stream_bytes
            for place in range(self.header, len(listed) - 15, 16):
                found_kind, found, value = struct.unpack_from("<HH4xQ", listed, place)
                if (found, found_kind) == (property_id, kind):
                    return int(value & 0xFFFFFFFF if kind == _INTEGER else value)
        return 0

    def codec(self, property_id: int) -> str:
        """Name the encoding of a code page; empty if there is none, or none that is known."""
        from oxmsg.domain.encodings import encoding_from_codepage

        with suppress(Exception):  # its errors share no class, and an unknown code page is no worse than none
            return encoding_from_codepage(self.fixed(property_id, _INTEGER))
        return ""


def _read_msg(file: RawFile) -> Extraction:
    from oxmsg.storage import Storage

    with compound_file(file.data) as compound:
        storage = Storage.from_ole(compound)
    if not any(stream.name == _PROPERTIES for stream in storage.streams):
        raise ReadError("broken", "Not an Outlook message but another file of its family. Give it its right suffix.")
    return _message(storage, _MESSAGE_HEADER, file)


def _message(storage: Storage, header: int, file: RawFile) -> Extraction:
    item = _Item(storage, header)
    item.code_page = item.codec(_CODE_PAGE)
    found = _headers(item)
    outline = Outline()
    outline.add_heading(1, found["title"])
    written = _write_body(item, outline, file)
    if not written and item.line(_CLASS).upper() == "IPM.NOTE.SMIME":
        raise ReadError("encrypted", "The message is encrypted. Save it without encryption, or leave it out.")
    sections = [*outline.finish()]
    item.warnings += html_warnings(sections)
    for attachment in storage.iter_attachment_storages():
        sections += _attachment(_Item(attachment, 8, item.code_page, item.warnings), found["title"], file)
    if not shows_text(sections):
        raise ReadError("no_text", "The message has neither a subject nor text.")
    metadata = tuple((name, value) for name, value in found.items() if value)
    bases = dict.fromkeys(item.encodings.values())
    return Extraction(tuple(sections), metadata, tuple(dict.fromkeys(item.warnings)), ", ".join(item.encodings), ", ".join(bases))


def _headers(item: _Item) -> dict[str, str]:
    """Give title, from, to and created: as sent over the network where that is kept, else as the program lists them."""
    sent: Message = message_from_string(item.text(_HEADERS), policy=policy.compat32)
    address = next((found for found in (item.line(_SENDER_SMTP), item.line(_SENDER_ADDRESS)) if "@" in found), "")
    sender = f"{item.line(_SENDER)} <{address}>".strip() if address else item.line(_SENDER)
    moment = _moment(item.fixed(_SUBMITTED, _TIME) or item.fixed(_DELIVERED, _TIME))
    return {
        "title": item.line(_SUBJECT) or header_text(sent, "Subject"),
        "from": header_text(sent, "From") or sender,
        "to": header_text(sent, "To") or item.line(_TO),
        "created": sent_on(sent) or moment,
    }


def _moment(ticks: int) -> str:
    """Write the date of a time counted in tenths of microseconds from the year 1601; empty for none."""
    with suppress(OverflowError):
        return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).date().isoformat() if ticks else ""
    return ""


def _write_body(item: _Item, outline: Outline, file: RawFile) -> bool:
    """Write the plain body, or the HTML one, or the rich text: whichever is there first; False for none."""
    code_page = item.codec(_BODY_CODE_PAGE)
    if (plain := item.text(_BODY, code_page)).strip():
        write_plain(plain, outline)
    elif (page := item.text(_HTML, code_page, html=True)).strip():
        write_html(page, outline)
    elif packed := item.binary(_RTF):
        try:
            rich = file.read_inner("body.rtf", unpack_rtf(packed, file.options), file.depth)
        except ReadError as error:
            if error.code == "no_text":
                return False
            item.warnings.append("body_undecodable")
            return True
        write_plain("\n".join(section.text for section in rich.sections if section.kind != "hidden"), outline)
        write_sections([section for section in rich.sections if section.kind == "hidden"], outline)
    else:
        return False
    return True


def _attachment(item: _Item, subject: str, file: RawFile) -> list[Section]:
    name = item.line(_LONG_NAME) or item.line(_NAME) or item.line(_DISPLAY_NAME) or "attachment"
    inside = next((storage for storage in item.storage.storages if storage.name == _EMBEDDED), None)
    if inside is None:
        return read_attachment(file, name, item.binary(_DATA), subject, item.warnings)
    try:
        inner = _inside(inside, replace(file, depth=file.depth + 1))
    except ReadError as error:
        item.warnings.append(f"attachment_not_read: {name} ({error.code})")
        return []
    return attached(inner, name, subject, item.warnings)


def _inside(storage: Storage, file: RawFile) -> Extraction:
    if file.depth > file.options.max_depth:
        raise ReadError("too_large", f"Nested more than {file.options.max_depth} deep (read.max_depth).")
    if not any(stream.name == _PROPERTIES for stream in storage.streams):
        raise ReadError("unsupported", "An object of another program inside the message.")
    return _message(storage, _EMBEDDED_HEADER, file)


MSG = Reader("msg", (".msg", ".oft"), "Outlook message", _read_msg, version=2, packages=("python-oxmsg", "olefile", "striprtf", "resiliparse"))
