"""Audit records: complete or absent, immutable, readable by the next audit.

A record is report.json with a checksum beside it in a history folder. It is written to a temporary file in the same
folder, flushed to disk and linked into place under a name that does not exist yet, so that a crash leaves
either the whole record or none, and two audits never write over each other.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from corpuskit.errors import RecordError
from corpuskit.report import SCHEMA_VERSION, AuditReport

SUFFIX = ".record.json"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that it is complete or absent; an older file of that name is replaced in one step.

    Raises
    ------
    OSError
        The folder cannot be written or the disk is full; no partial file stays behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _written(path.parent, content)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def save_record(report: AuditReport, folder: Path) -> Path:
    """Store a report, with the lineage of every document, as an immutable record named after its run id.

    Returns
    -------
    Path
        The new file. If the id is taken, a number is added; nothing is ever overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    body = report.model_dump(mode="json") | {"lineage": [document.model_dump(mode="json") for document in report.lineage]}
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    record = {"schema_version": SCHEMA_VERSION, "sha256": hashlib.sha256(canonical).hexdigest(), "report": body}
    temporary = _written(folder, json.dumps(record, ensure_ascii=False, indent=1).encode())
    try:
        for attempt in range(1, 10_000):
            name = report.run.id if attempt == 1 else f"{report.run.id}-{attempt}"
            target = folder / f"{name}{SUFFIX}"
            if _claim(temporary, target):
                return target
    finally:
        temporary.unlink(missing_ok=True)
    raise RecordError(f"{folder}: no free name for run {report.run.id}. Remove old records.")


def load_record(path: Path) -> AuditReport:
    """Read a record back and check it.

    Raises
    ------
    RecordError
        Unreadable, truncated, altered (checksum) or of a schema version this corpuskit does not know.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        version, checksum, body = record["schema_version"], record["sha256"], record["report"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}: not an audit record ({error}). Restore it from a backup or remove it.") from error
    if version != SCHEMA_VERSION:
        raise RecordError(f"{path}: schema version {version}, this corpuskit reads {SCHEMA_VERSION}. Use the version of corpuskit that wrote it.")
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if hashlib.sha256(canonical).hexdigest() != checksum:
        raise RecordError(f"{path}: its content does not match its checksum: it was altered or damaged. Restore it from a backup.")
    try:
        return AuditReport.model_validate(body)
    except ValidationError as error:
        raise RecordError(f"{path}: the record does not follow its schema: {error}") from error


def records(folder: Path) -> Iterator[Path]:
    """Give the record files of a history folder, oldest first (run ids begin with the UTC time)."""
    yield from sorted(folder.glob(f"*{SUFFIX}"))


def _written(folder: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".writing-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp gives 0600: a report is meant to be read by whoever may read the folder
        temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _claim(temporary: Path, target: Path) -> bool:
    """Give the finished file its name if that is free. A hard link is atomic; file systems without links fall back to exclusive creation."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        except FileExistsError:
            return False
        temporary.replace(target)
    return True
