"""Tar archives (.tar, .tar.gz, .tar.bz2, .tar.xz): read forward once, unpacked within limits; links and devices are never followed."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, cast

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import refuse_growth
from corpuskit.ingest.compressed import Unpacking, compression_of
from corpuskit.ingest.container import Container, Member, hidden_members, member_name, too_many, too_much
from corpuskit.ingest.hidden_names import HiddenEntries
from corpuskit.ingest.reader import RawFile

_DAMAGE = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, IndexError, KeyError, AttributeError, RecursionError)


class _Entry(tarfile.TarInfo):
    """A header; one that is damaged is an error wherever it stands, where :mod:`tarfile` takes it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Entry:
        try:
            return super().fromtarfile(tarfile_)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]  # public, not in the stubs
            raise ReadError("broken", f"Not a whole tar archive: {error}.") from error


def _members(file: RawFile) -> Iterator[Member]:
    compression = compression_of(file.data)
    stream = Unpacking(file.data, compression, file.options) if compression else BytesIO(file.data)
    try:
        # as a stream: nothing is read twice, and no header can send the reader back to where it was
        with tarfile.open(fileobj=cast(IO[bytes], stream), mode="r|", tarinfo=_Entry, encoding="utf-8", errors="surrogateescape") as archive:
            hidden = HiddenEntries(file.options.max_members)
            yield from _entries(archive, file, hidden)
            yield from hidden_members(hidden)
    except _DAMAGE as error:
        raise ReadError("broken", f"Not a whole tar archive: {error}.") from error


def _entries(archive: tarfile.TarFile, file: RawFile, hidden: HiddenEntries) -> Iterator[Member]:
    options = file.options
    count = total = 0
    while (entry := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined]  # documented, not in the stubs; it grows with every header, and a stream never goes back
        if entry.size < 0:
            raise ReadError("broken", "Not a whole tar archive: a file of less than no bytes.")
        name = member_name(_name(entry))
        if entry.isdir() or hidden.takes(name):
            continue
        count += 1
        if count > options.max_members:
            yield too_many(options)
            return
        data: bytes | ReadError
        if not entry.isreg():
            data = ReadError("not_a_file", "Link, device or pipe in an archive, not followed.")
        elif (refused := _refusal(entry, file)) is not None:
            data = refused
        else:
            total += entry.size
            if total > options.max_decompressed_bytes:
                yield too_much(options)
                return
            data = _content(archive, entry)
        yield Member(name, data, _modified(entry))


def _refusal(entry: tarfile.TarInfo, file: RawFile) -> ReadError | None:
    """Say why a member is not taken out; a sparse file declares bytes that stand nowhere, so that its ratio is that to the archive."""
    try:
        refuse_growth(len(file.data) if entry.issparse() else entry.size, entry.size, file.options)
    except ReadError as error:
        return error
    return None


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes | ReadError:
    reader = archive.extractfile(entry)
    content = reader.read() if reader is not None else b""
    if len(content) != entry.size:
        raise ReadError("broken", "The tar archive is cut off before its end.")
    return content


def _name(entry: tarfile.TarInfo) -> str:
    """Decode the name of a member: UTF-8, or what Japanese systems used before."""
    raw = entry.name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "cp932"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def _modified(entry: tarfile.TarInfo) -> str:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(entry.mtime, UTC).isoformat(timespec="seconds") if entry.mtime > 0 else ""
    return ""


TAR = Container("tar", (".tar", ".tgz", ".tar.gz", ".tbz2", ".tbz", ".tar.bz2", ".txz", ".tar.xz"), "Tar archive", _members, version=2)
