"""Mail files (.eml): headers, body, quoted part, and attachments through the readers of their suffixes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.document import Section, SectionKind
from corpuskit.ingest.markup import html_text
from corpuskit.ingest.outline import Outline, clean
from corpuskit.ingest.plain import reflow
from corpuskit.ingest.reader import Extraction, RawFile, Reader

_QUOTE_MARK = re.compile(r"\s*(?:>|＞|\|(?=\s))")
_QUOTE_BEGINS = re.compile(
    r"\s*(?:-{2,}\s*(?:Original Message|Forwarded message|元のメッセージ|転送メッセージ|Original Appointment)\s*-{2,}"
    r"|On\s.{6,160}\swrote:$|\d{4}[年/.-]\s?\d{1,2}[月/.-]\s?\d{1,2}日?.{0,160}[:：]$|.{1,120}(?:wrote|さんは書きました|のメッセージ)[:：]$)",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(r"\s*\*?(?:From|Sent|To|Date|Subject|差出人|送信日時|送信者|日時|宛先|件名)\*?\s*[:：]\s*\S", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s?$")

SPLIT_HEADERS = 2
"""Header lines in a row; because one line "件名: ..." may be text, and two are how mail programs begin a quote."""


def _read_eml(file: RawFile) -> Extraction:
    message = message_from_bytes(file.data, policy=policy.compat32)
    if not message.keys():
        raise ReadError("broken", "Not a mail: it has no header lines.")
    headers = {name: _header(message, name) for name in ("Subject", "From", "To")}
    warnings: list[str] = []
    encodings: list[str] = []
    outline = Outline()
    outline.add_heading(1, headers["Subject"])
    bodies, attachments = _parts(message)
    for part in bodies:
        _write_body(part, outline, warnings, encodings)
    sections = [*outline.finish()]
    for name, data in attachments:
        sections += _attachment(file, name, data, headers["Subject"], warnings)
    if not sections:
        raise ReadError("no_text", "The mail has neither a subject nor text.")
    found = {"title": headers["Subject"], "from": headers["From"], "to": headers["To"], "created": _date(message)}
    metadata = tuple((name, value) for name, value in found.items() if value)
    return Extraction(tuple(sections), metadata, tuple(dict.fromkeys(warnings)), ", ".join(dict.fromkeys(encodings)))


def _header(message: Message, name: str) -> str:
    """Decode a header; raw bytes and unknown charsets are decoded as file content is."""
    value = message.get(name)
    if value is None:
        return ""
    pieces: list[str] = []
    try:
        decoded = decode_header(value)
    except (ValueError, LookupError):
        decoded = [(str(value), None)]
    for piece, charset in decoded:
        if isinstance(piece, str):
            piece, charset = piece.encode("utf-8", "surrogateescape"), None
        known = charset if charset and charset.casefold() not in ("unknown-8bit", "unknown") else None
        try:
            pieces.append(decode(piece, known).text)
        except ReadError:
            pieces.append(piece.decode("ascii", "replace"))
    return " ".join(clean("".join(pieces)).split())


def _date(message: Message) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError):
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
    except (ValueError, LookupError, ReadError):
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
                name = _filename(part) or _header(attached, "Subject") or "mail"
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


def _write_body(part: Message, outline: Outline, warnings: list[str], encodings: list[str]) -> None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return
    subtype = part.get_content_subtype()
    try:
        decoded = decode(payload, part.get_content_charset(), html=subtype == "html")
    except ReadError:
        warnings.append("body_undecodable")
        return
    warnings += decoded.warnings
    encodings.append(decoded.encoding)
    if subtype == "html":
        for section in html_text(decoded.text)[0].finish():
            outline.add("\n".join((*section.heading[-1:], section.text)), section.kind)
        return
    for kind, lines in split_quotes(decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        outline.add("\n".join(reflow(lines)), kind)


def split_quotes(lines: Sequence[str]) -> list[tuple[SectionKind, list[str]]]:
    """Cut the body of a mail into what its writer wrote (``body``), what is quoted (``quote``), and the signature (``footer``).

    Lines with a quote mark are quotes wherever they stand, so answers between them stay body. After a line such as
    "--- Original Message ---" or two header lines in a row, everything is quote.
    """
    parts: list[tuple[SectionKind, list[str]]] = []
    rest: SectionKind = "body"
    for number, line in enumerate(lines):
        if rest != "quote" and (_QUOTE_BEGINS.match(line) or _headers_follow(lines, number)):
            # an attribution over marked lines introduces only those; answers may stand between them
            marked = any(_QUOTE_MARK.match(later) for later in lines[number + 1 : number + 4])
            kind: SectionKind = "quote"
            rest = rest if marked else "quote"
        elif rest == "body" and _SIGNATURE.fullmatch(line):
            kind = rest = "footer"
        else:
            kind = "quote" if _QUOTE_MARK.match(line) else rest
        text = re.sub(r"^(?:\s*[>＞])+\s?", "", line) if kind == "quote" else line
        if not line.strip() and parts:
            kind = parts[-1][0]
        if parts and parts[-1][0] == kind:
            parts[-1][1].append(text)
        else:
            parts.append((kind, [text]))
    return parts


def _headers_follow(lines: Sequence[str], number: int) -> bool:
    filled = [line for line in lines[number : number + 4] if line.strip()][:SPLIT_HEADERS]
    return bool(lines[number].strip()) and len(filled) == SPLIT_HEADERS and all(_HEADER_LINE.match(line) for line in filled)


def _attachment(file: RawFile, name: str, data: bytes, subject: str, warnings: list[str]) -> list[Section]:
    """Read an attachment as further sections under its name; one that cannot be read becomes a warning."""
    try:
        inner = file.read_inner(name, data, file.depth + 1)
    except ReadError as error:
        warnings.append(f"attachment_not_read: {name} ({error.code})")
        return []
    warnings += [f"{warning} ({name})" for warning in inner.warnings]
    above = (subject, name) if subject else (name,)
    return [replace(section, heading=(*above, *section.heading), locator=" ".join((name, section.locator)).strip()) for section in inner.sections]


EML = Reader("eml", (".eml",), "Mail", _read_eml, packages=("resiliparse", "lxml", "pypdfium2"))
