"""The list of readers, and which of them reads a file."""

from __future__ import annotations

from pathlib import PurePath

from corpuskit.errors import ReadError
from corpuskit.ingest.budget import Budget
from corpuskit.ingest.compressed import COMPRESSIONS, unpack
from corpuskit.ingest.containers import CONTAINERS, container_for
from corpuskit.ingest.delimited import CSV, JSON, JSONL
from corpuskit.ingest.epub import EPUB
from corpuskit.ingest.legacy import DOC, PPT, XLS, XLSB
from corpuskit.ingest.mail import EML
from corpuskit.ingest.mail_body import read_attached_container
from corpuskit.ingest.markup import HTML
from corpuskit.ingest.notebook import IPYNB
from corpuskit.ingest.office import DOCX
from corpuskit.ingest.opendocument import ODP, ODS, ODT
from corpuskit.ingest.outlook import MSG
from corpuskit.ingest.parquet import PARQUET
from corpuskit.ingest.pdf import PDF
from corpuskit.ingest.plain import MARKDOWN, RST, TXT
from corpuskit.ingest.presentation import PPTX
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions
from corpuskit.ingest.rich_text import RTF
from corpuskit.ingest.spreadsheet import XLSX
from corpuskit.ingest.subtitles import SUBTITLES
from corpuskit.ingest.web_archive import MHTML
from corpuskit.ingest.xml_text import XML
from corpuskit.registry import Registry

READERS: Registry[Reader] = Registry(
    "reader",
    (
        TXT,
        MARKDOWN,
        RST,
        HTML,
        CSV,
        JSONL,
        JSON,
        DOCX,
        XLSX,
        PPTX,
        PDF,
        EML,
        ODP,
        ODS,
        ODT,
        RTF,
        XML,
        IPYNB,
        SUBTITLES,
        EPUB,
        PARQUET,
        MHTML,
        MSG,
        XLS,
        XLSB,
        DOC,
        PPT,
    ),
)

_BY_SUFFIX = {suffix: reader for reader in READERS.values() for suffix in reader.suffixes}
_HINTS = {
    ".pages": "Save it as docx.", ".numbers": "Save it as xlsx.", ".key": "Save it as pptx.",
    ".7z": "Unpack it, or pack it as zip.", ".rar": "Unpack it, or pack it as zip.", ".lzh": "Unpack it, or pack it as zip.",
    ".pst": "Save the messages that matter as msg or eml, or export the mailbox as mbox.",
}  # fmt: skip


def plain_name(name: str) -> str:
    """Give the name without ``.gz``, ``.bz2`` or ``.xz``."""
    return name[: -len(suffix)] if (suffix := _compression_suffix(name)) else name


def _compression_suffix(name: str) -> str:
    return next((suffix for suffix in COMPRESSIONS if name.casefold().endswith(suffix)), "")


def unpacked(name: str, data: bytes, options: ReadOptions) -> tuple[str, bytes]:
    """Give name and content of a file without the compression around it.

    Raises
    ------
    ReadError
        ``too_large`` or ``broken``.
    """
    suffix = _compression_suffix(name)
    return (plain_name(name), unpack(data, COMPRESSIONS[suffix], options)) if suffix else (name, data)


def reader_for(name: str) -> Reader:
    """Choose the reader of a file by its suffix.

    Raises
    ------
    ReadError
        ``unsupported``: names the kinds that are read.
    """
    suffix = PurePath(plain_name(name)).suffix.casefold()
    reader = _BY_SUFFIX.get(suffix)
    if reader is not None:
        return reader
    hint = f"{_HINTS[suffix]} " if suffix in _HINTS else ""
    read = " ".join(known[1:] for known in (*_BY_SUFFIX, *(suffix for container in CONTAINERS.values() for suffix in container.suffixes)))
    kind = f"{suffix} files are not read" if suffix else "Files without a suffix are not read"
    raise ReadError("unsupported", f"{kind}. {hint}Read are: {read}, each also with {' '.join(COMPRESSIONS)}.")


def extract_stored(name: str, data: bytes, options: ReadOptions, depth: int, budget: Budget) -> Extraction:
    """Read a file as it is stored: one that is compressed is unpacked first, and inside another file its growth counts.

    Raises
    ------
    ReadError
        As :func:`extract` and :func:`unpacked`.
    """
    plain, content = unpacked(name, data, options)
    if depth and len(content) > len(data):
        budget.take(len(content) - len(data), files=0)
    return extract(plain, content, options, depth, budget)


def extract(name: str, data: bytes, options: ReadOptions, depth: int = 0, budget: Budget | None = None) -> Extraction:
    """Read bytes that are unpacked already, and whatever is attached inside them; ``budget`` bounds the attachments of all depths together.

    Raises
    ------
    ReadError
        With the true reason; an exception of a library becomes ``broken``.
    """
    reader = reader_for(name)
    if depth > options.max_depth:
        raise ReadError("too_large", f"Nested more than {options.max_depth} deep (read.max_depth).")
    if not data.strip():
        raise ReadError("empty", "The file is empty.")

    shared = budget or Budget(options)

    def read_inner(inner: str, content: bytes, deeper: int) -> Extraction:
        if deeper > depth:  # else it is the same file under its right suffix
            shared.take(len(content))
        if (container := container_for(inner)) is not None:
            return read_attached_container(container, RawFile(inner, content, options, read_inner, deeper))
        return extract_stored(inner, content, options, deeper, shared)

    try:
        extraction = reader.extract(RawFile(name, data, options, read_inner, depth))
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError("too_large", "Needs more memory than there is.") from error
    except Exception as error:  # a library may raise anything on a damaged file, and one file never stops an audit
        raise ReadError("broken", f"Cannot be read as {reader.title}: {type(error).__name__}: {first_line(error)}") from error
    if not extraction.sections:
        raise ReadError("no_text", "The file holds no text.")
    return extraction


def first_line(error: Exception) -> str:
    """Give the first line of what an exception says, at most 200 characters."""
    text = " ".join(str(error).split("\n")[0].split())
    return text[:200] or "no reason given"
