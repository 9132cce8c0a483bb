"""Counts as a folder of Parquet files that any tool can read, written whole or not at all.

Frames are stored as they are; a matrix as its entries in canonical order, in the columns ``row``, ``column`` and ``count`` (and ``group`` for
co-occurrence). ``counts.json`` holds the format version, options, tokenizers and shapes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from pydantic import ValidationError
from scipy.sparse import csr_matrix

from corpuskit.counts.sparse import from_entries
from corpuskit.counts.stats import (
    STATS_DOCUMENT_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_LINE_SCHEMA,
    STATS_NOTICE_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
    STATS_TERM_SCHEMA,
    CorpusStats,
    CountOptions,
)
from corpuskit.errors import RecordError, UsageError
from corpuskit.text import FEATURES, TokenizerInfo

VERSION = 2
MANIFEST = "counts.json"
FRAMES = {
    "documents": STATS_DOCUMENT_SCHEMA,
    "sections": STATS_SECTION_SCHEMA,
    "terms": STATS_TERM_SCHEMA,
    "labels": STATS_LABEL_SCHEMA,
    "signals": STATS_SIGNAL_SCHEMA,
    "personal_data": STATS_PERSONAL_SCHEMA,
    "notices": STATS_NOTICE_SCHEMA,
    "lines": STATS_LINE_SCHEMA,
}
KEYS = {"documents": ("document",), "sections": ("document", "ordinal"), "terms": ("language", "form"), "lines": ("source", "line")}
"""What frames with one row for each key are sorted by: the rows and columns of the matrices, and lines."""
MATRICES = ("section_terms", "heading_terms", "features")


def save(stats: CorpusStats, folder: Path) -> None:
    """Write counts to a new folder: first beside it under another name, then renamed, so that no reader ever sees half of them.

    Parameters
    ----------
    stats : CorpusStats
    folder : Path
        Must not exist; its parents are made.

    Raises
    ------
    UsageError
        The folder exists: stored counts are never changed.
    """
    if folder.exists():
        raise UsageError(f"{folder} exists already. Stored counts are never overwritten; choose another folder or remove it first.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        made = workshop / "counts"
        made.mkdir()
        _write(stats, made)
        made.rename(folder)
    except OSError as error:
        if folder.exists():
            raise UsageError(f"{folder} was made by another run meanwhile. Stored counts are never overwritten; choose another folder.") from error
        raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def load(folder: Path) -> CorpusStats:
    """Read counts that :func:`save` wrote, equal to what was saved value for value.

    Raises
    ------
    UsageError
        There is no such folder.
    RecordError
        It holds no counts, is damaged, or was written by a newer or older version.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Give a folder that holds stored counts.")
    manifest = _manifest(folder)
    try:
        return _read(folder, manifest)
    except (OSError, KeyError, TypeError, ValueError, IndexError, ValidationError, pl.exceptions.PolarsError) as error:
        raise RecordError(f"{folder}: the stored counts are damaged ({type(error).__name__}: {error}). Count the documents again.") from error


def _write(stats: CorpusStats, folder: Path) -> None:
    for name in FRAMES:
        getattr(stats, name).write_parquet(folder / f"{name}.parquet")
    for name in MATRICES:
        _entries(getattr(stats, name)).write_parquet(folder / f"{name}.parquet")
    groups = [_entries(matrix).insert_column(0, pl.lit(group, pl.UInt32).alias("group")) for group, matrix in enumerate(stats.cooccurrence)]
    pl.concat(groups).write_parquet(folder / "cooccurrence.parquet")
    manifest = {
        "version": VERSION,
        "options": stats.options.model_dump(),
        "tokenizers": {language: info.model_dump() for language, info in stats.tokenizers.items()},
        "heights": {name: getattr(stats, name).height for name in FRAMES},
        "entries": {name: getattr(stats, name).nnz for name in MATRICES} | {"cooccurrence": sum(matrix.nnz for matrix in stats.cooccurrence)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _entries(matrix: csr_matrix) -> pl.DataFrame:
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.uint32), np.diff(matrix.indptr))
    return pl.DataFrame({"row": rows, "column": matrix.indices.astype(np.uint32), "count": matrix.data})


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"{folder} holds no readable {MANIFEST}: not a folder of stored counts, or a damaged one.") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("version"), int):
        raise RecordError(f"{folder / MANIFEST} names no version: not a folder of stored counts, or a damaged one.")
    if manifest["version"] > VERSION:
        raise RecordError(f"{folder} was written by a newer corpuskit (format {manifest['version']}, this one reads {VERSION}). Update corpuskit.")
    if manifest["version"] < VERSION:
        raise RecordError(f"{folder} was written by an older corpuskit (format {manifest['version']}, this one reads {VERSION}). Count again.")
    return manifest


def _read(folder: Path, manifest: dict[str, Any]) -> CorpusStats:
    options = CountOptions.model_validate(manifest["options"])
    frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in FRAMES}
    entries = {name: pl.read_parquet(folder / f"{name}.parquet") for name in (*MATRICES, "cooccurrence")}
    for name, frame in (frames | entries).items():
        expected = (manifest["heights"] | manifest["entries"])[name]
        if frame.height != expected:
            raise ValueError(f"{name}.parquet has {frame.height} rows, not {expected}")
    for name, schema in FRAMES.items():
        if dict(frames[name].schema) != schema:
            raise ValueError(f"{name}.parquet has other columns than it should")
    for name, keys in KEYS.items():
        if not (key := frames[name].select(keys)).equals(key.unique().sort(keys)):
            raise ValueError(f"the rows of {name}.parquet are out of order")
    sections, terms = frames["sections"].height, frames["terms"].height
    by_group = entries["cooccurrence"].partition_by("group", as_dict=True, include_key=False)
    nothing = entries["cooccurrence"].clear().drop("group")
    return CorpusStats(
        options=options,
        **frames,
        section_terms=_matrix(entries["section_terms"], (sections, terms)),
        heading_terms=_matrix(entries["heading_terms"], (sections, terms)),
        cooccurrence=tuple(_matrix(by_group.get((group,), nothing), (terms, terms)) for group in range(options.groups)),
        features=_matrix(entries["features"], (sections, FEATURES)),
        tokenizers={language: TokenizerInfo.model_validate(info) for language, info in manifest["tokenizers"].items()},
    )


def _matrix(entries: pl.DataFrame, shape: tuple[int, int]) -> csr_matrix:
    rows, columns, data = entries["row"].to_numpy().astype(np.int64), entries["column"].to_numpy().astype(np.int64), entries["count"].to_numpy()
    if rows.size and not (rows.max() < shape[0] and columns.max() < shape[1]):
        raise ValueError(f"an entry lies outside the matrix of {shape[0]} x {shape[1]}")
    if (np.diff(rows * shape[1] + columns) <= 0).any():
        raise ValueError("the entries of a matrix are out of order")
    # a copy, since polars may lend its own memory
    return from_entries(rows, columns, data.copy(), shape)
