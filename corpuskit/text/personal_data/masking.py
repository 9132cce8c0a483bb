"""Masking: what may be shown of a text that holds personal data."""

from __future__ import annotations

from collections.abc import Sequence

import xxhash

from corpuskit.text.personal_data.search import Found, find_personal_data

REDACTED = "■"
"""What stands in running text for personal data when it is cut into words: a sign, which keeps its place and is no word."""


def mask(text: str) -> str:
    """Replace personal data by its type in brackets, such as ``[email]``, ``[phone]``, ``[my_number]``, ``[api_key]``."""
    return masked_around(text, 0, len(text))[0]


def masked_around(text: str, start: int, end: int, found: Sequence[Found] | None = None) -> tuple[str, int, int]:
    """Mask a text and tell where the stretch ``start`` to ``end`` of it has gone; a stretch inside a match becomes the whole mask.

    ``found`` is what :func:`find_personal_data` finds in the text, where it is known already.
    """
    pieces: list[str] = []
    length = last = 0
    new_start, new_end = start, end
    for match in find_personal_data(text) if found is None else found:
        name = f"[{match.type}]"
        pieces += [text[last : match.start], name]
        length += match.start - last
        if start >= match.start:
            new_start = length if start < match.end else start + length + len(name) - match.end
        if end > match.start:
            new_end = length + len(name) if end <= match.end else end + length + len(name) - match.end
        length += len(name)
        last = match.end
    pieces.append(text[last:])
    return "".join(pieces), new_start, new_end


def redacted(text: str, found: Sequence[Found]) -> str:
    """Put one sign in the place of each match, so that no personal data become words of the vocabulary."""
    if not found:
        return text
    pieces, last = [], 0
    for match in found:
        pieces += [text[last : match.start], REDACTED]
        last = match.end
    return "".join((*pieces, text[last:]))


def pseudonym(value: str) -> str:
    """Mask a value that other values must stay apart from, such as a label: ``[email 3f2a1c]``; the rest of the value stays.

    Six hexadecimal digits of a hash keep values apart without telling them: each stands for one in 16 million.
    """
    pieces, last = [], 0
    for match in find_personal_data(value):
        digest = xxhash.xxh3_64_hexdigest(value[match.start : match.end].encode("utf-8", "surrogatepass"))[:6]
        pieces += [value[last : match.start], f"[{match.type} {digest}]"]
        last = match.end
    return "".join((*pieces, value[last:]))
