"""Which files are hidden or of a system: the same names in a folder and in an archive."""

from __future__ import annotations

from typing import NamedTuple

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is hidden, a lock file of an office program, or of a system, by its name without folder.

    >>> [is_hidden(name) for name in (".git", "__MACOSX", "Thumbs.db", "~$plan.docx", "plan.docx")]
    [True, True, True, True, False]
    """
    return name.startswith((".", "~$")) or name.casefold() in _SYSTEM_FILES or name == "__MACOSX"


def hidden_part(path: str) -> str:
    """Give the path up to the first folder or file that is hidden; empty where none is.

    >>> hidden_part("a/.git/objects/b"), hidden_part("a/b.txt")
    ('a/.git', '')
    """
    parts = path.split("/")
    return next(("/".join(parts[: number + 1]) for number, part in enumerate(parts) if is_hidden(part)), "")


def why_hidden(name: str, files: int | None = None) -> str:
    """Say what is passed over: ``files`` counts those in a folder, None stands for a file."""
    if files is not None:
        return f"Hidden folder with {files} {'file' if files == 1 else 'files'}"
    return "Lock file of an office program" if name.startswith("~$") else "Hidden or system file"


class HiddenEntry(NamedTuple):
    """A hidden file, or a hidden folder with what is in it."""

    path: str
    reason: str


class HiddenEntries:
    """Collects the hidden files of an archive, a folder as one, so that each is said once.

    Parameters
    ----------
    most : int
        Names that are kept; the others are only counted, since an archive made to do harm may hold any number.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside: dict[str, int] = {}
        self._unnamed = 0

    def takes(self, path: str) -> bool:
        """Take note of a file if it is hidden; tell whether it is."""
        part = hidden_part(path)
        if part in self._inside or (part and len(self._inside) < self._most):
            self._inside[part] = self._inside.get(part, 0) + (part != path)
        elif part:
            self._unnamed += 1
        return bool(part)

    def entries(self) -> list[HiddenEntry]:
        """Give what was taken, in the order in which it was first met."""
        told = [HiddenEntry(path, why_hidden(path.rpartition("/")[2], files or None)) for path, files in self._inside.items()]
        return [*told, HiddenEntry(f"{self._unnamed} other hidden files", "Hidden or system files")] if self._unnamed else told
