"""A corpus is counted: divided into shards, counted by an engine, and known again as a whole when nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.counts.engines import ENGINES, Place
from corpuskit.counts.engines.engine import Progress
from corpuskit.counts.partial import Partial
from corpuskit.counts.partial_cache import fetch, keep, prune, was_written_to
from corpuskit.counts.shards import Job, divide, name_each, name_of_all
from corpuskit.ingest import FoundFile


@dataclass(frozen=True, eq=False)
class Counted:
    """Counts of a corpus.

    Attributes
    ----------
    partial : Partial
        Counts, and what became of each file.
    key : str
        Names what the counts depend on: equal keys, equal counts. Empty without a cache.
    """

    partial: Partial
    key: str


def count_corpus(
    files: Sequence[FoundFile], job: Job, place: Place | None = None, engine: str = "local", progress: Progress | None = None
) -> Counted:
    """Count the documents in files.

    With a cache, files that an earlier run has counted are not opened beyond taking the digest of their bytes; where all are known, the whole
    result is read in one piece.

    Parameters
    ----------
    files : sequence of FoundFile
        In the order of their ids.
    job : Job
        How they are read and counted.
    place : Place, optional
        Where; default: this machine, without a cache.
    engine : str
        Name in ``ENGINES``.
    progress : callable, optional
        Told the number of files done since the last call, and a file's id.

    Raises
    ------
    UnknownName
        No engine has that name.
    UsageError
        Two files give a document of the same id.
    """
    place, run = place or Place(), ENGINES[engine].run
    tell = progress or _say_nothing
    shards = divide(files)
    if place.cache is None:
        return Counted(run(shards, job, place, tell), "")
    shards = name_each(shards, job)
    key = name_of_all(shards)
    known = fetch(place.cache, key)
    if known is not None:
        tell(len(files), files[-1].id if files else "")
        return Counted(known, key)
    partial = run(shards, job, place, tell)
    if len(shards) > 1 and not was_written_to(shards, partial):
        keep(place.cache, key, partial)
    prune(place.cache)
    return Counted(partial, key)


def _say_nothing(done: int, file: str) -> None:
    """Report no progress."""
