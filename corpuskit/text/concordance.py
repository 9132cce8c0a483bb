"""Keyword in context: every count can be followed to its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corpuskit.errors import InputError
from corpuskit.ingest import Document, Section
from corpuskit.text.identification import count_scripts, identify_sections, language_of
from corpuskit.text.normalization import fit_left, fit_right, fold
from corpuskit.text.options import TextOptions
from corpuskit.text.sentences import sentence_starts
from corpuskit.text.tokenizers import Span, Tokenizer, load_tokenizer


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One occurrence. ``left`` is padded so that keywords stand below each other where wide characters take two columns."""

    document: str
    locator: str
    left: str
    keyword: str
    right: str


@dataclass(frozen=True, slots=True)
class Near:
    """A second term that must stand close by, counted like co-occurrence: at most ``window`` positions apart, punctuation included.

    ``within``: both stand in one sentence, or in one line (for counts whose boundary is wider; pairs that reach over a line end are not found).
    Terms of several tokens are as far apart as their nearest tokens. Two parts of one token (出張 and 旅費 in 出張旅費) make no pair.
    """

    term: str
    window: int = 5
    within: Literal["sentence", "line"] = "sentence"


def concordance(documents: Iterable[Document], term: str, options: TextOptions, width: int = 40, near: Near | None = None) -> Iterator[KwicLine]:
    """Show each occurrence of a term with its context, in reading order.

    The term is cut like the text, so the occurrences are those that are counted: all spellings of one normalised form (見積り for 見積もり),
    in upper or lower case, half or full width. In Japanese text the term is also found as written inside longer tokens (出張 in 出張旅費).
    Headings count once, like everywhere.

    Parameters
    ----------
    documents : iterable of Document
        Read lazily.
    term : str
        A word or several.
    options : TextOptions
        As in :func:`tokenize <corpuskit.text.tokenize>`.
    width : int
        Columns of context on each side.
    near : Near, optional
        Keep only the occurrences beside this second term: the lines of one cell of the co-occurrence matrix.

    Raises
    ------
    InputError
        A term is blank, or the window is below 1.
    """
    if not term.strip() or (near is not None and not near.term.strip()):
        raise InputError("The term is empty. Give a word or a phrase.")
    if near is not None and near.window < 1:
        raise InputError(f"The window must be at least 1, not {near.window}.")
    search = _Search(" ".join(term.split()), options)
    beside = None if near is None else _Search(" ".join(near.term.split()), options)
    for document in documents:
        for place, line, language in _lines(document):
            found = search.find(line, language)
            if found and near is not None and beside is not None:
                found = _close(found, beside.find(line, language), search.tokens(line, language), near)
            for start, end in found:
                yield KwicLine(document.id, place, fit_left(line[:start], width), line[start:end], fit_right(line[end:], width).rstrip())


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    sentence: int


class _Search:
    """The term, cut by each tokenizer that is needed."""

    def __init__(self, term: str, options: TextOptions) -> None:
        self._term, self._options = term, options
        self._written = re.compile(re.escape(fold(term)))
        self._finders: dict[str, Callable[[str], list[tuple[int, int]]]] = {}
        self._tokenizers: dict[str, Tokenizer] = {}

    def tokens(self, line: str, language: str) -> list[_Token]:
        """Give the tokens of a line with the number of their sentence, as they are counted."""
        tokenizer = self._tokenizers[language]
        types = tokenizer.cut([line]).types
        starts = sentence_starts(np.array(tokenizer.types.traits, np.uint8)[types], np.arange(types.size) == 0, language)
        return [_Token(span.start, span.end, int(number)) for span, number in zip(tokenizer.spans(line), np.cumsum(starts), strict=True)]

    def find(self, line: str, language: str) -> list[tuple[int, int]]:
        if language not in self._finders:
            tokenizer = self._tokenizers[language] = load_tokenizer(language, self._options)
            forms = [span.form for span in tokenizer.spans(self._term)]
            self._finders[language] = lambda line: _token_matches(tokenizer, forms, line)
        found = self._finders[language](line)
        if language == "ja":
            folded = fold(line)
            if len(folded) == len(line):
                found += [match.span() for match in self._written.finditer(folded)]
        return _apart(found)


def _token_matches(tokenizer: Tokenizer, forms: list[str], line: str) -> list[tuple[int, int]]:
    spans: list[Span] = tokenizer.spans(line)
    present = [span.form for span in spans]
    if not forms:
        return []
    return [
        (spans[place].start, spans[place + len(forms) - 1].end)
        for place in range(len(spans) - len(forms) + 1)
        if present[place] == forms[0] and present[place : place + len(forms)] == forms
    ]


def _close(found: list[tuple[int, int]], others: list[tuple[int, int]], tokens: list[_Token], near: Near) -> list[tuple[int, int]]:
    """Keep the places from which one of the others is at most a window away, in the same sentence or line."""

    def covered(place: tuple[int, int]) -> tuple[int, int]:
        rows = [row for row, token in enumerate(tokens) if token.start < place[1] and token.end > place[0]]
        return rows[0], rows[-1]

    def together(a: tuple[int, int], b: tuple[int, int]) -> bool:
        apart = max(b[0] - a[1], a[0] - b[1])
        facing = (a[1], b[0]) if b[0] > a[1] else (a[0], b[1])
        return 1 <= apart <= near.window and (near.within == "line" or tokens[facing[0]].sentence == tokens[facing[1]].sentence)

    reach = [covered(other) for other in others]
    return [place for place in found if any(together(covered(place), other) for other in reach)]


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(found)):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _lines(document: Document) -> Iterator[tuple[str, str, str]]:
    """Give the lines of a document with their place and the language that cuts them."""
    _, languages = identify_sections(section.text for section in document.sections)
    previous: tuple[str, ...] = ()
    for section, language in zip(document.sections, languages, strict=True):
        texts = [(section.text, language)]
        if section.heading and section.heading != previous:
            heading = " ".join(section.heading[-1].split())
            texts.insert(0, (heading, language_of(count_scripts(heading), language)))
        previous = section.heading
        for text, written_in in texts:
            if written_in == "other":
                continue
            for line in text.splitlines():
                if not line.isspace():
                    yield _place(section), line.replace("\t", " "), "en" if written_in == "en" else "ja"


def _place(section: Section) -> str:
    return section.locator or " > ".join(section.heading)
