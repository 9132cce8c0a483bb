"""Partial results become the whole within bounded memory: merged as they come, and laid on disk when they grow too large."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl

from corpuskit.counts.arrays import InFiles
from corpuskit.counts.mapped_pages import give_back_freed
from corpuskit.counts.merging import merge
from corpuskit.counts.merging_matrices import Part
from corpuskit.counts.merging_rows import in_pieces
from corpuskit.counts.packed_frames import as_held
from corpuskit.counts.partial import INTAKE, INTAKE_SCHEMA, Partial, arrange_intake, merge_intakes
from corpuskit.counts.stats import CorpusStats, CountOptions
from corpuskit.counts.storage import FRAMES, StoredStats, save

MOST_BYTES = 64 * 2**20
"""Bytes of counts held in memory before they are laid on disk; because merging holds them about three times, and fewer would make more files."""

LAID_ROWS = 2**15
"""Entries that are packed together on disk; because the last merge looks at ranges of them, and would unpack larger packs for a few rows."""


class Gatherer:
    """Takes partial results in any order and gives the whole. A context: what it lays on disk is removed at the end.

    Equals are merged with equals, so of n parts each entry is moved about log2(n) times. When the parts held exceed ``most_bytes`` they become one
    folder of Parquet files; the last merge reads these table by table, a range of rows at a time, and writes what it makes piece by piece.

    Parameters
    ----------
    options : CountOptions
        What the parts were counted with.
    most_bytes : int
        Bytes of counts to hold, about.
    folder : Path, optional
        Where to lay them; default: the system's folder for temporary files.
    """

    def __init__(self, options: CountOptions, most_bytes: int = MOST_BYTES, folder: Path | None = None) -> None:
        self._options = options
        self._most_bytes = most_bytes
        self._workshop = tempfile.TemporaryDirectory(prefix="corpuskit-", dir=folder, ignore_cleanup_errors=True)  # a system may hold mapped files
        self._waiting: list[tuple[int, CorpusStats]] = []
        self._laid: list[StoredStats] = []
        self._intakes: list[pl.DataFrame] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._workshop.cleanup()

    @property
    def laid(self) -> int:
        """How many times counts were laid on disk."""
        return len(self._laid)

    def add(self, partial: Partial) -> None:
        """Take a partial result.

        Raises
        ------
        UsageError
            Its options or tokenizers differ from those of the others, or a document is in two parts.
        OSError
            The disk is full.
        """
        self._intakes.append(partial.intake)
        size, stats = 1, partial.stats
        while self._waiting and self._waiting[-1][0] <= size:
            earlier, other = self._waiting.pop()
            size, stats = earlier + size, merge([other, stats], self._options)
        self._waiting.append((size, stats))
        held = sum(nbytes(stats) for _, stats in self._waiting) + sum(intake.estimated_size() for intake in self._intakes)
        if held > self._most_bytes:
            self._lay()

    def result(self) -> Partial:
        """Merge everything that was taken. To be called once, at the end.

        Where counts were laid on disk, the arrays of the result's matrices are files that are mapped into memory, and its tables are packed.

        Raises
        ------
        UsageError, OSError
            As :meth:`add`.
        """
        if self._laid and self._waiting:
            self._lay()
        parts: list[Part] = [*self._laid, *(stats for _, stats in self._waiting)]
        self._waiting.clear()
        if not self._laid:
            return Partial(merge(parts, self._options), merge_intakes(self._intakes))
        arrays = InFiles(Path(self._workshop.name) / "arrays")
        intakes = in_pieces([laid.scan(INTAKE) for laid in self._laid], sum(laid.height(INTAKE) for laid in self._laid), arrange_intake)
        intake: Any = arrays.frame(intakes, INTAKE_SCHEMA)  # packed; the attribute gives the table
        return Partial(merge(parts, self._options, arrays), intake)

    def _lay(self) -> None:
        folder = Path(self._workshop.name) / f"{len(self._laid)}"
        stats = merge([stats for _, stats in self._waiting], self._options)
        self._waiting.clear()
        save(stats, folder, {INTAKE: merge_intakes(self._intakes)}, LAID_ROWS)
        self._intakes.clear()
        del stats
        self._laid.append(StoredStats(folder))
        give_back_freed()


def nbytes(stats: CorpusStats) -> int:
    """Bytes of memory that counts take, about; of packed tables none."""
    frames = [frame for name in FRAMES if isinstance(frame := as_held(stats, name), pl.DataFrame)]
    matrices = (stats.section_terms, stats.heading_terms, stats.features, stats.first_terms, *stats.cooccurrence, *stats.bigrams)
    held = sum(matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes for matrix in matrices)
    return int(held + sum(frame.estimated_size() for frame in frames))
