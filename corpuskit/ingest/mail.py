"""Mail files (.eml): headers, body, quoted part, and attachments through the readers of their suffixes."""

from __future__ import annotations

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from corpuskit.errors import ReadError
from corpuskit.ingest.charsets import is_wide
from corpuskit.ingest.decoding import Decoded, decode
from corpuskit.ingest.mail_body import read_attachment, write_html, write_plain
from corpuskit.ingest.markup import html_warnings, shows_text
from corpuskit.ingest.outline import Outline, clean
from corpuskit.ingest.reader import Extraction, RawFile, Reader


def _read_eml(file: RawFile) -> Extraction:
    message = message_from_bytes(file.data, policy=policy.compat32)
    if not message.keys():
        raise ReadError("broken", "Not a mail: it has no header lines.")
    forced = "" if is_wide(file.options.encoding) else file.options.encoding  # in which no mail can be written
    headers = {name: header_text(message, name, forced) for name in ("Subject", "From", "To")}
    warnings: list[str] = []
    read: list[Decoded] = []
    outline = Outline()
    outline.add_heading(1, headers["Subject"])
    bodies, attachments = _parts(message)
    for part in bodies:
        _write_body(part, outline, warnings, read, forced)
    sections = [*outline.finish()]
    warnings += html_warnings(sections)
    for name, data in attachments:
        sections += read_attachment(file, name, data, headers["Subject"], warnings)
    if not shows_text(sections):
        raise ReadError("no_text", "The mail has neither a subject nor text.")
    found = {"title": headers["Subject"], "from": headers["From"], "to": headers["To"], "created": sent_on(message)}
    metadata = tuple((name, value) for name, value in found.items() if value)
    encodings, bases = (", ".join(dict.fromkeys(names)) for names in ([one.encoding for one in read], [one.basis for one in read]))
    return Extraction(tuple(sections), metadata, tuple(dict.fromkeys(warnings)), encodings, bases)


def header_text(message: Message, name: str, forced: str = "") -> str:
    """Decode a header; raw bytes and unknown charsets are decoded as file content is, in the forced encoding if there is one."""
    value = message.get(name)
    if value is None:
        return ""
    pieces: list[str] = []
    try:
        decoded = decode_header(value)
    except (ValueError, LookupError, HeaderParseError):
        decoded = [(str(value), None)]
    for piece, charset in decoded:
        if isinstance(piece, str):
            piece, charset = piece.encode("utf-8", "surrogateescape"), None
        known = charset if charset and charset.casefold() not in ("unknown-8bit", "unknown") else None
        try:
            pieces.append(decode(piece, known, forced=forced).text)
        except ReadError:
            pieces.append(piece.decode("ascii", "replace"))
    return " ".join(clean("".join(pieces)).split())


def sent_on(message: Message) -> str:
    """Give the date of the header in ISO 8601; empty where there is none that can be read."""
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _filename(part: Message) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, UnicodeError, TypeError):
        name = None
    if not name:
        return ""
    try:  # a name may be a header word inside a parameter, which no standard allows and all programs write
        decoded = decode_header(name)
        name = "".join(piece if isinstance(piece, str) else decode(piece, charset).text for piece, charset in decoded)
    except (ValueError, LookupError, HeaderParseError, ReadError):
        pass
    return " ".join(clean(name).split())


def _parts(message: Message) -> tuple[list[Message], list[tuple[str, bytes]]]:
    """Sort the parts of a mail into bodies (of alternatives the plain one) and attachments, without recursion."""
    bodies: list[Message] = []
    attachments: list[tuple[str, bytes]] = []
    pending: list[Message] = [message]
    while pending:
        part = pending.pop(0)
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            attached = inner[0] if isinstance(inner, list) and inner else None
            if isinstance(attached, Message):
                name = _filename(part) or header_text(attached, "Subject") or "mail"
                attachments.append((name if name.casefold().endswith(".eml") else f"{name}.eml", attached.as_bytes()))
        elif part.is_multipart():
            children = [child for child in part.get_payload() if isinstance(child, Message)]
            pending[:0] = _one_of(children) if kind == "multipart/alternative" else children
        elif _filename(part) or part.get_content_disposition() == "attachment":
            data = part.get_payload(decode=True)
            suffix = {"text/html": ".html", "text/plain": ".txt", "text/csv": ".csv", "application/pdf": ".pdf"}.get(kind, "")
            attachments.append((_filename(part) or f"attachment{suffix}", data if isinstance(data, bytes) else b""))
        elif part.get_content_maintype() == "text":
            bodies.append(part)
    return bodies, attachments


def _one_of(alternatives: Sequence[Message]) -> list[Message]:
    """Choose the plain alternative if it says anything, else the last, which is the richest."""
    for part in alternatives:
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/plain" and isinstance(payload, bytes) and payload.strip():
            return [part]
    return list(alternatives[-1:])


def _write_body(part: Message, outline: Outline, warnings: list[str], read: list[Decoded], forced: str) -> None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return
    subtype = part.get_content_subtype()
    try:
        decoded = decode(payload, part.get_content_charset(), html=subtype == "html", forced=forced)
    except ReadError:
        warnings.append("body_undecodable")
        return
    warnings += decoded.warnings
    read.append(decoded)
    if subtype == "html":
        write_html(decoded.text, outline)
    else:
        write_plain(decoded.text, outline)


EML = Reader("eml", (".eml",), "Mail", _read_eml, version=3, packages=("resiliparse", "lxml", "pypdfium2"))
