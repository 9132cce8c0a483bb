"""A log of JSON lines: one object a line, with ``ts``, ``level``, ``event`` and fields of the event."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

STDERR = Path("-")
"""Stands for the standard error stream, because the result alone goes to the standard output."""


@dataclass(frozen=True)
class EventLog:
    """Appends events to a file, or writes them to stderr (``-``); without a path it keeps none.

    Each line is one write to a file opened for appending, so that lines of two processes do not mix.
    """

    path: Path | None = None

    def check(self) -> None:
        """Find out whether events can be written, before there are any.

        Raises
        ------
        OSError
            They cannot.
        """
        if self.path is None or self.path == STDERR:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644))

    def write(self, level: Literal["info", "warning", "error"], event: str, at: datetime, **fields: Any) -> None:
        """Append one event.

        Raises
        ------
        OSError
            The file cannot be written.
        """
        if self.path is None:
            return
        told = {"ts": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"), "level": level, "event": event, **fields}
        line = json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace") + b"\n"
        if self.path == STDERR:
            sys.stderr.write(line.decode())
            sys.stderr.flush()
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
