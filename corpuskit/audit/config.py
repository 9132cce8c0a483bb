"""Settings: the only file that knows the options of every floor.

Order of settings: command line over ``corpuskit.toml`` over defaults. An unknown key is an error that lists the valid ones.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpuskit.audit.gate import Gate
from corpuskit.counts import CountOptions
from corpuskit.errors import ConfigurationError
from corpuskit.estimators import EstimatorOptions
from corpuskit.ingest import ReadOptions
from corpuskit.pilot import PilotOptions, load_result
from corpuskit.tasks import TaskOptions
from corpuskit.text import TextOptions

FILE_NAME = "corpuskit.toml"

ReportLanguage = Literal["auto", "en", "ja", "both"]
Format = Literal["html", "md", "json", "sarif", "xlsx", "csv", "parquet", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)


class OutputOptions(BaseModel):
    """What is written, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str = Field(default="reports", description="Folder the reports are written to.")
    formats: tuple[Format, ...] = Field(default=("html", "md", "json"), description="Formats to write; all: every one of them.")
    csv_bom: bool = Field(default=True, description="Begin CSV files with a byte order mark, because Excel garbles Japanese without one.")
    language: ReportLanguage = Field(default="auto", description="Language of the report; auto: that of most documents, else English.")
    excerpts: bool = Field(default=True, description="Quote masked lines from the documents as evidence.")
    title: str = Field(default="", description="Name used for the files; default: name of the audited folder.")
    recipient: str = Field(default="", description="Who the report is for, in its head; default: left to be filled in.")
    author: str = Field(default="", description="Who answers for the report, in its head; default: left to be filled in.")
    version: str = Field(default="", description="Version of the report, in its head; default: left to be filled in.")
    classification: str = Field(default="", description="Who may read the report, in its head; default: internal, to be confirmed.")

    @field_validator("formats", mode="before")
    @classmethod
    def _each_once(cls, value: Any) -> Any:
        """Take ``all`` for every format, and a format that is named twice once."""
        if not isinstance(value, list | tuple):
            return value
        return FORMATS if "all" in value else tuple(dict.fromkeys(map(str, value)))


class EngineOptions(BaseModel):
    """Where documents are counted. Changes no result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="local", description="Engine that counts: local (this machine), dask or spark (a cluster).")
    address: str = Field(default="", description="Scheduler or master of the cluster, such as tcp://host:8786 or spark://host:7077.")


class HistoryOptions(BaseModel):
    """What is kept of an audit for the next one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: bool = Field(default=True, description="Keep how often each text has each word beside the record, to compare words and mixes.")
    compare: bool = Field(default=True, description="Compare with the audit before, where there is one of the same documents.")


class Settings(BaseModel):
    """Everything that can be set, by floor. The schema of ``corpuskit.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(default=0, ge=0, description="Seed of everything that draws at random.")
    definitions: str = Field(default="", description="CSV file with the columns category and description.")
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

    def digest(self) -> str:
        """Give the first 16 hexadecimal digits of the SHA-256 of all settings that change the numbers (not how and where they are written)."""
        counted = self.model_dump(
            mode="json",
            exclude={
                **dict.fromkeys(("engine", "output", "gate", "history"), True),
                "read": {"jobs", "max_seconds", "max_memory_bytes"},
                "text": {"threads"},
            },
        )
        counted["tasks"]["files"] = self.tasks.digest_of_files()
        counted["pilots"]["results"] = [load_result(Path(name)).model_dump(mode="json") for name in self.pilots.results]
        return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:16]


def load_settings(file: Path | None, folder: Path, overrides: dict[str, Any]) -> Settings:
    """Merge defaults, the configuration file and the command line.

    Parameters
    ----------
    file : Path or None
        Given by ``--config``; None looks for ``corpuskit.toml`` in ``folder``.
    folder : Path
        Where to look, normally the current folder.
    overrides : dict
        Nested values from the command line; None values are dropped.

    Raises
    ------
    ConfigurationError
        The file is missing, is no TOML, or holds an unknown key or a wrong value; the message names the file, the key and what is valid. Or a
        file of own tasks and rules cannot be used.
    UnknownName
        An answer or a declaration is for a task that is in no catalogue.
    """
    path = file or folder / FILE_NAME
    values = read_configuration(file, folder)
    _beside(path, values)
    # the file first and alone, so that the message names the place where the wrong value stands
    _validated(values, str(path))
    settings = _validated(_merge(values, overrides), "command line")
    settings.tasks.check()  # own rules, declarations and answers are refused before hours are spent on reading
    return settings


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


def _validated(values: dict[str, Any], where: str) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(_explain(error, where)) from error


def _beside(file: Path, values: dict[str, Any]) -> None:
    """Take relative paths of tables that a configuration file names from where it lies, not from where the command was called."""
    text = values.get("text")
    for table, key in ((values, "definitions"), (text if isinstance(text, dict) else {}, "dictionary")):
        if isinstance(name := table.get(key), str) and name.strip():
            table[key] = str(file.parent / name)
    tasks = values.get("tasks")
    if isinstance(tasks, dict) and isinstance(names := tasks.get("files"), list):
        tasks["files"] = [str(file.parent / name) if isinstance(name, str) else name for name in names]
    pilots = values.get("pilots")
    if isinstance(pilots, dict) and isinstance(names := pilots.get("results"), list):
        pilots["results"] = [str(file.parent / name) if isinstance(name, str) else name for name in names]


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if isinstance(value, dict):
            inner = merged.get(key, {})
            merged[key] = _merge(inner if isinstance(inner, dict) else {}, value)
        elif value is not None:
            merged[key] = value
    return merged


def _explain(error: ValidationError, where: str) -> str:
    lines = []
    for problem in error.errors():
        location = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            valid = _valid_keys(problem["loc"][:-1])
            close = get_close_matches(str(problem["loc"][-1]), valid, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            lines.append(f"unknown key {location!r}.{hint} Valid here: {', '.join(valid)}.")
        else:
            lines.append(f"{location}: {problem['msg']} (given: {problem['input']!r}).")
    return f"{where}: " + "\n".join(lines)


def _valid_keys(location: tuple[str | int, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in location:
        inner = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            break
        model = inner
    return sorted(model.model_fields)
