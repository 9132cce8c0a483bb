"""Mailboxes (.mbox): one mail after the other in one file, each behind a line that begins with "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

from corpuskit.errors import ReadError
from corpuskit.ingest.container import Container, Member, member_name, too_many
from corpuskit.ingest.mail import header_text
from corpuskit.ingest.reader import RawFile

LONGEST_SUBJECT = 80
"""Characters of the subject in the name of a member; because it only has to be recognised."""

_HEAD_BYTES = 2**16
"""Bytes in which the header of a mail is looked for; because the name of a member needs only subject and date."""

_BEGINS = re.compile(rb"From [^\r\n]*\r?\n(?=[!-9;-~]+[ \t]*:|>From |\r?\n|\Z)")
_DATED = re.compile(rb"From [^\r\n]*\d\d:\d\d")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def _members(file: RawFile) -> Iterator[Member]:
    data = file.data
    begins = _beginnings(data)
    begin = next(begins, None)
    if begin is None:
        raise ReadError("broken", 'Not a mailbox: it does not begin with a line "From ...".')
    number = 0
    while begin is not None:
        number += 1
        if number > file.options.max_members:
            yield too_many(file.options)
            return
        following = next(begins, None)
        yield _mail(number, data[data.index(b"\n", begin) + 1 : following])
        begin = following


def _beginnings(data: bytes) -> Iterator[int]:
    """Find the lines that begin a mail, one after the other; none if the first thing in the file is no such line.

    Programs that write mailboxes put a mark before lines of text that begin with "From ". Not all do, so that a header must follow, and a
    blank line or a time tells the line from a paragraph that begins so.
    """
    head = data[:_HEAD_BYTES]
    start = len(head) - len(head.lstrip(b"\xef\xbb\xbf\r\n"))
    if not _BEGINS.match(data, start):
        return
    yield start
    place = data.find(b"\nFrom ", start)
    while place >= 0:
        line = place + 1
        blank = data[max(0, place - 2) : place].endswith((b"\n", b"\n\r"))
        if _BEGINS.match(data, line) and (blank or _DATED.match(data, line)):
            yield line
        place = data.find(b"\nFrom ", line)


def _mail(number: int, stored: bytes) -> Member:
    # the blank line before the next "From " is of the mailbox, not of the mail
    own = next((stored[: -len(end) // 2] for end in (b"\r\n\r\n", b"\n\n") if stored.endswith(end)), stored)
    content = _QUOTED.sub(rb"\1", own)
    head = message_from_bytes(content[:_HEAD_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")[0], policy=policy.compat32)
    subject = header_text(head, "Subject").replace("/", "_").replace("\\", "_")[:LONGEST_SUBJECT].strip()
    return Member(member_name(f"{number:05d} {subject}".strip() + ".eml"), content, _sent(str(head.get("Date", ""))))


def _sent(date: str) -> str:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        sent: datetime = parsedate_to_datetime(date)
        # a date with zone -0000 says that it does not know where it was written, and is UTC all the same
        return (sent.astimezone(UTC) if sent.tzinfo else sent.replace(tzinfo=UTC)).isoformat(timespec="seconds")
    return ""


MBOX = Container("mbox", (".mbox", ".mbx"), "Mailbox", _members)
