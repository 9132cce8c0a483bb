"""Numbers that move money: credit cards and bank accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpuskit.text.personal_data.check_digits import IBAN_LENGTH, iban_check, luhn
from corpuskit.text.personal_data.narrowing import digits_of, said_before

_CARD = re.compile(r"[2-6](?<![\w.\-/].)(?:\d{3}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{3}([ -])\d{6}\2\d{4,5}|\d{13,18})(?![\w\-]|\.\d)", re.ASCII)
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
_IBAN = re.compile(rf"(?:{'|'.join(sorted(IBAN_LENGTH))})(?<![A-Za-z0-9]..)\d\d(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?(?![A-Za-z0-9])")
_IBAN_BEGINS = re.compile(r"[A-Z][A-Z]\d\d")
"""What an international account begins with: looking for it is much quicker than for the account itself."""
_JAPANESE = re.compile(r"(?:普通|当座|貯蓄)(?:預金)?(?:口座)?|口座番号")
_JAPANESE_WORDS = ("普通", "当座", "貯蓄", "口座番号")
_ITS_NUMBER = re.compile(r"[\s:/・()|,\-]{0,5}(?:(?:口座)?番号|No\.?|#)?[\s:/()|,.]{0,5}(\d{7}|\d{3}-\d{4})(?![\d\-])", re.IGNORECASE)
_BANK = re.compile(r"銀行|信用金庫|信金|信用組合|信組|農協|漁協|労働金庫|労金|ゆうちょ|支店|本店|営業部|出張所|口座|振込|振り込|bank", re.IGNORECASE)
_BANK_REACH = 60
"""Characters before the kind of account in which the bank or its branch must stand: both names and their numbers fit in them."""


def credit_cards(text: str) -> Iterator[tuple[int, int]]:
    """Find card numbers: issued prefix, length of that issuer and a right last digit."""
    for match in _CARD.finditer(text):
        digits = digits_of(match.group())
        issued = any(low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths for low, high, lengths in _CARD_LENGTHS)
        if issued and len(set(digits)) > 1 and luhn(digits):
            yield match.span()


def bank_accounts(text: str) -> Iterator[tuple[int, int]]:
    """Find bank accounts: Japanese ones by bank or branch, kind of account and seven digits; international ones (IBAN) by their check digits."""
    for match in _IBAN.finditer(text) if _IBAN_BEGINS.search(text) else ():
        if end := _whole_iban(text, match.start(), match.end()):
            yield match.start(), end
    last = 0
    for match in _JAPANESE.finditer(text) if any(word in text for word in _JAPANESE_WORDS) else ():
        number = _ITS_NUMBER.match(text, match.end())
        if number and number.start(1) >= last and said_before(_BANK, text, match.start(), _BANK_REACH):
            yield number.span(1)
            last = number.end(1)


def _whole_iban(text: str, start: int, end: int) -> int | None:
    """Give the end of the account number: a word in capitals may follow it, so the length of the country decides."""
    length, seen = IBAN_LENGTH[text[start : start + 2]], 0
    for place in range(start, end):
        seen += text[place] != " "
        if seen == length:
            whole = text[start : place + 1].replace(" ", "")
            cut = place + 1 < end and text[place + 1] != " "
            return place + 1 if not cut and iban_check(whole) else None
    return None
