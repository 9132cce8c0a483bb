"""MLflow: evaluation tables out and in.

Format: objects with ``inputs``, ``expectations`` and ``outputs``, which ``mlflow.genai.evaluate`` takes as its data, as JSON lines; and its
``result_df`` (``request``, ``response``, ``expected_response/value``), as pandas writes it: objects, or ``{"columns": [...], "data": [...]}``.
Source: MLflow's documentation of evaluation data sets and its code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpuskit.errors import InputError
from corpuskit.pilot.exchange.entries import cell, load_json, sheet_of_rows
from corpuskit.pilot.exchange.exchange import Exchange, Row, slices_of_row
from corpuskit.pilot.sheet import Sheet

EXPECTED = "expected_response"
"""Name that MLflow's judges look for among the expectations."""


def _write(rows: Sequence[Row], _labels: Sequence[str]) -> dict[str, bytes]:
    lines = []
    for row in rows:
        entry: dict[str, Any] = {"inputs": {"id": row["id"], "input": row.get("input", "")}}
        if row.get("truth"):
            entry["expectations"] = {EXPECTED: row["truth"]}
        if row.get("prediction"):
            entry["outputs"] = row["prediction"]
        entry["tags"] = {"id": row["id"], "doc_id": row.get("doc_id", ""), **slices_of_row(row)}
        lines.append(json.dumps(entry, ensure_ascii=False))
    return {"mlflow.jsonl": "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")}


def _read(path: Path, encoding: str) -> Sheet:
    """Read an evaluation table: ``id`` from inputs, tags or a column, truth from the expectations, the answer from the outputs."""
    found = load_json(path, encoding)
    if isinstance(found, dict) and isinstance(found.get("columns"), list) and isinstance(found.get("data"), list):
        found = [dict(zip(found["columns"], values, strict=False)) for values in found["data"]]
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise InputError(f"{path}: a table of inputs, expectations and outputs is expected, as JSON lines, a list of objects, or columns and data.")
    rows = []
    for number, entry in enumerate(found, 1):
        inputs, tags, expectations = (_inner(entry.get(name)) for name in ("inputs", "tags", "expectations"))
        inputs = inputs or _inner(entry.get("request"))
        case = next((cell(place["id"]) for place in (inputs, tags, entry) if isinstance(place, dict) and place.get("id")), "")
        if not case:
            raise InputError(f"{path}: entry {number} names no case (inputs.id). Evaluate the table that corpuskit wrote, with its id.")
        row = {"id": case, "input": cell(inputs.get("input"))}
        truth, output = expectations.get(EXPECTED, entry.get(f"{EXPECTED}/value")), _output(entry)
        if truth is not None:
            row["truth"] = cell(truth)
        if output is not None:
            row["prediction"] = cell(output)
        rows.append(row)
    return sheet_of_rows(path, rows, ("id",), "evaluation table")


def _output(entry: Mapping[str, Any]) -> Any:
    """Give the answer, which MLflow keeps under different names."""
    value = next((entry[name] for name in ("outputs", "response", "prediction") if entry.get(name) is not None), None)
    inner = _inner(value)
    for name in ("response", "output", "content", "answer"):
        if name in inner:
            return inner[name]
    return value


def _inner(value: Any) -> Mapping[str, Any]:
    """Give an object, which some tables hold as JSON text; nothing where it is none."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, dict) else {}


MLFLOW = Exchange("mlflow", "MLflow 3.17", _write, _read)
