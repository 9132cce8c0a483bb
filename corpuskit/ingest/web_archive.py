"""Web pages saved as one file (.mht, .mhtml): the page inside, read as HTML."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from corpuskit.errors import ReadError
from corpuskit.ingest.decoding import decode
from corpuskit.ingest.markup import html_text, html_warnings, shows_text
from corpuskit.ingest.reader import Extraction, RawFile, Reader


def _read_web_archive(file: RawFile) -> Extraction:
    message = message_from_bytes(file.data.lstrip(), policy=policy.compat32)
    if "Content-Type" not in message:
        raise ReadError("broken", "Not a saved web page: it has no header lines that say so.")
    page = _page(message)
    if page is None:
        raise ReadError("no_text", "The saved page holds no HTML.")
    payload = page.get_payload(decode=True)
    decoded = decode(payload if isinstance(payload, bytes) else b"", page.get_content_charset(), html=True, forced=file.options.encoding)
    outline, metadata = html_text(decoded.text)
    sections = outline.finish()
    if not shows_text(sections):
        raise ReadError("no_text", "The page holds no text; it may be built by scripts in a browser.")
    return Extraction(sections, metadata, (*decoded.warnings, *html_warnings(sections)), decoded.encoding, decoded.basis)


def _page(message: Message) -> Message | None:
    """Find the first part that is HTML, without recursion; frames and pictures of the page come behind it."""
    pending = [message]
    while pending:
        part = pending.pop(0)
        if part.is_multipart():
            pending[:0] = [child for child in part.get_payload() if isinstance(child, Message)]
        elif part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part
    return None


MHTML = Reader("mhtml", (".mhtml", ".mht"), "Saved web page", _read_web_archive, packages=("resiliparse",))
