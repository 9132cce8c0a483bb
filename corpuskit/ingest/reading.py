"""The verb of the floor: files in, documents out, one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from corpuskit.errors import ReadError
from corpuskit.ingest import cache as entries
from corpuskit.ingest.archive import unpack_gzip
from corpuskit.ingest.document import Document, Skipped, Source
from corpuskit.ingest.reader import Extraction, Reader, ReadOptions
from corpuskit.ingest.readers import extract, plain_name, reader_for
from corpuskit.ingest.walking import FoundFile, find_files

Progress = Callable[[int, int, str], None]

_NEVER_READABLE = frozenset({"unsupported", "empty", "no_text", "encrypted", "hidden", "not_a_file"})
"""Codes of files that nobody could have read as text; all others count against the share of readable files that was read."""


def read(
    paths: Sequence[Path], options: ReadOptions | None = None, cache: Path | None = None, progress: Progress | None = None
) -> Iterator[Document | Skipped]:
    """Read files and folders, lazily, sorted by path.

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
        Exactly one for each file found, in the order of their ids. No exception of a single file leaves it.

    Raises
    ------
    InputError
        At the call: a path does not exist.
    """
    return _read_each(find_files(paths), options or ReadOptions(), cache, progress or _say_nothing)


def _say_nothing(done: int, total: int, what: str) -> None:
    """Report no progress."""


def _read_each(found: Sequence[FoundFile], options: ReadOptions, cache: Path | None, progress: Progress) -> Iterator[Document | Skipped]:
    for number, file in enumerate(found):
        progress(number, len(found), file.id)
        if file.skipped is not None:
            yield file.skipped
            continue
        try:
            result: Document | Skipped = _read_one(file, options, cache)
        except ReadError as error:
            result = Skipped(file.id, error.code, error.reason, error.code not in _NEVER_READABLE)
        yield result
    progress(len(found), len(found), "")


def _read_one(file: FoundFile, options: ReadOptions, cache: Path | None) -> Document:
    reader = reader_for(file.path.name)
    if file.bytes > options.max_file_bytes:
        raise ReadError("too_large", f"{file.bytes:,} bytes are more than {options.max_file_bytes:,} (read.max_file_bytes).")
    data = _bytes_of(file.path)
    sha256 = hashlib.sha256(data).hexdigest()
    extraction = _cached(file.path.name, data, sha256, reader, options, cache)
    source = Source(file.id, sha256, len(data), file.modified, reader.name, extraction.encoding)
    return Document(file.id, source, extraction.sections, extraction.metadata, extraction.warnings)


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("vanished", "The file was there when the folder was listed and is gone.") from error
    except PermissionError as error:
        raise ReadError("permission", "No permission to open the file.") from error
    except (OSError, MemoryError) as error:
        raise ReadError("broken", f"The file cannot be read from the disk: {error}.") from error
    if not data:
        raise ReadError("empty", "The file has 0 bytes.")
    return data


def _cached(name: str, data: bytes, sha256: str, reader: Reader, options: ReadOptions, cache: Path | None) -> Extraction:
    key = entries.cache_key(sha256, "".join(PurePath(name).suffixes[-2:]).casefold(), reader.edition(), options.digest())
    if cache is not None and (known := entries.load(cache, key)) is not None:
        return known
    content = unpack_gzip(data, options) if name.casefold().endswith(".gz") else data
    extraction = extract(plain_name(name), content, options)
    if cache is not None:
        entries.store(cache, key, extraction)
    return extraction
