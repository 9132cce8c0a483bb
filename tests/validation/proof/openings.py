"""The log of openings of the report part: written before the data is read, so that a run that breaks off is in it too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

HEAD = """# Openings of the report part

Each reading of the report part by `python -m tests.validation.proof DATA --part report`, written by the command itself before it reads.

| day | experiments | corpuskit | why | changed since the reading before |
|---|---|---|---|---|
"""


def log_opening(path: Path, day: date, experiments: Sequence[str], version: str, why: str, changed: str) -> None:
    """Add a line to the log; the file is begun where there is none. Bars and line ends in what was given are written so that the table stays one."""
    if not path.exists():
        path.write_text(HEAD, encoding="utf-8")
    cells = (day.isoformat(), ", ".join(experiments), version, why, changed)
    line = "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |\n"
    with path.open("a", encoding="utf-8") as log:
        log.write(line)
