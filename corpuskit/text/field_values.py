"""Kinds of values of fields: dates, amounts, percentages, numbers, identifiers, addresses and phones by their form; else text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from corpuskit.text.dates import find_dates
from corpuskit.text.normalization import normalise

ValueType = Literal["amount", "date", "email", "empty", "identifier", "number", "percentage", "phone", "text"]
EMPTY: ValueType = "empty"
TEXT: ValueType = "text"

VALUE_TYPES: tuple[ValueType, ...] = ("amount", "date", "email", "empty", "identifier", "number", "percentage", "phone", "text")

LONGEST_TYPED = 60
"""Characters; because no date, amount or number is longer, and longer values are text without looking."""

_FIGURE = re.compile(r"[0-9〇一二三四五六七八九十元]")
_BLANK = re.compile(r"[\s_\-–—~.…/*()\[\]|年月日円¥]*")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:tel|fax|phone)?[.: ]*(?:\+[0-9]{1,3}[ -]?(?:\([0-9]{1,4}\)[ -]?)?[0-9]{1,4}|\(?0[0-9]{1,4}\)?)[ -]?[0-9]{1,4}[ -][0-9]{3,4}"
    r"|(?:\([0-9]{3}\) ?|[0-9]{3}-)[0-9]{3}-[0-9]{4}"
)
_TIME = r"(?:[0-2]?[0-9](?::[0-5][0-9](?::[0-9]{2})?|時(?:[0-5]?[0-9]分|半)?)\s?(?:[ap]\.?m\.?)?)"
_WEEKDAY = r"(?:[月火水木金土日](?:曜日?)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
_AFTER_DATE = re.compile(
    rf"[\s(,.]*{_WEEKDAY}?[\s),.t]*(?:(?:{_TIME}|[0-2]?[0-9](?=\s?[-~]))\s?(?:(?:[-~–—〜]|から|to)\s?{_TIME}?)?)?\s?(?:\([^()]*\))?"
    r"(?:まで|より|から|付け?|現在|必着|z|utc|jst)?[\s.]*"
)
_DAY_OF_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])(?:/[0-3]?[0-9]|月\s?[0-3]?[0-9]\s?日)")
_BARE_DATE = re.compile(r"[0-3]?[0-9][/.-][0-3]?[0-9][/.-](?:[0-9]{4}|[0-9]{2})")
_SIGN = r"(?:us\$|a\$|c\$|[$€£¥]|usd|eur|jpy|gbp|inr|金)"
_FIGURES = r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?"
_TIMES = r"(?:億|百万|千万|十万|万|千|million|billion|thousand|[kmb]\b)?"
_CURRENCY = r"(?:円|ドル|ユーロ|ポンド|yen|dollars?|euros?|usd|eur|jpy|gbp|inr)"
_BEHIND = r"(?:也|-|[.])?\s*(?:\(?(?:税込|税抜|税別|消費税|内税|外税|incl|excl|plus|tax|vat)[^)]{0,20}\)?)?"
_AMOUNT = re.compile(
    rf"(?:{_SIGN}\s?(?P<a>{_FIGURES})\s?(?P<at>{_TIMES})\s?{_CURRENCY}?|(?P<b>{_FIGURES})\s?(?P<bt>{_TIMES})\s?{_CURRENCY}){_BEHIND}"
)
_PERCENTAGE = re.compile(rf"(?:約|およそ)?(?P<a>{_FIGURES})\s?(?:%|パーセント|percent|per cent|割)")
_NUMBER = re.compile(rf"(?:約|およそ|全)?(?P<a>{_FIGURES})\s?(?P<unit>[^\W\d_]{{0,6}}|個[入月]|か月|ヶ月)")
_IDENTIFIER = re.compile(
    r"(?:no\.? ?|#|№ ?)?(?=[^\s]*[0-9])[a-z0-9](?:[a-z0-9]|[-_/.#](?=[a-z0-9])){1,39}|第?[0-9][0-9-]*号|[一-龠]{1,6}第?[0-9][0-9-]*号"
)


class Value(NamedTuple):
    """A value: its kind, and a form that is equal for equal values of the kind, however they are written."""

    type: ValueType
    canonical: str


def read_value(written: str) -> Value:
    """Tell the kind of a value by its form, in Japanese or English.

    >>> read_value("令和6年4月1日"), read_value("¥1,234-"), read_value("INV-001")
    (Value(type='date', canonical='2024-04-01'), Value(type='amount', canonical='1234'), Value(type='identifier', canonical='inv-001'))
    """
    folded = normalise(written).lstrip(" ,;、。").rstrip(" ,;、。.")
    if len(folded) > LONGEST_TYPED:
        return Value(TEXT, folded)
    if _BLANK.fullmatch(folded):
        return Value(EMPTY, "")
    if "@" in folded and _EMAIL.fullmatch(folded):
        return Value("email", folded)
    return (_read_typed(folded) if _FIGURE.search(folded) else None) or Value(TEXT, folded)


def _read_typed(folded: str) -> Value | None:
    if (day := _day(folded)) is not None:
        return Value("date", day)
    if match := _AMOUNT.fullmatch(folded):
        return Value("amount", _plain(match["a"] or match["b"]) + (match["at"] or match["bt"] or ""))
    if match := _PERCENTAGE.fullmatch(folded):
        return Value("percentage", _plain(match["a"]))
    if _PHONE.fullmatch(folded):
        return Value("phone", re.sub(r"[^0-9+]", "", folded))
    if (match := _NUMBER.fullmatch(folded)) and not re.match(r"0[0-9]", match["a"]):
        return Value("number", _plain(match["a"]) + match["unit"])
    if _IDENTIFIER.fullmatch(folded):
        return Value("identifier", folded)
    return None


def _day(folded: str) -> str | None:
    """Give a date with the time behind it; a day whose order or year is not told stays as it is written."""
    if _BARE_DATE.fullmatch(folded) and folded.count("/") == 2:
        return next((found.first for found in find_dates(folded)), folded)
    if (first := next(find_dates(folded), None)) is not None:
        return _with_time(first.first, folded, first.end) if first.start == 0 else None
    match = _DAY_OF_YEAR.match(folded)
    if match and (match.end() < len(folded) or "日" in match[0]):
        return _with_time("-".join(re.findall("[0-9]+", match[0])), folded, match.end())
    return None


def _with_time(day: str, folded: str, end: int) -> str | None:
    """Add the figures of the time; None where something else than a time follows."""
    if not _AFTER_DATE.fullmatch(folded, end):
        return None
    return " ".join([day, *re.findall(r"[0-9]+", folded[end:])])


def _plain(figures: str) -> str:
    """Write figures without separators and without a decimal part of zeros."""
    whole, _, decimals = figures.replace(",", "").partition(".")
    return f"{whole}.{decimals.rstrip('0')}".rstrip(".")
