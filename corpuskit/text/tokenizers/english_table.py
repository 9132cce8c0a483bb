"""What an English tokenizer has learned, as one Parquet file: the next audit of the same documents hardly asks spaCy at all.

The file holds rows of three kinds, told apart by which columns are empty: one row of what it was made with, one row for each type in the order
of its number, one row for each run with the numbers of its types. A file that cannot be read, was made with other versions, or does not agree
with itself, is as good as none.
"""

from __future__ import annotations

import json
import os
import tempfile
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpuskit.text.normalization import form_of
from corpuskit.text.sentences import traits_of

FILE = "english_runs.parquet"
VERSION = 1
_SCHEMA: dict[str, Any] = {"text": pl.String, "opening": pl.Boolean, "form": pl.String, "traits": pl.UInt8, "types": pl.List(pl.UInt32)}
_EXAMPLES = 500


class Table(NamedTuple):
    """Types by number: spelling, whether it is a straight quote that opens a run, form, traits. Runs by number, their types in one flat array."""

    spellings: list[str]
    opening: list[bool]
    forms: list[str]
    traits: list[int]
    runs: list[str]
    flat: NDArray[np.uint32]
    starts: NDArray[np.int64]


def save_table(table: Table, folder: Path, spacy_version: str, most: int) -> None:
    """Write the first ``most`` runs and their types to a folder, whole or not at all. The folder is made.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    runs = table.runs[:most]
    starts = table.starts[: len(runs) + 1]
    flat = table.flat[: starts[-1]]
    # types are numbered as runs bring them, so the first runs need the first types
    types = int(flat.max()) + 1 if flat.size else 0
    frame = pl.concat(
        [
            _rows(text=[_made_with(spacy_version)]),
            _rows(text=table.spellings[:types], opening=table.opening[:types], form=table.forms[:types], traits=table.traits[:types]),
            _rows(text=runs, types=[flat[start:end] for start, end in pairwise(starts)]),
        ]
    )
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}.")
    os.close(handle)
    try:
        frame.write_parquet(name, compression="zstd", compression_level=1)
        os.replace(name, folder / FILE)  # noqa: PTH105, one call on every system
    except pl.exceptions.ComputeError as error:  # what polars makes of a full disk
        raise OSError(f"{FILE}: {error}") from error
    finally:
        Path(name).unlink(missing_ok=True)


def load_table(folder: Path, spacy_version: str, most: int) -> Table | None:
    """Read the table of an earlier run, if there is one for these versions; nothing if it has more than ``most`` runs."""
    try:
        frame = pl.read_parquet(folder / FILE, memory_map=False)
        if dict(frame.schema) != _SCHEMA or frame["text"].null_count() or frame.item(0, "text") != _made_with(spacy_version):
            return None
        table = _table(frame[1:])
    except (OSError, pl.exceptions.PolarsError, ValueError, IndexError):
        return None
    return table if len(table.runs) <= most and _agrees(table) else None


def _rows(**columns: Sequence[Any]) -> pl.DataFrame:
    height = len(columns["text"])
    return pl.DataFrame({name: columns.get(name, [None] * height) for name in _SCHEMA}, schema=_SCHEMA)


def _table(frame: pl.DataFrame) -> Table:
    types, runs = frame.filter(pl.col("types").is_null()), frame.filter(pl.col("types").is_not_null())
    numbers = runs["types"].explode()
    if numbers.null_count():
        raise ValueError("a run without its types")
    flat = numbers.to_numpy().astype(np.uint32, copy=False)
    starts = np.concatenate(([0], np.cumsum(runs["types"].list.len().to_numpy(), dtype=np.int64)))
    return Table(
        types["text"].to_list(), types["opening"].to_list(), types["form"].to_list(), types["traits"].to_list(), runs["text"].to_list(), flat, starts
    )


def _agrees(table: Table) -> bool:
    """Check that every number has a type, that no run comes twice, and that examples of types are what this version makes of them."""
    count = len(table.forms)
    if table.flat.size != table.starts[-1] or (table.flat.size and int(table.flat.max()) >= count) or len(set(table.runs)) != len(table.runs):
        return False
    if None in table.opening or None in table.forms or None in table.traits:
        return False
    for number in range(0, count, max(1, count // _EXAMPLES)):
        spelling, opening = table.spellings[number], table.opening[number]
        if (table.forms[number], table.traits[number]) != (form_of(spelling), traits_of(spelling, "en", opening)):
            return False
    # the types of a run spell it: looked at in some runs, as all would take longer than cutting them
    for number in range(0, len(table.runs), max(1, len(table.runs) // _EXAMPLES)):
        types = table.flat[table.starts[number] : table.starts[number + 1]].tolist()
        if "".join(table.spellings[one] for one in types) != table.runs[number]:
            return False
    return True


def _made_with(spacy_version: str) -> str:
    return json.dumps({"corpuskit_runs": VERSION, "spacy": spacy_version, "unicode": unicodedata.unidata_version})
