"""Dates of birth: a date that exists, beside a word that says whose first day it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "t": 1911, "s": 1925, "h": 1988, "r": 2018}
"""Year before the first of each era."""
_DATE = re.compile(
    r"(?P<y1>\d{4})\s?[-/.年]\s?(?P<m1>\d{1,2})\s?[-/.月]\s?(?P<d1>\d{1,2})日?"
    r"|(?P<era>明治|大正|昭和|平成|令和|[TSHR])\s?(?P<y2>\d{1,2}|元)\s?[年./\-]\s?(?P<m2>\d{1,2})\s?[月./\-]\s?(?P<d2>\d{1,2})日?"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{_MONTH}),?\s+(?P<y3>\d{{4}})"
    rf"|(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})"
    r"|(?P<a5>\d{1,2})[./\-](?P<b5>\d{1,2})[./\-](?P<y5>\d{4})"
    r"|(?P<y6>\d{4})(?P<m6>\d\d)(?P<d6>\d\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"生年月日|誕生日|date of birth|birth[ _-]?da(?:te|y)|\bborn\b|\bd\.?o\.?b\b", re.IGNORECASE)
_GAP = re.compile(r"[^\d.。\n]{0,30}?(?=\d|(?:明治|大正|昭和|平成|令和|\b[TSHR])\s?(?:\d|元)|" + rf"\b{_MONTH}\s+\d)", re.IGNORECASE)
_AFTER = re.compile(r"日\s?生(?:まれ|れ)|日\s?生(?![ぁ-ん一-龥])")
_LONGEST_DATE = 14
FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Whoever was born before is no longer living, and what says so is history and no personal data."""


def birth_dates(text: str) -> Iterator[tuple[int, int]]:
    """Find dates of birth: the first date within 30 characters after a word for it, in the same sentence; or a Japanese date before 生まれ."""
    end = 0
    for word in _BEFORE.finditer(text):
        gap = _GAP.match(text, word.end())
        found = _DATE.match(text, gap.end()) if gap and word.start() >= end else None
        if found and _exists(found) and not text[found.end() : found.end() + 1].isdecimal():
            end = found.end()
            yield found.span()
    for word in _AFTER.finditer(text):
        if word.start() < end:
            continue
        for found in _DATE.finditer(text, max(end, word.start() - _LONGEST_DATE), word.start() + 1):
            if found.end() == word.start() + 1 and _exists(found):
                end = found.end()
                yield found.span()


def _exists(found: re.Match[str]) -> bool:
    """Tell whether the parts are a day of the calendar."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    era = parts.pop("era", "")
    if "a5" in parts:
        orders = [(parts["a5"], parts["b5"]), (parts["b5"], parts["a5"])]
    else:
        (month,) = (value for name, value in parts.items() if name.startswith("m"))
        (day,) = (value for name, value in parts.items() if name.startswith("d"))
        orders = [(month, day)]
    (year,) = (value for name, value in parts.items() if name.startswith("y"))
    counted = (1 if year == "元" else int(year)) + (_ERAS[era.lower()] if era else 0)
    return FIRST_YEAR <= counted <= LAST_YEAR and any(_is_day(counted, month, day) for month, day in orders)


def _is_day(year: int, month: str, day: str) -> bool:
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    try:
        date(year, number, int(day))
    except ValueError:
        return False
    return True
