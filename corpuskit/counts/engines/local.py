"""The local engine: this machine. Small corpora in this process, larger ones in processes of their own, each of which counts whole shards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpuskit.counts.engines.engine import Engine, Place, Progress
from corpuskit.counts.gathering import Gatherer
from corpuskit.counts.partial import Partial
from corpuskit.counts.partial_cache import fetch, keep_shard
from corpuskit.counts.shard_counting import ShardCounter, count_shard
from corpuskit.counts.shards import Job, Shard

PROCESSES_FROM = 16_000_000
"""Bytes of files from which processes are started; because each takes seconds to load its tokenizers, which smaller corpora do not win back."""

MOST_JOBS = 8
TRIES = 3
"""Times that shards are dealt out anew after a process was killed, before they are counted in this process."""


def run_local(shards: Sequence[Shard], job: Job, place: Place, progress: Progress) -> Partial:
    """Count shards on this machine and merge them, taking from the cache what is there.

    Raises
    ------
    UsageError
        Two files give a document of the same id.
    """
    with Gatherer(job.count) as gatherer:
        missing: list[Shard] = []
        for shard in shards:
            known = fetch(place.cache, shard.key)
            if known is None:
                missing.append(shard)
            else:
                gatherer.add(known)
                progress(len(shard.files), shard.files[-1].id)
        jobs = place.jobs or min(os.cpu_count() or 1, MOST_JOBS)
        apart = jobs > 1 and len(missing) > jobs and sum(shard.bytes for shard in missing) >= PROCESSES_FROM
        for partial in _in_processes(missing, job, place, jobs, progress) if apart else _here(missing, job, place, progress):
            gatherer.add(partial)
        return gatherer.result()


def _here(missing: Sequence[Shard], job: Job, place: Place, progress: Progress) -> Iterator[Partial]:
    """Count shards in this process, while others read ahead."""
    with ShardCounter(job, place.cache) as counter:
        for shard, partial in zip(missing, counter.count(missing, lambda file: progress(1, file)), strict=True):
            keep_shard(place.cache, shard, partial)
            yield partial
        counter.remember()


def _in_processes(missing: Sequence[Shard], job: Job, place: Place, jobs: int, progress: Progress) -> Iterator[Partial]:
    """Count shards in processes of their own; those whose process was killed are dealt out again, and at last counted here."""
    from joblib.externals.loky.process_executor import TerminatedWorkerError  # not at the top: most runs need no processes

    left = dict(enumerate(missing))
    for _ in range(TRIES):
        try:
            for number, partial in _dealt(left, job.alone(), place.cache, jobs):
                shard = left.pop(number)
                progress(len(shard.files), shard.files[-1].id)
                yield partial
        except TerminatedWorkerError:
            continue
        _end_processes()
        return
    yield from _here(list(left.values()), job, place, progress)


def _dealt(left: dict[int, Shard], job: Job, cache: Path | None, jobs: int) -> Iterator[tuple[int, Partial]]:
    from joblib import Parallel, delayed

    # a few shards ahead for each process: more would only wait in memory
    parallel = Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered", pre_dispatch=2 * jobs, batch_size=1, max_nbytes=None)
    yield from parallel(delayed(_numbered)(number, shard, job, cache) for number, shard in list(left.items()))


def _end_processes() -> None:
    """End the processes that counted: idle ones hold their tokenizers for minutes, and a caller that was itself spawned could not end before them."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)


def _numbered(number: int, shard: Shard, job: Job, cache: Path | None) -> tuple[int, Partial]:
    return number, count_shard(shard, job, cache)


LOCAL = Engine(name="local", summary="on this machine; for corpora up to some ten gigabytes", run=run_local)
