"""Sources: the places that one corpus is read from, each with its own files and columns.

Documents of a source have ids that begin with its name, so that they stay the same when another source is added or a folder moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator
from wcmatch import glob

from corpuskit.audit.definitions import read_definitions
from corpuskit.audit.intake import Intake
from corpuskit.counts import Definitions
from corpuskit.errors import ConfigurationError, InputError
from corpuskit.finding import Finding
from corpuskit.ingest import FoundFile, ReadOptions, Skipped, find_files
from corpuskit.report import SourceFacts

LONGEST_NAME = 60
"""Characters of a name; because it begins every id of its documents, and is the name of a folder where it is that of a department."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|#@,]')
_OF_TABLES = ("text_columns", "label_columns", "second_label_column", "rater_columns", "rater_column", "item_column", "encoding")
_PATTERNS = glob.GLOBSTAR | glob.MATCHBASE | glob.IGNORECASE | glob.FORCEUNIX | glob.DOTGLOB | glob.BRACE


def checked_name(name: str) -> str:
    """Refuse a name that cannot begin an id and be that of a folder on every system.

    Raises
    ------
    ValueError
        It is empty, long, or has a sign that separates.
    """
    if not name or name != name.strip(" .") or len(name) > LONGEST_NAME or _FORBIDDEN.search(name):
        raise ValueError(
            f'a name has 1 to {LONGEST_NAME} characters, none of / \\ : * ? " < > | # @ and comma, and no blank or full stop at its beginning or end'
        )
    return name


class Source(BaseModel):
    """A place that documents are read from. What is left out is as in section ``read``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="Name, with which the ids of its documents begin.")
    path: str = Field(min_length=1, description="File, folder or URL (s3://bucket/folder); relative: from where the configuration file lies.")
    include: tuple[str, ...] = Field(
        default=(),
        description="Patterns of the files to take, such as *.csv or 2026/**; default: all. A pattern without / is one of file names in any folder.",
    )
    exclude: tuple[str, ...] = Field(default=(), description="Patterns of files to leave out, of those that include takes.")
    text_columns: tuple[str, ...] | None = Field(default=None, description="Columns that hold the messages; also chooses the sheets that have them.")
    label_columns: tuple[str, ...] | None = Field(default=None, description="Columns that hold the label.")
    second_label_column: str | None = Field(default=None, description="Column that holds the label of a blind second coder.")
    rater_columns: tuple[str, ...] | None = Field(default=None, description="Columns with the labels of raters, one person each.")
    rater_column: str | None = Field(default=None, description="Column that says who gave the label, where each line is one person's label.")
    item_column: str | None = Field(default=None, description="Column that tells the items of such a table apart.")
    encoding: str | None = Field(default=None, description="Encoding of text files without a byte order mark.")
    definitions: str = Field(default="", description="CSV file with the column category and, if you like, description.")

    @field_validator("name")
    @classmethod
    def _name(cls, name: str) -> str:
        return checked_name(name)

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, name: str | None) -> str | None:
        return None if name is None else ReadOptions(encoding=name).encoding

    def takes(self, file: str) -> bool:
        """Tell whether the patterns take a file, by its path below the source. Capital letters make no difference, ``**`` crosses folders."""
        included = not self.include or glob.globmatch(file, list(self.include), flags=_PATTERNS)
        return included and not (self.exclude and glob.globmatch(file, list(self.exclude), flags=_PATTERNS))

    def read_options(self, common: ReadOptions) -> ReadOptions:
        """Give the options of reading with what this source has of its own."""
        own = {name: getattr(self, name) for name in _OF_TABLES}
        return common.model_copy(update={name: value for name, value in own.items() if value is not None})

    @property
    def place(self) -> str:
        """What a report names: the last part of a path, an address without user and password."""
        if "://" not in self.path:
            return Path(self.path).resolve().name or self.path
        address = urlsplit(self.path)
        return f"{address.scheme}://{address.netloc.rpartition('@')[2]}{address.path}"


@dataclass(frozen=True)
class Portion:
    """Files that are read alike.

    Attributes
    ----------
    files : tuple of FoundFile
        By id.
    read : ReadOptions
    source : Source or None
        None: paths that were named on the command line.
    left_out : int
        Files that the patterns of the source leave out.
    """

    files: tuple[FoundFile, ...]
    read: ReadOptions
    source: Source | None = None
    left_out: int = 0


def portions_of(sources: Sequence[Source], read: ReadOptions) -> tuple[Portion, ...]:
    """Find the files of each source.

    Raises
    ------
    ConfigurationError
        A file belongs to two sources: its words would be counted twice.
    InputError
        A source is not there or cannot be reached.
    """
    found = tuple(_portion(source, read) for source in sources)
    _refuse_shared_files(found)
    return found


def _portion(source: Source, read: ReadOptions) -> Portion:
    try:
        files = find_files([Path(source.path)])
    except InputError as error:
        raise InputError(f"source {source.name!r}: {error}") from error
    taken = tuple(_named(file, source.name) for file in files if source.takes(file.id))
    return Portion(taken, source.read_options(read), source, len(files) - len(taken))


def _named(file: FoundFile, name: str) -> FoundFile:
    skipped = file.skipped
    if skipped is not None:
        skipped = Skipped(f"{name}/{skipped.path}", skipped.code, skipped.reason, skipped.readable)
    return replace(file, id=f"{name}/{file.id}", skipped=skipped)


def _refuse_shared_files(portions: Sequence[Portion]) -> None:
    holder: dict[str, tuple[str, str]] = {}
    for portion in portions:
        for file in portion.files:
            if file.skipped is not None:
                continue
            where = file.remote.path if file.remote is not None else str(file.path)
            name = portion.source.name if portion.source is not None else ""
            other, other_id = holder.setdefault(where, (name, file.id))
            if other != name:
                raise ConfigurationError(
                    f"sources {other!r} and {name!r} both hold {other_id.removeprefix(f'{other}/')}: it would be counted twice. "
                    f"Leave it out of one of them with exclude."
                )


def definitions_of(definitions: str, sources: Iterable[Source], encoding: str) -> Definitions | None:
    """Read what categories mean, from the common file and those of the sources; None where nobody names one.

    Raises
    ------
    ConfigurationError
        A file cannot be used, or two of them say different things of one category.
    """
    files = [(definitions, encoding, "")] if definitions else []
    files += [(one.definitions, one.encoding or encoding, one.name) for one in sources if one.definitions]
    meanings: dict[str, str] = {}
    where: dict[str, str] = {}
    holders: dict[str, set[str]] = {}
    for file, its_encoding, source in files:
        for category, meaning in read_definitions(Path(file), its_encoding).items():
            if meanings.setdefault(category, meaning) != meaning:
                raise ConfigurationError(
                    f"{file}: category {category!r} means something else in {where[category]}. Give the two different names, or one meaning."
                )
            where.setdefault(category, file)
            holders.setdefault(category, set()).add(source)
    return Definitions(meanings, {category: frozenset(names) for category, names in holders.items() if "" not in names}) if files else None


def source_facts(portions: Sequence[Portion], rows: Sequence[Mapping[str, Any]]) -> tuple[SourceFacts, ...]:
    """Say what became of the files of each source; nothing where there are no sources. ``rows`` are those of the intake."""
    found = []
    for portion in portions:
        if portion.source is None:
            continue
        intake = Intake.of([row for row in rows if row["document"].startswith(f"{portion.source.name}/")])
        counts = {"files_found": intake.found, "files_read": intake.read, "files_left_out": portion.left_out}
        found.append(SourceFacts(name=portion.source.name, place=portion.source.place, **counts))
    return tuple(found)


def source_findings(facts: Sequence[SourceFacts]) -> tuple[Finding, ...]:
    """Find sources that gave no document: a pattern that fits nothing would otherwise go unseen."""
    return tuple(
        Finding(
            id=f"source_without_documents@{one.name}",
            level="warning",
            code="source_without_documents",
            parameters={"source": one.name, "found": one.files_found, "left_out": one.files_left_out},
        )
        for one in facts
        if not one.files_read
    )
