"""A tokenizer that knows the terms of a user dictionary: another one cuts, and its tokens are joined where they are a term.

A joined term takes the place of its first token, and what follows closes up: positions, windows and sentence lengths count terms, as if the
tokenizer had known the word. It is never joined over the end of a line. Sentences are divided afterwards: a sign inside a term (Yahoo!) ends
none. The longest term wins, from left to right. A term is found where tokens begin and end: 旅費 is not found inside the token 出張旅費. A term has
no shorter units: the company has said that it is one word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpuskit.errors import ConfigurationError
from corpuskit.text.languages import LANGUAGES
from corpuskit.text.options import TextOptions
from corpuskit.text.sentences import LATIN, LOWER
from corpuskit.text.tokenizers.term_search import Matches, TermSearch
from corpuskit.text.tokenizers.tokenizer import NOMINAL, Cut, Span, Tokenizer, Types
from corpuskit.text.user_dictionary import DictionaryEntry, dictionary_digest, entries_for

_JAPANESE_CONTEXTS = (("", ""), ("の", "を"), ("「", "」"), ("は", "が"), ("", "は"))
"""What is written around a Japanese spelling to see how it is divided in text."""

_OF_FIRST_TOKEN = LOWER | LATIN
"""Traits that a term of several tokens has from its first; because it begins where that does, and ends or closes nothing."""


def with_user_terms(tokenizer: Tokenizer, options: TextOptions, language: str) -> Tokenizer:
    """Give the tokenizer itself if the dictionary has no term for its language, else one that joins those terms.

    Raises
    ------
    ConfigurationError
        Two terms have spellings that the tokenizer does not tell apart.
    """
    entries = entries_for(options.dictionary, language)
    return UserTerms(tokenizer, entries, language) if entries else tokenizer


class UserTerms:
    """Joins the tokens of another tokenizer.

    Parameters
    ----------
    tokenizer : Tokenizer
        What cuts. It stays as it is, so what it learns and leaves in a folder does not depend on the dictionary.
    entries : sequence of DictionaryEntry
        At least one.
    language : str
        ``en`` or ``ja``.
    """

    def __init__(self, tokenizer: Tokenizer, entries: Sequence[DictionaryEntry], language: str) -> None:
        self._tokenizer = tokenizer
        self._terms = [entry.form for entry in entries]
        self._search = TermSearch(_spellings(tokenizer, entries, language), divided=language != "ja")
        self._nominal = NOMINAL if language == "ja" else 0
        mode = f"user dictionary {dictionary_digest(entries)} (terms: {len(entries)})"
        self.info = tokenizer.info.model_copy(update={"mode": f"{tokenizer.info.mode}, {mode}".removeprefix(", ")})
        self._start()

    def _start(self) -> None:
        self.types = Types()
        self._joined: dict[tuple[int, int], int] = {}
        self._below = self._tokenizer.types
        self._own = np.zeros(0, np.uint32)
        self._begin = np.zeros(0, np.int32)

    def renew(self) -> None:
        """Let the other tokenizer forget, and forget with it."""
        self._tokenizer.renew()
        self._follow()

    def load(self, folder: Path) -> bool:
        """Let the other tokenizer take over what it has learned earlier."""
        taken = self._tokenizer.load(folder)
        self._follow()
        return taken

    def save(self, folder: Path) -> None:
        """Let the other tokenizer leave what it has learned."""
        self._tokenizer.save(folder)

    def cut(self, lines: Sequence[str]) -> Cut:
        """Cut lines into tokens and join those that are a term."""
        types, per_line = self._tokenizer.cut(lines)
        self._take_new_types()
        found = self._search.find(types, per_line, self._below.forms, self._begin)
        own = self._own[types]
        if not found.begins.size:
            return Cut(own, per_line)
        own[found.begins] = self._number_each(found, types)
        inside = _inside(found)
        keep = np.ones(types.size, np.bool_)
        keep[inside] = False
        line_of = np.searchsorted(np.cumsum(per_line), inside, side="right")
        return Cut(own[keep], per_line - np.bincount(line_of, minlength=per_line.size))

    def spans(self, line: str) -> list[Span]:
        """Cut one line, keep the places, and join those that are a term: the same tokens as :meth:`cut`."""
        spans = self._tokenizer.spans(line)
        forms = [span.form for span in spans]
        begin = np.array([self._search.begin(form) for form in forms], np.int32)
        found = self._search.find(np.arange(len(forms), dtype=np.uint32), np.array([len(forms)]), forms, begin)
        for first, length, term in reversed(list(zip(*(column.tolist() for column in found), strict=True))):
            spans[first : first + length] = [Span(spans[first].start, spans[first + length - 1].end, self._terms[term])]
        return spans

    def _follow(self) -> None:
        if self._tokenizer.types is not self._below:
            self._start()

    def _take_new_types(self) -> None:
        """Number what the other tokenizer has met since the last time."""
        self._follow()
        known = self._own.size
        forms, traits = self._below.forms[known:], self._below.traits[known:]
        if forms:
            first = len(self.types.forms)
            self.types.forms += forms
            self.types.traits += traits
            below = self._below.units
            self.types.units |= {first + place: below[known + place] for place in range(len(forms)) if known + place in below}
            self._own = np.concatenate((self._own, np.arange(first, first + len(forms), dtype=np.uint32)))
            self._begin = np.concatenate((self._begin, np.array([self._search.begin(form) for form in forms], np.int32)))

    def _number_each(self, found: Matches, types: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Give the type of each term that was found: its form, with the traits of the tokens it stands for."""
        traits = np.array(self._below.traits, np.int64)[types[found.begins]]
        traits = np.where(found.lengths > 1, traits & _OF_FIRST_TOKEN, traits) | self._nominal
        kinds, of_kind = np.unique(found.terms * 256 + traits, return_inverse=True)
        return np.array([self._number(*divmod(kind, 256)) for kind in kinds.tolist()], np.uint32)[of_kind]

    def _number(self, term: int, traits: int) -> int:
        number = self._joined.get((term, traits))
        if number is None:
            number = self._joined[term, traits] = self.types.add(self._terms[term], traits)
        return number


def _inside(found: Matches) -> NDArray[np.int64]:
    """Places of the tokens that a term swallows: all but its first."""
    swallowed = found.lengths - 1
    after = np.cumsum(swallowed)
    return np.repeat(found.begins + 1, swallowed) + np.arange(int(after[-1])) - np.repeat(after - swallowed, swallowed)


def _spellings(tokenizer: Tokenizer, entries: Sequence[DictionaryEntry], language: str) -> Iterator[tuple[list[str], int]]:
    """Give each spelling as the tokenizer cuts it, with the number of its term.

    How a Japanese compound is divided and normalised depends on its neighbours: every way that is seen counts, after those that are sure.
    """
    divided = language != "ja"
    sure: dict[str, tuple[str, int]] = {}
    for number, entry in enumerate(entries):
        for spelling in entry.spellings():
            ways = [_forms(tokenizer, spelling)]
            if not divided:
                ways.append([spelling.replace(" ", "")])
            for way in ways:
                written, owner = sure.setdefault(("\n" if divided else "").join(way), (spelling, number))
                if owner != number:
                    raise ConfigurationError(_confused(written, entries[owner], spelling, entry, language))
                yield way, number
    if not divided:
        for number, entry in enumerate(entries):
            for spelling in entry.spellings():
                yield from ((way, number) for way in _ways_in_text(tokenizer.spans, spelling))


def _forms(tokenizer: Tokenizer, spelling: str) -> list[str]:
    return [span.form for span in tokenizer.spans(spelling)]


def _ways_in_text(spans: Callable[[str], list[Span]], spelling: str) -> Iterator[list[str]]:
    for before, after in _JAPANESE_CONTEXTS:
        start, end = len(before), len(before) + len(spelling)
        cut = [span for span in spans(before + spelling + after) if span.end > start and span.start < end]
        if cut and cut[0].start == start and cut[-1].end == end:
            yield [span.form for span in cut]


def _confused(one: str, owner: DictionaryEntry, other: str, entry: DictionaryEntry, language: str) -> str:
    return (
        f"User dictionary: {one!r} (term {owner.term!r}) and {other!r} (term {entry.term!r}) are the same words in "
        f"{LANGUAGES[language].names['en']} text. Put both on one line, or give the lines different languages."
    )
