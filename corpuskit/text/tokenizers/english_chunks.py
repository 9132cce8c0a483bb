"""English runs cut as spaCy cuts them, asked once for each *shape* of a run instead of once for each run.

spaCy's rules look at most letters only through their case: "Customer)." and "Vendor)." are cut at the same places. So every word of a run is
replaced by a probe that keeps what the rules can see, spaCy cuts the run of probes once, and the places are carried over to every run of that
shape. What the rules can see, for a run of ASCII letters: the case of its first letter (look-ahead of infixes), the case of its last two
(look-behind of suffixes and infixes), and whether all are small (the last part of a web address). Words that a rule names (special cases such
as "don't" and "e.g.", units, currencies) are found in the rules of the installed spaCy and stay as they are, and so does everything that is
neither a letter nor a digit.

An answer is never guessed: the assumptions are checked against spaCy itself when the rules are loaded (:func:`_sound`), and a run that they do
not cover, or every run if they do not hold, is cut by spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

LONGEST = 4_096
"""Characters of a run that spaCy gets in one piece. Its rules look for affixes over and over, so a run of a megabyte (base64) would take hours."""

_LONGEST_SHAPE = 400
_LONGEST_LABEL = 60
"""A part of a web address has at most 63 characters; longer parts are no matter of shape."""

_PROBED = re.compile("([A-Za-z]{2,}|[0-9]{2,})")
_NAMED = re.compile("[A-Za-z]+|[0-9]+")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[A-Za-z])")
_ADDRESS_OF_NUMBERS = re.compile(r"\d\.\d+\.\d+\.\d")
_WORD_PROBES = ("qqqq", "qQqq", "qqqQ", "qqQQ", "Qqqq", "QqqQ", "QQQQ")
_NUMBER_PROBES = ("77", "777777")

Learned = tuple[tuple[int, int], ...]
"""Where the tokens of a shape begin, and where the last one ends: place in the run of probes, and how many probes stand before that place."""


class EnglishChunks:
    """Cuts runs of non-blank characters into the tokens of a spaCy tokenizer.

    Parameters
    ----------
    tokenizer : spacy.tokenizer.Tokenizer
        That of ``spacy.blank("en")``. It is asked for every shape, and for the runs that have none.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._shapes: dict[str, Learned | None] = {}
        self._probes = _Probes(())
        rules = _patterns(tokenizer)
        named = _named_words(tokenizer, rules)
        self.by_shape = bool(rules) and tokenizer.token_match is None
        if self.by_shape:
            self._probes = _Probes(named)
            self._tokenizer = _filtered(tokenizer)
            self.by_shape = _sound(self, tokenizer, rules, named)
        if not self.by_shape:
            self._tokenizer = tokenizer

    def cut(self, run: str) -> list[str]:
        """Give the tokens of one run. Joined, they are the run."""
        if self.by_shape and (len(run) <= _LONGEST_LABEL or _short_parts(run)):
            parts = _PROBED.split(run)
            if len(parts) > 1:
                learned, shifts = self._look_up(parts)
                if learned is not None:
                    places = [place + shifts[before] for place, before in learned]
                    return [run[start:end] for start, end in pairwise(places)]
        return cut_by_spacy(self._tokenizer, run)

    def _look_up(self, parts: list[str]) -> tuple[Learned | None, list[int]]:
        """Find or learn the shape of a run: its tokens, and by how much the n-th probe shifts what follows."""
        probes, shift, shifts = self._probes, 0, [0]
        for index in range(1, len(parts), 2):
            word = parts[index]
            parts[index] = probe = probes[word]
            shift += len(word) - len(probe)
            shifts.append(shift)
        shape = "".join(parts)
        try:
            return self._shapes[shape], shifts
        except KeyError:
            learned = self._shapes[shape] = self._learn(parts, shape)
            return learned, shifts

    def _learn(self, parts: list[str], shape: str) -> Learned | None:
        if _ADDRESS_OF_NUMBERS.search(shape):
            return None  # which numbers these are decides whether they are an address
        edges, place = {0: 0}, 0
        for index, part in enumerate(parts):
            if index % 2:
                edges[place], edges[place + len(part)] = index // 2, index // 2 + 1
            else:
                edges.update((place + offset, index // 2) for offset in range(1, len(part)))
            place += len(part)
        edges.setdefault(place, len(parts) // 2)
        ends = [0]
        for token in cut_by_spacy(self._tokenizer, shape):
            ends.append(ends[-1] + len(token))
        # a token that ends inside a probe would tell that letters matter: such a shape is not learned
        return tuple((end, edges[end]) for end in ends) if all(end in edges for end in ends) else None


class _Probes(dict[str, str]):
    """The probe of each word or number; what a rule names is its own probe."""

    def __init__(self, named: Iterable[str]) -> None:
        super().__init__({word: word for word in named})

    def __missing__(self, word: str) -> str:
        if word[0] <= "9":
            probe = _NUMBER_PROBES[len(word) > 5]  # a port has 2 to 5 digits
        elif word.islower():
            probe = "qqqq"
        else:
            last = "qq" if word[-1] >= "a" else "qQ" if word[-2] >= "a" else "QQ"
            probe = ("qQ" if last == "qq" else "qq") + last if word[0] >= "a" else ("QQ" if last == "QQ" else "Qq") + last
        if len(word) < 40:
            self[word] = probe
        return probe


def cut_by_spacy(tokenizer: Any, run: str) -> list[str]:
    """Cut one run of non-blank characters by spaCy's rules."""
    if len(run) <= LONGEST:
        return [token.text for token in tokenizer(run)]
    return [token.text for start in range(0, len(run), LONGEST) for token in tokenizer(run[start : start + LONGEST])]


def _short_parts(run: str) -> bool:
    return len(run) <= _LONGEST_SHAPE and max(map(len, run.split("."))) <= _LONGEST_LABEL


def _patterns(tokenizer: Any) -> tuple[re.Pattern[str], ...]:
    """Read the four rules of a tokenizer, as compiled patterns; nothing if they are not what this file knows how to read."""
    searches = (tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.infix_finditer, tokenizer.url_match)
    found = tuple(getattr(search, "__self__", None) for search in searches)
    patterns = tuple(pattern for pattern in found if isinstance(pattern, re.Pattern) and not pattern.flags & re.IGNORECASE)
    return patterns if len(patterns) == len(searches) else ()


def _named_words(tokenizer: Any, patterns: Iterable[re.Pattern[str]]) -> frozenset[str]:
    """Every run of letters or of digits that a special case or a pattern contains."""
    texts = [*tokenizer.rules, *(_ESCAPE.sub(" ", pattern.pattern) for pattern in patterns)]
    return frozenset(word for text in texts for word in _NAMED.findall(text))


def _filtered(tokenizer: Any) -> Any:
    """Build a tokenizer with the same rules, which are only searched where they can match."""
    from spacy.tokenizer import Tokenizer

    prefix, suffix, infix, address = _patterns(tokenizer)
    return Tokenizer(
        tokenizer.vocab,
        rules=tokenizer.rules,
        prefix_search=_prefixes(prefix),
        suffix_search=_suffixes(suffix),
        infix_finditer=infix.finditer,
        url_match=_addresses(address),
    )


Search = Callable[[str], "re.Match[str] | None"]


def _prefixes(pattern: re.Pattern[str]) -> Search:
    """Search prefixes only before a character with which one can begin."""
    beginnings = {branch[1:2] for branch in pattern.pattern.split("|")}
    without = frozenset(sign for sign in map(chr, range(128)) if sign.isalnum() and sign not in beginnings)

    def search(text: str) -> re.Match[str] | None:
        return None if text[:1] in without else pattern.search(text)

    return search


def _suffixes(pattern: re.Pattern[str]) -> Search:
    """Search suffixes only near the end, since all are short but for a row of full stops, and not after plain letters."""
    longest = 16

    def search(text: str) -> re.Match[str] | None:
        near = len(text) - longest
        end = text[-longest:]
        if end.isascii() and end.isalpha():
            return None
        return pattern.search(text) if near <= 0 or text[-2:] == ".." else pattern.search(text, near)

    return search


def _addresses(pattern: re.Pattern[str]) -> Search:
    """Match web addresses only where there is a full stop, without which there is none."""

    def match(text: str) -> re.Match[str] | None:
        return pattern.match(text) if "." in text else None

    return match


def _sound(chunks: EnglishChunks, plain: Any, patterns: Iterable[re.Pattern[str]], named: frozenset[str]) -> bool:
    """Check against spaCy that letters matter only by their case, in every place where a rule looks at them, and numbers not at all."""
    if named.intersection((*_WORD_PROBES, *_NUMBER_PROBES)):
        return False
    if any(cut_by_spacy(plain, run) != [run] for run in _glued(patterns)):
        return False
    return all(chunks.cut(run) == cut_by_spacy(plain, run) for run in _trials())


def _glued(patterns: Iterable[re.Pattern[str]]) -> Iterator[str]:
    """Words that patterns name, with letters before or after: a rule about a part of a word would cut them."""
    words = {word for pattern in patterns for word in _NAMED.findall(_ESCAPE.sub(" ", pattern.pattern)) if word.isalpha()}
    for word in sorted(words):
        yield from ("qqq" + word, word + "qqq")


def _trials() -> Iterator[str]:
    """Every letter and digit in every place where a rule looks at one."""
    for small, large in zip("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True):
        a, b, c = 3 * small, 3 * large, large + 2 * small
        yield from (f"{a}.", f"({a}.)", f'"{b}.', f"{b}{large}.{a}'s", f"x{a}{large}...{b};")
        yield from (f"{a}-{c}", f"{a}.{c},{b}-{c}:{a}/{b}", f"{c}@{a}.{a}{small}", f"7{a}%")
    for digit in "0123456789":
        yield from (f"{digit}77-{digit}8,{digit}9.{digit}5%", f"${digit}4+", f"a.bc:{digit}9", f"{digit}6kg)")
