"""The labelled tasks of the data folder: which part each belongs to, and its rows.

The rule is that of the data's README: clinc150, sib200_ja, chabsa_polarity, unfair_tos and jnli, the yes/no tasks of cuad and the classes of
banking77 whose name has an md5 that ends on an even digit are the development part; all else is the report part.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Part = Literal["development", "report"]
DEVELOPMENT = ("clinc150", "sib200_ja", "chabsa_polarity", "unfair_tos", "jnli")
BY_CLASS = "banking77"
BY_TASK = "cuad_yesno"


class TaskRow(NamedTuple):
    """One row of a task; ``values`` are all its columns."""

    id: str
    text: str
    label: str
    values: dict[str, Any]


class Task(NamedTuple):
    """A labelled task.

    Attributes
    ----------
    data_set, task : str
        Folder, and the value of its column ``task``; empty where the folder is one task.
    language : str
        ``en`` or ``ja``.
    rows : tuple of TaskRow
        In the order of the file; of banking77 only those of one part's classes.
    """

    data_set: str
    task: str
    language: str
    rows: tuple[TaskRow, ...]

    @property
    def name(self) -> str:
        return self.task or self.data_set


def is_even(name: str) -> bool:
    """Tell whether the last hexadecimal digit of the md5 of a name is even.

    >>> is_even("a"), is_even("e")
    (False, True)
    """
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[-1], 16) % 2 == 0


def part_of(data_set: str, task: str = "", label: str = "") -> Part:
    """Give the part that a task belongs to; of banking77, a class."""
    if data_set == BY_TASK:
        return "development" if is_even(task) else "report"
    if data_set == BY_CLASS:
        return "development" if is_even(label) else "report"
    return "development" if data_set in DEVELOPMENT else "report"


def labelled_tasks(data: Path, part: Part, fewest: int = 200) -> tuple[Task, ...]:
    """Load the tasks of a part that have enough rows, in the order of the index.

    Parameters
    ----------
    data : Path
        Folder of the data, which holds ``tasks/index.csv``.
    part : "development" or "report"
        banking77 is a task of both, with other classes.
    fewest : int
        Rows.
    """
    with (data / "tasks" / "index.csv").open(encoding="utf-8") as stream:
        entries = [(row["name"], row["task"]) for row in csv.DictReader(stream)]
    wanted = [entry for entry in entries if entry[0] == BY_CLASS or part_of(*entry) == part]
    return tuple(task for task in (load_task(data, name, part, task) for name, task in wanted) if len(task.rows) >= fewest)


def load_task(data: Path, data_set: str, part: Part | None = None, task: str = "") -> Task:
    """Load one task; of banking77 the classes of the part, or all of them where ``part`` is None."""
    rows = [row for row in _rows(data / "tasks" / data_set / "data.jsonl.gz") if not task or row["task"] == task]
    if data_set == BY_CLASS and part is not None:
        rows = [row for row in rows if part_of(data_set, label=str(row["label"])) == part]
    chosen = tuple(TaskRow(str(row["id"]), str(row["text"]), str(row["label"]), row) for row in rows)
    return Task(data_set, task, str(rows[0]["lang"]) if rows else "", chosen)


@cache
def _rows(file: Path) -> tuple[dict[str, Any], ...]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return tuple(json.loads(line) for line in stream)


def errors_of_index(data: Path) -> dict[str, float]:
    """Give the error of the linear classifier on all labels that the index of the data names, by name of the task; of banking77 with all classes."""
    with (data / "tasks" / "index.csv").open(encoding="utf-8", newline="") as stream:
        return {row["task"] or row["name"]: 1 - float(row["baseline_accuracy"]) for row in csv.DictReader(stream) if row.get("baseline_accuracy")}
