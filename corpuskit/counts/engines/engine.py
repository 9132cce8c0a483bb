"""What an engine is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpuskit.counts.stats import CorpusStats, CountOptions
from corpuskit.ingest import Document
from corpuskit.text import Cue, TextOptions

Run = Callable[[Iterable[Document], TextOptions, Sequence[Cue], CountOptions], CorpusStats]


@dataclass(frozen=True)
class Engine:
    """A way to count a corpus.

    Attributes
    ----------
    name : str
        As in the settings.
    summary : str
        Where it runs, and when to choose it.
    run : callable
        (documents, text options, cues, count options) to CorpusStats. Reads the documents once.
    """

    name: str
    summary: str
    run: Run
