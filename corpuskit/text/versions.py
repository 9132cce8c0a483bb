"""Versions of one document: what the file name is without its version marks (the series), and a sortable edition made of the marks.

Marks are version numbers (v2, ver.3, Rev B, R2, 第2版, 改訂3版), dates (20250401, 2025-04-01, 令和7年4月1日, R7.4.1, a month, a year), stages
(draft, 案, 旧, old, 改訂版, 最終版, final, new, 新) and copies (copy, コピー, (1), - 副本).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from corpuskit.text.dates import find_dates
from corpuskit.text.normalization import normalise

OLD, DRAFT, PLAIN, REVISED, FINAL = range(5)
"""Stages in the order in which they replace each other."""

NOTHING_BUT_A_KIND = frozenset({"", "readme", "index", "document", "doc", "file", "untitled", "無題", "文書", "資料", "新しい文書"})
"""Names that name no document, because programs give them to all: the title stands for them."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The marks of a name.

    Attributes
    ----------
    number : tuple of int
        Version number, up to three places; letters count as 1, 2, 3 ...; empty if there is none.
    dated : str
        ISO date; a month or year alone stands for its first day; empty if there is none.
    stage : int
        :data:`OLD` ... :data:`FINAL`; :data:`PLAIN` if no word says otherwise.
    copy : int
        0 for no copy, else its number.
    bare : bool
        The number stands alone ("slides-1.1"), so that it may count chapters as well as versions.
    """

    number: tuple[int, ...] = ()
    dated: str = ""
    stage: int = PLAIN
    copy: int = 0
    bare: bool = False

    @property
    def says(self) -> bool:
        """Whether a number or a stage tells versions apart: dates also mark what recurs (minutes), and copies are no versions."""
        return bool(self.number and not self.bare) or self.stage != PLAIN

    def __str__(self) -> str:
        """Write the edition so that text order is the order of age: number, date, stage, copy; empty if nothing is marked."""
        if self == Edition():
            return ""
        places = [*self.number, 0, 0, 0][:3]
        return f"{'.'.join(f'{place:04}' for place in places)} {self.dated or '0000-00-00'} {self.stage} {self.copy:02}{'?' * self.bare}"

    @classmethod
    def of(cls, written: str) -> Edition:
        """Read what :meth:`__str__` wrote."""
        if not written:
            return cls()
        number, dated, stage, copy = written.split(" ")
        places = tuple(int(place) for place in number.split("."))
        number_of_copy, bare = int(copy.rstrip("?")), copy.endswith("?")
        return cls(() if not any(places) else places, "" if dated == "0000-00-00" else dated, int(stage), number_of_copy, bare)


_GAP = r"[\s_.,\-‐–—・~()\[\]「」【】]*"
_EDGE = r"(?:^|(?<=[\s_.\-‐–—()\[\]【】]))"
_STOP = r"(?=$|[\s_.\-‐–—()\[\]【】])"
_NUMBER = r"(?P<n>[0-9]{1,3}(?:[._][0-9]{1,3}){0,2})"
_CJK = "぀-ヿ一-鿿"


def _numbered(edition: Edition, match: re.Match[str]) -> Edition:
    places = tuple(min(int(place), 9999) for place in re.split(r"[._]", match["n"]))
    return replace(edition, number=(*places, 0, 0)[:3]) if any(places) else replace(edition, stage=DRAFT)


def _bare(edition: Edition, match: re.Match[str]) -> Edition:
    return edition if edition.number else replace(_numbered(edition, match), bare=True)


def _lettered(edition: Edition, match: re.Match[str]) -> Edition:
    return replace(edition, number=(ord(match["l"]) - ord("a") + 1, 0, 0))


def _staged(stage: int) -> Callable[[Edition, re.Match[str]], Edition]:
    return lambda edition, _: replace(edition, stage=stage)


def _copied(edition: Edition, match: re.Match[str]) -> Edition:
    return replace(edition, copy=max(edition.copy, min(int(match.groupdict().get("c") or 1), 99)))


_Mark = tuple[re.Pattern[str], Callable[[Edition, re.Match[str]], Edition]]
_MARKS: tuple[_Mark, ...] = (
    # copies first: what a program appends stands outermost
    (re.compile(rf"{_GAP}\((?P<c>[0-9]{{1,2}})\)$"), _copied),
    (re.compile(rf"{_GAP}(?:のコピー|コピー|副本|複製|{_EDGE}copy)\s?(?P<c>[0-9]{{1,2}})?$|^(?:コピー\s?~\s?|copy of )"), _copied),
    (re.compile(rf"(?:{_EDGE}|(?<=[{_CJK}]))(?:version|ver|vers|v)[\s._-]?{_NUMBER}{_STOP}"), _numbered),
    (re.compile(rf"(?:{_EDGE}|(?<=[{_CJK}]))(?:revision|rev)[\s._-]?{_NUMBER}{_STOP}"), _numbered),
    (re.compile(rf"{_EDGE}(?:revision|rev)[\s._-]?(?P<l>[a-z]){_STOP}"), _lettered),
    (re.compile(rf"{_EDGE}r{_NUMBER}$"), _numbered),
    (re.compile(rf"(?:改訂|改定)?第?\s?{_NUMBER}\s?[版訂]"), _numbered),
    (re.compile(r"(?P<n>)初版"), lambda edition, _: replace(edition, number=(1, 0, 0))),
    (re.compile(r"改訂版|改定版|改正版|修正版"), _staged(REVISED)),
    (re.compile(rf"(?:改訂|改定|{_EDGE}(?:revised|updated|amended))$"), _staged(REVISED)),
    (re.compile(rf"(?:最終版|最終|確定版|決定版|完成版|{_EDGE}(?:final(?:[\s_-]version)?|approved))$"), _staged(FINAL)),
    (re.compile(rf"{_EDGE}(?:final[\s_-]draft){_STOP}|{_EDGE}draft{_STOP}|下書き|たたき台|草案|素案|ドラフト"), _staged(DRAFT)),
    (re.compile(rf"(?:{_EDGE}|(?<=[程則領準針順書版訂正定])\s?\(?)案\)?$"), _staged(DRAFT)),
    (re.compile(rf"旧版|{_EDGE}(?:旧|old|obsolete|superseded|deprecated)\)?$|^(?:archived?|アーカイブ)$|^\(?(?:旧|old|obsolete|superseded)(?:\)|[\s_-])|^旧(?=[{_CJK}]{{2}})(?!姓|字|暦|友)"),
     _staged(OLD)),
    (re.compile(rf"新版|{_EDGE}(?:新|new|latest)\)?$|^\(?新(?:\)|[\s_-])"), _staged(FINAL)),
)  # fmt: skip
_BARE = re.compile(rf"(?<=[\s_.\-‐–—(])(?P<n>[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{1,2}}){_STOP}")
_YEAR = re.compile(
    r"(?<![0-9.])(?P<y>(?:19|20)[0-9]{2})(?:[-_.]?(?P<m>0[1-9]|1[0-2])|年(?:度)?(?:(?P<k>[0-9]{1,2})月(?:度|分)?)?)?(?![0-9])(?:年度|年)?"
)


def series_and_edition(name: str) -> tuple[str, Edition]:
    """Take the marks out of a name.

    Parameters
    ----------
    name : str
        File name without its suffix, or a title.

    Returns
    -------
    (str, Edition)
        What is left, normalised, with single blanks between its words; and the marks.
    """
    rest, edition = normalise(name), Edition()
    for written in reversed(list(find_dates(rest))):
        edition = replace(edition, dated=written.first)
        rest = f"{rest[: written.start]} {rest[written.end :]}"
    rest = _trim(rest)
    for _ in range(3):
        before = rest
        for pattern, read in _MARKS:
            match = pattern.search(rest)
            if match:
                edition = read(edition, match)
                rest = _trim(f"{rest[: match.start()]} {rest[match.end() :]}")
        if rest == before:
            break
    for match in reversed(list(_YEAR.finditer(rest))):
        month = match["m"] or match["k"] or "1"
        edition = replace(edition, dated=edition.dated or f"{match['y']}-{min(int(month), 12):02}-01")
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    bare = _BARE.search(rest)
    if bare and not edition.number:
        edition, rest = _bare(edition, bare), f"{rest[: bare.start()]} {rest[bare.end() :]}"
    return _tidy(rest), edition


def _trim(name: str) -> str:
    """Drop empty brackets, and separators at both ends."""
    return re.sub(r"[(\[【「]\s*[)\]】」]", " ", name).strip(" _.,-‐–—~・(")


def _tidy(name: str) -> str:
    """Write every separator as a blank."""
    return re.sub(r"[\s_.,\-‐–—]+", " ", _trim(name)).strip()


def version_of(document: str, title: str) -> tuple[str, str]:
    """Give series and edition of a document.

    The file name decides; a name that is nothing but marks, or that programs give to every document (README), leaves the series to the title.
    Where the name has no mark, the folder decides if its name is nothing but marks (``old``, ``v2``), else the title.

    Parameters
    ----------
    document : str
        Id.
    title : str
        What the document calls itself; may be empty.

    Returns
    -------
    (str, str)
        Series, empty if there is no name; edition as :meth:`Edition.__str__` writes it.
    """
    path = PurePosixPath(document)
    series, edition = series_and_edition(path.stem)
    titled, of_title = series_and_edition(title)
    if series in NOTHING_BUT_A_KIND:
        series = titled if titled not in NOTHING_BUT_A_KIND else series
    if not edition.number:
        if edition == Edition(copy=edition.copy) and is_folder_of_versions(path.parent.name):
            edition = replace(series_and_edition(path.parent.name)[1], copy=edition.copy)
        elif of_title.number:
            edition = replace(edition, number=of_title.number)
    return series, str(edition)


def is_folder_of_versions(name: str) -> bool:
    """Tell whether the name of a folder is nothing but marks: its documents are versions of those beside it or in its siblings."""
    rest, edition = series_and_edition(name)
    return not rest and edition != Edition()
