"""Inspect AI: data set out, log of an evaluation in.

Format: JSON lines of ``{"input", "target", "id", "metadata"}``, which ``json_dataset`` reads; logs are one JSON object, or a ``.eval`` file: a zip
with ``header.json`` and ``samples/<id>_epoch_<n>.json``. Source: Inspect's documentation and its code.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError, MissingDependency
from corpuskit.pilot.exchange.entries import cell, load_json, sheet_of_rows
from corpuskit.pilot.exchange.exchange import Exchange, Row, slices_of_row
from corpuskit.pilot.sheet import Sheet

ZSTANDARD = 93
"""Number of Zstandard among the methods of zip files, with which newer logs are packed."""

LARGEST_SAMPLE = 256 * 2**20
"""Bytes of one unpacked sample; because a log holds one conversation in each, and a larger one is a bomb."""


def _write(rows: Sequence[Row], labels: Sequence[str]) -> dict[str, bytes]:
    lines = []
    for row in rows:
        entry: dict[str, Any] = {"id": row["id"], "input": row.get("input", ""), "target": row.get("truth", "")}
        entry["metadata"] = {"doc_id": row.get("doc_id", ""), "labels": list(labels), **slices_of_row(row)}
        lines.append(json.dumps(entry, ensure_ascii=False))
    return {"inspect.jsonl": "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")}


def _read(path: Path, encoding: str) -> Sheet:
    """Read a log: a row for each sample and epoch; epochs are repeats. A sample that ended in an error or a limit without an answer is withheld."""
    header, samples = _of_zip(path) if path.suffix.lower() == ".eval" else _of_json(load_json(path, encoding), path)
    of_run = header.get("eval") or {}
    several = len({sample.get("epoch") for sample in samples}) > 1
    rows = []
    for number, sample in enumerate(samples, 1):
        case = cell(sample.get("id"))
        if not case:
            raise InputError(f"{path}: sample {number} has no id. Evaluate the data set that corpuskit wrote.")
        answer = cell((sample.get("output") or {}).get("completion"))
        rows.append(
            {
                "id": case,
                "prediction": answer,
                "abstained": "false" if answer else "true",
                "model": cell(of_run.get("model")),
                "run_id": cell(of_run.get("run_id")),
                "repeat": cell(sample.get("epoch")) if several else "",
                "note": cell((sample.get("error") or {}).get("message")) if not answer else "",
            }
        )
    return sheet_of_rows(path, rows, ("id", "prediction"), "samples")


def _of_json(log: Any, path: Path) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    if not isinstance(log, dict) or not isinstance(log.get("samples"), list):
        raise InputError(f"{path}: no samples in it. Give the log of an evaluation, with its samples (`inspect log dump` writes it as JSON).")
    return log, log["samples"]


def _of_zip(path: Path) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name for name in packed.namelist() if name.startswith("samples/") and name.endswith(".json")]
            if "header.json" not in packed.namelist() or not names:
                raise InputError(f"{path}: no finished log of an evaluation. Run it to its end, or give the log as JSON.")
            header = json.loads(_unpacked(packed, "header.json", path))
            return header, [json.loads(_unpacked(packed, name, path)) for name in names]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}). Give an existing file.") from error
    except (zipfile.BadZipFile, ValueError, zlib.error) as error:
        raise InputError(f"{path}: damaged, or no log of Inspect ({error}). Give the file as Inspect wrote it.") from error


def _unpacked(packed: zipfile.ZipFile, name: str, path: Path) -> bytes:
    entry = packed.getinfo(name)
    if entry.file_size > LARGEST_SAMPLE:
        raise InputError(
            f"{path}: {name} unpacks to {entry.file_size:,} bytes, more than {LARGEST_SAMPLE:,}. Give the log as JSON without its events."
        )
    if entry.compress_type != ZSTANDARD or hasattr(zipfile, "ZIP_ZSTANDARD"):
        return packed.read(name)
    unpack = _zstandard()
    if unpack is None:
        raise MissingDependency(
            f"{path}: packed with Zstandard, which this Python does not know. pip install zstandard, or give JSON: inspect log dump {path.name}"
        )
    return unpack(_stored(packed, entry), entry.file_size)


def _stored(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Give the packed bytes of an entry, which Python before 3.14 cannot unpack: they stand behind 30 bytes, the name and the extra field."""
    stream = packed.fp
    if stream is None:
        raise zipfile.BadZipFile("closed")
    stream.seek(entry.header_offset)
    head = stream.read(30)
    if head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no local header where one should be")
    stream.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
    return stream.read(entry.compress_size)


def _zstandard() -> Callable[[bytes, int], bytes] | None:
    try:
        module = import_module("zstandard")
    except ImportError:
        return None
    return lambda data, size: bytes(module.ZstdDecompressor().decompressobj().decompress(data))[:size]


INSPECT_AI = Exchange("inspect", "Inspect AI 0.3.285", _write, _read)
