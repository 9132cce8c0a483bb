"""The settings that count, each with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from corpuskit.audit.config import FILE_NAME, Settings, read_configuration


def printed_settings(settings: Settings, file: Path | None, folder: Path, overrides: Mapping[str, Any]) -> str:
    """Write all settings as TOML that gives the same settings again, each with a comment on its origin and meaning.

    Parameters
    ----------
    settings : Settings
        Merged.
    file, folder, overrides
        As they were given to :func:`~corpuskit.audit.load_settings`.
    """
    path = file or folder / FILE_NAME
    origins = (("command line", overrides), (str(path), read_configuration(file, folder)))
    return "\n".join(_table(settings, (), origins)).strip("\n") + "\n"


def _table(model: BaseModel, path: tuple[str, ...], origins: tuple[tuple[str, Mapping[str, Any]], ...]) -> Iterator[str]:
    """Give the plain keys of a table, then its tables; TOML wants them in this order."""
    inner: list[tuple[str, BaseModel]] = []
    lines = []
    for name in type(model).model_fields:  # not the cached properties, which iterating a model gives too
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            inner.append((name, value))
            continue
        written = _written(value)
        lines.append(f"{'# ' if written is None else ''}{name} = {'' if written is None else written}  # {_origin((*path, name), origins)}".rstrip())
    if lines:
        yield from ("", f"[{'.'.join(path)}]", *lines) if path else lines
    for name, table in inner:
        yield from _table(table, (*path, name), origins)


def _origin(path: tuple[str, ...], origins: tuple[tuple[str, Mapping[str, Any]], ...]) -> str:
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
