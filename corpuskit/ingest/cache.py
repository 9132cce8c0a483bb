"""Extraction cache: what a reader took out of a file, kept under what it depends on.

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
from pathlib import Path
from typing import Any

from corpuskit.ingest.document import Section
from corpuskit.ingest.reader import Extraction

FORMAT = 1
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
        ``Reader.edition()``.
    options_digest : str
        ``ReadOptions.digest()``.
    """
    return hashlib.sha256("\0".join((str(FORMAT), sha256, name, edition, options_digest)).encode()).hexdigest()


def load(folder: Path, key: str) -> Extraction | None:
    """Give an entry, or None if there is none or it cannot be used."""
    path = _path(folder, key)
    try:
        with gzip.open(path, "rb") as stream:
            return _from_json(json.loads(stream.read()), key)
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error, RecursionError) as error:
        _log.warning("cache entry %s cannot be used and is made anew: %s", path.name, error)
        return None


def store(folder: Path, key: str, extraction: Extraction) -> None:
    """Write an entry whole or not at all: documents are confidential, so only the owner can open folder and file.

    A full disk or a read-only folder costs speed, not the audit.
    """
    path = _path(folder, key)
    try:
        _make_private(folder)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(gzip.compress(json.dumps(_to_json(extraction, key), ensure_ascii=False).encode(), compresslevel=1, mtime=0))
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


def _to_json(extraction: Extraction, key: str) -> dict[str, Any]:
    sections = [[s.text, s.heading, s.kind, s.locator, s.labels, s.fields] for s in extraction.sections]
    return {"key": key, "sections": sections, "metadata": extraction.metadata, "warnings": extraction.warnings, "encoding": extraction.encoding}


def _from_json(content: Any, key: str) -> Extraction:
    if content["key"] != key:
        raise ValueError("entry of another key")
    sections = tuple(
        Section(str(text), tuple(heading), kind, str(locator), _pairs(labels), _pairs(fields))
        for text, heading, kind, locator, labels, fields in content["sections"]
    )
    if not sections:
        raise ValueError("entry without sections")
    return Extraction(sections, _pairs(content["metadata"]), tuple(str(warning) for warning in content["warnings"]), str(content["encoding"]))


def _pairs(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in pairs)
