"""What a container is: a file that holds files. Each of its members is read as a document of its own.

A container never writes anything to disk, and a member's name is only a name: nothing is opened under it.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpuskit.errors import ReadError
from corpuskit.ingest.hidden_names import HiddenEntries
from corpuskit.ingest.reader import RawFile, ReadOptions, edition_of


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a container.

    Attributes
    ----------
    name : str
        Its path inside, cleaned by :func:`member_name`.
    data : bytes or ReadError
        Its content, or why it was not taken out (encrypted, too large, broken ...).
    modified : str
        ISO 8601 time that the container gives, in UTC where it says so; empty if none.
    """

    name: str
    data: bytes | ReadError
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """One container format.

    Attributes
    ----------
    name : str
        Short name: ``"zip"``.
    suffixes : tuple of str
        Lower case, with the dots; the longest that fits decides (``.tar.gz`` before ``.gz``).
    title : str
        The format in words.
    members : callable
        From :class:`RawFile` to its members, lazily and in the order of the file, folders left out.
        Hidden ones come last, with ``hidden`` for content (:func:`hidden_members`). Raises
        :class:`~corpuskit.errors.ReadError` when the container as a whole cannot be opened, or breaks in the middle.
        Checks ``max_members``, ``max_decompressed_bytes`` and ``max_ratio`` against what it declares before, and what
        really comes out while unpacking.
    version : int
        Raised by one whenever members of some file change, so that the cache forgets.
    packages : tuple of str
        Distributions whose version also decides what comes out.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    members: Callable[[RawFile], Iterator[Member]]
    version: int = 1
    packages: tuple[str, ...] = ()

    def edition(self) -> str:
        """Give name, version and the versions of the packages: what the members depend on besides bytes and options."""
        return edition_of(self.name, self.version, self.packages)


def member_name(name: str) -> str:
    """Clean the path of a member: POSIX, NFC, without drive, root, ``.`` and ``..``, control characters replaced; never empty.

    >>> member_name("..\\\\..\\\\etc\\\\passwd"), member_name("/a/./b.txt"), member_name("C:\\\\x\\ty.txt")
    ('etc/passwd', 'a/b.txt', 'x_y.txt')
    """
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    if plain[1:2] == ":":
        plain = plain[2:]
    printable = "".join(character if character.isprintable() else "_" for character in plain)
    parts = [part for part in printable.split("/") if part not in ("", ".", "..")]
    return posixpath.join(*parts) if parts else "unnamed"


def hidden_members(hidden: HiddenEntries) -> Iterator[Member]:
    """Stand for the hidden files and folders of a container, which are not read, as :func:`~corpuskit.ingest.walking.find_files` tells of them."""
    for path, reason in hidden.entries():
        yield Member(path, ReadError("hidden", f"{reason} in an archive; unpack it and give it by name to read it."))


def too_many(options: ReadOptions, count: int = 0) -> Member:
    """Stand for all members beyond ``max_members``; ``count`` says how many, where the container knows."""
    told = f"More than {options.max_members:,} files inside (read.max_members); the others were not read."
    return Member(_others(count), ReadError("too_large", told))


def too_much(options: ReadOptions, count: int = 0) -> Member:
    """Stand for all members that would make more than ``max_decompressed_bytes`` come out of one container."""
    told = f"The files inside hold more than {options.max_decompressed_bytes:,} bytes (read.max_decompressed_bytes); the others were not read."
    return Member(_others(count), ReadError("too_large", told))


def _others(count: int) -> str:
    return f"{count} other files" if count else "other files"
