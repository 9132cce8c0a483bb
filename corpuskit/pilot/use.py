"""What happened in use, read back: the audit log with its chain, or a table of the same columns from another system."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from corpuskit.errors import InputError
from corpuskit.pilot.log import is_log, read_events
from corpuskit.pilot.sheet import Sheet, read_sheet, sheet_of_objects

Route = Literal["auto", "sample", "review", "escalate", "human_only"]
Looked = Literal["accept", "edit", "reject"]
TRUE, FALSE = ("true", "1", "yes", "y"), ("", "false", "0", "no", "n")
NEEDED = ("ts", "route")
VERSIONS = ("system_version", "model.provider", "model.name", "model.version", "prompt_template_hash", "policy_version")
"""What makes a system another one: after a change of any of them earlier cases say nothing about it."""


@dataclass(frozen=True, slots=True)
class Used:
    """One case of a task in use.

    Attributes
    ----------
    id, task : str
    at : datetime
        UTC.
    route : str
        ``sample`` is a case that was drawn at random for review.
    tier : str
        Empty where the log does not say it.
    version : str
        Everything that makes a system another one, joined.
    abstained, seeded : bool
    decision : {"accept", "edit", "reject"} or None
        What a person did with the output; None: nobody looked, or it is not known.
    error_class, group, input_hash, result_ref : str
    review_seconds, confidence, epsilon : float or None
    """

    id: str
    task: str
    at: datetime
    route: Route
    tier: str
    version: str
    abstained: bool
    seeded: bool
    decision: Looked | None
    error_class: str
    group: str
    input_hash: str
    result_ref: str
    review_seconds: float | None
    confidence: float | None
    epsilon: float | None

    @property
    def wrong(self) -> bool:
        """Whether the person found an error: the output was rejected, or edited with an ``error_class``. An edit without one is taste."""
        return self.decision == "reject" or (self.decision == "edit" and bool(self.error_class))


def read_use(path: Path, task: str = "", encoding: str = "") -> tuple[Used, ...]:
    """Read what happened in use, in the order of time.

    Parameters
    ----------
    path : Path
        A log of :func:`~corpuskit.pilot.append` (its chain is checked first), or CSV, TSV, JSON or JSON lines with the columns ``ts`` and ``route``
        and, where there are any, those of :class:`~corpuskit.pilot.AuditEvent`.
    task : str
        The task to read; may be left out where the file holds one.
    encoding : str
        As :func:`~corpuskit.pilot.read_sheet`.

    Raises
    ------
    InputError
        The chain is broken, a column or a value is wrong (with its lines), the task is not there, or there are several and none is named.
    """
    sheet = sheet_of_objects(path, *read_events(path)) if is_log(path) else read_sheet(path, encoding, ())
    missing = [name for name in NEEDED if name not in sheet.columns]
    if missing:
        raise InputError(f"{path}: no column {', '.join(missing)}. Needed: {', '.join(NEEDED)}; found: {', '.join(sheet.columns)}.")
    events = _Reader(sheet).events()
    return _of_task(path, events, task)


def _of_task(path: Path, events: Sequence[Used], task: str) -> tuple[Used, ...]:
    tasks = sorted({event.task for event in events})
    if not task and len(tasks) > 1:
        raise InputError(f"{path}: cases of {len(tasks)} tasks: {', '.join(tasks)}. Name one with --task.")
    if task and task not in tasks and tasks != [""]:
        raise InputError(f"{path}: no case of the task {task!r}. There are: {', '.join(tasks)}.")
    chosen = [event for event in events if not task or event.task in (task, "")]
    return tuple(sorted(chosen, key=lambda event: event.at))  # stable: equal times stay in the order of the file


class _Reader:
    """Reads cells and keeps what is wrong with them, so that one message tells all of it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[tuple[int, str]] = []

    def events(self) -> list[Used]:
        found = [self._event(row) for row in range(self.sheet.height)]
        if self.problems:
            raise self.sheet.wrong(self.problems, "values that cannot be read", "Correct these lines; nothing was judged.")
        return found

    def _event(self, row: int) -> Used:
        return Used(
            id=self._text(row, "event_id"),
            task=self._text(row, "task_id"),
            at=self._value(row, "ts", _moment, datetime.min.replace(tzinfo=UTC)),
            route=self._one_of(row, "route", get_args(Route)) or "auto",
            tier=self._text(row, "tier"),
            version=" ".join(part for name in VERSIONS if (part := self._text(row, name))),
            abstained=self._value(row, "abstained", _truth, False),
            seeded=self._value(row, "seeded", _truth, False),
            decision=self._one_of(row, "decision", get_args(Looked)),
            error_class=self._text(row, "error_class"),
            group=self._text(row, "group_or_language"),
            input_hash=self._text(row, "input_hash"),
            result_ref=self._text(row, "result_ref"),
            review_seconds=self._value(row, "review_seconds", _number, None),
            confidence=self._value(row, "confidence", _number, None),
            epsilon=self._value(row, "input_cluster_epsilon", _number, None),
        )

    def _text(self, row: int, name: str) -> str:
        cells = self.sheet.columns.get(name)
        return cells[row] if cells is not None else ""

    def _value(self, row: int, name: str, read: Callable[[str], Any], otherwise: Any) -> Any:
        text = self._text(row, name)
        if not text and name not in NEEDED:
            return otherwise
        try:
            return read(text)
        except ValueError as error:
            self.problems.append((row, f"{name} {text!r}: {error}"))
            return otherwise

    def _one_of(self, row: int, name: str, valid: tuple[str, ...]) -> Any:
        text = self._text(row, name).lower()
        if text in valid:
            return text
        if text or name in NEEDED:
            self.problems.append((row, f"{name} {text!r}: one of {', '.join(valid)} is expected"))
        return None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("a time such as 2026-11-29T09:00:00+09:00 is expected") from None
    if moment.tzinfo is None:
        raise ValueError("the time zone is missing, such as +09:00 or Z")
    return moment.astimezone(UTC)


def _truth(text: str) -> bool:
    if text.lower() in (*TRUE, *FALSE):
        return text.lower() in TRUE
    raise ValueError("true or false is expected")


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("a number is expected") from None
    if not math.isfinite(value):
        raise ValueError("a finite number is expected")
    return value
