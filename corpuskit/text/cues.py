"""Cues: words that show that a business task is present. The task floor owns them; this floor finds them while text exists."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpuskit.text.normalization import fold
from corpuskit.text.personal_data import Found, find_personal_data, masked_around

QUOTE_CHARACTERS = 160
_AROUND = 300
"""Characters on each side that a quote is cut from: more than it shows, because masks are often shorter than what they hide."""
_LONGEST_ROW = 4000
"""Characters; because what is longer is a text with colons in it, not a row of a table."""
_IS, _NEXT = ": ", "; "
_VOWELS = frozenset("aeiou")
_BEYOND_LATIN = re.compile("[\u3000-\U0010ffff]")
_EDGE = "0-9a-z\u00df-\u00f6\u00f8-\u00ff"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that speaks for a task.

    Attributes
    ----------
    task : str
        Id of the task in the catalogue.
    language : str
        ``en`` (matched on word boundaries, case folded), ``ja`` (matched as a substring, longest first), or ``pattern`` (a regular expression that a
        whole cell of a row written as ``column: value; column: value`` matches, case folded).
    text : str
        The cue; compared after NFKC and case folding on both sides.
    """

    task: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a text: how often, and where it stands first."""

    cue: Cue
    count: int
    start: int
    end: int


class CueSearch:
    """All cues at once: one compiled alternation per language.

    Where cues overlap the longest one that begins first is taken, and its text is used up: 見積書 is not a hit of 見積, and 規程 never one of 規定.
    English cues allow a regular plural of their last word, and any run of white space, ``_`` or ``-`` between words.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._by_language: dict[str, dict[str, list[Cue]]] = {"en": {}, "ja": {}}
        self._patterns: list[tuple[re.Pattern[str], Cue]] = []
        for cue in dict.fromkeys(cues):
            if cue.language == "pattern":
                self._patterns.append((re.compile(cue.text), cue))
                continue
            written = _written(cue.text)
            for form in _forms(written) if cue.language == "en" else (written,):
                self._by_language[cue.language].setdefault(form, []).append(cue)
        self._english = _english_pattern(self._by_language["en"])
        self._japanese = _japanese_pattern(self._by_language["ja"])
        # whether one of the Japanese cues could stand in a text without a Japanese sign
        self._japanese_beyond = not all(map(_BEYOND_LATIN.search, self._by_language["ja"]))

    def __bool__(self) -> bool:
        return self._english is not None or self._japanese is not None or bool(self._patterns)

    def find(self, text: str) -> list[Hit]:
        """Find the cues of both languages, in the order of their first places; places refer to the text after :func:`fold`."""
        plain = fold(text)
        folded = _apart(plain)
        counts: Counter[Cue] = Counter()
        first: dict[Cue, tuple[int, int]] = {}
        if self._patterns and _IS in plain and len(plain) <= _LONGEST_ROW:
            for start, end in _cells(plain):
                for cell, cue in self._patterns:
                    if cell.fullmatch(plain, start, end):
                        counts[cue] += 1
                        first.setdefault(cue, (start, end))
        searches = [("en", self._english)]
        if not folded.isascii() and (self._japanese_beyond or _BEYOND_LATIN.search(folded)):
            searches.append(("ja", self._japanese))
        for language, pattern in searches:
            if pattern is None:
                continue
            known = self._by_language[language]
            for found in pattern.finditer(folded):
                matched = found.group()
                for cue in known.get(matched, ()) or known.get(" ".join(matched.split()), ()):
                    counts[cue] += 1
                    first.setdefault(cue, found.span())
        hits = [Hit(cue, count, *first[cue]) for cue, count in counts.items()]
        return sorted(hits, key=lambda hit: (hit.start, hit.cue.task, hit.cue.language, hit.cue.text))


def _cells(row: str) -> Iterator[tuple[int, int]]:
    """Give the places of the values of a row that is written as ``column: value; column: value``."""
    start = 0
    for piece in row.split(_NEXT):
        column = piece.find(_IS)
        if column >= 0:
            yield start + column + len(_IS), start + len(piece)
        start += len(piece) + len(_NEXT)


def quote_around(text: str, start: int, end: int) -> str:
    """Quote at most 160 characters around a stretch, on one line, masked for personal data; the stretch itself is inside.

    Places refer to the text after :func:`fold`, as those of :class:`Hit`. The text is masked before it is shortened, so that no half of an
    address or number is left at an edge.
    """
    return Quotable(text).around(start, end)


class Quotable:
    """A text that several quotes are taken from. Its personal data are searched once, in the whole of it: the word that tells a number's kind
    may stand outside of a quote."""

    def __init__(self, text: str, found: list[Found] | None = None) -> None:
        """Take a text, and what :func:`find_personal_data` finds in it where it is known already."""
        self._written = text
        self._known = found

    @cached_property
    def _text(self) -> str:
        folded = fold(self._written)
        if len(self._written) == len(folded):
            return self._written
        # places in the text as written are not known: take the normal form, which keeps capitals
        normal = unicodedata.normalize("NFKC", self._written)
        return normal if len(normal) == len(folded) else folded

    @cached_property
    def _found(self) -> list[Found]:
        return self._known if self._known is not None and self._text is self._written else find_personal_data(self._text)

    def around(self, start: int, end: int) -> str:
        """Quote around a stretch, as :func:`quote_around`."""
        text = self._text
        low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
        inside = [found for found in self._found if found.start < high and found.end > low]
        if inside:
            low, high = min(low, inside[0].start), max(high, inside[-1].end)
        moved = [Found(found.start - low, found.end - low, found.type) for found in inside]
        masked, start, end = masked_around(text[low:high], start - low, end - low, moved)
        room = QUOTE_CHARACTERS - 2 - (end - start)
        if room < 0:
            return masked[start : start + QUOTE_CHARACTERS]
        left = max(0, start - max(room // 2, room - (len(masked) - end)))
        right = min(len(masked), end + room - (start - left))
        quote = " ".join(_whole_masks(masked, left, right, start, end).split())
        return ("…" if left or low else "") + quote + ("…" if right < len(masked) or high < len(text) else "")


def _whole_masks(masked: str, left: int, right: int, start: int, end: int) -> str:
    """Cut ``left`` to ``right`` out, leaving out a mask that an edge would divide."""
    opened = masked.rfind("[", 0, left)
    if opened >= 0 and left <= (closed := masked.find("]", opened)) < start:
        left = closed + 1
    opened = masked.rfind("[", end, right)
    if opened >= 0 and masked.find("]", opened) >= right:
        right = opened
    return masked[left:right]


def _written(text: str) -> str:
    return " ".join(_apart(fold(text)).split())


def _apart(text: str) -> str:
    """Read joined words in names of files and columns (travel_policy, follow-up) as words apart."""
    return text.replace("_", " ").replace("-", " ")


def _forms(cue: str) -> Sequence[str]:
    """Give an English cue and the regular plural of its last word."""
    if not cue or not cue[-1].isalpha() or not cue[-1].isascii():
        return (cue,)
    if cue.endswith(("s", "x", "z", "ch", "sh")):
        return (cue, cue + "es")
    if cue.endswith("y") and len(cue) > 1 and cue[-2] not in _VOWELS:
        return (cue, cue[:-1] + "ies")
    return (cue, cue + "s")


_Trie = dict[str, "_Trie"]


def _trie(forms: Iterable[str]) -> _Trie:
    """Share beginnings, so that the search looks at each character once instead of trying every cue at every place."""
    root: _Trie = {}
    for form in forms:
        node = root
        for character in form:
            node = node.setdefault(character, {})
        node[""] = {}
    return root


def _tail(node: _Trie) -> str:
    """Write the pattern of what follows, longest first."""
    branches = [(r"\s+" if character == " " else re.escape(character)) + _tail(after) for character, after in sorted(node.items()) if character]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"


def _english_pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    # the first character comes first and its left edge after it: so the search can skip to places where a cue can begin
    branches = [f"{re.escape(first)}(?<![{_EDGE}]{re.escape(first)}){_tail(after)}" for first, after in sorted(_trie(forms).items()) if first]
    return re.compile(f"(?:{'|'.join(branches)})(?![{_EDGE}])") if branches else None


def _japanese_pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    branches = [re.escape(first) + _tail(after) for first, after in sorted(_trie(forms).items()) if first]
    return re.compile("|".join(branches)) if branches else None
