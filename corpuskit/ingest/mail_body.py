"""The body of a mail, whatever file it came in: what was written, what is quoted, the signature; and what is attached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpuskit.errors import ReadError
from corpuskit.ingest.budget import Spent
from corpuskit.ingest.container import Container
from corpuskit.ingest.document import Section, SectionKind
from corpuskit.ingest.markup import html_text
from corpuskit.ingest.outline import Outline
from corpuskit.ingest.plain import reflow
from corpuskit.ingest.reader import Extraction, RawFile

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


def write_plain(text: str, outline: Outline) -> None:
    """Write a plain body: quotes and signature apart, hard wrapping undone."""
    for kind, lines in split_quotes(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        outline.add("\n".join(reflow(lines)), kind)


def write_html(page: str, outline: Outline) -> None:
    """Write an HTML body; its headings become lines, since the subject is the heading of a mail. Hidden text is kept apart, as in a page."""
    write_sections(html_text(page)[0].finish(), outline)


def write_sections(sections: Sequence[Section], outline: Outline) -> None:
    """Write a body that another reader has read: its headings become lines, what a reader does not see stays hidden."""
    for section in sections:
        if section.kind == "hidden":
            outline.add_hidden(section.text, section.locator)
        else:
            outline.add("\n".join((*section.heading[-1:], section.text)), section.kind)


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


def read_attachment(file: RawFile, name: str, data: bytes, subject: str, warnings: list[str]) -> list[Section]:
    """Read an attachment as further sections under its name; one that cannot be read becomes a warning."""
    try:
        inner = file.read_inner(name, data, file.depth + 1)
    except ReadError as error:
        warnings.append(f"attachment_not_read: {name} ({error.code})")
        return []
    return attached(inner, name, subject, warnings)


def attached(inner: Extraction, name: str, subject: str, warnings: list[str]) -> list[Section]:
    """Put what an attachment holds below the subject of its mail and its own name."""
    warnings += [f"{warning} ({name})" for warning in inner.warnings]
    above = (subject, name) if subject else (name,)
    return [replace(section, heading=(*above, *section.heading), locator=" ".join((name, section.locator)).strip()) for section in inner.sections]


def read_attached_container(container: Container, file: RawFile) -> Extraction:
    """Read an archive or mailbox that is attached: its members as attachments of their own.

    Raises
    ------
    ReadError
        As the container does; the reason of the first member where none was read; ``too_large``: nested too deep, or more than may
        come out of one file together.
    """
    if file.depth > file.options.max_depth:
        raise ReadError("too_large", f"Nested more than {file.options.max_depth} deep (read.max_depth).")
    sections: list[Section] = []
    warnings: list[str] = []
    first: ReadError | None = None
    for member in container.members(file):
        try:
            if isinstance(member.data, ReadError):
                raise member.data
            sections += attached(file.read_inner(member.name, member.data, file.depth + 1), member.name, "", warnings)
        except ReadError as error:
            first = first or error
            warnings.append(f"attachment_not_read: {member.name} ({error.code})")
            if isinstance(error, Spent):
                break
    if not sections:
        raise first or ReadError("no_text", f"The {container.title} holds no files with text.")
    return Extraction(tuple(sections), warnings=tuple(warnings))
