"""Tables that stand packed in a file and are unpacked whenever they are asked for: of a large corpus they would be most of the memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

T = TypeVar("T")


class PackedFrame:
    """A table as Parquet, in a file that is mapped into memory.

    The file may be removed as soon as this stands: where the system allows that, the content lives as long as its mapping. Its pickle is the table.

    Parameters
    ----------
    path : Path
    kept : bool
        Whether the table stays in memory once it was unpacked: of tables that are asked for again and again.

    Raises
    ------
    OSError, polars.exceptions.PolarsError
        The file is no Parquet file.
    """

    def __init__(self, path: Path, kept: bool = False) -> None:
        self._kept = kept
        self._table: pl.DataFrame | None = None
        self._packed = np.memmap(path, np.uint8, mode="r")
        self.height = int(pl.scan_parquet(path).select(pl.len()).collect().item())

    def unpack(self) -> pl.DataFrame:
        """Give the table, anew each time unless it is kept."""
        if self._table is not None:
            return self._table
        table = pl.read_parquet(self._packed.tobytes())
        if self._kept:
            self._table = table
        return table

    def scan(self) -> pl.LazyFrame:
        """Give the table to be read as far as it is asked for: few columns or rows of a large one."""
        return pl.scan_parquet(io.BytesIO(self._packed.tobytes())) if self._table is None else self._table.lazy()

    def write(self, path: Path) -> None:
        """Write the packed table as it is."""
        self._packed.tofile(path)

    def __reduce__(self) -> tuple[Any, ...]:
        return pl.DataFrame, (self.unpack(),)


class _Packable:
    def __init__(self, name: str) -> None:
        self._place = f"_{name}"

    def __get__(self, instance: object, owner: type | None = None) -> pl.DataFrame:
        held: pl.DataFrame | PackedFrame = vars(instance)[self._place]
        return held.unpack() if isinstance(held, PackedFrame) else held

    def __set__(self, instance: object, value: pl.DataFrame | PackedFrame) -> None:
        vars(instance)[self._place] = value


def packable(*names: str) -> Callable[[type[T]], type[T]]:
    """Let attributes of a data class take a table or a packed one, and always give a table."""

    def decorate(owner: type[T]) -> type[T]:
        for name in names:
            setattr(owner, name, _Packable(name))
        return owner

    return decorate


def scan_table(instance: object, name: str) -> pl.LazyFrame:
    """Give an attribute that may be packed to be read as far as it is asked for."""
    held = as_held(instance, name)
    return held.scan() if isinstance(held, PackedFrame) else held.lazy()


def as_held(instance: object, name: str) -> Any:
    """Give an attribute as it is held: a packed table stays packed."""
    held = vars(instance)
    return held[f"_{name}"] if f"_{name}" in held else held[name]
