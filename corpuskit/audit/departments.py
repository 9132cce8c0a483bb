"""Departments: several audits in one configuration file, each with its own documents, answers, thresholds, reports and history."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corpuskit.audit.gate import Gate
from corpuskit.audit.options import HistoryOptions, OutputOptions, RetentionOptions
from corpuskit.audit.record import HISTORY
from corpuskit.audit.sources import Source, checked_name
from corpuskit.counts import CountOptions
from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.estimators import EstimatorOptions
from corpuskit.ingest import ReadOptions
from corpuskit.pilot import PilotOptions
from corpuskit.tasks import TaskOptions
from corpuskit.text import TextOptions

OWN = ("name", "path", "sources")
"""Keys of a department that are no settings."""
RESERVED = (HISTORY, "index.html")
"""Names that something else has in the folder of the reports."""


class Department(BaseModel):
    """One audit of several. Its tables take precedence over the common ones, key by key; a list replaces the common list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="Name of the department, and of the folder of its reports below the common one.")
    path: str = Field(default="", description="File, folder or URL of its documents; or else sources.")
    sources: tuple[str, ...] = Field(default=(), description="Names of the sources that it reads; a source may serve several departments.")
    definitions: str | None = Field(default=None, description="CSV file with the column category and, if you like, description.")
    read: ReadOptions | None = None
    text: TextOptions | None = None
    count: CountOptions | None = None
    estimate: EstimatorOptions | None = None
    tasks: TaskOptions | None = None
    pilots: PilotOptions | None = None
    output: OutputOptions | None = None
    gate: Gate | None = None
    history: HistoryOptions | None = None
    retention: RetentionOptions | None = None

    @field_validator("name")
    @classmethod
    def _name(cls, name: str) -> str:
        if _folded(name) in RESERVED:
            raise ValueError(f"a department cannot be named {name}: something else has this name beside the reports")
        return checked_name(name)

    @model_validator(mode="after")
    def _has_documents(self) -> Department:
        if bool(self.path) == bool(self.sources):
            raise ValueError(f"department {self.name!r} needs its documents: either path, or sources with names of [[sources]]")
        return self


Where = Callable[..., str]
"""Names the place of a key for a message: ``where("departments", 1, "name")`` gives ``corpuskit.toml, line 7 (departments.1.name)``."""


def check_parts(sources: Sequence[Source], departments: Sequence[Department], where: Where) -> None:
    """Refuse sources and departments that cannot stand beside each other.

    Raises
    ------
    ConfigurationError
        A name or a path stands twice, a department names a source that is not there or twice, two departments write into one folder.
    """
    _refuse_doubled([source.name for source in sources], "sources", "name", where)
    _refuse_doubled([department.name for department in departments], "departments", "name", where)
    _refuse_doubled_paths(sources, where)
    known = [source.name for source in sources]
    for number, department in enumerate(departments):
        place = where("departments", number, "sources")
        for name in department.sources:
            if name not in known:
                raise ConfigurationError(f"{place}: {UnknownName('source', name, known)}")
        if doubled := _first_doubled(department.sources):
            raise ConfigurationError(f"{place}: source {doubled!r} is listed twice. Name it once.")
    folders: dict[str, str] = {}
    for number, department in enumerate(departments):
        if department.output is not None and "folder" in department.output.model_fields_set:
            other = folders.setdefault(str(Path(department.output.folder)), department.name)
            if other != department.name:
                raise ConfigurationError(
                    f"{where('departments', number, 'output', 'folder')}: departments {other!r} and {department.name!r} would write into one folder "
                    f"({department.output.folder}), and their histories would mix. Give each its own, or leave it out."
                )


def _refuse_doubled(names: Sequence[str], table: str, key: str, where: Where) -> None:
    first: dict[str, int] = {}
    for number, name in enumerate(names):
        other = first.setdefault(_folded(name), number)
        if other != number:
            raise ConfigurationError(
                f"{where(table, number, key)}: the name {name!r} is taken by {where(table, other, key)}. Give each its own name; "
                "capital letters make no difference."
            )


def _refuse_doubled_paths(sources: Sequence[Source], where: Where) -> None:
    first: dict[tuple[str, tuple[str, ...], tuple[str, ...]], int] = {}
    for number, source in enumerate(sources):
        other = first.setdefault((source.path.rstrip("/"), source.include, source.exclude), number)
        if other != number:
            raise ConfigurationError(
                f"{where('sources', number, 'path')}: source {source.name!r} is source {sources[other].name!r} again, with the same path and "
                "patterns. Remove one of them: a department can name the other."
            )


def check_paths(sources: Sequence[Source], where: Where) -> None:
    """Refuse a source on this machine that is not there, before anything is read. Stores are asked when they are listed.

    Raises
    ------
    ConfigurationError
        Names the source, its key and what to do.
    """
    for number, source in enumerate(sources):
        if "://" not in source.path and not Path(source.path).exists():
            raise ConfigurationError(
                f"{where('sources', number, 'path')}: source {source.name!r}: {source.path}: no such file or folder. "
                "Give the folder that holds the documents, relative to the configuration file."
            )


def values_of(department: str, values: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Give the values of one department: its tables over the common ones, its sources, its folder.

    Parameters
    ----------
    department : str
    values : mapping
        Of the configuration file, checked.
    base : str
        Common folder of the reports.

    Raises
    ------
    UnknownName
        There is no such department.
    """
    own = next((one for one in values.get("departments", ()) if one["name"] == department), None)
    if own is None:
        raise UnknownName("department", department, (one["name"] for one in values.get("departments", ())))
    common = {key: value for key, value in values.items() if key not in ("sources", "departments")}
    tables = {key: value for key, value in own.items() if key not in OWN}
    output = {"folder": str(Path(base) / department), "title": department}
    wanted = own.get("sources", ())
    sources = [source for source in values.get("sources", ()) if source["name"] in wanted]
    return merged(merged(common, {"output": output}), tables) | ({"sources": sources} if sources else {})


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Put nested values over others, key by key; None takes nothing away, a list replaces a list."""
    found = dict(below)
    for key, value in above.items():
        if isinstance(value, Mapping):
            inner = found.get(key, {})
            found[key] = merged(inner if isinstance(inner, Mapping) else {}, value)
        elif value is not None:
            found[key] = value
    return found


def documents_of(department: Department) -> tuple[Path, ...]:
    """Give the path of a department that names one."""
    return (Path(department.path),) if department.path else ()


def unused_sources(sources: Iterable[Source], departments: Sequence[Department]) -> tuple[str, ...]:
    """Name the sources that no department reads."""
    used = {name for department in departments for name in department.sources}
    return tuple(source.name for source in sources if departments and source.name not in used)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _first_doubled(names: Sequence[str]) -> str:
    return next((name for place, name in enumerate(names) if name in names[:place]), "")
