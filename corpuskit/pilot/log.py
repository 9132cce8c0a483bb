"""The audit log of a task in use: one JSON object a line, chained by hashes, so that whatever is altered, removed or moved shows.

References and hashes stand in it, never the text of a person. Several writers may append at once; a writer that dies in the middle of a line leaves a
fragment, which the next one seals and names.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpuskit.errors import InputError, UsageError

Level = Literal["L1", "L2", "L3"]
LEVELS: tuple[Level, ...] = get_args(Level)
FIRST = "0" * 64
"""Hash before the first line."""
SEAL = "sealed_fragment"
"""Key of the line that seals what a writer left behind."""
LONGEST = 200
"""Characters of a value; because references and codes are short, and what is longer is text, which does not belong into a log."""
WAIT = 30.0
"""Seconds to wait for other writers, because each holds the log for milliseconds."""

Short = Field(max_length=LONGEST)
Hash = Field(pattern=r"^[0-9a-f]{16,128}$")


class Model(BaseModel):
    """The model that answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str = Short
    name: str = Short
    version: str = Short
    region: str = Field(default="", max_length=LONGEST)


class Retrieved(BaseModel):
    """A passage that the answer was given from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_id: str = Short
    version_hash: str = Hash
    score: float | None = None


class AuditEvent(BaseModel):
    """One answer of a system in use. Fields from ``input_hash`` on belong to L2, from ``purpose`` on to L3; see :data:`NEEDED`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    event_id: str = Short
    ts: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", description="ISO 8601 with time zone.")
    task_id: str = Short
    tier: Literal["T0", "T1", "T2", "T3", "T4"]
    system_version: str = Short
    model: Model
    prompt_template_hash: str = Hash
    policy_version: str = Short
    route: Literal["auto", "sample", "review", "escalate", "human_only"]
    result_ref: str = Short
    input_hash: str | None = Field(default=None, pattern=r"^[0-9a-f]{16,128}$")
    data_class: Literal["open", "internal", "personal", "special"] | None = None
    pii_flags: tuple[str, ...] | None = None
    retrieved: tuple[Retrieved, ...] | None = None
    confidence: float | None = None
    abstained: bool | None = None
    reviewer: str | None = Field(default=None, max_length=LONGEST)
    review_seconds: float | None = Field(default=None, ge=0)
    decision: Literal["accept", "edit", "reject"] | None = None
    error_class: str | None = Field(default=None, max_length=LONGEST)
    seeded: bool | None = Field(default=None, description="An error that was put in on purpose, to see whether the review finds it.")
    purpose: str | None = Field(default=None, max_length=LONGEST)
    input_cluster_epsilon: float | None = Field(default=None, ge=0, le=1)
    threshold_id: str | None = Field(default=None, max_length=LONGEST)
    edit_distance: float | None = Field(default=None, ge=0)
    final_outcome_ref: str | None = Field(default=None, max_length=LONGEST)
    group_or_language: str | None = Field(default=None, max_length=LONGEST)
    incident_id: str | None = Field(default=None, max_length=LONGEST)
    retention_until: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")


NEEDED: dict[Level, tuple[str, ...]] = {
    "L1": (),
    "L2": ("input_hash", "data_class", "abstained"),
    "L3": ("input_hash", "data_class", "abstained", "purpose", "retention_until"),
}
"""What an event needs beyond the fields of L1; the others of its level may be missing, where there was no retrieval, review or threshold."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that is not as it was written: its number, and what is wrong with it."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What a log holds: events, sealed fragments, the last hash, and the first break or None."""

    events: int
    sealed: int
    last: str
    broken: Broken | None


def append(path: Path, events: Iterable[dict[str, Any]], level: Level = "L1") -> int:
    """Append events, all or none of them, and give their number.

    Parameters
    ----------
    path : Path
        Is made where it does not exist.
    events : iterable of dict
        With the fields of :class:`AuditEvent`.
    level : {"L1", "L2", "L3"}
        What each event must say.

    Raises
    ------
    UsageError
        An event has an unknown, missing or wrong field, or other writers hold the log.
    OSError
        The log cannot be written.
    """
    from filelock import FileLock, Timeout

    checked = [_checked(event, number, level) for number, event in enumerate(events, 1)]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{path}.lock", timeout=WAIT), path.open("a+b") as stream:
            last, fragment = _end(stream)
            lines = []
            if fragment:
                sealed, last = _chained({SEAL: hashlib.sha256(fragment).hexdigest()}, last)
                lines.append(b"\n" + sealed)
            for event in checked:
                line, last = _chained(event, last)
                lines.append(line)
            stream.write(b"".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
    except Timeout as error:
        raise UsageError(
            f"{path}: other writers have held the log for {WAIT:.0f} seconds. Try again; remove {path}.lock if none is running."
        ) from error
    return len(checked)


def verify(path: Path, expected: str = "") -> Chain:
    """Check every line against the one before it.

    Parameters
    ----------
    expected : str
        The last hash that was noted elsewhere. Only with it does a log show that lines were cut off at its end.

    Raises
    ------
    InputError
        There is no such file.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Give an existing log.") from error
    last, events, sealed, fragment, met = FIRST, 0, 0, b"", expected in ("", FIRST)
    with stream:
        for number, raw in enumerate(stream, 1):
            if not raw.endswith(b"\n"):
                return Chain(events, sealed, last, None if met else _cut(number))
            found, problem = _link(raw, last, fragment)
            if found is None and not fragment and problem == "no JSON":
                fragment = raw.rstrip(b"\n")
                continue
            if found is None:
                return Chain(events, sealed, last, Broken(number, problem))
            sealed, events = sealed + (SEAL in found), events + (SEAL not in found)
            last, fragment = str(found["hash"]), b""
            met = met or last == expected
    if fragment:
        return Chain(events, sealed, last, Broken(number, "no JSON, and no later line seals it"))
    return Chain(events, sealed, last, None if met else _cut(number if events else 0))


def read_events(path: Path) -> tuple[list[dict[str, Any]], list[int]]:
    """Give the events of a log and the line of each, sealed fragments left out.

    Raises
    ------
    InputError
        There is no such file, or its chain is broken.
    """
    chain = verify(path)
    if chain.broken is not None:
        raise InputError(f"{path}: line {chain.broken.line}: {chain.broken.problem}. What a log with a broken chain says proves nothing.")
    events, lines = [], []
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            try:
                line = json.loads(raw)
            except ValueError:
                continue  # a fragment: the next line seals it, as was verified
            if SEAL not in line:
                events.append(line)
                lines.append(number)
    return events, lines


def is_log(path: Path) -> bool:
    """Tell whether a file begins like a log: with an object that names the hash before it, or with a fragment that a seal follows."""
    try:
        with path.open("rb") as stream:
            start = [stream.readline(2**20) for _ in range(2)]
    except OSError:
        return False
    return any(b'"prev_hash":' in line for line in start)


def _cut(line: int) -> Broken:
    return Broken(line, "the hash that was noted does not occur: lines were cut off or written anew")


def _checked(event: dict[str, Any], number: int, level: Level) -> dict[str, Any]:
    try:
        found = AuditEvent.model_validate(event)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        valid = f" Valid: {', '.join(AuditEvent.model_fields)}." if first["type"] == "extra_forbidden" else ""
        raise UsageError(f"event {number}: {place}: {first['msg']}.{valid} Nothing was written.") from error
    missing = [name for name in NEEDED[level] if getattr(found, name) is None]
    if missing:
        raise UsageError(f"event {number}: level {level} needs {', '.join(missing)}. Nothing was written.")
    return found.model_dump(mode="json", exclude_none=True)


def _chained(content: dict[str, Any], last: str) -> tuple[bytes, str]:
    line = {**content, "prev_hash": last}
    digest = _digest(line)
    return _written({**line, "hash": digest}) + b"\n", digest


def _digest(line: dict[str, Any]) -> str:
    return hashlib.sha256(_written({name: value for name, value in line.items() if name != "hash"})).hexdigest()


def _written(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _link(raw: bytes, last: str, fragment: bytes) -> tuple[dict[str, Any] | None, str]:
    """Give a line that follows the last one, or None and what is wrong."""
    try:
        line = json.loads(raw)
    except ValueError:
        return None, "no JSON"
    if not isinstance(line, dict) or "hash" not in line or "prev_hash" not in line:
        return None, "no event of a log: hash or prev_hash is missing"
    if _digest(line) != line["hash"]:
        return None, "altered: its content does not give its hash"
    if line["prev_hash"] != last:
        return None, "does not follow the line before: lines were removed, added or moved"
    if fragment and line.get(SEAL) != hashlib.sha256(fragment).hexdigest():
        return None, "the line before is no JSON, and this one does not seal it"
    return line, ""


def _end(stream: Any) -> tuple[str, bytes]:
    """Give the hash of the last whole line, and the fragment behind it that a writer left."""
    size = stream.seek(0, os.SEEK_END)
    tail, start = b"", size
    while start > 0 and tail.count(b"\n") < 3:  # the last line, perhaps a sealed fragment before it
        start = max(0, start - 2**16)
        stream.seek(start)
        tail = stream.read(size - start)
    whole, _, fragment = tail.rpartition(b"\n")
    for raw in reversed(list(_lines(whole))):
        try:
            return str(json.loads(raw)["hash"]), fragment
        except (ValueError, KeyError, TypeError):
            continue
    return FIRST, fragment


def _lines(whole: bytes) -> Iterator[bytes]:
    yield from (line for line in whole.split(b"\n") if line.strip())
