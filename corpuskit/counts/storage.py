"""Counts as a folder of Parquet files that any tool can read, written whole or not at all.

Frames are stored as they are; a matrix as its entries in canonical order, in the columns ``row``, ``column`` and ``count`` (and ``group`` for
co-occurrence and bigrams). ``counts.json`` holds the format version, options, tokenizers, shapes and a digest of each file, so that damage is
noticed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import xxhash
from numpy.typing import NDArray
from pydantic import ValidationError
from scipy.sparse import csr_matrix

from corpuskit.counts.arrays import Arrays, InFiles, InMemory
from corpuskit.counts.packed_frames import PackedFrame, as_held
from corpuskit.counts.parquet_frames import ROW_GROUP, write_frame
from corpuskit.counts.parquet_matrices import entries_by_group, entries_of, matrix_of, read_matrix, write_matrices
from corpuskit.counts.stats import (
    FIRST_TERMS,
    STATS_DOCUMENT_SCHEMA,
    STATS_FIELD_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_LINE_SCHEMA,
    STATS_NOTICE_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
    STATS_SIGNATURE_SCHEMA,
    STATS_TERM_SCHEMA,
    CorpusStats,
    CountOptions,
)
from corpuskit.errors import RecordError, UsageError
from corpuskit.text import FEATURES, TokenizerInfo

VERSION = 9
"""Raised whenever files or columns change: 9 added which columns of a table are messages, 8 the category that a document gives itself, 7 the month of
each row, 6 their number by month, and put signatures apart from documents."""
MANIFEST = "counts.json"
FRAMES = {
    "documents": STATS_DOCUMENT_SCHEMA,
    "signatures": STATS_SIGNATURE_SCHEMA,
    "sections": STATS_SECTION_SCHEMA,
    "terms": STATS_TERM_SCHEMA,
    "labels": STATS_LABEL_SCHEMA,
    "signals": STATS_SIGNAL_SCHEMA,
    "personal_data": STATS_PERSONAL_SCHEMA,
    "notices": STATS_NOTICE_SCHEMA,
    "lines": STATS_LINE_SCHEMA,
    "fields": STATS_FIELD_SCHEMA,
}
KEYS = {
    "documents": ("document",),
    "signatures": ("document",),
    "sections": ("document", "ordinal"),
    "terms": ("language", "form"),
    "lines": ("source", "line"),
}
"""What frames with one row for each key are sorted by: the rows and columns of the matrices, and lines."""
PACKED = ("signatures", "signals", "lines")
"""The longest frames: of a large corpus they stay packed."""
MATRICES = ("section_terms", "heading_terms", "features", "first_terms")
WIDTHS = {"features": FEATURES, "first_terms": FIRST_TERMS}
"""Columns of the matrices whose columns are not terms."""
BY_GROUP = ("cooccurrence", "bigrams")
"""Matrices of words by words, one for each document group."""


MAPPED_FROM = 2**24
"""Entries of all matrices from which they are mapped; because they would take some 200 MB of memory, and mapping takes twice the time of reading."""


def save(stats: CorpusStats, folder: Path, beside: Mapping[str, pl.DataFrame | PackedFrame] | None = None, row_group: int = ROW_GROUP) -> None:
    """Write counts to a new folder: first beside it under another name, then renamed, so that no reader ever sees half of them.

    Parameters
    ----------
    stats : CorpusStats
    folder : Path
        Must not exist; its parents are made.
    beside : mapping of str to DataFrame or PackedFrame, optional
        Frames that travel with the counts, by name; :func:`load_beside` gives them back.
    row_group : int
        Entries that are packed together: fewer where tables will be read in ranges.

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
        _write(stats, made, beside or {}, row_group)
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
    return StoredStats(folder).whole()


def load_beside(folder: Path, name: str, schema: Mapping[str, Any]) -> pl.DataFrame:
    """Read a frame that was saved with counts. Raises as :func:`load`."""
    frame = StoredStats(folder).table(name)
    if dict(frame.schema) != dict(schema):
        raise RecordError(f"{folder}: {name}.parquet has other columns than it should. Count the documents again.")
    return frame


class StoredStats:
    """Counts in a folder, read table by table when they are asked for: what merging needs of counts that do not fit into memory together.

    Opening checks every file against its digest. Frames, matrices, options and tokenizers have the names they have in :class:`CorpusStats`.

    Raises
    ------
    UsageError, RecordError
        As :func:`load`.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder. Give a folder that holds stored counts.")
        self.folder = folder
        self._manifest = _manifest(folder)
        with _told(folder):
            self.options = CountOptions.model_validate(self._manifest["options"])
            self.tokenizers = {language: TokenizerInfo.model_validate(info) for language, info in self._manifest["tokenizers"].items()}
            for name, digest in self._manifest["digests"].items():
                if digest != _digest(folder / f"{name}.parquet"):
                    raise ValueError(f"{name}.parquet is not what was written")

    def height(self, name: str) -> int:
        """Rows of a frame, or entries of a matrix; of matrices by group in all groups together."""
        return int(self._manifest["heights"][name])

    def table(self, name: str) -> pl.DataFrame:
        """Read one table as it is stored."""
        with _told(self.folder):
            frame = pl.read_parquet(self.folder / f"{name}.parquet")
            if frame.height != self.height(name):
                raise ValueError(f"{name}.parquet has {frame.height} rows, not {self.height(name)}")
            if name in FRAMES and dict(frame.schema) != FRAMES[name]:
                raise ValueError(f"{name}.parquet has other columns than it should")
            if (keys := KEYS.get(name)) and not (key := frame.select(keys)).equals(key.unique().sort(keys)):
                raise ValueError(f"the rows of {name}.parquet are out of order")
        return frame

    def __getattr__(self, name: str) -> Any:
        if name in FRAMES:
            return self.table(name)
        if name in MATRICES:
            return self.matrix(name, InMemory())
        raise AttributeError(name)

    def scan(self, name: str) -> pl.LazyFrame:
        """Give one table to be read in parts; what goes wrong then is told as by polars."""
        return pl.scan_parquet(self.folder / f"{name}.parquet")

    def row_lengths(self, name: str) -> NDArray[np.int64]:
        """Read how many entries each row has: each section, or each term in all groups together."""
        with _told(self.folder):
            rows = pl.read_parquet(self.folder / f"{name}.parquet", columns=["row"])["row"].to_numpy()
            return np.bincount(rows, minlength=self.height("terms" if name in BY_GROUP else "sections")).astype(np.int64)

    def of_group(self, name: str, group: int, first: int = 0, last: int | None = None) -> csr_matrix:
        """Read the co-occurrence or the bigrams of one document group: all rows, or rows ``first`` to ``last``, the latter not included."""
        with _told(self.folder):
            terms = self.height("terms")
            stored = pl.scan_parquet(self.folder / f"{name}.parquet").filter(pl.col("group") == group)
            if last is None or (first, last) == (0, terms):
                return matrix_of(stored.drop("group").collect(), (terms, terms))
            rows = stored.filter((pl.col("row") >= first) & (pl.col("row") < last)).drop("group").with_columns(pl.col("row") - first)
            return matrix_of(rows.collect(), (last - first, terms))

    def matrix(self, name: str, arrays: Arrays) -> csr_matrix:
        """Read a matrix whose rows are sections."""
        with _told(self.folder):
            shape = (self.height("sections"), WIDTHS.get(name, self.height("terms")))
            return read_matrix(self.folder / f"{name}.parquet", self.height(name), shape, arrays)

    def whole(self) -> CorpusStats:
        """Read everything. Of a large corpus matrices are mapped into memory and the longest frames stay packed: there only while they are used."""
        if sum(self.height(name) for name in (*MATRICES, *BY_GROUP)) <= MAPPED_FROM:
            tables = {name: self.table(name) for name in (*FRAMES, *MATRICES, *BY_GROUP)}
            with _told(self.folder):
                return stats_of(tables, self.options, self.tokenizers)
        with tempfile.TemporaryDirectory(prefix="corpuskit-", ignore_cleanup_errors=True) as workshop:  # a system may hold mapped files
            arrays = InFiles(Path(workshop))
            found: dict[str, Any] = {name: self._packed(name, Path(workshop)) if name in PACKED else self.table(name) for name in FRAMES}
            found |= {name: self.matrix(name, arrays) for name in MATRICES}
            found |= {name: tuple(arrays.matrix(self.of_group(name, group)) for group in range(self.options.groups)) for name in BY_GROUP}
            return CorpusStats(options=self.options, tokenizers=self.tokenizers, **found)

    def _packed(self, name: str, workshop: Path) -> PackedFrame:
        self.table(name)  # what is damaged is told of now
        path = workshop / f"{name}.parquet"
        shutil.copyfile(self.folder / path.name, path)  # stored counts may be removed by another run
        return PackedFrame(path)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say of whatever goes wrong with stored counts that they are damaged, and what to do."""
    try:
        yield
    except (OSError, KeyError, TypeError, ValueError, IndexError, ValidationError, pl.exceptions.PolarsError) as error:
        raise RecordError(f"{folder}: the stored counts are damaged ({type(error).__name__}: {error}). Count the documents again.") from error


def _write(stats: CorpusStats, folder: Path, beside: Mapping[str, pl.DataFrame | PackedFrame], row_group: int) -> None:
    heights, digests = {}, {}
    for name in (*FRAMES, *MATRICES, *BY_GROUP, *beside):
        path = folder / f"{name}.parquet"
        try:
            table = beside[name] if name in beside else as_held(stats, name)
            heights[name] = _write_table(table, path, row_group, by_group=name in BY_GROUP)
        except pl.exceptions.ComputeError as error:  # what polars makes of a full disk
            raise OSError(f"{path.name}: {error}") from error
        digests[name] = _digest(path)
    manifest = {
        "version": VERSION,
        "options": stats.options.model_dump(),
        "tokenizers": {language: info.model_dump() for language, info in stats.tokenizers.items()},
        "heights": heights,
        "digests": digests,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _write_table(table: Any, path: Path, row_group: int, by_group: bool) -> int:
    if isinstance(table, PackedFrame):
        table.write(path)
        return table.height
    if isinstance(table, pl.DataFrame):
        write_frame(table, path, row_group)
        return table.height
    return write_matrices(table if by_group else (table,), path, by_group, row_group)


def tables_of(stats: CorpusStats) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give the tables of counts one at a time, so that only one matrix stands in memory twice. :func:`stats_of` makes counts of them again."""
    for name in FRAMES:
        yield name, getattr(stats, name)
    for name in MATRICES:
        yield name, entries_of(getattr(stats, name))
    for name in BY_GROUP:
        yield name, entries_by_group(getattr(stats, name))


def stats_of(tables: Mapping[str, pl.DataFrame], options: CountOptions, tokenizers: dict[str, TokenizerInfo]) -> CorpusStats:
    """Make counts of the tables that :func:`tables_of` gave, equal value for value.

    Raises
    ------
    KeyError, ValueError
        A table is missing, or a matrix is not in canonical order.
    """
    sections, terms = tables["sections"].height, tables["terms"].height
    found: dict[str, Any] = {name: tables[name] for name in FRAMES}
    found |= {name: matrix_of(tables[name], (sections, WIDTHS.get(name, terms))) for name in MATRICES}
    found |= {name: _matrices(tables[name], terms, options.groups) for name in BY_GROUP}
    return CorpusStats(options=options, tokenizers=tokenizers, **found)


def _digest(path: Path) -> str:
    digest = xxhash.xxh3_128()
    with path.open("rb") as stream:
        while block := stream.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def _matrices(entries: pl.DataFrame, width: int, groups: int) -> tuple[csr_matrix, ...]:
    by_group = entries.partition_by("group", as_dict=True, include_key=False)
    nothing = entries.clear().drop("group")
    return tuple(matrix_of(by_group.get((group,), nothing), (width, width)) for group in range(groups))


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
