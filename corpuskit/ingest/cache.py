"""Extraction cache: what was taken out of a file, kept under what it depends on.

The key is made of the bytes of the file, the reader with its version and those of its packages, and the options; the entry holds
no path, so a moved or copied file is found again. An entry that cannot be used is made anew, never trusted and never fatal.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import logging
import os
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from corpuskit.ingest.parts import Part, part_from_json, part_to_json

FORMAT = 2
"""Raised when the layout of an entry changes."""

_log = logging.getLogger(__name__)


def cache_key(sha256: str, name: str, edition: str, options_digest: str) -> str:
    """Give the name of an entry: a digest of everything the extraction depends on.

    Parameters
    ----------
    sha256 : str
        Of the file's bytes as stored.
    name : str
        Its suffix, since the suffix decides how the bytes are read.
    edition : str
        :func:`corpuskit.ingest.parts.edition_for`.
    options_digest : str
        ``ReadOptions.digest()``.
    """
    return hashlib.sha256("\0".join((str(FORMAT), sha256, name, edition, options_digest)).encode()).hexdigest()


def load(folder: Path, key: str) -> tuple[Part, ...] | None:
    """Give an entry, or None if there is none or it cannot be used."""
    path = _path(folder, key)
    try:
        with gzip.open(path, "rb") as stream:
            content = json.loads(stream.read().decode("utf-8", "surrogatepass"))
        if content["key"] != key or not content["parts"]:
            raise ValueError("not the entry of this key")
        return tuple(part_from_json(part) for part in content["parts"])
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error, RecursionError) as error:
        _log.warning("cache entry %s cannot be used and is made anew: %s", path.name, error)
        return None


def store(folder: Path, key: str, parts: Sequence[Part]) -> None:
    """Write an entry whole or not at all: documents are confidential, so only the owner can open folder and file.

    A full disk or a read-only folder costs speed, not the audit.
    """
    path = _path(folder, key)
    content = json.dumps({"key": key, "parts": [part_to_json(part) for part in parts]}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    entry = gzip.compress(content, compresslevel=1, mtime=0)  # before the file is made: an interrupted audit ends in the middle of this
    try:
        _make_private(folder)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(entry)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        _log.warning("the extraction cache cannot be written: %s", error)


def _make_private(folder: Path) -> None:
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.json.gz"
