"""Personal data with a form that can be checked: e-mail, telephone, credit card, My Number, Japanese postal code.

Thin on purpose: every type has a check beyond its looks (a check digit, a numbering plan, a context word), so that a count can be
believed. Names and addresses have no such check and are not claimed. Matched text never leaves this file: only counts and masked strings do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

PERSONAL_DATA = ("email", "credit_card", "my_number", "postal_code", "phone")
"""Types, strongest first: what one type has taken is not there for the next."""

# Full-width signs to ASCII, one character for one, so that places stay the same; the prolonged sound mark only between digits
_NARROW = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "‐‑‒–—―−"), ord("-")) | {0x3000: 32, 0xA0: 32, 0x2009: 32}
_DIGIT = re.compile("[0-9]")
_WIDE = re.compile("[\uff01-\uff5e‐-―−\u3000\u00a0\u2009]")
_DASH = re.compile(r"(?<=\d)ー(?=\d)")

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9_%+\-](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_%+\-])?@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
_CARD = re.compile(r"(?<![\d.\-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}|\d{14,19})(?![\d\-]|\.\d)")
_MY_NUMBER = re.compile(r"(?<![\d\-])\d{4}([ -]?)\d{4}\1\d{4}(?![\d\-])")
_MY_NUMBER_CONTEXT = re.compile(r"マイナンバ|個人番号|my\s?number|individual\s+number", re.IGNORECASE)
_PHONE = re.compile(r"(?<![A-Za-z0-9_+.\-/])(?:\+\d{1,3}[ .\-]?)?\(?\d{1,5}\)?(?:[ .\-]?\(?\d{1,5}\)?){1,5}(?![\d\-/])")
_PART = re.compile(r"\S+")
_PHONE_CONTEXT = re.compile(r"tel|phone|fax|mobile|call|電話|携帯|内線|連絡先|ファクス|ファックス|☎", re.IGNORECASE)
_POSTAL = re.compile(r"〒\s{0,2}\d{3}-?\d{4}(?!\d)")
_CONTEXT = 40
"""Characters before a number in which its context word must stand."""

_CARD_LENGTHS = (
    # prefixes from, to (as numbers of that many digits), lengths: the published ranges of the issuers
    (4, 4, (13, 16, 19)),
    (51, 55, (16,)),
    (2221, 2720, (16,)),
    (34, 34, (15,)),
    (37, 37, (15,)),
    (3528, 3589, (16, 17, 18, 19)),
    (36, 36, (14,)),
    (38, 39, (14,)),
    (300, 305, (14,)),
    (6011, 6011, (16, 19)),
    (644, 659, (16, 19)),
    (62, 62, (16, 17, 18, 19)),
)


class Found(NamedTuple):
    """A match: where it stands and its type."""

    start: int
    end: int
    type: str


def luhn(digits: str) -> bool:
    """Check the last digit of a card number (ISO/IEC 7812-1, Luhn): doubled every second from the right, digit sums add to a multiple of 10."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def my_number_check(digits: str) -> bool:
    """Check a 12-digit individual number (Japanese ministerial order No. 85 of 2014, article 5).

    With P_n the n-th digit from the right without the check digit, Q_n = n + 1 for n <= 6 and n - 5 for n > 6, the check digit is
    11 - (sum P_n Q_n mod 11), or 0 where that remainder is 0 or 1.
    """
    if len(digits) != 12 or not digits.isdecimal():
        return False
    body = [int(digit) for digit in reversed(digits[:11])]
    remainder = sum(digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(body, start=1)) % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def find_personal_data(text: str) -> list[Found]:
    """Find personal data in a text, in order, without overlaps. Full-width digits and signs count as ASCII ones."""
    narrow = _narrow(text)
    found: list[Found] = []
    for kind, needed, search in _SEARCHES:
        if needed.search(narrow):
            taken = [Found(start, end, kind) for start, end in search(narrow)]
            for start, end, _ in reversed(taken):
                narrow = narrow[:start] + "\0" * (end - start) + narrow[end:]
            found += taken
    return sorted(found)


def count_personal_data(text: str) -> Counter[str]:
    """Count personal data by type."""
    return Counter(found.type for found in find_personal_data(text))


def mask(text: str) -> str:
    """Replace personal data by its type in brackets: ``[email]``, ``[phone]``, ``[credit_card]``, ``[my_number]``, ``[postal_code]``."""
    return masked_around(text, 0, len(text))[0]


def masked_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Mask a text and tell where the stretch ``start`` to ``end`` of it has gone; a stretch inside a match becomes the whole mask."""
    pieces: list[str] = []
    length = last = 0
    new_start, new_end = start, end
    for found in find_personal_data(text):
        name = f"[{found.type}]"
        pieces += [text[last : found.start], name]
        length += found.start - last
        if start >= found.start:
            new_start = length if start < found.end else start + length + len(name) - found.end
        if end > found.start:
            new_end = length + len(name) if end <= found.end else end + length + len(name) - found.end
        length += len(name)
        last = found.end
    pieces.append(text[last:])
    return "".join(pieces), new_start, new_end


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _narrow(text: str) -> str:
    if not _WIDE.search(text) and "ー" not in text:
        return text
    return _DASH.sub("-", text.translate(_NARROW))


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(text):
        yield match.span()


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _CARD.finditer(text):
        digits = _digits(match.group())
        issued = any(low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths for low, high, lengths in _CARD_LENGTHS)
        if issued and len(set(digits)) > 1 and luhn(digits):
            yield match.span()


def _my_numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _MY_NUMBER.finditer(text):
        if my_number_check(_digits(match.group())) and _said_before(_MY_NUMBER_CONTEXT, text, match.start()):
            yield match.span()


def _postal_codes(text: str) -> Iterator[tuple[int, int]]:
    for match in _POSTAL.finditer(text):
        yield match.span()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        parts = [(match.start() + part.start(), match.start() + part.end()) for part in _PART.finditer(match.group())]
        first = 0
        while first < len(parts):
            # numbers that stand side by side: the longest stretch of parts that is one number
            for last in range(len(parts) - 1, first - 1, -1):
                start, end = parts[first][0], parts[last][1]
                if _is_phone(text, start, end):
                    yield start, end
                    first = last
                    break
            first += 1


def _is_phone(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    digits = _digits(written)
    international = written.startswith("+")
    if not 9 <= len(digits) <= 15 or not (international or (digits.startswith("0") and len(digits) in (10, 11))):
        return False
    divided = len(written) > len(digits) + international
    if not divided and not international and not _said_before(_PHONE_CONTEXT, text, start):
        return False  # ten digits in a row are more often the number of an order or an account
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(written, None if international else "JP")))
    except phonenumbers.NumberParseException:
        return False


def _said_before(context: re.Pattern[str], text: str, place: int) -> bool:
    return context.search(text, max(0, place - _CONTEXT), place) is not None


_Search = Callable[[str], Iterator[tuple[int, int]]]
_SEARCHES: tuple[tuple[str, re.Pattern[str], _Search], ...] = (
    ("email", re.compile("@"), _emails),
    ("credit_card", _DIGIT, _cards),
    ("my_number", _DIGIT, _my_numbers),
    ("postal_code", re.compile("〒"), _postal_codes),
    ("phone", _DIGIT, _phones),
)
"""Type, what a text must have for it, and the search, in the order of ``PERSONAL_DATA``."""
