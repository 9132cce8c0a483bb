"""Secrets for notices, from a file that only its owner reads: schedulers start programs with an almost empty environment."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from corpuskit.errors import UsageError

_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*")


def with_environment_file(path: Path | None, environment: Mapping[str, str]) -> dict[str, str]:
    """Add the variables of a file to an environment; the file's count.

    Lines are ``NAME=VALUE``; quotes around the whole value are taken off, empty lines and those that begin with # are passed over. Nothing is
    expanded.

    Raises
    ------
    UsageError
        The file cannot be read, others may read it, or a line is none of these. The content of a line is never repeated.
    """
    if path is None:
        return dict(environment)
    try:
        mode = path.stat().st_mode
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'}). It holds the secrets for notices.") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"{path}: others than its owner may read it, and it holds secrets. To mend it: chmod 600 {path}")
    found = dict(environment)
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise UsageError(f"{path}, line {number}: NAME=VALUE is expected.")
        name, value = matched.groups()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        found[name] = value[1:-1] if quoted else value
    return found
