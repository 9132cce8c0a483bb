"""The nouns of floor 1: a document, its sections, and a file that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SectionKind = Literal["body", "table", "row", "header", "footer", "notes", "comment", "quote", "hidden"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text with its place in the document.

    Attributes
    ----------
    text : str
        Paragraphs separated by a newline; never empty or blank.
    heading : tuple of str
        Heading path, outermost first; empty where the document has none.
    kind : str
        ``row`` is one row of a table of messages (ticket export, ledger); ``header`` and ``footer`` repeat on pages;
        ``notes`` are speaker notes; ``quote`` is the quoted part of a mail; ``hidden`` is text that a reader of the page does not see
        (hidden or white letters, letters of no size, comments in a page's source): a model would see it.
    locator : str
        Place for a reader: ``"page 3"``, ``"slide 2"``, ``"Sheet1 row 17"``, ``"row 17"``; empty where the heading says it.
    labels : tuple of (column, value)
        For a ``row``: the label columns and their values (blank values left out).
    fields : tuple of (column, value)
        For a ``row``: the other columns that are neither message text nor label.
    """

    text: str
    heading: tuple[str, ...] = ()
    kind: SectionKind = "body"
    locator: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from and how it was read (its lineage).

    ``encoding`` is empty for binary formats; ``encoding_basis`` says on what it rests: ``mark`` (byte order mark), ``escape`` (escape
    sequences of ISO-2022-JP) and ``strict`` (every byte fits UTF-8) are certain; ``declared`` is what the page or mail says and the bytes do
    not refute; ``forced`` is what the user says; ``detected`` is a detector's guess and ``scored`` the most plausible reading, both with the
    warning ``encoding_guessed``. A mail with several parts names each once, with commas.

    ``modified`` is an ISO 8601 time in UTC, from the file system or the archive.
    ``sha256`` is of the file's bytes as stored (compressed when it is compressed), and they are hashed once.
    """

    path: str
    sha256: str
    bytes: int
    modified: str
    reader: str
    encoding: str = ""
    encoding_basis: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file (or one member of an archive), as text with structure.

    Attributes
    ----------
    id : str
        POSIX path relative to the audited root; the same in every run.
    source : Source
        Lineage.
    sections : tuple of Section
        In reading order; at least one.
    metadata : tuple of (name, value)
        What the format says of itself: ``title``, ``author``, ``created``, ``modified`` (ISO 8601 date), ``subject``, ``category``,
        ``from``, ``to``.
    warnings : tuple of str
        Codes with an optional detail after a colon of what was lost or doubtful: ``"pages_without_text: 3, 4"``, ``"encoding_guessed: cp932"``,
        ``"formulas_without_value: 12"``, ``"hidden_sheets: 2"``.
    """

    id: str
    source: Source
    sections: tuple[Section, ...]
    metadata: tuple[tuple[str, str], ...] = field(default=())
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was found and not read, with the true reason.

    ``code`` is that of :class:`corpuskit.errors.ReadError`; ``reason`` is a sentence.
    ``readable`` tells whether a file of this kind should have been readable (False for images, encrypted or empty files and the like).
    """

    path: str
    code: str
    reason: str
    readable: bool = False
