"""English tokens: spaCy's rules, asked once for each distinct run of non-blank characters or less (:mod:`corpuskit.text.tokenizers.english_chunks`).

spaCy's English tokenizer works on one such run at a time, so its answer can be remembered, by the hash of the run
(:mod:`corpuskit.text.tokenizers.run_numbers`): the same tokens as ``spacy.blank("en")``, white space left out, many times faster. The exception
are special cases (emoticons) that a neighbouring run would change; on random strings that is about 1 in 40,000.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpuskit.errors import MissingDependency
from corpuskit.text.normalization import form_of
from corpuskit.text.options import TextOptions
from corpuskit.text.sentences import traits_of
from corpuskit.text.table import TokenizerInfo
from corpuskit.text.tokenizers.english_chunks import EnglishChunks
from corpuskit.text.tokenizers.english_table import Table, load_table, save_table
from corpuskit.text.tokenizers.run_numbers import RunNumbers
from corpuskit.text.tokenizers.spacy_pipeline import SpacyPipeline
from corpuskit.text.tokenizers.tokenizer import Cut, Span, Tokenizer, TokenizerSpec, Types, blocks_of

_RUN = re.compile(r"\S+")
_OTHER_BLANK = "[" + "".join(f"\\x{{{sign:x}}}" for sign in range(0x3001) if sign != ord(" ") and chr(sign).isspace()) + "]"
"""White space as Python's ``str.split`` knows it, up to the ideographic blank, which is the last; not the plain blank."""

_STRAIGHT_QUOTES = frozenset({'"', "'"})
_OPENING = " "
"""Written before a straight quote that opens a run, in the memory of tokens; no token of a run contains it."""

_BLOCK = 1_000_000
"""Characters whose runs are looked up at a time, which bounds the memory that this takes."""


class _Chunks:
    """The distinct runs by number, their types in one flat array. Number 0 is the empty run between two blanks, which has no types."""

    def __init__(self, cut: Callable[[str], list[str]], types: Types) -> None:
        self._cut = cut
        self._types = types
        self._tokens: dict[str, int] = {}
        self._numbers = RunNumbers()
        self._numbers.add(_hashes(pl.Series([""])))
        self._runs = [""]
        self._flat = array("I")
        self._starts = array("Q", [0, 0])

    @property
    def runs(self) -> list[str]:
        """Runs that were learned, in the order of their numbers."""
        return self._runs[1:]

    def __len__(self) -> int:
        return len(self._runs) - 1

    def look_up(self, pieces: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the numbers of the runs in pieces of text, one after the other, and how many runs each piece has.

        A piece is what stands between two blanks: one run, but for those that hold another kind of white space.
        """
        hashes = _hashes(pieces)
        numbers, counts = self._numbers.find(hashes), np.ones(hashes.size, np.int64)
        unknown = np.flatnonzero(numbers < 0)
        if not unknown.size:
            return numbers, counts
        found = pieces.gather(unknown)
        mixed = found.str.contains(_OTHER_BLANK)
        whole = unknown[~mixed.to_numpy()]
        self._learn(found.filter(~mixed), hashes[whole])
        numbers[whole] = self._numbers.find(hashes[whole])
        if not mixed.any():
            return numbers, counts
        parts = found.filter(mixed).str.replace_all(_OTHER_BLANK, " ").str.split(" ")
        counts[unknown[mixed.to_numpy()]] = parts.list.len().to_numpy()
        numbers = np.repeat(numbers, counts)
        numbers[numbers < 0] = self.look_up(parts.explode())[0]
        return numbers, counts

    def types_of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Give the types of runs, one after the other, and the number of types up to the end of each run."""
        starts = np.frombuffer(self._starts, np.uint64).view(np.int64)
        first = starts[numbers]
        count = starts[numbers + 1] - first
        after = np.cumsum(count)
        if not after.size or not after[-1]:
            return np.zeros(0, np.uint32), after
        places = np.repeat(first - (after - count), count)
        places += np.arange(places.size)
        return np.frombuffer(self._flat, np.uint32)[places], after

    def table(self) -> Table:
        """Lay out what was learned."""
        openings = [token[0] == _OPENING for token in self._tokens]
        return Table(
            [token.removeprefix(_OPENING) for token in self._tokens],
            openings,
            self._types.forms,
            self._types.traits,
            self.runs,
            np.array(self._flat, np.uint32),
            np.array(self._starts[1:], np.int64),
        )

    def take(self, table: Table) -> None:
        """Begin with what was learned before; only while nothing has been learned yet."""
        tokens = [_OPENING + token if opening else token for token, opening in zip(table.spellings, table.opening, strict=True)]
        self._tokens.update(zip(tokens, range(len(tokens)), strict=True))
        self._types.forms += table.forms
        self._types.traits += table.traits
        self._flat, self._starts = array("I", table.flat.tobytes()), array("Q", [0, *table.starts.tolist()])
        self._runs += table.runs
        self._numbers.add(_hashes(pl.Series(table.runs, dtype=pl.String)))

    def _learn(self, runs: pl.Series, hashes: NDArray[np.uint64]) -> None:
        """Cut new runs, once each, in the order of their coming."""
        first = np.sort(np.unique(hashes, return_index=True)[1])
        for run in runs.gather(first).to_list():
            self._cut_new(run)
        self._numbers.add(hashes[first])

    def _cut_new(self, run: str) -> None:
        tokens = self._cut(run)
        if len(tokens) > 1 and tokens[0] in _STRAIGHT_QUOTES:
            tokens[0] = _OPENING + tokens[0]
        for token in tokens:
            number = self._tokens.get(token)
            self._flat.append(self._add(token) if number is None else number)
        self._starts.append(len(self._flat))
        self._runs.append(run)

    def _add(self, token: str) -> int:
        opening = token[0] == _OPENING
        spelling = token[1:] if opening else token
        self._tokens[token] = number = self._types.add(form_of(spelling), traits_of(spelling, "en", opening))
        return number


def _hashes(texts: pl.Series) -> NDArray[np.uint64]:
    return texts.hash().to_numpy()


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
        types, lengths = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        for block in blocks_of(lines, _BLOCK):
            of_block, per_line = self._cut_block(block)
            types.append(of_block)
            lengths.append(per_line)
        return Cut(np.concatenate(types), np.concatenate(lengths))

    def _cut_block(self, lines: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        pieces = pl.Series(lines, dtype=pl.String).str.split(" ")
        numbers, runs = self._chunks.look_up(pieces.explode())
        types, types_until_run = self._chunks.types_of(numbers)
        runs_until_line = np.cumsum(runs)[np.cumsum(pieces.list.len().to_numpy(), dtype=np.int64) - 1]
        types_until_line = np.concatenate(([0], types_until_run))[runs_until_line]
        return types, np.diff(types_until_line, prepend=0)

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
