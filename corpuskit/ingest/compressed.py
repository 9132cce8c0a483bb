"""Files compressed by gzip, bzip2 or xz, unpacked piece by piece, so that no more comes out than the limits allow."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import Protocol

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import refuse_growth
from corpuskit.ingest.reader import MIB, ReadOptions

COMPRESSIONS = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}
"""Suffixes behind the name of any file that is read, and what they stand for."""

_SIGNATURES = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}

_FED, _PIECE = MIB // 16, MIB // 4

MOST_XZ_MEMORY = 256 * MIB
"""Bytes of dictionary; because ``xz -9`` takes 65 MiB, and only a file made to do harm asks for more than a few times that."""


class _Machine(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """zlib's decompressor behind the interface that those of bz2 and lzma have."""

    def __init__(self) -> None:
        self._machine = zlib.decompressobj(wbits=31)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        return not (self._machine.unconsumed_tail or self._full)

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = self._machine.decompress(self._machine.unconsumed_tail + data, max_length)
        self._full = len(piece) == max_length
        return piece


def _machine(compression: str) -> _Machine:
    if compression == "gzip":
        return _Gzip()
    if compression == "bzip2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, MOST_XZ_MEMORY)


def compression_of(data: bytes) -> str:
    """Name the compression by the first bytes: ``"gzip"``, ``"bzip2"``, ``"xz"``, or empty for none of them."""
    return next((name for signature, name in _SIGNATURES.items() if data.startswith(signature)), "")


class Unpacking:
    """A compressed file (one or more streams in a row) read forward.

    Parameters
    ----------
    data : bytes
        The file.
    compression : str
        ``"gzip"``, ``"bzip2"`` or ``"xz"``.
    options : ReadOptions
        Limits: what came out is counted, and refused as soon as it is too much.
    """

    def __init__(self, data: bytes, compression: str, options: ReadOptions) -> None:
        self._data, self._compression, self._options = data, compression, options
        self._machine = _machine(compression)
        self._place = 0
        self._total = 0
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Give the next ``size`` bytes, fewer only at the end; all that is left if ``size`` is negative.

        Raises
        ------
        ReadError
            ``too_large``: unpacks to more than the limits allow. ``broken``: damaged, or cut off.
        """
        pieces = [self._left]
        held = len(self._left)
        while (size < 0 or held < size) and (piece := self._piece()):
            pieces.append(piece)
            held += len(piece)
        joined = b"".join(pieces)
        taken = joined if size < 0 else joined[:size]
        self._left = joined[len(taken) :]
        return taken

    def _piece(self) -> bytes:
        """Unpack the next bytes; none at the end."""
        while True:
            if self._machine.eof and not self._begin_next():
                return b""
            fed = b""
            if self._machine.needs_input:
                fed = self._data[self._place : self._place + _FED]
                self._place += len(fed)
                if not fed:
                    raise ReadError("broken", f"The {self._compression} file is cut off before its end.")
            try:
                piece = self._machine.decompress(fed, _PIECE)
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                code = "too_large" if "memory" in str(error).casefold() else "broken"
                raise ReadError(code, f"The {self._compression} file cannot be unpacked: {error}.") from error
            self._total += len(piece)
            refuse_growth(len(self._data), self._total, self._options)
            if piece:
                return piece

    def _begin_next(self) -> bool:
        """Go on to the stream behind the one that ended; zeros behind the last are padding of tapes and block devices."""
        next_place = self._place - len(self._machine.unused_data)
        if not self._data[next_place : next_place + 1].strip(b"\x00") and not self._data[next_place:].strip(b"\x00"):
            return False
        self._machine, self._place = _machine(self._compression), next_place
        return True


def unpack(data: bytes, compression: str, options: ReadOptions) -> bytes:
    """Unpack a whole file.

    Raises
    ------
    ReadError
        As :meth:`Unpacking.read`.
    """
    return Unpacking(data, compression, options).read()
