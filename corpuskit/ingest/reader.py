"""What a reader is: the spec, the options of reading, what goes in and what comes out.

A reader is a pure function from the bytes of one file to sections. It knows no folder, no cache and no clock, so that
equal bytes with equal options give equal sections, wherever they lie.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from pydantic import BaseModel, ConfigDict, Field, field_validator

from corpuskit.errors import ReadError
from corpuskit.ingest.charsets import USUAL, chosen_name, is_charset
from corpuskit.ingest.document import Section

MIB = 2**20


_CHANGES_NOTHING = {"jobs", "max_seconds", "max_memory_bytes"}
"""Options that decide how fast and how safely files are read, not what comes out; what a limit of time or memory stopped is never cached."""


class ReadOptions(BaseModel):
    """What is taken from tables, and the limits that protect the machine.

    The limits are checked against what the file declares before it is parsed, and against what really comes out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text_columns: tuple[str, ...] = Field(default=(), description="Columns that hold the messages (joined); empty: found by name and content.")
    label_columns: tuple[str, ...] = Field(default=(), description="Columns that hold the label; empty: found by name and content.")
    second_label_column: str | None = Field(default=None, description="Column that holds the label of a blind second coder.")
    rater_columns: tuple[str, ...] = Field(
        default=(),
        description="Columns with labels of raters, one person each; of fewer than ten, two are compared. Empty: found by name (rater_1, 評価者1).",
    )
    rater_column: str = Field(
        default="",
        description="Column that says who gave the label, in a table with one line for each item and person; empty: found by name and content.",
    )
    item_column: str = Field(
        default="",
        description="Column that tells the items of such a table apart, such as an id; empty: found by name and content, else by equal text.",
    )
    encoding: str = Field(
        default="",
        description="Encoding of text files without a byte order mark, by its Python name; empty: found for each file. "
        "XML, EPUB and notebooks are read by what their standards say.",
    )
    max_file_bytes: int = Field(default=256 * MIB, gt=0, description="Files larger than this are skipped and listed.")
    max_decompressed_bytes: int = Field(default=512 * MIB, gt=0, description="Most bytes that one compressed file may unpack to.")
    max_ratio: float = Field(
        default=200.0, gt=1, description="Most times that a compressed part above 16 MiB may grow: real documents reach about 50."
    )
    max_rows: int = Field(default=1_000_000, gt=0, description="Rows of one table beyond this are left out and counted.")
    max_depth: int = Field(default=4, ge=0, description="How deep archives in archives and mails in mails are followed.")
    jobs: int = Field(default=0, ge=0, le=64, description="Processes that read files; 0: one for each core, at most 8. Changes no result.")
    max_members: int = Field(default=10_000, gt=0, description="Files of one archive or mailbox beyond this are not read, and that is said.")
    max_pages: int = Field(default=5_000, gt=0, description="Pages or slides of one document beyond this are left out and counted.")
    max_cells: int = Field(default=5_000_000, gt=0, description="Cells of one workbook beyond this are left out and counted.")
    max_seconds: float = Field(default=60.0, gt=0, description="Seconds that one file may take to be read: a page of text takes milliseconds.")
    max_memory_bytes: int = Field(
        default=2048 * MIB, ge=256 * MIB, description="Memory that the process reading one file may take, where the system can limit it."
    )

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, name: str) -> str:
        if name and not is_charset(chosen_name(name)):
            raise ValueError(f"unknown encoding {name!r}; usual ones are {', '.join(USUAL)}")
        return name.strip()

    def digest(self) -> str:
        """Give 16 hexadecimal digits that change when an option changes: part of the key of the extraction cache."""
        return hashlib.sha256(self.model_dump_json(exclude=_CHANGES_NOTHING).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a reader takes out of one file; the fields are those of :class:`~corpuskit.ingest.document.Document`."""

    sections: tuple[Section, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    encoding: str = ""
    encoding_basis: str = ""


ReadInner = Callable[[str, bytes, int], Extraction]
"""Reads a file inside a file: name, bytes, depth; raises ReadError as any reader does."""


def _reads_nothing_inside(name: str, data: bytes, depth: int) -> Extraction:
    raise ReadError("unsupported", f"{name} ({len(data)} bytes, depth {depth}): files inside this file are not read.")


@dataclass(frozen=True, slots=True)
class RawFile:
    """What a reader is given.

    Attributes
    ----------
    name : str
        File name without folder, and without ``.gz``, ``.bz2`` or ``.xz``.
    data : bytes
        The content, unpacked when the file was compressed by gzip, bzip2 or xz.
    options : ReadOptions
        Options and limits.
    read_inner : callable
        Reads an attachment by the reader of its suffix.
    depth : int
        0 for a file in a folder, 1 for its attachment, and so on.
    """

    name: str
    data: bytes
    options: ReadOptions
    read_inner: ReadInner = _reads_nothing_inside
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format.

    Attributes
    ----------
    name : str
        Short name, stored in ``Source.reader``: ``"docx"``.
    suffixes : tuple of str
        Lower case, with the dot; every one is also read with ``.gz``, ``.bz2`` or ``.xz`` behind it.
    title : str
        The format in words, for ``--help`` and for the list of what is read.
    extract : callable
        From :class:`RawFile` to :class:`Extraction`; raises :class:`~corpuskit.errors.ReadError` with the true reason.
        Any other exception is reported as ``broken``.
    version : int
        Raised by one whenever the sections of some file change, so that the cache forgets.
    packages : tuple of str
        Distributions whose version also decides what comes out.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    extract: Callable[[RawFile], Extraction]
    version: int = 1
    packages: tuple[str, ...] = ()

    def edition(self) -> str:
        """Give name, version and the versions of the packages: what the sections depend on besides bytes and options."""
        return edition_of(self.name, self.version, self.packages)


def edition_of(name: str, version: int, packages: tuple[str, ...]) -> str:
    """Write what a reader or container depends on besides bytes and options: part of the key of the extraction cache."""
    return " ".join((f"{name}-{version}", *(f"{package}-{_package_version(package)}" for package in packages)))


@cache
def _package_version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"
