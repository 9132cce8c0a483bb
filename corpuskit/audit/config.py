"""Settings: the only file that knows the options of every floor.

Order of settings: command line over ``corpuskit.toml`` over defaults. An unknown key is an error that lists the valid ones.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpuskit.audit.departments import Department, check_parts, check_paths, documents_of, merged, values_of
from corpuskit.audit.gate import Gate
from corpuskit.audit.options import EngineOptions, HistoryOptions, OutputOptions, RetentionOptions
from corpuskit.audit.sources import Source
from corpuskit.audit.toml_places import line_of
from corpuskit.counts import CountOptions
from corpuskit.errors import ConfigurationError
from corpuskit.estimators import EstimatorOptions
from corpuskit.ingest import ReadOptions
from corpuskit.pilot import PilotOptions, load_result
from corpuskit.tasks import TaskOptions
from corpuskit.text import TextOptions

FILE_NAME = "corpuskit.toml"


class Settings(BaseModel):
    """Everything that can be set, by floor. The schema of ``corpuskit.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(default=0, ge=0, description="Seed of everything that draws at random.")
    definitions: str = Field(default="", description="CSV file with the column category and, if you like, description.")
    read: ReadOptions = ReadOptions()
    text: TextOptions = TextOptions()
    count: CountOptions = CountOptions()
    estimate: EstimatorOptions = EstimatorOptions()
    tasks: TaskOptions = TaskOptions()
    pilots: PilotOptions = PilotOptions()
    engine: EngineOptions = EngineOptions()
    output: OutputOptions = OutputOptions()
    gate: Gate = Gate()
    history: HistoryOptions = HistoryOptions()
    retention: RetentionOptions = RetentionOptions()
    sources: tuple[Source, ...] = Field(default=(), description="Places that the documents are read from, where no path is given.")
    departments: tuple[Department, ...] = Field(default=(), description="Audits of their own, where no path is given.")

    def digest(self) -> str:
        """Give the first 16 hexadecimal digits of the SHA-256 of all settings that change the numbers (not how and where they are written)."""
        counted = self.model_dump(
            mode="json",
            exclude={
                **dict.fromkeys(("engine", "output", "gate", "history", "retention", "departments"), True),
                "sources": {"__all__": {"path"}},
                "read": {"jobs", "max_seconds", "max_memory_bytes"},
                "text": {"threads"},
            },
        )
        if not self.sources:
            del counted["sources"]  # the digests of audits without any are those of before there were sources
        counted["tasks"]["files"] = self.tasks.digest_of_files()
        counted["pilots"]["results"] = [load_result(Path(name)).model_dump(mode="json") for name in self.pilots.results]
        return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:16]


def load_settings(file: Path | None, folder: Path, overrides: dict[str, Any], department: str = "") -> Settings:
    """Merge defaults, the configuration file and the command line.

    Parameters
    ----------
    file : Path or None
        Given by ``--config``; None looks for ``corpuskit.toml`` in ``folder``.
    folder : Path
        Where to look, normally the current folder.
    overrides : dict
        Nested values from the command line; None values are dropped.
    department : str, optional
        Name of a department of the file: its tables then stand over the common ones, its sources are the only ones, and its reports go to a folder
        of its name below the common one, also below that of the command line.

    Raises
    ------
    ConfigurationError
        The file is missing, is no TOML, or holds an unknown key or a wrong value; the message names the file, the key and what is valid. Or a
        file of own tasks and rules cannot be used.
    UnknownName
        An answer or a declaration is for a task that is in no catalogue, or there is no such department.
    """
    path = file or folder / FILE_NAME
    values = read_configuration(file, folder)
    _beside(path, values)
    # the file first and alone, so that the message names the place where the wrong value stands
    common = _validated(values, str(path), path)
    check_parts(common.sources, common.departments, _Where(path))
    if department:
        chosen = str((overrides.get("output") or {}).get("folder") or "")
        values = values_of(department, values, chosen or common.output.folder)
        _validated(values, f"{path}, department {department}")
        if chosen:
            overrides = merged(overrides, {"output": {"folder": str(Path(chosen) / department)}})
    settings = _validated(merged(_without_overridden(values, overrides), overrides), "command line")
    settings.tasks.check()  # own rules, declarations and answers are refused before hours are spent on reading
    return settings


def _without_overridden(values: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """Take from the sources what the command line decides for all of them."""
    decided = {key for key, value in {**(overrides.get("read") or {}), "definitions": overrides.get("definitions")}.items() if value is not None}
    sources = [{key: value for key, value in source.items() if key not in decided} for source in values.get("sources", ())]
    return values | ({"sources": sources} if sources else {})


def documents_named(file: Path | None, folder: Path, department: str = "") -> tuple[Path, ...]:
    """Give the path that a department names; nothing where its documents, or those of the whole file, come from sources. All of them are there.

    Raises
    ------
    ConfigurationError
        A file or folder on this machine is not there.
    UnknownName
        There is no such department.
    """
    path = file or folder / FILE_NAME
    common = load_settings(file, folder, {})
    where = _Where(path)
    own = next((number for number, one in enumerate(common.departments) if one.name == department), None)
    wanted = common.sources if own is None else [source for source in common.sources if source.name in common.departments[own].sources]
    check_paths(wanted, lambda table, number, key: where(table, common.sources.index(wanted[number]), key))
    if own is None:
        return ()
    paths = documents_of(common.departments[own])
    if missing := [path for path in paths if "://" not in common.departments[own].path and not path.exists()]:
        raise ConfigurationError(
            f"{where('departments', own, 'path')}: {missing[0]}: no such file or folder. "
            "Give the folder that holds the documents, relative to the configuration file."
        )
    return paths


@dataclass(frozen=True)
class _Where:
    """Names the place of a key in a configuration file."""

    file: Path

    def __call__(self, *place: str | int) -> str:
        line = _line(self.file, place)
        return f"{self.file}{f', line {line}' if line else ''} ({'.'.join(map(str, place))})"


def _line(file: Path, place: Sequence[str | int]) -> int | None:
    try:
        return line_of(file.read_text(encoding="utf-8-sig"), place)
    except (OSError, UnicodeDecodeError):
        return None


def read_configuration(file: Path | None, folder: Path) -> dict[str, Any]:
    """Read the values of a configuration file as they stand there; nothing where none is named and the folder holds none.

    Raises
    ------
    ConfigurationError
        The named file is missing, or the file is no TOML.
    """
    path = file or folder / FILE_NAME
    if file is not None and not file.is_file():
        raise ConfigurationError(f"Configuration file not found: {file}. Give an existing file, or leave --config out.")
    if path.is_file():
        try:
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{path}: not valid TOML: {error}.") from error
    return {}


def _validated(values: dict[str, Any], where: str, file: Path | None = None) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(_explain(error, where, file)) from error


def _beside(file: Path, values: dict[str, Any]) -> None:
    """Take relative paths that a configuration file names from where it lies, not from where the command was called."""
    text = values.get("text")
    for table, key in ((values, "definitions"), (values, "path"), (text if isinstance(text, dict) else {}, "dictionary")):
        if isinstance(name := table.get(key), str) and name.strip() and "://" not in name:
            table[key] = str(file.parent / name)
    for key, inner in (("tasks", "files"), ("pilots", "results")):
        holder = values.get(key)
        if isinstance(holder, dict) and isinstance(names := holder.get(inner), list):
            holder[inner] = [str(file.parent / name) if isinstance(name, str) else name for name in names]
    for parts in (values.get("sources"), values.get("departments")):
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict):
                _beside(file, part)


def _explain(error: ValidationError, where: str, file: Path | None) -> str:
    lines = []
    for problem in error.errors():
        location = ".".join(str(part) for part in problem["loc"])
        line = _line(file, problem["loc"]) if file is not None else None
        told = f" (line {line})" if line else ""
        if problem["type"] == "extra_forbidden":
            valid = _valid_keys(problem["loc"][:-1])
            close = get_close_matches(str(problem["loc"][-1]), valid, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            lines.append(f"unknown key {location!r}.{hint} Valid here: {', '.join(valid)}.{told}")
        elif problem["type"] == "missing":
            lines.append(f"{location}: this key is needed.{told}")
        else:
            given = "" if isinstance(problem["input"], dict) else f" (given: {problem['input']!r})"
            lines.append(f"{location}: {problem['msg']}{given}.{told}")
    return f"{where}: " + "\n".join(lines)


def _valid_keys(location: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in location:
        if isinstance(part, int):
            continue  # which entry of an array
        inner = _model_in(model.model_fields[part].annotation) if part in model.model_fields else None
        if inner is None:
            break
        model = inner
    return sorted(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Give the model that a field holds, itself, optional, or in a tuple."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, tuple, dict):
        return next((model for inner in get_args(annotation) if (model := _model_in(inner)) is not None), None)
    return None
