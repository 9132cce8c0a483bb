"""Mail files: plain, with an attachment or an HTML part, in UTF-8 or ISO-2022-JP."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta, timezone
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

JAPAN = timezone(timedelta(hours=9))


def eml(
    subject: str,
    sender: str,
    to: str,
    sent: datetime,
    body: str,
    *,
    charset: str = "utf-8",
    html: str = "",
    attached: tuple[str, bytes] | None = None,
) -> bytes:
    """Write one message; boundaries and the message id come from the text, not from chance."""
    key = hashlib.sha256((subject + body).encode()).hexdigest()[:16]
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(sent.replace(tzinfo=JAPAN))
    message["Message-ID"] = f"<{key}@example.com>"
    old = charset == "iso-2022-jp"
    message.set_content(body.strip() + "\n", charset=charset, cte="7bit" if old else None)
    if html:
        message.add_alternative(html, subtype="html")
        message.set_boundary(f"alternative-{key}")
    if attached:
        name, content = attached
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        message.set_boundary(f"mixed-{key}")
    content = bytes(message)
    if old:  # mail programs of that age also write the subject in this encoding
        line = "Subject: " + Header(subject, "iso-2022-jp", header_name="Subject").encode(linesep="\r\n") + "\r\n"
        content = re.sub(rb"Subject: .*?\r\n(?=\S)", lambda _: line.encode("ascii"), content, count=1, flags=re.DOTALL)
    return content
