"""What engines on several machines have in common: every worker must be the same as this process, or the counts would not mean the same."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from corpuskit.counts.partial import Partial
from corpuskit.counts.shard_counting import count_shard
from corpuskit.counts.shards import Job, Shard, versions
from corpuskit.errors import MissingDependency, UsageError
from corpuskit.ingest import READERS

MERGED_AT_ONCE = 12
"""Partial results that one task merges; because each entry is moved once a level, and a worker holds them and their sum in memory."""

State = Mapping[str, str]
"""What a worker is: versions of what it counts with, by name, and whether it sees the documents."""

SEEN = "documents"


def state(document: Path | None = None) -> State:
    """Describe this process: versions of Python, packages, code and readers, and whether it sees a document."""
    return {**_versions(), SEEN: "" if document is None or document.is_file() else f"{document} is not there"}


@cache
def _versions() -> State:
    return {**versions(), **{f"reader {name}": reader.edition() for name, reader in READERS.items()}}


def own_name() -> str:
    """Name this process for a person who looks for it."""
    return f"{socket.gethostname()} (process {os.getpid()})"


def count_alike(shard: Shard, job: Job, folder: Path | None, wanted: State) -> Partial:
    """Count a shard on a worker, which may have joined after the others were asked and so is compared here too.

    Raises
    ------
    UsageError
        It would count in another way.
    """
    refuse_others(wanted, {own_name(): state()})
    return count_shard(shard, job, folder)


def any_document(shards: Sequence[Shard]) -> Path | None:
    """Give a file that this process sees: a worker that does not looks at another file system."""
    return next((file.path for shard in shards for file in shard.files if file.skipped is None and file.path.is_file()), None)


def require(module: str, extra: str) -> None:
    """Raise MissingDependency where the package of an engine is not installed."""
    if find_spec(module) is None:
        raise MissingDependency(f'The engine {extra} needs the package {module}: pip install "corpuskit[{extra}]"')


def refuse_others(own: State, workers: Mapping[str, State | BaseException]) -> None:
    """Refuse workers that would count in another way than this process.

    Parameters
    ----------
    own : mapping of str to str
        :func:`state` of this process.
    workers : mapping
        Name of a worker to its state, or to the error it met when it was asked.

    Raises
    ------
    UsageError
        Names the first worker that differs, what it differs in, both versions, and what to do.
    """
    for worker, found in sorted(workers.items()):
        if isinstance(found, BaseException):
            raise UsageError(
                f"Worker {worker} cannot run corpuskit ({type(found).__name__}: {found}). "
                f"Install corpuskit {own['corpuskit']} on every worker, in the Python that runs it."
            )
        if found[SEEN]:
            raise UsageError(f"Worker {worker} does not see the documents: {found[SEEN]}. Mount their folder at the same path on every worker.")
        # the digest of the code last, since it differs wherever the version does
        others = [name for name in sorted({*own, *found}, key=lambda name: (name == "code", name)) if own.get(name) != found.get(name)]
        if others:
            raise UsageError(_told(worker, others, own, found))


def _told(worker: str, names: Sequence[str], own: State, found: State) -> str:
    listed = "; ".join(f"{name} {_short(found, name)} there, {_short(own, name)} here" for name in names[:5])
    packages = [f"{name}=={own[name]}" for name in names if own.get(name) and name not in ("python", "code") and not name.startswith("reader ")]
    todo = f"run there: pip install {' '.join(packages)}" if packages else "install there the same corpuskit with its extras, in the same Python"
    return f"Worker {worker} would count in another way: {listed}. To have equal counts, {todo}; then restart the worker."


def _short(versions_of: State, name: str) -> str:
    return versions_of.get(name, "")[:24] or "none"
