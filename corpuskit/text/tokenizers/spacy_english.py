"""English tokens: spaCy's rules, asked once for each distinct run of non-blank characters.

spaCy's English tokenizer works on one such run at a time, so its answer can be remembered: the same tokens as ``spacy.blank("en")``,
white space left out, several times faster. The exception are special cases (emoticons) that a neighbouring run would change; on random
strings that is about 1 in 40,000.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from importlib import metadata
from typing import Any

import numpy as np

from corpuskit.errors import MissingDependency
from corpuskit.text.normalization import form_of
from corpuskit.text.options import TextOptions
from corpuskit.text.sentences import traits_of
from corpuskit.text.table import TokenizerInfo
from corpuskit.text.tokenizers.tokenizer import Cut, Span, TokenizerSpec, Types

_RUN = re.compile(r"\S+")
_LONGEST_RUN = 4_096
"""Characters of a run that spaCy gets in one piece. Its rules look for affixes over and over, so a run of a megabyte (base64) would take hours."""


class _Chunks(dict[str, int]):
    """Number of each distinct run; a new one is cut by spaCy and its types are kept in one flat array."""

    def __init__(self, nlp: Any, types: Types) -> None:
        super().__init__()
        self._tokenizer = nlp.tokenizer
        self._types = types
        self._numbers: dict[tuple[str, bool], int] = {}
        self.flat = array("I")
        self.starts = array("Q", [0])

    def __missing__(self, run: str) -> int:
        tokens = cut_run(self._tokenizer, run)
        last = len(tokens) - 1
        for place, (_, token) in enumerate(tokens):
            opening = place == 0 and last > 0 and token in {'"', "'"}
            number = self._numbers.get((token, opening))
            if number is None:
                number = self._types.add(form_of(token), traits_of(token, "en", opening))
                self._numbers[token, opening] = number
            self.flat.append(number)
        self.starts.append(len(self.flat))
        self[run] = number = len(self.starts) - 2
        return number


def cut_run(tokenizer: Any, run: str) -> list[tuple[int, str]]:
    """Cut one run of non-blank characters by spaCy's rules: place and text of each token."""
    if len(run) <= _LONGEST_RUN:
        return [(token.idx, token.text) for token in tokenizer(run)]
    return [(start + token.idx, token.text) for start in range(0, len(run), _LONGEST_RUN) for token in tokenizer(run[start : start + _LONGEST_RUN])]


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
        self._nlp = self._blank("en")
        self.types = Types()
        self._chunks = _Chunks(self._nlp, self.types)

    def renew(self) -> None:
        """Start anew when more distinct runs are remembered than the options allow."""
        if len(self._chunks) > self._most:
            self._start()

    def cut(self, lines: Sequence[str]) -> Cut:
        """Cut lines into tokens."""
        number = self._chunks.__getitem__
        chunks, counts = array("Q"), array("Q")
        for line in lines:
            runs = line.split()
            chunks.extend(map(number, runs))
            counts.append(len(runs))
        of_chunk, per_line = np.asarray(chunks, np.int64), np.asarray(counts, np.int64)
        starts = np.asarray(self._chunks.starts, np.int64)
        flat = np.asarray(self._chunks.flat, np.uint32)
        lengths = np.diff(starts)[of_chunk]
        after = np.cumsum(lengths)
        total = int(after[-1]) if after.size else 0
        places = np.arange(total) + np.repeat(starts[of_chunk] - (after - lengths), lengths)
        ends = np.concatenate(([0], after))[np.cumsum(per_line)]
        return Cut(flat[places], np.diff(ends, prepend=0))

    def spans(self, line: str) -> list[Span]:
        """Cut one line and keep the places."""
        return [
            Span(found.start() + place, found.start() + place + len(token), form_of(token))
            for found in _RUN.finditer(line)
            for place, token in cut_run(self._nlp.tokenizer, found.group())
        ]


SPACY = TokenizerSpec("spacy", SpacyEnglish)
