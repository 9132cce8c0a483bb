"""What an engine is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpuskit.counts.partial import Partial
from corpuskit.counts.shards import Job, Shard

Progress = Callable[[int, str], None]
"""Called with the number of files done since the last call, and the id of the file in work."""


@dataclass(frozen=True)
class Place:
    """Where an engine runs.

    Attributes
    ----------
    jobs : int
        Processes on this machine; 0: one for each core, at most 8.
    cache : Path or None
        Folder of partial results, reachable from every worker; None: nothing is kept.
    address : str
        Of the scheduler or master of a cluster; empty where there is none.
    """

    jobs: int = 0
    cache: Path | None = None
    address: str = ""


class Run(Protocol):
    """Counts shards and merges them. Every engine gives an equal result, value for value."""

    def __call__(self, shards: Sequence[Shard], job: Job, place: Place, progress: Progress) -> Partial:
        """Read, cut, count and merge; of no shards: the counts of nothing."""


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
        Counts shards and merges them.
    """

    name: str
    summary: str
    run: Run
