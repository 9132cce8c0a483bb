"""A user's own tasks, controls and rules, from TOML or YAML: new ids extend what ships, known ids override the keys that are given."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from corpuskit.errors import ConfigurationError, MissingDependency
from corpuskit.tasks.assessment import Frozen
from corpuskit.tasks.catalogue import Catalogue, Task
from corpuskit.tasks.controls import ControlEntry
from corpuskit.tasks.frameworks import Framework
from corpuskit.tasks.rulebook import SHIPPED, Rulebook

Raw = dict[str, Any]
SECTIONS: dict[str, type[BaseModel]] = {"tasks": Task, "controls": ControlEntry, "frameworks": Framework}


class OwnEntries(Frozen):
    """Own entries as they were written. Each has an ``id``; a known id needs only the keys that change, a new one all of them."""

    tasks: tuple[Raw, ...] = Field(default=(), description="Own tasks, with the keys of catalogue/tasks.toml.")
    controls: tuple[Raw, ...] = Field(default=(), description="Own controls; parameter gives a sentence {en, ja} for each tier that needs it.")
    frameworks: tuple[Raw, ...] = Field(default=(), description="Own frameworks or rules of known ones, with checked_on.")


@dataclass(frozen=True)
class Source:
    """Where own entries stand: the name of the place, and its text to find lines in (empty where it has none)."""

    name: str
    text: str

    def place(self, entry: str, key: str = "") -> str:
        """Name the file and the line of an entry, or of a key in it."""
        lines = self.text.splitlines()
        own_id = re.compile(rf"""[\s\-{{]*["']?id["']?\s*[=:]\s*["']?{re.escape(entry)}["']?\s*(,.*)?$""")
        start = next((number for number, line in enumerate(lines) if own_id.match(line)), None)
        if start is None:
            return self.name
        after = [number for number in range(start, len(lines)) if key and re.match(rf"""[\s\-]*["']?{re.escape(key)}\b""", lines[number])]
        return f"{self.name}, line {(after or [start])[0] + 1}"


def read_entries(path: Path) -> tuple[OwnEntries, Source]:
    """Read a file of own entries; its ending says which language it is written in (``.toml``, ``.yaml``, ``.yml``).

    Raises
    ------
    ConfigurationError
        The file is missing, is of no known kind, is not well-formed (the message names the line), or has a section that is not known.
    MissingDependency
        A YAML file, and no package that reads YAML.
    """
    if not path.is_file():
        raise ConfigurationError(f"File of own tasks and rules not found: {path}. Give an existing file, or take it out of tasks.files.")
    if path.suffix not in (".toml", ".yaml", ".yml"):
        raise ConfigurationError(f"{path}: own tasks and rules are read from .toml, .yaml and .yml files.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8: {error}. Save the file as UTF-8.") from error
    values = _toml(path, text) if path.suffix == ".toml" else _yaml(path, text)
    unknown = sorted(set(values) - set(SECTIONS))
    if unknown:
        raise ConfigurationError(f"{path}: unknown section {unknown[0]!r}. Valid here: {', '.join(SECTIONS)}.")
    try:
        return OwnEntries.model_validate(values), Source(str(path), text)
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_told(error, OwnEntries)} Each section is a list of entries.") from error


def _toml(path: Path, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}.") from error


def _yaml(path: Path, text: str) -> Mapping[str, Any]:
    """Read YAML with every scalar as text, because plain YAML takes ``yes`` for true and a date for no text; the models turn text into numbers."""
    try:
        import yaml  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise MissingDependency(f"{path}: YAML needs the package pyyaml. Install it (pip install 'corpuskit[yaml]'), or write TOML.") from None
    try:
        values = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path}: not valid YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(values or {}, dict):
        raise ConfigurationError(f"{path}: needs the sections {', '.join(SECTIONS)}, each a list of entries.")
    return values or {}


def rulebook_of(given: Iterable[tuple[OwnEntries, Source]], base: Rulebook = SHIPPED) -> Rulebook:
    """Extend and override what ships, later entries over earlier ones.

    Parameters
    ----------
    given : iterable of (OwnEntries, Source)
        In the order in which they are laid over ``base``.

    Returns
    -------
    Rulebook
        ``base`` itself where nothing is given.

    Raises
    ------
    ConfigurationError
        An entry is not what it should be, or cites a rule without a date; the message names place, entry, key and what is valid.
    """
    sources: dict[str, str] = {}
    tasks, controls, frameworks = dict(base.tasks), dict(base.controls), dict(base.frameworks)
    changed = False
    for own, source in given:
        for raw in own.frameworks:
            one = _entry(_with_rules(raw, frameworks), Framework, frameworks, source)
            frameworks[one.id] = one
        for raw in own.tasks:
            task = _entry(raw, Task, tasks, source)
            tasks[task.id] = task
        for raw in own.controls:
            control = _entry(raw, ControlEntry, controls, source)
            controls[control.id] = control
        every = [raw for section in (own.frameworks, own.tasks, own.controls) for raw in section]
        sources |= {str(raw["id"]): source.place(str(raw["id"])) for raw in every}
        changed = changed or bool(every)
    if not changed:
        return base
    book = Rulebook(Catalogue("task", tasks.values()), Catalogue("control", controls.values()), Catalogue("framework", frameworks.values()))
    book.check(lambda entry: f"{sources[entry]}: {entry}" if entry in sources else entry)
    return book


Model = TypeVar("Model", Task, ControlEntry, Framework)


def _entry(raw: Raw, model: type[Model], known: Mapping[str, Model], source: Source) -> Model:
    """Make an entry of what was written, over the known one of its id."""
    name = raw.get("id")
    if not isinstance(name, str) or not name:
        raise ConfigurationError(f"{source.name}: an entry has no id: {', '.join(map(str, raw)) or 'it is empty'}. Give each entry an id.")
    below = known[name].model_dump(mode="json", by_alias=True, exclude_unset=True) if name in known else {}
    try:
        return model.model_validate({**below, **raw})
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0]) if error.errors()[0]["loc"] else ""
        raise ConfigurationError(f"{source.place(name, key)}: {name}: {_told(error, model)}") from error


def _with_rules(raw: Raw, known: Mapping[str, Framework]) -> Raw:
    """Lay rules over those of a known framework by their ids, instead of replacing the whole list."""
    name, rules = raw.get("id"), raw.get("rules")
    if name not in known or not isinstance(rules, list | tuple):
        return raw
    below: dict[object, Any] = {rule.id: rule.model_dump(mode="json", exclude_unset=True) for rule in known[str(name)].rules}
    for place, rule in enumerate(rules):
        own = rule.get("id") if isinstance(rule, dict) else None
        below[place if own is None else own] = {**below.get(own, {}), **rule} if own is not None else rule
    return {**raw, "rules": list(below.values())}


def _told(error: ValidationError, model: type[BaseModel]) -> str:
    """Say every trouble of an entry: the key, what is the matter, what was given, and the valid keys where one is not known."""
    told = []
    for trouble in error.errors():
        place = ".".join(str(part) for part in trouble["loc"])
        if trouble["type"] == "extra_forbidden" and len(trouble["loc"]) == 1:
            valid = sorted(field.alias or name for name, field in model.model_fields.items())
            close = get_close_matches(place, valid, n=1)
            told.append(f"unknown key {place!r}.{f' Did you mean {close[0]!r}?' if close else ''} Valid here: {', '.join(valid)}.")
        elif trouble["type"] == "missing":
            told.append(f"the key {place!r} is missing; a new id needs every key of its section.")
        else:
            told.append(f"{place}: {trouble['msg']} (given: {trouble['input']!r}).")
    return " ".join(told)
