"""Text as the searches see it, and how they look around a place: one character for one, so that places stay those of the text."""

from __future__ import annotations

import re

CONTEXT = 40
"""Characters before a number in which its context word must stand, because a label and a bracketed remark fit in them and a sentence does not."""

# Full-width signs to ASCII; the prolonged sound mark only between digits
_NARROW = {chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)} | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\u3000\u00a0\u2009", " ")
_WIDE = re.compile("[\uff01-\uff5e‐-―−\u3000\u00a0\u2009]")
_DASH = re.compile(r"(?<=\d)ー(?=\d)")


def narrow(text: str) -> str:
    """Write full-width letters, digits, signs and blanks, and all dashes, as their ASCII ones."""
    if text.isascii():
        return text
    if _WIDE.search(text):
        text = _WIDE.sub(_narrowed, text)
    return _DASH.sub("-", text) if "ー" in text else text


def _narrowed(match: re.Match[str]) -> str:
    return _NARROW[match.group()]


def digits_of(text: str) -> str:
    """Give the digits of a text without what stands between them."""
    return "".join(filter(str.isdecimal, text))


def said_before(context: re.Pattern[str], text: str, place: int, reach: int = CONTEXT) -> bool:
    """Tell whether a context word stands in the ``reach`` characters before a place."""
    return context.search(text, max(0, place - reach), place) is not None
