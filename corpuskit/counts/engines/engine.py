"""What an engine is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpuskit.counts.stats import CorpusStats, CountOptions
from corpuskit.ingest import Document
from corpuskit.text import Boilerplate, Cue, TextOptions


class Run(Protocol):
    """(documents, text options, cues, count options, lines to leave out) to CorpusStats. Reads the documents once."""

    def __call__(
        self,
        documents: Iterable[Document],
        text_options: TextOptions,
        cues: Sequence[Cue],
        count_options: CountOptions,
        boilerplate: Boilerplate = frozenset(),
    ) -> CorpusStats:
        """Tokenise and count."""
        ...


@dataclass(frozen=True)
class Engine:
    """A way to count a corpus.

    Attributes
    ----------
    name : str
        As in the settings.
    summary : str
        Where it runs, and when to choose it.
    run : Run
        Tokenises and counts.
    """

    name: str
    summary: str
    run: Run
