"""What may come out of one file, over everything inside it together: members of archives, attachments, archives that are attached."""

from __future__ import annotations

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import ReadOptions


class Spent(ReadError):
    """``too_large``: what is inside one file goes beyond the limits together; everything behind it is refused too."""

    def __init__(self, reason: str) -> None:
        super().__init__("too_large", reason)


class Budget:
    """Counts the files inside one file and their bytes; one budget goes with a file through all depths.

    Parameters
    ----------
    options : ReadOptions
        Its ``max_members`` and ``max_decompressed_bytes`` are the limits.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._files = self._bytes = 0

    def refusal(self, size: int, files: int = 1) -> Spent | None:
        """Count files of so many bytes; say why not where they are too much, once and for everything that follows."""
        self._files += files
        self._bytes += size
        limits = self._options
        if self._files > limits.max_members:
            return Spent(f"More than {limits.max_members:,} files inside (read.max_members); the others were not read.")
        if self._bytes > limits.max_decompressed_bytes:
            most = f"{limits.max_decompressed_bytes:,} bytes (read.max_decompressed_bytes)"
            return Spent(f"The files inside hold more than {most}; the others were not read.")
        return None

    def take(self, size: int, files: int = 1) -> None:
        """Count files of so many bytes.

        Raises
        ------
        Spent
            They are too much, or an earlier one was.
        """
        if (refused := self.refusal(size, files)) is not None:
            raise refused
