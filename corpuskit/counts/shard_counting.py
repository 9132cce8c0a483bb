"""From files to partial results: reads, cuts and counts shard by shard, in one process. What every engine runs, wherever it runs it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from corpuskit.counts.counting import count
from corpuskit.counts.merging import merge
from corpuskit.counts.partial import Partial, intake_of
from corpuskit.counts.partial_cache import fetch, keep_shard
from corpuskit.counts.shards import Job, Shard
from corpuskit.counts.stats import CorpusStats, CountOptions
from corpuskit.ingest import Crew, Document, FoundFile, Skipped
from corpuskit.text import Boilerplate, Cue, TextOptions, Tokenizers, TokenTable, tokenize

Told = Callable[[str], None]
"""Told the id of each file when its turn comes."""


def count_documents(
    documents: Iterable[Document],
    text_options: TextOptions,
    cues: Sequence[Cue] = (),
    count_options: CountOptions | None = None,
    boilerplate: Boilerplate = frozenset(),
    tokenizers: Tokenizers | None = None,
) -> CorpusStats:
    """Tokenise and count documents batch by batch, holding one batch of text at a time.

    Raises
    ------
    UsageError
        A document id comes twice.
    """
    return count_batches(tokenize(documents, text_options, cues, boilerplate, tokenizers), count_options or CountOptions())


def count_batches(batches: Iterable[TokenTable], options: CountOptions) -> CorpusStats:
    """Count batches and merge equals with equals: of n batches each entry is moved about log2(n) times, and log2(n) parts are held."""
    waiting: list[tuple[int, CorpusStats]] = []
    for batch in batches:
        size, stats = 1, count(batch, options)
        while waiting and waiting[-1][0] == size:
            size, stats = size * 2, merge([waiting.pop()[1], stats], options)
        waiting.append((size, stats))
    return merge([stats for _, stats in waiting], options)


class ShardCounter:
    """Counts shards one after the other, with reading ahead of counting. Keeps its readers and tokenizers from shard to shard.

    Parameters
    ----------
    job : Job
    cache : Path or None
        Folder of the caches of extraction and counts; None: everything is made anew.
    """

    def __init__(self, job: Job, cache: Path | None = None) -> None:
        self._job, self._cache = job, cache
        self._crew = Crew(job.read, cache)
        self._tokenizers = Tokenizers(job.text, cache)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the reading processes."""
        self._crew.dismiss()

    def count(self, shards: Sequence[Shard], tell: Told | None = None) -> Iterator[Partial]:
        """Give the partial result of each shard, in order. None is looked for in the cache, and none kept there."""
        work = self._crew.work([file for shard in shards for file in shard.files])
        for shard in shards:
            yield self._count_one(islice(work, len(shard.files)), tell or _say_nothing)

    def remember(self) -> None:
        """Leave in the cache what the tokenizers have learned, where it is worth it; a folder that cannot be written costs speed."""
        try:
            self._tokenizers.remember()
        except OSError:
            return

    def _count_one(self, work: Iterator[tuple[FoundFile, Callable[[], list[Document | Skipped]]]], tell: Told) -> Partial:
        job = self._job
        seen: list[Document | Skipped] = []

        def documents() -> Iterator[Document]:
            for file, results in work:
                tell(file.id)
                for result in results():
                    seen.append(_without_text(result))
                    if isinstance(result, Document) and result.id not in job.left_out:
                        yield result

        stats = count_documents(documents(), job.text, job.cues, job.count, job.boilerplate, self._tokenizers)
        return Partial(stats, intake_of(seen))


def count_shard(shard: Shard, job: Job, cache: Path | None = None) -> Partial:
    """Count one shard: the pure function that engines send to their workers. Equal files, job and versions give equal results on any machine.

    Readers and tokenizers of the calling thread are kept for the next shard of the same job.

    Parameters
    ----------
    shard : Shard
        Its paths must lead to the files from where this runs.
    job : Job
    cache : Path, optional
        Where partial results that have a name are looked for and kept.
    """
    if (known := fetch(cache, shard.key)) is not None:
        return known
    partial = next(_own_counter(job, cache).count([shard]))
    keep_shard(cache, shard, partial)
    return partial


_own = threading.local()


def _own_counter(job: Job, cache: Path | None) -> ShardCounter:
    """Give the counter of this thread, a new one when the job has changed: tokenizers take seconds to load and are not to be shared."""
    known: tuple[Job, Path | None, ShardCounter] | None = getattr(_own, "counter", None)
    if known is not None and known[0] == job and known[1] == cache:
        return known[2]
    if known is not None:
        known[2].close()
        atexit.unregister(known[2].close)
    counter = ShardCounter(job, cache)
    atexit.register(counter.close)
    _own.counter = (job, cache, counter)
    return counter


def _without_text(result: Document | Skipped) -> Document | Skipped:
    """Give what the intake needs of a document, so that its text is not held."""
    return result if isinstance(result, Skipped) else Document(result.id, result.source, (), (), result.warnings)


def _say_nothing(file: str) -> None:
    """Report no progress."""
