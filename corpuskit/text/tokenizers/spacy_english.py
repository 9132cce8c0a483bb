"""English tokens: spaCy's rules, asked once for each distinct run of non-blank characters or less (:mod:`corpuskit.text.tokenizers.english_chunks`).

spaCy's English tokenizer works on one such run at a time, so its answer can be remembered: the same tokens as ``spacy.blank("en")``,
white space left out, many times faster. The exception are special cases (emoticons) that a neighbouring run would change; on random
strings that is about 1 in 40,000.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpuskit.errors import MissingDependency
from corpuskit.text.normalization import form_of
from corpuskit.text.options import TextOptions
from corpuskit.text.sentences import traits_of
from corpuskit.text.table import TokenizerInfo
from corpuskit.text.tokenizers.english_chunks import EnglishChunks
from corpuskit.text.tokenizers.english_table import Table, load_table, save_table
from corpuskit.text.tokenizers.spacy_pipeline import SpacyPipeline
from corpuskit.text.tokenizers.tokenizer import Cut, Span, Tokenizer, TokenizerSpec, Types

_RUN = re.compile(r"\S+")
_STRAIGHT_QUOTES = frozenset({'"', "'"})
_OPENING = " "
"""Written before a straight quote that opens a run, in the memory of tokens; no token of a run contains it."""

_BLOCK = 65_536
"""Runs whose types are laid out at a time."""


class _Chunks(dict[str, int]):
    """Number of each distinct run; a new one is cut and its types are kept in one flat array."""

    def __init__(self, cut: Callable[[str], list[str]], types: Types) -> None:
        super().__init__()
        self._cut = cut
        self._types = types
        self._numbers: dict[str, int] = {}
        self.flat = array("I")
        self.starts = array("Q", [0])

    def __missing__(self, run: str) -> int:
        tokens = self._cut(run)
        if len(tokens) > 1 and tokens[0] in _STRAIGHT_QUOTES:
            tokens[0] = _OPENING + tokens[0]
        numbers = self._numbers
        for token in tokens:
            number = numbers.get(token)
            self.flat.append(self._add(token) if number is None else number)
        self.starts.append(len(self.flat))
        self[run] = number = len(self.starts) - 2
        return number

    def table(self) -> Table:
        """Lay out what was learned."""
        openings = [token[0] == _OPENING for token in self._numbers]
        return Table(
            [token.removeprefix(_OPENING) for token in self._numbers],
            openings,
            self._types.forms,
            self._types.traits,
            list(self),
            np.array(self.flat, np.uint32),
            np.array(self.starts, np.int64),
        )

    def take(self, table: Table) -> None:
        """Begin with what was learned before; only while nothing has been learned yet."""
        tokens = [_OPENING + token if opening else token for token, opening in zip(table.spellings, table.opening, strict=True)]
        self._numbers.update(zip(tokens, range(len(tokens)), strict=True))
        self._types.forms += table.forms
        self._types.traits += table.traits
        self.flat, self.starts = array("I", table.flat.tobytes()), array("Q", table.starts.astype(np.uint64).tobytes())
        self.update(zip(table.runs, range(len(table.runs)), strict=True))

    def _add(self, token: str) -> int:
        opening = token[0] == _OPENING
        spelling = token[1:] if opening else token
        self._numbers[token] = number = self._types.add(form_of(spelling), traits_of(spelling, "en", opening))
        return number


class SpacyEnglish:
    """``spacy.blank("en")`` through a bounded memory of runs."""

    def __init__(self, options: TextOptions) -> None:
        try:
            import spacy
        except ImportError as error:
            raise MissingDependency("English text needs spaCy: pip install spacy") from error
        self._blank = spacy.blank
        self._most = options.cached_chunks
        self.info = TokenizerInfo(name="spacy", version=metadata.version("spacy"), mode="blank en")
        self._start()

    def _start(self) -> None:
        # A new spaCy object as well: its store of strings is never emptied
        self._cut_run = EnglishChunks(self._blank("en").tokenizer).cut
        self.types = Types()
        self._chunks = _Chunks(self._cut_run, self.types)
        self._taken = 0

    def renew(self) -> None:
        """Start anew when more distinct runs are remembered than the options allow."""
        if len(self._chunks) > self._most:
            self._start()

    def save(self, folder: Path) -> None:
        """Write what was learned so far to a folder, at most as many runs as the options let remember.

        Nothing is written when less than a hundredth is new since :meth:`load`: writing would take longer than it saves.

        Raises
        ------
        OSError
            When the folder cannot be written to.
        """
        if self._taken and len(self._chunks) - self._taken < self._taken / 100:
            return
        save_table(self._chunks.table(), folder, self.info.version, self._most)

    def load(self, folder: Path) -> bool:
        """Take over what an earlier tokenizer has saved, in place of what was learned so far. Changes no token.

        Returns
        -------
        bool
            False, and nothing changes, if there is no table in the folder, or one that is damaged or of other versions.
        """
        table = load_table(folder, self.info.version, self._most)
        if table is None:
            return False
        if self._chunks:
            self._start()
        self._chunks.take(table)
        self._taken = len(table.runs)
        return True

    def cut(self, lines: Sequence[str]) -> Cut:
        """Cut lines into tokens."""
        number = self._chunks.__getitem__
        chunks, types, lengths = array("Q"), [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        counts = array("Q")
        for line in lines:
            runs = line.split()
            chunks.extend(map(number, runs))
            counts.append(len(runs))
            if len(chunks) >= _BLOCK:
                self._expand(chunks, counts, types, lengths)
                chunks, counts = array("Q"), array("Q")
        self._expand(chunks, counts, types, lengths)
        return Cut(np.concatenate(types), np.concatenate(lengths))

    def _expand(self, chunks: array[int], counts: array[int], types: list[NDArray[np.uint32]], lengths: list[NDArray[np.int64]]) -> None:
        """Append the types of some runs, and how many there are in each line; a block at a time stays in the processor's cache."""
        of_chunk, per_line = np.asarray(chunks, np.int64), np.asarray(counts, np.int64)
        starts = np.frombuffer(self._chunks.starts, np.uint64).view(np.int64)
        first = starts[of_chunk]
        per_chunk = starts[of_chunk + 1] - first
        after = np.cumsum(per_chunk)
        total = int(after[-1]) if after.size else 0
        places = np.arange(total) + np.repeat(first - (after - per_chunk), per_chunk)
        flat: NDArray[np.uint32] = np.frombuffer(self._chunks.flat, np.uint32) if total else np.zeros(0, np.uint32)
        types.append(flat[places])
        ends = np.concatenate(([0], after))[np.cumsum(per_line)]
        lengths.append(np.diff(ends, prepend=0))

    def spans(self, line: str) -> list[Span]:
        """Cut one line and keep the places."""
        spans = []
        for found in _RUN.finditer(line):
            place = found.start()
            for token in self._cut_run(found.group()):
                spans.append(Span(place, place + len(token), form_of(token)))
                place += len(token)
        return spans


def _load(options: TextOptions) -> Tokenizer:
    return SpacyPipeline(options) if options.english_pipeline else SpacyEnglish(options)


SPACY = TokenizerSpec("spacy", _load)
