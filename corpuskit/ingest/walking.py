"""Finds the files below the given paths, and says of every one that is passed over why."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from corpuskit.errors import InputError
from corpuskit.ingest.document import Skipped
from corpuskit.ingest.hidden_names import is_hidden, why_hidden
from corpuskit.ingest.remote import Remote, list_files, url_of


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that was found.

    Attributes
    ----------
    path : Path
        Where it is on this machine.
    id : str
        POSIX path relative to the audited root, in Unicode NFC; the same in every run.
    bytes : int
        Size.
    modified : str
        ISO 8601 time in UTC, from the file system.
    skipped : Skipped or None
        Set when the file (or folder) will not be opened at all.
    remote : Remote or None
        Set when the file lies in a store and has to be fetched; ``path`` is then its name alone.
    """

    path: Path
    id: str
    bytes: int
    modified: str
    skipped: Skipped | None = None
    remote: Remote | None = None


def find_files(paths: Sequence[Path]) -> list[FoundFile]:
    """Walk files and folders.

    Hidden files and folders below a given path are not opened; each is listed once with its reason (a folder with the number of files in it).
    Symbolic links are not followed, devices and pipes not opened. A path that is given by name is taken even if it is hidden or a link.

    Parameters
    ----------
    paths : sequence of Path
        Files or folders, also by URL (:mod:`~corpuskit.ingest.remote`); a file reached twice is listed once.

    Returns
    -------
    list of FoundFile
        Sorted by ``id``.

    Raises
    ------
    InputError
        A path does not exist.
    """
    given = [Path(path) for path in paths]
    stored = {url for path in given if (url := url_of(path))}
    roots = [path for path in given if url_of(path) is None]
    for root in roots:
        if not root.exists():
            raise InputError(f"{root}: no such file or folder. Give the folder that holds the documents.")
    real = sorted({Path(os.path.realpath(root)) for root in roots})
    top = _common_folder(real)
    found: dict[Path, FoundFile] = {}
    for root in real:
        entries = _walk(root, top) if root.is_dir() else iter([_look(root, top, given=True)])
        for entry in entries:
            if entry.path not in found or found[entry.path].skipped:
                found[entry.path] = entry
    remote = [entry for url in sorted(stored) for entry in _in_store(url, len(given) > 1)]
    return sorted((*found.values(), *remote), key=lambda entry: (entry.id, str(entry.path)))


def _in_store(url: str, among_others: bool) -> Iterator[FoundFile]:
    """Give the files of a store; among other paths their ids begin with the name of the folder."""
    prefix = f"{url.rstrip('/').rpartition('/')[2]}/" if among_others else ""
    for one in list_files(url):
        name = f"{prefix}{one.path}"
        skipped = None if one.skipped is None else Skipped(name, one.skipped.code, one.skipped.reason, one.skipped.readable)
        yield FoundFile(Path(PurePosixPath(one.path).name), name, one.bytes, one.modified, skipped, one.remote)


def _common_folder(roots: Sequence[Path]) -> Path:
    """Give the folder that ids are relative to: the audited folder itself, or what several paths have in common."""
    folders = [root if root.is_dir() else root.parent for root in roots]
    if not folders:
        return Path()
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # different drives have nothing in common
        return Path(folders[0].anchor)


def _name(path: Path, top: Path) -> str:
    relative = path.relative_to(top) if path.is_relative_to(top) else path.relative_to(path.anchor)
    # names that are no UTF-8 on disk would make the report unwritable
    printable = relative.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", printable)


def _walk(folder: Path, top: Path) -> Iterator[FoundFile]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            yield _passed_over(current, top, "permission", f"The folder cannot be opened: {error.strerror or error}.", readable=True)
            continue
        for entry in entries:
            path = current / entry.name
            if is_hidden(entry.name):
                yield _hidden(path, top)
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)
            else:
                yield _look(path, top)


def _hidden(path: Path, top: Path) -> FoundFile:
    folder = path.is_dir() and not path.is_symlink()
    why = why_hidden(path.name, sum(len(files) for _, _, files in os.walk(path)) if folder else None)
    return _passed_over(path, top, "hidden", f"{why}; give it by name to read it.")


def _passed_over(path: Path, top: Path, code: str, reason: str, readable: bool = False) -> FoundFile:
    name = _name(path, top)
    return FoundFile(path, name, 0, "", Skipped(name, code, reason, readable))


def _look(path: Path, top: Path, given: bool = False) -> FoundFile:
    try:
        status = path.stat() if given else path.lstat()
    except FileNotFoundError:
        return _passed_over(path, top, "vanished", "The file was there a moment ago and is gone.", readable=True)
    except OSError as error:
        return _passed_over(path, top, "permission", f"The file cannot be looked at: {error.strerror or error}.", readable=True)
    if stat.S_ISLNK(status.st_mode):
        return _passed_over(path, top, "not_a_file", "Symbolic link, not followed; the file it points to is read if it lies in the audited folder.")
    if not stat.S_ISREG(status.st_mode):
        return _passed_over(path, top, "not_a_file", "Device, pipe or socket, not a regular file.")
    modified = datetime.fromtimestamp(max(0.0, status.st_mtime), UTC).isoformat(timespec="seconds")
    return FoundFile(path, _name(path, top), status.st_size, modified)
