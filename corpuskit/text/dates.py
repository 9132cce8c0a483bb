"""Calendar dates as people write them, in western and Japanese style, as ISO dates.

Era arithmetic: year of the era plus the year before its first (Act on era names, Cabinet orders of 1989 and 2019): Reiwa 1 is 2019. A year beyond
the end of an era (Heisei 32) is counted on, as documents written before its end did.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpuskit.text.normalization import fold

ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
"""First western year of each era."""

LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
EARLIEST, LATEST = 1868, 2199
"""Years outside are no dates of documents: numbers of parts, laws and phones look like them."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[〇一二三四五六七八九]{1,2})"
_ALSO = r"\s?(?:\([^()]{2,8}\)\s?)?"
"""The same year in the other style, in brackets: 令和7年(2025年)4月1日."""
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和)\s?(?P<ey>元|{_N})\s?年{_ALSO}(?P<em>{_N})\s?月(?:\s?(?P<ed>{_N})\s?日)?"
    rf"|(?P<ky>(?<![0-9])(?:19|20|21)[0-9]{{2}}|[一二][〇一二三四五六七八九]{{3}})\s?年{_ALSO}(?P<km>{_N})\s?月(?:\s?(?P<kd>{_N})\s?日)?"
    r"|(?<![a-z0-9])(?P<letter>[mtshr])(?P<ly>[0-9]{1,2})(?P<ls>[./-])(?P<lm>[0-9]{1,2})(?P=ls)(?P<ld>[0-9]{1,2})(?![0-9])"
    r"|(?<![0-9])(?P<y>(?:19|20|21)[0-9]{2})(?P<s>[-/._])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9])"
    r"|(?<![0-9])(?P<cy>(?:19|20)[0-9]{2})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12][0-9]|3[01])(?![0-9])"
    rf"|(?<![a-z0-9])(?P<wd>[0-3]?[0-9])(?:st|nd|rd|th)?(?:\sof)?[\s-]{_MONTH.format('wm')}\.?,?[\s-](?P<wy>(?:19|20|21)[0-9]{{2}})(?![0-9])"
    rf"|(?<![a-z]){_MONTH.format('um')}\.?\s(?:(?P<ud>[0-3]?[0-9])(?:st|nd|rd|th)?,?\s)?(?P<uy>(?:19|20|21)[0-9]{{2}})(?![0-9])"
    r"|(?<![0-9/])(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])/(?P<sy>(?:19|20)[0-9]{2})(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and where it stands in the text it was found in.

    ``first`` and ``last`` are the days it may mean, ISO: equal, except that a month without a day runs from its first to its last day.
    """

    first: str
    last: str
    start: int
    end: int


def find_dates(folded: str) -> Iterator[WrittenDate]:
    """Find the dates of a text, from left to right.

    Days written in figures with the year last (03/04/2024) are taken only where one of the two numbers cannot be a month, since countries
    differ in their order. What is no day of the calendar (2025-02-30) is no date.

    Parameters
    ----------
    folded : str
        Text after :func:`corpuskit.text.normalization.fold`.
    """
    for match in _DATE.finditer(folded):
        read = _read(match)
        if read is not None and EARLIEST <= read[0] <= LATEST and 1 <= read[1] <= 12:
            year, month, day = read
            days = calendar.monthrange(year, month)[1]
            if day is None or 1 <= day <= days:
                yield WrittenDate(date(year, month, day or 1).isoformat(), date(year, month, day or days).isoformat(), match.start(), match.end())


def iso_date(text: str) -> str:
    """Give the first date of a text, ISO; empty if there is none.

    >>> iso_date("令和元年5月1日"), iso_date("H31.4.30"), iso_date("1 October 2025")
    ('2019-05-01', '2019-04-30', '2025-10-01')
    """
    return next((found.first for found in find_dates(fold(text))), "")


def _read(match: re.Match[str]) -> tuple[int, int, int | None] | None:
    """Give year, month and day; None where the order of day and month cannot be told."""
    part = match.groupdict()
    if part["era"]:
        return _era_year(part["era"], part["ey"]), _number(part["em"]), _number(part["ed"]) if part["ed"] else None
    if part["letter"]:
        return _era_year(LETTERS[part["letter"]], part["ly"]), int(part["lm"]), int(part["ld"])
    if part["ky"]:
        return int(part["ky"].translate(_KANJI)), _number(part["km"]), _number(part["kd"]) if part["kd"] else None
    if part["y"]:
        return int(part["y"]), int(part["m"]), int(part["d"])
    if part["cy"]:
        return int(part["cy"]), int(part["cm"]), int(part["cd"])
    if part["wy"]:
        return int(part["wy"]), _MONTHS.index(part["wm"][:3]) + 1, int(part["wd"])
    if part["uy"]:
        return int(part["uy"]), _MONTHS.index(part["um"][:3]) + 1, int(part["ud"]) if part["ud"] else None
    first, second = int(part["a"]), int(part["b"])
    if (first > 12) == (second > 12) and first != second:
        return None
    return (int(part["sy"]), second, first) if first > 12 else (int(part["sy"]), first, second)


def _era_year(era: str, year: str) -> int:
    return ERAS[era] - 1 + (1 if year == "元" else _number(year))


def _number(written: str) -> int:
    """Read a number up to 99 in figures or in Chinese numerals (二十五 or 二五)."""
    if "十" not in written:
        return int(written.translate(_KANJI))
    tens, _, ones = written.partition("十")
    return 10 * int(tens.translate(_KANJI) or 1) + int(ones.translate(_KANJI) or 0)
