"""The local engine: this process, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpuskit.counts.counting import count
from corpuskit.counts.engines.engine import Engine
from corpuskit.counts.merging import merge
from corpuskit.counts.stats import CorpusStats, CountOptions
from corpuskit.ingest import Document
from corpuskit.text import Boilerplate, Cue, TextOptions, TokenTable, tokenize


def run_local(
    documents: Iterable[Document],
    text_options: TextOptions,
    cues: Sequence[Cue],
    count_options: CountOptions,
    boilerplate: Boilerplate = frozenset(),
) -> CorpusStats:
    """Tokenise and count documents batch by batch, holding one batch of text at a time.

    Raises
    ------
    UsageError
        A document id comes twice.
    """
    return count_batches(tokenize(documents, text_options, cues, boilerplate), count_options)


def count_batches(batches: Iterable[TokenTable], options: CountOptions) -> CorpusStats:
    """Count batches and merge equals with equals: of n batches each entry is moved about log2(n) times, and log2(n) parts are held."""
    waiting: list[tuple[int, CorpusStats]] = []
    for batch in batches:
        size, stats = 1, count(batch, options)
        while waiting and waiting[-1][0] == size:
            size, stats = size * 2, merge([waiting.pop()[1], stats], options)
        waiting.append((size, stats))
    return merge([stats for _, stats in waiting], options)


LOCAL = Engine(name="local", summary="in this process; for one machine", run=run_local)
