"""The Dask engine: each shard is a task of a Dask cluster, and the workers merge what they have counted."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpuskit.counts.engines.cluster import MERGED_AT_ONCE, any_document, count_alike, refuse_others, require, state
from corpuskit.counts.engines.engine import Engine, Place, Progress
from corpuskit.counts.gathering import Gatherer
from corpuskit.counts.partial import Partial, merge_partials
from corpuskit.counts.shards import Job, Shard
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client, Future

RETRIES = 3
"""Times that a shard is counted again after an error on a worker, such as a full disk. Those whose worker was killed are dealt out again anyway."""

AHEAD = 3
"""Shards in work or waiting for each thread of the cluster; because more would only fill the scheduler's memory, and fewer leave threads idle."""

CONNECT_SECONDS = 60


def run_dask(shards: Sequence[Shard], job: Job, place: Place, progress: Progress) -> Partial:
    """Count shards on a Dask cluster: that of ``place.address``, or without one worker processes on this machine.

    Raises
    ------
    MissingDependency
        The package distributed is not installed.
    UsageError
        There is no scheduler at the address, a worker would count in another way or does not see the documents, workers die one after the other,
        or two files give a document of the same id.
    """
    require("distributed", "dask")
    from distributed import CancelledError, KilledWorker
    from distributed.comm import CommClosedError

    with Gatherer(job.count) as gatherer:
        if shards:
            with _connected(place) as client:
                _refuse_other_workers(client, shards)
                try:
                    for future in _counted(client, shards, job, place, progress):
                        gatherer.add(future.result())
                except KilledWorker as error:
                    raise UsageError(f"Workers die while they count ({error}). Give each core 2 GB of memory; their logs say more.") from error
                except (CancelledError, CommClosedError) as error:
                    raise UsageError(f"The Dask scheduler was lost on the way ({error}). See its log, and run again.") from error
        return gatherer.result()


@contextmanager
def _connected(place: Place) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    if place.address:
        try:
            client = Client(place.address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"No Dask scheduler answers at {place.address!r} ({error}). Give its address, such as tcp://host:8786.") from error
        with client:
            yield client
        return
    jobs = place.jobs or os.cpu_count() or 1
    with (
        LocalCluster(n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _refuse_other_workers(client: Client, shards: Sequence[Shard]) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise UsageError(f"The Dask scheduler has no workers ({error}). Start some: dask worker ADDRESS.") from error
    document = any_document(shards)
    refuse_others(state(document), client.run(state, document, on_error="return"))


def _counted(client: Client, shards: Sequence[Shard], job: Job, place: Place, progress: Progress) -> Iterator[Future]:
    """Count shards, some ahead for each thread, and merge those that are done where they lie; give the few results that are left."""
    from distributed import as_completed

    # a result that the scheduler can make again, unlike scattered data, which is lost with the workers that hold it
    shared: Any = client.submit(job.alone, pure=False)
    wanted, left = state(), iter(shards)
    known: dict[str, Shard] = {}
    tree = _Tree(client, job)
    running = as_completed(loop=client.loop)
    while True:
        while len(known) < AHEAD * max(sum(client.nthreads().values()), 1) and (shard := next(left, None)) is not None:
            future = client.submit(count_alike, shard, shared, place.cache, wanted, pure=False, retries=RETRIES)
            known[future.key] = shard
            running.add(future)
        if not known:
            return (yield from tree.roots())
        done = next(running)
        if done.status != "finished":
            done.result()  # raises what went wrong
        shard = known.pop(done.key)
        progress(len(shard.files), shard.files[-1].id)
        tree.add(done)


class _Tree:
    """Merges counted shards on the workers, as many at once as MERGED_AT_ONCE, and what comes of that again."""

    def __init__(self, client: Client, job: Job) -> None:
        self._client, self._options = client, job.count
        self._levels: list[list[Future]] = [[]]

    def add(self, future: Future, level: int = 0) -> None:
        if level == len(self._levels):
            self._levels.append([])
        waiting = self._levels[level]
        waiting.append(future)
        if len(waiting) == MERGED_AT_ONCE:
            self._levels[level] = []
            self.add(self._merged(waiting), level + 1)

    def roots(self) -> Iterator[Future]:
        """Give what is left, at most MERGED_AT_ONCE results, letting each go when the next is asked for."""
        rest: list[Future] = []
        *lower, last = self._levels
        self._levels = [[]]
        for level in lower:
            rest = [self._merged([*level, *rest])] if len(level) + len(rest) > 1 else [*level, *rest]
        last += rest
        while last:
            yield last.pop()

    def _merged(self, futures: list[Future]) -> Future:
        return self._client.submit(merge_partials, futures, self._options, pure=False, retries=RETRIES)


DASK = Engine(name="dask", summary="on a Dask cluster, or with Dask on this machine; for corpora beyond one machine", run=run_dask)
