"""The shape of a tokenizer: lines of text enter, arrays of type numbers leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpuskit.text.options import TextOptions
from corpuskit.text.table import TokenizerInfo

NOMINAL = 128
"""Trait of a noun or a part of compound nouns, beside those of :mod:`corpuskit.text.sentences`; only where the tokenizer tells parts of speech."""


Units = tuple[str, ...] | None
"""Forms of the shortest words that a word is made of, those with a letter or digit, in their order."""


class Cut(NamedTuple):
    """Tokens of a batch of lines, white space left out.

    ``types``: number of the type of each token, in reading order; ``lengths``: tokens of each line.
    """

    types: NDArray[np.uint32]
    lengths: NDArray[np.int64]


class Span(NamedTuple):
    """One token with its place in the line, for a concordance."""

    start: int
    end: int
    form: str


@dataclass(slots=True)
class Types:
    """The distinct tokens seen so far: term form, traits (:mod:`corpuskit.text.sentences`) and shorter units by type number.

    Several types may share a form ("The" and "the"); white space has the empty form. Units are there only for
    tokens that have any but themselves, where the tokenizer knows.
    """

    forms: list[str] = field(default_factory=list)
    traits: list[int] = field(default_factory=list)
    units: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def add(self, form: str, traits: int, units: Units = None) -> int:
        """Number a new type."""
        self.forms.append(form)
        self.traits.append(traits)
        number = len(self.forms) - 1
        if units:
            self.units[number] = units
        return number


class Tokenizer(Protocol):
    """Cuts lines of one language. Not to be shared between threads."""

    info: TokenizerInfo
    types: Types

    def cut(self, lines: Sequence[str]) -> Cut:
        """Cut lines; numbers refer to ``types``, which stays valid until :meth:`renew`."""

    def spans(self, line: str) -> list[Span]:
        """Cut one line and keep the places of its tokens; the same tokens as :meth:`cut`."""

    def renew(self) -> None:
        """Forget what was seen if it has grown past its bound. Called between batches."""

    def load(self, folder: Path) -> bool:
        """Take over what an earlier run has learned and left in a folder; False if there is nothing to take. Changes no token."""

    def save(self, folder: Path) -> None:
        """Leave what is worth remembering in a folder, if there is any."""


@dataclass(frozen=True, slots=True)
class TokenizerSpec:
    """A tokenizer by name; ``load`` raises MissingDependency when something is not installed."""

    name: str
    load: Callable[[TextOptions], Tokenizer]


def blocks_of(lines: Sequence[str], characters: int) -> Iterator[Sequence[str]]:
    """Divide lines into blocks, each ended by the line that brings it to so many characters."""
    start = size = 0
    for end, line in enumerate(lines, 1):
        size += len(line)
        if size >= characters:
            yield lines[start:end]
            start, size = end, 0
    if start < len(lines):
        yield lines[start:]


def without_blanks(types: NDArray[np.uint32], lengths: NDArray[np.int64], blank: NDArray[np.bool_]) -> Cut:
    """Drop the tokens whose type is ``blank`` and shorten their lines."""
    drop = blank[types]
    if not drop.any():
        return Cut(types, lengths)
    lines = np.repeat(np.arange(lengths.size), lengths)
    return Cut(types[~drop], lengths - np.bincount(lines[drop], minlength=lengths.size))
