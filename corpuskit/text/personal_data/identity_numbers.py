"""Numbers that a state gives: My Number, corporate number, passport, driving licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpuskit.text.personal_data.check_digits import corporate_number_check, my_number_check, passport_line_check
from corpuskit.text.personal_data.narrowing import digits_of, said_before

_MY_NUMBER = re.compile(r"\d(?<![\d\-].)\d{3}([ -]?)\d{4}\1\d{4}(?![\d\-])")
_MY_NUMBER_CONTEXT = re.compile(r"マイナンバ|個人番号|my\s?number|individual\s+number", re.IGNORECASE)
_CORPORATE = re.compile(r"T?\d(?<![\d\-].)(?:\d{12}|-?\d{4}-?\d{4}-?\d{4}|( )\d{4} \d{4} \d{4})(?![\d\-])")
_CORPORATE_CONTEXT = re.compile(r"法人番号|corporate\s+number|(?:登録番号|インボイス番号|registration\s+number)(?=.{0,20}$)", re.IGNORECASE)
_PASSPORT = re.compile(r"[A-Z](?<![A-Za-z0-9].)[A-Z]\s?\d{7}(?![A-Za-z0-9])")
_PASSPORT_CONTEXT = re.compile(r"旅券|パスポート|passport", re.IGNORECASE)
_PASSPORT_LINE = re.compile(r"[A-Z0-9<](?<![A-Z0-9<].)[A-Z0-9<]{8}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[0-9<]\d(?![A-Z0-9<])")
_PASSPORT_NAME_LINE = re.compile(r"P[A-Z<][A-Z<]{42}\s{1,3}$")
_LICENCE = re.compile(r"\d(?<![\d\-].)\d{3}([ -]?)\d{4}\1\d{4}(?![\d\-])")
_LICENCE_CONTEXT = re.compile(r"免許証(?:の)?番号|免許番号|第\s{0,2}$|driv(?:er'?s?|ing)\s+licen[cs]e", re.IGNORECASE)
_LICENCE_CODES = range(10, 98)
"""First two digits: the public safety commission that issued it, 10 (Hokkaido) to 97 (Okinawa)."""
_LICENCE_REACH = 30


def my_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Find individual numbers: a right check digit after a word that says so."""
    for match in _MY_NUMBER.finditer(text):
        if my_number_check(digits_of(match.group())) and said_before(_MY_NUMBER_CONTEXT, text, match.start()):
            yield match.span()


def corporate_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Find corporate numbers, alone or as the number of an invoice issuer (T and 13 digits): a right check digit after a word that says so."""
    for match in _CORPORATE.finditer(text):
        if corporate_number_check(digits_of(match.group())) and said_before(_CORPORATE_CONTEXT, text, match.start()):
            yield match.span()


def passports(text: str) -> Iterator[tuple[int, int]]:
    """Find passports: Japanese numbers (two letters, seven digits) after a word that says so, and machine-readable lines with right check digits.

    The line above a machine-readable one holds the name, so it belongs to the match.
    """
    lines = [match.span() for match in _PASSPORT_LINE.finditer(text) if passport_line_check(match.group())] if "<" in text else []
    for start, end in lines:
        name = _PASSPORT_NAME_LINE.search(text, max(0, start - 47), start)
        yield (name.start() if name else start), end
    for match in _PASSPORT.finditer(text):
        if said_before(_PASSPORT_CONTEXT, text, match.start()) and not any(start <= match.start() < end for start, end in lines):
            yield match.span()


def driving_licences(text: str) -> Iterator[tuple[int, int]]:
    """Find Japanese driving licences: twelve digits with a known issuer after a word that says so.

    The rule of its check digit has not been published by the issuers, so it is not asked for.
    """
    for match in _LICENCE.finditer(text):
        if int(match.group()[:2]) in _LICENCE_CODES and said_before(_LICENCE_CONTEXT, text, match.start(), _LICENCE_REACH):
            yield match.span()
