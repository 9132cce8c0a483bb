"""Check digits: the arithmetic that tells a number of a kind from any other number. Pure functions of digits; no text comes here."""

from __future__ import annotations

_MRZ_WEIGHTS = (7, 3, 1)
_IBAN_LENGTHS = {
    16: "BE", 15: "NO", 18: "DK FI FO GL NL", 19: "MK SI", 20: "AT BA EE KZ LT LU XK", 21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "PT ST",
    26: "IS TR", 27: "FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB PL SV", 29: "BR EG PS QA UA", 30: "JO KW MU", 31: "MT SC", 32: "LC",
}  # fmt: skip
"""Length of an account number in each country (ISO 13616 registry)."""
IBAN_LENGTH = {country: length for length, countries in _IBAN_LENGTHS.items() for country in countries.split()}


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


def corporate_number_check(digits: str) -> bool:
    """Check a 13-digit Japanese corporate number (order of the Ministry of Finance No. 70 of 2014); the check digit comes first.

    With P_n the n-th digit from the right and Q_n = 1 for odd n, 2 for even n, over the last 12 digits: 9 - (sum P_n Q_n mod 9).
    """
    if len(digits) != 13 or not digits.isdecimal():
        return False
    total = sum(int(digit) * (1 if n % 2 else 2) for n, digit in enumerate(reversed(digits[1:]), start=1))
    return int(digits[0]) == 9 - total % 9


def iban_check(account: str) -> bool:
    """Check an international bank account number (ISO 13616): length of its country, and remainder 1 modulo 97.

    The first four characters go to the end and letters count as A = 10 .. Z = 35.
    """
    if IBAN_LENGTH.get(account[:2]) != len(account):
        return False
    return int("".join(str(int(character, 36)) for character in account[4:] + account[:4])) % 97 == 1


def mrz_digit(field: str) -> str:
    """Give the check digit of a field of a machine-readable zone (ICAO Doc 9303-3): weights 7, 3, 1, ``<`` = 0, A = 10 .. Z = 35, modulo 10."""
    values = (0 if character == "<" else int(character, 36) for character in field)
    return str(sum(value * _MRZ_WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def passport_line_check(line: str) -> bool:
    """Check the second line of a passport's machine-readable zone (ICAO Doc 9303-4, 44 characters): number, birth, expiry, and all of them."""
    fields = ((line[:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27]), (line[:10] + line[13:20] + line[21:43], line[43]))
    return len(line) == 44 and all(mrz_digit(field) == digit for field, digit in fields)
