"""The settings that count, each with where it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from corpuskit.audit.config import FILE_NAME, Settings, read_configuration

_APART = ("sources", "departments")
"""Arrays of tables, which are written behind all tables."""

Origin = tuple[str, Mapping[str, Any]]
"""What settings come from, and what it holds; what precedes others comes first."""


def printed_settings(settings: Settings, file: Path | None, folder: Path, overrides: Mapping[str, Any], department: str = "") -> str:
    """Write all settings as TOML that gives the same settings again, each with a comment on its origin.

    Parameters
    ----------
    settings : Settings
        Merged.
    file, folder, overrides, department
        As they were given to :func:`~corpuskit.audit.load_settings`. Of a department its merged settings are written; without one the common
        ones and, behind them, what each department has of its own.
    """
    path = file or folder / FILE_NAME
    values = read_configuration(file, folder)
    origins: list[Origin] = [("command line", overrides)]
    head = []
    if department:
        own = next(one for one in values.get("departments", ()) if one.get("name") == department)
        # the name decides folder and title where neither of the tables does
        decided = {"output": {"folder": "", "title": ""}}
        origins += [(f"{path}, department {department}", own), (f"department {department}", decided)]
        head = [f"# department {department}"]
    origins.append((str(path), values))
    body = "\n".join(_table(settings, (), tuple(origins))).strip("\n")
    return "\n".join([*head, body, *_entries(settings, path)]) + "\n"


def _entries(settings: Settings, path: Path) -> Iterator[str]:
    """Write sources and departments as tables, with the keys that they have of their own."""
    for name in _APART:
        for entry in getattr(settings, name):
            yield from ("", f"[[{name}]]")
            yield from _own(entry.model_dump(mode="json", exclude_unset=True), (name,), path)


def _own(values: Mapping[str, Any], place: tuple[str, ...], path: Path) -> Iterator[str]:
    """Give the plain keys of a table, then its tables."""
    inner = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    for key, value in values.items():
        if key not in inner and value is not None:
            yield f"{_key(key)} = {_written(value)}  # {path}"
    for key, value in inner.items():
        yield from ("", f"[{'.'.join((*place, _key(key)))}]")
        yield from _own(value, (*place, _key(key)), path)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def _table(model: BaseModel, path: tuple[str, ...], origins: tuple[Origin, ...]) -> Iterator[str]:
    """Give the plain keys of a table, then its tables; TOML wants them in this order."""
    inner: list[tuple[str, BaseModel]] = []
    lines = []
    for name in type(model).model_fields:  # not the cached properties, which iterating a model gives too
        value = getattr(model, name)
        if name in _APART:
            continue
        if isinstance(value, BaseModel):
            inner.append((name, value))
            continue
        written = _written(value)
        lines.append(f"{'# ' if written is None else ''}{name} = {'' if written is None else written}  # {_origin((*path, name), origins)}".rstrip())
    if lines:
        yield from ("", f"[{'.'.join(path)}]", *lines) if path else lines
    for name, table in inner:
        yield from _table(table, (*path, name), origins)


def _origin(path: tuple[str, ...], origins: tuple[Origin, ...]) -> str:
    for name, values in origins:
        found: Any = values
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is not None:
            return name
    return "default"


def _written(value: Any) -> str | None:
    """Write a value as TOML; None where TOML has no word for it."""
    if value is None:
        return None
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{json.dumps(str(key), ensure_ascii=False)} = {_written(item)}" for key, item in value.items() if item is not None)
        return f"{{{inside}}}"
    if isinstance(value, tuple | list | frozenset | set):
        return f"[{', '.join(_written(item) or '' for item in value)}]"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
