"""Zip archives (.zip): members by their names as they were meant, unpacked within limits.

:mod:`zipfile` reads the directory; the content is unpacked here, because its bzip2 unpacks without any bound, and because older versions
of it do not see that entries overlap.
"""

from __future__ import annotations

import bz2
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import refuse_growth
from corpuskit.ingest.compressed import MOST_XZ_MEMORY
from corpuskit.ingest.container import Container, Member, hidden_members, member_name, too_many, too_much
from corpuskit.ingest.hidden_names import HiddenEntries
from corpuskit.ingest.reader import RawFile, ReadOptions

MOST_ENTRIES = 500_000
"""Entries of a directory; because each costs about a kilobyte of memory before the first is looked at."""

_ENCRYPTED, _UTF_8, _PATCHED = 0x2041, 0x0800, 0x0020  # of the flags: both kinds of encryption and a masked directory; names; patches
_UNIX_TIME, _UNICODE_NAME = 0x5455, 0x7075  # of the extra fields
_LOCAL_HEADER = struct.Struct("<4s22xHH")


def _members(file: RawFile) -> Iterator[Member]:
    options = file.options
    hidden = HiddenEntries(options.max_members)
    entries = [entry for entry in directory(file) if not hidden.takes(member_name(_name(entry)))]
    yield from _shown(entries, file)
    yield from hidden_members(hidden)


def _shown(entries: Sequence[zipfile.ZipInfo], file: RawFile) -> Iterator[Member]:
    options = file.options
    total = 0
    for place, entry in enumerate(entries):
        if place == options.max_members:
            yield too_many(options, len(entries) - place)
            return
        refused = _refusal(entry, options)
        total += 0 if refused else entry.file_size
        if total > options.max_decompressed_bytes:
            yield too_much(options, len(entries) - place)
            return
        yield Member(member_name(_name(entry)), refused or _content(file.data, entry), _modified(entry))


def directory(file: RawFile) -> list[zipfile.ZipInfo]:
    """List the entries that are no folders.

    Raises
    ------
    ReadError
        ``broken``: no zip, a damaged directory, or entries that lie upon each other. ``too_large``: too many entries to list, or
        together made to do harm.
    """
    if file.data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise ReadError("too_large", f"The archive lists more than {MOST_ENTRIES:,} files.")
    try:
        with zipfile.ZipFile(BytesIO(file.data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error, OverflowError, IndexError) as error:
        raise ReadError("broken", f"Not a whole zip archive: {error}.") from error
    _refuse_overlap(entries)
    entries = [entry for entry in entries if not entry.is_dir() and not stat.S_ISDIR(_unix_mode(entry))]
    together = sum(entry.file_size for entry in entries)
    # of the whole only the ratio counts: a large archive is read as far as the limit goes
    refuse_growth(len(file.data), min(together, file.options.max_decompressed_bytes), file.options)
    return entries


def _refuse_overlap(entries: Sequence[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise ReadError("broken", "Files in the archive lie upon each other, as in archives made to do harm.")
        end = entry.header_offset + _LOCAL_HEADER.size + entry.compress_size


def _name(entry: zipfile.ZipInfo) -> str:
    """Decode the name of a member: zip knows UTF-8 by a flag, and programs that do not set it wrote whatever their system used."""
    if entry.flag_bits & _UTF_8:
        return entry.orig_filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename
    if (field := _extra(entry, _UNICODE_NAME))[:5] == b"\x01" + zlib.crc32(raw).to_bytes(4, "little"):
        with suppress(UnicodeDecodeError):
            return field[5:].decode("utf-8")
    for encoding in ("utf-8", "cp932"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return entry.orig_filename


def _extra(entry: zipfile.ZipInfo, kind: int) -> bytes:
    """Give the content of an extra field, empty if there is none."""
    place = 0
    while place + 4 <= len(entry.extra):
        found, size = struct.unpack_from("<HH", entry.extra, place)
        if found == kind:
            return entry.extra[place + 4 : place + 4 + size]
        place += 4 + size
    return b""


def _modified(entry: zipfile.ZipInfo) -> str:
    """Give the time in UTC where the archive says it so, else the local time of whoever packed it; empty for none."""
    field = _extra(entry, _UNIX_TIME)
    with suppress(ValueError, OverflowError, OSError):
        if len(field) >= 5 and field[0] & 1:
            return datetime.fromtimestamp(int.from_bytes(field[1:5], "little"), UTC).isoformat(timespec="seconds")
        if entry.date_time[:3] != (1980, 1, 1):  # what programs write that know no time
            return datetime(*entry.date_time).isoformat(timespec="seconds")
    return ""


def _unix_mode(entry: zipfile.ZipInfo) -> int:
    return entry.external_attr >> 16 if entry.create_system == 3 else 0


def _refusal(entry: zipfile.ZipInfo, options: ReadOptions) -> ReadError | None:
    """Say why a member will not be unpacked, by what the directory declares."""
    if entry.flag_bits & _ENCRYPTED:
        return ReadError("encrypted", "Protected by a password. Pack it again without one, or leave it out.")
    if stat.S_IFMT(_unix_mode(entry)) not in (0, stat.S_IFREG):
        return ReadError("not_a_file", "Link or device in an archive, not followed.")
    if entry.compress_type not in _UNPACK or entry.flag_bits & _PATCHED:
        return ReadError("unsupported", f"Compressed in a way that is not read (method {entry.compress_type}). Unpack it first, or pack it again.")
    try:
        refuse_growth(entry.compress_size, entry.file_size, options)
    except ReadError as error:
        return error
    return None


def _content(data: bytes, entry: zipfile.ZipInfo) -> bytes | ReadError:
    """Unpack a member; never more than one byte above what the directory declares."""
    try:
        signature, name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        start = entry.header_offset + _LOCAL_HEADER.size + name + extra
        packed = data[start : start + entry.compress_size]
        if signature != b"PK\x03\x04" or len(packed) != entry.compress_size:
            return ReadError("broken", "The archive is cut off or damaged where this file should stand.")
        content = _UNPACK[entry.compress_type](packed, entry)
    except MemoryError:
        return ReadError("too_large", "Needs more memory than there is to unpack.")
    except (zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, ValueError) as error:
        code = "too_large" if "memory" in str(error).casefold() else "broken"
        return ReadError(code, f"Cannot be unpacked: {error}.")
    if len(content) != entry.file_size:
        return ReadError("broken", f"The archive declares {entry.file_size:,} bytes for this file, and other than that are in it.")
    if zlib.crc32(content) != entry.CRC:
        return ReadError("broken", "The file is damaged: its checksum differs from that in the archive.")
    return content


def _stored(packed: bytes, entry: zipfile.ZipInfo) -> bytes:  # noqa: ARG001 - one signature for all
    return packed


def _inflate(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    return zlib.decompressobj(wbits=-15).decompress(packed, entry.file_size + 1)


def _bunzip2(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    return bz2.BZ2Decompressor().decompress(packed, entry.file_size + 1)


def _unlzma(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Unpack LZMA as a file of the old .lzma format, whose header differs in little and whose reader takes a bound of memory."""
    size = b"\xff" * 8 if entry.flag_bits & 2 else entry.file_size.to_bytes(8, "little")
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, MOST_XZ_MEMORY).decompress(packed[4:9] + size + packed[9:], entry.file_size + 1)


_UNPACK = {zipfile.ZIP_STORED: _stored, zipfile.ZIP_DEFLATED: _inflate, zipfile.ZIP_BZIP2: _bunzip2, zipfile.ZIP_LZMA: _unlzma}

ZIP = Container("zip", (".zip",), "Zip archive", _members, version=2)
