"""Characters that cannot be seen, or that reorder what can, shown by their code points."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters: a terminal obeys them, XML forbids most of them
    "\u2028\u2029"  # ends of lines to some readers and not to others
    "\u202a-\u202e\u2066-\u2069"  # "cod.exe" read from the right is "exe.doc"
    "\ud800-\udfff"  # halves of characters: UTF-8 cannot write them
    "\ufeff\ufffe\uffff"  # byte order marks and what is no character
    "\U000e0000-\U000e007f"  # tags: letters that nobody sees
    "]"
)


def visible(text: str) -> str:
    """Write each such character as ``⟨U+202E⟩``, so that a text from a document cannot act, hide or break a file; tabs and line feeds stay.

    Examples
    --------
    >>> visible("invoice\\u202exslx.exe"), visible("a\\x00b")
    ('invoice⟨U+202E⟩xslx.exe', 'a⟨U+0000⟩b')
    """
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
