"""The verb of the floor: files in, documents out, one at a time."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path, PurePath

from corpuskit.errors import ReadError
from corpuskit.ingest import cache as entries
from corpuskit.ingest.document import Document, Skipped, Source
from corpuskit.ingest.parts import Part, edition_for
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.reasons import PASSING
from corpuskit.ingest.remote import fetched
from corpuskit.ingest.walking import FoundFile, find_files
from corpuskit.ingest.workers import Worker, jobs_for

Progress = Callable[[int, int, str], None]

_NEVER_READABLE = frozenset({"unsupported", "empty", "no_text", "encrypted", "hidden", "not_a_file", "needs_extra"})
"""Codes of files that nobody could have read as text; all others count against the share of readable files that was read."""

AHEAD = 4
"""Files in work for each worker; because more only holds more text in memory, and fewer leave workers waiting behind a slow file."""


def read(
    paths: Sequence[Path], options: ReadOptions | None = None, cache: Path | None = None, progress: Progress | None = None
) -> Iterator[Document | Skipped]:
    """Read files and folders, lazily, sorted by path, in worker processes that a damaged file may take down.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders.
    options : ReadOptions, optional
        Default: all defaults.
    cache : Path, optional
        Folder of the extraction cache; None: every file is read anew.
    progress : callable, optional
        Called with (files done, files in all, id of the next file) before each file, and once at the end with an empty id.

    Returns
    -------
    iterator of Document or Skipped
        At least one for each file found, in the order of their ids: an archive or mailbox gives one for each file inside, with an id below its
        own. No exception of a single file leaves it. Closing the iterator ends the workers.

    Raises
    ------
    InputError
        At the call: a path does not exist.
    """
    return _read_each(find_files(paths), options or ReadOptions(), cache, progress or _say_nothing)


def digest_of(found: FoundFile) -> str:
    """Give what the content of a found file is known by: the SHA-256 of its bytes, or what its store says, or why it is not read."""
    if found.skipped is not None:
        return found.skipped.code
    try:
        if found.remote is not None:
            return f"{found.remote.url} {found.remote.path} {found.remote.version}" if found.remote.version else _digest_of_remote(found)
        return _digest(found.path)
    except ReadError as error:
        return error.code


def _say_nothing(done: int, total: int, what: str) -> None:
    """Report no progress."""


def _read_each(found: Sequence[FoundFile], options: ReadOptions, cache: Path | None, progress: Progress) -> Iterator[Document | Skipped]:
    crew = Crew(options, cache)
    try:
        for number, (file, results) in enumerate(crew.work(found)):
            progress(number, len(found), file.id)
            yield from results()
        progress(len(found), len(found), "")
    finally:
        crew.dismiss()


class Crew:
    """Threads that look into the cache and each own a worker process for what is not there.

    Workers are started when the first file needs one and stay for the next; :meth:`dismiss` ends them.

    Parameters
    ----------
    options : ReadOptions
        What is read, within which limits, in how many processes.
    cache : Path or None
        Folder of the extraction cache; None: every file is read anew.
    """

    def __init__(self, options: ReadOptions, cache: Path | None = None) -> None:
        self._options, self._cache = options, cache
        self._jobs = jobs_for(options)
        self._threads = ThreadPoolExecutor(self._jobs, thread_name_prefix="read")
        self._own = threading.local()
        self._workers: list[Worker] = []

    def work(self, found: Sequence[FoundFile]) -> Iterator[tuple[FoundFile, Callable[[], list[Document | Skipped]]]]:
        """Give each file with a function that waits for its results, in order; a few files ahead are in work meanwhile."""
        waiting: deque[tuple[FoundFile, Future[list[Document | Skipped]]]] = deque()
        for file in found:
            waiting.append((file, self._threads.submit(self._read_one, file)))
            if len(waiting) > AHEAD * self._jobs:
                first, future = waiting.popleft()
                yield first, future.result
        for first, future in waiting:
            yield first, future.result

    def dismiss(self) -> None:
        """End all workers and wait for the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=True)

    def _read_one(self, file: FoundFile) -> list[Document | Skipped]:
        if file.skipped is not None:
            return [file.skipped]
        try:
            parts = self._parts(file)
        except ReadError as error:
            return [_skipped(file.id, error)]
        return [_result(file, part) for part in parts]

    def _parts(self, file: FoundFile) -> Sequence[Part]:
        edition = edition_for(file.path.name)
        if file.bytes > self._options.max_file_bytes:
            raise ReadError("too_large", f"{file.bytes:,} bytes are more than {self._options.max_file_bytes:,} (read.max_file_bytes).")
        if file.remote is None:
            return self._parts_of(file.path, edition)
        with fetched(file.remote, file.path.name) as copy:
            return self._parts_of(copy, edition)

    def _parts_of(self, path: Path, edition: str) -> Sequence[Part]:
        sha256 = _digest(path)
        if self._cache is None:
            return self._worker().read(path)
        key = entries.cache_key(sha256, "".join(PurePath(path.name).suffixes[-2:]).casefold(), edition, self._options.digest())
        if (known := entries.load(self._cache, key)) is not None:
            return known
        parts = self._worker().read(path)
        if not any(isinstance(part.outcome, ReadError) and part.outcome.code in PASSING for part in parts) and not _changed(parts, sha256):
            entries.store(self._cache, key, parts)
        return parts

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = Worker(self._options)
            self._workers.append(worker)
        return worker


def _digest_of_remote(found: FoundFile) -> str:
    """Fetch a file of a store that names no versions, to take the digest of its bytes."""
    if found.remote is None:
        raise ValueError(f"{found.id} lies on this machine.")
    with fetched(found.remote, found.path.name) as copy:
        return _digest(copy)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            if not stream.peek(1):
                raise ReadError("empty", "The file has 0 bytes.")
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ReadError("vanished", "The file was there when the folder was listed and is gone.") from error
    except PermissionError as error:
        raise ReadError("permission", "No permission to open the file.") from error
    except OSError as error:
        raise ReadError("broken", f"The file cannot be read from the disk: {error}.") from error


def _changed(parts: Sequence[Part], sha256: str) -> bool:
    """Tell whether the worker read other bytes than were digested: the file was written to meanwhile, and nobody knows which bytes are right."""
    return len(parts) == 1 and not parts[0].inner and parts[0].sha256 not in ("", sha256)


def _result(file: FoundFile, part: Part) -> Document | Skipped:
    identifier = f"{file.id}/{part.inner}" if part.inner else file.id
    if isinstance(part.outcome, ReadError):
        return _skipped(identifier, part.outcome)
    read = part.outcome
    source = Source(identifier, part.sha256, part.bytes, part.modified or file.modified, part.reader, read.encoding, read.encoding_basis)
    return Document(identifier, source, read.sections, read.metadata, read.warnings)


def _skipped(identifier: str, error: ReadError) -> Skipped:
    return Skipped(identifier, error.code, error.reason, error.code not in _NEVER_READABLE)
