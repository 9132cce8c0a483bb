"""Files in object stores and on servers, by URL (``s3://bucket/folder``), through fsspec: listed at once, fetched one at a time when read.

Each file is written to the machine's temporary folder while it is read and removed afterwards. Which stores can be reached depends on what is
installed beside fsspec; corpuskit asks for no credentials, they are taken from where the store's own library looks for them.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from corpuskit.errors import InputError, MissingDependency, ReadError
from corpuskit.ingest.document import Skipped
from corpuskit.ingest.hidden_names import HiddenEntries

# two letters at least: C:/ is a drive; pathlib writes one slash where there were two
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+]+):/+")
_VERSIONS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")
_DATES = ("LastModified", "last_modified", "updated", "mtime", "modify", "modified", "created")
_MOST_HIDDEN = 10_000


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a file is fetched from.

    Attributes
    ----------
    url : str
        Of the folder or file that was asked for, with its protocol: how the store is reached.
    path : str
        Of the file, as its store writes it.
    version : str
        What the store says that changes with the content (an entity tag, else size and date); empty where it says nothing.
    """

    url: str
    path: str
    version: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a store lists: path below the URL, bytes, ISO date (empty: unknown), and where the file is or why it is passed over."""

    path: str
    bytes: int
    modified: str
    remote: Remote | None
    skipped: Skipped | None = None


def url_of(path: Path) -> str | None:
    """Give the URL that a path stands for, or None for a path on this machine.

    >>> url_of(Path("s3://bucket/folder")), url_of(Path("C:/documents")), url_of(Path("documents"))
    ('s3://bucket/folder', None, None)
    """
    match = _URL.match(str(path))
    if match is None or path.exists():
        return None
    rest = path.as_posix()[match.end() :]
    return f"{match[1]}://{'/' if match[1] == 'file' else ''}{rest}"


def list_files(url: str) -> list[Listed]:
    """List the files below a URL, or the one file it names; hidden ones with the reason why they are passed over.

    Raises
    ------
    MissingDependency
        fsspec, or what it needs for this protocol, is not installed.
    InputError
        There is no such place, or the store cannot be reached.
    """
    system, root = _open(url)
    try:
        found = system.find(root, withdirs=False, detail=True)
    except Exception as error:  # each store has errors of its own
        raise InputError(f"{url}: cannot be listed ({type(error).__name__}: {error}). Check the address and the credentials.") from error
    if not found:
        raise InputError(f"{url}: no such file or folder, or nothing in it. Give the folder that holds the documents.")
    hidden = HiddenEntries(_MOST_HIDDEN)
    base = PurePosixPath(root if list(found) != [root] else PurePosixPath(root).parent)
    listed = []
    for name, info in sorted(found.items()):
        path = _relative(name, base)
        if not hidden.takes(path):
            listed.append(_listed(url, name, path, info))
    passed = (Listed(entry.path, 0, "", None, Skipped(entry.path, "hidden", f"{entry.reason}; not read.")) for entry in hidden.entries())
    return [*listed, *passed]


@contextmanager
def fetched(remote: Remote, name: str) -> Iterator[Path]:
    """Give a copy of a file on this machine, under its own name, for as long as it is needed.

    Raises
    ------
    ReadError
        ``vanished``: it is gone; ``permission``: it may not be read; ``broken``: it cannot be fetched.
    """
    system, _ = _open(remote.url)
    with tempfile.TemporaryDirectory(prefix="corpuskit-") as folder:
        copy = Path(folder) / name
        try:
            with system.open(remote.path, "rb") as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 2**20)
        except FileNotFoundError as error:
            raise ReadError("vanished", "The file was there when the store was listed and is gone.") from error
        except PermissionError as error:
            raise ReadError("permission", "No permission to fetch the file.") from error
        except Exception as error:  # each store has errors of its own
            raise ReadError("broken", f"The file cannot be fetched: {type(error).__name__}: {error}.") from error
        yield copy


def _open(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingDependency(f"{url}: reading from a store needs fsspec: pip install 'corpuskit[remote]'") from error
    try:
        system, root = url_to_fs(url)
    except ImportError as error:
        raise MissingDependency(f"{url}: {error}") from error
    except Exception as error:  # each store has errors of its own
        raise InputError(f"{url}: cannot be opened ({type(error).__name__}: {error}). Check the address and the credentials.") from error
    return system, str(root)


def _relative(name: str, base: PurePosixPath) -> str:
    path = PurePosixPath(name)
    inside = path.relative_to(base) if path.is_relative_to(base) else path.relative_to(path.anchor)
    return unicodedata.normalize("NFC", inside.as_posix())


def _listed(url: str, name: str, path: str, info: Mapping[str, Any]) -> Listed:
    size, modified = int(info.get("size") or 0), _date(info)
    tag = next((str(info[key]) for key in _VERSIONS if info.get(key)), "")
    version = tag or (f"{size} {modified}" if modified else "")
    return Listed(path, size, modified, Remote(url, name, version))


def _date(info: Mapping[str, Any]) -> str:
    """Write the date of last change as ISO 8601 in UTC; empty where the store names none."""
    for key in _DATES:
        value = info.get(key)
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat(timespec="seconds")
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
        if isinstance(value, str) and re.fullmatch(r"\d{14}(?:\.\d+)?", value):  # FTP, RFC 3659, in UTC
            return datetime.strptime(value[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat(timespec="seconds")
        if isinstance(value, str) and value:
            try:
                return datetime.fromisoformat(value).astimezone(UTC).isoformat(timespec="seconds")
            except ValueError:
                continue
    return ""
