"""FLOOR 1: files become documents.

Enters: paths. Leaves: :class:`Document` (an id, its lineage, sections of text with heading, kind, place and labels), or
:class:`Skipped` with the true reason. Every file found becomes exactly one of the two; no exception of one file stops the others.

To add a format: write ``ingest/<format>.py`` with a function from ``RawFile`` to ``Extraction`` and a ``Reader`` that names it, and name
the reader in ``readers.py``. Raise ``ReadError`` with a code and a sentence for what cannot be read; count what is lost in ``warnings``.
Take the text out with :class:`~corpuskit.ingest.outline.Outline`, decode bytes with ``decoding.decode``, and open packages with
``archive.Package``, which refuses bombs before they are parsed. Raise ``Reader.version`` when sections change, so that the cache forgets.
"""

from __future__ import annotations

from corpuskit.ingest.decoding import Decoded, decode
from corpuskit.ingest.delimited import read_table
from corpuskit.ingest.document import Document, Section, SectionKind, Skipped, Source
from corpuskit.ingest.messages import OF_OTHERS, SECOND, ColumnRoles, Table, roles
from corpuskit.ingest.parts import edition_for
from corpuskit.ingest.raters import FEWEST_RATERS, RATER
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions
from corpuskit.ingest.readers import READERS
from corpuskit.ingest.reading import Crew, digest_of, read
from corpuskit.ingest.reasons import PASSING, SKIP_REASONS, WARNINGS
from corpuskit.ingest.walking import FoundFile, find_files

__all__ = [
    "FEWEST_RATERS",
    "OF_OTHERS",
    "PASSING",
    "RATER",
    "READERS",
    "SECOND",
    "SKIP_REASONS",
    "WARNINGS",
    "ColumnRoles",
    "Crew",
    "Decoded",
    "Document",
    "Extraction",
    "FoundFile",
    "RawFile",
    "ReadOptions",
    "Reader",
    "Section",
    "SectionKind",
    "Skipped",
    "Source",
    "Table",
    "decode",
    "digest_of",
    "edition_for",
    "find_files",
    "read",
    "read_table",
    "roles",
]
