"""The cache of counts: partial results as Parquet, kept under the name of what they depend on (:meth:`~corpuskit.counts.shards.Shard.key`).

An entry holds words, counts and masked quotes, and of labelled messages the first 64 words in their order, redacted; no further text. Only the
owner can open the folder. An entry that is damaged or of another version is removed and made anew. A disk that is full or cannot be written costs
speed, not the audit.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from corpuskit.counts.packed_frames import as_held
from corpuskit.counts.partial import INTAKE, INTAKE_SCHEMA, Partial
from corpuskit.counts.shards import Shard
from corpuskit.counts.storage import load, load_beside, save
from corpuskit.errors import RecordError, UsageError
from corpuskit.ingest import PASSING

FOLDER = "counts"
KEPT_DAYS = 90
"""Days after its last use from which an entry is removed; because quarterly audits should still find theirs."""

_log = logging.getLogger(__name__)


def fetch(cache: Path | None, key: str) -> Partial | None:
    """Give an entry, or None if there is no cache, no key, no such entry, or it cannot be used."""
    if cache is None or not key:
        return None
    folder = _place(cache, key)
    try:
        if not folder.is_dir():
            return None
        partial = Partial(load(folder), load_beside(folder, INTAKE, INTAKE_SCHEMA))
        os.utime(folder)
    except (RecordError, UsageError, OSError) as error:
        _log.warning("stored counts cannot be used and are made anew: %s", error)
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return partial


def keep_shard(cache: Path | None, shard: Shard, partial: Partial) -> None:
    """Keep what a shard gave under its name, as :func:`keep` does; not where a file was written to after its content had given the name."""
    if not was_written_to([shard], partial):
        keep(cache, shard.key, partial)


def was_written_to(shards: Iterable[Shard], partial: Partial) -> bool:
    """Tell whether other bytes were read of a file than those that gave its shard the name: nobody knows then what the name stands for."""
    read = partial.intake.filter(pl.col("sha256").is_not_null())
    found = dict(zip(read["document"], read["sha256"], strict=True))
    known = ((file, content) for shard in shards for file, content in zip(shard.files, shard.contents, strict=False) if file.remote is None)
    return any(found.get(file.id, content) != content for file, content in known)


def keep(cache: Path | None, key: str, partial: Partial) -> None:
    """Write an entry whole or not at all; one that is there already stays.

    Nothing is written without a cache or key, and nothing where a file was skipped for a reason that may be gone the next time.
    """
    if cache is None or not key or partial.intake["code"].is_in(sorted(PASSING)).any():
        return
    folder = _place(cache, key)
    try:
        for private in (cache, cache / FOLDER, folder.parent):
            if not private.is_dir():
                private.mkdir(mode=0o700, parents=True, exist_ok=True)
        save(partial.stats, folder, {INTAKE: as_held(partial, "intake")})
    except UsageError:
        return  # made by another run meanwhile, from the same files
    except OSError as error:
        _log.warning("the cache of counts cannot be written: %s", error)


def prune(cache: Path, now: float | None = None) -> int:
    """Remove entries that nobody has used for KEPT_DAYS; give how many."""
    oldest = (time.time() if now is None else now) - KEPT_DAYS * 86_400
    stale = [entry for entry in (cache / FOLDER).glob("*/*") if entry.is_dir() and _used(entry) < oldest]
    for entry in stale:
        shutil.rmtree(entry, ignore_errors=True)
    return len(stale)


def _used(entry: Path) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return float("inf")  # removed by another run meanwhile


def _place(cache: Path, key: str) -> Path:
    return cache / FOLDER / key[:2] / key
