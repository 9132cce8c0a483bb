"""Audit records: complete or absent, immutable, readable by the next audit.

A record holds the run, what changed, and the name of the body of its report, with a checksum. Bodies are report.json without these, and the
lineage of every document, compressed and named by their digest, so that ten audits of an unchanged folder keep one. All files are written to a
temporary file in the same folder, flushed to disk and linked into place under a name that does not exist yet, so that a crash leaves
either the whole record or none, and two audits never write over each other.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpuskit.errors import InputError, RecordError
from corpuskit.report import SCHEMA_VERSION, AuditReport

SUFFIX = ".record.json"
HISTORY = "history"
"""Folder of the records, beside the reports."""
BODIES, BODY_SUFFIX = "bodies", ".json.gz"
RECORD_VERSION = 3
"""1 held the whole report in each record; since 2 equal reports are stored once; since 3 methods are parts by name, not English words."""
READ_VERSIONS = (1, 2, RECORD_VERSION)
AS_WRITTEN = "method_as_written"
"""Part of a method that is told in the words of a record before version 3."""


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


def save_record(report: AuditReport, folder: Path, counts: str = "", files: Sequence[str] = ()) -> Path:
    """Store a report, with the lineage of every document, as an immutable record named after its run id.

    What does not differ between two runs on the same documents is stored once, compressed, under the digest of its content; the record names it.

    Parameters
    ----------
    report : AuditReport
    folder : Path
    counts : str
        Name of the counts that were kept beside it; empty where none were.
    files : sequence of str
        Names of the report's files.

    Returns
    -------
    Path
        The new file. If the id is taken, a number is added; nothing is ever overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    body = report.model_dump(mode="json", exclude={"run", "drift"}) | {"lineage": [document.model_dump(mode="json") for document in report.lineage]}
    digest = _keep_body(_canonical(body), folder)
    drift = report.drift.model_dump(mode="json") if report.drift is not None else None
    named = {"run": report.run.model_dump(mode="json"), "drift": drift, "body": digest, "counts": counts, "files": list(files)}
    record = {"record_version": RECORD_VERSION, "schema_version": SCHEMA_VERSION, "sha256": hashlib.sha256(_canonical(named)).hexdigest(), **named}
    temporary = _written(folder, json.dumps(record, ensure_ascii=False, indent=1).encode())
    try:
        for attempt in range(1, 10_000):
            name = report.run.id if attempt == 1 else f"{report.run.id}-{attempt}"
            target = folder / f"{name}{SUFFIX}"
            if claim(temporary, target):
                return target
    finally:
        temporary.unlink(missing_ok=True)
    raise RecordError(f"{folder}: no free name for run {report.run.id}. Remove old records.")


def load_record(path: Path) -> AuditReport:
    """Read a record back and check it. Records of older versions are upgraded as they are read; their files stay as they are.

    Raises
    ------
    RecordError
        Unreadable, truncated, altered (checksum) or of a version this corpuskit does not know.
    """
    record = read_record(path)
    if record.get("record_version", 1) == 1:
        body, told = record["report"], ""
    else:
        told = f" (bodies/{record['body']}{BODY_SUFFIX})"
        body = json.loads(_body(path, record["body"])) | {"run": record["run"], "drift": record["drift"]}
    try:
        return AuditReport.model_validate(upgraded(body))
    except ValidationError as error:
        raise RecordError(f"{path}: the record does not follow its schema{told}: {error}") from error


def read_record(path: Path) -> dict[str, Any]:
    """Read what a record itself holds, checked: its run, and the names of its body and its counts (of version 1 the whole report)."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        version, schema, checksum = record.get("record_version", 1), record["schema_version"], record["sha256"]
        named = record["report"] if version == 1 else {key: record[key] for key in ("run", "drift", "body", "counts", "files")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"{path}: not an audit record ({error}). Restore it from a backup or remove it.") from error
    if version not in READ_VERSIONS or schema != SCHEMA_VERSION:
        told = f"record version {version}" if version not in READ_VERSIONS else f"schema version {schema}"
        reads = RECORD_VERSION if version not in READ_VERSIONS else SCHEMA_VERSION
        raise RecordError(f"{path}: {told}, this corpuskit reads {reads}. Use the version of corpuskit that wrote it.")
    if hashlib.sha256(_canonical(named)).hexdigest() != checksum:
        raise RecordError(f"{path}: its content does not match its checksum: it was altered or damaged. Restore it from a backup.")
    return dict(record)


def upgraded(body: dict[str, Any]) -> dict[str, Any]:
    """Give the body of a report of an earlier corpuskit the shape of this one: what was not there then stays at its default."""
    loose: dict[str, Any] = {"pilots": [], "drift": None}  # of any shape before pilots and changes had one
    estimates = {"estimates": [_with_parts(one) for one in body["estimates"]]} if isinstance(body.get("estimates"), list) else {}
    return body | estimates | {key: value for key, value in loose.items() if key in body and not _typed(body[key])}


def _with_parts(estimate: Any) -> Any:
    """Keep a method that was written as a sentence, in whatever language, as the one part of a method."""
    if not isinstance(estimate, dict) or not isinstance(told := estimate.get("method"), str):
        return estimate
    return estimate | {"method": [{"code": AS_WRITTEN, "parameters": {"text": told}, "text": told}]}


def _typed(value: Any) -> bool:
    """Tell whether pilots and changes are those of this version, by a field that each of them has."""
    entries = value if isinstance(value, list) else [value]
    return all(isinstance(entry, dict) and ("base_run_id" in entry or "decision" in entry) for entry in entries if entry is not None)


def _keep_body(content: bytes, folder: Path) -> str:
    digest = hashlib.sha256(content).hexdigest()
    target = folder / BODIES / f"{digest}{BODY_SUFFIX}"
    if target.is_file():
        with contextlib.suppress(OSError):
            os.utime(target)  # in use: nobody removes it before the record names it
    else:
        write_atomically(target, gzip.compress(content, mtime=0))
    return digest


def _body(path: Path, digest: str) -> bytes:
    file = path.parent / BODIES / f"{digest}{BODY_SUFFIX}"
    try:
        content = gzip.decompress(file.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise RecordError(f"{path}: the report that it names cannot be read ({file}: {error}). Restore it from a backup.") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise RecordError(f"{path}: the report that it names does not match its checksum ({file}). Restore it from a backup.")
    return content


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load_report(path: Path) -> AuditReport:
    """Read a report back: the ``.json`` file of an audit, or its record.

    Raises
    ------
    InputError
        There is no such file.
    RecordError
        It is no report of this version of corpuskit.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file. Give the .json file that `corpuskit audit` wrote.")
    if path.name.endswith(SUFFIX):
        return load_record(path)
    try:
        body = json.loads(path.read_bytes())
        return AuditReport.model_validate(upgraded(body) if isinstance(body, dict) else body)
    except ValidationError as error:
        raise RecordError(f"{path}: no report of this version of corpuskit ({error.error_count()} places differ). Audit again.") from error
    except ValueError as error:
        raise RecordError(f"{path}: no report of corpuskit ({error}). Audit again.") from error


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
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(folder)  # a full disk is told with its place
        raise
    return temporary


def claim(temporary: Path, target: Path) -> bool:
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
