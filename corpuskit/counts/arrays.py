"""Where the arrays of merged matrices and the tables stand: in memory, or in files that are mapped into it.

Mapped pages are the system's to take back when memory is short.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts.mapped_pages import out_of_memory
from corpuskit.counts.packed_frames import PackedFrame
from corpuskit.counts.parquet_frames import write_pieces
from corpuskit.counts.sparse import Integers, assemble


class Slots(Protocol):
    """An array that is filled piece by piece."""

    def put(self, places: Integers, values: NDArray[Any]) -> None:
        """Write values to places."""

    def filled(self) -> NDArray[Any]:
        """Give the array, when nothing is written any more."""


class Growing(Protocol):
    """An array that is written from its beginning to its end."""

    def append(self, values: NDArray[Any]) -> None:
        """Write values behind those that stand there."""

    def filled(self) -> NDArray[Any]:
        """Give the array, when nothing is written any more."""


class Arrays(Protocol):
    """Makes the arrays of matrices."""

    def slots(self, size: int, dtype: type[np.generic]) -> Slots:
        """Make an array to be filled; every place has to be written once."""

    def growing(self, dtype: type[np.generic]) -> Growing:
        """Make an array to be written piece by piece."""

    def matrix(self, matrix: csr_matrix) -> csr_matrix:
        """Take a finished canonical matrix, and give an equal one."""

    def frame(self, pieces: Iterable[pl.DataFrame], schema: Mapping[str, Any], kept: bool = False) -> Any:
        """Put the pieces of a table together: a DataFrame, or a PackedFrame that stays unpacked once it was used if ``kept``."""


class _MemorySlots:
    def __init__(self, size: int, dtype: type[np.generic]) -> None:
        self._array: NDArray[Any] = np.empty(size, dtype)

    def put(self, places: Integers, values: NDArray[Any]) -> None:
        self._array[places] = values

    def filled(self) -> NDArray[Any]:
        return self._array


class _MemoryGrowing:
    def __init__(self, dtype: type[np.generic]) -> None:
        self._pieces: list[NDArray[Any]] = [np.zeros(0, dtype)]

    def append(self, values: NDArray[Any]) -> None:
        self._pieces.append(values.astype(self._pieces[0].dtype, copy=False))

    def filled(self) -> NDArray[Any]:
        return np.concatenate(self._pieces)


class InMemory:
    """Arrays in memory."""

    def slots(self, size: int, dtype: type[np.generic]) -> Slots:
        """Make an array to be filled."""
        return _MemorySlots(size, dtype)

    def growing(self, dtype: type[np.generic]) -> Growing:
        """Make an array to be written piece by piece."""
        return _MemoryGrowing(dtype)

    def matrix(self, matrix: csr_matrix) -> csr_matrix:
        """Give the matrix itself."""
        return matrix

    def frame(self, pieces: Iterable[pl.DataFrame], schema: Mapping[str, Any], kept: bool = False) -> pl.DataFrame:  # noqa: ARG002, tables in memory are kept
        """Give the table."""
        return pl.concat([pl.DataFrame(schema=schema), *pieces], rechunk=True)


class _MappedSlots:
    """A file that is mapped for each writing anew: pages written before then no longer count as memory of this process."""

    def __init__(self, path: Path, size: int, dtype: type[np.generic]) -> None:
        self._path, self._size, self._dtype = path, size, dtype
        with path.open("wb") as stream:
            stream.truncate(size * np.dtype(dtype).itemsize)

    def put(self, places: Integers, values: NDArray[Any]) -> None:
        if len(places):
            array = np.memmap(self._path, self._dtype, mode="r+", shape=(self._size,))
            array[places] = values

    def filled(self) -> NDArray[Any]:
        return _mapped(self._path, self._size, self._dtype)


class _FileGrowing:
    """A file that is written to its end; nothing of it is mapped before it is asked for."""

    def __init__(self, path: Path, dtype: type[np.generic]) -> None:
        self._path, self._size, self._dtype = path, 0, dtype
        path.touch()

    def append(self, values: NDArray[Any]) -> None:
        with self._path.open("ab") as stream:
            values.astype(self._dtype, copy=False).tofile(stream)
        self._size += values.size

    def filled(self) -> NDArray[Any]:
        return _mapped(self._path, self._size, self._dtype)


class InFiles:
    """Arrays in files of a folder, mapped read-only.

    The files may be removed as soon as the arrays stand: where the system allows that, the content lives as long as its mapping.

    Raises
    ------
    OSError
        The disk is full.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._number = folder, 0

    def slots(self, size: int, dtype: type[np.generic]) -> Slots:
        """Make an array to be filled."""
        return _MappedSlots(self._next(), size, dtype)

    def growing(self, dtype: type[np.generic]) -> Growing:
        """Make an array to be written piece by piece."""
        return _FileGrowing(self._next(), dtype)

    def matrix(self, matrix: csr_matrix) -> csr_matrix:
        """Write the matrix to files, and give one that is mapped from them."""
        indptr, indices, data = (self._written(array) for array in (matrix.indptr, matrix.indices, matrix.data))
        return out_of_memory(assemble(indptr, indices, data, matrix.shape))

    def frame(self, pieces: Iterable[pl.DataFrame], schema: Mapping[str, Any], kept: bool = False) -> PackedFrame:
        """Write the table to a file, piece by piece, and give it packed."""
        path = self._next()
        write_pieces(pieces, schema, path)
        return PackedFrame(path, kept)

    def _written(self, array: NDArray[Any]) -> NDArray[Any]:
        path = self._next()
        array.tofile(path)
        return _mapped(path, array.size, array.dtype.type)

    def _next(self) -> Path:
        self._number += 1
        return self._folder / f"{self._number}"


def _mapped(path: Path, size: int, dtype: type[np.generic]) -> NDArray[Any]:
    if not size:  # no system maps an empty file
        return np.zeros(0, dtype)
    return np.memmap(path, dtype, mode="r", shape=(size,))
