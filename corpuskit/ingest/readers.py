"""The list of readers, and which of them reads a file."""

from __future__ import annotations

from pathlib import PurePath

from corpuskit.errors import ReadError
from corpuskit.ingest.delimited import CSV, JSON, JSONL
from corpuskit.ingest.mail import EML
from corpuskit.ingest.markup import HTML
from corpuskit.ingest.office import DOCX
from corpuskit.ingest.pdf import PDF
from corpuskit.ingest.plain import MARKDOWN, RST, TXT
from corpuskit.ingest.presentation import PPTX
from corpuskit.ingest.reader import Extraction, RawFile, Reader, ReadOptions
from corpuskit.ingest.spreadsheet import XLSX
from corpuskit.registry import Registry

READERS: Registry[Reader] = Registry("reader", (TXT, MARKDOWN, RST, HTML, CSV, JSONL, JSON, DOCX, XLSX, PPTX, PDF, EML))

_BY_SUFFIX = {suffix: reader for reader in READERS.values() for suffix in reader.suffixes}
_SAVE_AS = {
    ".doc": "docx", ".rtf": "docx", ".odt": "docx", ".xls": "xlsx", ".xlsb": "xlsx", ".ods": "xlsx", ".ppt": "pptx", ".odp": "pptx", ".msg": "eml",
    ".pages": "docx", ".numbers": "xlsx", ".key": "pptx", ".mht": "html", ".mhtml": "html",
}  # fmt: skip
_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".tar", ".tgz", ".lzh", ".bz2", ".xz", ".mbox", ".pst"})


def plain_name(name: str) -> str:
    """Give the name without ``.gz``."""
    return name[:-3] if name.casefold().endswith(".gz") else name


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
    if suffix in _SAVE_AS:
        hint = f"Save it as {_SAVE_AS[suffix]}. "
    elif suffix in _ARCHIVES:
        hint = "Unpack it first. "
    else:
        hint = ""
    read = " ".join(known[1:] for known in _BY_SUFFIX)
    kind = f"{suffix} files are not read" if suffix else "Files without a suffix are not read"
    raise ReadError("unsupported", f"{kind}. {hint}Read are: {read}, each also with .gz.")


def extract(name: str, data: bytes, options: ReadOptions, depth: int = 0) -> Extraction:
    """Read bytes that are unpacked already, and whatever is attached inside them.

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

    def read_inner(inner: str, content: bytes, deeper: int) -> Extraction:
        return extract(inner, content, options, deeper)

    try:
        extraction = reader.extract(RawFile(name, data, options, read_inner, depth))
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError("too_large", "Needs more memory than there is.") from error
    except Exception as error:  # a library may raise anything on a damaged file, and one file never stops an audit
        raise ReadError("broken", f"Cannot be read as {reader.title}: {type(error).__name__}: {_first_line(error)}") from error
    if not extraction.sections:
        raise ReadError("no_text", "The file holds no text.")
    return extraction


def _first_line(error: Exception) -> str:
    text = " ".join(str(error).split("\n")[0].split())
    return text[:200] or "no reason given"
