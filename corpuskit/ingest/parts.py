"""The parts of a file: one for a plain file, one for each file inside an archive or mailbox, however deep.

The same for a file in a folder and for one in an archive in an archive: name and bytes in, parts out, lazily. A part can be written as JSON
and read back, for the cache and for the way from a worker process to the audit.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from corpuskit.errors import ReadError
from corpuskit.ingest.budget import Budget, Spent
from corpuskit.ingest.container import Container
from corpuskit.ingest.containers import CONTAINERS, container_for
from corpuskit.ingest.document import Section
from corpuskit.ingest.reader import Extraction, RawFile, ReadOptions
from corpuskit.ingest.readers import READERS, extract_stored, first_line, reader_for

HOLDS_OTHERS = frozenset({"eml", "msg", "xls", "xlsb", "doc", "ppt"})
"""Readers of files with attachments of any kind, or with an old suffix and any content: what comes out depends on all other readers too."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document that came out of a file, or the reason why it did not.

    Attributes
    ----------
    inner : str
        Path inside the file; empty for the file itself.
    reader : str
        Name of the reader or container that was at it; empty when none was.
    sha256, bytes, modified
        Of the bytes as stored in the file or container; ``modified`` is empty where a container gives none.
    outcome : Extraction or ReadError
        What was read.
    """

    inner: str
    reader: str
    sha256: str
    bytes: int
    modified: str
    outcome: Extraction | ReadError


def edition_for(name: str) -> str:
    """Give everything beside bytes and options that the parts of a file depend on: the versions of its reader, or of all readers.

    Raises
    ------
    ReadError
        ``unsupported``: no reader takes such a file.
    """
    if container_for(name) is None and (reader := reader_for(name)).name not in HOLDS_OTHERS:
        return reader.edition()
    every = [*(reader.edition() for reader in READERS.values()), *(container.edition() for container in CONTAINERS.values())]
    return hashlib.sha256("\n".join(every).encode()).hexdigest()


def parts_of(name: str, data: bytes, options: ReadOptions) -> Iterator[Part]:
    """Read a file and everything inside it.

    At most ``max_members`` parts come out, and at most ``max_decompressed_bytes`` of content from one file, over all depths together: an archive
    of archives is bounded as a whole, and what is attached to mails counts with it. What is left out is said once.

    Parameters
    ----------
    name : str
        File name; its suffix decides how it is read.
    data : bytes
        Its content as stored.
    options : ReadOptions
        Options and limits.

    Yields
    ------
    Part
        In the order of the file, names distinct; at least one.
    """
    times: Counter[str] = Counter()
    for part in _walk(name, data, _Limits(options, Budget(options)), 0, "", ""):
        times[part.inner] += 1
        # members of one name are told apart: ``a.txt``, ``a.txt (2)``
        yield part if times[part.inner] == 1 else replace(part, inner=f"{part.inner} ({times[part.inner]})")
        if isinstance(part.outcome, Spent):
            return


class _Limits(NamedTuple):
    """The options, and what the file may still give."""

    options: ReadOptions
    budget: Budget


def _walk(name: str, data: bytes, limits: _Limits, depth: int, inner: str, modified: str) -> Iterator[Part]:
    container = container_for(name)
    reader = container.name if container is not None else ""
    digest = hashlib.sha256(data).hexdigest()
    options, budget = limits

    def stopped(error: ReadError) -> Part:
        return Part(inner, reader, digest, len(data), modified, error)

    def stopped_container(error: ReadError) -> Part:
        return stopped((budget.refusal(len(data)) if inner else None) or error)

    if container is None:
        try:
            if inner:
                budget.take(len(data))
            reader = reader_for(name).name
            yield Part(inner, reader, digest, len(data), modified, extract_stored(name, data, options, depth, budget))
        except ReadError as error:
            yield stopped(error)
        return
    if depth > options.max_depth:
        yield stopped_container(ReadError("too_large", f"Nested more than {options.max_depth} deep (read.max_depth)."))
        return
    if not data:
        yield stopped_container(ReadError("empty", "The file is empty."))
        return
    empty = True
    try:
        for part in _inside(container, RawFile(name, data, options, depth=depth), inner, limits):
            empty = False
            yield part
    except ReadError as error:
        yield stopped_container(error)
        return
    if empty:
        yield stopped_container(ReadError("empty", f"The {container.title} holds no files."))


def _inside(container: Container, file: RawFile, inner: str, limits: _Limits) -> Iterator[Part]:
    members = container.members(file)
    while True:
        try:
            member = next(members)
        except StopIteration:
            return
        except ReadError:
            raise
        except MemoryError as error:
            raise ReadError("too_large", "Needs more memory than there is (read.max_memory_bytes).") from error
        except Exception as error:  # a library may raise anything on a damaged file, and one file never stops an audit
            raise ReadError("broken", f"Cannot be read as {container.title}: {type(error).__name__}: {first_line(error)}") from error
        path = f"{inner}/{member.name}" if inner else member.name
        if isinstance(member.data, ReadError):
            yield Part(path, "", "", 0, member.modified, limits.budget.refusal(0) or member.data)
        else:
            yield from _walk(member.name, member.data, limits, file.depth + 1, path, member.modified)


def part_to_json(part: Part) -> dict[str, Any]:
    """Write a part as plain data."""
    outcome = part.outcome
    read = [outcome.code, outcome.reason] if isinstance(outcome, ReadError) else _extraction_to_json(outcome)
    return {"inner": part.inner, "reader": part.reader, "sha256": part.sha256, "bytes": part.bytes, "modified": part.modified, "outcome": read}


def part_from_json(content: Any) -> Part:
    """Read a part back.

    Raises
    ------
    ValueError, KeyError, TypeError
        The data are not what :func:`part_to_json` wrote.
    """
    read = content["outcome"]
    outcome = ReadError(str(read[0]), str(read[1])) if isinstance(read, list) else _extraction_from_json(read)
    return Part(str(content["inner"]), str(content["reader"]), str(content["sha256"]), int(content["bytes"]), str(content["modified"]), outcome)


def _extraction_to_json(extraction: Extraction) -> dict[str, Any]:
    sections = [[s.text, s.heading, s.kind, s.locator, s.labels, s.fields] for s in extraction.sections]
    return {
        "sections": sections,
        "metadata": extraction.metadata,
        "warnings": extraction.warnings,
        "encoding": extraction.encoding,
        "encoding_basis": extraction.encoding_basis,
    }


def _extraction_from_json(content: Any) -> Extraction:
    sections = tuple(
        Section(str(text), tuple(heading), kind, str(locator), _pairs(labels), _pairs(fields))
        for text, heading, kind, locator, labels, fields in content["sections"]
    )
    if not sections:
        raise ValueError("an extraction without sections")
    warnings = tuple(str(warning) for warning in content["warnings"])
    return Extraction(sections, _pairs(content["metadata"]), warnings, str(content["encoding"]), str(content["encoding_basis"]))


def _pairs(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in pairs)
